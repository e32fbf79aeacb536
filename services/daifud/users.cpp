// Users, as an administrator sees and changes them. Whoever gives rights gives none to himself.
#include "daifud/access_answers.hpp"

#include "secrets/secrets.hpp"
#include "wire/json.hpp"

#include <boost/json.hpp>

namespace daifud {

namespace json = boost::json;
using ledger::Refusal;
using ledger::refuse;
using ledger::Result;
using ledger::UserName;

namespace {

constexpr int name_limit = 60;
constexpr int roles_limit = static_cast<int>(ledger::all_user_roles.size());

ledger::UserRoles roles_from(wire::ObjectReader& from)
{
    auto const list = from.choices<ledger::UserRole>("roles", 1, roles_limit);
    return {list.begin(), list.end()};
}

/// Of the path. An administrator is not his own.
Result<UserName> other_user(AccessCall const& call)
{
    auto user = UserName::parse(call.request.parameters.at("user"));
    if (!user) return refuse(Refusal::user_not_found, "user");
    if (*user == call.caller().who.user) return refuse(Refusal::own_rights, "user");
    return user;
}

} // namespace

Result<http::Response> user_list(AccessCall const& call)
{
    json::array list;
    for (store::Staff const& one : store::all_staff(call.access, call.county))
        list.push_back(staff_json(one));
    return http::ok(wire::text_of({{"users", std::move(list)}}));
}

Result<http::Response> add_user(AccessCall const& call)
{
    auto const body = call.body();
    if (!body) return std::unexpected{body.error()};
    wire::ObjectReader from{*body};
    auto const name = from.text("user", ledger::user_name_most);
    ledger::Principal who;
    who.name = from.text("name", name_limit);
    who.roles = roles_from(from);
    who.township = from.id_or_null<ledger::UnitCode>("township"); // null: the whole county
    if (auto const read = from.finish(); !read) return std::unexpected{read.error()};
    auto const user = ledger::user_name(name);
    if (!user) return std::unexpected{user.error()};
    who.user = *user;
    if (auto const good = ledger::check_roles(who.roles); !good)
        return std::unexpected{good.error()};
    auto const password = secrets::random_password();
    if (auto const added = store::add_staff(call.access, call.county, who,
                                            secrets::password_hash(password), call.trail());
        !added)
    {
        return std::unexpected{added.error()};
    }
    return http::created(wire::text_of({{"user", who.user.text()}, {"password", password}}));
}

Result<http::Response> change_rights(AccessCall const& call)
{
    auto const user = other_user(call);
    if (!user) return std::unexpected{user.error()};
    auto const body = call.body();
    if (!body) return std::unexpected{body.error()};
    wire::ObjectReader from{*body};
    store::StaffChange change;
    if (from.has("roles")) change.roles = roles_from(from);
    if (from.has("township")) change.township = from.id_or_null<ledger::UnitCode>("township");
    if (from.has("enabled")) change.is_enabled = from.truth_or("enabled", true);
    if (auto const read = from.finish(); !read) return std::unexpected{read.error()};
    if (change.roles) {
        if (auto const good = ledger::check_roles(*change.roles); !good)
            return std::unexpected{good.error()};
    }
    return done(store::change_staff(call.access, call.county, *user, change, call.trail()));
}

Result<http::Response> reset_password(AccessCall const& call)
{
    auto const user = other_user(call);
    if (!user) return std::unexpected{user.error()};
    auto const password = secrets::random_password();
    auto const set = store::set_password(call.access, call.county, *user,
                                         secrets::password_hash(password), 0, call.trail());
    if (!set) return std::unexpected{set.error()};
    return http::created(wire::text_of({{"user", user->text()}, {"password", password}}));
}

Result<http::Response> forget_second_factor(AccessCall const& call)
{
    auto const user = other_user(call);
    if (!user) return std::unexpected{user.error()};
    return done(store::forget_totp(call.access, call.county, *user, call.trail()));
}

} // namespace daifud
