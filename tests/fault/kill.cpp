// kill -9 while clients post. Clients repay over real sockets; the service, or the whole database
// server, is killed at a random moment and started again; lost answers are asked again with their
// own keys; then the acknowledged-set checker reads everything. The control runs the same with
// synchronous_commit off, where a killed server must lose acknowledged writes: the checker has to
// name them, or it proves nothing.
#include "acknowledged_set.hpp"
#include "witness.hpp"

#include "tests/support/cluster.hpp"
#include "tests/support/daifud.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/raw_client.hpp"

#include <atomic>
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <functional>
#include <random>
#include <thread>

using namespace std::chrono_literals;

namespace {

using fault::Answer;
using fault::Operation;
using ledger::Money;

constexpr int loans = 8;
constexpr int clients = 16;
constexpr int operations_per_client_limit = 60; ///< a round; keeps a loan's replay short
constexpr auto first_kill_after = 300ms;
constexpr int kill_spread_ms = 1200;

bool is_long()
{
    return std::getenv("DAIFU_LONG") != nullptr;
}

std::uint64_t seed()
{
    char const* given = std::getenv("DAIFU_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : 20'261'124;
}

ledger::LoanNumber loan_number(int n)
{
    return test::loan_number("L" + std::to_string(n));
}

/// Eight loans of 100,000.00, out since the business day that test::Daifud starts with.
void set_the_stage(std::string const& url)
{
    test::Desk desk{url, "stage"};
    auto const today = test::on("2016-08-31");
    desk.open(loans, today);
    for (int n = 1; n <= loans; ++n) desk.lend(n, today, "100000.00");
}

test::DaifudSetup setup_for(std::string const& url)
{
    test::DaifudSetup setup;
    setup.database = url;
    return setup;
}

std::string target_of(Operation const& operation)
{
    return "/v1/loans/" + operation.loan.text() + "/repayments";
}

/// Sends it (again); what is not an answer of the business is "unknown".
void send(Operation& operation, std::uint16_t port)
{
    test::Answer answer;
    try {
        answer = test::post(port, target_of(operation),
                            R"({"amount":")" + operation.amount.text() + R"("})", operation.key);
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
                    operation.loan = loan_number(1 + static_cast<int>(random() % loans));
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

/// Asks every lost answer again with its own key, and some answered ones: the same bytes must come.
std::vector<std::string> ask_again(std::vector<Operation>& operations, std::uint16_t port)
{
    std::vector<std::string> different;
    std::size_t n = 0;
    for (auto& operation : operations) {
        if (operation.answer == Answer::unknown) send(operation, port);
        if (operation.answer != Answer::acknowledged || ++n % 20 != 0) continue;
        Operation again = operation;
        send(again, port);
        if (again.receipt != operation.receipt) {
            different.push_back("A3 replay: " + operation.key + " got another answer");
        }
    }
    return different;
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

/// The service has found the database again. Nothing but the answer itself tells.
void wait_until_ready(std::uint16_t port)
{
    for (auto const until = std::chrono::steady_clock::now() + 60s;
         test::get(port, "/readyz").status != 200;)
    {
        REQUIRE(std::chrono::steady_clock::now() < until);
        std::this_thread::sleep_for(20ms);
    }
}

/// A moment after the crowd began, drawn from the seed.
void wait_for_the_moment(std::mt19937_64& random)
{
    std::this_thread::sleep_for(first_kill_after +
                                std::chrono::milliseconds{random() % kill_spread_ms});
}

/// Rounds of a crowd that posts while something is killed and brought back; then what the clients
/// saw is held against the books. `first` tells the keys of one test's rounds from another's.
void nothing_is_lost(std::string const& url, test::Daifud& service, int first, int rounds,
                     std::function<void()> const& kill, std::function<void()> const& bring_back)
{
    set_the_stage(url);
    std::mt19937_64 random{seed() + static_cast<std::uint64_t>(first)};
    std::vector<Operation> all;
    fault::Witness witness{url};
    for (int round = first; round < first + rounds; ++round) {
        INFO("seed " << seed() << ", round " << round);
        Crowd crowd{service.port(), round, seed() + static_cast<std::uint64_t>(round)};
        wait_for_the_moment(random);
        kill();
        auto operations = crowd.finish();
        bring_back();
        wait_until_ready(service.port());
        require_none(ask_again(operations, service.port()));
        all.insert(all.end(), operations.begin(), operations.end());
    }
    require_none(witness.finish());
    INFO(witness.snapshots() << " snapshots, " << acknowledged(all) << " acknowledged");
    REQUIRE(witness.snapshots() > 100);
    REQUIRE(acknowledged(all) > 100);
    store::Database auditor{url, store::Role::auditor};
    require_none(fault::violations(all, auditor, test::fengqing()));
}

} // namespace

TEST_CASE("kill -9 of the service loses no acknowledged write and doubles none")
{
    std::string const url = test::fresh_books();
    test::Daifud service{setup_for(url)};
    nothing_is_lost(
        url, service, 0, is_long() ? 30 : 6, [&] { service.kill(); }, [&] { service.start(); });
}

TEST_CASE("kill -9 of the whole database server loses no acknowledged write and doubles none")
{
    auto& cluster = test::Cluster::instance();
    std::string const url = test::fresh_books();
    test::Daifud service{setup_for(url)};
    nothing_is_lost(
        url, service, 1000, is_long() ? 20 : 4, [&] { cluster.kill_all(); },
        [&] { cluster.start(); });
}

TEST_CASE("the checker names acknowledged writes that were lost (control: synchronous_commit off)")
{
    auto& cluster = test::Cluster::instance();
    std::string const url = test::fresh_books();
    cluster.run_sql(url,
                    "ALTER DATABASE " + test::database_of(url) + " SET synchronous_commit = off");
    test::Daifud service{setup_for(url)};
    set_the_stage(url);
    std::mt19937_64 random{seed() + 2};
    bool is_loss_named = false;
    for (int round = 0; round < 10 && !is_loss_named; ++round) {
        Crowd crowd{service.port(), 2000 + round, seed() + static_cast<std::uint64_t>(round)};
        wait_for_the_moment(random);
        cluster.kill_all();
        auto const operations = crowd.finish();
        cluster.start();
        wait_until_ready(service.port());
        store::Database auditor{url, store::Role::auditor};
        for (auto const& violation : fault::violations(operations, auditor, test::fengqing())) {
            is_loss_named = is_loss_named || violation.starts_with("A1 lost");
        }
    }
    REQUIRE(is_loss_named);
}
