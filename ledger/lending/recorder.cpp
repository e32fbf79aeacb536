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
                                Date until, DayCount count)
{
    std::string const term =
        principal.text() + " × " + rate.text() + "% " + time_of(period, from, until, count);
    bool const counts_days = period.units_a_day == 0;
    append(interest_chinese_, term + (counts_days ? " 天" : ""));
    append(interest_english_, term + (counts_days ? " days" : ""));
}

void Recorder::interest_due(Date on, Exact const& exact, Money asked, Money subsidy)
{
    if (interest_chinese_.empty() && asked.is_zero()) return;
    if (interest_chinese_.empty()) { // flat, and nothing earned in the last period
        interest_chinese_ = "总利息一次舍入后的差额";
        interest_english_ = "the difference of the total interest, rounded once";
    }
    if (!subsidy.is_zero()) {
        interest_chinese_ += "，其中贴息 " + subsidy.text();
        interest_english_ += ", of which subsidy " + subsidy.text();
    }
    add(on, "interest", std::move(interest_chinese_), std::move(interest_english_), exact.text(),
        asked, 0, subsidy.is_zero() ? "annual_rate" : "annual_rate, subsidy_scheme");
    interest_chinese_.clear();
    interest_english_.clear();
}

void Recorder::interest_running(Date on, Exact const& exact, Money unpaid)
{
    if (interest_chinese_.empty()) return;
    add(on, "interest_accrued", interest_chinese_, interest_english_, exact.text(), unpaid, 0,
        "annual_rate");
}

namespace {

/// "1000.00 × 4.75% × (1 + 50%) ÷ 360 × 30"
std::string overdue_term(Money base, Rate rate, std::int64_t margin_ppm, bool is_overdue, Date from,
                         Date until, DayCount count)
{
    std::string times;
    std::string const margin = Rate::ppm(margin_ppm).text() + "%";
    if (!is_overdue)
        times = " × " + margin;
    else if (margin_ppm > 0)
        times = " × (1 + " + margin + ")";
    return base.text() + " × " + rate.text() + "%" + times + " ÷ " +
           std::to_string(penalty_units_a_year(count)) + " × " +
           std::to_string(penalty_units(from, until, count));
}

} // namespace

void Recorder::penalty_stretch(Money principal, Rate rate, std::int64_t margin_ppm, bool is_overdue,
                               Date from, Date until, DayCount count)
{
    if (principal.is_zero()) return;
    std::string const term =
        overdue_term(principal, rate, margin_ppm, is_overdue, from, until, count);
    append(penalty_chinese_, term + " 天");
    append(penalty_english_, term + " days");
}

void Recorder::compound_stretch(Money interest, Rate rate, std::int64_t margin_ppm, Date from,
                                Date until, DayCount count)
{
    std::string const term = overdue_term(interest, rate, margin_ppm, true, from, until, count);
    append(compound_chinese_, term + " 天");
    append(compound_english_, term + " days");
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

void Recorder::compound(Date on, Exact const& cumulative, Money amount)
{
    if (compound_chinese_.empty()) return;
    add(on, "compound", std::move(compound_chinese_), std::move(compound_english_),
        cumulative.text(), amount - compound_told_, 0,
        "银发〔2003〕251号; compounding, rules version " + std::to_string(loan_.rules_version));
    compound_chinese_.clear();
    compound_english_.clear();
    compound_told_ = amount;
}

void Recorder::principal_due(InstalmentState const& row)
{
    if (row.principal_due.is_zero()) return;
    std::string const planned = row.planned.principal.text();
    std::string const number = std::to_string(row.planned.number);
    add(row.planned.due_on, "principal_due", "第 " + number + " 期计划本金 " + planned,
        "planned principal of instalment " + number + ": " + planned, {}, row.principal_due, 0,
        "schedule");
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

namespace {

std::string name_of(AllocationOrder const& order)
{
    std::string name = "allocation_order";
    for (DebtComponent const each : order.components) name += " " + std::string{code_of(each)};
    return name + (order.by == AllocateBy::instalment ? " by instalment" : " by component");
}

} // namespace

void Recorder::allocated(LoanEvent const& event, Allocation const& used)
{
    struct Part {
        char const* chinese;
        char const* english;
        Money amount;
        bool is_always_told;
    };
    std::string chinese = used.total().text() + " =";
    std::string english = chinese;
    char const* sign = " ";
    for (Part const& part :
         {Part{"费用", "costs", used.cost, false}, Part{"罚息", "penalty", used.penalty, true},
          Part{"复利", "compound interest", used.compound, false},
          Part{"利息", "interest", used.interest, true},
          Part{"本金", "principal", used.principal, true},
          Part{"多还", "overpayment", used.overpayment, true}})
    {
        if (part.amount.is_zero() && !part.is_always_told) continue;
        chinese += std::string{sign} + part.chinese + " " + part.amount.text();
        english += std::string{sign} + part.english + " " + part.amount.text();
        sign = " + ";
    }
    add(event.value_on, "allocation", std::move(chinese), std::move(english), {}, used.total(),
        event.sequence,
        name_of(used.order) + ", rules version " + std::to_string(loan_.rules_version));
}

void Recorder::happened(LoanEvent const& event, Money amount)
{
    std::string const document = event.document.empty() ? "" : "，文号 " + event.document;
    std::string const reason = event.reason.empty() ? "" : "，" + event.reason;
    std::string const name{code_of(event.what)};
    add(event.value_on, name, "第 " + std::to_string(event.sequence) + " 笔" + document + reason,
        "event " + std::to_string(event.sequence) +
            (event.document.empty() ? "" : ", document " + event.document),
        {}, amount, event.sequence, event.document.empty() ? "event" : event.document);
}

void Recorder::provisioned(LoanEvent const& event, Money before, Money after, RiskClass risk_class)
{
    add(event.value_on, "provision",
        "应提准备 " + after.text() + "（" + std::string{code_of(risk_class)} + "）- 已提 " +
            before.text(),
        "allowance wanted " + after.text() + " (" + std::string{code_of(risk_class)} + ") - held " +
            before.text(),
        {}, after - before, event.sequence, "provision_rates");
}

} // namespace ledger
