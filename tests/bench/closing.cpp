// The day's closing of many loans on a real PostgreSQL, in loans a second, beside a yardstick of
// the same run: how many repayments a second the same database books in batches. The day is a
// month's end on which every loan accrues. Meanwhile a counter books one command after the other:
// how long one waited is what the closing costs everybody else. It prints figures and judges
// nothing.
//   cmake --preset bench && ninja -C build/bench bench_closing
//   DAIFU_LOANS=100000 [DAIFU_BATCH=250] build/bench/bench_closing
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

using namespace ledger;
using namespace test;

namespace {

constexpr int borrowers = 900; ///< people with ids to invent; each takes many loans
constexpr std::size_t chunk = 3'000;

class Stopwatch {
  public:
    double seconds() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
    }

  private:
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

/// Books envelopes in chunks and says how long they took.
class Crowd {
  public:
    explicit Crowd(Desk& desk)
        : desk_{desk}
    {
    }
    void add(Command command, Date on)
    {
        waiting_.push_back(desk_.envelope(std::move(command), on));
        if (waiting_.size() >= chunk) flush();
    }
    void flush()
    {
        for (auto const& outcome : store::execute(desk_.app, waiting_)) {
            REQUIRE(outcome.is_booked());
        }
        waiting_.clear();
    }

  private:
    Desk& desk_;
    std::vector<store::Envelope> waiting_;
};

void lend(Desk& desk, int loans, Date day)
{
    Crowd crowd{desk};
    crowd.add(PayIntoFund{id<FundCode>("F1"), Money::yuan(200LL * loans), day, "进账单"}, day);
    for (int n = 1; n <= loans; ++n) {
        ProposeLoan proposal = propose(n, day);
        proposal.loan = loan_number("L" + std::to_string(n));
        proposal.borrower = id<BorrowerNumber>("B" + std::to_string(n % borrowers + 1));
        proposal.terms.principal = Money::yuan(100);
        crowd.add(proposal, day);
        crowd.add(RecordEvent{proposal.loan, day, Approved{Money::yuan(100)}}, day);
        crowd.add(RecordEvent{proposal.loan, day, Disbursed{Money::yuan(100)}}, day);
    }
    crowd.flush();
}

void repay(Desk& desk, int loans, Date day)
{
    Crowd crowd{desk};
    for (int n = 1; n <= loans; ++n) {
        crowd.add(RecordEvent{loan_number("L" + std::to_string(n)), day, Repaid{Money::fen(100)}},
                  day);
    }
    crowd.flush();
}

/// Books small payments into the fund, with a pause after each, until it ends.
class Counter {
  public:
    Counter(std::string url, Date day)
        : thread_{[this, url = std::move(url), day] { work(url, day); }}
    {
    }
    /// How long each payment took, the longest last.
    std::vector<double> end()
    {
        is_over_ = true;
        thread_.join();
        std::ranges::sort(seconds_);
        return std::move(seconds_);
    }

  private:
    void work(std::string const& url, Date day)
    {
        constexpr std::chrono::milliseconds pause{20};
        Desk desk{url, "counter" + day.text()};
        while (!is_over_) {
            auto const payment =
                desk.envelope(PayIntoFund{id<FundCode>("F1"), Money::yuan(1), day, "进账单"}, day);
            Stopwatch paying;
            try {
                if (!store::execute(desk.app, {&payment, 1}).front().is_booked()) return;
            } catch (store::DatabaseUnavailable const&) { // it waited as long as one may for a lock
            }
            seconds_.push_back(paying.seconds());
            std::this_thread::sleep_for(pause);
        }
    }

    std::atomic<bool> is_over_{false};
    std::vector<double> seconds_;
    std::thread thread_;
};

/// Closes through the day beside a counter, and prints what it took. Says how many accruals there
/// were.
std::int64_t close(Desk& desk, std::string const& url, char const* what, Date through, Date today)
{
    Counter counter{url, today};
    store::ClosingOptions options;
    if (char const* asked = std::getenv("DAIFU_BATCH"))
        options.batch_limit = static_cast<std::size_t>(std::atoi(asked));
    Stopwatch closing;
    auto const closed = store::close_days(desk.app, fengqing(), through, today, "closing", options);
    double const seconds = closing.seconds();
    auto const waits = counter.end();
    REQUIRE(closed);
    REQUIRE(!waits.empty());
    std::int64_t accruals = 0, provisions = 0;
    for (auto const& each : *closed) {
        CHECK(each.failed.empty());
        accruals += each.accruals_posted;
        provisions += each.provisions_posted;
    }
    std::printf("%s: %.1f s, %.0f postings a second; %zu payments meanwhile waited %.0f ms in the"
                " middle, %.0f ms at most\n",
                what, seconds, static_cast<double>(accruals + provisions) / seconds, waits.size(),
                waits[waits.size() / 2] * 1e3, waits.back() * 1e3);
    return accruals;
}

} // namespace

TEST_CASE("The day's closing of many loans, in loans a second")
{
    char const* asked = std::getenv("DAIFU_LOANS");
    int const loans = asked ? std::atoi(asked) : 100'000;
    Date const day = on("2015-02-02");
    auto const url = fresh_books();
    Desk desk{url};
    desk.open(borrowers, day);
    Stopwatch lending;
    lend(desk, loans, day);
    std::printf("%d loans lent in %.1f s\n", loans, lending.seconds());
    desk.booked(OpenBooks{day}, day);
    Date const today = on("2015-03-01");
    REQUIRE(store::close_days(desk.app, fengqing(), on("2015-02-26"), today, "closing"));

    int const repayments = std::min(loans, 20'000);
    Stopwatch repaying;
    repay(desk, repayments, on("2015-02-27"));
    double const yardstick = repayments / repaying.seconds();
    std::printf("yardstick: %.0f repayments a second in batches\n", yardstick);
    CHECK(close(desk, url, "closing to the month's end", on("2015-02-28"), today) == loans);
    close(desk, url, "catching up March", on("2015-03-31"), on("2015-04-01"));
}
