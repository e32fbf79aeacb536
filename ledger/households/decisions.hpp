// The decisions about households. Internal; the contract is ledger/decide.hpp.
#pragma once

#include "ledger/decide.hpp"

namespace ledger {

Result<Effects> record(Situation const&, RecordHouseholdEvent const&);
Result<Effects> reverse(Situation const&, ReverseHouseholdEvent const&);

/// The household with everything known: all its events have a value date on or before this day.
Date last_day_of(Household const&, Date at_least);

/// Appends an event with the next sequence number. Refuses too_many_household_events.
Result<Household> with_event(Household, HouseholdEvent);

/// The entry and the new household of one whose last event is new.
Effects household_effects(Situation const&, HouseholdState const& before, Household after,
                          HouseholdState const& then, Cause, std::string narrative);

} // namespace ledger
