// 冲正: the event is taken back as if it had never been; both stay visible. The entry is booked
// today with the event's own value date and is the difference of the folds with and without it.
// Refuses, after the shared ones: text_missing (reason), loan_not_found, event_not_found,
// event_cannot_be_reversed (a reversal; an expiry, which is time's), event_already_reversed,
// date_too_early (before the event was entered), too_many_events, later_events_depend_on_it (an
// event in force could not happen without it), fund_overdrawn (principal that is lent again must be
// available), risk_fund_overdrawn.
#include "ledger/lending/decisions.hpp"

#include <utility>

namespace ledger {

Result<Effects> reverse(Situation const& now, Reverse const& command)
{
    if (auto dates = check_dates(now, {}, ""); !dates) return std::unexpected{dates.error()};
    if (command.reason.empty()) return refuse(Refusal::text_missing, "reason");
    if (!now.loan) return refuse(Refusal::loan_not_found, "loan");
    Loan const& before = *now.loan;
    auto event = reversible(before.events, command.sequence, now.booked_on);
    if (!event) return std::unexpected{event.error()};
    if (std::holds_alternative<ApprovalExpired>((*event)->what)) {
        return refuse(Refusal::event_cannot_be_reversed, "sequence");
    }
    Date const value_on = (*event)->value_on;
    auto after = with_event(
        before, {0, value_on, now.booked_on, Reversed{command.sequence}, {}, command.reason});
    if (!after) return std::unexpected{after.error()};
    after->walked.reset();
    Walked walked = walk_again(*after, last_day_of(*after, value_on), value_on);
    std::string dependents;
    for (Conflict const& conflict : walked.conflicts) {
        dependents += (dependents.empty() ? "" : ", ") + std::to_string(conflict.sequence);
    }
    if (!dependents.empty()) {
        return refuse(Refusal::later_events_depend_on_it, "sequence", dependents);
    }
    auto effects =
        booked_effects(now, std::move(*after), std::move(walked.walk),
                       {Cause::reversal, value_on,
                        "冲正第 " + std::to_string(command.sequence) + " 笔：" + command.reason});
    if (!effects) effects.error().field = "sequence"; // a reversal names no amount of its own
    return effects;
}

} // namespace ledger
