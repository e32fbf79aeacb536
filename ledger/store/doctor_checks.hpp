// The invariants that SQL can check by itself: what is looked at, and a query whose rows are the
// violations in words. $1 is the county.
#pragma once

#include "ledger/store/session.hpp"
#include "store/queries.hpp"
#include <cstdint>

#include <span>
#include <string_view>

namespace store {

/// What a check has something to look at in.
enum class Examines : std::uint8_t { journal = 1, funds, loans, households, checkpoints };

struct SqlCheck {
    std::string_view code;
    std::string_view chinese;
    std::string_view english;
    std::string_view examined;   ///< SELECT count(*) …
    std::string_view violations; ///< SELECT a sentence …
    Examines examines = Examines::journal;
};

std::span<SqlCheck const> sql_checks();

inline constexpr std::size_t violations_shown = 20;

inline void add_violation(Check& check, std::string sentence)
{
    ++check.violation_count;
    if (check.violations.size() < violations_shown) check.violations.push_back(std::move(sentence));
}

/// What only the engine can say of households: where each stood is its fold, and what all hold is
/// what the journal holds in each account.
std::vector<Check> household_checks(pqxx::transaction_base&, ledger::CountyCode const&);

} // namespace store
