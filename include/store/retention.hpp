// What is personal and kept no longer, by the rules of retention (ledger::RetentionRule). The
// database knows what is due, erases nothing before and writes each erasure into the trail.
#pragma once

#include "ledger/programme.hpp"
#include "store/access.hpp"
#include "store/database.hpp"

#include <string>
#include <vector>

namespace store {

struct RetentionDue {
    std::string borrower;
    ledger::RetainedKind what{};
    ledger::Date closed_on; ///< of his account: his last loan was settled
    ledger::Date until;     ///< the last day on which it was kept
    std::string document;   ///< the law
};
/// By borrower and kind, as of today.
std::vector<RetentionDue> retention_due(Database& app, ledger::CountyCode const&);
/// Erases the next `most` of them; how many. 0: none is left.
int erase_due(Database& app, ledger::CountyCode const&, int most, TrailRecord const& by);

} // namespace store
