// What a schedule and a replay check of the rates once the day of the first disbursement is known.
// Internal to services/wire.
#pragma once

#include "wire/json.hpp"

namespace wire {

/// `rates` without `annual_rate` must say the rate of the first day: else terms_contradict, field
/// "rates[0].from".
void check_first_rate(ObjectReader& request, ledger::Terms const&, ledger::Date first_day);

} // namespace wire
