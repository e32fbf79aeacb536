// Turns the steps of a walk into sentences with their figures, in Chinese and English. It repeats
// what it is told; the only arithmetic here is the difference to the penalty already told.
#include "ledger/lending/recorder.hpp"

namespace ledger {

namespace {

void append(std::string& sum, std::string const& term)
{
    sum += (sum.empty() ? "" : " + ") + term;
}

/// "÷ 360 × 187", the time of a stretch as its period measures it.
std::string time_of(Period const& period, Date from, Date until, DayCount count)
{
    std::int64_t const units = units_until(period, until, count) - units_until(period, from, count);
    if (period.units_a_day == 0) {
        return "÷ " + std::to_string(period.units_a_year) + " × " + std::to_string(units);
    }
    int const days = period.span.until - period.span.from;
    std::string share = "× " + std::to_string(period.units_a_day) + "/" +
                        std::to_string(period.units_a_year / days);
    if (from == period.span.from && until == period.span.until) return share;
    return share + " × " + std::to_string(until - from) + "/" + std::to_string(days);
}

} // namespace

void Recorder::add(Date on, std::string figure, std::string formula, std::string formula_english,
                   std::string exact, Money amount, int event_sequence, std::string rule)
{
    steps_.push_back({on, std::move(figure), std::move(formula), std::move(formula_english),
                      std::move(exact), amount, event_sequence, std::move(rule)});
}

void Recorder::interest_stretch(Money principal, Rate rate, Period const& period, Date from,
                                Date until)
{
    std::string const term = principal.text() + " × " + rate.text() + "% " +
                             time_of(period, from, until, loan_.terms.day_count);
    bool const counts_days = period.units_a_day == 0;
    append(interest_chinese_, term + (counts_days ? " 天" : ""));
    append(interest_english_, term + (counts_days ? " days" : ""));
}

void Recorder::flat_stretch(Money whole, Date from, Date until, Period const& period)
{
    std::string const term = whole.text() + " × " + std::to_string(until - from) + "/" +
                             std::to_string(period.span.until - period.span.from);
    append(interest_chinese_, term + " 天");
    append(interest_english_, term + " days");
}

void Recorder::interest_due(InstalmentState const& row, Exact const& exact)
{
    if (interest_chinese_.empty()) return;
    add(row.planned.due_on, "interest", std::move(interest_chinese_), std::move(interest_english_),
        exact.text(), row.interest_due, 0, "annual_rate");
    interest_chinese_.clear();
    interest_english_.clear();
}

void Recorder::interest_running(Date on, Exact const& exact, Money unpaid)
{
    if (interest_chinese_.empty()) return;
    add(on, "interest_accrued", interest_chinese_, interest_english_, exact.text(), unpaid, 0,
        "annual_rate");
}

void Recorder::penalty_stretch(Money principal, Rate rate, Date from, Date until)
{
    std::string const margin = Rate::ppm(loan_.penalty_margin_ppm).text();
    std::string const term = principal.text() + " × " + rate.text() + "% × (1 + " + margin +
                             "%) ÷ " + std::to_string(penalty_units_a_year(loan_.terms.day_count)) +
                             " × " +
                             std::to_string(penalty_units(from, until, loan_.terms.day_count));
    append(penalty_chinese_, term + " 天");
    append(penalty_english_, term + " days");
}

void Recorder::penalty(Date on, Exact const& cumulative, Money amount)
{
    if (penalty_chinese_.empty()) return;
    add(on, "penalty", std::move(penalty_chinese_), std::move(penalty_english_), cumulative.text(),
        amount - penalty_told_, 0,
        "银发〔2003〕251号; penalty_margin, rules version " + std::to_string(loan_.rules_version));
    penalty_chinese_.clear();
    penalty_english_.clear();
    penalty_told_ = amount;
}

void Recorder::principal_due(InstalmentState const& row, Date on)
{
    if (row.principal_due.is_zero()) return;
    std::string const planned = row.planned.principal.text();
    bool const is_trimmed = row.principal_due != row.planned.principal;
    std::string const number = std::to_string(row.planned.number);
    add(on, "principal_due",
        "第 " + number + " 期计划本金 " + planned + (is_trimmed ? "，已提前归还一部分" : ""),
        "planned principal of instalment " + number + ": " + planned +
            (is_trimmed ? ", partly repaid in advance" : ""),
        {}, row.principal_due, 0, "schedule");
}

void Recorder::principal_overdue(InstalmentState const& row)
{
    Money const unpaid = row.principal_due - row.principal_paid;
    if (unpaid.is_zero()) return;
    std::string const number = std::to_string(row.planned.number);
    add(row.planned.due_on.plus_days(1), "principal_overdue",
        "第 " + number + " 期应还 " + row.principal_due.text() + " - 已还 " +
            row.principal_paid.text(),
        "due with instalment " + number + " " + row.principal_due.text() + " - paid " +
            row.principal_paid.text(),
        {}, unpaid, 0, "overdue from the day after the due date");
}

void Recorder::disbursed(LoanEvent const& event, Money amount)
{
    add(event.value_on, "disbursement", "放款 " + amount.text(), "paid out " + amount.text(), {},
        amount, event.sequence, "approval");
}

void Recorder::allocated(LoanEvent const& event, Allocation const& used)
{
    bool const interest_first = loan_.allocation_order == AllocationOrder::interest_first;
    add(event.value_on, "allocation",
        used.total().text() + " = 罚息 " + used.penalty.text() + " + 利息 " + used.interest.text() +
            " + 本金 " + used.principal.text() + " + 多还 " + used.overpayment.text(),
        used.total().text() + " = penalty " + used.penalty.text() + " + interest " +
            used.interest.text() + " + principal " + used.principal.text() + " + overpayment " +
            used.overpayment.text(),
        {}, used.total(), event.sequence,
        std::string{"allocation_order "} + (interest_first ? "interest_first" : "principal_first") +
            ", rules version " + std::to_string(loan_.rules_version));
}

} // namespace ledger
