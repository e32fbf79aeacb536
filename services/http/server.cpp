// The acceptor and the stop. Connections are counted in total and by address; one too many is told
// so in one write and closed, because a client that waits in silence would only try again.
#include "http/server.hpp"

#include "http/connection.hpp"
#include "http/request_id.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <csignal>
#include <map>
#include <set>

namespace http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

/// When descriptors have run out, accepting again at once would only spin.
constexpr std::chrono::milliseconds accept_pause{50};
constexpr auto use_tuple = asio::as_tuple(asio::use_awaitable);

} // namespace

struct Server::Network {
    Network(Router router, Options options)
        : shared{std::move(router), std::move(options)}
    {
        shared.late_has_come = [this] {
            --shared.late;
            if (shared.is_stopping) end_when_drained();
        };
    }
    /// Nobody is served, and nobody works on an answer.
    bool is_empty() const { return connections.empty() && shared.late == 0; }

    asio::awaitable<void> accept();
    void admit(tcp::socket);
    void turn_away(tcp::socket&);
    void forget(std::shared_ptr<Connection> const&, asio::ip::address const&);
    void begin_stop();
    void end_when_drained();
    void await_signal();

    asio::io_context context{1};
    tcp::acceptor acceptor{context};
    asio::signal_set signals{context};
    asio::steady_timer drain_timer{context};
    Shared shared;
    std::function<void()> stopping;
    std::set<std::shared_ptr<Connection>> connections;
    std::map<asio::ip::address, std::size_t> by_address;
};

asio::awaitable<void> Server::Network::accept()
{
    asio::steady_timer pause{context};
    while (!shared.is_stopping) {
        auto [error, socket] = co_await acceptor.async_accept(use_tuple);
        if (!error) {
            admit(std::move(socket));
        } else if (!shared.is_stopping) {
            pause.expires_after(accept_pause);
            auto [ignored] = co_await pause.async_wait(use_tuple);
            static_cast<void>(ignored);
        }
    }
}

void Server::Network::admit(tcp::socket socket)
{
    boost::system::error_code error;
    auto const address = socket.remote_endpoint(error).address();
    if (error) return; // gone already
    auto const& limits = shared.options.limits;
    auto const found = by_address.find(address);
    auto const of_address = found == by_address.end() ? 0 : found->second;
    if (connections.size() >= limits.connections || of_address >= limits.connections_per_address) {
        turn_away(socket);
        return;
    }
    socket.set_option(tcp::no_delay{true}, error);
    auto connection = std::make_shared<Connection>(std::move(socket), shared, address.to_string());
    connections.insert(connection);
    ++by_address[address];
    asio::co_spawn(context, serve(connection),
                   [this, connection, address](std::exception_ptr const& fault) {
                       forget(connection, address);
                       if (!fault || !shared.options.fault) return;
                       try {
                           std::rethrow_exception(fault);
                       } catch (std::exception const& what) {
                           shared.options.fault(what.what());
                       }
                   });
}

void Server::Network::turn_away(tcp::socket& socket)
{
    auto const answer = busy_answer(shared.options.problem, new_request_id());
    boost::system::error_code ignored; // it may be gone; nobody waits for it
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(answer), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
}

void Server::Network::forget(std::shared_ptr<Connection> const& connection,
                             asio::ip::address const& address)
{
    connection->close();
    connections.erase(connection);
    auto const found = by_address.find(address);
    if (--found->second == 0) by_address.erase(found);
    if (shared.is_stopping) end_when_drained();
}

void Server::Network::begin_stop()
{
    if (shared.is_stopping) {
        context.stop(); // asked twice: now
        return;
    }
    shared.is_stopping = true;
    if (stopping) stopping();
    boost::system::error_code ignored;
    acceptor.close(ignored);
    drain_timer.expires_after(shared.options.limits.drain_deadline);
    drain_timer.async_wait([this](boost::system::error_code error) {
        if (error) return;
        if (shared.options.fault) {
            shared.options.fault("the drain deadline has passed with " +
                                 std::to_string(connections.size()) + " connections open and " +
                                 std::to_string(shared.late) + " late answers to come");
        }
        context.stop();
    });
    for (auto const& connection : connections) connection->drain();
    end_when_drained();
}

void Server::Network::end_when_drained()
{
    if (!is_empty()) return;
    drain_timer.cancel();
    signals.cancel();
}

void Server::Network::await_signal()
{
    signals.async_wait([this](boost::system::error_code error, int) {
        if (error) return;
        begin_stop();
        if (!is_empty()) await_signal();
    });
}

Server::Server(Router router, Options options)
    : network_{std::make_unique<Network>(std::move(router), std::move(options))}
{
}

Server::~Server() = default;

std::uint16_t Server::listen(std::string const& address, std::uint16_t port)
{
    tcp::endpoint const where{asio::ip::make_address(address), port};
    auto& acceptor = network_->acceptor;
    acceptor.open(where.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address{true});
    acceptor.bind(where);
    acceptor.listen();
    return acceptor.local_endpoint().port();
}

bool Server::run(std::function<void()> stopping)
{
    auto& network = *network_;
    network.stopping = std::move(stopping);
    network.signals.add(SIGTERM);
    network.signals.add(SIGINT);
    network.await_signal();
    asio::co_spawn(network.context, network.accept(), asio::detached);
    network.context.run();
    return network.is_empty();
}

void Server::stop()
{
    asio::post(network_->context, [network = network_.get()] { network->begin_stop(); });
}

} // namespace http
