// What is published by groups: tables that can be read, and random ones against the rules
// themselves.
#include "ledger/suppression.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>

using ledger::suppressed;
using ledger::Suppression;

namespace {

/// Shown and hidden groups as text: "12 * 7 *", and " !" where the total is hidden too.
std::string told(std::vector<std::int64_t> const& counts,
                 std::vector<std::int64_t> const& wider = {})
{
    Suppression const result = suppressed(counts, wider);
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
             Row{{}, ""}, Row{{0, 0}, "0 0"}, Row{{12, 5, 7}, "12 5 7"},
             Row{{12, 4, 7}, "12 * *"},      // 4 alone could be subtracted: 7 goes with it
             Row{{12, 4, 3, 7}, "12 * * *"}, // together seven: three or four each
             Row{{12, 4, 1, 7}, "12 * * 7"}, // together five: anything from one to four
             Row{{20, 4, 4, 4, 3, 9}, "20 * * * * *"}, // together fifteen: three or four each
             Row{{20, 1, 3, 2, 4}, "20 * * * *"},
             Row{{12, 1, 2, 7, 9}, "12 * * * 9"}, // together three: told to be fewer than five
             Row{{12, 4, 0}, "* * 0"}, Row{{4}, "* !"}, Row{{4, 0}, "* 0 !"}, Row{{1, 2}, "* * !"},
             Row{{4, 4}, "* * !"}, // eight: four each
         })
    {
        CHECK(told(row.counts) == row.told);
    }
}

TEST_CASE("A figure that leaves a small rest of the wider one beside it is hidden")
{
    CHECK(told({20, 30, 9}, {40, 60, 20}) == "20 30 9");
    CHECK(told({20, 58, 9}, {40, 60, 20}) == "20 * *");  // two are left of sixty
    CHECK(told({40, 30, 9}, {40, 60, 20}) == "40 30 9"); // nobody is left
    CHECK(told({18, 28, 19}, {20, 30, 20}) == "* * *");
    CHECK(told({20, 58}, {20, 60}) == "* * !"); // two are left of the county's eighty
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
            // Where all of them are small, each may still be anything from one to four.
            if (hidden == small) {
                REQUIRE(sum - 4 * (hidden - 1) <= 1);
                REQUIRE(sum - (hidden - 1) >= 4);
            }
        }
        // A companion is the smallest that was left.
        std::int64_t const companions = hidden - small;
        REQUIRE(companions <= 2);
        auto const total = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
        auto const zeros = std::ranges::count(counts, 0);
        bool const has_company_left =
            std::cmp_less(hidden, std::ssize(counts) - zeros); // some group is still shown
        if (total >= ledger::published_least && has_company_left) REQUIRE(!result.is_total_hidden);
    }
}
