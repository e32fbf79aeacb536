// Who may do what: the roles, one table of permissions, and the person who asks. A right is a fact
// of the table, never of a screen; the service asks it before every route and the one write path
// asks again where the command takes effect. Pure: who is signed in is an argument.
#pragma once

#include "ledger/decide.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace ledger {

using UserName = Id<struct UserTag>; ///< as it is typed to sign in
inline constexpr int user_name_least = 3;
inline constexpr int user_name_most = 32;
/// A name that a user may be given. Refuses user_name_malformed.
Result<UserName> user_name(std::string_view);

enum class UserRole : std::uint8_t {
    officer = 1,   ///< 经办员: records loans, repayments and households
    checker,       ///< 复核员: confirms what another person recorded
    auditor,       ///< 审计员: reads everything, changes nothing
    administrator, ///< 管理员: users and rights, no money
};
inline constexpr std::array all_user_roles{UserRole::officer, UserRole::checker, UserRole::auditor,
                                           UserRole::administrator};
/// "officer", "checker", "auditor", "administrator".
std::string_view code_of(UserRole);
/// 经办员, 复核员, 审计员, 管理员.
std::string_view chinese_of(UserRole);
/// Refuses choice_unknown (field "roles", the codes).
Result<UserRole> user_role_named(std::string_view code);

using UserRoles = std::set<UserRole>;
/// Refuses roles_missing; roles_conflict: an auditor audits nobody he works with, and whoever gives
/// rights uses none.
Result<void> check_roles(UserRoles const&);
/// Whether a password alone is too little: of everybody but an officer.
bool needs_second_factor(UserRoles const&);

/// How far a right reaches.
enum class Reach : std::uint8_t {
    none = 1,
    own, ///< in his township; everywhere, and what has no place too, where he has none
    any, ///< everywhere in the county
};
std::string_view code_of(Reach); ///< "none", "own", "any"

/// One row of the table: a command by its code, or a reading.
struct Permission {
    std::string_view operation; ///< "repay", "read_loans" …
    std::string_view chinese;
    std::string_view english;
    std::array<Reach, all_user_roles.size()> reaches; ///< in the order of all_user_roles
    bool is_checked = false; ///< a second person confirms it before it is booked
    Reach of(UserRole role) const { return reaches[static_cast<std::size_t>(role) - 1]; }
};
std::span<Permission const> permissions();
/// The row, or nullptr.
Permission const* permission_for(std::string_view operation);

/// Who asks, as the sign-in found him.
struct Principal {
    UserName user;
    std::string name;  ///< as people call him
    UserRoles roles;   ///< never empty
    UnitCode township; ///< where he works; empty: the whole county
    friend bool operator==(Principal const&, Principal const&) = default;
};
/// The widest that one of his roles gives. Asserts that the operation is in the table.
Reach reach_of(Principal const&, std::string_view operation);
/// The township outside of which he may not: empty where his right reaches everywhere. Refuses
/// right_missing (field: the operation; limit: the roles that have it).
Result<UnitCode> confinement_of(Principal const&, std::string_view operation);

/// The village or township in which a command takes effect: of the loan, the household, the
/// borrower or the register that it is about; nothing where it is the county's.
std::optional<UnitCode> place_of(Command const&, Situation const&);
/// Refuses not_own_township (limit: the township). An empty township confines nobody.
Result<void> check_place(UnitCode const& township, std::optional<UnitCode> const& place);

inline constexpr int password_least = 12; ///< characters
inline constexpr int password_most = 128;
/// Refuses password_too_short (limit), password_too_long (limit), password_guessable (a common one,
/// one that holds the user's name, or hardly any different characters). No rule asks for kinds of
/// characters and none for a change by date: length is what counts (NIST SP 800-63B).
Result<void> check_password(std::string_view password, UserName const&);

} // namespace ledger
