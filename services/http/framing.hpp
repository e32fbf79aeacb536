// What a request's head must say before a byte of its body is read: where it ends, for whom it is.
// Two programs that disagree about that can be made to see different requests (smuggling), so
// everything that two readers could read in two ways is refused and the connection closed.
#pragma once

#include "http/message.hpp"

#include <optional>
#include <span>
#include <string>

namespace http {

/// In this order: transfer_encoding_refused (any Transfer-Encoding at all), request_malformed with
/// the header's name (target not in origin form; Content-Length twice, or no plain number; a body
/// where none belongs; Host missing, twice or not ours; an Expect other than 100-continue),
/// length_required (a POST, PUT or PATCH that does not say how long it is).
/// `allowed_hosts` empty: every host. Names only, without port.
std::optional<ledger::Refused> framing_fault(Request const&, std::string_view target,
                                             bool is_http_1_1,
                                             std::span<std::string const> allowed_hosts);

/// "[::1]:8080" -> "[::1]"; "localhost:8080" -> "localhost".
std::string_view without_port(std::string_view host);

} // namespace http
