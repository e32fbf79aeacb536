// How far the programme reaches, its funds, and what leading did to incomes: each figure from real
// books, as of a day and as it was known at an instant.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include "store/registers.hpp"

#include <catch2/catch.hpp>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

std::string const digest(64, 'a');

Receipt keep(Desk& desk, char const* day, RegisterFact what)
{
    return desk.booked(RecordFact{on(day), std::move(what), "凤办发〔2015〕1号", "见文件"},
                       on(day));
}

Receipt happen(Desk& desk, char const* household, char const* day, HouseholdHappening what)
{
    return desk.booked(RecordHouseholdEvent{id<HouseholdNumber>(household), on(day),
                                            std::move(what), "1号", "见文件"},
                       on(day));
}

std::string told(Reached const& reached)
{
    return std::to_string(reached.reached) + "/" + std::to_string(reached.of);
}

/// Places and duties: "townships 1/13 villages 1/190 branches 1/2 poor 2 1 0 1 duties 1/2".
std::string told(ReachLine const& line)
{
    return "townships " + told(line.townships) + " villages " + told(line.villages) + " branches " +
           told(line.branches) + " poor " + std::to_string(line.poor_villages) + " " +
           std::to_string(line.with_plan) + " " + std::to_string(line.with_cooperation) + " " +
           std::to_string(line.with_income) + " duties " +
           std::to_string(line.responsibilities_overdue) + "/" +
           std::to_string(line.responsibilities);
}

ReachLine county_on(Desk& desk, char const* day, std::optional<Instant> known_at = {})
{
    return reach(desk.reader, fengqing(), on(day), known_at).back();
}

UnitCode village()
{
    return id<UnitCode>(first_village());
}

ResponsibilityGiven given(char const* number, char const* deadline)
{
    return {
        id<ResponsibilityNumber>(number), village(), "张某", "脱贫", "挂钩", "出列", on(deadline)};
}

} // namespace

TEST_CASE("Reach counts places with a loan, branches, poor villages and duties, as of a day and as "
          "known at an instant")
{
    Desk desk{fresh_books()};
    desk.open(1);
    auto const lender = borrower(desk.reader, fengqing(), id<BorrowerNumber>("B1"))->borrower;
    keep(desk, "2015-02-01", BranchNamed{id<BranchCode>("P1"), lender.party_branch, village()});
    keep(desk, "2015-02-01", BranchNamed{id<BranchCode>("P2"), "另一支部", village()});
    keep(desk, "2015-02-01", VillageRecorded{village(), VillageAspect::poor_village, true, {}});
    auto const before = keep(desk, "2015-02-01", given("R1", "2015-02-10"));
    desk.lend(1, on("2015-02-02"));
    auto const income =
        VillageRecorded{village(), VillageAspect::collective_income, true, yuan("30000.00")};
    keep(desk, "2015-02-03", income);

    CHECK(told(county_on(desk, "2015-02-01")) ==
          "townships 0/13 villages 0/190 branches 0/2 poor 1 0 0 0 duties 0/1");
    CHECK(told(county_on(desk, "2015-02-11")) ==
          "townships 1/13 villages 1/190 branches 1/2 poor 1 0 0 1 duties 1/1");
    CHECK(county_on(desk, "2015-02-11").collective_income == yuan("30000.00"));
    CHECK(told(county_on(desk, "2015-02-11", before.recorded_at)) ==
          "townships 0/13 villages 0/190 branches 0/2 poor 1 0 0 0 duties 1/1");
    auto const lines = reach(desk.reader, fengqing(), on("2015-02-11"));
    REQUIRE(lines.size() == 14);
    CHECK(told(lines.front()) == "townships 1/1 villages 1/" +
                                     std::to_string(lines.front().villages.of) +
                                     " branches 1/2 poor 1 0 0 1 duties 1/1");
    std::int64_t villages = 0;
    for (std::size_t n = 0; n + 1 < lines.size(); ++n) villages += lines[n].villages.of;
    CHECK(villages == lines.back().villages.of);
}

TEST_CASE(
    "Reach holds the exits of the day's year against the plan of the county and of a township")
{
    Desk desk{fresh_books()};
    desk.open(1);
    std::string const township = first_village().substr(0, 9);
    keep(desk, "2015-02-01",
         TargetSet{{PlanIndicator::households, id<UnitCode>("530921"), 2015}, 4});
    keep(desk, "2015-02-01", TargetSet{{PlanIndicator::persons, id<UnitCode>(township), 2015}, 9});
    happen(desk, "N1", "2015-02-01", HouseholdRegistered{"户主", village(), Standing::poor, 3});
    happen(desk, "N1", "2015-02-01", IncomeRecorded{{2014, yuan("90000.00"), {}, {}, {}}});
    happen(desk, "N1", "2015-02-01", Surveyed{{{}, 2, true, true, true, {}}});
    happen(desk, "N1", "2015-02-10", ExitStepTaken{ExitStep::proposed, "丁", {}, 0, {}});
    happen(desk, "N1", "2015-02-10", ExitStepTaken{ExitStep::reviewed, "戊", {}, 0, {}});
    happen(desk, "N1", "2015-02-10", ExitStepTaken{ExitStep::signed_off, "户主", {}, 0, {}});
    happen(desk, "N1", "2015-02-10",
           ExitStepTaken{ExitStep::noticed, "丁", on("2015-02-16"), 0, {}});
    auto const before =
        happen(desk, "N1", "2015-02-17", ExitStepTaken{ExitStep::checked, "己", {}, 2014, {}});
    happen(desk, "N1", "2015-02-18", ExitStepTaken{ExitStep::approved, "庚", {}, 0, {}});

    auto const lines = reach(desk.reader, fengqing(), on("2015-12-31"));
    CHECK(told(lines.back().households) == "1/4");
    CHECK(told(lines.back().persons) == "0/0"); // nothing is planned of the county
    CHECK(told(lines.front().persons) == "3/9");
    CHECK(told(county_on(desk, "2015-02-17").households) == "0/4");
    CHECK(told(county_on(desk, "2015-12-31", before.recorded_at).households) == "0/4");
    CHECK(told(county_on(desk, "2016-01-01").households) == "0/0"); // another year's plan
}

TEST_CASE("A fund's figures are its accounts', as of a day, as known at an instant, and its loans "
          "use so much of their caps")
{
    Desk desk{fresh_books()};
    desk.open(2);
    desk.lend(1, on("2015-02-02"), "50000.00");
    auto const paid =
        desk.booked(repay(loan_number("L1"), yuan("20000.00"), on("2015-03-02")), on("2015-03-02"));
    desk.lend(2, on("2015-04-02"), "30000.00");
    auto const figures = [&desk](char const* day, std::optional<Instant> known_at = {}) {
        auto const lines = fund_figures(desk.reader, fengqing(), on(day), known_at);
        REQUIRE(lines.size() == 2);
        CHECK(lines.front().fund.code == "F1");
        CHECK(lines.front().fund.lent == lines.back().fund.lent); // one fund is all of them
        CHECK(lines.back().fund.name.empty());
        return lines.back();
    };
    CHECK(figures("2015-02-01").fund.available == yuan("1000000.00"));
    CHECK(figures("2015-02-02").fund.lent == yuan("50000.00"));
    auto const now = figures("2015-12-31");
    auto const of_today = funds(desk.reader, fengqing()).front();
    CHECK(now.fund.lent == of_today.lent);
    CHECK(now.fund.available == of_today.available);
    CHECK(now.fund.paid_in == yuan("1000000.00"));
    CHECK(now.fund.lent + now.fund.available == yuan("1000000.00"));
    CHECK(figures("2015-12-31", paid.recorded_at).fund.lent == figures("2015-03-31").fund.lent);
    CHECK(now.loans == 2);
    CHECK(now.approved == yuan("80000.00"));
    auto const cap = programme(desk.reader, fengqing())->rules.front().loan_cap;
    CHECK(now.caps == cap + cap);
    CHECK(now.loans_at_cap == 0);
}

TEST_CASE("Income before and since the leading began is compared, with and without what it brought")
{
    Desk desk{fresh_books()};
    desk.open(1);
    desk.lend(1, on("2015-02-02"), "10000.00");
    happen(desk, "N1", "2015-01-06", HouseholdRegistered{"户主", village(), Standing::poor, 4});
    happen(desk, "N1", "2015-01-20", IncomeRecorded{{2014, yuan("8000.00"), {}, {}, {}}});
    happen(desk, "N1", "2015-02-10",
           LeadingClaimed{loan_number("L1"), {}, Way::on_trust, 0, {}, false});
    happen(desk, "N1", "2015-02-20", LeadingVerified{3, "甲", "乙", "村", digest});
    happen(desk, "N1", "2015-06-30", BenefitBrought{3, yuan("1200.00"), digest});
    auto const benefit =
        happen(desk, "N1", "2016-01-20", IncomeRecorded{{2015, yuan("12000.00"), {}, {}, {}}});
    auto const corrected =
        happen(desk, "N1", "2016-02-20", IncomeRecorded{{2015, yuan("16000.00"), {}, {}, {}}});
    happen(desk, "N2", "2015-01-06", HouseholdRegistered{"户主", village(), Standing::poor, 2});

    auto const on_day = [&desk](char const* day, std::optional<Instant> known_at = {}) {
        auto const line =
            leading(desk.reader, fengqing(), on(day), ledger::Dimension::county, known_at).back();
        return std::to_string(line.incomes) + " " + line.income_before.text() + " " +
               line.income_since.text() + " " + line.income_without.text();
    };
    CHECK(on_day("2015-12-31") == "0 0.00 0.00 0.00");
    CHECK(on_day("2016-01-31") == "1 2000.00 3000.00 2700.00");
    CHECK(on_day("2016-02-20") == "1 2000.00 4000.00 3700.00");
    CHECK(on_day("2016-02-20", benefit.recorded_at) == "1 2000.00 3000.00 2700.00");
    desk.booked(ReverseHouseholdEvent{id<HouseholdNumber>("N1"), *corrected.event_sequence, "录错"},
                on("2016-03-01"));
    CHECK(on_day("2016-03-01") == "1 2000.00 3000.00 2700.00");

    PartFilter early;
    early.as_of = on("2016-03-01");
    auto const parts =
        parts_of(desk.reader, fengqing(), "households_with_incomes", early).value().page;
    REQUIRE(parts.size() == 1);
    CHECK(parts.front().household == "N1");
    CHECK(parts.front().evidence == std::vector{digest});
    early.known_at = benefit.recorded_at;
    CHECK(parts_of(desk.reader, fengqing(), "households_led", early)->count == 1);
}

TEST_CASE("Quality and the series tell what was known then, though an event was entered late")
{
    Desk desk{fresh_books()};
    desk.open(1);
    desk.lend(1, on("2015-02-02"), "50000.00");
    auto const before =
        desk.booked(repay(loan_number("L1"), yuan("1000.00"), on("2015-03-02")), on("2015-03-02"));
    auto late = repay(loan_number("L1"), yuan("20000.00"), on("2015-02-20"));
    desk.booked(late, on("2015-03-10"));
    Span const span{on("2015-01-01"), on("2015-03-05")};
    auto const principal = [&](std::optional<Instant> known_at) {
        return quality(desk.reader, fengqing(), span, ledger::Dimension::county, known_at)
            ->back()
            .quality.outstanding();
    };
    auto const stock = [&](std::optional<Instant> known_at) {
        return portfolio_series(desk.reader, fengqing(), span, PeriodUnit::year, known_at)
            ->back()
            .line.outstanding;
    };
    CHECK(principal({}) == stock({}));
    CHECK(principal(before.recorded_at) == stock(before.recorded_at));
    CHECK(principal(before.recorded_at) - principal({}) > yuan("19000.00"));
}
