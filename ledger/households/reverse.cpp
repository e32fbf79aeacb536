// 冲正 of what happened to a household: as if it had never been; both stay visible. The entry is
// booked today with the event's own value date and is the difference of what the folds with and
// without it hold.
// Refuses, after the shared ones: text_missing (reason), household_not_found, event_not_found,
// event_cannot_be_reversed (a reversal), event_already_reversed, date_too_early (before the event
// was entered), too_many_household_events, later_events_depend_on_it (an event in force could not
// happen without it).
#include "ledger/households/decisions.hpp"
#include "ledger/households/walk.hpp"
#include "ledger/lending/decisions.hpp"

#include <utility>

namespace ledger {

Result<Effects> reverse(Situation const& now, ReverseHouseholdEvent const& command)
{
    if (auto dates = check_dates(now, {}, ""); !dates) return std::unexpected{dates.error()};
    if (command.reason.empty()) return refuse(Refusal::text_missing, "reason");
    if (!now.household) return refuse(Refusal::household_not_found, "household");
    Household const& before = *now.household;
    auto event = reversible(before.events, command.sequence, now.booked_on);
    if (!event) return std::unexpected{event.error()};
    Date const value_on = (*event)->value_on;
    auto after = with_event(
        before, {0, value_on, now.booked_on, Reversed{command.sequence}, {}, command.reason});
    if (!after) return std::unexpected{after.error()};

    Date const as_of = last_day_of(*after, value_on);
    WalkedHousehold const then = walk_through(*after, as_of, now.books->programme.get());
    std::vector<int> dependents;
    for (HouseholdConflict const& conflict : then.conflicts) {
        dependents.push_back(conflict.sequence);
    }
    if (!dependents.empty()) {
        return refuse(Refusal::later_events_depend_on_it, "sequence", listed(dependents));
    }

    // From here it must succeed.
    return household_effects(
        now, fold(before, as_of), std::move(*after), then.state, Cause::reversal,
        "冲正第 " + std::to_string(command.sequence) + " 笔：" + command.reason);
}

} // namespace ledger
