// The day's end: accruals are posted and the day is closed, once, however often it is asked.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

std::string balances(Desk& desk, std::optional<Date> booked_through = std::nullopt)
{
    std::string text;
    for (auto const& line : account_balances(desk.reader, fengqing(), booked_through))
        text += line.account.code.text() + " " + line.account.subkey + " " +
                std::to_string(line.debits) + " " + std::to_string(line.credits) + "\n";
    return text;
}

/// Three loans that are repaid, late from the start, and paid off in between.
void lend_three(Desk& desk)
{
    desk.open(3);
    for (int n = 1; n <= 3; ++n) desk.lend(n);
    desk.booked(OpenBooks{on("2015-02-03")}, on("2015-02-03"));
}

/// What happens on the days of the year, each on its own business day.
std::vector<std::pair<Date, RecordEvent>> events_of_the_year()
{
    auto const first = loan_number("L1"), third = loan_number("L3");
    std::vector<std::pair<Date, RecordEvent>> events;
    auto add = [&events](char const* day, RecordEvent what) {
        events.emplace_back(on(day), std::move(what));
    };
    add("2015-03-02", repay(first, yuan("2300.00"), on("2015-03-02")));
    add("2015-04-02", repay(first, yuan("2300.00"), on("2015-04-02")));
    add("2015-05-20", repay(third, yuan("55000.00"), on("2015-05-20")));
    add("2015-06-03", repay(first, yuan("2300.00"), on("2015-05-04"))); // entered late
    return events;
}

void close(Desk& desk, Date day)
{
    auto const closings = close_days(desk.app, fengqing(), day, day, "closing").value();
    for (auto const& closing : closings) CHECK(closing.failed.empty());
}

std::string positions(Desk& desk)
{
    std::string text;
    for (char const* number : {"L1", "L2", "L3"}) {
        auto const held = *loan(desk.reader, fengqing(), loan_number(number));
        text += number;
        for (auto const p : all_positions()) text += " " + held.booked[p].text();
        text += "\n";
    }
    return text;
}

} // namespace

TEST_CASE("Catching up missed days gives the same books as closing each day")
{
    Desk daily{fresh_books()}, late{fresh_books()};
    lend_three(daily);
    lend_three(late);
    Date const last = on("2015-12-31");
    for (Date day = on("2015-02-03"); day <= last; day = day.plus_days(1)) close(daily, day);
    close(late, last);
    CHECK(balances(daily) == balances(late));
    CHECK(positions(daily) == positions(late));
    CHECK(county(daily.reader, fengqing())->entries == county(late.reader, fengqing())->entries);
    for (char const* day : {"2015-03-31", "2015-06-30", "2015-12-31"}) {
        INFO(day);
        CHECK(balances(daily, on(day)) == balances(late, on(day)));
    }
    CHECK(complaints(late.auditor) == "");
}

TEST_CASE("Events between the missed days change nothing of it")
{
    Desk daily{fresh_books()}, late{fresh_books()};
    lend_three(daily);
    lend_three(late);
    Date const last = on("2015-12-31");
    auto const events = events_of_the_year();
    for (Date day = on("2015-02-03"); day <= last; day = day.plus_days(1)) {
        for (auto const& [booked_on, what] : events) {
            if (booked_on != day) continue;
            daily.booked(what, day);
            late.booked(what, day);
        }
        close(daily, day);
    }
    close(late, last);
    CHECK(positions(daily) == positions(late));
    for (auto const& desk : {&daily, &late}) CHECK(complaints(desk->auditor) == "");
    auto const sum = [](Desk& desk) {
        std::string text;
        for (auto const& line : trial_balance(desk.reader, fengqing(), {}))
            text += line.code.text() + " " + std::to_string(line.balance) + "\n";
        return text;
    };
    CHECK(sum(daily) == sum(late));
}

TEST_CASE("A quarter's end provisions each loan by its class, as the difference to the last run")
{
    Desk desk{fresh_books()};
    lend_three(desk);
    Date const first = on("2015-03-31"), second = on("2015-06-30");
    auto closings = close_days(desk.app, fengqing(), first, first, "closing").value();
    CHECK(closings.back().provisions_posted == 3);
    auto const second_loan = [&] { return *loan(desk.reader, fengqing(), loan_number("L2")); };
    // 29 days late: special mention, 2 %.
    CHECK(second_loan().booked[Position::loss_allowance] == yuan("1000.00"));
    closings = close_days(desk.app, fengqing(), second, second, "closing").value();
    // 120 days late: substandard, 25 %, and non-accrual.
    CHECK(second_loan().booked[Position::loss_allowance] == yuan("12500.00"));
    CHECK(second_loan().booked[Position::principal_non_accrual] == yuan("50000.00"));
    CHECK(second_loan().booked[Position::interest_income].is_zero());
    CHECK(entry(desk.reader, fengqing(), county(desk.reader, fengqing())->entries)
              ->record.idempotency_key == "closing:2015-06-30:provision:L3");

    // Paid off, the allowance is released at the next run.
    desk.booked(repay(loan_number("L2"), yuan("60000.00"), on("2015-07-01")), on("2015-07-01"));
    close(desk, on("2015-09-30"));
    CHECK(second_loan().booked[Position::loss_allowance].is_zero());
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("Closing to a day closes every day before it, and closing again changes nothing")
{
    Desk desk{fresh_books()};
    desk.open(2);
    desk.lend(1);
    desk.lend(2);
    desk.booked(OpenBooks{on("2015-02-03")}, on("2015-02-03"));
    Date const last = on("2015-06-30");
    auto const closings = close_days(desk.app, fengqing(), last, last, "closing").value();
    REQUIRE(closings.size() == 148);
    CHECK(closings.front().day == on("2015-02-03"));
    CHECK(closings.back().day == last);
    std::int64_t posted = 0;
    for (auto const& closing : closings) {
        CHECK(closing.failed.empty());
        posted += closing.accruals_posted;
    }
    CHECK(posted > 8);
    CHECK(county(desk.reader, fengqing())->closed_through == last);
    auto const once = balances(desk);

    auto const again = close_days(desk.app, fengqing(), last, last, "closing").value();
    REQUIRE(again.size() == 1);
    CHECK(again.front().was_closed_already);
    CHECK(balances(desk) == once);
    CHECK(desk.refused(repay(loan_number("L1"), yuan("1.00"), last), last) == Refusal::day_closed);
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("A loan that cannot be closed is listed, the day is closed and the others accrue")
{
    auto const url = fresh_books();
    Desk desk{url};
    desk.open(2);
    desk.lend(1);
    desk.lend(2);
    {
        pqxx::connection superuser{url};
        pqxx::work work{superuser};
        work.exec("ALTER TABLE ledger.journal_entry ADD CONSTRAINT \"L1 does not accrue\""
                  " CHECK (NOT (subject = 'L1' AND cause = 'accrual'))");
        work.commit();
    }
    desk.booked(OpenBooks{on("2015-02-28")}, on("2015-02-28"));
    Date const last = on("2015-02-28");
    auto const closings = close_days(desk.app, fengqing(), last, last, "closing").value();
    REQUIRE(closings.size() == 1);
    CHECK(closings[0].accruals_posted == 1);
    CHECK(closings[0].provisions_posted == 0);
    REQUIRE(closings[0].failed.size() == 1);
    CHECK(closings[0].failed[0].first == loan_number("L1"));
    CHECK(county(desk.reader, fengqing())->closed_through == last);
}

TEST_CASE("A loan that cannot be provisioned is listed, and what an earlier attempt posted stays")
{
    auto const url = fresh_books();
    Desk desk{url};
    lend_three(desk);
    pqxx::connection superuser{url};
    auto run = [&superuser](char const* sql) {
        pqxx::work work{superuser};
        work.exec(sql);
        work.commit();
    };
    close(desk, on("2015-03-30"));
    // The first attempt posts what it can and cannot end the day.
    run("ALTER TABLE ledger.journal_entry ADD CONSTRAINT \"L1 is not provisioned\""
        " CHECK (NOT (subject = 'L1' AND cause = 'provision'));"
        "ALTER TABLE ledger.command_answer ADD CONSTRAINT \"the day does not end\""
        " CHECK (command <> 'close_day' OR booked_on < '2015-03-31')");
    Date const last = on("2015-03-31");
    CHECK_THROWS_AS(close_days(desk.app, fengqing(), last, last, "closing"), IntegrityFault);
    CHECK(county(desk.reader, fengqing())->closed_through == on("2015-03-30"));
    auto const half = county(desk.reader, fengqing())->entries;

    run("ALTER TABLE ledger.command_answer DROP CONSTRAINT \"the day does not end\"");
    auto const closings = close_days(desk.app, fengqing(), last, last, "closing").value();
    REQUIRE(closings.size() == 1);
    CHECK(closings[0].accruals_posted == 0);
    CHECK(closings[0].provisions_posted == 0);
    REQUIRE(closings[0].failed.size() == 1);
    CHECK(closings[0].failed[0].first == loan_number("L1"));
    CHECK(county(desk.reader, fengqing())->entries == half);
    CHECK(county(desk.reader, fengqing())->closed_through == last);
}

TEST_CASE("A county without books has no day to close")
{
    Desk desk{fresh_books()};
    auto const nobody = CountyCode::parse("530922").value();
    Date const day = on("2015-02-28");
    CHECK(close_days(desk.app, nobody, day, day, "closing").error().code ==
          Refusal::county_not_found);
}
