// The Beast kit against bytes that clients really send, and bytes that only attackers do. The two
// faults of Debian's Beast 1.81 have their tests by name.
#include "http/client_address.hpp"

#include "tests/http/kit.hpp"
#include "tests/support/raw_client.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace std::chrono_literals;
using test::RawClient;

namespace {

http::Limits quick_limits()
{
    http::Limits limits;
    limits.read_deadline = 400ms;
    limits.idle_deadline = 400ms;
    limits.drain_deadline = 5'000ms;
    return limits;
}

std::size_t resident_kib()
{
    std::ifstream status{"/proc/self/status"};
    for (std::string word; status >> word;) {
        if (word != "VmRSS:") continue;
        std::size_t kib = 0;
        status >> kib;
        return kib;
    }
    return 0;
}

} // namespace

TEST_CASE("The address that the proxy appended is the client's, and nothing else is")
{
    struct Row {
        std::vector<http::Header> headers;
        char const* address;
    };
    std::vector<Row> const rows{
        {{}, "127.0.0.1"},
        {{{"X-Forwarded-For", "192.0.2.1"}}, "192.0.2.1"},
        {{{"x-forwarded-for", " 192.0.2.1\t"}}, "192.0.2.1"},
        {{{"X-Forwarded-For", "203.0.113.9, 192.0.2.1"}}, "192.0.2.1"},
        {{{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-For", "192.0.2.1"}}, "192.0.2.1"},
        {{{"X-Forwarded-For", "2001:DB8:0:0::1"}}, "2001:db8::1"},
        {{{"X-Forwarded-For", "::ffff:192.0.2.1"}}, "192.0.2.1"},
        {{{"X-Forwarded-For", "192.0.2.1,"}}, "127.0.0.1"},
        {{{"X-Forwarded-For", ""}}, "127.0.0.1"},
        {{{"X-Forwarded-For", "192.0.2.256"}}, "127.0.0.1"},
        {{{"X-Forwarded-For", "192.0.2.1:4711"}}, "127.0.0.1"},
        {{{"X-Forwarded-For", "unknown"}}, "127.0.0.1"},
        {{{"X-Real-IP", "192.0.2.1"}, {"Forwarded", "for=192.0.2.1"}}, "127.0.0.1"},
    };
    for (auto const& row : rows) {
        http::Request request;
        request.headers = row.headers;
        INFO((row.headers.empty() ? "none" : row.headers.back().value));
        CHECK(http::client_address(request, "127.0.0.1") == row.address);
    }
}

TEST_CASE("Beast 1.81 regression: a chunked request split as 0 CRLF, CR, LF does not abort")
{
    kit::Running running;
    RawClient client{running.port()};
    client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
    client.send("0\r\n");
    client.send("\r");
    client.send("\n");
    auto const answer = client.read_answer();
    CHECK(answer.status == 501);
    CHECK(answer.body == "transfer_encoding_refused Transfer-Encoding ");
    CHECK(test::get(running.port(), "/hello").status == 200);
}

TEST_CASE("Beast 1.81 regression: chunk extensions and trailers without end cost no memory")
{
    kit::Running running;
    auto const before = resident_kib();
    for (std::string_view const opening : {"1;", "0\r\nX: "}) {
        RawClient client{running.port()};
        client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.send(opening);
        std::string const piece(64 * 1024, 'x');
        for (int i = 0; i < 512 && client.send(piece); ++i) {
        }
    }
    CHECK(test::get(running.port(), "/hello").status == 200);
    CHECK(resident_kib() < before + 8 * 1024);
}

namespace {

struct Smuggled {
    char const* what;
    std::string bytes;
    int status;
};
std::string const host = "Host: localhost\r\n";
std::string const smuggled = "GET /hello HTTP/1.1\r\n" + host + "\r\n";
std::string post(std::string const& headers, std::string const& body = "")
{
    return "POST /echo HTTP/1.1\r\n" + headers + "\r\n" + body;
}

std::vector<Smuggled> const smuggled_requests{
    {"chunked", post(host + "Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), 501},
    {"chunked in capitals", post(host + "TRANSFER-ENCODING: CHUNKED\r\n"), 501},
    {"an unknown coding", post(host + "Transfer-Encoding: xchunked\r\n"), 501},
    {"identity", post(host + "Transfer-Encoding: identity\r\n"), 501},
    {"an empty coding", post(host + "Transfer-Encoding:\r\n"), 501},
    {"two codings", post(host + "Transfer-Encoding: gzip, chunked\r\n"), 501},
    {"a folded coding", post(host + "Transfer-Encoding:\r\n chunked\r\n"), 501},
    {"a quoted coding", post(host + "Transfer-Encoding: \"chunked\"\r\n"), 501},
    {"a length, then chunked",
     post(host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
    {"chunked, then a length",
     post(host + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400},
    {"a length and an unknown coding", post(host + "Content-Length: 0\r\nTransfer-Encoding: x\r\n"),
     400},
    {"a space before the colon", post(host + "Transfer-Encoding : chunked\r\n"), 400},
    {"a tab before the colon", post(host + "Transfer-Encoding\t: chunked\r\n"), 400},
    {"a control character in a name", post(host + "Transfer\x0b-Encoding: x\r\n"), 400},
    {"two equal lengths", post(host + "Content-Length: 2\r\nContent-Length: 2\r\n", "ab"), 400},
    {"two lengths", post(host + "Content-Length: 2\r\nContent-Length: 0\r\n", "ab"), 400},
    {"a list of lengths", post(host + "Content-Length: 2, 2\r\n", "ab"), 400},
    {"a list of two lengths", post(host + "Content-Length: 2, 0\r\n", "ab"), 400},
    {"a signed length", post(host + "Content-Length: +2\r\n", "ab"), 400},
    {"a negative length", post(host + "Content-Length: -1\r\n"), 400},
    {"a hexadecimal length", post(host + "Content-Length: 0x2\r\n", "ab"), 400},
    {"a length with a fraction", post(host + "Content-Length: 2.0\r\n", "ab"), 400},
    {"an empty length", post(host + "Content-Length:\r\n"), 400},
    {"a length of words", post(host + "Content-Length: two\r\n", "ab"), 400},
    {"a length beyond 64 bits", post(host + "Content-Length: 18446744073709551618\r\n"), 400},
    {"no length", post(host), 411},
    {"a GET with a body",
     "GET /hello HTTP/1.1\r\n" + host + "Content-Length: " + std::to_string(smuggled.size()) +
         "\r\n\r\n" + smuggled,
     400},
    {"a HEAD with a body", "HEAD /hello HTTP/1.1\r\n" + host + "Content-Length: 3\r\n\r\nabc", 400},
    {"no host", "GET /hello HTTP/1.1\r\n\r\n", 400},
    {"two hosts", "GET /hello HTTP/1.1\r\n" + host + host + "\r\n", 400},
    {"somebody else's host", "GET /hello HTTP/1.1\r\nHost: attacker.example\r\n\r\n", 400},
    {"a host with a path", "GET /hello HTTP/1.1\r\nHost: localhost/x\r\n\r\n", 400},
    {"an empty host", "GET /hello HTTP/1.1\r\nHost:\r\n\r\n", 400},
    {"HTTP/2 in a request line", "GET /hello HTTP/2.0\r\n" + host + "\r\n", 400},
    {"HTTP/0.9", "GET /hello\r\n\r\n", 400},
    {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
    {"a lower-case version", "GET /hello http/1.1\r\n" + host + "\r\n", 400},
    {"two spaces in the request line", "GET  /hello HTTP/1.1\r\n" + host + "\r\n", 400},
    {"a tab in the request line", "GET\t/hello HTTP/1.1\r\n" + host + "\r\n", 400},
    {"a space in the target", "GET /hello there HTTP/1.1\r\n" + host + "\r\n", 400},
    {"a control character in the target", "GET /hel\x01lo HTTP/1.1\r\n" + host + "\r\n", 400},
    {"a fragment in the target", "GET /hello#x HTTP/1.1\r\n" + host + "\r\n", 400},
    {"the target of a proxy", "GET http://localhost/hello HTTP/1.1\r\n" + host + "\r\n", 400},
    {"a tunnel", "CONNECT localhost:80 HTTP/1.1\r\n" + host + "\r\n", 400},
    {"a star", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", 400},
    {"lines that end in LF alone", "GET /hello HTTP/1.1\nHost: localhost\n\n", 400},
    {"a header that ends in LF alone", "GET /hello HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n", 400},
    {"a header without a colon", "GET /hello HTTP/1.1\r\n" + host + "X\r\n\r\n", 400},
    {"a header without a name", "GET /hello HTTP/1.1\r\n" + host + ": x\r\n\r\n", 400},
    {"a header before the first", "GET /hello HTTP/1.1\r\n " + host + "\r\n", 400},
    {"a NUL in a header", std::string{"GET /hello HTTP/1.1\r\nX: a\0b\r\n", 29} + host + "\r\n",
     400},
    {"a CR in a header", "GET /hello HTTP/1.1\r\nX: a\rb\r\n" + host + "\r\n", 400},
    {"an unfinished escape", "GET /names/%4 HTTP/1.1\r\n" + host + "\r\n", 400},
    {"an escape of nothing", "GET /names/%zz HTTP/1.1\r\n" + host + "\r\n", 400},
    {"an expectation that nobody meets",
     post(host + "Content-Length: 2\r\nExpect: the-spanish-inquisition\r\n", "ab"), 400},
    {"TLS", std::string{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11}, 400},
    {"nothing but spaces", "    \r\n\r\n", 400},
};

} // namespace

TEST_CASE("What two readers could read in two ways is refused, and the connection closed")
{
    CHECK(smuggled_requests.size() >= 55);
    kit::Running running;
    for (auto const& row : smuggled_requests) {
        INFO(row.what);
        RawClient client{running.port(), 3'000ms};
        client.send(row.bytes + smuggled);
        auto const everything = client.read_all();
        CHECK(everything.substr(0, 12) == "HTTP/1.1 " + std::to_string(row.status));
        // One answer and the end: what follows was not taken for a second request.
        CHECK(everything.find("\"hello\"") == std::string::npos);
    }
}

TEST_CASE("A header or a body above its limit is refused, and the client sees it")
{
    kit::Running running;
    auto const long_header =
        test::get(running.port(), "/hello", {"X-Long: " + std::string(9'000, 'x')});
    CHECK(long_header.status == 431);
    CHECK(long_header.body == "header_too_large  8192");
    auto const fits = test::get(running.port(), "/hello", {"X-Long: " + std::string(7'900, 'x')});
    CHECK(fits.status == 200);

    auto const large = test::ask(running.port(), "POST", "/echo", std::string(65'537, 'x'));
    CHECK(large.status == 413);
    CHECK(large.body == "body_too_large  65536");
    auto const largest = test::ask(running.port(), "POST", "/echo", std::string(65'536, 'x'));
    CHECK(largest.status == 200);
    CHECK(largest.body == std::string(65'536, 'x'));

    RawClient endless{running.port()};
    endless.send("GET /");
    std::string const piece(16'384, 'x');
    for (int i = 0; i < 64 && endless.send(piece); ++i) {
    }
    CHECK(endless.read_answer().status == 431);
}

TEST_CASE("Limits of a header and a body that were set otherwise hold, smaller and larger")
{
    http::Limits limits;
    limits.header_bytes = 512;
    limits.body_bytes = 1'024;
    kit::Running strict{limits};
    auto const long_header =
        test::get(strict.port(), "/hello", {"X-Long: " + std::string(500, 'x')});
    CHECK(long_header.status == 431);
    CHECK(long_header.body == "header_too_large  512");
    CHECK(test::get(strict.port(), "/hello", {"X-Long: " + std::string(400, 'x')}).status == 200);
    auto const large = test::ask(strict.port(), "POST", "/echo", std::string(1'025, 'x'));
    CHECK(large.status == 413);
    CHECK(large.body == "body_too_large  1024");
    CHECK(test::ask(strict.port(), "POST", "/echo", std::string(1'024, 'x')).status == 200);

    // A body may be larger than the buffer that it is read through.
    limits.header_bytes = 32 * 1024;
    limits.body_bytes = 4 * http::read_buffer_limit;
    kit::Running lenient{limits};
    std::string const body(limits.body_bytes, 'x');
    auto const echoed = test::ask(lenient.port(), "POST", "/echo", body,
                                  {"X-Long: " + std::string(31 * 1024, 'x')});
    CHECK(echoed.status == 200);
    CHECK(echoed.body == body);
    CHECK(test::ask(lenient.port(), "POST", "/echo", body + 'x').body == "body_too_large  262144");
}

TEST_CASE("A client that does not read its answer is cut at the deadline of writing")
{
    http::Limits limits = quick_limits();
    limits.write_deadline = 400ms;
    kit::Running running{limits};
    RawClient deaf{running.port()};
    deaf.send(test::request_text("GET", "/huge", "", {}));
    running.wait_until_finished(1); // the answer was given up: nobody has read a byte of it
    CHECK(deaf.read_all().size() < kit::huge_bytes);
    CHECK(test::get(running.port(), "/hello").status == 200);

    limits.write_deadline = 30s; // a busy machine is slow at 64 MiB, and not deaf
    kit::Running patient{limits};
    RawClient reading{patient.port()};
    reading.send(test::request_text("GET", "/huge", "", {}));
    CHECK(reading.read_answer().body.size() == kit::huge_bytes);
}

TEST_CASE("A slow client is cut at the deadline of the whole request, however it drips")
{
    kit::Running running{quick_limits()};
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 20; ++i) {
        slow.push_back(std::make_unique<RawClient>(running.port()));
        slow.back()->send(i % 2 == 0 ? "GET /hello HTTP/1.1\r\nHost: loc"
                                     : "POST /echo HTTP/1.1\r\nHost: localhost\r\n"
                                       "Content-Length: 1000\r\n\r\nab");
    }
    auto const began = std::chrono::steady_clock::now();
    for (int i = 0; i < 50; ++i) { // a good client is served between their bytes
        for (auto const& client : slow) client->send("x");
        CHECK(test::get(running.port(), "/hello").status == 200);
    }
    for (auto const& client : slow) {
        auto const answer = client->read_answer();
        CHECK(answer.status == 408);
        CHECK(answer.body == "request_timeout  400");
        CHECK(answer.header("connection") == "close");
    }
    CHECK(std::chrono::steady_clock::now() - began < 10s);
}

TEST_CASE("A connection that says nothing is closed, one that rests between requests later")
{
    auto limits = quick_limits();
    limits.idle_deadline = 1'500ms;
    kit::Running running{limits};
    RawClient silent{running.port()};
    RawClient resting{running.port()};
    resting.send(test::request_text("GET", "/hello", "", {}));
    CHECK(resting.read_answer().status == 200);
    CHECK(silent.is_closed_within(1'200ms));
    CHECK_FALSE(resting.is_closed_within(300ms));
    CHECK(resting.is_closed_within(3'000ms));
}

TEST_CASE("Requests that are sent at once are answered in order")
{
    kit::Running running;
    RawClient client{running.port()};
    std::string all;
    for (int i = 0; i < 50; ++i) {
        all += test::request_text("GET", "/names/" + std::to_string(i), "", {});
    }
    client.send(all);
    for (int i = 0; i < 50; ++i) CHECK(client.read_answer().body == std::to_string(i) + '/');
}

TEST_CASE("Paths are decoded, queries are strict")
{
    kit::Running running;
    struct Row {
        char const* target;
        int status;
        char const* body;
    };
    std::vector<Row> const rows{
        {"/names/tea", 200, "tea/"},
        {"/names/%E8%8C%B6", 200, "茶/"},
        {"/names/a%2Fb", 200, "a/b/"},
        {"/names/tea?colour=green", 200, "tea/green"},
        {"/names/tea?colour=", 200, "tea/"},
        {"/names/tea?colour=a+b%20c", 200, "tea/a b c"},
        {"/names/tea?%ff%fe=1", 400, "query_malformed  "},
        {"/names/tea?size=1", 400, "parameter_unknown size colour"},
        {"/names/tea?colour", 400, "query_malformed colour "},
        {"/names/tea?colour=a&colour=b", 400, "query_malformed colour "},
        {"/names/", 404, "route_not_found  "},
        {"/names", 404, "route_not_found  "},
        {"/names/a/b", 404, "route_not_found  "},
        {"/hello/", 404, "route_not_found  "},
        {"//hello", 404, "route_not_found  "},
        {"/", 404, "route_not_found  "},
        {"/../hello", 404, "route_not_found  "},
    };
    for (auto const& row : rows) {
        INFO(row.target);
        auto const answer = test::get(running.port(), row.target);
        CHECK(answer.status == row.status);
        CHECK(answer.body == row.body);
    }
}

TEST_CASE("A method that a path does not take is refused with those that it takes")
{
    kit::Running running;
    auto const answer = test::ask(running.port(), "DELETE", "/hello");
    CHECK(answer.status == 405);
    CHECK(answer.header("allow") == "GET, HEAD");
    auto const post = test::ask(running.port(), "POST", "/hello");
    CHECK(post.status == 405);
    auto const get = test::get(running.port(), "/echo");
    CHECK(get.status == 405);
    CHECK(get.header("allow") == "POST");
}

TEST_CASE("A HEAD is a GET without its body")
{
    kit::Running running;
    RawClient client{running.port()};
    client.send(test::request_text("HEAD", "/hello", "", {}));
    auto const head = client.read_answer(true);
    CHECK(head.status == 200);
    CHECK(head.header("content-length") == "7");
    client.send(test::request_text("GET", "/hello", "", {}));
    CHECK(client.read_answer().body == "\"hello\"");
}

TEST_CASE("HTTP/1.0 needs no host and closes unless asked to stay")
{
    kit::Running running;
    RawClient client{running.port()};
    client.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    auto const kept = client.read_answer();
    CHECK(kept.status == 200);
    CHECK(kept.header("connection") == "keep-alive");
    client.send("GET /hello HTTP/1.0\r\n\r\n");
    CHECK(client.read_all().find("\"hello\"") != std::string::npos);
}

TEST_CASE("A client that waits for 100 Continue is asked for its body")
{
    kit::Running running;
    RawClient client{running.port()};
    client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
                "Expect: 100-continue\r\n\r\n");
    CHECK(client.read_answer().status == 100);
    client.send("hello");
    auto const answer = client.read_answer();
    CHECK(answer.status == 200);
    CHECK(answer.body == "hello");
}

TEST_CASE("A handler that drops its request or throws is answered as an internal fault")
{
    kit::Running running;
    for (char const* const target : {"/drop", "/bug"}) {
        auto const answer = test::get(running.port(), target);
        CHECK(answer.status == 500);
        CHECK(answer.body == "internal_fault  ");
        CHECK(answer.header("retry-after").empty());
    }
}

TEST_CASE("One address cannot take all connections, and what is turned away is told so")
{
    http::Limits limits;
    limits.connections_per_address = 3;
    kit::Running running{limits};
    std::vector<std::unique_ptr<RawClient>> held;
    for (int i = 0; i < 3; ++i) {
        held.push_back(std::make_unique<RawClient>(running.port()));
        held.back()->send(test::request_text("GET", "/hello", "", {}));
        CHECK(held.back()->read_answer().status == 200);
    }
    RawClient turned_away{running.port()};
    auto const answer = turned_away.read_answer();
    CHECK(answer.status == 503);
    CHECK(answer.header("retry-after") == "1");
    CHECK(answer.body == "service_busy  1");
    CHECK(turned_away.is_closed_within(2'000ms));
}

TEST_CASE("All addresses together have a limit too, and a connection that ends makes room")
{
    http::Limits limits;
    limits.connections = 3;
    kit::Running running{limits};
    std::vector<std::unique_ptr<RawClient>> held;
    for (int i = 0; i < 3; ++i) {
        held.push_back(std::make_unique<RawClient>(running.port()));
        held.back()->send(test::request_text("GET", "/hello", "", {}));
        CHECK(held.back()->read_answer().status == 200);
    }
    CHECK(test::get(running.port(), "/hello").body == "service_busy  1");
    held.front()->send(test::request_text("GET", "/hello", "", {"Connection: close"}));
    CHECK(held.front()->read_answer().status == 200);
    held.front()->finish_sending();
    CHECK(held.front()->is_closed_within(2'000ms));
    held.front().reset();
    auto const until = std::chrono::steady_clock::now() + 10s;
    test::Answer answer;
    do { // the server forgets the connection a moment after its client sees the end
        answer = test::get(running.port(), "/hello");
    } while (answer.status == 503 && std::chrono::steady_clock::now() < until);
    CHECK(answer.status == 200);
}

TEST_CASE("A stop answers what is in flight, closes what is idle and takes nothing new")
{
    kit::Running running;
    RawClient idle{running.port()};
    idle.send(test::request_text("GET", "/hello", "", {}));
    CHECK(idle.read_answer().status == 200);
    RawClient busy{running.port()};
    busy.send(test::request_text("GET", "/slow", "", {}));
    running.wait_until_slow();
    running.server().stop();
    CHECK(idle.is_closed_within(2'000ms));
    CHECK_FALSE(busy.is_closed_within(100ms));
    running.release();
    auto const answer = busy.read_answer();
    CHECK(answer.status == 200);
    CHECK(answer.body == "\"released\"");
    CHECK(answer.header("connection") == "close");
    running.join();
    CHECK(running.is_drained());
    CHECK_THROWS(RawClient{running.port()});
}

TEST_CASE("What was sent before a stop but not begun is told that the service is stopping")
{
    kit::Running running;
    RawClient client{running.port()};
    client.send(test::request_text("GET", "/slow", "", {}) +
                test::request_text("GET", "/hello", "", {}));
    running.wait_until_slow();
    running.server().stop();
    running.release();
    CHECK(client.read_answer().status == 200);
    auto const late = client.read_answer();
    CHECK(late.status == 503);
    CHECK(late.body == "service_stopping  ");
    CHECK(late.header("retry-after") == "1");
    CHECK(late.header("connection") == "close");
    running.join();
}

TEST_CASE("A stop does not wait for ever")
{
    auto limits = quick_limits();
    limits.drain_deadline = 200ms;
    kit::Running running{limits};
    RawClient busy{running.port()};
    busy.send(test::request_text("GET", "/slow", "", {}));
    running.wait_until_slow();
    running.server().stop();
    running.join();
    CHECK_FALSE(running.is_drained());
}

TEST_CASE("Whoever waits longer than an answer may take is told to come again, and can")
{
    auto limits = quick_limits();
    limits.answer_deadline = 200ms;
    limits.drain_deadline = 300ms;
    kit::Running running{limits};
    RawClient client{running.port()};
    client.send(test::request_text("GET", "/slow", "", {}));
    auto const late = client.read_answer();
    CHECK(late.status == 503);
    CHECK(late.body == "database_unavailable  ");
    CHECK(late.header("retry-after") == "1");
    client.send(test::request_text("GET", "/hello", "", {}));
    CHECK(client.read_answer().status == 200);
    bool const is_released = GENERATE(true, false);
    if (is_released) running.release(); // its answer comes and goes nowhere
    running.server().stop();
    running.join();
    CHECK(running.is_drained() == is_released); // whoever works on it must not outlive the server
}

TEST_CASE("Every answer bears a request id, and a client's own one is kept when it is sound")
{
    kit::Running running;
    struct Row {
        char const* header;
        char const* id; ///< empty: a new one
    };
    std::vector<Row> const rows{
        {"X-Request-Id: counter-3.1842", "counter-3.1842"},
        {"X-Request-Id: short", ""},
        {"X-Request-Id: has a space in it", ""},
        {"X-Request-Id: \"quoted-12345\"", ""},
        {"traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
         "4bf92f3577b34da6a3ce929d0e0e4736"},
        {"traceparent: 00-00000000000000000000000000000000-00f067aa0ba902b7-01", ""},
        {"traceparent: 00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", ""},
    };
    for (auto const& row : rows) {
        INFO(row.header);
        auto const id = test::get(running.port(), "/hello", {row.header}).header("x-request-id");
        if (*row.id != '\0') {
            CHECK(id == row.id);
        } else {
            CHECK(id.size() == 32);
            CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
        }
    }
}

TEST_CASE("Every answer bears the headers that keep a browser from harm")
{
    kit::Running running;
    for (char const* const target : {"/hello", "/nowhere"}) {
        auto const answer = test::get(running.port(), target);
        CHECK(answer.header("x-content-type-options") == "nosniff");
        CHECK(answer.header("referrer-policy") == "no-referrer");
        CHECK(answer.header("cache-control") == "no-store");
        CHECK(answer.header("content-security-policy").starts_with("default-src 'none'"));
    }
}
