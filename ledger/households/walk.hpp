// The walk through a household's events in order of value date: the fold takes it to read the
// state, a decision to learn whether an event can stand where it does. Internal to
// ledger/households.
#pragma once

#include "ledger/household.hpp"
#include "ledger/programme.hpp"

#include <vector>

namespace ledger {

class HouseholdWalk {
  public:
    /// Judges the days of notices, incomes and safeguards by the programme; without one every
    /// event is taken as it was accepted.
    explicit HouseholdWalk(Programme const* judge = nullptr)
        : judge_{judge}
    {
    }

    /// Refuses what the household cannot take where the event stands (admission.cpp); then nothing
    /// has changed.
    Result<void> take(HouseholdEvent const&);
    HouseholdState const& state() const { return state_; }

  private:
    Programme const* judge_;
    HouseholdState state_;
};

/// Refuses, of an event that a household in this state cannot take on its day, in this order:
/// household_not_found (not registered), household_already_registered, household_dissolved, and
/// then what its kind refuses.
Result<void> admit(HouseholdState const&, HouseholdEvent const&, Programme const* judge);

/// An event that the household cannot take where it stands.
struct HouseholdConflict {
    int sequence = 0;
    Refused refused;
};
struct WalkedHousehold {
    HouseholdState state;
    std::vector<HouseholdConflict> conflicts;
};
/// Walks through the events in force up to a day; what cannot happen is left out and reported.
WalkedHousehold walk_through(Household const&, Date as_of, Programme const* judge = nullptr);

/// "3, 5": sequence numbers for a refusal's limit.
std::string listed(std::vector<int> const& sequences);

} // namespace ledger
