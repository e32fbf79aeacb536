// What the views tell: lists, statements, balances, and the portfolio as of any day.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

PortfolioLine total(Desk& desk, std::optional<Date> from, std::optional<Date> until)
{
    auto const lines = portfolio(desk.reader, fengqing(), from, until);
    REQUIRE(lines.has_value());
    return lines->back();
}

} // namespace

TEST_CASE("A portfolio that would end before it begins is refused; one of no days is empty")
{
    Desk desk{fresh_books()};
    auto const of = [&](std::optional<Date> from, std::optional<Date> until) {
        return portfolio(desk.reader, fengqing(), from, until);
    };
    auto const backwards = of(on("2016-01-01"), on("2015-01-01"));
    REQUIRE_FALSE(backwards.has_value());
    CHECK(backwards.error() == Refused{Refusal::date_too_early, "until", "2016-01-01"});
    CHECK(of(on("2016-01-01"), on("2016-01-01")).has_value());
    CHECK(of(on("2016-01-01"), {}).has_value());
}

TEST_CASE("The portfolio of a period agrees with the journal and with each loan's fold")
{
    Desk desk{fresh_books()};
    desk.open(3);
    desk.lend(1, on("2015-02-02"), "50000.00");
    desk.lend(2, on("2015-03-02"), "30000.00");
    desk.booked(repay(loan_number("L1"), yuan("10000.00"), on("2015-03-02")), on("2015-03-02"));
    desk.lend(3, on("2015-04-02"), "20000.00");
    desk.booked(Reverse{loan_number("L3"), 2, "放错了户"}, on("2015-04-03"));

    auto const all = total(desk, {}, {});
    CHECK(all.key == "");
    CHECK(all.borrowers == 2);
    CHECK(all.households == 2);
    CHECK(all.loans == 2);
    CHECK(all.lent == yuan("80000.00"));
    CHECK(all.outstanding + all.repaid == all.lent);
    Money principal;
    for (auto const& line : trial_balance(desk.reader, fengqing(), {}))
        if (line.code.text().starts_with("1303")) principal += Money::fen(line.balance);
    CHECK(all.outstanding == principal);
    auto const fold_of_first =
        fold(*loan(desk.reader, fengqing(), loan_number("L1")), on("2015-04-03"));
    auto const used = fold_of_first.allocations.front().second;
    CHECK(all.interest == used.interest + used.penalty);
    CHECK(all.repaid == used.principal);

    CHECK(total(desk, {}, on("2015-03-01")).lent == yuan("50000.00"));
    CHECK(total(desk, on("2015-03-01"), on("2015-04-01")).lent == yuan("30000.00"));
    CHECK(total(desk, {}, on("2015-03-02")).outstanding == yuan("50000.00"));

    // Late: as of each day, what the fold says of that day.
    for (char const* day : {"2015-03-02", "2015-04-10", "2015-05-20", "2015-09-01"}) {
        INFO(day);
        auto const then = total(desk, {}, on(day).plus_days(1));
        Money overdue, par30;
        for (char const* number : {"L1", "L2", "L3"}) {
            auto const state = fold(*loan(desk.reader, fengqing(), loan_number(number)), on(day));
            for (auto const& row : state.instalments)
                if (row.planned.due_on < on(day)) overdue += row.principal_due - row.principal_paid;
            if (state.days_past_due > 30) par30 += state.positions.principal();
        }
        CHECK(then.overdue == overdue);
        CHECK(then.par30 == par30);
    }
    CHECK(total(desk, {}, on("2015-09-02")).par30 == all.outstanding);
}

TEST_CASE(
    "A payment entered late is in the portfolio of its value date, and a reversal takes it out")
{
    Desk desk{fresh_books()};
    desk.open();
    desk.lend(1, on("2015-02-02"), "50000.00");
    Date const paid = on("2015-03-02"), entered = on("2015-04-20"), after = on("2015-03-10");
    auto const before = total(desk, {}, after);
    desk.booked(repay(loan_number("L1"), yuan("100.00"), on("2015-04-02")), on("2015-04-02"));
    desk.booked(repay(loan_number("L1"), yuan("20000.00"), paid), entered);
    auto const with = total(desk, {}, after);
    CHECK(with.outstanding < before.outstanding);
    CHECK(with.overdue.is_zero());
    desk.booked(Reverse{loan_number("L1"), 4, "重复录入"}, entered);
    auto const without = total(desk, {}, after);
    CHECK(without.outstanding == before.outstanding);
    CHECK(without.overdue == before.overdue);
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("The journal lists entries by day, actor, loan and township, the latest first")
{
    Desk desk{fresh_books()};
    desk.open(2);
    for (int n = 1; n <= 2; ++n) desk.lend(n);
    desk.booked(repay(loan_number("L1"), yuan("3000.00"), on("2015-03-02")), on("2015-03-02"));
    auto const listed = [&](EntryFilter const& filter) {
        return entries(desk.reader, fengqing(), filter);
    };

    auto const all = listed({});
    REQUIRE(all.size() > 4);
    CHECK(all.front().cause == "repayment");
    CHECK(all.front().subject == "L1");
    CHECK(all.front().borrower_name == "甲1");
    CHECK(all.front().village == first_village());
    CHECK(all.front().event_sequence > 0);
    CHECK(all.front().bank == yuan("3000.00"));
    CHECK(std::ranges::is_sorted(all, std::greater{}, &EntryLine::entry_number));
    auto const paid_out = std::ranges::find(all, "disbursement", &EntryLine::cause);
    REQUIRE(paid_out != all.end());
    CHECK(paid_out->bank < Money{});
    CHECK(paid_out->debits > Money{});

    auto const next = listed({{}, {}, {}, {}, all[1].entry_number, 1});
    REQUIRE(next.size() == 1);
    CHECK(next.front().entry_number == all[2].entry_number);

    CHECK(listed({on("2015-03-02"), {}, {}, {}, 0, 50}).size() == 1);
    CHECK(listed({on("2015-03-03"), {}, {}, {}, 0, 50}).empty());
    CHECK(listed({{}, all.front().actor, {}, {}, 0, 50}).size() > 1);
    CHECK(listed({{}, "nobody", {}, {}, 0, 50}).empty());
    for (auto const& line : listed({{}, {}, "L2", {}, 0, 50})) CHECK(line.subject == "L2");
    CHECK(listed({{}, {}, {}, "530921206", 0, 50}).empty());
    for (auto const& line : listed({{}, {}, {}, first_village().substr(0, 9), 0, 50}))
        CHECK(line.village == first_village());
}

TEST_CASE("The trial balance is zero, on every booking day too")
{
    Desk desk{fresh_books()};
    desk.open(2);
    desk.lend(1);
    desk.booked(repay(loan_number("L1"), yuan("3000.00"), on("2015-03-02")), on("2015-03-02"));
    for (std::optional<Date> day :
         {std::optional<Date>{}, std::optional{on("2015-01-05")}, std::optional{on("2015-03-02")}})
    {
        std::int64_t difference = 0, debits = 0;
        for (auto const& line : trial_balance(desk.reader, fengqing(), {.booked_through = day})) {
            difference += line.debits - line.credits;
            debits += line.debits;
        }
        CHECK(difference == 0);
        CHECK(debits > 0);
    }
}

TEST_CASE("Loans are listed by page, township and borrower; cards and statements name things")
{
    Desk desk{fresh_books()};
    desk.open(3);
    for (int n = 1; n <= 3; ++n) desk.lend(n);
    LoanFilter page;
    page.limit = 2;
    auto first = loans(desk.reader, fengqing(), page);
    REQUIRE(first.size() == 2);
    CHECK(first[0].number == "L1");
    CHECK(first[0].status == "active");
    CHECK(first[0].next_due_on == on("2015-03-02"));
    page.after = "L2";
    CHECK(loans(desk.reader, fengqing(), page).size() == 1);
    LoanFilter other;
    other.township = "530921206";
    CHECK(loans(desk.reader, fengqing(), other).empty());
    other.township = first_village().substr(0, 9);
    other.borrowers = {"B2", "B3"};
    CHECK(loans(desk.reader, fengqing(), other).size() == 2);

    auto const card = borrower(desk.reader, fengqing(), id<BorrowerNumber>("B1"));
    REQUIRE(card);
    CHECK(card->borrower.name == "甲1");
    CHECK(card->loans == std::vector{loan_number("L1")});
    CHECK(card->township_name == "凤山镇");
    CHECK_FALSE(borrower(desk.reader, fengqing(), id<BorrowerNumber>("B9")));
    CHECK_FALSE(loan(desk.reader, fengqing(), loan_number("L9")));
    CHECK_FALSE(entry(desk.reader, fengqing(), 999));

    auto const lines = statement(desk.reader, fengqing(), loan_number("L1"));
    REQUIRE(lines.size() == 6);
    CHECK(lines[0].cause == "approval");
    CHECK(lines[2].cause == "disbursement");
    auto const fund = funds(desk.reader, fengqing()).front();
    CHECK(fund.paid_in == yuan("1000000.00"));
    CHECK(fund.available + fund.reserved + fund.lent == fund.paid_in);

    std::int64_t number = 0;
    each_entry(desk.reader, fengqing(), [&number](EntryCard const& entry) {
        CHECK(entry.record.entry_number == ++number);
        return number < 5;
    });
    CHECK(number == 5);
    CHECK(chart_of_accounts(desk.reader, fengqing()).size() == 49);
    CHECK(programme_rules(desk.reader, fengqing()).front().document == "待县里确认");
    CHECK(base_rates(desk.reader).size() == 35);
    CHECK(administrative_units(desk.reader, fengqing()).size() == 203);
}

TEST_CASE("The portfolio splits by any group, each group's lines sum to the county's")
{
    Desk desk{fresh_books()};
    desk.open(3);
    desk.lend(1, on("2015-02-02"), "50000.00");
    desk.lend(2, on("2016-03-02"), "30000.00");
    for (auto const by :
         {ledger::Dimension::township, ledger::Dimension::village, ledger::Dimension::branch,
          ledger::Dimension::industry, ledger::Dimension::fund, ledger::Dimension::year,
          ledger::Dimension::product, ledger::Dimension::officer})
    {
        INFO(static_cast<int>(by));
        auto const lines = portfolio(desk.reader, fengqing(), {}, {}, by).value();
        REQUIRE(lines.size() >= 2);
        Money lent;
        std::int64_t loans = 0;
        for (auto const& line : lines) {
            if (line.key.empty()) continue;
            lent += line.lent;
            loans += line.loans;
            CHECK_FALSE(line.name.empty());
        }
        CHECK(lines.back().key.empty());
        CHECK(lent == yuan("80000.00"));
        CHECK(lines.back().lent == lent);
        CHECK(loans == 2);
        CHECK(lines.back().largest == yuan("50000.00"));
        CHECK(lines.back().median == yuan("30000.00"));
    }
    auto const years = portfolio(desk.reader, fengqing(), {}, {}, ledger::Dimension::year).value();
    REQUIRE(years.size() == 3);
    CHECK(years.at(0).key == "2015");
    CHECK(years.at(0).lent == yuan("50000.00"));
    CHECK(portfolio(desk.reader, fengqing(), {}, {}, ledger::Dimension::county).value().size() ==
          1);
}

TEST_CASE("A figure is told again as it was known, with what the books came to know since")
{
    Desk desk{fresh_books()};
    desk.open(2);
    desk.lend(1, on("2015-02-02"), "50000.00");
    auto const of_march = [&](std::optional<Instant> known_at) {
        return portfolio(desk.reader, fengqing(), {}, on("2015-04-01"), ledger::Dimension::county,
                         known_at)
            .value()
            .back();
    };
    auto const before = of_march({});
    auto const told_at =
        desk.booked(repay(loan_number("L1"), yuan("1000.00"), on("2015-03-10")), on("2015-04-02"))
            .recorded_at;
    auto const after = of_march({});
    CHECK(after.outstanding < before.outstanding); // the rest of it was interest
    using std::chrono::microseconds;
    CHECK(of_march(told_at).outstanding == after.outstanding);
    CHECK(of_march(told_at - microseconds{1}).outstanding == before.outstanding);
    CHECK(of_march(told_at - microseconds{1}).lent == before.lent);

    // What came later and is of no day before April changes nothing that was told of March.
    auto const reversal = desk.booked(Reverse{loan_number("L1"), 3, "错户"}, on("2015-04-03"));
    desk.lend(2, on("2015-04-03"), "30000.00");
    CHECK(of_march({}).outstanding == before.outstanding);
    CHECK(of_march(told_at).outstanding == after.outstanding);
    auto const later = entries_since(desk.reader, fengqing(), told_at, on("2015-04-01"), false);
    REQUIRE(later.count == 1);
    CHECK(later.first.front().number == reversal.entry_number);
    CHECK(later.first.front().value_on == on("2015-03-10"));
    CHECK(entries_since(desk.reader, fengqing(), told_at, {}, false).count == 3);
    // Before the loan was entered nobody knew of it.
    CHECK(of_march(Instant{}).lent == Money{});
    CHECK(of_march(Instant{}).loans == 0);
    CHECK(complaints(desk.auditor).empty());
}

TEST_CASE("A series has a step's flows and the stock at its end, as separate reports have them")
{
    Desk desk{fresh_books()};
    desk.open(3);
    desk.lend(1, on("2015-02-02"), "50000.00");
    desk.booked(repay(loan_number("L1"), yuan("10000.00"), on("2015-03-02")), on("2015-03-02"));
    desk.lend(2, on("2015-04-02"), "30000.00");
    Span const span{on("2015-01-15"), on("2015-05-10")};
    auto const points = portfolio_series(desk.reader, fengqing(), span, PeriodUnit::month).value();
    REQUIRE(points.size() == 5);
    for (auto const& point : points) {
        INFO(point.span.from.text());
        auto const alone = total(desk, point.span.from, point.span.until);
        CHECK(point.line.lent == alone.lent);
        CHECK(point.line.repaid == alone.repaid);
        CHECK(point.line.outstanding == alone.outstanding);
        CHECK(point.line.overdue == alone.overdue);
    }
    CHECK(points.at(1).line.lent == yuan("50000.00"));
    CHECK(portfolio_series(desk.reader, fengqing(), {on("2015-01-01"), on("2017-01-01")},
                           PeriodUnit::day)
              .error()
              .code == Refusal::too_many_points);
}
