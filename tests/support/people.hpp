// Who asks in the tests: people with tokens that every fresh county has, so that a test that is not
// about rights need not sign in.
#pragma once

#include "ledger/access.hpp"
#include "store/access.hpp"

#include <string>
#include <string_view>

namespace test {

/// An officer and checker of the whole county.
inline constexpr char const* desk_token = "token-of-the-desk";
/// Somebody else who checks.
inline constexpr char const* checker_token = "token-of-the-checker";
inline constexpr char const* auditor_token = "token-of-the-auditor";
inline constexpr char const* administrator_token = "token-of-the-administrator";

/// Whoever may ask that: the auditor what he alone reads, the administrator of users, else the
/// desk.
std::string token_for(std::string_view target);
/// "Authorization: Bearer …".
std::string bearer(std::string const& token);

/// Adds somebody with a token that writes; his password fits nothing.
void add_person(store::Database& access, ledger::Principal const&, std::string const& token,
                store::TokenScope scope = store::TokenScope::confirm);
ledger::Principal person(std::string const& user, ledger::UserRoles roles,
                         std::string const& township = {});
/// The four of above.
void add_people(std::string const& url);

} // namespace test
