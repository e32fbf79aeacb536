// A loan in the words of the terminal: its head, its instalments, its events, and the steps of "why
// its figures are what they are". Words and layout alone; every figure comes from the fold and the
// explanation.
#include "daifu/loan_text.hpp"

#include "daifu/console.hpp"
#include "daifu/words.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace daifu {

using ledger::Money;

std::string money(Money amount)
{
    return grouped(amount.text());
}

namespace {

/// What only some loans have; nothing where there is none of it.
std::string standing_text(ledger::LoanState const& state)
{
    std::string text;
    auto const add = [&text](std::string_view words, std::string const& value) {
        text += (text.empty() ? "" : ", ") + std::string{words} + " " + value;
    };
    auto const add_day = [&](std::string_view words, std::optional<ledger::Date> day) {
        if (day) add(words, day->text());
    };
    auto const add_money = [&](std::string_view words, Money amount) {
        if (!amount.is_zero()) add(words, money(amount));
    };
    if (state.risk_class != ledger::RiskClass::normal) {
        add("分类 class", words_of(state.risk_class));
    }
    add_day("可放款至 reserved through", state.reserved_through);
    add_money("应还罚息 penalty owed", state.owed.penalty);
    add_money("应还复利 compound owed", state.owed.compound);
    add_money("应还费用 costs owed", state.owed.cost);
    add_money("贴息 subsidy", state.subsidy);
    add_day("非应计自 non-accrual since", state.non_accrual_since);
    add_day("重组于 rescheduled on", state.rescheduled_on);
    if (state.extensions > 0) add("展期次数 extensions", std::to_string(state.extensions));
    add_day("核销于 written off on", state.written_off_on);
    return text.empty() ? text : text + "\n";
}

} // namespace

std::string loan_head(LoanOnDay const& found, ledger::LoanState const& state)
{
    ledger::Loan const& loan = found.loan;
    std::string text = "贷款 loan " + loan.number.text() + "  借款人 borrower ";
    if (found.borrower) text += found.borrower->borrower.name + " ";
    text += loan.borrower.text();
    if (found.borrower) {
        text += "  村 village " + found.borrower->township_name + found.borrower->village_name;
    }
    text += "  资金 fund " + loan.fund.text() + "\n";
    text += "用途 purpose " + loan.purpose + " (" + industry_words(loan.industry) +
            ")  本金 principal " + money(loan.terms.principal) + " 元 CNY  年利率 rate " +
            state.annual_rate.text() + " %  方式 method " + words_of(loan.terms.method) +
            "  期限 term " + term_words(loan.terms) + "\n";
    text += "截至 as of " + state.as_of.text() + ": " + words_of(state.status) +
            ", 余额 outstanding " + money(state.positions.principal()) + ", 结清金额 payoff " +
            money(state.payoff) + ", 逾期天数 days past due " +
            std::to_string(state.days_past_due) + "\n" + standing_text(state);
    return text;
}

std::string instalments_text(ledger::LoanState const& state)
{
    using enum Align;
    Table table{{"期次 no", "到期日 due on", "应还本金 principal", "应还利息 interest",
                 "已还本金 principal paid", "已还利息 interest paid", "结清日 settled on"},
                {right, left, right, right, right, right, left}};
    for (ledger::InstalmentState const& row : state.instalments) {
        bool const is_to_come = state.as_of < row.planned.due_on && row.interest_due.is_zero();
        table.row({std::to_string(row.planned.number), row.planned.due_on.text(),
                   money(row.principal_due),
                   money(is_to_come ? row.planned.interest : row.interest_due),
                   money(row.principal_paid), money(row.interest_paid),
                   row.paid_on ? row.paid_on->text() : ""});
    }
    return table.text();
}

namespace {

struct AmountText {
    std::string operator()(ledger::Reversed const&) const { return {}; }
    std::string operator()(ledger::RateChanged const&) const { return {}; }
    std::string operator()(ledger::Extended const&) const { return {}; }
    std::string operator()(ledger::Rescheduled const&) const { return {}; }
    std::string operator()(ledger::InterestPaused const&) const { return {}; }
    std::string operator()(ledger::MisuseDeclared const&) const { return {}; }
    std::string operator()(ledger::Classified const&) const { return {}; }
    std::string operator()(ledger::Provisioned const&) const { return {}; }
    std::string operator()(ledger::WrittenOff const&) const { return {}; }
    std::string operator()(ledger::ApprovalExpired const&) const { return {}; }
    std::string operator()(auto const& what) const { return money(what.amount); }
};

/// What an event says besides its amount.
struct NoteText {
    std::string operator()(ledger::Waived const& what) const { return words_of(what.component); }
    std::string operator()(ledger::RateChanged const& what) const
    {
        return what.annual_rate.text() + " %";
    }
    std::string operator()(ledger::Extended const& what) const
    {
        return "到 until " + what.until.text();
    }
    std::string operator()(ledger::Rescheduled const& what) const
    {
        return words_of(what.plan.method) + " " +
               steps_words(what.plan.instalments, what.plan.every);
    }
    std::string operator()(ledger::InterestPaused const& what) const
    {
        return "到 until " + what.until.text();
    }
    std::string operator()(ledger::Classified const& what) const
    {
        return what.risk_class ? words_of(*what.risk_class) : "按逾期天数 by lateness";
    }
    std::string operator()(auto const&) const { return {}; }
};

/// Of a reversal what it reverses, of a reversed event by what.
std::string reversal_text(ledger::Loan const& loan, ledger::LoanEvent const& event)
{
    if (auto const* const reversal = std::get_if<ledger::Reversed>(&event.what)) {
        return "冲第 " + std::to_string(reversal->sequence) + " 笔 reverses " +
               std::to_string(reversal->sequence);
    }
    for (ledger::LoanEvent const& later : loan.events) {
        auto const* const reversal = std::get_if<ledger::Reversed>(&later.what);
        if (reversal != nullptr && reversal->sequence == event.sequence) {
            return "已被第 " + std::to_string(later.sequence) + " 笔冲正 reversed by " +
                   std::to_string(later.sequence);
        }
    }
    return {};
}

/// The note of an event, its paper, and what reverses it.
std::string note_text(ledger::Loan const& loan, ledger::LoanEvent const& event)
{
    std::string note = std::visit(NoteText{}, event.what);
    for (std::string const& part : {event.document, reversal_text(loan, event)}) {
        if (!note.empty() && !part.empty()) note += ", ";
        note += part;
    }
    return note;
}

} // namespace

std::string events_text(ledger::Loan const& loan, ledger::LoanState const& state)
{
    struct Part {
        std::string_view heading;
        Money ledger::Allocation::* amount;
        bool is_always_shown;
    };
    using Used = ledger::Allocation;
    std::vector<Part> parts{
        {"费用 cost", &Used::cost, false},          {"罚息 penalty", &Used::penalty, true},
        {"复利 compound", &Used::compound, false},  {"利息 interest", &Used::interest, true},
        {"本金 principal", &Used::principal, true}, {"多收 over", &Used::overpayment, true},
    };
    std::erase_if(parts, [&state](Part const& part) {
        return !part.is_always_shown &&
               std::ranges::all_of(state.allocations, [&part](auto const& used) {
                   return (used.second.*part.amount).is_zero();
               });
    });
    using enum Align;
    std::vector<std::string> headings{"序号 seq", "起息日 value", "记账日 booked", "业务 event",
                                      "金额 amount"};
    std::vector<Align> align{right, left, left, left, right};
    for (Part const& part : parts) {
        headings.emplace_back(part.heading);
        align.push_back(right);
    }
    headings.emplace_back("备注 note");
    align.push_back(left);
    Table table{headings, align};
    for (ledger::LoanEvent const& event : loan.events) {
        std::vector<std::string> cells{std::to_string(event.sequence), event.value_on.text(),
                                       event.booked_on.text(), words_of(event.what),
                                       std::visit(AmountText{}, event.what)};
        for (auto const& [sequence, used] : state.allocations) {
            if (sequence != event.sequence) continue;
            for (Part const& part : parts) cells.push_back(money(used.*part.amount));
        }
        cells.resize(headings.size() - 1);
        cells.push_back(note_text(loan, event));
        table.row(std::move(cells));
    }
    return table.text();
}

namespace {

std::string entry_numbers(ledger::Explanation const& step)
{
    std::string numbers;
    for (std::int64_t const number : step.entries)
        numbers += (numbers.empty() ? "" : ", ") + std::to_string(number);
    return numbers;
}

} // namespace

std::string step_text(ledger::Explanation const& step)
{
    std::string text =
        step.on.text() + "  " + figure_words(step.figure) + "  " + money(step.amount);
    std::string const numbers = entry_numbers(step);
    if (!numbers.empty()) text += "  凭证 entries " + numbers;
    text += "\n    " + step.formula;
    if (step.formula != step.formula_english) text += "\n    " + step.formula_english;
    std::string const basis = words_of(step.bases);
    if (!basis.empty()) text += "\n    依据 basis: " + basis;
    return text + "\n";
}

} // namespace daifu
