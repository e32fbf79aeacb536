// What the statistics of a county cost as its history grows: the same 500 loans and 500 households
// are asked about after one repayment each and after many more. Each figure is the median of many
// askings, in milliseconds and as a multiple of the yardstick of the same run, which is the loan
// list's first page. It prints figures and judges nothing.
//   cmake --preset bench && ninja -C build/bench bench_statistics
//   DAIFU_REPAYMENTS=100 build/bench/bench_statistics
#include "store/registers.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

using namespace ledger;
using namespace test;

namespace {

constexpr int loans = 500;
constexpr int askings = 15;

void book(Desk& desk, std::vector<store::Envelope> const& envelopes)
{
    for (auto const& outcome : store::execute(desk.app, envelopes)) REQUIRE(outcome.is_booked());
}

void lend_and_lead(Desk& desk, Date day)
{
    desk.open(loans, day);
    auto const village = id<UnitCode>(first_village());
    for (int n = 1; n <= loans; ++n) {
        desk.lend(n, day, "1500.00");
        auto const household = id<HouseholdNumber>("N" + std::to_string(n));
        auto const happen = [&](HouseholdHappening what) {
            desk.booked(RecordHouseholdEvent{household, day, std::move(what), "1号", "见文件"},
                        day);
        };
        happen(HouseholdRegistered{"户主", village, Standing::poor, 4});
        happen(
            LeadingClaimed{loan_number("L" + std::to_string(n)), {}, Way::on_trust, 0, {}, false});
        happen(LeadingVerified{2, "甲", "乙", "村", std::string(64, 'a')});
    }
}

/// A fen for each loan, `rounds` times, a day each.
Date repay(Desk& desk, Date day, int rounds)
{
    for (int round = 0; round < rounds; ++round) {
        day = day.plus_days(1);
        std::vector<store::Envelope> envelopes;
        for (int n = 1; n <= loans; ++n) {
            envelopes.push_back(desk.envelope(
                RecordEvent{loan_number("L" + std::to_string(n)), day, Repaid{Money::fen(100)}},
                day));
        }
        book(desk, envelopes);
    }
    return day;
}

double median_ms(std::function<void()> const& ask)
{
    std::vector<double> took;
    for (int n = 0; n < askings; ++n) {
        auto const began = std::chrono::steady_clock::now();
        ask();
        took.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began)
                .count());
    }
    std::ranges::sort(took);
    return took[took.size() / 2];
}

struct Question {
    char const* what;
    std::function<void()> ask;
};

void tell(Desk& desk, Date lent_on, Date today, char const* when)
{
    auto const county = fengqing();
    auto& reader = desk.reader;
    Question const questions[]{
        {"loan list, first page", [&] { store::loans(reader, county, {}); }},
        {"portfolio of today", [&] { store::portfolio(reader, county, {}, {}).value(); }},
        {"portfolio of the first day",
         [&] { store::portfolio(reader, county, {}, lent_on.plus_days(1)).value(); }},
        {"leading of today",
         [&] { store::leading(reader, county, {}, ledger::Dimension::township); }},
        {"funds of today", [&] { store::fund_figures(reader, county, {}); }},
        {"reach of today", [&] { store::reach(reader, county, today); }},
        {"parts of outstanding",
         [&] { store::parts_of(reader, county, "outstanding", {}).value(); }},
        {"quality of the period (folds every loan)",
         [&] {
             store::quality(reader, county, {lent_on, today.plus_days(1)},
                            ledger::Dimension::county)
                 .value();
         }},
    };
    std::printf("%s\n", when);
    double yardstick = 0;
    for (auto const& [what, ask] : questions) {
        double const took = median_ms(ask);
        if (yardstick == 0) yardstick = took;
        std::printf("  %-42s %8.1f ms  %5.1f × yardstick\n", what, took, took / yardstick);
    }
}

} // namespace

TEST_CASE("What the statistics cost as the history grows")
{
    char const* asked = std::getenv("DAIFU_REPAYMENTS");
    int const rounds = asked ? std::atoi(asked) : 60;
    Date const day = on("2015-02-02");
    auto const url = fresh_books();
    Desk desk{url};
    lend_and_lead(desk, day);
    Date today = repay(desk, day, 1);
    Cluster::instance().run_sql(url, "VACUUM ANALYZE");
    tell(desk, day, today, "500 loans, one repayment each:");
    today = repay(desk, today, rounds);
    Cluster::instance().run_sql(url, "VACUUM ANALYZE");
    std::string const when = "the same after " + std::to_string(rounds) + " more each:";
    tell(desk, day, today, when.c_str());
}
