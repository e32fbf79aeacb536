// Two services before one database: they take turns behind the county's row, and whichever is
// asked, a key is one booking.
#include "stage.hpp"

#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/raw_client.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <future>
#include <set>

namespace json = boost::json;

namespace {

constexpr int clients = 64;
constexpr int payments_each = 4;

struct Told {
    std::vector<std::int64_t> entries;
    std::vector<std::string> wrong;
};

/// Pays at one service or the other by turns, and asks the other one for the same key.
Told pay_at_both(std::uint16_t one, std::uint16_t other, int client)
{
    Told told;
    for (int n = 0; n < payments_each; ++n) {
        std::string const key = "both-" + std::to_string(client) + "-" + std::to_string(n);
        auto const loan = fault::loan_number(1 + (client + n) % fault::loans);
        auto const target = fault::repayments_of(loan);
        auto const body = fault::body_of(ledger::Money::fen(100));
        bool const is_turned = (client + n) % 2 == 0;
        auto const first = test::post(is_turned ? other : one, target, body, key);
        auto const again = test::post(is_turned ? one : other, target, body, key);
        if (first.status != 201 || again.status != 200 || again.body != first.body)
            told.wrong.push_back(key + ": " + first.body + " and then " + again.body);
        if (first.status == 201)
            told.entries.push_back(json::parse(first.body).at("entry_number").as_int64());
    }
    return told;
}

std::int64_t deadlocks_in(std::string const& url)
{
    pqxx::connection superuser{url};
    pqxx::work work{superuser};
    return work
        .exec1("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")[0]
        .as<std::int64_t>();
}

} // namespace

TEST_CASE("Two services on one database book 64 clients' payments on 8 loans once and gapless")
{
    auto const url = test::fresh_books();
    fault::set_the_stage(url);
    store::Database reader{url, store::Role::reader};
    auto const before = store::county(reader, test::fengqing())->entries;
    test::Daifud one{fault::setup_for(url)}, other{fault::setup_for(url)};
    std::vector<std::future<Told>> running;
    for (int client = 0; client < clients; ++client) {
        running.push_back(
            std::async(std::launch::async, pay_at_both, one.port(), other.port(), client));
    }
    std::set<std::int64_t> entries;
    for (auto& each : running) {
        auto const told = each.get();
        CHECK(told.wrong == std::vector<std::string>{});
        entries.insert(told.entries.begin(), told.entries.end());
    }
    constexpr int payments = clients * payments_each;
    CHECK(entries.size() == payments);
    CHECK(*entries.begin() == before + 1);
    CHECK(*entries.rbegin() == before + payments);
    CHECK(store::county(reader, test::fengqing())->entries == before + payments);
    for (int n = 1; n <= fault::loans; ++n) {
        auto const loan = store::loan(reader, test::fengqing(), fault::loan_number(n));
        CHECK(loan->events.size() == 2 + payments / fault::loans);
    }
    CHECK(deadlocks_in(url) == 0); // none was even retried
    store::Database auditor{url, store::Role::auditor};
    CHECK(test::complaints(auditor) == "");
}
