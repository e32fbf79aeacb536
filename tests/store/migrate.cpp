// Migrating: from nothing, twice, and against a database that somebody edited.
#include "store/migrate.hpp"

#include "store/execute.hpp"
#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

using namespace store;

TEST_CASE("A fresh database is migrated once, and the second time nothing is applied")
{
    auto const url = test::Cluster::instance().empty_database();
    Database owner{url, Role::owner};
    auto const first = migrate(owner);
    REQUIRE(!first.empty());
    for (auto const& step : first) CHECK(step.applied_now);
    CHECK(is_migrated(owner));
    for (auto const& step : migrate(owner)) CHECK_FALSE(step.applied_now);
    Database reader{url, Role::reader};
    CHECK(is_migrated(reader));
}

TEST_CASE("A landed migration that was edited, or one from the future, is refused")
{
    auto const url = test::fresh_books();
    Database owner{url, Role::owner};
    pqxx::connection superuser{url};
    auto run = [&](char const* sql) {
        pqxx::work work{superuser};
        work.exec(sql);
        work.commit();
    };
    SECTION("edited")
    {
        run("UPDATE ledger.migration SET checksum = 'other'");
        CHECK_THROWS_WITH(migrate(owner), Catch::Contains("was edited"));
        CHECK_FALSE(is_migrated(owner));
    }
    SECTION("newer")
    {
        run("INSERT INTO ledger.migration VALUES ('migrations/9999_later.sql', 'x')");
        CHECK_THROWS_WITH(migrate(owner), Catch::Contains("newer than this program"));
        CHECK_FALSE(is_migrated(owner));
    }
}

TEST_CASE("Creating a county twice leaves its chart and rules alone")
{
    auto const url = test::fresh_books();
    Database owner{url, Role::owner};
    create_county(owner, *ledger::CountyCode::parse("530921"));
    pqxx::connection superuser{url};
    pqxx::work work{superuser};
    auto const row = work.exec1("SELECT (SELECT name FROM ledger.county),"
                                " (SELECT count(*) FROM register.administrative_unit),"
                                " (SELECT count(*) FROM programme.chart_line),"
                                " (SELECT count(*) FROM programme.programme_rules),"
                                " (SELECT count(*) FROM programme.base_rate)");
    CHECK(row[0].as<std::string>() == "凤庆县");
    CHECK(row[1].as<int>() == 203);
    CHECK(row[2].as<int>() == 22);
    CHECK(row[3].as<int>() == 1);
    CHECK(row[4].as<int>() == 35);
}
