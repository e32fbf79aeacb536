// A database that does not answer for a while, though its connections stand: the whole server
// stopped, or only the process that writes. And clients that go away meanwhile. Whoever waits gets
// his answer or a clear "later"; nothing is booked twice; the same key always tells.
#include "stage.hpp"

#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/raw_client.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <csignal>
#include <future>
#include <memory>
#include <sys/socket.h>
#include <thread>

using namespace std::chrono_literals;
using ledger::Money;

namespace {

constexpr auto stall = 10s;
constexpr int callers = 16;
constexpr auto busy_within = 50ms; ///< a full queue is told at once

/// Holds the county's row until it is let go.
class HeldCounty {
  public:
    explicit HeldCounty(std::string const& url)
        : connection_{url}
        , work_{std::make_unique<pqxx::work>(connection_)}
    {
        work_->exec("SELECT FROM ledger.county FOR UPDATE");
    }
    void release() { work_.reset(); }

  private:
    pqxx::connection connection_;
    std::unique_ptr<pqxx::work> work_;
};

/// A process of the server that does nothing until this ends, also when a test fails meanwhile.
class Stopped {
  public:
    explicit Stopped(pid_t process)
        : process_{process}
    {
        kill(process_, SIGSTOP);
    }
    ~Stopped() { kill(process_, SIGCONT); }
    Stopped(Stopped const&) = delete;
    Stopped& operator=(Stopped const&) = delete;

  private:
    pid_t process_;
};

/// The whole server.
struct Frozen {
    Frozen() { test::Cluster::instance().freeze(); }
    ~Frozen() { test::Cluster::instance().thaw(); }
    Frozen(Frozen const&) = delete;
    Frozen& operator=(Frozen const&) = delete;
};

std::vector<std::string> head_of(std::string const& key)
{
    return {"Content-Type: application/json", "Idempotency-Key: " + key};
}

std::string payment(std::string const& key, int loan = 1)
{
    return test::request_text("POST", fault::repayments_of(fault::loan_number(loan)),
                              fault::body_of(Money::fen(100)), head_of(key));
}

test::Answer pay(std::uint16_t port, std::string const& key, int loan = 1)
{
    return test::ask(port, "POST", fault::repayments_of(fault::loan_number(loan)),
                     fault::body_of(Money::fen(100)), head_of(key));
}

/// As a client should: "later" is asked again with its own key.
test::Answer pay_in_the_end(std::uint16_t port, std::string const& key, int loan)
{
    auto const until = std::chrono::steady_clock::now() + 60s;
    auto answer = pay(port, key, loan);
    while (answer.status == 503 && std::chrono::steady_clock::now() < until)
        answer = pay(port, key, loan);
    return answer;
}

struct Paying {
    std::string key;
    int loan = 1;
    std::future<test::Answer> answer;
};

std::vector<Paying> pay_at_once(std::uint16_t port, std::string const& prefix)
{
    std::vector<Paying> all;
    for (int n = 0; n < callers; ++n) {
        Paying one{prefix + std::to_string(n), 1 + n % fault::loans, {}};
        one.answer = std::async(std::launch::async, [port, key = one.key, loan = one.loan] {
            test::RawClient client{port, stall * 4};
            client.send(payment(key, loan));
            return client.read_answer();
        });
        all.push_back(std::move(one));
    }
    return all;
}

/// An answer of the books, or "later" and how much later; then the key tells what was booked.
void require_answered(std::uint16_t port, std::vector<Paying>& all)
{
    for (auto& one : all) {
        auto const first = one.answer.get();
        INFO(one.key << " " << first.status << " " << first.body);
        CHECK((first.status == 201 || first.status == 503));
        if (first.status == 503) CHECK_FALSE(first.header("retry-after").empty());
        auto const again = pay_in_the_end(port, one.key, one.loan);
        INFO("again " << again.status << " " << again.body);
        CHECK((again.status == 200 || again.status == 201));
        if (first.status == 201) CHECK(again.body == first.body);
    }
}

/// So that what stalls is a connection that stands, not one that is being opened.
void open_every_reader(std::uint16_t port)
{
    std::vector<std::future<test::Answer>> all;
    for (int n = 0; n < 32; ++n)
        all.push_back(
            std::async(std::launch::async, [port] { return test::get(port, "/readyz"); }));
    for (auto& one : all) CHECK(one.get().status == 200);
}

std::int64_t repayments_in(std::string const& url, std::string const& prefix)
{
    pqxx::connection superuser{url};
    pqxx::work work{superuser};
    return work
        .exec_params1("SELECT count(*) FROM ledger.journal_entry WHERE cause = 'repayment'"
                      " AND starts_with(idempotency_key, $1)",
                      prefix)[0]
        .as<std::int64_t>();
}

void require_well(std::string const& url, std::uint16_t port)
{
    CHECK(test::get(port, "/readyz").status == 200);
    store::Database auditor{url, store::Role::auditor};
    CHECK(test::complaints(auditor) == "");
}

} // namespace

TEST_CASE("Clients that go away before their answer find it under their key, booked once")
{
    auto const url = test::fresh_books();
    fault::set_the_stage(url);
    test::Daifud service{fault::setup_for(url)};
    HeldCounty held{url};
    std::vector<std::string> keys;
    for (int n = 0; n < callers; ++n) {
        keys.push_back("gone-away-" + std::to_string(n));
        test::RawClient client{service.port()};
        client.send(payment(keys.back()));
        if (n % 2 == 0) client.finish_sending(); // then closes, as a cut-off client does
        if (n == 0) fault::writer_of(url);       // it is with the writer when its client goes
    }
    // Half a request is none, however long its connection stands.
    test::RawClient half{service.port(), 40s};
    half.send(payment("half-a-request").substr(0, 120));
    held.release();
    for (auto const& key : keys) {
        auto const answer = pay(service.port(), key);
        CHECK((answer.status == 200 || answer.status == 201));
        CHECK(pay(service.port(), key).body == answer.body);
    }
    CHECK(repayments_in(url, "gone-away-") == callers);
    CHECK(repayments_in(url, "half-a-request") == 0);
    CHECK(half.read_answer().status == 408);
    CHECK(pay(service.port(), "half-a-request").status == 201);
    require_well(url, service.port());
}

TEST_CASE("While the process that writes is stopped readings go on, and then all is booked once")
{
    auto const url = test::fresh_books();
    fault::set_the_stage(url);
    test::Daifud service{fault::setup_for(url)};
    HeldCounty held{url};
    auto paying = pay_at_once(service.port(), "stopped-writer-");
    auto stopped = std::make_unique<Stopped>(fault::writer_of(url));
    held.release();
    for (auto const until = std::chrono::steady_clock::now() + stall;
         std::chrono::steady_clock::now() < until;)
    {
        auto const began = std::chrono::steady_clock::now();
        CHECK(test::get(service.port(), "/v1/loans/L1").status == 200);
        CHECK(test::get(service.port(), "/readyz").status == 200);
        CHECK(std::chrono::steady_clock::now() - began < stall / 2);
    }
    stopped.reset();
    require_answered(service.port(), paying);
    CHECK(repayments_in(url, "stopped-writer-") == callers);
    require_well(url, service.port());
}

TEST_CASE("While the whole server is stopped nobody waits for ever, and then all is booked once")
{
    auto const url = test::fresh_books();
    fault::set_the_stage(url);
    auto setup = fault::setup_for(url);
    setup.limits += "\nanswer_deadline_ms = 4000";
    test::Daifud service{setup};
    CHECK(pay(service.port(), "before-it-stops").status == 201);
    open_every_reader(service.port());
    auto frozen = std::make_unique<Frozen>();
    auto const until = std::chrono::steady_clock::now() + stall;
    auto paying = pay_at_once(service.port(), "stopped-server-");
    CHECK(test::get(service.port(), "/healthz").status == 200);
    auto const ready = test::get(service.port(), "/readyz");
    CHECK(ready.status == 503);
    CHECK(ready.body == R"({"is_ready":false,"reasons":["database_silent"]})");
    auto const reading = test::get(service.port(), "/v1/loans/L1"); // waits to be let in
    CHECK(reading.status == 503);
    CHECK(boost::json::parse(reading.body).at("code") == "database_unavailable");
    for (auto& one : paying) CHECK(one.answer.wait_until(until) == std::future_status::ready);
    CHECK(std::chrono::steady_clock::now() < until);
    std::this_thread::sleep_until(until);
    frozen.reset();
    require_answered(service.port(), paying);
    CHECK(repayments_in(url, "stopped-server-") == callers);
    fault::wait_until_ready(service.port());
    require_well(url, service.port());
}

TEST_CASE("A service that waits for a stopped server ends all the same, and its keys tell later")
{
    auto const url = test::fresh_books();
    fault::set_the_stage(url);
    auto setup = fault::setup_for(url);
    setup.limits += "\nanswer_deadline_ms = 1000\ndrain_deadline_ms = 1000";
    test::Daifud service{setup};
    CHECK(pay(service.port(), "before-it-ends").status == 201);
    auto frozen = std::make_unique<Frozen>();
    auto paying = pay_at_once(service.port(), "ended-silent-");
    for (auto& one : paying) one.answer.wait();
    CHECK(service.stop() == 3);
    frozen.reset();
    service.start();
    fault::wait_until_ready(service.port());
    require_answered(service.port(), paying);
    CHECK(repayments_in(url, "ended-silent-") == callers);
    require_well(url, service.port());
}

TEST_CASE("Behind a stopped writer a full queue answers busy within fifty milliseconds")
{
    auto const url = test::fresh_books();
    fault::set_the_stage(url);
    auto setup = fault::setup_for(url);
    setup.limits += "\nwriter_queue = 4";
    test::Daifud service{setup};
    HeldCounty held{url};
    auto first = std::async(std::launch::async, [&] { return pay(service.port(), "full-first"); });
    auto stopped = std::make_unique<Stopped>(fault::writer_of(url));
    auto paying = pay_at_once(service.port(), "full-queue-"); // four wait, the rest is told
    while (test::get(service.port(), "/metrics").body.find("ledger_queue_depth 4") ==
           std::string::npos)
    {
        std::this_thread::yield();
    }
    std::vector<std::chrono::steady_clock::duration> took;
    for (int n = 0; n < 21; ++n) {
        auto const began = std::chrono::steady_clock::now();
        auto const answer = pay(service.port(), "too-many-" + std::to_string(n));
        took.push_back(std::chrono::steady_clock::now() - began);
        CHECK(answer.status == 503);
        CHECK(answer.header("retry-after") == "1");
        CHECK(boost::json::parse(answer.body).at("code") == "service_busy");
    }
    std::ranges::nth_element(took, took.begin() + 10); // one may fall on a busy machine
    CHECK(took[10] < busy_within);
    held.release();
    stopped.reset();
    CHECK(first.get().status == 201);
    require_answered(service.port(), paying);
    CHECK(repayments_in(url, "full-") == 1 + callers);
    CHECK(repayments_in(url, "too-many-") == 0);
    require_well(url, service.port());
}

TEST_CASE("Thirty-two clients share one connection for reading, and none waits for ever")
{
    auto const url = test::fresh_books();
    fault::set_the_stage(url);
    auto setup = fault::setup_for(url);
    setup.settings = "readers = 1";
    test::Daifud service{setup};
    constexpr int clients = 32;
    std::vector<std::future<int>> running;
    for (int n = 0; n < clients; ++n) {
        running.push_back(std::async(std::launch::async, [&service, n] {
            int good = 0;
            int const loan = 1 + n % fault::loans;
            auto const card = "/v1/loans/" + fault::loan_number(loan).text();
            for (int i = 0; i < 3; ++i) {
                auto const key = "one-reader-" + std::to_string(n) + "-" + std::to_string(i);
                good += pay(service.port(), key, loan).status == 201 ? 1 : 0;
                for (auto const& target : {card, card + "/statement", std::string{"/v1/funds"}})
                    good += test::get(service.port(), target).status == 200 ? 1 : 0;
            }
            return good;
        }));
    }
    for (auto& one : running) CHECK(one.get() == 3 * 4);
    CHECK(repayments_in(url, "one-reader-") == clients * 3);
    require_well(url, service.port());
}
