// What is kept of every request once it is answered: one log line and one observation. The path and
// the query are not kept, since a client may have typed anything into them; the route's pattern is.
#pragma once

#include "http/message.hpp"
#include "http/metrics.hpp"

#include <chrono>

namespace http {

void record(Metrics&, Request const&, Response const&, std::chrono::microseconds took);

} // namespace http
