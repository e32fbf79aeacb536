// The mapping from refusals to HTTP, and the few answers that are not refusals. It decides nothing
// about loans: the kind of a refusal says what it means.
#include "http/problem.hpp"

#include "http/limits.hpp"

#include "ledger/assert.hpp"

#include <sodium.h>

#include <array>

namespace http {

using ledger::Refusal;
using ledger::RefusalKind;

namespace {

/// The protocol's own refusals that are not a plain "bad request".
int status_of_protocol(Refusal code)
{
    if (code == Refusal::method_not_allowed) return 405;
    if (code == Refusal::request_timeout) return 408;
    if (code == Refusal::length_required) return 411;
    if (code == Refusal::body_too_large) return 413;
    if (code == Refusal::content_type_unsupported) return 415;
    if (code == Refusal::header_too_large) return 431;
    if (code == Refusal::transfer_encoding_refused) return 501;
    return 400;
}

/// Of who asks: not known 401, not allowed 403, too often 429.
int status_of_access(Refusal code)
{
    if (code == Refusal::sign_in_needed || code == Refusal::sign_in_wrong ||
        code == Refusal::second_factor_needed || code == Refusal::terminal_unknown ||
        code == Refusal::kiosk_refused || code == Refusal::kiosk_session_ended)
    {
        return 401;
    }
    if (code == Refusal::tries_exhausted || code == Refusal::sign_ins_queue_full ||
        code == Refusal::kiosk_locked)
    {
        return 429;
    }
    return 403;
}

std::string etag_of(std::string_view body)
{
    std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
    crypto_generichash(digest.data(), digest.size(),
                       reinterpret_cast<unsigned char const*>(body.data()), body.size(), nullptr,
                       0);
    std::array<char, 2 * digest.size() + 1> text{};
    sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
    return '"' + std::string{text.data()} + '"';
}

/// If-None-Match: *, or a list of tags; weak ones compare as the strong.
bool names(std::string_view list, std::string_view etag)
{
    if (list == "*") return true;
    return list.find(etag) != std::string_view::npos;
}

} // namespace

int status_of(Refusal code)
{
    switch (ledger::kind_of(code)) {
    case RefusalKind::malformed: return 400;
    case RefusalKind::not_found: return 404;
    case RefusalKind::conflict: return 409;
    case RefusalKind::rule: return 422;
    case RefusalKind::protocol: return status_of_protocol(code);
    case RefusalKind::access: return status_of_access(code);
    case RefusalKind::unavailable: return code == Refusal::internal_fault ? 500 : 503;
    }
    LEDGER_ASSERT(false && "every kind has a status");
    return 500;
}

bool is_temporary(Refusal code)
{
    return ledger::kind_of(code) == RefusalKind::unavailable && code != Refusal::internal_fault;
}

bool is_forbidden(Refusal code)
{
    return ledger::kind_of(code) == RefusalKind::access && status_of(code) == 403;
}

Response refusal(ledger::Refused refused)
{
    Response response;
    response.refused = std::move(refused);
    return response;
}

Response refusal(Refusal code)
{
    return refusal(ledger::Refused{code, {}, {}});
}

Response ok(std::string body, std::string_view content_type)
{
    Response response;
    response.status = 200;
    response.content_type = content_type;
    response.body = std::move(body);
    return response;
}

Response created(std::string body)
{
    auto response = ok(std::move(body));
    response.status = 201;
    return response;
}

Response accepted(std::string body)
{
    auto response = ok(std::move(body));
    response.status = 202;
    return response;
}

Response replayed(std::string body)
{
    auto response = ok(std::move(body));
    response.headers.push_back({"Idempotent-Replay", "true"});
    return response;
}

Response not_ready(std::string body)
{
    auto response = ok(std::move(body));
    response.status = 503;
    response.headers.push_back({"Retry-After", std::to_string(retry_after_s)});
    return response;
}

Response with_etag(Request const& request, Response response)
{
    if (response.status != 200) return response;
    auto const etag = etag_of(response.body);
    response.headers.push_back({"ETag", etag});
    auto const* const known = request.header("If-None-Match");
    if (known != nullptr && names(*known, etag)) {
        response.status = 304;
        response.body.clear();
        response.content_type.clear();
    }
    return response;
}

void complete(Response& response, Request const& request, ProblemWriter const& write)
{
    if (!response.refused) return;
    auto const& refused = *response.refused;
    response.status = status_of(refused.code);
    response.content_type = problem_type;
    response.body = write(refused, response.status, request.request_id, request.path);
    if (is_temporary(refused.code)) {
        response.headers.push_back({"Retry-After", std::to_string(retry_after_s)});
    }
    if (response.status == 429) response.headers.push_back({"Retry-After", refused.limit});
    if (response.status == 401) {
        response.headers.push_back({"WWW-Authenticate", "Bearer realm=\"daifu\""});
    }
    if (refused.code == Refusal::method_not_allowed) {
        response.headers.push_back({"Allow", refused.limit});
    }
}

std::string busy_answer(ProblemWriter const& write, std::string_view request_id)
{
    ledger::Refused const refused{Refusal::service_busy, {}, std::to_string(retry_after_s)};
    auto const body = write(refused, status_of(refused.code), request_id, {});
    return "HTTP/1.1 503 Service Unavailable\r\nContent-Type: " + std::string{problem_type} +
           "\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\nRetry-After: " + std::to_string(retry_after_s) +
           "\r\nX-Request-Id: " + std::string{request_id} + "\r\nConnection: close\r\n\r\n" + body;
}

} // namespace http
