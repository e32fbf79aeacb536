// The invented registers beside the households: branches and members, their points, the list of
// poor party members (188 households with 214 members), the plan of 2016 as it was published, who
// answers for what, and what the 43 poor villages have (28 without share cooperation, 20 without an
// income of their own). Only the counts are published.
#pragma once

#include "demo/households.hpp"
#include "demo/people.hpp"

namespace demo {

inline constexpr std::size_t poor_member_households_published = 188;
inline constexpr std::size_t poor_members_published = 214;
inline constexpr std::size_t poor_villages_published = 43;
inline constexpr std::size_t without_cooperation_published = 28;
inline constexpr std::size_t without_income_published = 20;

struct InventedRegister {
    std::string file; ///< "branches.csv"
    registers::Register kind{};
    std::vector<std::vector<std::string>> rows; ///< cells in the order of columns_of(kind)
};

/// Deterministic for the dice.
std::vector<InventedRegister> party_registers(Facts const&, std::vector<Member> const&,
                                              Households const&, Dice&);

} // namespace demo
