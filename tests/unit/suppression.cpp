// What is published by groups: tables that can be read, and random ones against the rules
// themselves.
#include "ledger/suppression.hpp"

#include <catch2/catch.hpp>

#include <numeric>
#include <random>
#include <string>

using ledger::suppressed;
using ledger::Suppression;

namespace {

/// Shown and hidden groups as text: "12 * 7 *", and " !" where the total is hidden too.
std::string told(std::vector<std::int64_t> const& counts)
{
    Suppression const result = suppressed(counts);
    std::string text;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        text += (i == 0 ? "" : " ") + (result.hidden[i] ? "*" : std::to_string(counts[i]));
    }
    return text + (result.is_total_hidden ? " !" : "");
}

} // namespace

TEST_CASE("Small groups are hidden, never one alone and never few together")
{
    struct Row {
        std::vector<std::int64_t> counts;
        char const* told;
    };
    for (auto const& row : {
             Row{{}, ""},
             Row{{0, 0}, "0 0"},
             Row{{12, 5, 7}, "12 5 7"},
             Row{{12, 4, 7}, "12 * *"},           // 4 alone could be subtracted: 7 goes with it
             Row{{12, 4, 3, 7}, "12 * * 7"},      // together seven
             Row{{12, 1, 2, 7, 9}, "12 * * * 9"}, // together three: told to be fewer than five
             Row{{12, 4, 0}, "* * 0"},
             Row{{4}, "* !"},
             Row{{4, 0}, "* 0 !"},
             Row{{1, 2}, "* * !"},
             Row{{4, 4}, "* *"},
         })
    {
        CHECK(told(row.counts) == row.told);
    }
}

TEST_CASE("No hidden group can be reckoned from what is shown, and nothing is hidden for nothing")
{
    std::mt19937_64 dice{20161231};
    for (int round = 0; round < 20'000; ++round) {
        std::vector<std::int64_t> counts(1 + dice() % 13);
        for (auto& count : counts) count = static_cast<std::int64_t>(dice() % (1 + dice() % 12));
        Suppression const result = suppressed(counts);
        std::int64_t hidden = 0, sum = 0, small = 0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            bool const is_small = counts[i] > 0 && counts[i] < ledger::published_least;
            small += is_small;
            if (result.hidden[i]) {
                ++hidden;
                sum += counts[i];
            }
            REQUIRE((!is_small || result.hidden[i]));
            REQUIRE((counts[i] > 0 || !result.hidden[i]));
        }
        if (small == 0) REQUIRE(hidden == 0);
        // What total minus shown tells is at least five of at least two, or the total is hidden.
        if (hidden > 0 && !result.is_total_hidden) {
            REQUIRE(hidden >= 2);
            REQUIRE(sum >= ledger::published_least);
        }
        // A companion is the smallest that was left.
        std::int64_t const companions = hidden - small;
        REQUIRE(companions <= 2);
        auto const total = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
        if (total >= 2 * ledger::published_least && hidden >= 2) REQUIRE(!result.is_total_hidden);
    }
}
