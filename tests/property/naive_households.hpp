// A second, slow, obvious model of a household: ten thousand seats, each of which sits with nobody
// or in one claim, and a register card that is rewritten event by event. It shares no code with
// ledger/households; it refuses what cannot be, by asking every seat.
#pragma once

#include "ledger/household.hpp"

#include <map>
#include <string>
#include <vector>

namespace ledger::test {

struct NaiveClaim {
    std::string borrower;
    Date since;
    bool is_verified = false, is_over = false, is_withdrawn = false, was_poor = false;
    bool has_exited = false, has_relapsed = false;
};

struct NaiveHousehold {
    bool is_there = false, is_gone = false;
    std::string village;
    int standing = 0; ///< as the last digit of its account
    int persons = 0;
    int step = 0; ///< steps of the exit that were taken
    std::string proposer, checker;
    Date notice_until;
    std::map<int, Money> income_of;
    bool is_housed = false, is_schooled = false, is_cared_for = false;
    std::vector<int> seats; ///< by seat: the claim, or 0
    std::map<int, NaiveClaim> claims;

    /// Can it happen now? Then it does. The rules: seven days of notice, a line of 1,000.00 a head.
    bool take(HouseholdEvent const&);
    /// Account, subkey and unit, and how many ten-thousandths sit there.
    std::map<std::string, std::int64_t> where_everything_sits() const;
};

/// Lives through the events in force in order of their days; asserts that each can happen.
NaiveHousehold lived(Household const&, Date as_of);

} // namespace ledger::test
