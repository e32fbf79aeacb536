// money.hpp: amounts as they are typed and written, splits to the fen, capitals both ways.
#include "ledger/money.hpp"

#include "tests/support/outcome.hpp"
#include "tests/support/show.hpp"
#include "tests/support/vectors.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <limits>

using namespace ledger;
using ledger::test::outcome;
using ledger::test::vectors;

static_assert(Money::yuan(1) + Money::fen(50) == Money::fen(150));
static_assert(-Money::fen(1) < Money{});

TEST_CASE("An amount is read as it is typed, or refused")
{
    for (auto const& row : vectors("money", "parse")) {
        CAPTURE(row["text"]);
        CHECK(outcome(Money::parse(row["text"]), &Money::text) == row.expected("yuan"));
    }
}

TEST_CASE("An amount above the largest names the limit")
{
    auto const refused = Money::parse("10000000000000.01");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().limit == "10000000000000.00");
}

TEST_CASE("Money is written in yuan with two decimals")
{
    struct Row {
        std::int64_t fen;
        std::string text;
    };
    auto const row = GENERATE(values<Row>({
        {0, "0.00"},
        {1, "0.01"},
        {-1, "-0.01"},
        {10, "0.10"},
        {-99, "-0.99"},
        {100, "1.00"},
        {-123'450, "-1234.50"},
        {money_limit_fen, "10000000000000.00"},
        {-money_limit_fen, "-10000000000000.00"},
    }));
    CHECK(Money::fen(row.fen).text() == row.text);
}

TEST_CASE("Passing the largest amount is a bug, never a wrapped number")
{
    Money const largest = Money::fen(money_limit_fen);
    Money const one = Money::fen(1);
    CHECK_THROWS_AS(Money::fen(money_limit_fen + 1), Bug);
    CHECK_THROWS_AS(Money::fen(std::numeric_limits<std::int64_t>::min()), Bug);
    CHECK_THROWS_AS(Money::yuan(std::numeric_limits<std::int64_t>::max()), Bug);
    CHECK_THROWS_AS(largest + one, Bug);
    CHECK_THROWS_AS(largest + largest, Bug);
    CHECK_THROWS_AS(-largest - one, Bug);
    CHECK(largest - one + one == largest);
}

namespace {

/// "33.33 33.33 33.34"
std::string listed(std::vector<Money> const& shares)
{
    std::string text;
    for (Money const share : shares) text += (text.empty() ? "" : " ") + share.text();
    return text;
}

} // namespace

TEST_CASE("A total is split evenly and the remainder goes whole to one part")
{
    struct Row {
        char const* total;
        int parts;
        RemainderTo remainder_to;
        std::string shares;
    };
    auto const row = GENERATE(values<Row>({
        {"100.00", 4, RemainderTo::last, "25.00 25.00 25.00 25.00"},
        {"100.00", 3, RemainderTo::last, "33.33 33.33 33.34"},
        {"100.00", 3, RemainderTo::first, "33.34 33.33 33.33"},
        {"-100.00", 3, RemainderTo::last, "-33.33 -33.33 -33.34"},
        {"-100.00", 3, RemainderTo::first, "-33.34 -33.33 -33.33"},
        {"0.05", 7, RemainderTo::last, "0.00 0.00 0.00 0.00 0.00 0.00 0.05"},
        {"0.00", 2, RemainderTo::first, "0.00 0.00"},
        {"10000000000000.00", 1, RemainderTo::last, "10000000000000.00"},
        {"10000000000000.00", 3, RemainderTo::last,
         "3333333333333.33 3333333333333.33 3333333333333.34"},
    }));
    CHECK(listed(split_evenly(*Money::parse(row.total), row.parts, row.remainder_to)) ==
          row.shares);
}

TEST_CASE("A total is split by weights and the odd fen go in listed order")
{
    using Weights = std::vector<std::int64_t>;
    constexpr std::int64_t heaviest = std::numeric_limits<std::int64_t>::max();
    struct Row {
        char const* total;
        Weights weights;
        std::string shares;
    };
    auto const row = GENERATE_COPY(values<Row>({
        {"100.00", {3, 7}, "30.00 70.00"}, // bank : government, 康定
        {"100.00", {8, 2}, "80.00 20.00"}, // fund : bank, 南澳
        {"100.00", {1, 1, 1}, "33.34 33.33 33.33"},
        {"0.05", {1, 1, 1}, "0.02 0.02 0.01"},
        {"-0.05", {1, 1, 1}, "-0.02 -0.02 -0.01"},
        {"0.02", {1, 0, 1, 1}, "0.01 0.00 0.01 0.00"},
        {"0.01", {0, 5}, "0.00 0.01"},
        {"0.00", {1, 2}, "0.00 0.00"},
        {"1.00", {1}, "1.00"},
        {"10000000000000.00", {heaviest, heaviest}, "5000000000000.00 5000000000000.00"},
        {"-10000000000000.00", {heaviest, 0}, "-10000000000000.00 0.00"},
        {"0.01", {1, heaviest}, "0.01 0.00"},
    }));
    CHECK(listed(split_by_weights(*Money::parse(row.total), row.weights)) == row.shares);
}

TEST_CASE("A split without parts, or without weight, is a bug")
{
    CHECK_THROWS_AS(split_evenly(Money::yuan(1), 0, RemainderTo::last), Bug);
    CHECK_THROWS_AS(split_evenly(Money::yuan(1), -1, RemainderTo::last), Bug);
    CHECK_THROWS_AS(split_by_weights(Money::yuan(1), {}), Bug);
    CHECK_THROWS_AS(split_by_weights(Money::yuan(1), std::vector<std::int64_t>{0, 0}), Bug);
    CHECK_THROWS_AS(split_by_weights(Money::yuan(1), std::vector<std::int64_t>{2, -1}), Bug);
}

TEST_CASE("An amount is written in capitals by annex 1, always with 整 after 元 or 角")
{
    for (auto const& row : vectors("capital", "written")) {
        CAPTURE(row["yuan"]);
        CHECK(in_capitals(*Money::parse(row["yuan"])) == row["capitals"]);
        CHECK(outcome(parse_capitals(row["capitals"]), &Money::text) == row["yuan"]);
    }
}

TEST_CASE("Capitals are read in every spelling that annex 1 leaves to the writer")
{
    for (auto const& row : vectors("capital", "read")) {
        CAPTURE(row["capitals"]);
        CHECK(outcome(parse_capitals(row["capitals"]), &Money::text) == row["yuan"]);
    }
}

TEST_CASE("Capitals that annex 1 does not allow are refused")
{
    for (auto const& row : vectors("capital", "refused")) {
        CAPTURE(row["capitals"], row["why"]);
        CHECK(outcome(parse_capitals(row["capitals"]), &Money::text) == row["refusal"]);
    }
    CHECK(outcome(parse_capitals("\xE5\xA3"), &Money::text) == "capital_amount_malformed");
    CHECK(outcome(parse_capitals(std::string(100'000, 'x')), &Money::text) ==
          "capital_amount_malformed");
}

TEST_CASE("A negative amount is never written in capitals")
{
    CHECK_THROWS_AS(in_capitals(Money::fen(-1)), Bug);
}
