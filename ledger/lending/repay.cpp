// A repayment, on time, late, early, in part or too much: what is above everything owed becomes the
// borrower's overpayment, never a refusal, and stays there. A value date in the past takes the fold
// again and books the difference today.
// Refuses, after the shared ones: amount_must_be_positive, loan_not_found, loan_not_disbursed,
// value_date_before_disbursement, amount_too_large (everything received on the loan would pass the
// limit of an amount), too_many_events, fund_overdrawn.
#include "ledger/lending/decisions.hpp"

namespace ledger {

Result<Effects> repay(Situation const& now, Repay const& command)
{
    if (auto dates = check_dates(now, command.value_on, "value_on"); !dates) {
        return std::unexpected{dates.error()};
    }
    if (command.amount <= Money{}) return refuse(Refusal::amount_must_be_positive, "amount");
    if (!now.loan) return refuse(Refusal::loan_not_found, "loan");
    Loan const& before = *now.loan;
    LoanState const state = fold(before, last_day_of(before, command.value_on));
    if (!state.disbursed_on) {
        return refuse(Refusal::loan_not_disbursed, "loan", std::string{code_of(state.status)});
    }
    if (command.value_on < *state.disbursed_on) {
        return refuse(Refusal::value_date_before_disbursement, "value_on",
                      state.disbursed_on->text());
    }
    Money const received = state.positions[Position::bank] + state.disbursed;
    if (received.fen() > money_limit_fen - command.amount.fen()) {
        return refuse(Refusal::amount_too_large, "amount", Money::fen(money_limit_fen).text());
    }
    auto after = with_event(before, command.value_on, now.booked_on, Repaid{command.amount});
    if (!after) return std::unexpected{after.error()};
    auto effects =
        booked_effects(now, std::move(*after), {Cause::repayment, command.value_on, "归还贷款"});
    if (!effects) return effects;
    LEDGER_ASSERT(effects->allocation.has_value());
    LEDGER_ASSERT(effects->allocation->total() == command.amount);
    return effects;
}

} // namespace ledger
