#include "daifud/access_answers.hpp"

#include "daifud/adapt.hpp"
#include "daifud/command_request.hpp"
#include "daifud/fault_text.hpp"
#include "daifud/reading.hpp"

#include "http/limits.hpp"
#include "http/log.hpp"
#include "secrets/secrets.hpp"
#include "wire/answers.hpp"
#include "wire/json.hpp"

#include <boost/json.hpp>

namespace daifud {

namespace json = boost::json;
using ledger::Refusal;
using ledger::refuse;
using ledger::Result;

namespace {

constexpr int purpose_limit = 80; ///< characters
constexpr int trail_text_limit = 120;

http::Response answered(AccessHandler handler, AccessCall const& call)
{
    try {
        if (!store::has_county(call.access, call.county))
            return http::refusal({Refusal::county_not_found, "Daifu-County", {}});
        auto response = handler(call);
        return response ? *std::move(response) : http::refusal(response.error());
    } catch (store::DatabaseUnavailable const&) {
        return http::refusal(Refusal::database_unavailable);
    } catch (std::exception const& fault) {
        http::log(http::LogLevel::error, "request.failed",
                  {{"what", log_text_of(fault)},
                   {"route", std::string{call.request.route}},
                   {"request_id", call.request.request_id}});
        return http::refusal(Refusal::internal_fault);
    }
}

Reading reading_of(AccessCall const& call)
{
    return {call.request, call.access, call.county, call.service.business_day()};
}

/// Part of the path as a number.
Result<std::int64_t> number_in(AccessCall const& call, std::string_view name)
{
    return reading_of(call).path_number(name);
}

Result<store::TrailFilter> trail_filter(AccessCall const& call)
{
    Reading const reading = reading_of(call);
    store::TrailFilter filter;
    for (auto const& [name, field] :
         {std::pair{"actor", &filter.actor}, std::pair{"subject", &filter.subject},
          std::pair{"event", &filter.event}})
    {
        auto text = reading.text(name, trail_text_limit);
        if (!text) return std::unexpected{text.error()};
        *field = *std::move(text);
    }
    auto const before = reading.number_or("before", 1, std::numeric_limits<int>::max(), 0);
    if (!before) return std::unexpected{before.error()};
    if (*before > 0) filter.before = *before;
    auto const limit = reading.number_or("limit", 1, store::page_limit, filter.limit);
    if (!limit) return std::unexpected{limit.error()};
    filter.limit = *limit;
    return filter;
}

json::value object_or_null(std::string const& text)
{
    return text.empty() ? json::value{} : json::parse(text);
}

Result<http::Response> trail_page(AccessCall const& call, store::TrailFilter const& filter)
{
    auto const lines = store::trail(call.access, call.county, filter);
    json::array list;
    for (store::TrailLine const& line : lines) {
        list.push_back(json::object{{"number", line.number},
                                    {"happened_at", wire::rfc3339(line.happened_at)},
                                    {"actor", line.what.actor},
                                    {"event", line.what.event},
                                    {"subject", line.what.subject},
                                    {"result", line.what.result},
                                    {"address", line.what.address},
                                    {"request_id", line.what.request_id},
                                    {"was", object_or_null(line.what.was)},
                                    {"became", object_or_null(line.what.became)}});
    }
    bool const is_full = std::cmp_equal(lines.size(), filter.limit);
    return http::ok(
        wire::text_of({{"trail", std::move(list)},
                       {"next", is_full ? json::value(lines.back().number) : json::value{}}}));
}

json::array roles_json(ledger::UserRoles const& roles)
{
    json::array list;
    for (auto const role : roles) list.emplace_back(code_of(role));
    return list;
}

} // namespace

Result<void> AccessCall::person() const
{
    if (caller().is_by_token()) return refuse(Refusal::sign_in_needed);
    return {};
}

Result<json::object> AccessCall::body() const
{
    return body_of(request);
}

namespace {

http::Handler on(Workers& pool, Refusal full, Service& service, AccessHandler handler)
{
    return [&service, &pool, full, handler](std::shared_ptr<http::Request const> asked,
                                            http::Respond respond) {
        auto const county = county_of(service, *asked);
        if (!county) return respond(http::refusal(county.error()));
        auto const back = std::make_shared<http::Respond>(std::move(respond));
        bool const is_taken = pool.submit(
            [&service, handler, asked, back, county = *county](store::Database& access) {
                (*back)(answered(handler, {service, access, *asked, county}));
            });
        if (is_taken) return;
        (*back)(http::refusal({full, {}, std::to_string(http::retry_after_s)}));
    };
}

} // namespace

http::Handler with_access(Service& service, AccessHandler handler)
{
    return on(service.people, Refusal::service_busy, service, handler);
}

http::Handler with_hashing(Service& service, AccessHandler handler)
{
    return on(service.signing, Refusal::sign_ins_queue_full, service, handler);
}

Result<http::Response> done(Result<void> const& result)
{
    if (!result) return std::unexpected{result.error()};
    return http::ok("{}");
}

json::object staff_json(store::Staff const& one)
{
    return {
        {"user", one.who.user.text()},
        {"name", one.who.name},
        {"roles", roles_json(one.who.roles)},
        {"township",
         one.who.township.is_empty() ? json::value{} : json::value(one.who.township.text())},
        {"enabled", one.is_enabled},
        {"has_second_factor", one.has_second_factor},
        {"needs_second_factor", needs_second_factor(one.who.roles)},
        {"added_at", wire::rfc3339(one.added_at)},
        {"password_set_at", wire::rfc3339(one.password_set_at)},
    };
}

Result<http::Response> own_card(AccessCall const& call)
{
    auto const known = store::staff(call.access, call.county, call.caller().who.user);
    if (!known) return refuse(Refusal::user_not_found, "user");
    json::object rights;
    for (ledger::Permission const& row : ledger::permissions())
        rights[row.operation] = code_of(reach_of(known->who, row.operation));
    auto out = staff_json(*known);
    out["rights"] = std::move(rights);
    return http::ok(wire::text_of(out));
}

Result<http::Response> own_sessions(AccessCall const& call)
{
    json::array list;
    for (auto const& line : store::sessions_of(call.access, call.county, call.caller().who.user)) {
        list.push_back(json::object{{"session", line.number},
                                    {"is_this", line.number == call.caller().session},
                                    {"address", line.address},
                                    {"agent", line.agent},
                                    {"opened_at", wire::rfc3339(line.opened_at)},
                                    {"seen_at", wire::rfc3339(line.seen_at)},
                                    {"expires_at", wire::rfc3339(line.expires_at)}});
    }
    return http::ok(wire::text_of({{"sessions", std::move(list)}}));
}

Result<http::Response> end_own_session(AccessCall const& call)
{
    if (auto const person = call.person(); !person) return std::unexpected{person.error()};
    auto const number = number_in(call, "session");
    if (!number) return std::unexpected{number.error()};
    if (auto const proved = check_proof(call.caller()); !proved)
        return std::unexpected{proved.error()};
    return done(store::end_session(call.access, call.county, call.caller().who.user, *number,
                                   call.trail()));
}

Result<http::Response> own_trail(AccessCall const& call)
{
    auto filter = trail_filter(call);
    if (!filter) return std::unexpected{filter.error()};
    filter->whose = call.caller().who.user.text();
    return trail_page(call, *filter);
}

Result<http::Response> whole_trail(AccessCall const& call)
{
    auto const filter = trail_filter(call);
    if (!filter) return std::unexpected{filter.error()};
    return trail_page(call, *filter);
}

Result<http::Response> own_tokens(AccessCall const& call)
{
    json::array list;
    for (auto const& line : store::tokens_of(call.access, call.county, call.caller().who.user)) {
        list.push_back(json::object{
            {"token", line.number},
            {"purpose", line.purpose},
            {"scope", code_of(line.scope)},
            {"made_at", wire::rfc3339(line.made_at)},
            {"seen_at", line.seen_at ? json::value(wire::rfc3339(*line.seen_at)) : json::value{}},
            {"expires_at", wire::rfc3339(line.expires_at)}});
    }
    return http::ok(wire::text_of({{"tokens", std::move(list)}}));
}

Result<http::Response> make_own_token(AccessCall const& call)
{
    auto const body = call.body();
    if (!body) return std::unexpected{body.error()};
    wire::ObjectReader from{*body};
    auto const secret = secrets::random_token();
    store::NewToken token{call.caller().who.user,
                          secrets::digest_of(secret),
                          from.text("purpose", purpose_limit),
                          from.choice_or("scope", store::TokenScope::read),
                          from.integer_or("days", 1, store::token_days_most, 90),
                          call.caller().has_second_factor};
    if (auto const read = from.finish(); !read) return std::unexpected{read.error()};
    // A token that could make another would never expire.
    if (auto const person = call.person(); !person) return std::unexpected{person.error()};
    if (auto const proved = check_proof(call.caller()); !proved)
        return std::unexpected{proved.error()};
    // Nor does one stand for a password that somebody else knows.
    if (call.caller().has_initial_password) return refuse(Refusal::password_must_change);
    if (needs_second_factor(call.caller().who.roles) && !call.caller().has_second_factor)
        return refuse(Refusal::second_factor_not_set_up);
    auto const number = store::make_token(call.access, call.county, token, call.trail());
    if (!number) return std::unexpected{number.error()};
    return http::created(wire::text_of({{"token", *number}, {"secret", secret}}));
}

Result<http::Response> end_own_token(AccessCall const& call)
{
    if (auto const person = call.person(); !person) return std::unexpected{person.error()};
    auto const number = number_in(call, "token");
    if (!number) return std::unexpected{number.error()};
    return done(
        store::end_token(call.access, call.county, call.caller().who.user, *number, call.trail()));
}

Result<http::Response> permission_table(AccessCall const&)
{
    json::array rows;
    for (ledger::Permission const& row : ledger::permissions()) {
        json::object one{
            {"operation", row.operation}, {"chinese", row.chinese}, {"english", row.english}};
        for (auto const role : ledger::all_user_roles) one[code_of(role)] = code_of(row.of(role));
        rows.push_back(std::move(one));
    }
    return http::ok(wire::text_of({{"permissions", std::move(rows)}}));
}

} // namespace daifud
