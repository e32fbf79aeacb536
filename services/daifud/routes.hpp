// The routes of the service, as one table. services/api/openapi.yaml describes the same ones; a
// test compares the two both ways.
#pragma once

#include "daifud/service.hpp"

#include "http/router.hpp"

#include <vector>

namespace daifud {

std::vector<http::Route> routes(Service&);

} // namespace daifud
