// Users, as administrators see and change them: what one asks for, a second one confirms. Whoever
// gives rights gives none to himself.
#include "daifud/access_answers.hpp"
#include "daifud/changes.hpp"

#include "ledger/assert.hpp"
#include "secrets/secrets.hpp"
#include "store/changes.hpp"
#include "wire/answers.hpp"
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

namespace {

Result<ledger::Principal> new_user_in(json::object const& body)
{
    wire::ObjectReader from{body};
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
    return who;
}

Result<store::StaffChange> rights_in(json::object const& body)
{
    wire::ObjectReader from{body};
    store::StaffChange change;
    if (from.has("roles")) change.roles = roles_from(from);
    if (from.has("township")) change.township = from.id_or_null<ledger::UnitCode>("township");
    if (from.has("enabled")) change.is_enabled = from.truth_or("enabled", true);
    if (auto const read = from.finish(); !read) return std::unexpected{read.error()};
    if (change.roles) {
        if (auto const good = ledger::check_roles(*change.roles); !good)
            return std::unexpected{good.error()};
    }
    return change;
}

json::object rights_json(store::Staff const& one)
{
    auto const all = staff_json(one);
    return {{"roles", all.at("roles")},
            {"township", all.at("township")},
            {"enabled", all.at("enabled")}};
}

/// The rights before and after. Refuses user_not_found.
Result<std::string> effect_of(AccessCall const& call, UserName const& user,
                              store::StaffChange const& change)
{
    auto const before = store::staff(call.access, call.county, user);
    if (!before) return refuse(Refusal::user_not_found, "user");
    store::Staff after = *before;
    if (change.roles) after.who.roles = *change.roles;
    if (change.township) after.who.township = *change.township;
    if (change.is_enabled) after.is_enabled = *change.is_enabled;
    return json::serialize(
        json::object{{"was", rights_json(*before)}, {"becomes", rights_json(after)}});
}

Result<void> known_user(AccessCall const& call, UserName const& user)
{
    if (!store::staff(call.access, call.county, user))
        return refuse(Refusal::user_not_found, "user");
    return {};
}

} // namespace

Result<http::Response> add_user(AccessCall const& call)
{
    auto const body = call.body();
    if (!body) return std::unexpected{body.error()};
    auto const who = new_user_in(*body);
    if (!who) return std::unexpected{who.error()};
    if (store::staff(call.access, call.county, who->user))
        return refuse(Refusal::user_already_exists, "user");
    if (!store::is_known_township(call.access, call.county, who->township))
        return refuse(Refusal::township_not_found, "township");
    return waits(call, {.act = "add", .subject = who->user.text(), .body = json::serialize(*body)});
}

Result<http::Response> change_rights(AccessCall const& call)
{
    auto const user = other_user(call);
    if (!user) return std::unexpected{user.error()};
    auto const body = call.body();
    if (!body) return std::unexpected{body.error()};
    auto const change = rights_in(*body);
    if (!change) return std::unexpected{change.error()};
    auto const effect = effect_of(call, *user, *change);
    if (!effect) return std::unexpected{effect.error()};
    return waits(call, {.act = "rights",
                        .subject = user->text(),
                        .body = json::serialize(*body),
                        .effect = *effect});
}

Result<http::Response> reset_password(AccessCall const& call)
{
    auto const user = other_user(call);
    if (!user) return std::unexpected{user.error()};
    if (auto const known = known_user(call, *user); !known) return std::unexpected{known.error()};
    return waits(
        call,
        {.act = "password", .subject = user->text(), .body = json::serialize(json::object{})});
}

Result<http::Response> forget_second_factor(AccessCall const& call)
{
    auto const user = other_user(call);
    if (!user) return std::unexpected{user.error()};
    if (auto const known = known_user(call, *user); !known) return std::unexpected{known.error()};
    return waits(
        call,
        {.act = "second_factor", .subject = user->text(), .body = json::serialize(json::object{})});
}

namespace {

Result<http::Response> with_password(UserName const& user, Result<void> const& done,
                                     std::string const& password)
{
    if (!done) return std::unexpected{done.error()};
    return http::created(wire::text_of({{"user", user.text()}, {"password", password}}));
}

} // namespace

Result<http::Response> perform_user_change(AccessCall const& call, store::AskedChange const& change)
{
    auto const user = UserName::parse(change.subject);
    LEDGER_ASSERT(user.has_value());
    json::value const sent = json::parse(change.body);
    auto const& body = sent.as_object();
    if (change.act == "rights") {
        auto const rights = rights_in(body);
        if (!rights) return std::unexpected{rights.error()};
        auto const effect = effect_of(call, *user, *rights);
        if (!effect) return std::unexpected{effect.error()};
        if (auto const same = check_effect(change, *effect); !same)
            return std::unexpected{same.error()};
        return done(store::change_staff(call.access, call.county, *user, *rights, call.trail()));
    }
    if (change.act == "second_factor")
        return done(store::forget_totp(call.access, call.county, *user, call.trail()));
    auto const password = secrets::random_password();
    auto const hash = secrets::password_hash(password);
    if (change.act == "password")
        return with_password(
            *user, store::set_password(call.access, call.county, *user, hash, 0, call.trail()),
            password);
    auto const who = new_user_in(body);
    if (!who) return std::unexpected{who.error()};
    return with_password(
        *user, store::add_staff(call.access, call.county, *who, hash, call.trail()), password);
}

} // namespace daifud
