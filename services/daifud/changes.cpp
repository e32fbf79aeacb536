// What waits for a second administrator, and what becomes of it.
#include "daifud/changes.hpp"

#include "daifud/reading.hpp"

#include "ledger/four_eyes.hpp"
#include "wire/answers.hpp"
#include "wire/json.hpp"

#include <boost/json.hpp>

namespace daifud {

namespace json = boost::json;
using ledger::Refusal;
using ledger::refuse;
using ledger::Result;
using ledger::UserName;

Result<http::Response> waits(AccessCall const& call, store::AskedChange change)
{
    change.maker = call.caller().who.user.text();
    auto const number = store::submit_change(call.access, call.county, change, call.trail());
    auto response = http::ok(wire::text_of({{"change", number}, {"status", "waiting"}}));
    response.status = 202;
    return response;
}

Result<void> check_effect(store::AskedChange const& change, std::string const& now)
{
    bool const is_known = !change.effect.empty(); // not of what was asked of an earlier build
    if (is_known && json::parse(now) == json::parse(change.effect)) return {};
    return refuse(Refusal::pending_effect_changed, "change", now);
}

namespace {

Result<store::AskedChange> change_of(AccessCall const& call)
{
    auto const number =
        Reading{call.request, call.access, call.county, call.service.business_day()}.path_number(
            "change");
    if (!number) return std::unexpected{number.error()};
    auto change = store::change_asked(call.access, call.county, *number);
    if (!change) return refuse(Refusal::pending_not_found, "change");
    if (change->outcome != "waiting")
        return refuse(Refusal::pending_settled, "change", change->outcome);
    return *std::move(change);
}

std::string_view operation_of(store::AskedChange const& change)
{
    return change.act == "rules" ? "manage_rules" : "manage_users";
}

/// A change is as good as its maker is now, and not for long.
Result<void> still_holds(AccessCall const& call, store::AskedChange const& change)
{
    auto const maker = UserName::parse(change.maker);
    auto const known = maker ? store::staff(call.access, call.county, *maker) : std::nullopt;
    if (!known || !known->is_enabled || !ledger::confinement_of(known->who, operation_of(change)))
        return refuse(Refusal::pending_maker_gone, "change");
    auto const age = std::chrono::system_clock::now() - change.made_at;
    if (age > std::chrono::days{ledger::pending_days_limit})
        return refuse(Refusal::pending_expired, "change",
                      std::to_string(ledger::pending_days_limit));
    return {};
}

Result<void> settle(AccessCall const& call, store::AskedChange const& change,
                    std::string const& outcome)
{
    if (store::settle_change(call.access, call.county, change, outcome, call.trail())) return {};
    auto const now = store::change_asked(call.access, call.county, change.number);
    return refuse(Refusal::pending_settled, "change", now ? now->outcome : std::string{});
}

} // namespace

Result<http::Response> approve_change(AccessCall const& call)
{
    auto const change = change_of(call);
    if (!change) return std::unexpected{change.error()};
    auto const& who = call.caller().who.user.text();
    if (change->maker == who) return refuse(Refusal::same_person);
    if (change->subject == who && change->act != "rules")
        return refuse(Refusal::own_rights, "user");
    if (auto const proved = check_proof(call.caller()); !proved)
        return std::unexpected{proved.error()};
    if (auto const holds = still_holds(call, *change); !holds)
        return std::unexpected{holds.error()};
    Result<http::Response> response = refuse(Refusal::internal_fault);
    auto const done_at_once = store::together(call.access, call.county, [&]() -> Result<void> {
        if (auto const settled = settle(call, *change, "approved"); !settled) return settled;
        response = change->act == "rules" ? perform_rule_change(call, *change)
                                          : perform_user_change(call, *change);
        if (!response) return std::unexpected{response.error()};
        return {};
    });
    if (done_at_once) return response;
    // The maker sees what it would do now, and asks for that or for something else.
    if (done_at_once.error().code == Refusal::pending_effect_changed) {
        if (auto const back = settle(call, *change, "sent_back"); !back)
            return std::unexpected{back.error()};
    }
    return std::unexpected{done_at_once.error()};
}

Result<http::Response> refuse_change(AccessCall const& call)
{
    auto const change = change_of(call);
    if (!change) return std::unexpected{change.error()};
    bool const is_own = change->maker == call.caller().who.user.text();
    return done(settle(call, *change, is_own ? "withdrawn" : "refused"));
}

Result<http::Response> change_list(AccessCall const& call)
{
    json::array list;
    for (store::AskedChange const& change : store::changes(call.access, call.county))
        list.push_back(
            json::object{{"change", change.number},
                         {"act", change.act},
                         {"subject", change.subject},
                         {"body", json::parse(change.body)},
                         {"effect", json::parse(change.effect.empty() ? "null" : change.effect)},
                         {"maker", change.maker},
                         {"made_at", wire::rfc3339(change.made_at)},
                         {"status", change.outcome},
                         {"settled_by", change.settled_by}});
    return http::ok(wire::text_of({{"changes", std::move(list)}}));
}

} // namespace daifud
