// Laws that must hold for every input, tried by RapidCheck with a fixed seed that is printed.
// RC_PARAMS in the environment (for example "seed=7 max_success=100000") tries others, and a
// failure prints the RC_PARAMS that repeat it.
#pragma once

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <cstdlib>
#include <iostream>
#include <string>

namespace ledger::test {

/// Sets the seed once, unless the environment has, and prints it.
inline bool is_seeded()
{
    static bool const once = [] {
        ::setenv("RC_PARAMS", "seed=20160831 max_success=2000", 0);
        std::cout << "RC_PARAMS=\"" << std::getenv("RC_PARAMS") << "\"\n";
        return true;
    }();
    return once;
}

/// Fails the test case unless the law holds for all inputs that were tried.
template <class Law> void check_law(std::string const& claim, Law law)
{
    INFO(claim);
    REQUIRE(is_seeded());
    bool const holds_for_all = rc::check(claim, law);
    CHECK(holds_for_all);
}

} // namespace ledger::test
