// The invented households: as many registered poor ones, with as many persons, as the county
// planned to lift in 2016 (2,262 and 8,041), some ordinary ones, who leads them, and some exits.
// The published borrower leads four households, as the report says; everything else is the dice's.
#pragma once

#include "demo/loans.hpp"
#include "ledger/household.hpp"

namespace demo {

inline constexpr std::size_t poor_households_published = 2'262;
inline constexpr int poor_persons_published = 8'041;
inline constexpr std::size_t led_by_published_member = 4;

struct InventedHousehold {
    std::string number, head;
    Village village;
    ledger::Standing standing{};
    int persons = 0;
};

struct InventedClaim {
    std::size_t household = 0; ///< into the households
    ledger::LoanNumber loan;
    ledger::Way way{};
    ledger::Date since;
    std::string share; ///< empty: all that is left
    ledger::Money promised;
    std::optional<ledger::Date> verified_on, brought_on, ended_on, withdrawn_on;
    ledger::Money brought;
    std::string reason;
};

struct InventedExit {
    std::size_t household = 0;
    ledger::Money income; ///< of the household in 2016
    ledger::Date proposed_on;
    std::optional<ledger::Date> relapsed_on;
};

/// What a led household earned in a year, by the four kinds.
struct InventedIncome {
    std::size_t household = 0;
    ledger::Income income;
    ledger::Date recorded_on;
};

/// What a visit to a led household found: before its leading began, or before its exit.
struct InventedSurvey {
    std::size_t household = 0;
    ledger::PovertyCause cause{};
    int labour = 0;
    bool has_medical_care = false;
    ledger::Date surveyed_on;
};

struct Households {
    std::vector<InventedHousehold> households;
    std::vector<InventedClaim> claims;
    std::vector<InventedExit> exits;
    std::vector<InventedIncome>
        incomes; ///< of the poor households that are led, and of an exit's year
    std::vector<InventedSurvey> surveys;  ///< of the same ones; their persons are known by name
    std::vector<InventedSurvey> revisits; ///< before an exit: all three safeguards are there
};

/// Deterministic for the dice. `members` and `loans` go together by index.
Households households(Facts const&, std::vector<Member> const&, std::vector<PlannedLoan> const&,
                      Dice&);

} // namespace demo
