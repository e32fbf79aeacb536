// Approving a loan reserves the amount in its fund: 2314.01 available to 2314.02 reserved.
// Refuses, after the shared ones: amount_must_be_positive, loan_not_found,
// loan_not_awaiting_approval (also a withdrawn one: it is proposed anew), date_before_proposal,
// approval_above_proposal, too_many_events, fund_overdrawn.
#include "ledger/lending/decisions.hpp"

namespace ledger {

Result<Effects> approve(Situation const& now, ApproveLoan const& command)
{
    if (auto dates = check_dates(now, command.value_on, "value_on"); !dates) {
        return std::unexpected{dates.error()};
    }
    if (command.amount <= Money{}) return refuse(Refusal::amount_must_be_positive, "amount");
    if (!now.loan) return refuse(Refusal::loan_not_found, "loan");
    Loan const& before = *now.loan;
    LoanStatus const status = fold(before, last_day_of(before, command.value_on)).status;
    if (status != LoanStatus::proposed) {
        return refuse(Refusal::loan_not_awaiting_approval, "loan", std::string{code_of(status)});
    }
    if (command.value_on < before.proposed_on) {
        return refuse(Refusal::date_before_proposal, "value_on", before.proposed_on.text());
    }
    if (command.amount > before.terms.principal) {
        return refuse(Refusal::approval_above_proposal, "amount", before.terms.principal.text());
    }
    auto after = with_event(before, command.value_on, now.booked_on, Approved{command.amount});
    if (!after) return std::unexpected{after.error()};
    return booked_effects(now, std::move(*after), {Cause::approval, command.value_on, "审批通过"});
}

} // namespace ledger
