// The programme of a calculation without books: base rates, holidays and, for a replay, the rules
// and the dated tables that a county would have. What each key means, with a worked example, is in
// services/api/schedule-and-replay.md.
#pragma once

#include "wire/json.hpp"

#include "ledger/programme.hpp"

#include <boost/json/fwd.hpp>

namespace wire {

inline constexpr int base_rates_limit = 1000; ///< of one request: a rate a month for eighty years
inline constexpr int table_rows_limit = 200;  ///< floors, provision rates, steps of a subsidy

/// Reads `base_rates`, `holidays` and `working_days` into a programme without rules. The reader
/// keeps any refusal.
ledger::Programme tables_from(ObjectReader&);

/// The same, and the keys of the rules: one version, in force since 1900, whose caps, terms and
/// rate bands let every loan pass.
ledger::Programme programme_from(ObjectReader&);

/// ["cost", "penalty", …]
boost::json::array to_json(ledger::AllocationOrder const&);

} // namespace wire
