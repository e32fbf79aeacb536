// Figures from a real standby: it is read while it keeps up, says of when it is, and whatever
// befalls it (its replay is halted, it is frozen, killed, promoted) the figures are asked of the
// primary instead of being old.
#include "daifud/standby.hpp"
#include "tests/http/books.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/people.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>
#include <pqxx/pqxx>

#include <chrono>

using namespace std::chrono_literals;
using test::Books;
using test::get;

namespace {

constexpr char const* figures = "/v1/statistics/portfolio?by=county";

std::string outstanding(std::uint16_t port, std::string const& target = figures)
{
    auto const answer = get(port, target);
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    auto const body = test::json_of(answer);
    return std::string{body.at("county").at("outstanding").as_string()};
}

/// True once `is_so`; false when it is not within 20 s.
template <class Claim> bool comes_true(Claim const& is_so)
{
    auto const until = std::chrono::steady_clock::now() + 20s;
    while (std::chrono::steady_clock::now() < until) {
        if (is_so()) return true;
    }
    return false;
}

/// The books, a standby of them, and a service that knows both.
struct TwoServers {
    explicit TwoServers(std::string const& bound_ms)
        : primary{test::Cluster::apart()}
        , books{of(primary->migrated_database())}
        , standby{test::Cluster::standby_of(*primary)}
        , daifud{setup(bound_ms)}
    {
        books.lend();
        REQUIRE(comes_true([&] { return reader().at("is_used").as_bool(); }));
        REQUIRE(comes_true([&] { return outstanding(daifud.port()) == "50000.00"; }));
    }

    static test::DaifudSetup of(std::string const& database)
    {
        test::DaifudSetup made;
        made.database = database;
        return made;
    }
    test::DaifudSetup setup(std::string const& bound_ms) const
    {
        auto made = of(books.database);
        made.settings = "reader_database = \"" + url() + '"';
        made.limits = "reader_lag_ms = " + bound_ms;
        return made;
    }
    std::string url() const { return standby->url(test::database_of(books.database)); }
    boost::json::object reader() const
    {
        return test::json_of(get(daifud.port(), "/readyz")).at("reader").as_object();
    }
    bool metrics_say(std::string const& line) const
    {
        return get(daifud.port(), "/metrics").body.find('\n' + line + '\n') != std::string::npos;
    }
    int log_count(std::string const& event) const
    {
        auto const log = daifud.log();
        int count = 0;
        for (auto at = log.find('"' + event + '"'); at != std::string::npos;
             at = log.find('"' + event + '"', at + 1))
        {
            ++count;
        }
        return count;
    }
    void halt() { primary->run_sql(url(), "SELECT pg_wal_replay_pause()"); }
    void go_on() { primary->run_sql(url(), "SELECT pg_wal_replay_resume()"); }
    void repay(std::string const& yuan)
    {
        auto const body = R"({"amount":")" + yuan + "\"}";
        REQUIRE(test::post(daifud.port(), "/v1/loans/L-1/repayments", body).status == 201);
    }
    std::string balance() const
    {
        auto const card = test::json_of(get(daifud.port(), "/v1/loans/L-1"));
        return std::string{card.at("principal_outstanding").as_string()};
    }

    std::unique_ptr<test::Cluster> primary;
    Books books; ///< with a service of their own, which knows no standby
    std::unique_ptr<test::Cluster> standby;
    test::Daifud daifud;
};

} // namespace

TEST_CASE("What a standby shows is as old as the last place of the primary that it has reached")
{
    using daifud::Lag;
    Lag::Instant const start{};
    auto const at = [&](int seconds) { return start + std::chrono::seconds{seconds}; };
    auto const primary = [](std::int64_t place) { return store::LogPlace{"1", place, false}; };
    auto const standby = [](std::int64_t place) { return store::LogPlace{"1", place, true}; };
    Lag lag;
    CHECK(!lag.complete_at());
    lag.look(at(1), primary(100), standby(90)); // how old that is nobody has seen
    CHECK(!lag.complete_at());
    lag.look(at(2), primary(110), standby(105));
    CHECK(lag.complete_at() == at(1));
    lag.look(at(3), primary(120), standby(119));
    CHECK(lag.complete_at() == at(2));
    lag.look(at(60), primary(120), standby(120)); // an idle primary is no lag
    CHECK(lag.complete_at() == at(60));
    lag.look(at(61), primary(130), standby(120));
    lag.look(at(62), primary(140), standby(120)); // a halted replay is
    CHECK(lag.complete_at() == at(60));
    lag.look(at(63), primary(125), standby(125)); // another primary, which stands before the old
    CHECK(lag.complete_at() == at(63));
    for (int n = 0; n < 3'000; ++n) lag.look(at(100 + n), primary(200 + n), standby(200));
    lag.look(at(3'100), primary(3'200), standby(3'199)); // exact no more, and never too young
    CHECK(lag.complete_at() < at(3'100));
    CHECK(lag.complete_at() > at(3'000));

    lag.look(at(4'000), primary(5'000), store::LogPlace{"2", 5'000, true});
    CHECK(!lag.complete_at()); // another cluster's
    lag.look(at(4'001), primary(5'000), standby(5'000));
    CHECK(lag.complete_at() == at(4'001));
    lag.look(at(4'002), primary(5'000), primary(5'000));
    CHECK(!lag.complete_at()); // promoted, it goes its own way
}

TEST_CASE("Figures come from the standby and say of when they are, cards from the primary")
{
    TwoServers servers{"600000"};
    auto const port = servers.daifud.port();
    test::RawClient client{port};
    client.send("GET /v1/statistics/stream HTTP/1.1\r\nHost: localhost\r\n" +
                test::bearer(test::desk_token) + "\r\n\r\n");
    REQUIRE(client.read_until("\"outstanding\":\"50000.00\"") != "");

    servers.halt();
    servers.repay("1000.00");
    CHECK(servers.balance() == "49000.00");
    auto const answer = get(port, figures);
    auto const known_at = answer.header("daifu-known-at");
    CHECK(outstanding(port) == "50000.00"); // so it was the standby that answered
    REQUIRE(known_at != "");
    // The primary says the same of that instant, and of now something else.
    auto const asked = std::string{figures} + "&known_at=" + known_at;
    CHECK(outstanding(servers.books.port(), asked) == "50000.00");
    CHECK(outstanding(servers.books.port()) == "49000.00");
    CHECK(get(servers.books.port(), figures).header("daifu-known-at") > known_at);
    for (auto const* const target :
         {"/v1/public/statistics", "/v1/public/statistics.csv", "/v1/statistics/portfolio.csv",
          "/v1/statistics/leading", "/v1/statistics/funds", "/v1/reports/work"})
    {
        INFO(target);
        CHECK(get(port, target).header("daifu-known-at") == known_at);
    }
    CHECK(servers.reader().at("is_used") == true);
    REQUIRE(comes_true([&] { return servers.reader().at("lag_ms").as_int64() > 500; }));
    CHECK(servers.metrics_say("ledger_reader_is_used 1"));
    CHECK(test::find_process(servers.url(), "SELECT pid FROM pg_stat_activity WHERE"
                                            " application_name = 'daifu'"
                                            " AND datname = current_database()") > 0);

    servers.go_on(); // and whoever listens is told, though nothing is committed any more
    CHECK(client.read_until("\"outstanding\":\"49000.00\"") != "");
    CHECK(comes_true([&] { return outstanding(port) == "49000.00"; }));
    CHECK(comes_true([&] { return servers.reader().at("lag_ms").as_int64() < 500; }));
    CHECK(servers.log_count("reader.used") == 1);
    CHECK(servers.log_count("reader.not_used") == 0);
}

TEST_CASE("A standby that falls behind, freezes, dies or is promoted is not read, and then again")
{
    TwoServers servers{"1000"};
    auto const port = servers.daifud.port();
    int const used = servers.log_count("reader.used"),
              unused = servers.log_count("reader.not_used");
    auto const is_used = [&] { return servers.metrics_say("ledger_reader_is_used 1"); };
    auto const is_unused = [&] { return servers.metrics_say("ledger_reader_is_used 0"); };

    servers.halt();
    servers.repay("1.00");
    REQUIRE(comes_true(is_unused));
    CHECK(outstanding(port) == "49999.00");
    CHECK(servers.reader().at("is_used") == false);
    CHECK(servers.reader().at("lag_ms").as_int64() > 1'000);
    CHECK(get(port, "/readyz").status == 200);
    servers.go_on();
    REQUIRE(comes_true(is_used));
    CHECK(outstanding(port) == "49999.00");

    servers.standby->kill_all();
    CHECK(outstanding(port) == "49999.00"); // whether that was noticed already or not
    servers.repay("1.00");
    CHECK(outstanding(port) == "49998.00");
    REQUIRE(comes_true(is_unused));
    CHECK(servers.metrics_say("ledger_reader_lag_seconds +Inf"));
    CHECK(servers.reader().at("lag_ms").is_null());
    servers.standby->start();
    REQUIRE(comes_true(is_used));
    CHECK(outstanding(port) == "49998.00");

    servers.standby->freeze();
    servers.repay("1.00");
    REQUIRE(comes_true(is_unused));
    CHECK(outstanding(port) == "49997.00");
    servers.standby->thaw();
    REQUIRE(comes_true(is_used));

    servers.primary->run_sql(servers.url(), "SELECT pg_promote()");
    REQUIRE(comes_true(is_unused));
    servers.repay("1.00");
    CHECK(outstanding(port) == "49996.00");
    CHECK(comes_true([&] { return servers.reader().at("lag_ms").is_null(); }));
    // Once a change, however many asked meanwhile.
    CHECK(servers.log_count("reader.used") == used + 3);
    CHECK(servers.log_count("reader.not_used") == unused + 4);
}
