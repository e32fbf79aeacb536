// The catalogue keeps to what lets a county's rows lie on a machine of their own: every key begins
// with the county, nothing points out of it, no number comes from a sequence that the books rest
// on. What lies where is read off sql/citus itself, run against stand-ins for the functions of
// Citus, which only write down what they were asked for; tables and functions are ours.
#include "ledger/store/embedded_sql.hpp"
#include "ledger/store/session.hpp"
#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <set>

using namespace test;

namespace {

using Names = std::set<std::string>;

/// With the signatures of Citus 13; a distributed table lies beside one that was named before.
constexpr char const* stand_ins = R"(
    CREATE SCHEMA stand_in;
    SET LOCAL search_path = stand_in;
    CREATE TABLE pg_dist_partition (logicalrelid regclass PRIMARY KEY, partmethod "char",
                                    beside text, place serial);
    CREATE TABLE called_function (name regprocedure PRIMARY KEY, argument text, beside text);
    CREATE FUNCTION create_reference_table(table_name regclass) RETURNS void LANGUAGE sql AS
        $$ INSERT INTO pg_dist_partition VALUES (table_name, 'n', 'none') $$;
    CREATE FUNCTION create_distributed_table(table_name regclass, distribution_column text,
        distribution_type text DEFAULT 'hash', colocate_with text DEFAULT 'default',
        shard_count integer DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            ASSERT distribution_column = 'county_code';
            ASSERT colocate_with = 'none'
                OR colocate_with::regclass IN (SELECT logicalrelid FROM pg_dist_partition);
            INSERT INTO pg_dist_partition VALUES (table_name, 'h', colocate_with);
        END $$;
    CREATE FUNCTION create_distributed_function(function_name regprocedure,
        distribution_arg_name text DEFAULT NULL, colocate_with text DEFAULT 'default',
        force_delegation boolean DEFAULT NULL) RETURNS void LANGUAGE sql AS
        $$ INSERT INTO called_function
           VALUES (function_name, distribution_arg_name, colocate_with) $$;
    GRANT ALL ON SCHEMA stand_in TO daifu_owner;
    GRANT ALL ON ALL TABLES IN SCHEMA stand_in TO daifu_owner;
    GRANT ALL ON ALL SEQUENCES IN SCHEMA stand_in TO daifu_owner;
)";

/// Migrated books in a transaction that has run sql/citus and is never committed.
struct Spread {
    pqxx::connection connection{fresh_books()};
    pqxx::work work{connection};

    Spread()
    {
        work.exec(stand_ins);
        run_files();
        work.exec("RESET ROLE; SET LOCAL search_path = ''");
    }
    void run_files()
    {
        int files = 0;
        for (auto const& file : store::embedded_sql()) {
            if (!file.name.starts_with("citus/")) continue;
            work.exec(std::string{file.text});
            ++files;
        }
        CHECK(files == 3);
    }
    Names names(std::string const& query)
    {
        Names found;
        for (auto const& row : work.exec(query)) {
            std::string name = row[0].c_str();
            CHECK(found.insert(name).second);
        }
        return found;
    }
    Names lying(std::string const& partmethod)
    {
        return names("SELECT logicalrelid FROM stand_in.pg_dist_partition WHERE partmethod = '" +
                     partmethod + "'");
    }
};

/// What the four schemas hold, whoever made it.
std::string const ours = "('ledger'::regnamespace, 'register'::regnamespace,"
                         " 'programme'::regnamespace, 'access'::regnamespace)";
std::string const our_tables =
    "SELECT c.oid::regclass FROM pg_class c WHERE c.relkind IN ('r', 'p')"
    " AND c.relnamespace IN " +
    ours;
std::string const has_county = " (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid"
                               " AND a.attname = 'county_code' AND a.attnotnull)";

} // namespace

TEST_CASE("Every table of a county is distributed, and what has no county is listed by name")
{
    Spread spread;
    CHECK(spread.lying("h") == spread.names(our_tables + " AND EXISTS" + has_county));
    CHECK(spread.lying("n") == Names{"programme.base_rate"});
    CHECK(spread.names(our_tables + " AND NOT EXISTS" + has_county) ==
          Names{"programme.base_rate", "ledger.migration"});
    CHECK(spread.names("SELECT DISTINCT beside FROM stand_in.pg_dist_partition"
                       " WHERE partmethod = 'h'") == Names{"none", "ledger.county"});
}

TEST_CASE("A table is distributed after those that it refers to, and once only")
{
    Spread spread;
    CHECK(spread
              .names("SELECT k.conname || ' of ' || k.conrelid::regclass FROM pg_constraint k"
                     " JOIN stand_in.pg_dist_partition referring"
                     " ON referring.logicalrelid = k.conrelid"
                     " JOIN stand_in.pg_dist_partition referred"
                     " ON referred.logicalrelid = k.confrelid"
                     " WHERE k.contype = 'f' AND referred.place > referring.place")
              .empty());
    spread.work.exec("SET LOCAL search_path = stand_in; DELETE FROM called_function");
    auto const before = spread.lying("h");
    spread.run_files();
    CHECK(spread.lying("h") == before);
}

TEST_CASE("Every key of a county's table begins with the county")
{
    Spread spread;
    std::string const first_column = "(SELECT a.attname FROM pg_attribute a"
                                     " WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[0])";
    CHECK(spread
              .names("SELECT i.indexrelid::regclass FROM pg_index i"
                     " JOIN stand_in.pg_dist_partition d ON d.logicalrelid = i.indrelid"
                     " WHERE i.indisunique AND d.partmethod = 'h' AND " +
                     first_column + " IS DISTINCT FROM 'county_code'")
              .empty());
    CHECK(spread
              .names("SELECT d.logicalrelid FROM stand_in.pg_dist_partition d"
                     " WHERE NOT EXISTS (SELECT FROM pg_index i"
                     " WHERE i.indrelid = d.logicalrelid AND i.indisprimary)")
              .empty());
    // An exclusion constraint would have to name it too: there is none.
    CHECK(spread
              .names("SELECT k.conname FROM pg_constraint k"
                     " WHERE k.contype = 'x' AND k.connamespace IN " +
                     ours)
              .empty());
}

TEST_CASE("A foreign key stays within its county, or leads to a reference table")
{
    Spread spread;
    CHECK(spread
              .names("SELECT k.conname || ' of ' || k.conrelid::regclass FROM pg_constraint k"
                     " LEFT JOIN stand_in.pg_dist_partition d ON d.logicalrelid = k.confrelid"
                     " WHERE k.contype = 'f' AND k.connamespace IN " +
                     ours +
                     " AND d.partmethod IS DISTINCT FROM 'n' AND NOT coalesce("
                     " d.partmethod = 'h'"
                     " AND (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = k.conrelid"
                     "      AND a.attnum = k.conkey[1]) = 'county_code'"
                     " AND (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = k.confrelid"
                     "      AND a.attnum = k.confkey[1]) = 'county_code', false)")
              .empty());
}

TEST_CASE("Sequences give names to what waits and who came, never a number of the books")
{
    Spread spread;
    // Each node has a range of its own: such a number is neither dense nor in order of time.
    CHECK(spread.names("SELECT a.attrelid::regclass || '.' || a.attname FROM pg_attribute a"
                       " JOIN pg_class c ON c.oid = a.attrelid WHERE c.relkind IN ('r', 'p')"
                       " AND c.relnamespace IN " +
                       ours + " AND a.attidentity <> ''") ==
          Names{"access.change.change_number", "access.kiosk_session.session_number",
                "access.session.session_number", "access.token.token_number",
                "access.trail.trail_number", "ledger.pending.pending_number"});
    CHECK(spread
              .names("SELECT a.attrelid::regclass || '.' || a.attname FROM pg_attribute a"
                     " JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
                     " JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace IN " +
                     ours + " AND pg_get_expr(d.adbin, d.adrelid) ~ 'nextval'")
              .empty());
    // A node's range begins at a multiple of 2^48: an integer would overflow.
    CHECK(spread
              .names("SELECT a.attrelid::regclass || '.' || a.attname FROM pg_attribute a"
                     " WHERE a.attidentity <> '' AND a.atttypid <> 'bigint'::regtype")
              .empty());
}

TEST_CASE("Every function names its county first and is run where the county lies")
{
    Spread spread;
    std::string const functions = "SELECT p.oid::regprocedure FROM pg_proc p"
                                  " WHERE p.pronamespace IN " +
                                  ours;
    CHECK(spread.names("SELECT name FROM stand_in.called_function") == spread.names(functions));
    CHECK(spread
              .names(functions + " AND p.prorettype <> 'trigger'::regtype AND"
                                 " (p.proargnames[1] IS DISTINCT FROM 'county_code'"
                                 "  OR p.proargtypes[0] <> 'text'::regtype)")
              .empty());
    CHECK(spread.names("SELECT name FROM stand_in.called_function WHERE argument = 'county_code'"
                       " AND beside = 'ledger.county'") ==
          spread.names(functions + " AND p.prorettype <> 'trigger'::regtype"));
    CHECK(spread.names("SELECT name FROM stand_in.called_function WHERE argument IS NULL") ==
          spread.names(functions + " AND p.prorettype = 'trigger'::regtype"));
}

TEST_CASE("No function notifies anybody, and one alone says whose rows its transaction sees")
{
    Spread spread;
    // append_batch runs on the node of the county that it is called with, and sees that county.
    CHECK(spread.names("SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace IN " + ours +
                       " AND (p.prosrc ~* '\\mnotify\\M|pg_notify|set_config|\\mset\\s+(local\\s+)?"
                       "daifu' OR p.proconfig::text ~ 'daifu')") ==
          std::set<std::string>{
              "ledger.append_batch(text,jsonb,ledger.entry_row[],ledger.moved_row[],"
              "ledger.posting_row[],ledger.event_row[],ledger.position_row[],"
              "ledger.standing_row[],ledger.answer_row[])"});
    CHECK(spread
              .names("SELECT s.setconfig FROM pg_db_role_setting s"
                     " WHERE s.setconfig::text ~ 'daifu\\.'")
              .empty());
}

TEST_CASE("What a transaction sees it is told by a local statement, gone when it ends")
{
    auto const url = fresh_books();
    pqxx::connection connection{url};
    pqxx::connection watcher{url};
    {
        pqxx::work work{connection};
        store::see(work, "530921");
        CHECK(work.exec1("SELECT current_setting('daifu.sight')")[0].as<std::string>() == "530921");
        store::see(work, "530921101");
        pqxx::nontransaction watching{watcher};
        CHECK(watching
                  .exec_params1("SELECT query FROM pg_stat_activity WHERE pid = $1",
                                connection.backendpid())[0]
                  .as<std::string>() == "SET LOCAL daifu.sight = '530921101'");
        work.commit();
    }
    pqxx::nontransaction after{connection};
    CHECK(after.exec1("SELECT coalesce(current_setting('daifu.sight', true), '')")[0]
              .as<std::string>()
              .empty());
}

TEST_CASE("What Citus has to be told is set for the whole database")
{
    Spread spread;
    CHECK(spread.names("SELECT unnest(s.setconfig) FROM pg_db_role_setting s"
                       " WHERE s.setdatabase = (SELECT d.oid FROM pg_database d"
                       " WHERE d.datname = current_database()) AND s.setrole = 0") ==
          Names{"citus.allow_nested_distributed_execution=on", "citus.enable_unsafe_triggers=on",
                "citus.propagate_set_commands=local"});
}
