#include "ledger/access.hpp"

#include "ledger/assert.hpp"

#include <algorithm>

namespace ledger {

Result<UserName> user_name(std::string_view text)
{
    auto const is_small = [](char c) { return c >= 'a' && c <= 'z'; };
    auto const fits = [&](char c) {
        return is_small(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    };
    bool const is_good = text.size() >= std::size_t{user_name_least} &&
                         text.size() <= std::size_t{user_name_most} && is_small(text.front()) &&
                         std::ranges::all_of(text, fits);
    if (!is_good) return refuse(Refusal::user_name_malformed, "user");
    return UserName::parse(text);
}

std::string_view code_of(UserRole role)
{
    switch (role) {
    case UserRole::officer: return "officer";
    case UserRole::checker: return "checker";
    case UserRole::auditor: return "auditor";
    case UserRole::administrator: return "administrator";
    }
    LEDGER_ASSERT(!"a role that is not in the list");
}

std::string_view chinese_of(UserRole role)
{
    switch (role) {
    case UserRole::officer: return "经办员";
    case UserRole::checker: return "复核员";
    case UserRole::auditor: return "审计员";
    case UserRole::administrator: return "管理员";
    }
    LEDGER_ASSERT(!"a role that is not in the list");
}

std::string_view code_of(Reach reach)
{
    switch (reach) {
    case Reach::none: return "none";
    case Reach::own: return "own";
    case Reach::any: return "any";
    }
    LEDGER_ASSERT(!"a reach that is not in the list");
}

Result<UserRole> user_role_named(std::string_view code)
{
    std::string codes;
    for (UserRole const role : all_user_roles) {
        if (code_of(role) == code) return role;
        codes += (codes.empty() ? "" : ", ") + std::string{code_of(role)};
    }
    return refuse(Refusal::choice_unknown, "roles", std::move(codes));
}

Result<void> check_roles(UserRoles const& roles)
{
    if (roles.empty()) return refuse(Refusal::roles_missing, "roles");
    bool const stands_alone =
        roles.contains(UserRole::auditor) || roles.contains(UserRole::administrator);
    if (stands_alone && roles.size() > 1) return refuse(Refusal::roles_conflict, "roles");
    return {};
}

bool needs_second_factor(UserRoles const& roles)
{
    return roles != UserRoles{UserRole::officer};
}

} // namespace ledger
