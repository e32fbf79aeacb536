// The id that a request bears in its answer, in every log line and in a problem's document, so that
// a person on the telephone can read it out.
#pragma once

#include "http/message.hpp"

#include <string>

namespace http {

/// 32 hexadecimal digits from the system's randomness.
std::string new_request_id();

/// The trace id of a valid W3C `traceparent`, else a valid `X-Request-Id` (8 to 64 letters, digits
/// and - _ .), else a new one. Anything else that a client sends is ignored, not refused.
std::string request_id_of(Request const&);

} // namespace http
