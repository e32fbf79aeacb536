// What a second person confirms: a command of that kind is not booked but waits, with what it would
// book; a checker sees that and confirms or refuses it. When he confirms, what it would book is
// found anew and must be the same.
#pragma once

#include "daifud/service.hpp"

#include "http/router.hpp"

#include <string_view>
#include <vector>

namespace daifud {

/// A command that waits for a checker where it wants one (ledger::wants_checker), else is booked at
/// once.
http::Handler checked(Service&, std::string_view command_code);

std::vector<http::Route> pending_routes(Service&);

} // namespace daifud
