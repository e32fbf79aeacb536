// What one administrator wants changed of a user and a second one confirms. With the role `access`.
#pragma once

#include "store/access.hpp"

#include <optional>
#include <string>
#include <vector>

namespace store {

struct UserChange {
    std::int64_t number = 0;
    std::string act; ///< "add", "rights", "password", "second_factor"
    std::string user;
    std::string body; ///< JSON as it was sent
    std::string maker;
    Instant made_at{};
    std::string outcome = "waiting"; ///< or "approved", "refused", "withdrawn"
    std::string settled_by{};
};
/// An empty one is the whole county.
bool is_known_township(Database& access, ledger::CountyCode const&, ledger::UnitCode const&);
/// Its number.
std::int64_t submit_user_change(Database& access, ledger::CountyCode const&, UserChange const&,
                                TrailRecord by);
std::optional<UserChange> user_change(Database& access, ledger::CountyCode const&,
                                      std::int64_t number);
/// The latest first, at most page_limit.
std::vector<UserChange> user_changes(Database& access, ledger::CountyCode const&);
/// False: it was settled before. The database throws (IntegrityFault, LG011) where a maker approves
/// his own.
bool settle_user_change(Database& access, ledger::CountyCode const&, UserChange const&,
                        std::string const& outcome, TrailRecord by);

} // namespace store
