// Brings the schema to the version compiled into this binary: numbered migrations forward-only with
// checksums under an advisory lock, one transaction a file; then functions, views and roles are
// re-applied, and the effective-dated seeds are loaded (a row that is there already is left alone).
// A database that outgrew one machine is spread over several, county by county.
#pragma once

#include "ledger/refusal.hpp"
#include "store/database.hpp"

#include <functional>
#include <string>
#include <vector>

namespace store {

struct MigrationStep {
    std::string file;
    bool applied_now = false; ///< false: it was there already
};

/// Resident ids of a database of before they were sealed are sealed now: then, and only then, the
/// connection must have been given a key (Database::seal_with).
/// Throws IntegrityFault when a landed migration's checksum differs from the compiled-in one or the
/// database is newer than this binary. `report` is called after each file.
std::vector<MigrationStep> migrate(Database& owner,
                                   std::function<void(MigrationStep const&)> report = {});

/// Spreads a migrated database's tables over the nodes of Citus by county (sql/citus), all or none;
/// what is spread already stays where it is. Refuses citus_not_installed where the extension is not
/// in the database. Migrate once more afterwards: views are then written on every node.
ledger::Result<void> distribute(Database& owner);

/// True when every compiled-in migration is applied and none is unknown.
bool is_migrated(Database& reader);

} // namespace store
