// What one person records and a second confirms before it is booked (复核).
#pragma once

#include "ledger/access.hpp"

namespace ledger {

/// Those whose row of the table says so; of the steps of an exit the county's approval alone.
bool wants_checker(Command const&);

inline constexpr int pending_days_limit = 7; ///< after that it must be recorded again

} // namespace ledger
