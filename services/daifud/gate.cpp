#include "daifud/gate.hpp"

#include "daifud/adapt.hpp"
#include "daifud/fault_text.hpp"

#include "http/limits.hpp"
#include "http/log.hpp"
#include "http/problem.hpp"
#include "secrets/secrets.hpp"

#include <algorithm>
#include <span>

namespace daifud {

using ledger::Refusal;
using ledger::refuse;
using ledger::Refused;
using ledger::Result;

namespace {

using Request = std::shared_ptr<http::Request>;

bool is_reading(http::Request const& request)
{
    return request.method == "GET" || request.method == "HEAD";
}

std::string_view bearer_of(http::Request const& request)
{
    constexpr std::string_view scheme = "Bearer ";
    auto const* const header = request.header("Authorization");
    if (header == nullptr || !header->starts_with(scheme)) return {};
    return std::string_view{*header}.substr(scheme.size());
}

/// A browser sends its cookie for whatever page asks: a change must come from a page of ours.
bool is_from_elsewhere(http::Request const& request)
{
    if (auto const* const site = request.header("Sec-Fetch-Site"))
        if (*site != "same-origin" && *site != "none") return true;
    auto const* const origin = request.header("Origin");
    if (origin == nullptr) return false;
    auto const* const host = request.header("Host");
    auto const scheme_ends = origin->find("://");
    return host == nullptr || scheme_ends == std::string::npos ||
           std::string_view{*origin}.substr(scheme_ends + 3) != *host;
}

/// The objects whose place the books tell: they are looked up where they are read.
bool names_an_object(std::string_view pattern)
{
    return std::ranges::any_of(
        std::to_array<std::string_view>(
            {"{loan}", "{borrower}", "{household}", "{number}", "{digest}", "{pending}"}),
        [pattern](std::string_view name) { return pattern.find(name) != std::string_view::npos; });
}

/// A reading of somebody who is confined must tell a place in his township: by `township`, which is
/// his where it is left out, by an object, or by a group that is a place.
Result<void> confine(http::Request& request, http::Route const& route,
                     ledger::UnitCode const& township)
{
    if (township.is_empty() || !is_reading(request)) return {};
    auto const elsewhere = [&township](std::string field) {
        return refuse(Refusal::not_own_township, std::move(field), township.text());
    };
    if (std::ranges::find(route.query, "township") != route.query.end()) {
        auto const found = request.query_values.try_emplace("township", township.text()).first;
        return found->second == township.text() ? Result<void>{} : elsewhere("township");
    }
    if (names_an_object(route.pattern)) return {};
    auto const key = request.query_values.find("key");
    auto const by = request.query_values.find("by");
    bool const is_own_group = key != request.query_values.end() &&
                              by != request.query_values.end() &&
                              (by->second == "township" || by->second == "village") &&
                              key->second.starts_with(township.text());
    return is_own_group ? Result<void>{} : elsewhere({});
}

/// What a request asks for: a figure by borrower shows what each of them owes.
std::string_view operation_of(http::Request const& request, http::Route const& route)
{
    auto const by = request.query_values.find("by");
    bool const names_borrowers = by != request.query_values.end() && by->second == "borrower" &&
                                 route.operation == "read_statistics";
    return names_borrowers ? "read_loans" : route.operation;
}

Result<Caller> judged(http::Request& request, http::Route const& route,
                      store::Admitted const& admitted)
{
    bool const is_own_account = route.operation == "own_account";
    if (admitted.has_initial_password && !is_own_account)
        return refuse(Refusal::password_must_change);
    if (needs_second_factor(admitted.who.roles) && !admitted.has_second_factor && !is_own_account)
        return refuse(Refusal::second_factor_not_set_up);
    // A search is sent, because no address holds a number or a name.
    bool const only_reads = is_reading(request) || route.operation == "read_loans";
    if (!admitted.may_write && !only_reads) return refuse(Refusal::scope_missing);
    auto const operation = operation_of(request, route);
    auto const confined_to = confinement_of(admitted.who, operation);
    if (!confined_to) return std::unexpected{confined_to.error()};
    bool const is_by_borrower = operation != route.operation;
    if (is_by_borrower && !confined_to->is_empty())
        return refuse(Refusal::not_own_township, "by", confined_to->text());
    if (auto const own = confine(request, route, *confined_to); !own)
        return std::unexpected{own.error()};
    return Caller{admitted, *confined_to};
}

/// A table, a sheet or a page that leaves the house.
bool is_export(http::Request const& request)
{
    auto const ends = [&request](std::string_view end) { return request.path.ends_with(end); };
    return ends(".csv") || ends(".xlsx") || ends(".html");
}

/// A right that somebody did not have, and what somebody takes out of the house, is worth knowing:
/// the answer goes when the trail has it.
http::Respond told(Service& service, ledger::CountyCode const& county, Request const& request,
                   std::string const& actor, http::Respond respond)
{
    auto const back = std::make_shared<http::Respond>(std::move(respond));
    return http::Respond{[&service, county, request, actor, back](http::Response response) {
        bool const is_refused_right =
            response.refused && http::is_forbidden(response.refused->code);
        bool const is_taken_out = !response.refused && is_export(*request);
        if (!is_refused_right && !is_taken_out) return (*back)(std::move(response));
        store::TrailRecord record{
            .actor = actor,
            .event = is_taken_out ? "exported" : "refused",
            .subject = request->method + " " + request->path,
            .result = is_taken_out ? "done" : std::string{name_of(response.refused->code)},
            .address = request->address,
            .request_id = request->request_id};
        service.doorman.tell(
            county, std::move(record),
            [back, response = std::move(response)]() mutable { (*back)(std::move(response)); });
    }};
}

} // namespace

Result<void> check_proof(store::Admitted const& who)
{
    if (who.is_proved_lately) return {};
    return refuse(who.is_by_token() ? Refusal::scope_missing : Refusal::proof_needed);
}

std::string_view cookie_of(http::Request const& request)
{
    auto const* const header = request.header("Cookie");
    std::string_view rest = header == nullptr ? std::string_view{} : *header;
    while (!rest.empty()) {
        auto const end = std::min(rest.find(';'), rest.size());
        auto one = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        while (one.starts_with(' ')) one.remove_prefix(1);
        auto const name_ends = one.find('=');
        if (name_ends != std::string_view::npos && one.substr(0, name_ends) == session_cookie)
            return one.substr(name_ends + 1);
    }
    return {};
}

Caller const& caller_of(http::Request const& request)
{
    LEDGER_ASSERT(request.caller != nullptr);
    return *static_cast<Caller const*>(request.caller.get());
}

bool reads_everywhere(ledger::Principal const& who, std::string_view operation)
{
    auto const confined_to = confinement_of(who, operation);
    return confined_to && confined_to->is_empty();
}

store::TrailRecord trail_of(http::Request const& request)
{
    return {.actor = request.caller ? caller_of(request).admitted.who.user.text() : "",
            .address = request.address,
            .request_id = request.request_id};
}

http::Gate gate(Service& service)
{
    return [&service](Request const& request, http::Route const& route, http::Respond respond) {
        // A terminal of the kiosk proves itself, and its borrower, to the handler.
        if (route.operation == "open" || route.operation == "kiosk")
            return route.handler(request, std::move(respond));
        auto const county = county_of(service, *request);
        if (!county) return respond(http::refusal(county.error()));
        auto const bearer = bearer_of(*request);
        auto const token = bearer.empty() ? cookie_of(*request) : bearer;
        if (token.empty()) return respond(http::refusal(Refusal::sign_in_needed));
        bool const is_cookie = bearer.empty();
        if (is_cookie && !is_reading(*request) && is_from_elsewhere(*request))
            return respond(http::refusal(Refusal::origin_refused));
        auto const back = std::make_shared<http::Respond>(std::move(respond));
        bool const is_taken = service.doorman.submit(
            {*county, secrets::digest_of(token)},
            [&service, &route, request, back, county = *county](auto const& found) {
                if (!found) return (*back)(http::refusal(found.error()));
                if (!*found) return (*back)(http::refusal(Refusal::sign_in_needed));
                auto answer =
                    told(service, county, request, (*found)->who.user.text(), std::move(*back));
                auto const caller = judged(*request, route, **found);
                if (!caller) return answer(http::refusal(caller.error()));
                request->caller = std::make_shared<Caller const>(*caller);
                try {
                    route.handler(request, std::move(answer));
                } catch (std::exception const& bug) { // whoever let go of the answer has answered
                    http::log(http::LogLevel::error, "request.failed",
                              {{"what", log_text_of(bug)}, {"request_id", request->request_id}});
                }
            });
        if (!is_taken) {
            (*back)(
                http::refusal({Refusal::service_busy, {}, std::to_string(http::retry_after_s)}));
        }
    };
}

} // namespace daifud
