// The day's end: accruals are posted and the day is closed, once, however often it is asked.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

std::string balances(Desk& desk)
{
    std::string text;
    for (auto const& line : account_balances(desk.reader, fengqing()))
        text += line.account.code.text() + " " + line.account.subkey + " " +
                std::to_string(line.debits) + " " + std::to_string(line.credits) + "\n";
    return text;
}

} // namespace

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
    CHECK(desk.refused(Repay{loan_number("L1"), yuan("1.00"), last}, last) == Refusal::day_closed);
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
    REQUIRE(closings[0].failed.size() == 1);
    CHECK(closings[0].failed[0].first == loan_number("L1"));
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
