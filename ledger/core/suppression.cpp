// Primary suppression by size, then secondary against subtraction: the smallest companions first,
// so that as little as possible is hidden.
#include "ledger/suppression.hpp"

#include <algorithm>
#include <numeric>

namespace ledger {

Suppression suppressed(std::span<std::int64_t const> counts)
{
    auto const total = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    Suppression result{std::vector<bool>(counts.size()), total > 0 && total < published_least};
    std::vector<std::size_t> others; ///< shown so far, the smallest first
    std::int64_t hidden = 0, hidden_sum = 0;
    auto const hide = [&](std::size_t group) {
        result.hidden[group] = true;
        ++hidden;
        hidden_sum += counts[group];
    };
    for (std::size_t group = 0; group < counts.size(); ++group) {
        if (counts[group] == 0) continue;
        if (counts[group] < published_least) {
            hide(group);
        } else {
            others.push_back(group);
        }
    }
    std::ranges::stable_sort(others, {}, [&](std::size_t group) { return counts[group]; });
    for (std::size_t const group : others) {
        bool const is_safe = hidden == 0 || (hidden > 1 && hidden_sum >= published_least);
        if (is_safe) break;
        hide(group);
    }
    // One group alone, and it is small: the total would tell it.
    if (hidden == 1) result.is_total_hidden = true;
    return result;
}

} // namespace ledger
