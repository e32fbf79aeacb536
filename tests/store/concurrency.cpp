// Many clients on the same loans, lost connections, a server that goes away at the worst moment.
#include "tests/support/cluster.hpp"
#include "tests/support/cutting_proxy.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <atomic>
#include <thread>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

std::int64_t repayments(std::string const& url)
{
    pqxx::connection superuser{url};
    pqxx::work work{superuser};
    return work.exec1("SELECT count(*) FROM ledger.loan_event WHERE kind = 'repaid'")[0]
        .as<std::int64_t>();
}

} // namespace

TEST_CASE("Two clients repaying one loan at once are both right")
{
    auto const url = fresh_books();
    Desk desk{url};
    desk.open();
    desk.lend(1);
    Date const day = on("2015-03-02");
    std::vector<std::thread> clients;
    std::atomic<int> booked{0};
    for (int n = 0; n < 2; ++n)
        clients.emplace_back([&, n] {
            Desk own{url, "client" + std::to_string(n)};
            for (int i = 0; i < 10; ++i)
                if (own.one(repay(loan_number("L1"), yuan("100.00"), day), day).is_booked())
                    ++booked;
        });
    for (auto& client : clients) client.join();
    CHECK(booked == 20);
    auto const held = *loan(desk.reader, fengqing(), loan_number("L1"));
    CHECK(held.events.size() == 22);
    CHECK(held.booked[Position::bank] == yuan("-48000.00"));
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("Sixty-four clients on eight loans finish without a deadlock")
{
    auto const url = fresh_books();
    Desk desk{url};
    desk.open(8);
    for (int n = 1; n <= 8; ++n) desk.lend(n);
    Date const day = on("2015-03-02");
    std::vector<std::thread> clients;
    std::atomic<int> booked{0};
    for (int n = 0; n < 64; ++n)
        clients.emplace_back([&, n] {
            Desk own{url, "client" + std::to_string(n)};
            for (int i = 0; i < 2; ++i) {
                std::vector<Envelope> batch;
                for (int k = 0; k < 3; ++k)
                    batch.push_back(own.envelope(
                        repay(loan_number("L" + std::to_string(1 + (n * 5 + k * 3 + i) % 8)),
                              yuan("10.00"), day),
                        day));
                for (auto const& outcome : execute(own.app, batch))
                    booked += outcome.is_booked() ? 1 : 0;
            }
        });
    for (auto& client : clients) client.join();
    CHECK(booked == 64 * 2 * 3);
    CHECK(repayments(url) == booked);
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("A connection that broke while idle is opened again, and a server that is down says so")
{
    auto const url = fresh_books();
    Desk desk{url};
    desk.open();
    desk.lend(1);
    Date const day = on("2015-03-02");
    CHECK(desk.reader.is_reachable());
    Cluster::instance().restart();
    desk.booked(repay(loan_number("L1"), yuan("100.00"), day), day);
    CHECK(desk.reader.is_reachable());

    Cluster::instance().stop();
    auto const late = desk.envelope(repay(loan_number("L1"), yuan("200.00"), day), day);
    CHECK_THROWS_AS(execute(desk.app, {&late, 1}), DatabaseUnavailable);
    CHECK_THROWS_AS(execute(desk.app, {&late, 1}), DatabaseUnavailable);
    CHECK_FALSE(desk.reader.is_reachable());
    Cluster::instance().start();
    CHECK_FALSE(execute(desk.app, {&late, 1}).front().is_replay);
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("A server that crashed loses nothing that was answered")
{
    auto const url = fresh_books();
    Desk desk{url};
    desk.open();
    desk.lend(1);
    Date const day = on("2015-03-02");
    auto const paid = desk.envelope(repay(loan_number("L1"), yuan("100.00"), day), day);
    auto const first = execute(desk.app, {&paid, 1}).front();
    Cluster::instance().crash();
    Cluster::instance().start();
    auto const again = execute(desk.app, {&paid, 1}).front();
    CHECK(again.is_replay);
    CHECK(std::get<Receipt>(again.answer) == std::get<Receipt>(first.answer));
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("A backend that dies at commit leaves nothing booked, and says so")
{
    // A deferred trigger ends the backend's own connection while it commits.
    auto const url = fresh_books();
    Desk desk{url};
    desk.open();
    desk.lend(1);
    pqxx::connection superuser{url};
    auto run = [&superuser](char const* sql) {
        pqxx::work work{superuser};
        work.exec(sql);
        work.commit();
    };
    run("CREATE FUNCTION ledger.die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS"
        " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5);"
        " RETURN NULL; END $$;"
        "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON ledger.journal_entry"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.die()");
    Date const day = on("2015-03-02");
    auto const paid = desk.envelope(repay(loan_number("L1"), yuan("100.00"), day), day);
    CHECK_THROWS_AS(execute(desk.app, {&paid, 1}), DatabaseUnavailable);
    CHECK(repayments(url) == 0);
    run("DROP TRIGGER die ON ledger.journal_entry; DROP FUNCTION ledger.die()");
    auto const again = execute(desk.app, {&paid, 1}).front();
    CHECK(again.is_booked());
    CHECK_FALSE(again.is_replay);
    CHECK(repayments(url) == 1);
}

TEST_CASE("A commit whose answer was lost is found again by its key, not repeated")
{
    auto const url = fresh_books();
    CuttingProxy proxy{Cluster::instance().directory()};
    auto through = url;
    through.replace(through.find(Cluster::instance().directory()),
                    Cluster::instance().directory().size(), proxy.directory());
    Date const day = on("2015-03-02");
    {
        Desk desk{through};
        desk.open();
        desk.lend(1);
        proxy.cut_next_commit();
        auto const paid = desk.envelope(repay(loan_number("L1"), yuan("100.00"), day), day);
        auto const outcome = execute(desk.app, {&paid, 1}).front();
        CHECK(proxy.has_cut());
        CHECK(outcome.is_booked());
        CHECK(repayments(url) == 1);
        CHECK(execute(desk.app, {&paid, 1}).front().is_replay);
        CHECK(repayments(url) == 1);
    }
}
