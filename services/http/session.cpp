// HTTP/1.1 over one connection: read a request within its limits, have it answered, write the
// answer, again. The only file that speaks Beast. Debian's Beast 1.81 has two faults that a client
// can reach through chunked requests (an abort on a split final chunk; chunk extensions and
// trailers without bound), so a request with a Transfer-Encoding is refused after its head and
// before a byte of its body is parsed, and the buffer is bounded whatever the parser believes.
#include "http/client_address.hpp"
#include "http/connection.hpp"
#include "http/framing.hpp"
#include "http/request_id.hpp"
#include "http/stream.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <array>
#include <charconv>
#include <limits>

namespace http {

namespace asio = boost::asio;
namespace beast = boost::beast;

using ledger::Refusal;
using ledger::Refused;

namespace {

using Parser = beast::http::request_parser<beast::http::string_body>;
using Buffer = beast::flat_buffer;
using Error = boost::system::error_code;

constexpr auto use_tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t first_read_bytes = 4'096;

/// One of so many that may be at once, for as long as it lives.
class Place {
  public:
    explicit Place(std::size_t& taken)
        : taken_{taken}
    {
        ++taken_;
    }
    Place(Place const&) = delete;
    Place& operator=(Place const&) = delete;
    ~Place() { --taken_; }

  private:
    std::size_t& taken_;
};

/// An answer that somebody works on.
struct Awaited {
    Awaited(asio::any_io_executor const& executor, std::chrono::milliseconds within)
        : bell{executor, within}
    {
    }
    asio::steady_timer bell; ///< rings when the answer is there, or the time is up
    std::optional<Response> response;
    bool is_late = false; ///< nobody waits for it any more
};

/// A request that arrived, or why it did not.
struct Incoming {
    Request request;
    std::optional<ledger::Result<Route const*>> route; ///< empty: not looked for
    std::size_t body_limit = 0;
    std::chrono::milliseconds deadline{};
    std::unique_ptr<Place> large_body; ///< held until the answer is written
    std::optional<Refused> refused;    ///< the connection is closed after the answer
    bool is_gone = false;              ///< there is nobody to answer
    bool keep_alive = false;
    unsigned version = 11;
};

/// Waits until a request begins; false when the connection ends here.
asio::awaitable<bool> wait_for_request(Connection& connection, Buffer& buffer, bool is_first)
{
    if (buffer.size() > 0) co_return true; // pipelined behind the last one
    auto const& limits = connection.shared.options.limits;
    if (connection.shared.is_stopping) co_return false;
    connection.is_idle = true;
    connection.start_deadline(is_first ? limits.read_deadline : limits.idle_deadline,
                              Connection::OnExpiry::stop_reading);
    auto [error, count] =
        co_await connection.socket.async_read_some(buffer.prepare(first_read_bytes), use_tuple);
    connection.stop_deadline();
    connection.is_idle = false;
    if (error == asio::error::operation_aborted && connection.shared.is_stopping) {
        // A request may have arrived in the same moment: then it is still answered.
        Error ignored;
        if (connection.socket.available(ignored) > 0) {
            count = connection.socket.read_some(buffer.prepare(first_read_bytes), error);
        }
    }
    if (error) co_return false;
    buffer.commit(count);
    co_return true;
}

/// What the parser's error means; nullopt: the client is gone.
std::optional<Refused> refusal_of(Error error, Connection const& connection,
                                  Incoming const& incoming)
{
    auto const& limits = connection.shared.options.limits;
    if (connection.is_expired()) {
        return Refused{Refusal::request_timeout, {}, std::to_string(incoming.deadline.count())};
    }
    using Code = beast::http::error;
    if (error == Code::header_limit || error == Code::buffer_overflow) {
        return Refused{Refusal::header_too_large, {}, std::to_string(limits.header_bytes)};
    }
    if (error == Code::body_limit) {
        return Refused{Refusal::body_too_large, {}, std::to_string(incoming.body_limit)};
    }
    if (error == Code::end_of_stream || error == Code::partial_message) return std::nullopt;
    bool const is_syntax =
        error.category() == beast::http::make_error_code(Code::bad_target).category();
    if (error == Code::bad_target) return Refused{Refusal::address_not_encoded, {}, {}};
    if (is_syntax) return Refused{Refusal::request_malformed, {}, {}};
    return std::nullopt; // reset, broken pipe
}

void take_head(Connection const& connection, Parser const& parser, Incoming& incoming)
{
    auto const& head = parser.get();
    auto& request = incoming.request;
    request.method = head.method_string();
    std::string_view const target{head.target().data(), head.target().size()};
    auto const question = target.find('?');
    request.path = target.substr(0, question);
    if (question != std::string_view::npos) request.query = target.substr(question + 1);
    for (auto const& field : head) {
        request.headers.push_back({field.name_string(), field.value()});
    }
    request.request_id = request_id_of(request);
    request.address = connection.shared.options.is_behind_proxy
                          ? client_address(request, connection.address)
                          : connection.address;
    incoming.version = head.version();
    incoming.keep_alive = head.keep_alive();
}

void fail(Connection const& connection, Error error, Incoming& incoming)
{
    incoming.refused = refusal_of(error, connection, incoming);
    incoming.is_gone = !incoming.refused;
    if (incoming.request.request_id.empty()) incoming.request.request_id = new_request_id();
}

/// Bytes that the head announces; more than any limit where they are more than a number.
std::uint64_t announced_bytes(Request const& request)
{
    auto const* const text = request.header("Content-Length");
    if (text == nullptr) return 0;
    std::uint64_t bytes = 0;
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), bytes);
    return error == std::errc{} ? bytes : std::numeric_limits<std::uint64_t>::max();
}

/// What the route of a request whose head is there allows its body: refuses body_too_large before a
/// byte of it is read, and service_busy when as many large ones as may be are in memory.
void measure_body(Connection& connection, Incoming& incoming)
{
    auto const& limits = connection.shared.options.limits;
    incoming.route = connection.shared.router.match(incoming.request);
    bool const takes_large = *incoming.route && (**incoming.route)->body_bytes > limits.body_bytes;
    if (takes_large) incoming.body_limit = (**incoming.route)->body_bytes;
    std::uint64_t const announced = announced_bytes(incoming.request);
    if (announced > incoming.body_limit) {
        incoming.refused =
            Refused{Refusal::body_too_large, {}, std::to_string(incoming.body_limit)};
    } else if (announced > limits.body_bytes) {
        auto& taken = connection.shared.large_bodies;
        if (taken >= limits.large_bodies) {
            incoming.refused = Refused{Refusal::service_busy, {}, std::to_string(retry_after_s)};
            return;
        }
        incoming.large_body = std::make_unique<Place>(taken);
        incoming.deadline = limits.large_body_deadline;
        connection.start_deadline(incoming.deadline, Connection::OnExpiry::stop_reading);
    }
}

/// "100 Continue", for a client that waits with its body.
asio::awaitable<void> invite_body(Connection& connection, Request const& request)
{
    if (request.header("Expect") == nullptr) co_return;
    static constexpr std::string_view invitation = "HTTP/1.1 100 Continue\r\n\r\n";
    auto [error, count] = co_await asio::async_write(
        connection.socket, asio::buffer(invitation.data(), invitation.size()), use_tuple);
    static_cast<void>(error); // the read that follows sees it too
    static_cast<void>(count);
}

/// Head, checks, body: all of it under one deadline.
asio::awaitable<void> read_request(Connection& connection, Buffer& buffer, Incoming& incoming)
{
    auto const& options = connection.shared.options;
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(options.limits.header_bytes));
    parser.body_limit(connection.shared.router.largest_body(options.limits.body_bytes));
    incoming.body_limit = options.limits.body_bytes;
    incoming.deadline = options.limits.read_deadline;
    connection.start_deadline(incoming.deadline, Connection::OnExpiry::stop_reading);

    auto [head_error, head_count] =
        co_await beast::http::async_read_header(connection.socket, buffer, parser, use_tuple);
    static_cast<void>(head_count);
    // A body that is announced too large is refused with its head, which then is whole.
    if (!head_error || head_error == beast::http::error::body_limit)
        take_head(connection, parser, incoming);
    if (head_error) {
        if (head_error == beast::http::error::body_limit) measure_body(connection, incoming);
        if (!incoming.refused) fail(connection, head_error, incoming);
        connection.stop_deadline();
        co_return;
    }
    auto const target = incoming.request.path;
    incoming.refused =
        framing_fault(incoming.request, target, incoming.version == 11, options.allowed_hosts);
    if (!incoming.refused) measure_body(connection, incoming);
    if (!incoming.refused && !parser.is_done()) {
        co_await invite_body(connection, incoming.request);
        auto [body_error, body_count] =
            co_await beast::http::async_read(connection.socket, buffer, parser, use_tuple);
        static_cast<void>(body_count);
        if (body_error) fail(connection, body_error, incoming);
    }
    connection.stop_deadline();
    incoming.request.body = std::move(parser.get().body());
}

/// Hands the request to the gate, or to its handler where there is none. The answer comes back to
/// the network thread, whoever gives it.
std::shared_ptr<Awaited> asked(Connection& connection, std::shared_ptr<Request> const& request,
                               Route const& route)
{
    auto const& shared = connection.shared;
    auto const executor = connection.socket.get_executor();
    bool const has_own = route.answer_within.count() > 0;
    auto const within = has_own ? route.answer_within : shared.options.limits.answer_deadline;
    auto answer = std::make_shared<Awaited>(executor, within);
    auto send = [answer, executor, &shared](Response response) mutable {
        asio::post(executor,
                   [answer = std::move(answer), response = std::move(response), &shared]() mutable {
                       if (answer->is_late) return shared.late_has_come();
                       answer->response = std::move(response);
                       answer->bell.cancel();
                   });
    };
    try {
        auto const& gate = shared.options.gate;
        if (gate)
            gate(request, route, Respond{std::move(send)});
        else
            route.handler(request, Respond{std::move(send)});
    } catch (std::exception const& bug) {
        // Respond was dropped, so the client is answered internal_fault.
        auto const& fault = shared.options.fault;
        if (fault) fault(request->request_id + ": " + bug.what());
    }
    return answer;
}

asio::awaitable<Response> routed(Connection& connection, Incoming& incoming)
{
    if (incoming.refused) co_return refusal(*incoming.refused);
    if (!*incoming.route) co_return refusal(incoming.route->error());
    auto const& route = ***incoming.route;
    auto const answer = asked(connection, std::make_shared<Request>(incoming.request), route);
    auto [rung] = co_await answer->bell.async_wait(use_tuple);
    static_cast<void>(rung); // the answer itself tells
    if (answer->response) co_return *std::move(answer->response);
    answer->is_late = true;
    ++connection.shared.late;
    co_return route.too_late ? route.too_late() : refusal(Refusal::database_unavailable);
}

/// What every answer says, unless it says otherwise.
std::array<Header, 4> const& standing_headers()
{
    static std::array<Header, 4> const headers{{
        {"Cache-Control", "no-store"},
        {"Content-Security-Policy",
         "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
    }};
    return headers;
}

template <class Message>
void put_headers(Message& message, Response const& response, Request const& request,
                 bool keep_alive)
{
    message.set("X-Request-Id", request.request_id);
    if (!response.content_type.empty()) {
        message.set(beast::http::field::content_type, response.content_type);
    }
    for (auto const& header : standing_headers()) message.set(header.name, header.value);
    for (auto const& header : response.headers) message.set(header.name, header.value);
    message.keep_alive(keep_alive);
}

/// False when the client did not take it in time or is gone.
asio::awaitable<bool> write_response(Connection& connection, Incoming const& incoming,
                                     Response const& response, bool keep_alive)
{
    auto const status = static_cast<beast::http::status>(response.status);
    auto const& request = incoming.request;
    connection.start_deadline(connection.shared.options.limits.write_deadline,
                              Connection::OnExpiry::close);
    Error failure;
    bool const is_head = request.method == "HEAD";
    if (is_head || response.status == 304) {
        beast::http::response<beast::http::empty_body> message{status, incoming.version};
        put_headers(message, response, request, keep_alive);
        if (is_head && response.status != 304) message.content_length(response.body.size());
        auto [error, count] =
            co_await beast::http::async_write(connection.socket, message, use_tuple);
        static_cast<void>(count);
        failure = error;
    } else {
        beast::http::response<beast::http::span_body<char const>> message{status, incoming.version};
        put_headers(message, response, request, keep_alive);
        message.body() = {response.body.data(), response.body.size()};
        message.content_length(response.body.size());
        auto [error, count] =
            co_await beast::http::async_write(connection.socket, message, use_tuple);
        static_cast<void>(count);
        failure = error;
    }
    connection.stop_deadline();
    co_return !failure;
}

/// Sends a text whole; false when the client did not take it in time or is gone.
asio::awaitable<bool> send(Connection& connection, std::string const& text)
{
    connection.start_deadline(connection.shared.options.limits.write_deadline,
                              Connection::OnExpiry::close);
    auto [error, count] = co_await asio::async_write(
        connection.socket, asio::buffer(text.data(), text.size()), use_tuple);
    static_cast<void>(count);
    connection.stop_deadline();
    co_return !error;
}

std::string stream_head(Response const& response, Request const& request)
{
    std::string head = "HTTP/1.1 200 OK\r\nContent-Type: " + response.content_type +
                       "\r\nConnection: close\r\nX-Request-Id: " + request.request_id + "\r\n";
    for (auto const& header : standing_headers()) {
        head.append(header.name).append(": ").append(header.value).append("\r\n");
    }
    return head + "\r\n";
}

/// Events as they come, until the stream or the connection ends. It ends where the client falls so
/// far behind that a write takes longer than its deadline, or that the stream is full.
asio::awaitable<void> write_stream(Connection& connection, Incoming const& incoming,
                                   Response const& response)
{
    Place const place{connection.shared.streams};
    connection.stream = response.stream;
    auto const bell = std::make_shared<asio::steady_timer>(connection.socket.get_executor());
    response.stream->listen([weak = std::weak_ptr{bell}, executor = bell->get_executor()] {
        asio::post(executor, [weak] {
            if (auto const timer = weak.lock()) timer->cancel();
        });
    });
    bool is_there = co_await send(connection, stream_head(response, incoming.request));
    while (is_there && !connection.shared.is_stopping) {
        if (auto const event = response.stream->take()) {
            is_there = co_await send(connection, *event);
            continue;
        }
        if (response.stream->is_closed()) break;
        bell->expires_after(stream_heartbeat);
        auto [rung] = co_await bell->async_wait(use_tuple);
        if (!rung) is_there = co_await send(connection, ": \n\n");
    }
    response.stream->close();
    response.stream->listen({});
    connection.stream.reset();
}

/// Closes so that the client reads the answer, not a reset: what it still sends is thrown away.
asio::awaitable<void> linger(Connection& connection)
{
    Error ignored;
    connection.socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    connection.start_deadline(linger_deadline, Connection::OnExpiry::close);
    std::array<char, 4'096> thrown_away;
    for (std::size_t total = 0; total < linger_bytes_limit;) {
        auto [error, count] =
            co_await connection.socket.async_read_some(asio::buffer(thrown_away), use_tuple);
        if (error) break;
        total += count;
    }
    connection.stop_deadline();
}

} // namespace

asio::awaitable<void> serve(std::shared_ptr<Connection> connection)
{
    auto const& options = connection->shared.options;
    Buffer buffer{read_buffer_limit};
    for (bool is_first = true;; is_first = false) {
        bool const began = co_await wait_for_request(*connection, buffer, is_first);
        if (!began) co_return;
        bool const is_late = connection->shared.is_stopping;
        Incoming incoming;
        co_await read_request(*connection, buffer, incoming);
        if (incoming.is_gone) co_return;
        if (is_late) incoming.refused = Refused{Refusal::service_stopping, {}, {}};

        auto const since = std::chrono::steady_clock::now();
        auto response = co_await routed(*connection, incoming);
        if (response.stream && connection->shared.streams >= options.limits.streams) {
            response = refusal({Refusal::service_busy, {}, std::to_string(retry_after_s)});
        }
        complete(response, incoming.request, options.problem);
        // What had been sent before the stop is still told why it is not done.
        bool const is_ending = connection->shared.is_stopping && buffer.size() == 0;
        // Of what could be read in two ways nothing more is read.
        bool const is_unclear =
            response.refused && response.refused->code == Refusal::address_not_encoded;
        bool const keep_alive =
            incoming.keep_alive && !incoming.refused && !is_unclear && !is_ending;
        bool is_written = false;
        if (response.stream) {
            co_await write_stream(*connection, incoming, response);
        } else {
            is_written = co_await write_response(*connection, incoming, response, keep_alive);
        }
        auto const took = std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::steady_clock::now() - since);
        if (options.finished) options.finished(incoming.request, response, took);
        if (!is_written) co_return;
        if (!keep_alive) break;
    }
    co_await linger(*connection);
}

} // namespace http
