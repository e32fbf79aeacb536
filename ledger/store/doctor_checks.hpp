// The invariants that SQL can check by itself: what is looked at, and a query whose rows are the
// violations in words. $1 is the county.
#pragma once

#include <span>
#include <string_view>

namespace store {

struct SqlCheck {
    std::string_view code;
    std::string_view chinese;
    std::string_view english;
    std::string_view examined;   ///< SELECT count(*) …
    std::string_view violations; ///< SELECT a sentence …
    bool is_of_loans = false;    ///< examines what only a county that has lent has
};

std::span<SqlCheck const> sql_checks();

} // namespace store
