#include "tests/support/people.hpp"

#include "tests/support/desk.hpp"

#include <stdexcept>

namespace test {

using ledger::UserRole;

std::string token_for(std::string_view target)
{
    if (target.starts_with("/v1/doctor") || target.starts_with("/v1/trail")) return auditor_token;
    for (char const* administered :
         {"/v1/users", "/v1/changes", "/v1/rule-changes", "/v1/terminals"})
        if (target.starts_with(administered)) return administrator_token;
    return desk_token;
}

std::string bearer(std::string const& token)
{
    return "Authorization: Bearer " + token;
}

ledger::Principal person(std::string const& user, ledger::UserRoles roles,
                         std::string const& township)
{
    return {id<ledger::UserName>(user), "演示 " + user, std::move(roles),
            township.empty() ? ledger::UnitCode{} : id<ledger::UnitCode>(township)};
}

void add_person(store::Database& access, ledger::Principal const& who, std::string const& token,
                store::TokenScope scope)
{
    constexpr char const* fits_nothing = "$argon2id$fits-nothing";
    auto const added = store::add_staff(access, fengqing(), who, fits_nothing, {.actor = "test"});
    if (!added) throw std::runtime_error{std::string{name_of(added.error().code)}};
    auto const made = store::make_token(access, fengqing(),
                                        {who.user, ledger::file_digest(token), "test", scope, 300},
                                        {.actor = "test"});
    if (!made) throw std::runtime_error{std::string{name_of(made.error().code)}};
}

void add_people(std::string const& url)
{
    store::Database access{url, store::Role::access};
    add_person(access, person("desk", {UserRole::officer, UserRole::checker}), desk_token);
    add_person(access, person("checker", {UserRole::checker}), checker_token);
    add_person(access, person("auditor", {UserRole::auditor}), auditor_token);
    add_person(access, person("administrator", {UserRole::administrator}), administrator_token);
}

} // namespace test
