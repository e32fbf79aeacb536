// Who is at the other end when a reverse proxy stands before the service: the proxy's address is
// everybody's, so what counts by address (wrong passwords, the trail) asks here.
#pragma once

#include "http/message.hpp"

#include <string>
#include <string_view>

namespace http {

/// The last address of the last X-Forwarded-For, as IPv4 or IPv6 text: the proxy itself appended
/// it, whatever a client wrote before it is hearsay. `of_connection` where there is none or where
/// it is no address (a tool on this machine, that passes the proxy by). Only for a service that
/// listens on loopback, behind a proxy that always appends.
std::string client_address(Request const&, std::string_view of_connection);

} // namespace http
