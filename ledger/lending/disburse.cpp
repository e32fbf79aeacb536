// Paying out a loan, whole or in parts: Dr principal, Cr bank; 2314.02 reserved to 2314.03 lent.
// Refuses, after the shared ones: amount_must_be_positive, loan_not_found,
// loan_not_awaiting_disbursement (nothing approved, or all of it paid out), date_too_early (before
// the approval), disbursement_above_approval, what the schedule refuses (a part after the last due
// date, due dates before the disbursement), term_above_limit, too_many_events.
#include "ledger/lending/decisions.hpp"
#include "ledger/lending/walk.hpp"

namespace ledger {

namespace {

std::optional<Date> approved_on(Loan const& loan, Date as_of)
{
    for (LoanEvent const* event : events_in_force(loan.events, as_of)) {
        if (std::holds_alternative<Approved>(event->what)) return event->value_on;
    }
    return std::nullopt;
}

/// The rules that the loan was signed under, when the books still hold that version.
ProgrammeRules const* rules_of(Books const& books, Loan const& loan)
{
    auto const found = std::ranges::find(books.rules, loan.rules_version, &ProgrammeRules::version);
    return found == books.rules.end() ? nullptr : &*found;
}

Result<void> check_plan(Situation const& now, Loan const& after, Date as_of)
{
    auto const disbursements = disbursements_in(events_in_force(after.events, as_of));
    auto const plan = plan_of(after.terms, disbursements);
    if (!plan) { // the terms were good alone: it is this payment that does not fit them
        Refused refused = plan.error();
        refused.field = refused.code == Refusal::terms_contradict ? "value_on" : "amount";
        return std::unexpected{std::move(refused)};
    }
    ProgrammeRules const* rules = rules_of(*now.books, after);
    if (!rules) return {};
    Date const first_on = disbursements.front().on;
    if (plan->schedule.matures_on() > add_months(first_on, rules->term_limit_months)) {
        return refuse(Refusal::term_above_limit, "value_on",
                      std::to_string(rules->term_limit_months));
    }
    return {};
}

} // namespace

Result<Effects> disburse(Situation const& now, Disburse const& command)
{
    if (auto dates = check_dates(now, command.value_on, "value_on"); !dates) {
        return std::unexpected{dates.error()};
    }
    if (command.amount <= Money{}) return refuse(Refusal::amount_must_be_positive, "amount");
    if (!now.loan) return refuse(Refusal::loan_not_found, "loan");
    Loan const& before = *now.loan;
    Date const as_of = last_day_of(before, command.value_on);
    LoanState const state = fold(before, as_of);
    Money const open = state.approved - state.disbursed;
    if (open.is_zero()) {
        return refuse(Refusal::loan_not_awaiting_disbursement, "loan",
                      std::string{code_of(state.status)});
    }
    auto const approved = approved_on(before, as_of);
    LEDGER_ASSERT(approved.has_value());
    if (command.value_on < *approved) {
        return refuse(Refusal::date_too_early, "value_on", approved->text());
    }
    if (command.amount > open) {
        return refuse(Refusal::disbursement_above_approval, "amount", open.text());
    }
    auto after = with_event(before, command.value_on, now.booked_on, Disbursed{command.amount});
    if (!after) return std::unexpected{after.error()};
    if (auto planned = check_plan(now, *after, as_of); !planned) {
        return std::unexpected{planned.error()};
    }
    return booked_effects(now, std::move(*after),
                          {Cause::disbursement, command.value_on, "发放贷款"});
}

} // namespace ledger
