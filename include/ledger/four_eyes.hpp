// What one person records and a second confirms before it is booked (复核).
#pragma once

#include "ledger/access.hpp"

namespace ledger {

/// Those whose row of the table says so; of the steps of an exit the county's approval alone.
bool wants_checker(Command const&);

/// The amount by which the county's bands tell how many others confirm: of an approval or a payout;
/// nothing of any other command.
std::optional<Money> banded_amount(Command const&);

inline constexpr int pending_days_limit = 7; ///< after that it must be recorded again

} // namespace ledger
