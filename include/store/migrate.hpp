// Brings the schema to the version compiled into this binary: numbered migrations forward-only with
// checksums under an advisory lock, one transaction a file; then functions, views and roles are
// re-applied, and the effective-dated seeds are loaded (a row that is there already is left alone).
#pragma once

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

/// True when every compiled-in migration is applied and none is unknown.
bool is_migrated(Database& reader);

} // namespace store
