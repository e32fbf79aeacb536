// The lines of a story that say what happens to a household, and the figures of who was led.
#pragma once

#include "ledger/command.hpp"

#include "tests/golden/words.hpp"

#include <map>
#include <string>

namespace ledger::test {

/// What the verb says happened; the words after it are read. Throws where there is no such verb.
HouseholdHappening household_happening(std::string const& verb, Words&);

/// "带动 3 户 12 人，建档立卡 …" on a day: each household once, as the indicators define them, with
/// twelve months for an exit to be sustained.
std::string leading_figures(std::map<HouseholdNumber, Household> const&, Date on);

/// One line of how it stands and one a claim.
std::string household_card(Household const&, Date on);

} // namespace ledger::test
