// The Beast kit alone, on a free port and a thread of its own, with a few routes that know no loan.
#pragma once

#include "http/server.hpp"

#include <cstdint>
#include <thread>

namespace kit {

/// More than the buffers of a connection hold on both sides together.
inline constexpr std::size_t huge_bytes = 64 * 1024 * 1024;

/// /hello answers "hello"; POST /echo the body; /names/{name} the name and ?colour; /slow waits
/// until release(); /huge answers huge_bytes; /drop never answers; /bug throws.
class Running {
  public:
    explicit Running(http::Limits = {});
    ~Running();
    std::uint16_t port() const { return port_; }
    http::Server& server() { return *server_; }
    /// Waits until a request is inside /slow.
    void wait_until_slow();
    void release();
    /// Waits until this many answers have been written or given up.
    void wait_until_finished(int answers);
    /// Waits until run() has returned.
    void join();
    /// After join(): everything in flight was answered.
    bool is_drained() const { return is_drained_; }

  private:
    struct Slow;
    std::unique_ptr<Slow> slow_;
    std::unique_ptr<http::Server> server_;
    std::uint16_t port_ = 0;
    bool is_drained_ = false;
    std::thread thread_;
};

} // namespace kit
