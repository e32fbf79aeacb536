// Parts of the rules that a calculation and a change of the rules read alike.
#pragma once

#include "wire/json.hpp"

#include "ledger/programme.hpp"

#include <array>
#include <string_view>

namespace wire {

inline constexpr int days_limit = 100'000; ///< past any term
inline constexpr int tier_limit = 40;      ///< "upto_1y", "lpr_5y" …
inline constexpr int debt_components = 5;  ///< an order names each of them once

/// A list of the five components, or the name of one of the two usual ones.
std::array<ledger::DebtComponent, debt_components> components_from(ObjectReader&,
                                                                   std::string_view key);
ledger::SubsidyStep step_from(ObjectReader&);

} // namespace wire
