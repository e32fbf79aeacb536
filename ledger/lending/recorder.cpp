// Turns the steps of a walk into sentences with their inputs, in Chinese and English, and names
// what they rest on. It repeats what it is told; the only arithmetic here is the difference to the
// charges already told.
#include "ledger/lending/recorder.hpp"

#include <utility>

namespace ledger {

namespace {

constexpr char const* central_bank_rule = "银发〔2003〕251号";

/// "187/360": the time of a stretch as its period measures it, in years.
struct TimeShare {
    std::string formula; ///< "÷ 360 × 187", "× 1/12"
    std::string share;   ///< "187/360"
    bool counts_days = false;
};

TimeShare time_of(Period const& period, Date from, Date until, DayCount count)
{
    std::int64_t const units = units_until(period, until, count) - units_until(period, from, count);
    if (period.units_a_day == 0) {
        std::string const year = std::to_string(period.units_a_year);
        std::string const part = std::to_string(units);
        return {"÷ " + year + " × " + part, part + "/" + year, true};
    }
    int const days = period.span.until - period.span.from;
    std::string share =
        std::to_string(period.units_a_day) + "/" + std::to_string(period.units_a_year / days);
    if (from != period.span.from || until != period.span.until) {
        share += " × " + std::to_string(until - from) + "/" + std::to_string(days);
    }
    return {"× " + share, share, false};
}

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

std::vector<Input> inputs_of_stretch(char const* base_name, Money base, Rate rate, Date from,
                                     Date until, std::string const& year_fraction)
{
    return {{base_name, base.text()},
            {"annual_rate", rate.text()},
            {"from", from.text()},
            {"until", until.text()},
            {"year_fraction", year_fraction}};
}

std::string penalty_year(Date from, Date until, DayCount count)
{
    return std::to_string(penalty_units(from, until, count)) + "/" +
           std::to_string(penalty_units_a_year(count));
}

void add_to(std::vector<Input>& inputs, std::vector<Input> const& more)
{
    inputs.insert(inputs.end(), more.begin(), more.end());
}

} // namespace

void Recorder::Sum::append(Date day, std::string const& term, std::string const& chinese_tail,
                           std::string const& english_tail)
{
    if (!since) since = day;
    std::string const sign = chinese.empty() ? "" : " + ";
    chinese += sign + term + chinese_tail;
    english += sign + term + english_tail;
}

Explanation Recorder::step(Date on, std::string figure, Sum&& sum, Money amount) const
{
    Explanation told;
    told.from = sum.since && *sum.since < on ? sum.since->plus_days(1) : on;
    told.on = on;
    told.figure = std::move(figure);
    told.formula = std::move(sum.chinese);
    told.formula_english = std::move(sum.english);
    told.inputs = std::move(sum.inputs);
    told.amount = amount;
    return told;
}

Explanation Recorder::step(LoanEvent const& event, std::string figure, Sum&& sum,
                           Money amount) const
{
    Explanation told = step(event.value_on, std::move(figure), std::move(sum), amount);
    told.event_sequence = event.sequence;
    return told;
}

Basis Recorder::rule(std::string name) const
{
    ProgrammeRules const& rules = loan_.rules();
    return {std::move(name), rules.version, rules.document};
}

/// The contract as its events have changed it, and the tables that its rate and subsidy follow.
std::vector<Basis> Recorder::bases_of_interest() const
{
    std::vector<Basis> bases{{"contract", 0, loan_.number.text()}};
    if (loan_.terms.pricing) bases.push_back({"base_rates", 0, {}});
    bases.insert(bases.end(), changes_.begin(), changes_.end());
    if (!loan_.terms.subsidy_scheme.empty()) {
        auto const* scheme = loan_.programme->subsidy_scheme(loan_.terms.subsidy_scheme);
        bases.push_back({"subsidy_scheme", 0, scheme->document});
    }
    return bases;
}

void Recorder::interest_stretch(Money principal, Rate rate, Period const& period, Date from,
                                Date until, DayCount count)
{
    TimeShare const time = time_of(period, from, until, count);
    interest_.append(from, principal.text() + " × " + rate.text() + "% " + time.formula,
                     time.counts_days ? " 天" : "", time.counts_days ? " days" : "");
    add_to(interest_.inputs,
           inputs_of_stretch("principal", principal, rate, from, until, time.share));
}

void Recorder::interest_due(Date on, Exact const& exact, Money asked, Money subsidy)
{
    if (interest_.is_empty() && asked.is_zero()) return;
    if (interest_.is_empty()) { // flat, and nothing earned in the last period
        interest_.chinese = "总利息一次舍入后的差额";
        interest_.english = "the difference of the total interest, rounded once";
    }
    if (!subsidy.is_zero()) {
        interest_.chinese += "，其中贴息 " + subsidy.text();
        interest_.english += ", of which subsidy " + subsidy.text();
        interest_.inputs.push_back({"subsidy", subsidy.text()});
    }
    Explanation told = step(on, "interest", std::exchange(interest_, {}), asked);
    told.exact = exact.text();
    told.bases = bases_of_interest();
    steps_.push_back(std::move(told));
}

void Recorder::interest_running(Date on, Exact const& exact, Money subsidy, Money settled,
                                Money unpaid)
{
    if (interest_.is_empty()) return;
    Sum sum = interest_;
    if (!subsidy.is_zero()) {
        sum.chinese += " - 贴息 " + subsidy.text();
        sum.english += " - subsidy " + subsidy.text();
        sum.inputs.push_back({"subsidy", subsidy.text()});
    }
    if (!settled.is_zero()) {
        sum.chinese += " - 已还 " + settled.text();
        sum.english += " - paid " + settled.text();
        sum.inputs.push_back({"interest_paid", settled.text()});
    }
    Explanation told = step(on, "interest_accrued", std::move(sum), unpaid);
    told.exact = exact.text();
    told.bases = bases_of_interest();
    steps_.push_back(std::move(told));
}

void Recorder::penalty_stretch(Money principal, Rate rate, std::int64_t margin_ppm, bool is_overdue,
                               Date from, Date until, DayCount count)
{
    if (principal.is_zero()) return;
    penalty_.append(from, overdue_term(principal, rate, margin_ppm, is_overdue, from, until, count),
                    " 天", " days");
    add_to(penalty_.inputs,
           inputs_of_stretch(is_overdue ? "overdue_principal" : "misused_principal", principal,
                             rate, from, until, penalty_year(from, until, count)));
    penalty_.inputs.push_back({"margin", Rate::ppm(margin_ppm).text()});
}

void Recorder::compound_stretch(Money interest, Rate rate, std::int64_t margin_ppm, Date from,
                                Date until, DayCount count)
{
    compound_.append(from, overdue_term(interest, rate, margin_ppm, true, from, until, count),
                     " 天", " days");
    add_to(compound_.inputs, inputs_of_stretch("unpaid_interest", interest, rate, from, until,
                                               penalty_year(from, until, count)));
    compound_.inputs.push_back({"margin", Rate::ppm(margin_ppm).text()});
}

void Recorder::charge(Date on, char const* figure, Sum& sum, Told const& cumulative, Told& before,
                      char const* rule_name)
{
    if (sum.is_empty()) return;
    Explanation told = step(on, figure, std::exchange(sum, {}), cumulative.amount - before.amount);
    told.exact = (cumulative.exact - before.exact).text();
    told.bases = {rule(rule_name), {"law", 0, central_bank_rule}};
    steps_.push_back(std::move(told));
    before = cumulative;
}

void Recorder::penalty(Date on, Exact const& cumulative, Money amount)
{
    charge(on, "penalty", penalty_, {cumulative, amount}, penalty_told_, "penalty_margin");
}

void Recorder::compound(Date on, Exact const& cumulative, Money amount)
{
    charge(on, "compound", compound_, {cumulative, amount}, compound_told_, "compounding");
}

void Recorder::principal_due(InstalmentState const& row)
{
    if (row.principal_due.is_zero()) return;
    std::string const planned = row.planned.principal.text();
    std::string const number = std::to_string(row.planned.number);
    Explanation told = step(row.planned.due_on, "principal_due",
                            {"第 " + number + " 期计划本金 " + planned,
                             "planned principal of instalment " + number + ": " + planned,
                             {{"instalment", number}, {"planned_principal", planned}}},
                            row.principal_due);
    told.bases = {{"contract", 0, loan_.number.text()}};
    told.bases.insert(told.bases.end(), changes_.begin(), changes_.end());
    steps_.push_back(std::move(told));
}

void Recorder::principal_overdue(InstalmentState const& row)
{
    Money const unpaid = row.principal_due - row.principal_paid;
    if (unpaid.is_zero()) return;
    std::string const number = std::to_string(row.planned.number);
    std::string const due = row.principal_due.text();
    std::string const paid = row.principal_paid.text();
    Explanation told =
        step(row.planned.due_on.plus_days(1), "principal_overdue",
             {"第 " + number + " 期应还 " + due + " - 已还 " + paid,
              "due with instalment " + number + " " + due + " - paid " + paid,
              {{"instalment", number}, {"principal_due", due}, {"principal_paid", paid}}},
             unpaid);
    told.bases = {{"law", 0, central_bank_rule}};
    steps_.push_back(std::move(told));
}

void Recorder::disbursed(LoanEvent const& event, Money amount)
{
    Explanation told =
        step(event, "disbursement",
             {"放款 " + amount.text(), "paid out " + amount.text(), {{"amount", amount.text()}}},
             amount);
    told.bases = {{"contract", 0, loan_.number.text()}};
    if (!event.document.empty()) told.bases.push_back({"disbursed", 0, event.document});
    steps_.push_back(std::move(told));
}

namespace {

struct Part {
    char const* code;
    char const* chinese;
    char const* english;
    Money amount;
    bool is_always_told;
};

std::array<Part, 6> parts_of(Allocation const& used)
{
    return {Part{"cost", "费用", "costs", used.cost, false},
            Part{"penalty", "罚息", "penalty", used.penalty, true},
            Part{"compound", "复利", "compound interest", used.compound, false},
            Part{"interest", "利息", "interest", used.interest, true},
            Part{"principal", "本金", "principal", used.principal, true},
            Part{"overpayment", "多还", "overpayment", used.overpayment, true}};
}

/// "cost penalty compound interest principal by instalment"
std::string text_of(AllocationOrder const& order)
{
    std::string text;
    for (DebtComponent const each : order.components) text += std::string{code_of(each)} + " ";
    return text + (order.by == AllocateBy::instalment ? "by instalment" : "by component");
}

} // namespace

Recorder::Sum Recorder::sum_of(Allocation const& used)
{
    Sum sum{used.total().text() + " =", used.total().text() + " =", {}};
    char const* sign = " ";
    for (Part const& part : parts_of(used)) {
        if (part.amount.is_zero() && !part.is_always_told) continue;
        sum.chinese += std::string{sign} + part.chinese + " " + part.amount.text();
        sum.english += std::string{sign} + part.english + " " + part.amount.text();
        sum.inputs.push_back({part.code, part.amount.text()});
        sign = " + ";
    }
    sum.inputs.push_back({"order", text_of(used.order)});
    return sum;
}

void Recorder::allocated(LoanEvent const& event, Allocation const& used)
{
    bool const is_of_non_accrual = used.order != loan_.rules().allocation_order;
    Explanation told = step(event, "allocation", sum_of(used), used.total());
    told.bases = {rule(is_of_non_accrual ? "non_accrual_allocation_order" : "allocation_order")};
    if (!event.document.empty()) told.bases.push_back({"repaid", 0, event.document});
    steps_.push_back(std::move(told));
}

void Recorder::used_since(std::vector<std::pair<int, Allocation>> const& allocations)
{
    for (auto const& [sequence, used] : allocations) {
        for (Explanation& told : steps_) {
            if (told.figure != "allocation" || told.event_sequence != sequence) continue;
            Sum sum = sum_of(used);
            told.formula = std::move(sum.chinese);
            told.formula_english = std::move(sum.english);
            told.inputs = std::move(sum.inputs);
        }
    }
}

namespace {

bool changes_contract(Happening const& what)
{
    return std::holds_alternative<RateChanged>(what) || std::holds_alternative<Extended>(what) ||
           std::holds_alternative<Rescheduled>(what) ||
           std::holds_alternative<InterestPaused>(what);
}

} // namespace

void Recorder::happened(LoanEvent const& event, Money amount)
{
    std::string const number = std::to_string(event.sequence);
    std::string const document = event.document.empty() ? "" : "，文号 " + event.document;
    std::string const reason = event.reason.empty() ? "" : "，" + event.reason;
    std::string const name{code_of(event.what)};
    Explanation told =
        step(event, name,
             {"第 " + number + " 笔" + document + reason,
              "event " + number + (event.document.empty() ? "" : ", document " + event.document),
              {}},
             amount);
    told.bases = {{name, 0, event.document}};
    if (changes_contract(event.what)) changes_.push_back(told.bases.front());
    steps_.push_back(std::move(told));
}

void Recorder::provisioned(LoanEvent const& event, Money before, Money after, RiskClass risk_class)
{
    std::string const name{code_of(risk_class)};
    Explanation told =
        step(event, "provision",
             {"应提准备 " + after.text() + "（" + name + "）- 已提 " + before.text(),
              "allowance wanted " + after.text() + " (" + name + ") - held " + before.text(),
              {{"risk_class", name}, {"wanted", after.text()}, {"held", before.text()}}},
             after - before);
    told.bases = {{"provision_rates", 0, {}}, {"class_floors", 0, {}}};
    steps_.push_back(std::move(told));
}

void Recorder::expired(LoanEvent const& event, Date approved_on, Money given_back)
{
    std::string const days = std::to_string(loan_.rules().approval_valid_days);
    Explanation told =
        step(event, "approval_expired",
             {"批准于 " + approved_on.text() + "，有效 " + days + " 天，未放款部分退回资金",
              "approved on " + approved_on.text() + ", valid " + days +
                  " days: what was not paid out is available again",
              {{"approved_on", approved_on.text()}, {"approval_valid_days", days}}},
             given_back);
    told.bases = {rule("approval_valid_days")};
    steps_.push_back(std::move(told));
}

void Recorder::sums(LoanState const& state)
{
    Money const paid = state.disbursed - state.owed.principal;
    steps_.push_back(
        step(state.as_of, "principal_owed",
             {"放款 " + state.disbursed.text() + " - 已还本金 " + paid.text(),
              "paid out " + state.disbursed.text() + " - principal repaid " + paid.text(),
              {{"disbursed", state.disbursed.text()}, {"principal_paid", paid.text()}}},
             state.owed.principal));
    Sum payoff;
    Owed const& owed = state.owed;
    for (Part const& part :
         parts_of({owed.cost, owed.penalty, owed.compound, owed.interest, owed.principal, {}, {}}))
    {
        if (part.amount.is_zero()) continue;
        std::string const sign = payoff.is_empty() ? "" : " + ";
        payoff.chinese += sign + part.chinese + " " + part.amount.text();
        payoff.english += sign + part.english + " " + part.amount.text();
        payoff.inputs.push_back({part.code, part.amount.text()});
    }
    Money const held = owed.total() - state.payoff;
    if (!held.is_zero()) {
        payoff.chinese += " - 暂收 " + held.text();
        payoff.english += " - held " + held.text();
        payoff.inputs.push_back({"held", held.text()});
    }
    if (payoff.is_empty()) payoff = {"已还清", "nothing is owed", {}};
    steps_.push_back(step(state.as_of, "payoff", std::move(payoff), state.payoff));
}

} // namespace ledger
