// What the database asks to be tried again is tried again, a bounded number of times; nothing else
// is. A trigger that gives up as often as it is told stands in for the other writer.
#include "store/execute.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

using namespace ledger;
using namespace store;
using test::complaints;
using test::Desk;
using test::on;
using test::yuan;

namespace {

/// Makes the next `times` attempts to append an entry fail with this SQLSTATE. A sequence, because
/// what it counts is not rolled back.
void give_up(std::string const& url, int times, std::string const& sqlstate)
{
    test::Cluster::instance().run_sql(
        url, "CREATE SEQUENCE public.attempt;"
             "CREATE FUNCTION public.give_up() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
             " AS $$ BEGIN IF nextval('public.attempt') <= " +
                 std::to_string(times) + " THEN RAISE EXCEPTION 'try again' USING ERRCODE = '" +
                 sqlstate +
                 "'; END IF; RETURN NULL; END $$;"
                 "CREATE TRIGGER give_up BEFORE INSERT ON ledger.journal_entry"
                 " FOR EACH STATEMENT EXECUTE FUNCTION public.give_up()");
}

int attempts(std::string const& url)
{
    pqxx::connection superuser{url};
    pqxx::work work{superuser};
    return work
        .exec1("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM public.attempt")[0]
        .as<int>();
}

void be_well_again(std::string const& url)
{
    test::Cluster::instance().run_sql(url,
                                      "DROP TRIGGER give_up ON ledger.journal_entry;"
                                      "DROP FUNCTION public.give_up; DROP SEQUENCE public.attempt");
}

} // namespace

TEST_CASE("A serialization failure or a deadlock is tried again, up to the limit, and books once")
{
    std::string const sqlstate = GENERATE("40001", "40P01");
    int const failures = GENERATE(1, retry_limit);
    auto const url = test::fresh_books();
    Desk desk{url};
    desk.open();
    give_up(url, failures, sqlstate);
    auto const payment = desk.envelope(
        PayIntoFund{test::id<FundCode>("F1"), yuan("1.00"), on("2015-01-06"), "进账单"},
        on("2015-01-06"));
    auto const outcome = execute(desk.app, {&payment, 1}).front();
    CHECK(outcome.is_booked());
    CHECK_FALSE(outcome.is_replay);
    CHECK(attempts(url) == failures + 1);
    CHECK(funds(desk.reader, test::fengqing()).front().available == yuan("1000001.00"));
    be_well_again(url);
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("After the limit of retries the database is unavailable, nothing is booked, the key free")
{
    auto const url = test::fresh_books();
    Desk desk{url};
    desk.open();
    give_up(url, retry_limit + 1, "40001");
    auto const payment = desk.envelope(
        PayIntoFund{test::id<FundCode>("F1"), yuan("1.00"), on("2015-01-06"), "进账单"},
        on("2015-01-06"));
    CHECK_THROWS_AS(execute(desk.app, {&payment, 1}), DatabaseUnavailable);
    CHECK(attempts(url) == retry_limit + 1);
    CHECK(funds(desk.reader, test::fengqing()).front().available == yuan("1000000.00"));
    auto const outcome = execute(desk.app, {&payment, 1}).front();
    CHECK(outcome.is_booked());
    CHECK_FALSE(outcome.is_replay);
    be_well_again(url);
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("What the database refuses for another reason is not tried again")
{
    auto const url = test::fresh_books();
    Desk desk{url};
    desk.open();
    give_up(url, 1, "23514");
    CHECK(desk.refused(
              PayIntoFund{test::id<FundCode>("F1"), yuan("1.00"), on("2015-01-06"), "进账单"},
              on("2015-01-06")) == Refusal::internal_fault);
    CHECK(attempts(url) == 1);
}
