// kill -9 while clients post. Clients repay over real sockets; the service, a process of the
// database server, all of it, or both are killed at a random moment and started again; lost answers
// are asked again with their own keys; then the acknowledged-set checker reads everything. The
// control runs the same with synchronous_commit off, where a killed server must lose acknowledged
// writes: the checker has to name them, or it proves nothing.
#include "acknowledged_set.hpp"
#include "stage.hpp"
#include "witness.hpp"

#include "tests/support/cluster.hpp"
#include "tests/support/daifud.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/raw_client.hpp"

#include <atomic>
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <random>
#include <thread>

using namespace std::chrono_literals;

namespace {

using fault::Answer;
using fault::Operation;
using ledger::Money;

constexpr int clients = 96; ///< so many that batches are decided ahead of the one being written
constexpr int operations_per_client_limit = 8; ///< a round; keeps a loan's replay short
constexpr auto first_kill_after = 300ms;
constexpr int kill_spread_ms = 700;
constexpr int rounds_a_county = 10; ///< then fresh books: a replay is quadratic in a loan's events
constexpr int tries_to_resolve = 200;

bool is_long()
{
    return std::getenv("DAIFU_LONG") != nullptr;
}

std::uint64_t seed()
{
    char const* given = std::getenv("DAIFU_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : 20'261'124;
}

int rounds()
{
    return is_long() ? 100 : 3;
}

/// Sends it (again); what is not an answer of the business is "unknown".
void send(Operation& operation, std::uint16_t port)
{
    test::Answer answer;
    try {
        answer = test::post(port, fault::repayments_of(operation.loan),
                            fault::body_of(operation.amount), operation.key);
    } catch (std::exception const&) {
        // No connection: the service is down. The client knows nothing.
    }
    operation.returned = std::chrono::steady_clock::now();
    if (answer.status == 200 || answer.status == 201) {
        operation.answer = Answer::acknowledged;
        operation.receipt = answer.body;
    } else if (answer.status >= 400 && answer.status < 500) {
        operation.answer = Answer::refused;
    }
}

/// Clients that post until told to stop; a client whose answer is lost goes on with the next.
class Crowd {
  public:
    Crowd(std::uint16_t port, int round, std::uint64_t seed_of_round)
    {
        for (int c = 0; c < clients; ++c) {
            threads_.emplace_back([this, port, round, c, seed_of_round] {
                std::mt19937_64 random{seed_of_round * 100 + static_cast<std::uint64_t>(c)};
                auto& mine = logs_[static_cast<std::size_t>(c)];
                while (!is_over_ && std::ssize(mine) < operations_per_client_limit) {
                    Operation operation;
                    operation.key = "fault-" + std::to_string(round) + "-" + std::to_string(c) +
                                    "-" + std::to_string(mine.size());
                    operation.loan =
                        fault::loan_number(1 + static_cast<int>(random() % fault::loans));
                    operation.amount = Money::fen(1 + static_cast<std::int64_t>(random() % 200));
                    operation.invoked = std::chrono::steady_clock::now();
                    send(operation, port);
                    mine.push_back(std::move(operation));
                }
            });
        }
    }

    std::vector<Operation> finish()
    {
        is_over_ = true;
        std::vector<Operation> all;
        for (auto& thread : threads_) thread.join();
        for (auto& log : logs_) all.insert(all.end(), log.begin(), log.end());
        return all;
    }

  private:
    std::atomic<bool> is_over_ = false;
    std::vector<Operation> logs_[clients];
    std::vector<std::thread> threads_;
};

/// Asks every lost answer again with its own key, until it is told, and some answered ones: the
/// same bytes must come.
std::vector<std::string> ask_again(std::vector<Operation>& operations, std::uint16_t port)
{
    std::vector<std::string> violated;
    std::size_t n = 0;
    for (auto& operation : operations) {
        for (int tries = 0; operation.answer == Answer::unknown && tries < tries_to_resolve;
             ++tries)
        {
            send(operation, port);
        }
        if (operation.answer == Answer::unknown)
            violated.push_back("A3 doubt: " + operation.key + " is never answered");
        if (operation.answer != Answer::acknowledged || ++n % 20 != 0) continue;
        Operation again = operation;
        send(again, port);
        if (again.receipt != operation.receipt) {
            violated.push_back("A3 replay: " + operation.key + " got another answer");
        }
    }
    return violated;
}

std::size_t acknowledged(std::vector<Operation> const& operations)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        operations, [](auto const& o) { return o.answer == Answer::acknowledged; }));
}

void require_none(std::vector<std::string> const& violations)
{
    for (auto const& violation : violations) UNSCOPED_INFO(violation);
    REQUIRE(violations.empty());
}

/// A moment after the crowd began, drawn from the seed.
void wait_for_the_moment(std::mt19937_64& random)
{
    std::this_thread::sleep_for(first_kill_after +
                                std::chrono::milliseconds{random() % kill_spread_ms});
}

/// What is killed, and how it comes back.
struct Fault {
    std::function<void(test::Daifud&, std::string const& url)> kill;
    std::function<void(test::Daifud&)> bring_back = [](test::Daifud&) {};
};

/// Rounds of a crowd that posts while something is killed and brought back; then what the clients
/// saw is held against the books. `first` tells the keys of one test's rounds from another's.
void nothing_is_lost_in(std::string const& url, int first, int count, Fault const& fault)
{
    test::Daifud service{fault::setup_for(url)};
    fault::set_the_stage(url);
    std::mt19937_64 random{seed() + static_cast<std::uint64_t>(first)};
    std::vector<Operation> all;
    std::int64_t drafted = 0;
    fault::Witness witness{url};
    for (int round = first; round < first + count; ++round) {
        INFO("seed " << seed() << ", round " << round);
        Crowd crowd{service.port(), round, seed() + static_cast<std::uint64_t>(round)};
        wait_for_the_moment(random);
        drafted = std::max(drafted, fault::batches_drafted(service.port()));
        fault.kill(service, url);
        auto operations = crowd.finish();
        fault.bring_back(service);
        fault::wait_until_ready(service.port());
        require_none(ask_again(operations, service.port()));
        all.insert(all.end(), operations.begin(), operations.end());
    }
    require_none(witness.finish());
    INFO(witness.snapshots() << " snapshots, " << acknowledged(all) << " acknowledged");
    REQUIRE(witness.snapshots() > 10 * count);
    REQUIRE(acknowledged(all) > 100);
    REQUIRE(drafted > 0);
    store::Database auditor{url, store::Role::auditor};
    require_none(fault::violations(all, auditor, test::fengqing()));
}

void nothing_is_lost(int first, Fault const& fault)
{
    for (int done = 0; done < rounds(); done += rounds_a_county) {
        nothing_is_lost_in(test::fresh_books(), first + done,
                           std::min(rounds_a_county, rounds() - done), fault);
    }
}

/// One process; the server notices, ends the others and recovers by itself.
Fault one_process(std::string const& backend_type)
{
    return {[backend_type](test::Daifud&, std::string const& url) {
        kill(test::find_process(url, "SELECT pid FROM pg_stat_activity WHERE backend_type = '" +
                                         backend_type + "'"),
             SIGKILL);
    }};
}

void restart_server(test::Daifud&)
{
    test::Cluster::instance().kill_all(); // whoever outlived the postmaster, too
    test::Cluster::instance().start();
}

} // namespace

TEST_CASE("kill -9 of the service loses no acknowledged write and doubles none")
{
    nothing_is_lost(
        0, {[](auto& service, auto&) { service.kill(); }, [](auto& service) { service.start(); }});
}

TEST_CASE("kill -9 of the whole database server loses no acknowledged write and doubles none")
{
    nothing_is_lost(1000, {[](auto&, auto&) { test::Cluster::instance().kill_all(); },
                           [](auto&) { test::Cluster::instance().start(); }});
}

TEST_CASE("kill -9 of the service and the whole server at once loses nothing and doubles nothing")
{
    nothing_is_lost(3000, {[](auto& service, auto&) {
                               test::Cluster::instance().kill_all();
                               service.kill();
                           },
                           [](auto& service) {
                               test::Cluster::instance().start();
                               service.start();
                           }});
}

TEST_CASE("kill -9 of the postmaster, whose children go on, loses nothing and doubles nothing")
{
    nothing_is_lost(4000, {[](auto&, auto&) { kill(test::Cluster::instance().pid(), SIGKILL); },
                           restart_server});
}

TEST_CASE("kill -9 of the backend that writes loses nothing and doubles nothing")
{
    nothing_is_lost(5000,
                    {[](auto&, std::string const& url) { kill(fault::writer_of(url), SIGKILL); }});
}

TEST_CASE("kill -9 of the checkpointer loses nothing and doubles nothing")
{
    nothing_is_lost(6000, one_process("checkpointer"));
}

TEST_CASE("kill -9 of the process that writes the log ahead loses nothing and doubles nothing")
{
    nothing_is_lost(7000, one_process("walwriter"));
}

TEST_CASE("the checker names acknowledged writes that were lost (control: synchronous_commit off)")
{
    auto& cluster = test::Cluster::instance();
    std::string const url = test::fresh_books();
    cluster.run_sql(url,
                    "ALTER DATABASE " + test::database_of(url) + " SET synchronous_commit = off");
    test::Daifud service{fault::setup_for(url)};
    fault::set_the_stage(url);
    std::mt19937_64 random{seed() + 2};
    bool is_loss_named = false;
    for (int round = 0; round < 10 && !is_loss_named; ++round) {
        Crowd crowd{service.port(), 2000 + round, seed() + static_cast<std::uint64_t>(round)};
        wait_for_the_moment(random);
        cluster.kill_all();
        auto const operations = crowd.finish();
        cluster.start();
        fault::wait_until_ready(service.port());
        store::Database auditor{url, store::Role::auditor};
        for (auto const& violation : fault::violations(operations, auditor, test::fengqing())) {
            is_loss_named = is_loss_named || violation.starts_with("A1 lost");
        }
    }
    REQUIRE(is_loss_named);
}
