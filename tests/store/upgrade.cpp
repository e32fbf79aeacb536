// Books that were kept under an earlier schema: their rows are put into a database that has only
// that schema's tables, which is then brought to this program's. Nothing is lost, and the doctor
// finds nothing.
#include "ledger/store/embedded_sql.hpp"
#include "store/migrate.hpp"
#include "store/personal.hpp"
#include "store/registers.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/keys.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

constexpr char const* columns_sql =
    "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
    " WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''";

/// The schema after the first migrations, as the program of that day left it.
void migrate_through(std::string const& url, std::string_view last)
{
    pqxx::connection connection{url};
    {
        pqxx::work work{connection};
        work.exec(std::string{embedded_text("bootstrap.sql")});
        work.commit();
    }
    for (EmbeddedFile const& file : embedded_sql()) {
        if (!file.name.starts_with("migrations/") || file.name > last) continue;
        pqxx::work work{connection};
        work.exec(std::string{file.text});
        work.commit();
    }
}

/// Resident ids stood in the table itself until they were sealed.
std::string const borrowers_of_old =
    "SELECT coalesce(jsonb_agg(to_jsonb(t) || jsonb_build_object('resident_id', CASE"
    " borrower_number WHEN 'B1' THEN '" +
    invented_resident(1).reveal() + "' ELSE '" + invented_resident(2).reveal() +
    "' END)), '[]') FROM register.borrower t";

/// What both databases have a column for; triggers and references are asleep meanwhile.
void copy_rows(std::string const& from_url, std::string const& to_url, std::string_view last)
{
    pqxx::connection from{from_url}, to{to_url};
    pqxx::work source{from}, target{to};
    target.exec("SET session_replication_role = replica");
    auto const tables = target.exec(
        "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n"
        " ON n.oid = c.relnamespace WHERE c.relkind = 'r'"
        " AND n.nspname IN ('ledger', 'register', 'programme')");
    for (auto const& row : tables) {
        std::string const table = row[0].c_str();
        std::string sql = "SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]') FROM " + table + " t";
        if (table == "register.borrower") sql = borrowers_of_old;
        if (table == "ledger.migration") sql += " WHERE file <= " + source.quote(std::string{last});
        // Lines of the chart that a later schema brought; the upgrade seeds them.
        if (table == "programme.chart_line") sql += " WHERE subledger IN ('none', 'loan', 'fund')";
        auto const rows = source.exec1(sql)[0].as<std::string>();
        auto const columns = target.exec_params1(columns_sql, table)[0].as<std::string>();
        target.exec_params("INSERT INTO " + table + " (" + columns + ") SELECT " + columns +
                               " FROM jsonb_populate_recordset(NULL::" + table + ", $1::jsonb)",
                           rows);
    }
    target.commit();
}

/// Loans with a late payment and a reversal.
void lend(Desk& desk)
{
    desk.open(2);
    desk.lend(1);
    desk.lend(2);
    desk.booked(repay(loan_number("L1"), yuan("900.00"), on("2015-03-02")), on("2015-03-02"));
    desk.booked(repay(loan_number("L1"), yuan("70.00"), on("2015-02-20")), on("2015-03-03"));
    desk.booked(Reverse{loan_number("L1"), 3, "录错了"}, on("2015-03-04"));
}

/// A household that is led, and facts of the registers.
void lead(Desk& desk)
{
    auto const happen = [&desk](char const* day, HouseholdHappening what) {
        desk.booked(RecordHouseholdEvent{id<HouseholdNumber>("N1"), on(day), std::move(what), "1号",
                                         "见文件"},
                    on(day));
    };
    auto const village = id<UnitCode>(first_village());
    happen("2015-03-05", HouseholdRegistered{"户主", village, Standing::poor, 4});
    happen("2015-03-06", LeadingClaimed{loan_number("L1"), {}, Way::on_trust, 0, {}, false});
    happen("2015-03-07", LeadingVerified{2, "甲", "乙", "村委会", std::string(64, 'a')});
    desk.booked(RecordFact{on("2015-03-08"),
                           VillageRecorded{village, VillageAspect::poor_village, true, {}}, "1号",
                           "见文件"},
                on("2015-03-08"));
}

void check_upgraded(std::string const& url, std::string_view last, std::string const& before)
{
    auto const old = Cluster::instance().empty_database();
    migrate_through(old, last);
    copy_rows(url, old, last);
    Database owner{old, Role::owner};
    owner.seal_with(sealing());
    for (auto const& step : migrate(owner)) CHECK(step.applied_now == (step.file > last));
    Desk desk{old};
    CHECK(complaints(desk.auditor).empty());
    auto const lent = portfolio(desk.reader, fengqing(), {}, {}, ledger::Dimension::county)->back();
    CHECK(lent.outstanding.text() == before);
    auto const found = find_borrowers(desk.reader, fengqing(), invented_resident(2).reveal());
    CHECK(found.value().at(0).number == "B2");
    // It goes on where it was.
    desk.booked(repay(loan_number("L2"), yuan("500.00"), on("2015-04-02")), on("2015-04-02"));
    CHECK(complaints(desk.auditor).empty());
}

} // namespace

TEST_CASE("Books of the first schema are sound after the upgrade, and go on")
{
    auto const url = fresh_books();
    Desk desk{url};
    lend(desk);
    auto const lent = portfolio(desk.reader, fengqing(), {}, {}, ledger::Dimension::county)->back();
    check_upgraded(url, "migrations/0001_books.sql", lent.outstanding.text());
}

TEST_CASE("Books with households and registers of an earlier schema are sound after the upgrade")
{
    auto const url = fresh_books();
    Desk desk{url};
    lend(desk);
    lead(desk);
    auto const lent = portfolio(desk.reader, fengqing(), {}, {}, ledger::Dimension::county)->back();
    for (char const* last : {"migrations/0004_registers.sql", "migrations/0006_evidence.sql"}) {
        INFO(last);
        check_upgraded(url, last, lent.outstanding.text());
    }
}
