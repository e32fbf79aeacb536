// Users and tokens from the terminal: how the first administrator comes to be, and the way back in
// for one who has lost his password or his telephone. Whoever may run this has the database.
#include "daifu/verbs.hpp"

#include "ledger/access.hpp"
#include "secrets/secrets.hpp"
#include "store/access.hpp"
#include "wire/answers.hpp"
#include "wire/choices.hpp"

#include <boost/json.hpp>

#include <sodium.h>

namespace daifu {

namespace json = boost::json;
using ledger::Refusal;
using ledger::Result;
using ledger::UserName;

namespace {

constexpr int name_limit = 60;

store::TrailRecord by_operator()
{
    return {.actor = "operator"};
}

Result<ledger::UserRoles> roles_of(std::vector<std::string> const& codes)
{
    ledger::UserRoles roles;
    for (std::string const& code : codes) {
        auto const role = ledger::user_role_named(code);
        if (!role) return ledger::refuse(role.error().code, "--role", role.error().limit);
        roles.insert(*role);
    }
    if (auto const good = ledger::check_roles(roles); !good)
        return ledger::refuse(good.error().code, "--role", good.error().limit);
    return roles;
}

Result<ledger::Principal> principal_of(UserArguments const& arguments)
{
    ledger::Principal who;
    auto const user = ledger::user_name(arguments.user);
    if (!user) return std::unexpected{user.error()};
    who.user = *user;
    auto const name = ledger::checked_text(arguments.name, name_limit);
    if (!name) return ledger::refuse(name.error().code, "--name", name.error().limit);
    who.name = *name;
    auto const roles = roles_of(arguments.roles);
    if (!roles) return std::unexpected{roles.error()};
    who.roles = *roles;
    if (arguments.township.empty()) return who;
    auto const township = ledger::UnitCode::parse(arguments.township);
    if (!township) return ledger::refuse(Refusal::township_not_found, "--township");
    who.township = *township;
    return who;
}

std::string roles_text(ledger::UserRoles const& roles)
{
    std::string text;
    for (auto const role : roles)
        text += (text.empty() ? "" : "、") + std::string{chinese_of(role)} + " " +
                std::string{code_of(role)};
    return text;
}

Exit tell_password(Settings const& settings, UserName const& user, std::string const& password)
{
    if (settings.json) {
        print(json::object{{"user", user.text()}, {"password", password}});
    } else {
        print("用户 user " + user.text() + "  密码 password " + password +
              "\n只显示这一次，请当面交给本人 shown this once\n");
    }
    return Exit::done;
}

} // namespace

Exit add_user(Settings const& settings, UserArguments const& arguments)
{
    auto const who = principal_of(arguments);
    if (!who) return refuse_aloud(who.error(), settings.json);
    Books books{settings};
    if (auto const county = books.status(); !county)
        return refuse_aloud(county.error(), settings.json);
    auto const password = secrets::random_password();
    auto const added = store::add_staff(books.access(), books.county(), *who,
                                        secrets::password_hash(password), by_operator());
    if (!added) return refuse_aloud(added.error(), settings.json);
    return tell_password(settings, who->user, password);
}

Exit reset_user(Settings const& settings, UserArguments const& arguments)
{
    auto const user = ledger::user_name(arguments.user);
    if (!user) return refuse_aloud(user.error(), settings.json);
    Books books{settings};
    if (auto const county = books.status(); !county)
        return refuse_aloud(county.error(), settings.json);
    auto const password = secrets::random_password();
    auto const set = store::set_password(books.access(), books.county(), *user,
                                         secrets::password_hash(password), 0, by_operator());
    if (!set) return refuse_aloud(set.error(), settings.json);
    if (arguments.forget_second_factor) {
        auto const forgot =
            store::forget_totp(books.access(), books.county(), *user, by_operator());
        if (!forgot) return refuse_aloud(forgot.error(), settings.json);
    }
    return tell_password(settings, *user, password);
}

Exit list_users(Settings const& settings)
{
    using enum Align;
    Books books{settings};
    if (auto const county = books.status(); !county)
        return refuse_aloud(county.error(), settings.json);
    Table table{{"用户 user", "姓名 name", "岗位 roles", "乡镇 township", "启用 enabled",
                 "手机验证 second factor"},
                {left, left, left, left, left, left}};
    json::array list;
    for (store::Staff const& one : store::all_staff(books.access(), books.county())) {
        table.row({one.who.user.text(), one.who.name, roles_text(one.who.roles),
                   one.who.township.is_empty() ? "全县 county" : one.who.township.text(),
                   one.is_enabled ? "是 yes" : "否 no",
                   one.has_second_factor ? "是 yes" : "否 no"});
        json::array roles;
        for (auto const role : one.who.roles) roles.emplace_back(code_of(role));
        list.push_back(json::object{{"user", one.who.user.text()},
                                    {"name", one.who.name},
                                    {"roles", std::move(roles)},
                                    {"township", one.who.township.text()},
                                    {"enabled", one.is_enabled},
                                    {"has_second_factor", one.has_second_factor}});
    }
    if (settings.json)
        print(json::object{{"users", std::move(list)}});
    else
        print(table.text());
    return Exit::done;
}

Exit make_token(Settings const& settings, TokenArguments const& arguments)
{
    auto const user = ledger::user_name(arguments.user);
    if (!user) return refuse_aloud(user.error(), settings.json);
    auto const purpose = ledger::checked_text(arguments.purpose, name_limit);
    if (!purpose)
        return refuse_aloud({purpose.error().code, "--purpose", purpose.error().limit},
                            settings.json);
    Books books{settings};
    if (auto const county = books.status(); !county)
        return refuse_aloud(county.error(), settings.json);
    auto const secret = secrets::random_token();
    auto const scope = wire::enum_named<store::TokenScope>(arguments.scope);
    auto const made = store::make_token(books.access(), books.county(),
                                        {*user, secrets::digest_of(secret), *purpose,
                                         scope.value_or(store::TokenScope::read), arguments.days},
                                        by_operator());
    if (!made) return refuse_aloud(made.error(), settings.json);
    if (settings.json)
        print(json::object{{"token", *made}, {"secret", secret}});
    else
        print(secret + "\n");
    return Exit::done;
}

} // namespace daifu
