// Balance checkpoints: what the journal adds up to, kept so that a balance of the past is never
// added up from the beginning (sql/functions/25_checkpoints.sql).
#pragma once

#include "store/database.hpp"

#include <cstdint>

namespace store {

/// Adds up what was booked since the last checkpoint; answers how many entries that were. Every
/// closing does, who fills books in bulk, and a migration. Beside another one it leaves the work to
/// it. No balance is wrong without it, and nobody who writes waits for it.
std::int64_t take_checkpoint(Database& app, ledger::CountyCode const&);

} // namespace store
