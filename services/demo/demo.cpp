// Puts people, loans and payments together and writes them as the import reads them.
#include "demo/demo.hpp"

#include "demo/repayments.hpp"
#include "registers/csv.hpp"
#include "registers/values.hpp"

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
                    loan.purpose, std::string{registers::industry_chinese(loan.industry)}});
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
    result.files = {funds_file(), borrowers_file(people), loans_file(lent, people),
                    repayments_file(std::move(paid))};
    return result;
}

} // namespace demo
