// What one administrator asks for and a second one confirms: users, their rights, and what the
// county rules. With the role `access`.
#pragma once

#include "ledger/programme.hpp"
#include "ledger/rule_change.hpp"
#include "store/access.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace store {

struct AskedChange {
    std::int64_t number = 0;
    std::string act{};     ///< "add", "rights", "password", "second_factor", "rules"
    std::string subject{}; ///< the user, or the document that rules
    std::string body{};    ///< JSON as it was sent
    std::string effect{};  ///< JSON: of rules the rows that it adds, of rights before and after
    std::string maker{};
    Instant made_at{};
    std::string outcome = "waiting"; ///< or "approved", "refused", "withdrawn", "sent_back"
    std::string settled_by{};
};
/// An empty one is the whole county.
bool is_known_township(Database& access, ledger::CountyCode const&, ledger::UnitCode const&);
/// Its number.
std::int64_t submit_change(Database& access, ledger::CountyCode const&, AskedChange const&,
                           TrailRecord by);
std::optional<AskedChange> change_asked(Database& access, ledger::CountyCode const&,
                                        std::int64_t number);
/// The latest first, at most page_limit.
std::vector<AskedChange> changes(Database& access, ledger::CountyCode const&);
/// False: it was settled before. The database throws (IntegrityFault, LG011) where a maker approves
/// his own.
bool settle_change(Database& access, ledger::CountyCode const&, AskedChange const&,
                   std::string const& outcome, TrailRecord by);

/// Runs the steps in one transaction: where one refuses or throws, none of them is done.
ledger::Result<void> together(Database& access, ledger::CountyCode const&,
                              std::function<ledger::Result<void>()> const& steps);

/// What the county's rules are now, for whoever has the role `access`.
std::shared_ptr<ledger::Programme const> programme_known(Database& access,
                                                         ledger::CountyCode const&);
/// The rows that a change of the rules adds, as JSON by the names of their tables.
std::string rows_of(ledger::RuleChange const&, ledger::Programme const& now);
/// Adds the rows that were approved; the database throws (IntegrityFault, LG011) where nobody else
/// has approved them.
void enact_rules(Database& access, ledger::CountyCode const&, AskedChange const&, TrailRecord by);

} // namespace store
