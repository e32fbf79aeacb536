// One client's connection, seen by the acceptor (server.cpp) and the protocol (session.cpp) only.
// Everything here runs on the one network thread, so there is no lock.
#pragma once

#include "http/server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string>

namespace http {

/// What all connections of a server share.
struct Shared {
    Router router;
    Options options;
    bool is_stopping = false;
    mutable std::size_t large_bodies = 0; ///< being read or answered
    mutable std::size_t streams = 0;      ///< being sent
    mutable std::size_t late = 0;         ///< answers that will come and nobody waits for any more
    std::function<void()> late_has_come{};
};

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(boost::asio::ip::tcp::socket, Shared const&, std::string address);

    enum class OnExpiry : std::uint8_t {
        stop_reading = 1, ///< every read ends; an answer can still be sent
        close             ///< the client is cut off
    };
    void start_deadline(std::chrono::milliseconds, OnExpiry);
    void stop_deadline();
    bool is_expired() const { return is_expired_; }

    /// A stop has begun: an idle connection ends, a busy one finishes.
    void drain();
    void stop_reading();
    void close();

    boost::asio::ip::tcp::socket socket;
    Shared const& shared;
    std::string address;            ///< of the client
    bool is_idle = false;           ///< waits for the first byte of a request
    std::shared_ptr<Stream> stream; ///< that it sends, if it does

  private:
    void expire(OnExpiry);
    boost::asio::steady_timer timer_;
    std::uint64_t deadline_number_ = 0; ///< tells a deadline that was stopped from the present one
    bool is_expired_ = false;
};

/// Speaks HTTP until the connection ends.
boost::asio::awaitable<void> serve(std::shared_ptr<Connection>);

} // namespace http
