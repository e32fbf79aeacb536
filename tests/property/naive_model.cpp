// Night by night: in the morning what falls due is written down; then the day's events, in order;
// then, unless it is the last day, the night's interest on what has not fallen due and the night's
// penalty and compound interest on what has and is unpaid.
#include "tests/property/naive_life.hpp"

#include <algorithm>

namespace ledger::test {

namespace {

std::vector<LoanEvent> events_that_count(Loan const& loan)
{
    std::map<int, LoanEvent> left;
    for (LoanEvent const& event : loan.events) left[event.sequence] = event;
    for (LoanEvent const& event : loan.events) {
        if (auto const* reversed = std::get_if<Reversed>(&event.what)) {
            left.erase(reversed->sequence);
            left.erase(event.sequence);
        }
    }
    std::vector<LoanEvent> events;
    for (auto const& [sequence, event] : left) events.push_back(event);
    std::ranges::stable_sort(events, {}, &LoanEvent::value_on);
    return events;
}

} // namespace

NaiveLife::NaiveLife(Loan const& loan)
    : loan_{loan}
    , rules_{loan.rules()}
    , plan_{loan.terms, *loan.programme}
    , events_{events_that_count(loan)}
{
    for (SubsidyScheme const& each : loan.programme->subsidy_schemes) {
        if (each.code == loan.terms.subsidy_scheme) scheme_ = &each;
    }
}

std::vector<NaiveLoan> NaiveLife::live(std::vector<Date> const& days)
{
    std::vector<NaiveLoan> evenings;
    Date const first = std::min(days.front(), loan_.proposed_on);
    for (Date day = first; day <= days.back(); day = day.plus_days(1)) {
        today_ = day;
        morning(day);
        for (LoanEvent const& event : events_) {
            if (event.value_on != day) continue;
            happen(event);
            morning(day); // a down payment is due on the day of the disbursement
        }
        evening(day);
        for (Date const asked : days) {
            if (asked == day) evenings.push_back(sum_up(day));
        }
        night(day);
    }
    return evenings;
}

void NaiveLife::morning(Date today)
{
    if (!disbursed_on_ || written_off_on_) return;
    recognise();
    for (NaiveRow& row : rows_) {
        if (!row.is_closed && row.period.closes_on() <= today) close(row);
    }
    bool has_fallen_due = false;
    for (NaiveRow& row : rows_) {
        if (row.is_closed && !row.is_late && row.period.due_on <= today) {
            row.is_late = has_fallen_due = true;
        }
    }
    if (has_fallen_due) capitalised_ = compound_charge_.open();
    if (has_fallen_due) use_held(false);
    bool const is_new_day = !event_ || event_->value_on < today;
    if (is_new_day && is_settlement_after_maturity(today)) {
        capitalised_ = compound_charge_.open();
    }
    capitalise();
}

/// What of the capitalised compound interest is paid bears no more.
void NaiveLife::capitalise()
{
    capitalised_ = std::min(capitalised_, compound_charge_.open());
}

bool NaiveLife::is_settlement_after_maturity(Date today) const
{
    if (!rows_.back().is_late) return false;
    for (int n = 1;; ++n) {
        Date const day = plan_.stepped(plan_.matures_on(), n);
        if (day >= today) return day == today;
    }
}

void NaiveLife::happen(LoanEvent const& event)
{
    event_ = &event;
    std::visit([this](auto const& what) { (*this)(what); }, event.what);
    recognise();
    bool const settles = !held_.empty() && !written_off_on_ && held_total() >= owed().total().fen();
    if (settles) settle_from_held();
    capitalise();
    if (non_accrual_since_ && !is_anything_due()) non_accrual_since_.reset();
}

void NaiveLife::evening(Date today)
{
    if (!disbursed_on_ || written_off_on_) return;
    int const limit = rules_.non_accrual_after_days;
    if (!non_accrual_since_ && limit > 0 && days_late(today) >= limit) non_accrual_since_ = today;
}

void NaiveLife::recognise()
{
    penalty_charge_.charged = rounded(penalty_, plan_.terms.rounding);
    compound_charge_.charged = rounded(compound_, plan_.terms.rounding);
}

// --- mornings

/// Flat interest is rounded once in total; the last row takes the difference, but never less than
/// was paid towards it, and only while there is principal left for it to be charged on.
void NaiveLife::give_flat_rest(std::int64_t& whole, std::int64_t& asked) const
{
    NaiveRow const& row = rows_.back();
    std::int64_t subsidy = whole - asked;
    std::int64_t const rest = rounded(flat_earned_, plan_.terms.rounding) - flat_asked_ - whole;
    if (subsidy > 0 && asked == 0)
        subsidy = std::max<std::int64_t>(subsidy + rest, 0);
    else
        asked = std::max(asked + rest, row.interest_paid + row.interest_waived);
    whole = asked + subsidy;
}

void NaiveLife::close(NaiveRow& row)
{
    auto const number = static_cast<std::size_t>(&row - rows_.data());
    for (Date day = row.period.due_on; day < row.period.until; day = day.plus_days(1)) {
        if (!is_paused(day))
            earn(row, day); // due before its nights are over: asked for all the same
    }
    bool const has_principal = not_due_ > 0;
    row.planned_principal = principal_of(number, not_due_, earned_);
    row.principal_due = row.planned_principal;
    not_due_ -= row.principal_due;
    row.balance = not_due_;
    if (row.period.is_down_payment) flat_base_ -= row.principal_due;
    row.is_closed = true;
    if (!row.period.asks_interest) {
        deferred_ += earned_;
        earned_ = 0;
        return;
    }
    std::int64_t whole = running_whole();
    std::int64_t asked = running_asked();
    flat_earned_ += earned_ + deferred_;
    bool const is_flat = plan_.terms.interest == InterestBasis::flat;
    bool const is_lender = !scheme_ || scheme_->paid_to == SubsidyPaidTo::lender;
    std::int64_t const beside = running_subsidy();
    if (is_flat && number + 1 == rows_.size() && has_principal) give_flat_rest(whole, asked);
    flat_asked_ += whole;
    row.planned_interest = whole;
    row.interest_due = asked;
    subsidy_closed_ += is_lender ? whole - asked : beside;
    earned_ = deferred_ = subsidised_ = 0;
}

// --- nights

bool NaiveLife::is_paused(Date day) const
{
    return std::ranges::any_of(
        pauses_, [day](Span const& each) { return each.from <= day && day < each.until; });
}

void NaiveLife::night(Date today)
{
    if (!disbursed_on_ || written_off_on_ || is_paused(today)) return;
    if (NaiveRow* row = open_row()) earn(*row, today);
    penalise(today);
    compound(today);
}

/// A night before the row's first day was asked for with the row before it.
void NaiveLife::earn(NaiveRow const& row, Date day)
{
    if (not_due_ == 0 || day < row.period.from || row.period.is_interest_free) return;
    bool const is_flat = plan_.terms.interest == InterestBasis::flat;
    earned_ += (is_flat ? flat_base_ : not_due_) * plan_.night(row.period, day);
    if (scheme_) subsidised_ += subsidy_of(row, day);
}

/// 1 + the larger margin; what is overdue bears nothing where the rules have no margin, unless it
/// was misused.
Rational NaiveLife::overdue_times() const
{
    Rational const misuse{rules_.misuse_margin_ppm, 1'000'000};
    if (!rules_.penalty_margin_ppm) return misused_on_ ? Rational{1 + misuse} : Rational{0};
    Rational const margin{*rules_.penalty_margin_ppm, 1'000'000};
    return misused_on_ && misuse > margin ? Rational{1 + misuse} : Rational{1 + margin};
}

std::int64_t NaiveLife::overdue_principal() const
{
    std::int64_t sum = 0;
    for (NaiveRow const& row : rows_) {
        if (row.is_late) sum += row.principal_open();
    }
    return sum;
}

std::int64_t NaiveLife::overdue_interest() const
{
    std::int64_t sum = 0;
    for (NaiveRow const& row : rows_) {
        if (row.is_late) sum += row.interest_open();
    }
    return sum;
}

void NaiveLife::penalise(Date day)
{
    std::int64_t const overdue = overdue_principal();
    std::int64_t const misused = misused_on_ ? lent() - overdue : 0;
    if (overdue == 0 && misused == 0) return;
    Rational const a_night = Rational{plan_.rate(day).ppm(), 1'000'000} * plan_.penalty_share(day);
    if (overdue > 0) penalty_ += overdue * overdue_times() * a_night;
    if (misused > 0) {
        penalty_ += misused * Rational{rules_.misuse_margin_ppm, 1'000'000} * a_night;
    }
}

void NaiveLife::compound(Date day)
{
    if (rules_.compounding == Compounding::none) return;
    std::int64_t base = overdue_interest();
    if (rules_.compounding == Compounding::by_settlement) base += capitalised_;
    if (base == 0) return;
    Rational times = 1;
    if (day >= plan_.matures_on() && overdue_times() > 1) times = overdue_times();
    compound_ +=
        base * times * Rational{plan_.rate(day).ppm(), 1'000'000} * plan_.penalty_share(day);
}

Rational NaiveLife::subsidy_of(NaiveRow const& row, Date day) const
{
    if (misused_on_) return 0;
    for (NaiveRow const& each : rows_) {
        if (each.is_late && !each.is_settled()) return 0;
    }
    SubsidyStep const* step = nullptr;
    for (SubsidyStep const& each : scheme_->steps) {
        if (each.from <= day) step = &each;
    }
    if (!step) return 0;
    std::int64_t covered = 0;
    for (auto const& [on, left] : tranches_) {
        if (scheme_->days_cap == 0 || day - on < scheme_->days_cap) covered += left;
    }
    covered = std::min(covered, not_due_);
    if (scheme_->principal_cap) covered = std::min(covered, scheme_->principal_cap->fen());
    Rational const rate{plan_.rate(day).ppm(), 1'000'000};
    Rational points;
    if (step->kind == SubsidyKind::share) points = rate * Rational{step->ppm, 1'000'000};
    if (step->kind == SubsidyKind::points) points = Rational{step->ppm, 1'000'000};
    if (step->kind == SubsidyKind::spread) {
        auto const base = loan_.programme->base_rate(step->tier, day);
        if (!base) return 0;
        points = rate - Rational{base->ppm() + step->ppm, 1'000'000};
        if (step->cap_ppm) points = std::min(points, Rational{*step->cap_ppm, 1'000'000});
        points = std::max(points, Rational{0});
    }
    return covered * std::min(points, rate) * plan_.share_of_year(row.period, day);
}

std::vector<NaiveLoan> live_through(Loan const& loan, std::vector<Date> const& days)
{
    return NaiveLife{loan}.live(days);
}

} // namespace ledger::test
