// The loan as of a date, by walking through its events and due dates once. On a due date the
// period's interest, rounded once, and the planned principal fall due before the day's events;
// interest and penalty between two days are exact and are added up before anything is rounded, so
// that looking more often changes nothing.
//
// Principal that fell due bears no contract interest any more. What of it is unpaid when its due
// date ends is overdue from the next day and bears the penalty rate for each day since the due date
// (银发〔2003〕251号): thirty days late is thirty days of penalty. Misused principal that is not
// overdue bears its margin beside the contract interest, as penalty. Interest that fell due and is
// unpaid compounds from its due date, at the contract rate up to the maturity and at the penalty
// rate after it.
#include "ledger/lending/recorder.hpp"
#include "ledger/lending/walk.hpp"

#include "ledger/lending/due_dates.hpp"

namespace ledger {

namespace {

constexpr std::int64_t whole_ppm = 1'000'000;

/// A trillion yuan: penalty and compound interest grow no further. No loan comes near it; terms
/// without sense (1,000 % over two hundred years) must not leave the range of an amount.
constexpr Money charge_limit = Money::fen(100'000'000'000'000);

Money round_to_limit(Wide numerator, Wide denominator, Rounding rounding)
{
    if (numerator == 0) return {};
    if (numerator / denominator >= charge_limit.fen()) return charge_limit;
    return round_to_fen(Exact::fraction(numerator, denominator), rounding);
}

} // namespace

Walk::Walk(Loan const& loan, Recorder* recorder)
    : programme_{loan.programme}
    , rules_{&loan.rules()}
    , contract_{std::make_shared<Contract const>(Contract{loan.terms, {}, {}, 0})}
    , proposed_on_{loan.proposed_on}
    , recorder_{recorder}
    , now_{loan.proposed_on}
{
    penalty_divisor_ = Wide{whole_ppm} * whole_ppm * penalty_units_a_year(loan.terms.day_count);
    if (!loan.terms.subsidy_scheme.empty()) {
        scheme_ = programme_->subsidy_scheme(loan.terms.subsidy_scheme);
        LEDGER_ASSERT(scheme_ != nullptr); // decide(ProposeLoan) has asked for it before
    }
}

/// Takes over a contract; rows that have closed stay as they are.
void Walk::adopt(Contract contract)
{
    contract_ = std::make_shared<Contract const>(std::move(contract));
    debt_.rows.resize(contract_->periods.size());
    debt_.interest_row = asked_from(debt_.closed);
    state_.matures_on = contract_->matures_on();
    spread_.forget();
    is_stale_ = true;
}

void Walk::advance_to(Date date)
{
    if (!is_disbursed() || state_.status == LoanStatus::written_off) {
        now_ = std::max(now_, date);
        return;
    }
    while (auto const stop = next_stop(date)) {
        accrue_to(*stop);
        arrive();
    }
    accrue_to(date);
    recognise();
    note_past_evenings();
}

/// The next day on or before the limit on which something other than time changes.
std::optional<Date> Walk::next_stop(Date limit) const
{
    std::optional<Date> first;
    auto const consider = [&](Date day) {
        if (day <= limit && (!first || day < *first)) first = day;
    };
    auto const consider_later = [&](Date day) {
        if (day > now_) consider(day);
    };
    auto const& periods = contract_->periods;
    if (debt_.closed < periods.size()) consider(std::max(now_, periods[debt_.closed].closes_on()));
    if (debt_.late < debt_.closed) consider(std::max(now_, periods[debt_.late].due_on));
    for (Span const& pause : pauses_) {
        consider_later(pause.from);
        consider_later(pause.until);
    }
    bool const bears_compound =
        !debt_.unpaid_interest_late().is_zero() || !debt_.compound.unpaid().is_zero();
    if (rules_->compounding == Compounding::by_settlement && debt_.late == periods.size() &&
        bears_compound)
    {
        consider_later(stepped(contract_->matures_on(), contract_->terms.every,
                               settlements_after_maturity_ + 1, contract_->terms.month_end));
    }
    return first;
}

/// What happens on a day before its events: rows close, rows fall due, compound interest settles.
void Walk::arrive()
{
    auto const& periods = contract_->periods;
    while (debt_.closed < periods.size() && periods[debt_.closed].closes_on() <= now_) close_row();
    bool has_fallen_due = false;
    while (debt_.late < debt_.closed && periods[debt_.late].due_on <= now_) {
        ++debt_.late;
        has_fallen_due = true;
    }
    bool settles = has_fallen_due;
    if (debt_.late == periods.size() && rules_->compounding == Compounding::by_settlement) {
        while (stepped(contract_->matures_on(), contract_->terms.every,
                       settlements_after_maturity_ + 1, contract_->terms.month_end) <= now_)
        {
            ++settlements_after_maturity_;
            settles = true;
        }
    }
    if (!settles) return;
    recognise();
    capitalised_ = debt_.compound.unpaid();
    if (has_fallen_due) use_held();
    keep_capitalised();
}

/// Compound interest that was paid or waived bears none any more.
void Walk::keep_capitalised()
{
    capitalised_ = std::min(capitalised_, debt_.compound.unpaid());
}

bool Walk::is_paused() const
{
    return std::ranges::any_of(
        pauses_, [this](Span const& pause) { return pause.from <= now_ && now_ < pause.until; });
}

/// Of the days to come of a period, leaving out a pause that is known.
Date Walk::first_day_that_earns(Period const& period) const
{
    Date from = std::max(now_, period.span.from);
    for (Span const& pause : pauses_) {
        if (pause.from <= from && from < pause.until) from = pause.until;
    }
    return std::min(from, period.span.until);
}

/// Nothing but time changes between now and the date.
void Walk::accrue_to(Date until)
{
    LEDGER_ASSERT(now_ <= until);
    if (now_ < until && !is_paused()) {
        accrue(until);
        is_stale_ = true;
    }
    now_ = until;
    std::erase_if(pauses_, [this](Span const& pause) { return pause.until <= now_; });
}

void Walk::accrue(Date until)
{
    if (!debt_.principal_not_due.is_zero()) earn(now_, until);
    penalise(until);
    compound(until);
}

/// Interest of the open period. It takes nothing from outside the period's own days.
void Walk::earn(Date since, Date until)
{
    LEDGER_ASSERT(debt_.closed < debt_.rows.size());
    Period const& period = contract_->periods[debt_.closed];
    Date const from = std::max(since, period.span.from);
    Date const to = std::min(until, period.span.until);
    if (from >= to || period.is_interest_free) return;
    bool const is_flat = contract_->terms.interest == InterestBasis::flat;
    Money const base = is_flat ? original_ : debt_.principal_not_due;
    earned_ += base.fen() * growth(*contract_, period, from, to);
    if (scheme_) subsidise(period, from, to);
    if (!recorder_) return;
    for_each_rate(contract_->rates, from, to, [&](Date first, Date last, Rate rate) {
        recorder_->interest_stretch(base, rate, period, first, last, contract_->terms.day_count);
    });
}

/// contract rate x (1 + margin); zero where the rules charge no penalty and nothing was misused.
std::int64_t Walk::overdue_times_ppm() const
{
    if (!rules_->penalty_margin_ppm && !misused_on_) return 0;
    std::int64_t const misuse = misused_on_ ? rules_->misuse_margin_ppm : 0;
    return whole_ppm + std::max(rules_->penalty_margin_ppm.value_or(0), misuse);
}

void Walk::penalise(Date until)
{
    Money const late = debt_.unpaid_principal_late();
    Money const misused =
        misused_on_ ? debt_.principal_due + debt_.principal_not_due - late : Money{};
    bool const is_at_limit = debt_.penalty.recognised >= charge_limit;
    if ((late.is_zero() && misused.is_zero()) || is_at_limit) return;
    if (recorder_) {
        for (std::size_t n = debt_.oldest_unpaid; n < debt_.late; ++n) {
            if (debt_.rows[n].planned.due_on == now_) recorder_->principal_overdue(debt_.rows[n]);
        }
    }
    std::int64_t const late_times = overdue_times_ppm();
    DayCount const count = contract_->terms.day_count;
    for_each_rate(contract_->rates, now_, until, [&](Date from, Date to, Rate rate) {
        Wide const units = Wide{rate.ppm()} * penalty_units(from, to, count);
        penalised_ += late.fen() * units * late_times;
        penalised_ += misused.fen() * units * rules_->misuse_margin_ppm;
        if (recorder_ && late_times > 0) {
            recorder_->penalty_stretch(late, rate, late_times - whole_ppm, true, from, to, count);
        }
        if (recorder_) {
            recorder_->penalty_stretch(misused, rate, rules_->misuse_margin_ppm, false, from, to,
                                       count);
        }
    });
}

void Walk::compound(Date until)
{
    if (rules_->compounding == Compounding::none) return;
    bool const joins = rules_->compounding == Compounding::by_settlement;
    Money const base = debt_.unpaid_interest_late() + (joins ? capitalised_ : Money{});
    if (base.is_zero() || debt_.compound.recognised >= charge_limit) return;
    bool const is_after_maturity = now_ >= contract_->matures_on();
    std::int64_t const times =
        is_after_maturity ? std::max(overdue_times_ppm(), whole_ppm) : whole_ppm;
    DayCount const count = contract_->terms.day_count;
    for_each_rate(contract_->rates, now_, until, [&](Date from, Date to, Rate rate) {
        compounded_ += Wide{base.fen()} * rate.ppm() * penalty_units(from, to, count) * times;
        if (recorder_) {
            recorder_->compound_stretch(base, rate, times - whole_ppm, from, to, count);
        }
    });
}

/// The open period's own interest so far.
Exact Walk::period_exact() const
{
    if (earned_ == 0) return {};
    return Exact::fraction(earned_, interest_divisor(contract_->periods[debt_.closed]));
}

/// With what waits from earlier periods.
Exact Walk::running_exact() const
{
    return deferred_ + period_exact();
}

Exact Walk::running_subsidy() const
{
    if (subsidised_ == 0) return subsidy_deferred_;
    Wide const divisor = interest_divisor(contract_->periods[debt_.closed]) * whole_ppm;
    return subsidy_deferred_ + Exact::fraction(subsidised_, divisor);
}

/// The row from `number` on with which running interest falls due.
std::size_t Walk::asked_from(std::size_t number) const
{
    auto const& periods = contract_->periods;
    while (number < periods.size() && !periods[number].is_interest_asked) ++number;
    return number;
}

/// Of an exact interest and its subsidy: what the borrower is asked for, rounded, and what the
/// subsidy is. The two add up to the rounded interest where the subsidy goes to the lender.
Walk::Split Walk::split(Exact const& interest, Exact const& subsidy) const
{
    if (interest.is_zero()) return {};
    Rounding const rounding = contract_->terms.rounding;
    Money const whole = round_to_fen(interest, rounding);
    if (!scheme_) return {whole, whole, Money{}};
    if (scheme_->paid_to == SubsidyPaidTo::borrower) {
        return {whole, whole, round_to_fen(subsidy, rounding)};
    }
    Money const asked = round_to_fen(interest - subsidy, rounding);
    return {whole, asked, whole - asked};
}

/// Rounds what has been earned up to now; the only place besides close_row where anything is.
void Walk::recognise()
{
    if (!is_stale_) return;
    is_stale_ = false;
    Rounding const rounding = contract_->terms.rounding;
    if (debt_.closed < debt_.rows.size()) {
        InstalmentState const& row = debt_.rows[debt_.interest_row];
        Split const running = split(running_exact(), running_subsidy());
        debt_.running_interest = running.asked - row.interest_paid - row.interest_waived;
        running_subsidy_ = running.subsidy;
        LEDGER_ASSERT(!debt_.running_interest.is_negative());
    }
    debt_.penalty.recognised = round_to_limit(penalised_, penalty_divisor_, rounding);
    debt_.compound.recognised = round_to_limit(compounded_, penalty_divisor_, rounding);
}

RowToPlan Walk::open_row() const
{
    Period const& period = contract_->periods[debt_.closed];
    bool const is_flat =
        contract_->terms.interest == InterestBasis::flat && !debt_.principal_not_due.is_zero();
    Money const base = is_flat ? original_ : debt_.principal_not_due;
    Wide const to_come =
        base.fen() * growth(*contract_, period, first_day_that_earns(period), period.span.until);
    return {debt_.closed, debt_.principal_not_due,
            Exact::fraction(earned_ + to_come, interest_divisor(period)), state_.disbursed};
}

/// The open row, or the first after it that asks for principal, as if none were paid before.
RowToPlan Walk::next_row_that_repays() const
{
    RowToPlan at = open_row();
    while (!contract_->periods[at.row].is_principal_asked) ++at.row; // the last row does
    if (at.row == debt_.closed) return at;
    Period const& period = contract_->periods[at.row];
    bool const is_flat = contract_->terms.interest == InterestBasis::flat;
    Wide const to_come =
        (is_flat ? original_ : at.balance).fen() *
        growth(*contract_, period, first_day_that_earns(period), period.span.until);
    at.interest = Exact::fraction(to_come, interest_divisor(period));
    return at;
}

/// The total of flat interest is rounded once; the last row takes the difference, but never less
/// than was paid towards it, and none of it when nothing is left that it could be charged on.
void Walk::give_flat_rest(Split& due, InstalmentState const& row) const
{
    Money const rest =
        round_to_fen(flat_total_, contract_->terms.rounding) - flat_asked_ - due.whole;
    bool const is_lenders = scheme_ && scheme_->paid_to == SubsidyPaidTo::lender;
    if (is_lenders && due.asked.is_zero() && !due.subsidy.is_zero()) {
        due.subsidy = std::max(due.subsidy + rest, Money{});
    } else {
        due.asked = std::max(due.asked + rest, row.interest_paid + row.interest_waived);
    }
    due.whole = is_lenders ? due.asked + due.subsidy : due.asked;
}

void Walk::close_row()
{
    std::size_t const number = debt_.closed;
    Period const& period = contract_->periods[number];
    if (period.due_on < period.span.until && !debt_.principal_not_due.is_zero()) {
        // Due before its days are over: they are asked for all the same.
        earn(first_day_that_earns(period), period.span.until);
    }
    bool const has_principal = !debt_.principal_not_due.is_zero();
    InstalmentState& row = debt_.rows[number];
    row.planned.principal = spread_.principal_of(
        *contract_, {number, debt_.principal_not_due, period_exact(), state_.disbursed});
    row.principal_due = row.planned.principal;
    debt_.principal_not_due -= row.principal_due;
    debt_.principal_due += row.principal_due;
    if (period.is_down_payment) original_ -= row.principal_due;

    Exact const interest = running_exact();
    Exact const subsidy = running_subsidy();
    earned_ = subsidised_ = 0;
    deferred_ = subsidy_deferred_ = Exact{};
    if (period.is_interest_asked) {
        Split due = split(interest, subsidy);
        flat_total_ = flat_total_ + interest;
        bool const is_last = number + 1 == debt_.rows.size();
        bool const is_flat = contract_->terms.interest == InterestBasis::flat;
        if (is_last && is_flat && has_principal) give_flat_rest(due, row);
        flat_asked_ += due.whole;
        row.planned.interest = due.whole;
        row.interest_due = due.asked;
        state_.subsidy += due.subsidy;
        if (recorder_) recorder_->interest_due(period.due_on, interest, due.asked, due.subsidy);
    } else {
        deferred_ = interest;
        subsidy_deferred_ = subsidy;
    }
    describe(number, row);
    ++debt_.closed;
    if (period.is_interest_asked) debt_.interest_row = asked_from(debt_.closed);
    debt_.running_interest = running_subsidy_ = Money{};
    is_stale_ = true; // what waits from earlier periods runs on
    if (row.planned.total() > Money{} && is_paid(row)) row.paid_on = last_paid_on_.value_or(now_);
    if (recorder_) recorder_->principal_due(row);
}

/// The facts of a planned row that no event changes.
void Walk::describe(std::size_t number, InstalmentState& row) const
{
    Period const& period = contract_->periods[number];
    row.planned.number = static_cast<int>(number) + 1;
    row.planned.span = period.span;
    row.planned.days = counted_days(period.span, contract_->terms.day_count);
    row.planned.due_on = period.due_on;
    row.planned.balance = debt_.principal_not_due;
}

/// The evenings before the walking day: 90 days late, and what is booked and unpaid leaves the
/// income. What is paid on the 90th day itself still comes before its evening.
void Walk::note_past_evenings()
{
    int const limit = rules_->non_accrual_after_days;
    if (state_.non_accrual_since || limit == 0) return;
    int const late = days_late();
    if (late > limit) state_.non_accrual_since = now_.plus_days(limit - late);
}

/// Plans the rows that have not closed, from what is outstanding now.
void Walk::fill_rows_to_come(std::vector<InstalmentState>& rows) const
{
    if (debt_.closed == rows.size()) return;
    Spread spread = spread_;
    bool const is_flat = contract_->terms.interest == InterestBasis::flat;
    Rounding const rounding = contract_->terms.rounding;
    Money balance = debt_.principal_not_due;
    Exact waiting = deferred_;
    Exact flat_total = flat_total_;
    Money flat_asked = flat_asked_;
    RowToPlan at = open_row();
    for (std::size_t n = debt_.closed; n < rows.size(); ++n) {
        Period const& period = contract_->periods[n];
        if (n > debt_.closed) {
            Money const base = is_flat && !balance.is_zero() ? original_ : balance;
            Wide const earned =
                base.fen() *
                growth(*contract_, period, first_day_that_earns(period), period.span.until);
            at = {n, balance, Exact::fraction(earned, interest_divisor(period)), state_.disbursed};
        }
        InstalmentState& row = rows[n];
        row.planned.principal = spread.principal_of(*contract_, at);
        row.principal_due = row.planned.principal;
        balance -= row.planned.principal;
        waiting = waiting + at.interest;
        row.planned.interest = Money{};
        if (period.is_interest_asked) {
            row.planned.interest = round_to_fen(waiting, rounding);
            flat_total = flat_total + waiting;
            if (is_flat && n + 1 == rows.size() && !at.balance.is_zero()) {
                Money const rest = round_to_fen(flat_total, rounding) - flat_asked;
                row.planned.interest = std::max(rest, row.interest_paid + row.interest_waived);
            }
            flat_asked += row.planned.interest;
            waiting = Exact{};
        }
        describe(n, row);
        row.planned.balance = balance;
    }
    LEDGER_ASSERT(balance.is_zero());
}

Walked walk_through(Loan const& loan, Date as_of, Recorder* recorder)
{
    Walked walked{Walk{loan, recorder}, {}};
    for (LoanEvent const* event : events_in_force(loan.events, as_of)) {
        if (auto const taken = walked.walk.take(*event); !taken) {
            walked.conflicts.push_back({event->sequence, taken.error()});
        }
    }
    return walked;
}

namespace {

/// Few loans have as many events, so that few keep more than one walk; and an entry in the past of
/// one that does costs no more than this many events before its own day.
constexpr std::size_t events_per_milestone = 64;

} // namespace

void keep_milestone(Loan& loan, Walk const& walk)
{
    bool const is_time = walk.taken() > 0 && walk.taken() % events_per_milestone == 0;
    if (is_time) loan.milestones.push_back(std::make_shared<Walk const>(walk));
}

Walked walk_again(Loan& loan, Date as_of, Date changed)
{
    // A walk that stands on the day itself may have taken what is taken back.
    std::erase_if(loan.milestones,
                  [changed](auto const& milestone) { return milestone->now() >= changed; });
    Walked walked{loan.milestones.empty() ? Walk{loan} : *loan.milestones.back(), {}};
    auto const in_force = events_in_force(loan.events, as_of);
    LEDGER_ASSERT(walked.walk.taken() <= in_force.size());
    for (std::size_t n = walked.walk.taken(); n < in_force.size(); ++n) {
        if (auto const taken = walked.walk.take(*in_force[n]); !taken) {
            walked.conflicts.push_back({in_force[n]->sequence, taken.error()});
        } else {
            keep_milestone(loan, walked.walk);
        }
    }
    return walked;
}

LoanState fold(Loan const& loan, Date as_of)
{
    // All events are behind a walk that is kept: no second one, however many there are.
    bool const is_walked = loan.walked && loan.walked->now() <= as_of;
    Walked walked = is_walked ? Walked{*loan.walked, {}} : walk_through(loan, as_of);
    LEDGER_ASSERT(walked.conflicts.empty()); // decide has let every one of them happen
    walked.walk.advance_to(std::max(as_of, walked.walk.now()));
    return state_of(loan, walked.walk, as_of);
}

} // namespace ledger
