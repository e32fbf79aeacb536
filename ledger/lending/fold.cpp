// The loan as of a date, by walking through its events and due dates once. On a due date the
// period's interest, rounded once, and the planned principal fall due before the day's events;
// interest and penalty between two days are exact and are added up before anything is rounded, so
// that looking more often changes nothing.
//
// Principal that fell due bears no contract interest any more. What of it is unpaid when its due
// date ends is overdue from the next day and bears contract rate x (1 + margin) for each day since
// the due date (银发〔2003〕251号): thirty days late is thirty days of penalty. No compound
// interest.
#include "ledger/lending/recorder.hpp"
#include "ledger/lending/walk.hpp"

namespace ledger {

namespace {

constexpr std::int64_t whole_ppm = 1'000'000;

} // namespace

Walk::Walk(Loan const& loan, Date as_of, Recorder* recorder)
    : loan_{loan}
    , as_of_{as_of}
    , recorder_{recorder}
    , events_{events_in_force(loan.events, as_of)}
{
    penalty_divisor_ = Wide{whole_ppm} * whole_ppm * penalty_units_a_year(loan.terms.day_count);
    state_.as_of = as_of;
    std::vector<DisbursementPlan> const disbursements = disbursements_in(events_);
    if (disbursements.empty()) return;
    auto plan = plan_of(loan.terms, disbursements);
    LEDGER_ASSERT(plan.has_value()); // decide(Disburse) has asked for it before
    plan_ = std::move(*plan);
    debt_.rows.resize(plan_.schedule.instalments.size());
    for (std::size_t n = 0; n < debt_.rows.size(); ++n) {
        debt_.rows[n].planned = plan_.schedule.instalments[n];
    }
    debt_.interest_row = asked_from(0);
}

LoanState Walk::run()
{
    for (LoanEvent const* event : events_) {
        advance_to(event->value_on);
        happen(*event);
    }
    advance_to(as_of_);
    settle_rows_trimmed_away();
    if (recorder_) {
        recorder_->interest_running(as_of_, running_exact(), debt_.running_interest);
        recorder_->penalty(as_of_, Exact::fraction(penalised_, penalty_divisor_),
                           debt_.penalty + penalty_paid_);
    }
    return state();
}

void Walk::advance_to(Date date)
{
    if (!state_.disbursed_on) {
        now_ = date;
        return;
    }
    while (debt_.fallen_due < debt_.rows.size() && plan_.periods[debt_.fallen_due].due_on() <= date)
    {
        accrue_to(plan_.periods[debt_.fallen_due].due_on());
        fall_due();
    }
    accrue_to(date);
    recognise();
}

/// Nothing changes between now and the date, so both interests grow in proportion to time.
void Walk::accrue_to(Date until)
{
    LEDGER_ASSERT(now_ <= until);
    if (now_ == until) return;
    if (!debt_.principal_not_due.is_zero()) earn(until);
    if (!debt_.principal_due.is_zero()) penalise(until);
    now_ = until;
}

void Walk::earn(Date until)
{
    LEDGER_ASSERT(debt_.fallen_due < debt_.rows.size());
    Period const& period = plan_.periods[debt_.fallen_due];
    DayCount const count = loan_.terms.day_count;
    if (!plan_.flat_interest.empty()) {
        Money const whole = plan_.flat_interest[debt_.fallen_due];
        earned_divisor_ = std::max<std::int64_t>(units_until(period, period.span.until, count), 1);
        earned_ += Wide{whole.fen()} *
                   (units_until(period, until, count) - units_until(period, now_, count));
        if (recorder_) recorder_->flat_stretch(whole, now_, until, period);
        return;
    }
    earned_divisor_ = interest_divisor(period);
    earned_ += debt_.principal_not_due.fen() * growth(loan_.terms, period, now_, until);
    if (recorder_ && !period.is_interest_free) {
        for_each_rate(loan_.terms, now_, until, [&](Date from, Date to, Rate rate) {
            recorder_->interest_stretch(debt_.principal_not_due, rate, period, from, to);
        });
    }
}

void Walk::penalise(Date until)
{
    std::int64_t const times_ppm = whole_ppm + loan_.penalty_margin_ppm;
    if (recorder_) {
        for (std::size_t n = debt_.oldest_unpaid; n < debt_.fallen_due; ++n) {
            if (debt_.rows[n].planned.due_on == now_) recorder_->principal_overdue(debt_.rows[n]);
        }
    }
    for_each_rate(loan_.terms, now_, until, [&](Date from, Date to, Rate rate) {
        std::int64_t const units = penalty_units(from, to, loan_.terms.day_count);
        penalised_ += Wide{debt_.principal_due.fen()} * rate.ppm() * times_ppm * units;
        if (recorder_) recorder_->penalty_stretch(debt_.principal_due, rate, from, to);
    });
}

Exact Walk::running_exact() const
{
    return deferred_ + Exact::fraction(earned_, earned_divisor_);
}

/// The row from `number` on with which running interest falls due.
std::size_t Walk::asked_from(std::size_t number) const
{
    while (number < plan_.periods.size() && !plan_.periods[number].is_interest_asked) ++number;
    return number;
}

/// Rounds what has been earned up to now; the only place besides fall_due where anything is.
void Walk::recognise()
{
    Rounding const rounding = loan_.terms.rounding;
    if (debt_.fallen_due < debt_.rows.size()) {
        debt_.running_interest =
            round_to_fen(running_exact(), rounding) - debt_.rows[debt_.interest_row].interest_paid;
        LEDGER_ASSERT(!debt_.running_interest.is_negative());
    }
    debt_.penalty =
        round_to_fen(Exact::fraction(penalised_, penalty_divisor_), rounding) - penalty_paid_;
    LEDGER_ASSERT(!debt_.penalty.is_negative());
}

void Walk::fall_due()
{
    std::size_t const number = debt_.fallen_due;
    bool const is_last = number + 1 == debt_.rows.size();
    Period const& period = plan_.periods[number];
    InstalmentState& row = debt_.rows[number];

    row.principal_due = std::min(row.planned.principal, debt_.principal_not_due);
    debt_.principal_not_due -= row.principal_due;
    debt_.principal_due += row.principal_due;
    LEDGER_ASSERT(!is_last || debt_.principal_not_due.is_zero());

    Exact const interest = running_exact();
    earned_ = 0;
    if (period.is_interest_asked) {
        row.interest_due = round_to_fen(interest, loan_.terms.rounding);
        interest_recognised_ += row.interest_due;
        deferred_ = Exact{};
        debt_.interest_row = asked_from(number + 1);
        if (recorder_) recorder_->interest_due(row, interest);
    } else {
        deferred_ = interest;
    }
    if (recorder_) recorder_->principal_due(row, period.due_on());
    debt_.running_interest = Money{};
    ++debt_.fallen_due;
    bool const was_asked = row.planned.total() > Money{};
    bool const is_paid = row.interest_due == row.interest_paid && row.principal_due.is_zero();
    if (was_asked && is_paid) row.paid_on = last_repaid_on_;
}

/// Instalments that early repayments left nothing of are settled by the last of these.
void Walk::settle_rows_trimmed_away()
{
    Money left = debt_.principal_not_due;
    bool const is_settled = left.is_zero() && debt_.running_interest.is_zero();
    for (std::size_t n = debt_.fallen_due; n < debt_.rows.size(); ++n) {
        InstalmentState& row = debt_.rows[n];
        row.principal_due = std::min(row.planned.principal, left);
        left -= row.principal_due;
        if (is_settled && last_repaid_on_ && row.planned.total() > Money{}) {
            row.paid_on = last_repaid_on_;
        }
    }
}

void Walk::happen(LoanEvent const& event)
{
    struct Visitor {
        Walk& walk;
        LoanEvent const& event;
        void operator()(Approved const& approved) const { walk.state_.approved += approved.amount; }
        void operator()(Disbursed const& paid_out) const { walk.disburse(event, paid_out.amount); }
        void operator()(Repaid const& repaid) const { walk.repay(event, repaid.amount); }
        void operator()(Reversed const&) const { LEDGER_ASSERT(!"a reversal is never in force"); }
    };
    std::visit(Visitor{*this, event}, event.what);
}

void Walk::disburse(LoanEvent const& event, Money amount)
{
    bool const is_first = !state_.disbursed_on;
    if (is_first) state_.disbursed_on = event.value_on;
    state_.disbursed += amount;
    debt_.principal_not_due += amount;
    if (recorder_) recorder_->disbursed(event, amount);
    // The down payment falls due on the day of the first disbursement itself.
    if (is_first && is_down_payment(plan_.periods.front())) fall_due();
}

void Walk::repay(LoanEvent const& event, Money amount)
{
    LEDGER_ASSERT(state_.disbursed_on.has_value());
    Allocation const used = allocate(debt_, amount, loan_.allocation_order, event.value_on);
    received_ += amount;
    penalty_paid_ += used.penalty;
    principal_paid_ += used.principal;
    overpaid_ += used.overpayment;
    last_repaid_on_ = event.value_on;
    state_.allocations.emplace_back(event.sequence, used);
    if (!recorder_) return;
    if (!used.penalty.is_zero()) {
        recorder_->penalty(event.value_on, Exact::fraction(penalised_, penalty_divisor_),
                           debt_.penalty + penalty_paid_);
    }
    recorder_->allocated(event, used);
}

LoanState fold(Loan const& loan, Date as_of)
{
    return Walk{loan, as_of, nullptr}.run();
}

} // namespace ledger
