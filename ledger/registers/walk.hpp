// The walk through a subject's facts in order of value date: the fold takes it to read the state, a
// decision to learn whether a fact can stand where it does. Internal to ledger/registers.
#pragma once

#include "ledger/register_fact.hpp"

#include <vector>

namespace ledger {

/// A fact that the subject cannot take where it stands.
struct RegisterConflict {
    int sequence = 0;
    Refused refused;
};
struct WalkedRegister {
    RegisterState state;
    std::vector<RegisterConflict> conflicts;
};
/// Walks through the facts in force up to a day; what cannot be is left out and reported. Refuses
/// member_not_found (points and the list before the member is recorded), responsibility_not_found
/// (fulfilled before it was given), responsibility_already_fulfilled (fulfilled or given after it).
WalkedRegister walk_through(Register const&, Date as_of);

/// The register with everything known: all its facts have a value date on or before this day.
Date last_day_of(Register const&, Date at_least);

} // namespace ledger
