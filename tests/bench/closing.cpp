// The day's closing of many loans on a real PostgreSQL, in loans a second, beside a yardstick of
// the same run: how many repayments a second the same database books in batches. The day is a
// month's end on which every loan accrues. It prints figures and judges nothing.
//   cmake --preset bench && ninja -C build/bench bench_closing
//   DAIFU_LOANS=100000 build/bench/bench_closing
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
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

} // namespace

TEST_CASE("The day's closing of many loans, in loans a second")
{
    char const* asked = std::getenv("DAIFU_LOANS");
    int const loans = asked ? std::atoi(asked) : 100'000;
    Date const day = on("2015-02-02");
    Desk desk{fresh_books()};
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

    Stopwatch closing;
    auto const closed = store::close_days(desk.app, fengqing(), on("2015-02-28"), today, "closing");
    double const seconds = closing.seconds();
    REQUIRE(closed);
    std::int64_t posted = 0;
    for (auto const& each : *closed) {
        CHECK(each.failed.empty());
        posted += each.accruals_posted;
    }
    CHECK(posted == loans);
    std::printf("closing to the month's end: %.1f s, %.0f loans a second, %.2f × yardstick\n",
                seconds, loans / seconds, loans / seconds / yardstick);
}
