// 冲正 of a fact: as if it had never been recorded; both stay visible. What rests on the subject in
// another register (a branch's members, who answers for a target) must go first.
// Refuses, after the shared ones: text_missing (reason), event_not_found (also of a subject that is
// in no register), event_cannot_be_reversed (a reversal, evidence), event_already_reversed,
// date_too_early (before the fact was entered), too_many_facts, later_events_depend_on_it (a fact
// of the subject could not be without it), others_depend_on_it.
#include "ledger/households/walk.hpp"
#include "ledger/lending/decisions.hpp"
#include "ledger/registers/decisions.hpp"
#include "ledger/registers/walk.hpp"

#include <utility>

namespace ledger {

namespace {

/// Is there a fact in force of the dependent that would name nothing?
bool loses_its_ground(Register const& dependent, Register const& subject)
{
    for (RegisterEvent const* event : events_in_force(dependent.events, all_days.until)) {
        auto const ground = rests_on(event->what);
        if (ground != subject.name) continue;
        if (!walk_through(subject, event->value_on).state.is_there()) return true;
    }
    return false;
}

} // namespace

Result<Effects> reverse(Situation const& now, ReverseFact const& command)
{
    if (auto dates = check_dates(now, {}, ""); !dates) return std::unexpected{dates.error()};
    if (command.reason.empty()) return refuse(Refusal::text_missing, "reason");
    if (!now.subject) return refuse(Refusal::event_not_found, "subject");
    if (command.subject.kind == RegisterKind::evidence) {
        return refuse(Refusal::event_cannot_be_reversed, "sequence");
    }
    auto event = reversible(now.subject->events, command.sequence, now.booked_on);
    if (!event) return std::unexpected{event.error()};
    Date const value_on = (*event)->value_on;
    auto after = with_event(
        *now.subject, {0, value_on, now.booked_on, Reversed{command.sequence}, {}, command.reason});
    if (!after) return std::unexpected{after.error()};

    std::vector<int> dependents;
    for (RegisterConflict const& conflict :
         walk_through(*after, last_day_of(*after, value_on)).conflicts)
    {
        dependents.push_back(conflict.sequence);
    }
    if (!dependents.empty()) {
        return refuse(Refusal::later_events_depend_on_it, "sequence", listed(dependents));
    }
    for (Register const& dependent : now.dependents) {
        if (!loses_its_ground(dependent, *after)) continue;
        return refuse(Refusal::others_depend_on_it, "sequence", dependent.name.subject);
    }

    // From here it must succeed.
    Effects effects;
    effects.register_event = after->events.back();
    effects.subject = std::move(*after);
    return effects;
}

} // namespace ledger
