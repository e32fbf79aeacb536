// Primary suppression by size, then secondary against subtraction: the smallest companions first,
// so that as little as possible is hidden.
#include "ledger/suppression.hpp"

#include "ledger/assert.hpp"

#include <algorithm>
#include <numeric>

namespace ledger {

namespace {

bool is_small(std::int64_t count)
{
    return count > 0 && count < published_least;
}

/// What an observer sees of the hidden groups: how many they are and, by subtraction, their sum.
struct Hidden {
    std::int64_t groups = 0, sum = 0;
    bool has_large = false; ///< one of them is none of the small ones; nobody knows which

    void add(std::int64_t count)
    {
        ++groups;
        sum += count;
        has_large = has_large || count >= published_least;
    }

    /// Every small group may still be anything from one to four.
    bool is_safe() const
    {
        if (groups == 0) return true;
        if (groups == 1 || sum < published_least) return false;
        if (has_large) return true;
        std::int64_t const most = published_least - 1, others = groups - 1;
        return sum - most * others <= 1 && sum - others >= most;
    }
};

std::int64_t sum_of(std::span<std::int64_t const> counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

} // namespace

Suppression suppressed(std::span<std::int64_t const> counts, std::span<std::int64_t const> wider)
{
    LEDGER_ASSERT(wider.empty() || wider.size() == counts.size());
    auto const leaves_little = [](std::int64_t count, std::int64_t of) {
        return count > 0 && is_small(of - count);
    };
    std::int64_t const total = sum_of(counts);
    Suppression result{std::vector<bool>(counts.size()), is_small(total)};
    if (!wider.empty() && leaves_little(total, sum_of(wider))) result.is_total_hidden = true;
    std::vector<std::size_t> others; ///< shown so far, the smallest first
    Hidden hidden;
    for (std::size_t group = 0; group < counts.size(); ++group) {
        bool const tells_the_rest = !wider.empty() && leaves_little(counts[group], wider[group]);
        if (is_small(counts[group]) || tells_the_rest) {
            result.hidden[group] = true;
            hidden.add(counts[group]);
        } else if (counts[group] > 0) {
            others.push_back(group);
        }
    }
    std::ranges::stable_sort(others, {}, [&](std::size_t group) { return counts[group]; });
    for (std::size_t const group : others) {
        if (hidden.is_safe()) break;
        result.hidden[group] = true;
        hidden.add(counts[group]);
    }
    // No company is left: the total would tell.
    if (!hidden.is_safe()) result.is_total_hidden = true;
    return result;
}

} // namespace ledger
