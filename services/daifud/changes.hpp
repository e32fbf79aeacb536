// What one administrator asks for and a second one confirms: users and the county's rules. Each
// kind says how it is performed; what is common to them stands in changes.cpp.
#pragma once

#include "daifud/access_answers.hpp"

#include "store/changes.hpp"

namespace daifud {

/// 202: it waits for the second one. The maker is filled in.
ledger::Result<http::Response> waits(AccessCall const&, store::AskedChange);

/// Refuses pending_effect_changed (limit: what it would do now) where that is not what the maker
/// saw.
ledger::Result<void> check_effect(store::AskedChange const&, std::string const& now);

/// Done for the second one, in the transaction that settles it: a first password is shown to him,
/// never to whoever asked for it.
ledger::Result<http::Response> perform_user_change(AccessCall const&, store::AskedChange const&);
/// And what a change is refused for by now.
ledger::Result<http::Response> perform_rule_change(AccessCall const&, store::AskedChange const&);

} // namespace daifud
