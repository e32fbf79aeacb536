// How the loan stands on the walking day: its status, lateness, class, what it owes, and all of
// LoanState. Derived each time, never kept as the truth.
#include "ledger/lending/walk.hpp"

namespace ledger {

Money Walk::subsidy() const
{
    return state_.subsidy + running_subsidy_;
}

std::optional<Date> Walk::approval_valid_through() const
{
    int const days = rules_->approval_valid_days;
    if (!approved_on_ || days == 0) return std::nullopt;
    return approved_on_->plus_days(days);
}

Money Walk::reserved() const
{
    return has_expired_ ? Money{} : state_.approved - state_.disbursed;
}

Owed Walk::owed() const
{
    if (!state_.written_off_on) return debt_.owed();
    return {written_off_.cost - recovered_.cost, written_off_.penalty - recovered_.penalty,
            written_off_.compound - recovered_.compound,
            written_off_.interest - recovered_.interest,
            written_off_.principal - recovered_.principal};
}

Money Walk::payoff() const
{
    return std::max(owed().total() - held_total(), Money{});
}

/// The oldest row that has fallen due and is not fully paid.
std::optional<std::size_t> Walk::oldest_late_row() const
{
    for (std::size_t n = debt_.oldest_unpaid; n < debt_.late; ++n) {
        if (!is_paid(debt_.rows[n])) return n;
    }
    return std::nullopt;
}

int Walk::days_late() const
{
    auto const row = oldest_late_row();
    if (state_.written_off_on && owed().total().is_zero()) return 0; // recovered
    return row ? now_ - contract_->periods[*row].due_on : 0;
}

std::optional<Date> Walk::non_accrual_since() const
{
    bool const is_counted = is_disbursed() && !state_.written_off_on;
    bool const is_known = state_.non_accrual_since.has_value();
    int const limit = rules_->non_accrual_after_days;
    bool const turns_today = is_counted && !is_known && limit > 0 && days_late() >= limit;
    return turns_today ? now_ : state_.non_accrual_since;
}

std::optional<Date> Walk::non_accrual_by(Date day) const
{
    if (!is_disbursed() || state_.written_off_on) return std::nullopt;
    Walk then = *this;
    then.advance_to(day);
    return then.non_accrual_since();
}

RiskClass Walk::class_by_lateness() const
{
    return programme_->class_floor(days_late(), now_);
}

RiskClass Walk::risk_class() const
{
    if (state_.written_off_on) return RiskClass::loss;
    RiskClass const floor = class_by_lateness();
    if (!class_by_hand_) return floor;
    bool const has_got_worse = floor > class_floor_then_;
    if (!class_has_second_person_ || has_got_worse) return std::max(floor, *class_by_hand_);
    return *class_by_hand_;
}

Money Walk::allowance_wanted() const
{
    std::int64_t const rate = programme_->provision_rate_ppm(risk_class(), now_);
    return round_to_fen(Exact{principal_lent()} * Exact{rate, 1'000'000}, Rounding::half_up);
}

LoanStatus Walk::status() const
{
    bool const is_owed = !owed().total().is_zero();
    if (state_.written_off_on) return is_owed ? LoanStatus::written_off : LoanStatus::settled;
    if (is_disbursed()) return is_owed ? LoanStatus::active : LoanStatus::settled;
    if (has_expired_) return LoanStatus::expired;
    return state_.approved.is_zero() ? LoanStatus::proposed : LoanStatus::approved;
}

LoanState Walk::state() const
{
    LoanState result = state_;
    result.as_of = now_;
    result.status = status();
    result.approved = state_.disbursed + reserved();
    if (!reserved().is_zero()) result.reserved_through = approval_valid_through();
    result.positions = positions();
    result.owed = owed();
    result.payoff = payoff();
    result.days_past_due = days_late();
    result.non_accrual_since = non_accrual_since();
    result.risk_class = risk_class();
    result.subsidy = subsidy();
    result.instalments = debt_.rows;
    if (!is_disbursed()) {
        result.annual_rate = contract_->terms.annual_rate;
        return result;
    }
    result.annual_rate = contract_->rate_on(now_);
    if (state_.written_off_on) {
        for (std::size_t n = debt_.closed; n < result.instalments.size(); ++n) {
            describe(n, result.instalments[n]);
        }
    } else {
        fill_rows_to_come(result.instalments);
    }
    if (result.owed.total().is_zero()) return result; // recovered: the rows still tell its history
    bool const is_more_to_come =
        !debt_.principal_not_due.is_zero() || !debt_.running_interest.is_zero();
    std::size_t const end = is_more_to_come ? result.instalments.size() : debt_.closed;
    for (std::size_t n = debt_.oldest_unpaid; n < end; ++n) {
        InstalmentState const& row = result.instalments[n];
        bool const asks = n < debt_.closed ? !is_paid(row) : row.planned.total() > Money{};
        if (!asks) continue;
        result.oldest_unpaid_due_on = row.planned.due_on;
        break;
    }
    return result;
}

LoanState state_of(Loan const& loan, Walk const& walk, Date as_of)
{
    LoanState state = walk.state();
    state.as_of = as_of;
    if (state.status != LoanStatus::proposed) return state;
    bool const was_approved = std::ranges::any_of(loan.events, [&](LoanEvent const& event) {
        return std::holds_alternative<Approved>(event.what) && event.value_on <= as_of;
    });
    if (was_approved) state.status = LoanStatus::withdrawn;
    return state;
}

} // namespace ledger
