// assert.hpp: a lost invariant is a Bug that names its claim, in every kind of build.
#include "ledger/assert.hpp"

#include <catch2/catch.hpp>

TEST_CASE("A false claim throws a Bug that names the claim and the file")
{
    using Catch::Matchers::Contains;
    CHECK_THROWS_WITH(LEDGER_ASSERT(1 + 1 == 3),
                      Contains("1 + 1 == 3") && Contains("tests/unit/assert.cpp:"));
}

TEST_CASE("A true claim is evaluated once and does nothing")
{
    int evaluations = 0;
    LEDGER_ASSERT(++evaluations == 1);
    CHECK(evaluations == 1);
}
