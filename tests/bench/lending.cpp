// How long the engine's decisions take, beside a yardstick measured in the same run: the plain
// annuity of 36 rows in binary floating point, which rounds wrongly and knows no event. Budgets of
// the loan engine: fold of a 36-event loan under 20 µs, a decision in order under 5 µs. It prints
// figures and judges nothing: a machine under load is slow, not wrong.
//   build: cmake --preset bench && ninja -C build/bench bench_lending; build/bench/bench_lending
#include "ledger/working_books.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <vector>

using namespace ledger;

namespace {

constexpr int rows = 36;
constexpr int rounds = 9;

template <class Name> Name named(char const* text)
{
    return *Name::parse(text);
}

/// The median over rounds of the time of one call, in nanoseconds.
template <class Work> double measured(int calls, Work work)
{
    std::vector<double> each;
    for (int round = 0; round < rounds; ++round) {
        auto const began = std::chrono::steady_clock::now();
        for (int n = 0; n < calls; ++n) work(n);
        auto const took = std::chrono::steady_clock::now() - began;
        each.push_back(std::chrono::duration<double, std::nano>(took).count() / calls);
    }
    std::ranges::sort(each);
    return each[each.size() / 2];
}

double volatile sink = 0;

void plain_annuity(int salt)
{
    double const monthly = 0.0475 / 12;
    double balance = 100'000.0 + salt;
    double const level = balance * monthly / (1 - std::pow(1 + monthly, -rows));
    double interest = 0;
    for (int n = 0; n < rows; ++n) {
        double const due = std::round(balance * monthly * 100) / 100;
        interest += due;
        balance -= level - due;
    }
    sink = interest;
}

std::shared_ptr<Programme const> programme()
{
    ProgrammeRules rules;
    rules.version = 1;
    rules.effective_from = Date{2012, 1, 1};
    rules.loan_cap = Money::yuan(1'000'000);
    rules.term_limit_months = 60;
    rules.rate_ceiling = Rate::ppm(240'000);
    rules.penalty_margin_ppm = 500'000;
    Programme all;
    all.rules = {rules};
    all.class_floors = {{Date{2012, 1, 1}, 0, RiskClass::special_mention},
                        {Date{2012, 1, 1}, 90, RiskClass::substandard}};
    return std::make_shared<Programme const>(std::move(all));
}

/// A loan of 36 monthly instalments, each paid on its day but the last: 37 events.
Situation served_loan()
{
    static Books books{named<CountyCode>("530921"), {}, {}, programme()};
    Situation now;
    now.books = &books;
    now.booked_on = Date{2015, 1, 20};
    now.fund =
        Fund{named<FundCode>("F"), "资金", "协议", Date{2015, 1, 1}, Money::yuan(1'000'000), {}};
    Borrower borrower;
    borrower.number = named<BorrowerNumber>("B");
    now.borrower = borrower;
    Terms terms;
    terms.principal = Money::yuan(100'000);
    terms.annual_rate = Rate::ppm(47'500);
    terms.instalments = rows;
    LoanNumber const number = named<LoanNumber>("L");
    auto const perform = [&now](Command const& command) {
        auto effects = decide(now, command);
        LEDGER_ASSERT(effects.has_value());
        if (effects->fund) now.fund = effects->fund;
        now.loan = effects->loan;
    };
    perform(ProposeLoan{
        number, borrower.number, named<FundCode>("F"), now.booked_on, "核桃", "walnut", terms, {}});
    perform(RecordEvent{number, now.booked_on, Approved{terms.principal}});
    perform(RecordEvent{number, now.booked_on, Disbursed{terms.principal}});
    for (int n = 1; n < rows - 1; ++n) {
        now.booked_on = add_months(Date{2015, 1, 20}, n);
        LoanState const state = fold(*now.loan, now.booked_on);
        perform(RecordEvent{
            number, now.booked_on,
            Repaid{state.instalments[static_cast<std::size_t>(n) - 1].planned.total()}});
    }
    now.booked_on = add_months(Date{2015, 1, 20}, rows - 1);
    return now;
}

/// A loan of 600 months and `events` repayments, one every nine days, about as much as falls due.
/// How long it takes to enter them all, in milliseconds an event.
double entering(int events, bool from_the_last)
{
    Programme wide = *programme();
    wide.rules.front().term_limit_months = 600;
    Books books{named<CountyCode>("530921"), {}, {}, std::make_shared<Programme const>(wide)};
    Date const lent_on{2015, 1, 20};
    Date const booked_on = lent_on.plus_days(9 * events + 9);
    WorkingBooks county{books};
    Borrower borrower;
    borrower.number = named<BorrowerNumber>("B");
    county.add(borrower);
    county.add(Fund{named<FundCode>("F"), "资金", "协议", lent_on, Money::yuan(10'000'000), {}});
    Terms terms;
    terms.principal = Money::yuan(1'000'000);
    terms.annual_rate = Rate::ppm(47'500);
    terms.instalments = 600;
    LoanNumber const number = named<LoanNumber>("L");
    auto const perform = [&](Command const& command) {
        LEDGER_ASSERT(county.perform(command, booked_on).has_value());
    };
    perform(ProposeLoan{
        number, borrower.number, named<FundCode>("F"), lent_on, "核桃", "walnut", terms, {}});
    perform(RecordEvent{number, lent_on, Approved{terms.principal}});
    perform(RecordEvent{number, lent_on, Disbursed{terms.principal}});
    auto const began = std::chrono::steady_clock::now();
    for (int n = 1; n <= events; ++n) {
        Date const value_on = lent_on.plus_days(9 * (from_the_last ? events + 1 - n : n));
        perform(RecordEvent{number, value_on, Repaid{Money::yuan(1'300)}});
    }
    auto const took = std::chrono::steady_clock::now() - began;
    return std::chrono::duration<double, std::milli>(took).count() / events;
}

void report(char const* what, double nanoseconds, double yardstick, char const* budget)
{
    std::printf("%-44s %9.2f µs  %6.1f × yardstick  %s\n", what, nanoseconds / 1000,
                nanoseconds / yardstick, budget);
}

} // namespace

int main()
{
    Situation const now = served_loan();
    Loan const& loan = *now.loan;
    Loan forgetful = loan;
    forgetful.walked.reset();
    RecordEvent const repayment{loan.number, now.booked_on, Repaid{Money::yuan(2'000)}};

    double const yardstick = measured(20'000, plain_annuity);
    report("yardstick: plain floating annuity, 36 rows", yardstick, yardstick, "");
    std::printf("events of the loan: %zu\n", loan.events.size());
    report("fold, all events and 36 rows",
           measured(2'000,
                    [&](int) { LEDGER_ASSERT(fold(forgetful, now.booked_on).days_past_due == 0); }),
           yardstick, "(budget 20 µs)");
    report("decide a repayment in order, from the snapshot",
           measured(5'000, [&](int) { LEDGER_ASSERT(decide(now, repayment).has_value()); }),
           yardstick, "(budget 5 µs)");
    Situation cold = now;
    cold.loan = forgetful;
    report("decide a repayment, folded from the events",
           measured(2'000, [&](int) { LEDGER_ASSERT(decide(cold, repayment).has_value()); }),
           yardstick, "");
    RecordEvent const late{loan.number, add_months(now.booked_on, -12), Repaid{Money::yuan(100)}};
    report("decide a repayment entered twelve months late",
           measured(2'000, [&](int) { LEDGER_ASSERT(decide(now, late).has_value()); }), yardstick,
           "");
    report("what a day's closing asks of the loan",
           measured(2'000,
                    [&](int) { LEDGER_ASSERT(closing_work_on(forgetful, now.booked_on).accrue); }),
           yardstick, "");
    for (int const events : {250, 500, 1'000}) {
        std::printf("%5d events, 600 rows: %.3f ms each in order, %.3f ms each from the last\n",
                    events, entering(events, false), entering(events, true));
    }
    return 0;
}
