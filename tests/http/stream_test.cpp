// Live statistics over the real service: a change is told within a second of its receipt, a client
// that comes again is told what is new, one that does not read is let go, and a stop ends them all.
#include "http/stream.hpp"
#include "tests/http/books.hpp"
#include "tests/support/people.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>

#include <chrono>

using test::Books;
using test::RawClient;

namespace {

using Clock = std::chrono::steady_clock;

std::string subscription(std::string const& header = {})
{
    return "GET /v1/statistics/stream HTTP/1.1\r\nHost: localhost\r\n" +
           test::bearer(test::desk_token) + "\r\n" + header + "\r\n";
}

struct Event {
    std::string id;
    boost::json::object data;
};

/// The next event; heartbeats are passed over.
Event next_event(RawClient& client)
{
    std::string const id = client.read_until("id: ");
    REQUIRE(id.ends_with("id: "));
    std::string const text = client.read_until("\n\n");
    auto const data = text.find("data: ");
    REQUIRE(data != std::string::npos);
    return {text.substr(0, text.find('\n')),
            boost::json::parse(text.substr(data + 6, text.size() - data - 8)).as_object()};
}

std::string outstanding(Event const& event)
{
    return std::string{event.data.at("portfolio").at("outstanding").as_string()};
}

} // namespace

TEST_CASE("A stream that nobody takes from is closed, and whoever pushes does not wait")
{
    http::Stream stream;
    int rung = 0;
    stream.listen([&] { ++rung; });
    for (std::size_t n = 0; n < http::stream_events_limit; ++n) CHECK(stream.push("x"));
    CHECK(stream.take() == "x");
    CHECK(stream.push("y"));
    CHECK_FALSE(stream.push("z"));
    CHECK(stream.is_closed());
    CHECK_FALSE(stream.push("z"));
    CHECK_FALSE(stream.take().has_value());
    CHECK(rung == static_cast<int>(http::stream_events_limit) + 2);
    CHECK(http::event_text("7", "statistics", "{}") == "id: 7\nevent: statistics\ndata: {}\n\n");
}

TEST_CASE("A repayment is told to a subscriber within a second of its receipt")
{
    Books books;
    books.lend();
    RawClient client{books.port()};
    client.send(subscription());
    std::string const head = client.read_until("\r\n\r\n");
    CHECK(head.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(head.find("Content-Type: text/event-stream") != std::string::npos);
    CHECK(head.find("Cache-Control: no-store") != std::string::npos);
    Event event = next_event(client);
    while (outstanding(event) != "50000.00") event = next_event(client);

    books.book("/v1/loans/L-1/repayments", R"({"amount":"1000.00"})");
    auto const since = Clock::now();
    Event const told = next_event(client);
    CHECK(Clock::now() - since < std::chrono::seconds{1});
    CHECK(outstanding(told) == "49000.00");
    CHECK(told.data.at("leading").at("households_led") == 0);
    CHECK(std::stoll(told.id) > std::stoll(event.id));

    // Who has seen that event is told the next one only; who has seen an older one is told at once.
    RawClient again{books.port()};
    again.send(subscription("Last-Event-ID: " + told.id + "\r\n"));
    again.read_until("\r\n\r\n");
    RawClient late{books.port()};
    late.send(subscription("Last-Event-ID: " + event.id + "\r\n"));
    CHECK(outstanding(next_event(late)) == "49000.00");
    books.book("/v1/loans/L-1/repayments", R"({"amount":"500.00"})");
    CHECK(outstanding(next_event(again)) == "48500.00");
    CHECK(outstanding(next_event(late)) == "48500.00");
    CHECK(test::get(books.port(), "/metrics").body.find("ledger_outstanding_yuan 48500") !=
          std::string::npos);
}

TEST_CASE(
    "So many streams and no more; a stop ends them, and nobody waits for one who does not read")
{
    test::DaifudSetup setup;
    setup.limits = "streams = 3\n";
    Books books{setup};
    books.lend();
    RawClient first{books.port()};
    RawClient second{books.port()};
    RawClient idle{books.port()};
    for (RawClient* client : {&first, &second, &idle}) {
        client->send(subscription());
        REQUIRE(client->read_until("\r\n\r\n").starts_with("HTTP/1.1 200"));
    }
    CHECK(test::code_of(test::get(books.port(), "/v1/statistics/stream")) == "service_busy");
    CHECK(test::code_of(test::get(books.port(), "/v1/statistics/stream",
                                  {"Daifu-County: 530922"})) == "sign_in_needed");
    for (int n = 0; n < 20; ++n) { // `idle` reads nothing of it
        books.book("/v1/loans/L-1/repayments", R"({"amount":"10.00"})");
    }
    Event event = next_event(first);
    while (outstanding(event) != "49800.00") event = next_event(first);
    auto const since = Clock::now();
    CHECK(books.daifud.stop() == 0);
    CHECK(Clock::now() - since < std::chrono::seconds{5});
    static_cast<void>(second.read_all());
}
