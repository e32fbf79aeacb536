// What histories of events have in common, a loan's and a household's: events are numbered in the
// order of entry, take effect on their value date, and one may be taken back. A reversal takes its
// event out and is itself never in force: it is as if neither had been. Order is by value date;
// ties keep the order of entry.
#pragma once

#include "ledger/assert.hpp"
#include "ledger/calendar.hpp"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

namespace ledger {

/// 冲正.
struct Reversed {
    int sequence = 0; ///< of the event that is reversed
    friend bool operator==(Reversed const&, Reversed const&) = default;
};

template <class Event> bool is_reversed(std::vector<Event> const& events, int sequence)
{
    return std::ranges::any_of(events, [sequence](Event const& event) {
        auto const* reversed = std::get_if<Reversed>(&event.what);
        return reversed && reversed->sequence == sequence;
    });
}

/// The events in force with value date <= as_of, in order of value date. Asserts that sequences
/// count from one and that a reversal names an earlier event.
template <class Event>
std::vector<Event const*> events_in_force(std::vector<Event> const& events, Date as_of)
{
    std::vector<bool> is_out(events.size() + 1);
    for (Event const& event : events) {
        auto const* reversed = std::get_if<Reversed>(&event.what);
        if (!reversed) continue;
        LEDGER_ASSERT(reversed->sequence >= 1 && reversed->sequence < event.sequence);
        is_out[static_cast<std::size_t>(event.sequence)] = true;
        is_out[static_cast<std::size_t>(reversed->sequence)] = true;
    }
    std::vector<Event const*> in_force;
    in_force.reserve(events.size());
    int last = 0;
    for (Event const& event : events) {
        LEDGER_ASSERT(event.sequence == last + 1);
        last = event.sequence;
        if (event.value_on <= as_of && !is_out[static_cast<std::size_t>(event.sequence)]) {
            in_force.push_back(&event);
        }
    }
    std::ranges::stable_sort(in_force, std::less{}, &Event::value_on);
    return in_force;
}

/// The event of that number, where it can be taken back on that booking day. Refuses, on the field
/// "sequence", event_not_found, event_cannot_be_reversed (a reversal), event_already_reversed; and
/// date_too_early where the event was entered later.
template <class Event>
Result<Event const*> reversible(std::vector<Event> const& events, int sequence, Date booked_on)
{
    if (sequence < 1 || std::cmp_greater(sequence, events.size())) {
        return refuse(Refusal::event_not_found, "sequence");
    }
    Event const& event = events[static_cast<std::size_t>(sequence) - 1];
    LEDGER_ASSERT(event.sequence == sequence);
    if (std::holds_alternative<Reversed>(event.what)) {
        return refuse(Refusal::event_cannot_be_reversed, "sequence");
    }
    if (is_reversed(events, sequence)) return refuse(Refusal::event_already_reversed, "sequence");
    if (booked_on < event.booked_on) {
        return refuse(Refusal::date_too_early, "booked_on", event.booked_on.text());
    }
    return &event;
}

} // namespace ledger
