// Durable repayments a second, each a complete business posting (decided, journal entry, event,
// standing, balances, answer, digest), beside what somebody could use instead on the same
// PostgreSQL with the same durability: the smallest honest ledger function and TPC-B by pgbench,
// and pgledger where DAIFU_PGLEDGER names the file of its SQL. Every row is measured in rounds, one
// after the other, so that a noisy machine hurts all alike; the middle of the rounds is printed and
// its ratio to the yardsticks. It judges nothing.
//   cmake --preset bench && ninja -C build/bench bench_throughput
//   [DAIFU_LOANS=10000] [DAIFU_SECONDS=5] [DAIFU_ROUNDS=3] [DAIFU_ONLY="batches of 500"]
//   build/bench/bench_throughput
#include "tests/support/cluster.hpp"
#include "tests/support/daifud.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/people.hpp"

#include "store/draft.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <future>
#include <map>
#include <pqxx/pqxx>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

using namespace ledger;
using namespace test;

namespace {

constexpr int borrowers = 900; ///< people with ids to invent; each takes many loans
constexpr std::size_t chunk = 3'000;

int asked(char const* variable, int otherwise)
{
    char const* text = std::getenv(variable);
    return text ? std::atoi(text) : otherwise;
}

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point began)
{
    return std::chrono::duration<double>(Clock::now() - began).count();
}

/// Loans of 100,000 yuan on which small repayments can be taken for a long time.
class Crowd {
  public:
    Crowd(std::string const& url, int loans)
        : desk_{url}
        , loans_{loans}
    {
        desk_.open(borrowers, day_);
        add(PayIntoFund{id<FundCode>("F1"), Money::yuan(200'000LL * loans), day_, "进账单"});
        for (int n = 1; n <= loans; ++n) lend(n);
        flush();
        desk_.booked(OpenBooks{day_}, day_);
        REQUIRE(store::take_lease(desk_.app, fengqing()));
    }

    /// Repayments a second in batches of so many, each on another loan.
    double repay(std::size_t batch, double seconds)
    {
        std::size_t done = 0;
        auto const began = Clock::now();
        while (seconds_since(began) < seconds) {
            for (std::size_t n = 0; n < batch; ++n) {
                auto const number = loan_number("L" + std::to_string(1 + next_++ % loans_));
                waiting_.push_back(
                    desk_.envelope(RecordEvent{number, day_, Repaid{Money::fen(100)}}, day_));
            }
            write();
            done += batch;
        }
        settle();
        return static_cast<double>(done) / seconds_since(began);
    }

  private:
    void add(Command command)
    {
        waiting_.push_back(desk_.envelope(std::move(command), day_));
        if (waiting_.size() >= chunk) flush();
    }
    void lend(int n)
    {
        ProposeLoan proposal = propose(n, day_);
        proposal.loan = loan_number("L" + std::to_string(n));
        proposal.borrower = id<BorrowerNumber>("B" + std::to_string(n % borrowers + 1));
        Money const principal = proposal.terms.principal;
        add(proposal);
        add(RecordEvent{proposal.loan, day_, Approved{principal}});
        add(RecordEvent{proposal.loan, day_, Disbursed{principal}});
    }
    void flush()
    {
        for (auto const& outcome : store::execute(desk_.app, waiting_)) {
            REQUIRE(outcome.is_booked());
        }
        waiting_.clear();
    }

    /// As the service's writer does: decided while the batch before is written.
    void write()
    {
        auto draft = store::draft(desk_.app, waiting_);
        settle();
        if (!draft) return flush();
        waiting_.clear();
        written_ = std::async(std::launch::async, [this, draft = std::move(draft)] {
            return store::write(desk_.app, *draft).has_value();
        });
    }
    void settle()
    {
        if (written_.valid()) REQUIRE(written_.get());
    }

    Desk desk_;
    std::future<bool> written_;
    int loans_ = 0;
    int next_ = 0;
    Date day_ = on("2015-02-02");
    std::vector<store::Envelope> waiting_;
};

std::string output_of(std::string const& command)
{
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> piece{};
    while (fgets(piece.data(), piece.size(), pipe) != nullptr) text += piece.data();
    REQUIRE(pclose(pipe) == 0);
    return text;
}

/// Transactions a second of pgbench.
double pgbench(std::string const& url, std::string const& script, int clients, double seconds)
{
    auto const text = output_of("/usr/lib/postgresql/15/bin/pgbench -n -M prepared -c " +
                                std::to_string(clients) + " -j 2 -T " +
                                std::to_string(std::max(1, static_cast<int>(seconds))) + " " +
                                script + " '" + url + "' 2>/dev/null");
    auto const at = text.find("tps = ");
    REQUIRE(at != std::string::npos);
    return std::stod(text.substr(at + 6));
}

std::string script_file(std::string const& name, std::string const& text)
{
    std::string const path = Cluster::instance().directory() + "/" + name;
    std::ofstream{path} << text;
    return "-f " + path;
}

/// One entry, two postings, two balances, in one function that locks in order: the least that
/// somebody would write who knows what he does.
std::string smallest_ledger()
{
    auto const url = Cluster::instance().empty_database();
    Cluster::instance().run_sql(url, R"(
CREATE TABLE account (id bigint PRIMARY KEY, balance bigint NOT NULL) WITH (fillfactor = 70);
CREATE TABLE entry (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now());
CREATE TABLE posting (entry_id bigint NOT NULL, account_id bigint NOT NULL, amount bigint NOT NULL,
    balance_after bigint NOT NULL, PRIMARY KEY (entry_id, account_id));
INSERT INTO account SELECT n, 0 FROM generate_series(1, 100000) n;
CREATE FUNCTION transfer(a bigint, b bigint, amount bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE e bigint; x bigint; y bigint;
BEGIN
    PERFORM FROM account WHERE id IN (a, b) ORDER BY id FOR NO KEY UPDATE;
    UPDATE account SET balance = balance - amount WHERE id = a RETURNING balance INTO x;
    UPDATE account SET balance = balance + amount WHERE id = b RETURNING balance INTO y;
    INSERT INTO entry DEFAULT VALUES RETURNING id INTO e;
    INSERT INTO posting VALUES (e, a, -amount, x), (e, b, amount, y);
    RETURN e;
END $$;)");
    return url;
}

/// What wrk sends: each request another loan and its own key.
std::string wrk_script(int loans)
{
    return R"lua(
local thread_number = 0
function setup(thread)
  thread:set("number", thread_number)
  thread_number = thread_number + 1
end
function init()
  sent = 0
  began = tostring(os.time()) .. "-" .. tostring(math.random(1, 1000000000))
  math.randomseed(os.time() + number)
end
function request()
  sent = sent + 1
  local loan = "L" .. math.random(1, )lua" +
           std::to_string(loans) + R"lua()
  return wrk.format("POST", "/v1/loans/" .. loan .. "/repayments", {
    ["Authorization"] = "Bearer )lua" +
           std::string{desk_token} + R"lua(",
    ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = "wrk-" .. began .. "-" .. number .. "-" .. sent,
  }, '{"amount":"1.00"}')
end
)lua";
}

/// Requests a second through HTTP, and how long 99 of 100 took at most.
struct Served {
    double a_second = 0;
    std::string p50, p99;
};
Served wrk(std::uint16_t port, std::string const& script, int clients, double seconds)
{
    auto const text = output_of(
        "wrk -t " + std::to_string(std::min(2, clients)) + " -c " + std::to_string(clients) +
        " -d " + std::to_string(std::max(1, static_cast<int>(seconds))) + "s --latency -s " +
        script + " http://127.0.0.1:" + std::to_string(port));
    INFO(text);
    REQUIRE(text.find("Non-2xx") == std::string::npos);
    auto const word_after = [&](std::string const& label) {
        auto const at = text.find(label);
        REQUIRE(at != std::string::npos);
        std::istringstream rest{text.substr(at + label.size())};
        std::string word;
        rest >> word;
        return word;
    };
    return {std::stod(word_after("Requests/sec:")), word_after("  50%"), word_after("  99%")};
}

struct Row {
    std::string name;
    std::function<double()> measure;
    std::vector<double> found;
    double middle() const
    {
        auto sorted = found;
        std::ranges::sort(sorted);
        return sorted[sorted.size() / 2];
    }
};

void add_pgledger(std::vector<Row>& rows, double seconds)
{
    char const* file = std::getenv("DAIFU_PGLEDGER");
    if (file == nullptr) return;
    auto const url = Cluster::instance().empty_database();
    output_of("psql -q -v ON_ERROR_STOP=1 -f '" + std::string{file} + "' '" + url + "' >/dev/null");
    Cluster::instance().run_sql(url, "CREATE TABLE acct AS SELECT n, (pgledger_create_account("
                                     "'a' || n, 'CNY')).id FROM generate_series(1, 10000) n;"
                                     " CREATE UNIQUE INDEX ON acct (n)");
    std::string const pick = "SELECT id AS x FROM acct WHERE n = :a \\gset\n"
                             "SELECT id AS y FROM acct WHERE n = :b \\gset\n"
                             "SELECT pgledger_create_transfer(:x, :y, 1);\n";
    auto const spread = script_file("pgledger_spread.sql", "\\set a random(1, 5000)\n"
                                                           "\\set b random(5001, 10000)\n" +
                                                               pick);
    auto const hot =
        script_file("pgledger_hot.sql", "\\set a 1\n\\set b random(2, 10000)\n" + pick);
    for (int const clients : {8, 32}) {
        auto const by = ", " + std::to_string(clients) + " clients";
        rows.push_back(
            {"pgledger, spread" + by, [=] { return pgbench(url, spread, clients, seconds); }, {}});
        rows.push_back({"pgledger, one account" + by,
                        [=] { return pgbench(url, hot, clients, seconds); },
                        {}});
    }
}

std::vector<Row> yardsticks(double seconds)
{
    std::vector<Row> rows;
    auto const small = smallest_ledger();
    auto const spread = script_file("spread.sql", "\\set a random(1, 50000)\n"
                                                  "\\set b random(50001, 100000)\n"
                                                  "SELECT transfer(:a, :b, 1);\n");
    auto const hot = script_file("hot.sql", "\\set b random(2, 100000)\n"
                                            "SELECT transfer(1, :b, 1);\n");
    for (int const clients : {1, 8, 32}) {
        auto const by = ", " + std::to_string(clients) + " clients";
        rows.push_back({"smallest function, spread" + by,
                        [=] { return pgbench(small, spread, clients, seconds); },
                        {}});
        rows.push_back({"smallest function, one account" + by,
                        [=] { return pgbench(small, hot, clients, seconds); },
                        {}});
    }
    auto const tpcb = Cluster::instance().empty_database();
    output_of("/usr/lib/postgresql/15/bin/pgbench -q -i -s 20 '" + tpcb + "' 2>&1");
    rows.push_back(
        {"TPC-B, 8 clients", [=] { return pgbench(tpcb, "-b tpcb-like", 8, seconds); }, {}});
    add_pgledger(rows, seconds);
    return rows;
}

} // namespace

TEST_CASE("Repayments a second, beside what else there is on the same PostgreSQL")
{
    auto& cluster = Cluster::instance();
    for (char const* setting :
         {"shared_buffers = '2GB'", "max_wal_size = '16GB'", "wal_buffers = '64MB'",
          "checkpoint_timeout = '30min'", "wal_compression = lz4"})
        cluster.run_sql(cluster.url("postgres"), std::string{"ALTER SYSTEM SET "} + setting);
    cluster.restart();
    double const seconds = asked("DAIFU_SECONDS", 5);
    int const loans = asked("DAIFU_LOANS", 10'000);
    auto const books = fresh_books();
    Crowd crowd{books, loans};
    auto rows = yardsticks(seconds);
    for (std::size_t const batch : {1UZ, 8UZ, 32UZ, 100UZ, 500UZ, 2'000UZ})
        rows.push_back({"repayments, batches of " + std::to_string(batch),
                        [&crowd, batch, seconds] { return crowd.repay(batch, seconds); },
                        {}});
    Daifud service{{.database = books,
                    .today = "2015-02-02",
                    .settings = {},
                    .limits = {},
                    .environment = {}}};
    std::string const lua = cluster.directory() + "/repay.lua";
    std::ofstream{lua} << wrk_script(loans);
    std::map<std::string, std::string> latencies;
    for (int const clients : {1, 8, 32, 128, 512}) {
        auto const name = "repayments over HTTP, " + std::to_string(clients) + " clients";
        rows.push_back({name,
                        [&, name, clients] {
                            auto const served = wrk(service.port(), lua, clients, seconds);
                            latencies[name] = "p50 " + served.p50 + ", p99 " + served.p99;
                            return served.a_second;
                        },
                        {}});
    }
    if (char const* only = std::getenv("DAIFU_ONLY"))
        std::erase_if(rows,
                      [only](Row const& row) { return row.name.find(only) == std::string::npos; });
    for (int round = 0; round < asked("DAIFU_ROUNDS", 3); ++round)
        for (Row& row : rows) row.found.push_back(row.measure());
    auto const of = [&rows](std::string const& name) {
        auto const row = std::ranges::find(rows, name, &Row::name);
        return row == rows.end() ? std::nan("") : row->middle();
    };
    double const spread = of("smallest function, spread, 32 clients");
    double const hot = of("smallest function, one account, 32 clients");
    std::printf("%-44s %10s %18s %18s\n", "", "a second", "to spread (32)", "to one acct (32)");
    for (Row const& row : rows)
        std::printf("%-44s %10.0f %17.2f× %17.2f×  %s\n", row.name.c_str(), row.middle(),
                    row.middle() / spread, row.middle() / hot, latencies[row.name].c_str());
}
