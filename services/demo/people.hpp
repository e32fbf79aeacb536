// The invented members: who they are and where they live.
#pragma once

#include "demo/demo.hpp"
#include "demo/dice.hpp"

namespace demo {

inline constexpr std::size_t members_published = 553;

struct Member {
    std::string number; ///< B0001 …
    std::string name;
    std::string resident_id;
    std::string household;
    Village village;
    std::string party_branch;
};

/// 复兴村党支部 of 复兴村民委员会.
std::string branch_name(Village const&);

/// Every invented name once, in an order that the dice choose.
std::vector<std::string> invented_names(Dice&);
/// The resident id of an invented person, born from 1900-01-01 on: each number another one, below
/// a hundred million.
std::string invented_resident_id(std::string const& county, std::size_t number);

/// In the order of their numbers; the first is 罗先国 of 复兴村 in 腰街.
std::vector<Member> members(Facts const&, Dice&);

} // namespace demo
