// Every status code that Daifu sends is decided here: what each kind of refusal means in HTTP, and
// what a success is called. Handlers name what happened; they never write a number.
#pragma once

#include "http/message.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace http {

/// RFC 9457's media type.
inline constexpr std::string_view problem_type = "application/problem+json";
inline constexpr std::string_view json_type = "application/json";
inline constexpr std::string_view html_type = "text/html; charset=utf-8";

/// The document of a problem; written by the service, so that the kit knows no JSON of its own.
using ProblemWriter = std::function<std::string(
    ledger::Refused const&, int status, std::string_view request_id, std::string_view instance)>;

/// malformed 400, not found 404, conflict 409, rule 422, unavailable 503 (internal_fault 500); the
/// protocol's refusals have each their own; of who asks: not known 401, not allowed 403, too often
/// 429.
int status_of(ledger::Refusal);
/// Try again later: the answer says when.
bool is_temporary(ledger::Refusal);
/// Who asks is known, and may not.
bool is_forbidden(ledger::Refusal);

Response refusal(ledger::Refused);
Response refusal(ledger::Refusal);

Response ok(std::string body, std::string_view content_type = json_type);
/// Something was booked; the body is its receipt.
Response created(std::string body);
/// It waits for a second person; the body says what.
Response accepted(std::string body);
/// It had been booked before: the first answer again, marked `Idempotent-Replay: true`.
Response replayed(std::string body);
/// Alive but not ready; the body says why.
Response not_ready(std::string body);

/// A successful answer gets an ETag of its body; when the client has that already (If-None-Match)
/// the body stays here.
Response with_etag(Request const&, Response);

/// Status, body and headers of a refusal are filled in; an answer that refuses nothing is left
/// alone. Called once by the session.
void complete(Response&, Request const&, ProblemWriter const&);

/// For a connection that is turned away before it is read: the whole answer as bytes.
std::string busy_answer(ProblemWriter const&, std::string_view request_id);

} // namespace http
