// 冲正: the event is taken back as if it had never been; both stay visible. The entry is booked
// today with the event's own value date and is the difference of the folds with and without it.
// Refuses, after the shared ones: text_missing (reason), loan_not_found, event_not_found,
// event_cannot_be_reversed (a reversal), event_already_reversed, later_events_depend_on_it (an
// approval with a disbursement in force; a disbursement whose absence leaves a repayment before any
// disbursement, or due dates that no longer fit), too_many_events, fund_overdrawn (principal that
// is lent again must be available).
#include "ledger/lending/decisions.hpp"
#include "ledger/lending/walk.hpp"

#include <utility>

namespace ledger {

namespace {

/// What keeps the walk from being taken, "3, 4": repayments before a disbursement, disbursements
/// without approval, else all disbursements where the plan does not fit. Empty: it can be taken.
std::string left_standing(Loan const& loan, Date as_of)
{
    auto const events = events_in_force(loan.events, as_of);
    std::string sequences;
    auto const add = [&sequences](LoanEvent const& event) {
        sequences += (sequences.empty() ? "" : ", ") + std::to_string(event.sequence);
    };
    bool is_approved = false;
    bool is_disbursed = false;
    for (LoanEvent const* event : events) {
        bool const disburses = std::holds_alternative<Disbursed>(event->what);
        if (std::holds_alternative<Approved>(event->what)) is_approved = true;
        if (disburses && is_approved) is_disbursed = true;
        if (disburses && !is_approved) add(*event);
        if (std::holds_alternative<Repaid>(event->what) && !is_disbursed) add(*event);
    }
    auto const disbursements = disbursements_in(events);
    if (!sequences.empty() || disbursements.empty()) return sequences;
    if (plan_of(loan.terms, disbursements).has_value()) return {};
    for (LoanEvent const* event : events) {
        if (std::holds_alternative<Disbursed>(event->what)) add(*event);
    }
    return sequences;
}

} // namespace

Result<Effects> reverse(Situation const& now, Reverse const& command)
{
    if (auto dates = check_dates(now, {}, ""); !dates) return std::unexpected{dates.error()};
    if (command.reason.empty()) return refuse(Refusal::text_missing, "reason");
    if (!now.loan) return refuse(Refusal::loan_not_found, "loan");
    Loan const& before = *now.loan;
    if (command.sequence < 1 || std::cmp_greater(command.sequence, before.events.size())) {
        return refuse(Refusal::event_not_found, "sequence");
    }
    LoanEvent const& event = before.events[static_cast<std::size_t>(command.sequence) - 1];
    LEDGER_ASSERT(event.sequence == command.sequence);
    if (std::holds_alternative<Reversed>(event.what)) {
        return refuse(Refusal::event_cannot_be_reversed, "sequence");
    }
    if (is_reversed(before.events, command.sequence)) {
        return refuse(Refusal::event_already_reversed, "sequence");
    }
    auto after = with_event(before, event.value_on, now.booked_on, Reversed{command.sequence});
    if (!after) return std::unexpected{after.error()};
    auto const dependents = left_standing(*after, last_day_of(before, event.value_on));
    if (!dependents.empty()) {
        return refuse(Refusal::later_events_depend_on_it, "sequence", dependents);
    }
    auto effects =
        booked_effects(now, std::move(*after),
                       {Cause::reversal, event.value_on,
                        "冲正第 " + std::to_string(command.sequence) + " 笔：" + command.reason});
    if (!effects) effects.error().field = "sequence"; // a reversal names no amount of its own
    return effects;
}

} // namespace ledger
