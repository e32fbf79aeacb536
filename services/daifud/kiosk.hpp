// The kiosk: what a borrower asks at a terminal, what the counter does for him, and the terminals.
#pragma once

#include "daifud/service.hpp"

#include "http/router.hpp"

#include <vector>

namespace daifud {

std::vector<http::Route> kiosk_routes(Service&);

} // namespace daifud
