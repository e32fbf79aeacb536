// The complete list of what a freshly migrated database is made of, grants included, against the
// file that the program carries and that is reviewed like code: a digest that changed names the
// object that a commit changes. LEDGER_ACCEPT=1 rewrites the file; then build again.
#include "ledger/store/definitions.hpp"
#include "store/migrate.hpp"
#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace {

/// By the role that the doctor has.
store::Definitions defined(std::string const& url)
{
    pqxx::connection connection{url};
    pqxx::work work{connection};
    work.exec("SET ROLE daifu_auditor; SET search_path = ''");
    return store::definitions_in(work);
}

} // namespace

TEST_CASE("The definitions are exactly those of the golden file")
{
    std::string const path = std::string{DAIFU_SOURCE_DIR} + "/sql/definitions.golden";
    auto const found = store::text_of(defined(test::fresh_books()));
    if (std::getenv("LEDGER_ACCEPT") != nullptr) std::ofstream{path} << found;
    std::ifstream in{path};
    std::stringstream golden;
    golden << in.rdbuf();
    CHECK(found == golden.str());
    if (std::getenv("LEDGER_ACCEPT") == nullptr)
        CHECK(golden.str() == store::text_of(store::expected_definitions()));
}

TEST_CASE("What somebody changed by hand is gone after the next migration, and is seen before")
{
    auto const url = test::fresh_books();
    {
        pqxx::connection superuser{url};
        pqxx::work work{superuser};
        work.exec("GRANT UPDATE ON ledger.posting TO daifu_app;"
                  "GRANT UPDATE (minor_units) ON ledger.posting TO daifu_reader;"
                  "GRANT CREATE ON SCHEMA ledger TO daifu_app;"
                  "DROP TRIGGER \"a row is never changed\" ON ledger.posting;"
                  "CREATE OR REPLACE VIEW ledger.funds AS SELECT county_code, fund_code, name,"
                  " document, opened_on FROM ledger.fund WHERE false");
        work.commit();
    }
    CHECK(store::differences(defined(url), store::expected_definitions()).size() == 5);
    store::Database owner{url, store::Role::owner};
    store::migrate(owner);
    CHECK(store::differences(defined(url), store::expected_definitions()).empty());
}

namespace {

struct Row {
    char const* named;
    char const* sql;
};
std::vector<Row> const objects{
    {"function ledger.refuse_change(): it is not as this program defines it",
     "CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql"
     " SET search_path = '' AS 'BEGIN RETURN NULL; END'"},
    {"function ledger.begin_batch", "ALTER FUNCTION ledger.begin_batch(text) SECURITY INVOKER"},
    {"function ledger.append_batch", "ALTER FUNCTION ledger.append_batch SET search_path = public"},
    {"function public.door(): this program has none",
     "CREATE FUNCTION public.door() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT';"
     "ALTER FUNCTION public.door() OWNER TO daifu_owner"},
    {"trigger \"a row is never changed\" of ledger.posting: it is not as",
     "CREATE OR REPLACE TRIGGER \"a row is never changed\" BEFORE UPDATE OR DELETE"
     " ON ledger.posting FOR EACH ROW WHEN (false) EXECUTE FUNCTION ledger.refuse_change()"},
    {"trigger \"a table is never changed\" of ledger.posting: it is not as",
     "CREATE OR REPLACE TRIGGER \"a table is never changed\" BEFORE UPDATE ON ledger.posting"
     " FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()"},
    {"trigger \"a row is never changed\" of ledger.posting: it is not as",
     "ALTER TABLE ledger.posting DISABLE TRIGGER \"a row is never changed\""},
    {"trigger \"new entries are whole\" of ledger.county: it is missing",
     "DROP TRIGGER \"new entries are whole\" ON ledger.county"},
    {"trigger \"extra\" of ledger.posting: this program has none",
     "CREATE TRIGGER extra BEFORE INSERT ON ledger.posting FOR EACH ROW"
     " EXECUTE FUNCTION ledger.refuse_change()"},
    {"constraint \"a posting amount is positive\" of ledger.posting: it is missing",
     "ALTER TABLE ledger.posting DROP CONSTRAINT \"a posting amount is positive\""},
    {"index ledger.an event is reversed once: it is missing",
     "DROP INDEX ledger.\"an event is reversed once\""},
    {"constraint \"a balance is of an account\" of ledger.account_balance: it is missing",
     "ALTER TABLE ledger.account_balance DROP CONSTRAINT \"a balance is of an account\""},
    {"trigger \"what rows name is there\" of ledger.loan_event: it is missing",
     "DROP TRIGGER \"what rows name is there\" ON ledger.loan_event"},
    {"table ledger.posting", "ALTER TABLE ledger.posting ALTER minor_units DROP NOT NULL"},
    {"table ledger.posting", "ALTER TABLE ledger.posting ADD note text"},
    {"table ledger.own: this program has none", "CREATE TABLE ledger.own (county_code text)"},
    {"heir public.heir", "CREATE TABLE public.heir () INHERITS (ledger.posting)"},
    {"rule \"extra\" of ledger.posting: this program has none",
     "CREATE RULE extra AS ON INSERT TO ledger.posting DO INSTEAD NOTHING"},
    {"view ledger.funds: it is not as",
     "CREATE OR REPLACE VIEW ledger.funds AS SELECT county_code, fund_code, name, document,"
     " opened_on FROM ledger.fund WHERE false"},
    {"table ledger.posting: it is not", "ALTER TABLE ledger.posting NO FORCE ROW LEVEL SECURITY"},
    {"table ledger.posting: it is not", "ALTER TABLE ledger.posting DISABLE ROW LEVEL SECURITY"},
    {"policy \"a county is seen alone\" of ledger.posting: it is missing",
     "DROP POLICY \"a county is seen alone\" ON ledger.posting"},
    {"policy \"a township is seen alone\" of ledger.loan: it is not as",
     "ALTER POLICY \"a township is seen alone\" ON ledger.loan USING (true)"},
    {"policy \"few\" of ledger.posting", "CREATE POLICY few ON ledger.posting USING (false)"},
};

std::vector<Row> const rights{
    {"grant to daifu_app: update on table ledger.posting: this program has none",
     "GRANT UPDATE ON ledger.posting TO daifu_app"},
    {"grant to PUBLIC: select on table register.borrower: this program has none",
     "GRANT SELECT ON register.borrower TO PUBLIC"},
    {"grant to daifu_app: update on column ledger.posting.minor_units",
     "GRANT UPDATE (minor_units) ON ledger.posting TO daifu_app"},
    {"grant to daifu_app: create on schema ledger", "GRANT CREATE ON SCHEMA ledger TO daifu_app"},
    {"grant to daifu_app: execute on function ledger.append_journal",
     "GRANT EXECUTE ON FUNCTION ledger.append_journal TO daifu_app"},
    {"grant to daifu_app: execute on function ledger.append_batch(county_code text,"
     " batch jsonb, entries ledger.entry_row[], moved ledger.moved_row[],"
     " postings ledger.posting_row[], events ledger.event_row[],"
     " positions ledger.position_row[], standings ledger.standing_row[],"
     " answers ledger.answer_row[]): it is missing",
     "REVOKE EXECUTE ON FUNCTION ledger.append_batch FROM daifu_app"},
    {"insert on what is yet to be created",
     "ALTER DEFAULT PRIVILEGES IN SCHEMA ledger GRANT INSERT ON TABLES TO daifu_app"},
    {"table ledger.posting", "ALTER TABLE ledger.posting OWNER TO daifu_app"},
    {"membership of daifu_reader in daifu_owner", "GRANT daifu_owner TO daifu_reader"},
    {"membership of daifu_app in pg_write_all_data", "GRANT pg_write_all_data TO daifu_app"},
    {"privilege of daifu_app: pass row level security", "ALTER ROLE daifu_app BYPASSRLS"},
    {"setting session_replication_role=replica of daifu_app",
     "ALTER ROLE daifu_app SET session_replication_role = replica"},
};

} // namespace

TEST_CASE("Whatever an owner changes in the definitions, the change is named")
{
    auto const url = test::fresh_books();
    pqxx::connection superuser{url};
    auto rows = objects;
    rows.insert(rows.end(), rights.begin(), rights.end());
    for (auto const& row : rows) {
        pqxx::work work{superuser}; // never committed: roles are of the whole cluster
        work.exec(row.sql);
        work.exec("SET LOCAL ROLE daifu_auditor; SET LOCAL search_path = ''");
        std::string named;
        for (auto const& sentence :
             store::differences(store::definitions_in(work), store::expected_definitions()))
            named += sentence + "\n";
        INFO(row.sql);
        CHECK_THAT(named, Catch::Contains(row.named));
    }
}
