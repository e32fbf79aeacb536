// The whole of `daifu replay`: terms and dated events in; allocations, positions, arrears, payoff
// and the journal entries out. The events go through the real decisions on books of their own that
// hold one fund, always large enough, and are thrown away. Pure: no clock, no database.
#pragma once

#include "wire/json.hpp"

#include <boost/json/fwd.hpp>

namespace wire {

inline constexpr int replay_events_limit = 2000; ///< each is a fold of those before it

/// {terms…, events [{type, value_on, booked_on, the fields of its kind}], as_of, the rules and
/// tables of wire/programme.hpp} -> the state as of the day, the schedule, the events with their
/// allocations, the entries. An event that the books refuse refuses the whole, field "events[i]" or
/// "events[i].amount".
ledger::Result<boost::json::object> replay_answer(boost::json::object const& request);

} // namespace wire
