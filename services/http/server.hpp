// Listens, holds the connections within their limits, and stops gracefully: what is in flight is
// answered, what is idle is closed, all of it within a bound. One thread runs the whole network
// side; it never waits for a database, because handlers hand their work on and answer later.
#pragma once

#include "http/limits.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace http {

/// Decides whether a request goes on to its route's handler, now or later, and answers where it
/// does not. It may write down who asks. Runs on the network thread, like a handler.
using Gate = std::function<void(std::shared_ptr<Request> const&, Route const&, Respond)>;

struct Options {
    Limits limits;
    std::vector<std::string> allowed_hosts; ///< names a Host header may bear; empty: every one
    bool is_behind_proxy = false;           ///< then who asks is told by client_address
    ProblemWriter problem;
    Gate gate; ///< empty: every request goes on
    /// After each answer, refused ones too; on the network thread.
    std::function<void(Request const&, Response const&, std::chrono::microseconds took)> finished;
    /// Something broke that concerns no single request; on the network thread.
    std::function<void(std::string const& what)> fault;
};

class Server {
  public:
    Server(Router, Options);
    ~Server();
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    /// Binds and listens; port 0 takes a free one. The port that it is. Throws std::system_error.
    std::uint16_t listen(std::string const& address, std::uint16_t port);

    /// Serves until stop(), SIGTERM or SIGINT, and until what was in flight is answered or the
    /// drain deadline has passed. `stopping` is called when a stop begins. A second signal ends it
    /// at once. False when something was still in flight: whoever answers it must not outlive the
    /// server.
    [[nodiscard]] bool run(std::function<void()> stopping = {});

    /// From any thread.
    void stop();

  private:
    struct Network;
    std::unique_ptr<Network> network_;
};

} // namespace http
