// What came of an attempt, in one word for the last column of a table: the value's text, or the
// refusal's name.
#pragma once

#include "ledger/refusal.hpp"

#include <functional>
#include <string>

namespace ledger::test {

/// `show` turns the value into text: a member function or a callable.
template <class T, class Show> std::string outcome(Result<T> const& result, Show show)
{
    if (!result) return std::string{name_of(result.error().code)};
    return std::string{std::invoke(show, *result)};
}

inline std::string outcome(Result<std::string> const& result)
{
    return result ? *result : std::string{name_of(result.error().code)};
}

} // namespace ledger::test
