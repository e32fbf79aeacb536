// Signing in and out, one's own account, users and the trail: everything that needs the role
// `access` and no loan. Each runs on the one thread that hashes passwords, behind a queue of 32:
// a flood of sign-ins is told to come back and slows no payment.
#pragma once

#include "daifud/service.hpp"

#include "http/router.hpp"

#include <vector>

namespace daifud {

std::vector<http::Route> access_routes(Service&);

} // namespace daifud
