// Two years of lending. The amounts of a year are thrown first and then moved by whole thousands
// until they add up; the funds are drawn on in turn and asserted never to be overdrawn.
#include "demo/loans.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace demo {

using ledger::Date;
using ledger::Money;

namespace {

struct Year {
    std::size_t loans;
    std::int64_t yuan;
    Date from, until; ///< of disbursements, [from, until)
};
constexpr Year lent_2015{168, 12'100'000, Date{2015, 1, 21}, Date{2015, 12, 30}};
constexpr Year lent_2016{385, 30'000'000, Date{2016, 1, 5}, Date{2016, 8, 27}};
constexpr Date published_loan_on{2015, 1, 20}, published_loan_proposed_on{2015, 1, 6};
constexpr std::int64_t published_loan_yuan = 100'000;
constexpr std::int64_t least_yuan = 10'000, most_yuan = 100'000;
constexpr std::size_t loans_in_arrears = 12;
constexpr std::size_t loans_mistyped = 8;

struct Trade {
    std::string_view industry, purpose;
};
constexpr std::array<Trade, 14> trades{{{"cattle", "养牛"},
                                        {"cattle", "购买能繁母牛"},
                                        {"cattle", "扩建牛圈"},
                                        {"pigs", "养猪"},
                                        {"pigs", "购买仔猪和饲料"},
                                        {"tea", "茶园改造"},
                                        {"tea", "购置茶叶初制机械"},
                                        {"tea", "收购鲜叶"},
                                        {"walnut", "核桃提质增效"},
                                        {"walnut", "核桃加工"},
                                        {"sugar_cane", "甘蔗种植"},
                                        {"nutmeg", "肉豆蔻种植"},
                                        {"e_commerce", "农产品电商"},
                                        {"e_commerce", "村级电商服务点"}}};

/// Amounts in yuan that add up to the total, each between the least and the most.
std::vector<std::int64_t> amounts(std::size_t count, std::int64_t total, Dice& dice)
{
    std::vector<std::int64_t> const usual{20'000, 30'000, 40'000, 50'000,  50'000,  60'000, 70'000,
                                          80'000, 80'000, 90'000, 100'000, 100'000, 100'000};
    std::vector<std::int64_t> amounts;
    std::int64_t left = total;
    for (std::size_t i = 0; i < count; ++i) {
        amounts.push_back(dice.one_of(usual));
        left -= amounts.back();
    }
    while (left != 0) {
        std::int64_t const step = left > 0 ? 1000 : -1000;
        std::int64_t& amount = amounts[dice.below(count)];
        if (amount + step < least_yuan || amount + step > most_yuan) continue;
        amount += step;
        left -= step;
    }
    for (std::size_t i = 0; i < count / 10; ++i) { // some are not whole thousands
        std::int64_t& more = amounts[dice.below(count)];
        std::int64_t& less = amounts[dice.below(count)];
        std::int64_t const hundreds = 100 * dice.between(1, 9);
        if (more + hundreds > most_yuan || less - hundreds < least_yuan) continue;
        more += hundreds;
        less -= hundreds;
    }
    return amounts;
}

bool is_weekend(Date date)
{
    std::chrono::weekday const day{date.days()};
    return day == std::chrono::Saturday || day == std::chrono::Sunday;
}

Date working_day_before(Date date, int days)
{
    Date found = date.plus_days(-days);
    while (is_weekend(found)) found = found.plus_days(-1);
    return found;
}

std::vector<Date> days(Year const& year, std::size_t count, Dice& dice)
{
    std::vector<Date> days;
    while (days.size() < count) {
        Date const day = year.from.plus_days(
            static_cast<int>(dice.below(static_cast<std::size_t>(year.until - year.from))));
        if (!is_weekend(day)) days.push_back(day);
    }
    std::ranges::sort(days);
    return days;
}

/// The benchmark of the day's tier: up to a year, or one to five years.
ledger::Rate rate_on(Facts const& facts, Date day, int months)
{
    std::string_view const tier = months <= 12 ? "upto_1y" : "1y_to_5y";
    ledger::BaseRate const* in_force = nullptr;
    for (ledger::BaseRate const& row : facts.base_rates) {
        if (row.tier != tier || row.effective_from > day) continue;
        if (!in_force || row.effective_from >= in_force->effective_from) in_force = &row;
    }
    LEDGER_ASSERT(in_force != nullptr);
    return in_force->rate;
}

ledger::Terms terms_for(int months, ledger::Method method)
{
    ledger::Terms terms;
    terms.method = method;
    switch (method) {
    case ledger::Method::interest_only:
        terms.every = {1, ledger::PeriodUnit::quarter};
        terms.instalments = months / 3;
        terms.settlement_day = 20;
        break;
    case ledger::Method::equal_instalments:
        terms.every = {1, ledger::PeriodUnit::month};
        terms.instalments = months;
        break;
    case ledger::Method::equal_principal:
        terms.every = {1, ledger::PeriodUnit::quarter};
        terms.instalments = months / 3;
        break;
    case ledger::Method::at_maturity:
        terms.every = {months, ledger::PeriodUnit::month};
        terms.instalments = 1;
        break;
    case ledger::Method::principal_plan: LEDGER_ASSERT(!"no demonstration loan has a plan");
    }
    return terms;
}

ledger::Terms invented_terms(Dice& dice, int& months)
{
    std::vector<int> const usual_months{12, 12, 24, 24, 24, 36};
    months = dice.one_of(usual_months);
    int const thrown = dice.between(1, 100);
    ledger::Method method = ledger::Method::interest_only;
    if (thrown > 85) {
        method = ledger::Method::at_maturity;
        months = 12;
    } else if (thrown > 70) {
        method = ledger::Method::equal_principal;
    } else if (thrown > 50) {
        method = ledger::Method::equal_instalments;
    }
    return terms_for(months, method);
}

Manner invented_manner(Dice& dice)
{
    int const thrown = dice.between(1, 100);
    if (thrown > 95) return Manner::late_by_months;
    if (thrown > 80) return Manner::late_by_days;
    if (thrown > 73) return Manner::prepays_part;
    if (thrown > 63) return Manner::prepays_all;
    return Manner::punctual;
}

/// The fund with the most available on the day of the proposal, which names it.
std::string fund_for(std::map<std::string, std::int64_t>& available, Date proposed_on,
                     std::int64_t yuan)
{
    std::map<std::string, std::int64_t> now = available;
    for (FundPayment const& payment : fund_payments()) {
        if (payment.paid_in_on <= proposed_on) now[payment.fund] += payment.amount.fen() / 100;
    }
    auto const best = std::ranges::max_element(now, {}, [](auto const& row) { return row.second; });
    LEDGER_ASSERT(best->second >= yuan);
    available[best->first] -= yuan;
    return best->first;
}

void give_manners(std::vector<PlannedLoan>& loans, Dice& dice)
{
    for (PlannedLoan& loan : loans) loan.manner = invented_manner(dice);
    std::vector<std::size_t> others;
    for (std::size_t i = 2; i < loans.size(); ++i) others.push_back(i);
    dice.shuffle(others);
    std::size_t next = 0;
    while (next < loans_in_arrears - 1) loans[others[next++]].manner = Manner::stops;
    while (next < loans_in_arrears - 1 + loans_mistyped) {
        loans[others[next++]].manner = Manner::mistyped;
    }
    loans[0].manner = Manner::punctual; // a real person's loan is shown as the report tells it
    loans[1].manner = Manner::stops;    // the guided tour's example
}

PlannedLoan planned(Facts const& facts, std::size_t index, Date disbursed_on, std::int64_t yuan,
                    Dice& dice)
{
    PlannedLoan loan;
    int months = 24;
    loan.terms = index == 0 ? terms_for(months, ledger::Method::interest_only)
                            : invented_terms(dice, months);
    loan.disbursed_on = disbursed_on;
    loan.approved_on = working_day_before(disbursed_on, dice.between(2, 6));
    Date const asked_on = working_day_before(loan.approved_on, dice.between(7, 25));
    loan.proposed_on = index == 0 ? published_loan_proposed_on
                                  : std::max(asked_on, fund_payments().front().paid_in_on);
    loan.terms.principal = Money::yuan(yuan);
    loan.terms.annual_rate = rate_on(facts, loan.approved_on, months);
    Trade const trade = index == 0 ? trades.front() : trades[dice.below(trades.size())];
    loan.purpose = trade.purpose;
    loan.industry = trade.industry;
    return loan;
}

} // namespace

std::vector<FundPayment> fund_payments()
{
    std::string const first = "扶贫再贷款资金（演示）";
    std::string const second = "县级产业扶持资金（演示）";
    return {
        {"F-2015", first, "演示〔2015〕1号", Date{2015, 1, 5}, Money::yuan(7'000'000)},
        {"F-2015", first, "演示〔2015〕8号", Date{2015, 6, 15}, Money::yuan(6'000'000)},
        {"F-2016", second, "演示〔2016〕1号", Date{2015, 12, 15}, Money::yuan(18'000'000)},
        {"F-2016", second, "演示〔2016〕5号", Date{2016, 4, 11}, Money::yuan(14'000'000)},
    };
}

PlannedLoan loan_within(Facts const& facts, ledger::Span span, Dice& dice)
{
    Date const day = days({1, 0, span.from, span.until}, 1, dice).front();
    constexpr std::size_t invented = 1; // the first of the county is the published one
    auto loan =
        planned(facts, invented, day, amounts(1, 1000 * dice.between(10, 100), dice).front(), dice);
    loan.manner = dice.happens(3) ? Manner::stops : invented_manner(dice);
    return loan;
}

std::vector<PlannedLoan> loans(Facts const& facts, std::vector<Member> const& members, Dice& dice)
{
    auto yuan = amounts(lent_2015.loans - 1, lent_2015.yuan - published_loan_yuan, dice);
    auto const second_year = amounts(lent_2016.loans, lent_2016.yuan, dice);
    yuan.insert(yuan.begin(), published_loan_yuan);
    yuan.insert(yuan.end(), second_year.begin(), second_year.end());
    auto on = days(lent_2015, lent_2015.loans - 1, dice);
    auto const later = days(lent_2016, lent_2016.loans, dice);
    on.insert(on.begin(), published_loan_on);
    on.insert(on.end(), later.begin(), later.end());
    LEDGER_ASSERT(yuan.size() == members.size());
    LEDGER_ASSERT(on.size() == members.size());
    std::vector<PlannedLoan> loans;
    std::map<std::string, std::int64_t> available;
    std::map<int, int> numbered;
    for (std::size_t i = 0; i < on.size(); ++i) {
        PlannedLoan loan = planned(facts, i, on[i], yuan[i], dice);
        std::string const serial = std::to_string(++numbered[on[i].year()]);
        loan.number = *ledger::LoanNumber::parse("FQ-" + std::to_string(on[i].year()) + "-" +
                                                 std::string(4 - serial.size(), '0') + serial);
        loan.member = i;
        loan.fund = fund_for(available, loan.proposed_on, yuan[i]);
        loans.push_back(std::move(loan));
    }
    give_manners(loans, dice);
    return loans;
}

} // namespace demo
