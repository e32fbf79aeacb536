// Small cells are not published: a figure about fewer than five would tell of somebody. Nor is a
// single hidden cell of use while its total is shown, because it can be subtracted; so hidden cells
// have company, and together are never fewer than five either.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ledger {

/// Borrowers or households that a published figure is about at least.
inline constexpr std::int64_t published_least = 5;

struct Suppression {
    std::vector<bool> hidden;     ///< one a group
    bool is_total_hidden = false; ///< the total itself is of fewer than published_least
    friend bool operator==(Suppression const&, Suppression const&) = default;
};

/// Of one figure by groups that add up to its total: `counts` is whom it is about in each. Zero is
/// shown: it is about nobody. Hidden are the small groups; where they are one, or together below
/// published_least, the smallest other groups too until they are not; where the total is small, all
/// of it.
Suppression suppressed(std::span<std::int64_t const> counts);

} // namespace ledger
