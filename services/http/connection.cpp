// The deadlines of a connection. Asio 1.81 has no cancel_after, and cancelling alone can slip
// between two reads of a composed operation; shutting the receiving side down cannot: every later
// read ends at once, and the answer that says "too slow" still goes out.
#include "http/connection.hpp"

#include "http/stream.hpp"

namespace http {

Connection::Connection(boost::asio::ip::tcp::socket accepted, Shared const& shared_state,
                       std::string address_of_client)
    : socket{std::move(accepted)}
    , shared{shared_state}
    , address{std::move(address_of_client)}
    , timer_{socket.get_executor()}
{
}

void Connection::start_deadline(std::chrono::milliseconds after, OnExpiry action)
{
    is_expired_ = false;
    auto const number = ++deadline_number_;
    timer_.expires_after(after);
    timer_.async_wait([self = shared_from_this(), number, action](boost::system::error_code ec) {
        if (!ec && number == self->deadline_number_) self->expire(action);
    });
}

void Connection::stop_deadline()
{
    ++deadline_number_;
    timer_.cancel();
}

void Connection::expire(OnExpiry action)
{
    is_expired_ = true;
    switch (action) {
    case OnExpiry::stop_reading: stop_reading(); return;
    case OnExpiry::close: close(); return;
    }
}

void Connection::drain()
{
    if (is_idle) stop_reading();
    if (stream) stream->close();
}

void Connection::stop_reading()
{
    boost::system::error_code ignored; // the client may be gone already
    socket.shutdown(boost::asio::ip::tcp::socket::shutdown_receive, ignored);
    socket.cancel(ignored);
}

void Connection::close()
{
    boost::system::error_code ignored; // the client may be gone already
    socket.close(ignored);
}

} // namespace http
