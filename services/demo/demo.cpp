// Puts people, loans and payments together and writes them as the import reads them.
#include "demo/demo.hpp"

#include "demo/households.hpp"
#include "demo/party.hpp"
#include "demo/repayments.hpp"
#include "registers/csv.hpp"
#include "registers/values.hpp"

#include "ledger/register_fact.hpp"
#include "ledger/seal.hpp"
#include "ledger/words.hpp"

#include <algorithm>
#include <set>

namespace demo {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// A register with its Chinese headings.
class Writer {
  public:
    Writer(std::string name, registers::Register kind)
    {
        file_.name = std::move(name);
        std::vector<std::string> headings;
        for (registers::Column const& column : registers::columns_of(kind)) {
            headings.emplace_back(column.chinese);
        }
        file_.bytes = std::string{byte_order_mark} + registers::csv_line(headings);
    }
    /// Cells in the order of columns_of.
    void row(std::vector<std::string> const& cells) { file_.bytes += registers::csv_line(cells); }
    registers::SourceFile file() && { return std::move(file_); }

  private:
    registers::SourceFile file_;
};

registers::SourceFile funds_file()
{
    Writer writer{"funds.csv", registers::Register::funds};
    for (FundPayment const& payment : fund_payments()) {
        writer.row({payment.fund, payment.name, payment.document, payment.paid_in_on.text(),
                    payment.amount.text()});
    }
    return std::move(writer).file();
}

registers::SourceFile borrowers_file(std::vector<Member> const& members)
{
    Writer writer{"borrowers.csv", registers::Register::borrowers};
    for (Member const& member : members) {
        writer.row({member.number, member.name, member.resident_id, member.household,
                    member.village.code, member.party_branch, ""});
    }
    return std::move(writer).file();
}

std::string period_text(ledger::Frequency const& every)
{
    if (every.unit == ledger::PeriodUnit::quarter) return "季";
    return every.count == 1 ? "月" : std::to_string(every.count) + "个月";
}

registers::SourceFile loans_file(std::vector<PlannedLoan> const& loans,
                                 std::vector<Member> const& members)
{
    Writer writer{"loans.csv", registers::Register::loans};
    for (PlannedLoan const& loan : loans) {
        ledger::Terms const& terms = loan.terms;
        writer.row({loan.number.text(), members[loan.member].number, loan.fund,
                    loan.proposed_on.text(), loan.approved_on.text(), loan.disbursed_on.text(),
                    terms.principal.text(), terms.annual_rate.text(),
                    std::string{registers::chinese_of(terms.method)},
                    std::to_string(terms.instalments), period_text(terms.every),
                    terms.settlement_day ? std::to_string(*terms.settlement_day) : "", "",
                    loan.purpose, std::string{registers::chinese_of_industry(loan.industry)}});
    }
    return std::move(writer).file();
}

std::string text_or_empty(std::optional<ledger::Date> const& date)
{
    return date ? date->text() : std::string{};
}

registers::SourceFile repayments_file(std::vector<Payment> payments)
{
    std::ranges::stable_sort(payments, {}, [](Payment const& payment) {
        return std::pair{payment.booked_on.value_or(payment.repaid_on), payment.loan};
    });
    Writer writer{"repayments.csv", registers::Register::repayments};
    for (Payment const& payment : payments) {
        writer.row({payment.loan.text(), payment.repaid_on.text(), payment.amount.text(),
                    payment.remark, text_or_empty(payment.booked_on),
                    text_or_empty(payment.reversed_on), payment.reversal_reason});
    }
    return std::move(writer).file();
}

std::string digest_of(std::string const& text)
{
    auto const* bytes = reinterpret_cast<std::uint8_t const*>(text.data());
    return ledger::hex(ledger::leaf_digest({bytes, text.size()}, ledger::DigestAlgorithm::sha256));
}

registers::SourceFile households_file(Households const& all)
{
    Writer writer{"households.csv", registers::Register::households};
    for (InventedHousehold const& household : all.households) {
        writer.row(
            {household.number, household.head, household.village.code,
             std::string{ledger::chinese_word("standing", ledger::code_of(household.standing))},
             std::to_string(household.persons), "2015-01-01"});
    }
    return std::move(writer).file();
}

registers::SourceFile leading_file(Households const& all)
{
    Writer writer{"leading.csv", registers::Register::leading};
    for (InventedClaim const& claim : all.claims) {
        InventedHousehold const& household = all.households[claim.household];
        bool const is_verified = claim.verified_on.has_value();
        std::string const number = household.number;
        auto const if_verified = [is_verified](std::string text) {
            return is_verified ? std::move(text) : std::string{};
        };
        writer.row({number, claim.loan.text(),
                    std::string{ledger::chinese_word("way", ledger::code_of(claim.way))},
                    claim.since.text(), claim.share, claim.promised.text(), "否",
                    text_or_empty(claim.verified_on), if_verified("演示信贷员甲"),
                    if_verified("演示村民乙"), if_verified(household.village.name),
                    if_verified(digest_of("演示佐证 " + number + claim.loan.text())),
                    claim.brought_on ? claim.brought.text() : std::string{},
                    text_or_empty(claim.brought_on), text_or_empty(claim.ended_on),
                    text_or_empty(claim.withdrawn_on), claim.reason});
    }
    return std::move(writer).file();
}

registers::SourceFile exits_file(Households const& all)
{
    Writer writer{"exits.csv", registers::Register::exits};
    for (InventedExit const& exit : all.exits) {
        ledger::Date const day = exit.proposed_on;
        auto const after = [day](int days) { return day.plus_days(days).text(); };
        InventedHousehold const& household = all.households[exit.household];
        writer.row({household.number, "2016", after(0), "演示村委会", after(3), "演示评议组",
                    after(5), household.head, after(7), "演示村委会", after(16), after(20),
                    "演示乡镇核查组", after(35), "演示县审定组", text_or_empty(exit.relapsed_on),
                    exit.relapsed_on ? "演示返贫认定" : ""});
    }
    return std::move(writer).file();
}

registers::SourceFile incomes_file(Households const& all)
{
    Writer writer{"incomes.csv", registers::Register::incomes};
    for (InventedIncome const& each : all.incomes) {
        ledger::Income const& income = each.income;
        writer.row({all.households[each.household].number, std::to_string(income.year),
                    income.wages.text(), income.production.text(), income.property.text(),
                    income.transfers.text(), each.recorded_on.text()});
    }
    return std::move(writer).file();
}

registers::SourceFile surveys_file(Households const& all)
{
    Writer writer{"surveys.csv", registers::Register::surveys};
    auto visits = all.surveys;
    visits.insert(visits.end(), all.revisits.begin(), all.revisits.end());
    for (InventedSurvey const& each : visits) {
        writer.row({all.households[each.household].number, each.surveyed_on.text(),
                    std::string{ledger::chinese_word("poverty_cause", ledger::code_of(each.cause))},
                    std::to_string(each.labour), "是", "是", each.has_medical_care ? "是" : "否",
                    "演示干部"});
    }
    return std::move(writer).file();
}

/// The head, a spouse, and children: as many as the household counts.
registers::SourceFile persons_file(Households const& all)
{
    Writer writer{"persons.csv", registers::Register::persons};
    for (InventedSurvey const& each : all.surveys) {
        InventedHousehold const& household = all.households[each.household];
        for (int n = 0; n < household.persons; ++n) {
            auto const kinship = n == 0   ? ledger::Kinship::head
                                 : n == 1 ? ledger::Kinship::spouse
                                          : ledger::Kinship::child;
            std::string const of = std::to_string(n + 1);
            writer.row({household.number + "-" + of, household.number,
                        n == 0 ? household.head : household.head + "家" + of,
                        std::string{ledger::chinese_word("kinship", ledger::code_of(kinship))},
                        n < each.labour ? "是" : "否", each.surveyed_on.text(), "", ""});
        }
    }
    return std::move(writer).file();
}

void sum_up(Summary& summary, std::vector<PlannedLoan> const& loans,
            std::vector<Member> const& members)
{
    std::set<std::string> households;
    for (PlannedLoan const& loan : loans) {
        summary.lent += loan.terms.principal;
        if (loan.disbursed_on.year() == 2015) {
            summary.lent_2015 += loan.terms.principal;
            households.insert(members[loan.member].household);
        }
        summary.late +=
            loan.manner == Manner::late_by_days || loan.manner == Manner::late_by_months;
        summary.prepaid +=
            loan.manner == Manner::prepays_all || loan.manner == Manner::prepays_part;
        summary.in_arrears += loan.manner == Manner::stops;
    }
    summary.members = members.size();
    summary.loans = loans.size();
    summary.households_2015 = households.size();
}

} // namespace

Registers generate(Facts const& facts, std::uint64_t seed)
{
    Dice dice{seed};
    auto const people = members(facts, dice);
    auto const lent = loans(facts, people, dice);
    Registers result;
    sum_up(result.summary, lent, people);
    std::vector<Payment> paid;
    for (PlannedLoan const& loan : lent) {
        PaymentHistory const history = payments(facts, loan, dice);
        LEDGER_ASSERT(history.is_settled == (loan.manner != Manner::stops));
        paid.insert(paid.end(), history.payments.begin(), history.payments.end());
    }
    result.summary.repayments = paid.size();
    result.summary.reversed = static_cast<std::size_t>(std::ranges::count_if(
        paid, [](Payment const& each) { return each.reversed_on.has_value(); }));
    auto const led = households(facts, people, lent, dice);
    result.summary.households = led.households.size();
    result.summary.claims = led.claims.size();
    result.summary.exits = led.exits.size();
    result.files = {funds_file(),
                    borrowers_file(people),
                    loans_file(lent, people),
                    repayments_file(std::move(paid)),
                    households_file(led),
                    leading_file(led),
                    exits_file(led),
                    incomes_file(led),
                    surveys_file(led),
                    persons_file(led)};
    for (InventedRegister const& invented : party_registers(facts, people, led, dice)) {
        Writer writer{invented.file, invented.kind};
        for (auto const& row : invented.rows) writer.row(row);
        result.files.push_back(std::move(writer).file());
    }
    return result;
}

} // namespace demo
