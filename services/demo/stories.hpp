// Stories of loans for books of any size: as varied as the demonstration's, and lived by as many
// invented people as are asked for. Deterministic for a seed.
#pragma once

#include "demo/demo.hpp"
#include "store/generate.hpp"

namespace demo {

inline constexpr int first_year = 2015;

/// Lending in so many years from 2015 on, and what was booked by their end. The county's one fund
/// holds enough for so many loans.
store::Stories stories(Facts const&, std::size_t stories, int years, std::size_t loans_of_a_county,
                       std::uint64_t seed);

/// Who borrows in a county, each with one of so many stories.
std::vector<store::Life> lives(ledger::CountyCode const&, std::size_t loans, std::size_t stories,
                               std::uint64_t seed);

} // namespace demo
