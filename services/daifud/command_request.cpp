// Reads a write. Only the form is judged here: whether the books agree is the ledger's to say.
#include "daifud/command_request.hpp"

#include "daifud/adapt.hpp"
#include "daifud/gate.hpp"

#include "http/problem.hpp"

#include "store/generate.hpp"
#include "wire/answers.hpp"
#include "wire/commands.hpp"
#include "wire/json.hpp"

#include <boost/json/object.hpp>

#include <sodium.h>

#include <algorithm>

namespace daifud {

using ledger::Refusal;
using ledger::refuse;
using ledger::Result;

namespace {

/// application/json, with at most a charset, which then is UTF-8.
bool is_json(std::string_view type)
{
    auto const end = type.find(';');
    if (!http::equal_without_case(http::trimmed(type.substr(0, end)), http::json_type))
        return false;
    if (end == std::string_view::npos) return true;
    auto const charset = http::trimmed(type.substr(end + 1));
    return http::equal_without_case(charset, "charset=utf-8") ||
           http::equal_without_case(charset, "charset=\"utf-8\"");
}

void add(crypto_hash_sha256_state& state, std::string_view part)
{
    auto const length = static_cast<std::uint32_t>(part.size());
    std::array<unsigned char, 4> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<unsigned char>(length >> (24 - 8 * i));
    }
    crypto_hash_sha256_update(&state, bytes.data(), bytes.size());
    crypto_hash_sha256_update(&state, reinterpret_cast<unsigned char const*>(part.data()),
                              part.size());
}

} // namespace

Result<boost::json::object> body_of(http::Request const& request)
{
    auto const* const type = request.header("Content-Type");
    if (type == nullptr || request.count("Content-Type") != 1 || !is_json(*type)) {
        return refuse(Refusal::content_type_unsupported, "Content-Type",
                      std::string{http::json_type});
    }
    return wire::parse_object(request.body);
}

Result<std::string> key_of(http::Request const& request)
{
    auto const* const key = request.header("Idempotency-Key");
    if (key == nullptr) return refuse(Refusal::idempotency_key_missing, "Idempotency-Key");
    bool const is_visible = std::ranges::all_of(*key, [](char c) { return c > ' ' && c < '\x7f'; });
    bool const fits = key->size() >= key_least && key->size() <= key_most;
    if (!is_visible || !fits || request.count("Idempotency-Key") != 1) {
        return refuse(Refusal::idempotency_key_malformed, "Idempotency-Key");
    }
    for (auto const ours :
         {store::closing_keys, store::import_keys, store::opening_keys, store::generated_keys})
    {
        if (key->starts_with(ours)) {
            return refuse(Refusal::idempotency_key_malformed, "Idempotency-Key");
        }
    }
    return *key;
}

ledger::Digest request_digest(http::Request const& request)
{
    crypto_hash_sha256_state state{};
    crypto_hash_sha256_init(&state);
    add(state, request.method);
    add(state, request.route);
    for (auto const& [name, value] : request.parameters) {
        add(state, name);
        add(state, value);
    }
    for (auto const& [name, value] : request.query_values) {
        add(state, name);
        add(state, value);
    }
    add(state, request.body);
    ledger::Digest digest{};
    static_assert(digest.size() == crypto_hash_sha256_BYTES);
    crypto_hash_sha256_final(&state, digest.data());
    return digest;
}

Result<ledger::Command> command_of(http::Request const& request, std::string const& code,
                                   ledger::Date business_day)
{
    auto const body = body_of(request);
    if (!body) return std::unexpected{body.error()};
    wire::Path const path{request.parameters.begin(), request.parameters.end()};
    return wire::command_from(code, *body, path, business_day);
}

Result<store::Envelope> envelope_of(Service const& service, http::Request const& request,
                                    std::string const& command)
{
    auto county = county_of(service, request);
    if (!county) return std::unexpected{county.error()};
    auto key = key_of(request);
    if (!key) return std::unexpected{key.error()};
    auto const today = service.business_day();
    auto read = command_of(request, command, today);
    if (!read) return std::unexpected{read.error()};

    return store::Envelope{.county = *std::move(county),
                           .idempotency_key = *std::move(key),
                           .body_digest = request_digest(request),
                           .actor = caller_of(request).admitted.who.user.text(),
                           .booked_on = today,
                           .command = *std::move(read),
                           .confined_to = caller_of(request).confined_to};
}

http::Response closing_answer(store::Envelope const& envelope, store::Database& database)
{
    auto const day = std::get<ledger::CloseDay>(envelope.command).day;
    auto const today = envelope.booked_on;
    if (day > today) return http::refusal({Refusal::date_in_future, "date", today.text()});
    auto const closings = store::close_days(database, envelope.county, day, today, envelope.actor);
    if (!closings) return http::refusal(closings.error());
    bool const is_new =
        std::ranges::any_of(*closings, [](auto const& one) { return !one.was_closed_already; });
    auto body = wire::text_of(wire::closings_json(*closings));
    return is_new ? http::created(std::move(body)) : http::replayed(std::move(body));
}

} // namespace daifud
