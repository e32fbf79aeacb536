// Migrating: from nothing, twice, and against a database that somebody edited.
#include "store/migrate.hpp"

#include "store/execute.hpp"
#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <array>
#include <thread>
#include <vector>

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

TEST_CASE("Two programs that migrate one database at once take turns: each file is applied once")
{
    auto const url = test::Cluster::instance().empty_database();
    std::array<std::vector<MigrationStep>, 2> steps;
    {
        std::vector<std::jthread> programs;
        for (auto& mine : steps) {
            programs.emplace_back([&mine, &url] {
                Database owner{url, Role::owner};
                mine = migrate(owner);
            });
        }
    }
    REQUIRE(!steps[0].empty());
    REQUIRE(steps[0].size() == steps[1].size());
    for (std::size_t n = 0; n < steps[0].size(); ++n) {
        CHECK(steps[0][n].file == steps[1][n].file);
        CHECK(steps[0][n].applied_now != steps[1][n].applied_now);
    }
    Database reader{url, Role::reader};
    CHECK(is_migrated(reader));
}

TEST_CASE("A migration that fails rolls back whole, and goes through once its obstacle is gone")
{
    // The last table of the file is refused, when all others are there.
    auto& cluster = test::Cluster::instance();
    auto const url = cluster.empty_database();
    cluster.run_sql(url, "CREATE FUNCTION public.stand_in_the_way() RETURNS event_trigger"
                         " LANGUAGE plpgsql AS $$ BEGIN"
                         " IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands()"
                         " WHERE object_identity = 'ledger.command_answer')"
                         " THEN RAISE EXCEPTION 'no answers today'; END IF; END $$;"
                         "CREATE EVENT TRIGGER stand_in_the_way ON ddl_command_end"
                         " EXECUTE FUNCTION public.stand_in_the_way()");
    Database owner{url, Role::owner};
    CHECK_THROWS_WITH(migrate(owner), Catch::Contains("no answers today"));
    {
        pqxx::connection superuser{url};
        pqxx::work work{superuser};
        auto const left = work.exec1(
            "SELECT string_agg(n.nspname || '.' || c.relname, ' '),"
            " (SELECT count(*) FROM ledger.migration) FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind = 'r' AND n.nspname IN ('ledger', 'register', 'programme')");
        CHECK(left[0].as<std::string>() == "ledger.migration");
        CHECK(left[1].as<int>() == 0);
    }
    CHECK_FALSE(is_migrated(owner));
    cluster.run_sql(url, "DROP EVENT TRIGGER stand_in_the_way");
    for (auto const& step : migrate(owner)) CHECK(step.applied_now);
    CHECK(is_migrated(owner));
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
    CHECK(row[2].as<int>() == 49);
    CHECK(row[3].as<int>() == 1);
    CHECK(row[4].as<int>() == 35);
}
