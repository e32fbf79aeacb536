// Small cells are not published: a figure about fewer than five would tell of somebody. Nor is a
// hidden cell of use that can be reckoned from what is shown: a single one is its total less the
// others; of several small ones their sum may leave little room (four that add up to fifteen are
// three and four each); and a cell beside the one that it is a part of tells the rest. So hidden
// cells have company until nothing narrows them down.
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
/// shown: it is about nobody. Hidden are the small groups, and those that leave a small rest of the
/// wider figure that is published beside (`wider`, one a group, or empty); where these could be
/// narrowed down, the smallest other groups too until they cannot; where that does not help, or the
/// total is small or leaves a small rest, the total.
Suppression suppressed(std::span<std::int64_t const> counts,
                       std::span<std::int64_t const> wider = {});

} // namespace ledger
