// The database alone says no: whatever the service believes, the application's role cannot write
// past its one function, and neither the owner nor a superuser can leave an unbalanced, edited,
// emptied or backdated journal behind by ordinary statements.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

using namespace test;

namespace {

/// The SQLSTATE that ends the statements, run in one transaction as the role; empty when they
/// commit.
std::string state_of(std::string const& url, std::string const& role, std::string const& sql)
{
    pqxx::connection connection{url};
    try {
        pqxx::work work{connection};
        if (!role.empty()) work.exec("SET ROLE " + role);
        work.exec("SELECT set_config('daifu.sight', '530921', true)");
        work.exec(sql);
        work.commit();
    } catch (pqxx::insufficient_privilege const&) {
        return "42501"; // libpqxx 6.4 leaves its SQLSTATE out
    } catch (pqxx::sql_error const& error) {
        return error.sqlstate();
    }
    return {};
}

/// A journal entry with the number, on the day; postings follow as "(line, account, side, fen)".
std::string entry_sql(std::string const& number, std::string const& day)
{
    return "INSERT INTO ledger.journal_entry (county_code, entry_number, cause, value_on, "
           "booked_on,"
           " recorded_at, actor, idempotency_key, subject, narrative, format_version,"
           " digest_algorithm, digest) SELECT '530921', " +
           number + ", 'fund_payment', '" + day + "', '" + day +
           "', clock_timestamp(), 'nobody', 'by-hand', 'F1', 'by hand', 1, 'sha256',"
           " decode(repeat('00', 32), 'hex');";
}

std::string posting_sql(std::string const& number, std::string const& rows)
{
    return "INSERT INTO ledger.posting (county_code, entry_number, line, account_number, side, "
           "unit,"
           " minor_units, balance_after) SELECT '530921', " +
           number + ", r.line, a.account_number, r.side, 'CNY', r.fen, 0 FROM (VALUES " + rows +
           ") AS r(line, code, side, fen) JOIN ledger.account a ON a.county_code = '530921'"
           " AND a.code = r.code;";
}

std::string const next = "(SELECT last_entry_number + 1 FROM ledger.county)";
std::string const latest = "(SELECT last_entry_number FROM ledger.county)";
std::string const balanced = "(1, '1002', 'debit', 500), (2, '2314.01', 'credit', 500)";

struct Books {
    std::string url = fresh_books();
    Books()
    {
        Desk desk{url};
        desk.open();
        desk.lend(1);
        desk.booked(ledger::OpenBooks{on("2015-02-03")}, on("2015-02-03"));
        desk.booked(ledger::CloseDay{on("2015-02-10")}, on("2015-02-10"));
    }
};

} // namespace

TEST_CASE("A whole entry written by hand passes, so that each refusal below is its own")
{
    Books const books;
    CHECK(state_of(books.url, "", entry_sql(next, "2015-03-01") + posting_sql(latest, balanced)) ==
          "");
}

namespace {

struct Row {
    char const* what;
    std::string sql;
    char const* sqlstate;
};

std::string const day = "2015-03-01";

void check_refused(std::vector<Row> const& rows)
{
    Books const books;
    for (auto const& row : rows)
        for (std::string const role : {"daifu_owner", ""}) {
            INFO(row.what << " as " << (role.empty() ? "superuser" : role));
            CHECK(state_of(books.url, role, row.sql) == row.sqlstate);
        }
    store::Database auditor{books.url, store::Role::auditor};
    CHECK(complaints(auditor) == "");
}

} // namespace

TEST_CASE("What names something that is not there is refused with the whole of its statement")
{
    check_refused({
        {"an event of a loan that is not there",
         "INSERT INTO ledger.loan_event (county_code, loan_number, sequence, kind, value_on,"
         " booked_on, document, reason, recorded_at) VALUES ('530921', 'L9', 1, 'written_off',"
         " '2015-03-01', '2015-03-01', '文号', '', now())",
         "23503"},
        {"an event of an entry that is not there",
         "INSERT INTO ledger.loan_event (county_code, loan_number, sequence, kind, value_on,"
         " booked_on, document, reason, entry_number, recorded_at) VALUES ('530921', 'L1', 3,"
         " 'written_off', '2015-03-01', '2015-03-01', '文号', '', 99, now())",
         "23503"},
        {"what a loan holds by an entry that is not there",
         "INSERT INTO ledger.loan_position SELECT (jsonb_populate_record(p,"
         " '{\"version\": 99, \"entry_number\": 99}')).* FROM ledger.loan_position p LIMIT 1",
         "23503"},
        {"a standing without its event",
         "INSERT INTO ledger.loan_standing SELECT (jsonb_populate_record(s,"
         " '{\"sequence\": 99}')).* FROM ledger.loan_standing s LIMIT 1",
         "23503"},
        {"an answer of an entry that is not there",
         "INSERT INTO ledger.command_answer SELECT (jsonb_populate_record(a,"
         " '{\"idempotency_key\": \"x\", \"entry_number\": 99}')).*"
         " FROM ledger.command_answer a LIMIT 1",
         "23503"},
        {"a posting of an account that is not there",
         entry_sql(next, day) + "INSERT INTO ledger.posting SELECT '530921', " + latest +
             ", line, 9999, side, 'CNY', 5, 5 FROM (VALUES (1, 'debit'), (2, 'credit'))"
             " AS v(line, side)",
         "23503"},
    });
}

TEST_CASE("Neither the owner nor a superuser can write what must not be")
{
    check_refused({
        {"unbalanced",
         entry_sql(next, day) +
             posting_sql(latest, "(1, '1002', 'debit', 500), (2, '2314.01', 'credit', 499)"),
         "LG001"},
        {"empty", entry_sql(next, day), "LG002"},
        {"balanced, then one posting more in the same transaction",
         entry_sql(next, day) + posting_sql(latest, balanced) + "SET CONSTRAINTS ALL IMMEDIATE;" +
             posting_sql(latest, "(3, '1002', 'debit', 1)"),
         "LG001"},
        {"postings that join an old entry",
         posting_sql("1", "(3, '1002', 'debit', 500), (4, '2314.01', 'credit', 500)"), "LG004"},
        {"a gap", entry_sql(next + " + 1", day) + posting_sql(latest, balanced), "LG005"},
        {"a number twice", entry_sql("1", day), "23505"},
        {"a closed day", entry_sql(next, "2015-02-10") + posting_sql(latest, balanced), "LG006"},
        {"a zero amount",
         entry_sql(next, day) +
             posting_sql(latest, "(1, '1002', 'debit', 0), (2, '2314.01', 'credit', 0)"),
         "23514"},
        {"a negative amount",
         entry_sql(next, day) +
             posting_sql(latest, "(1, '1002', 'debit', -5), (2, '2314.01', 'credit', -5)"),
         "23514"},
        {"an overdrawn fund",
         entry_sql(next, day) + posting_sql(latest, "(1, '2314.01', 'debit', 95000001),"
                                                    " (2, '1002', 'credit', 95000001)"),
         "23514"},
        {"a value date after the booking",
         "INSERT INTO ledger.journal_entry SELECT county_code, entry_number + 100, cause,"
         " booked_on + 1, booked_on FROM ledger.journal_entry",
         "23502"},
        {"an account off the chart", "INSERT INTO ledger.account VALUES ('530921', 99, '9999', '')",
         "23503"},
        {"an account of a loan that is not there",
         "INSERT INTO ledger.account VALUES ('530921', 99, '1303.01', 'L99')", "LG008"},
        {"households unled in no village",
         "INSERT INTO ledger.account VALUES ('530921', 99, '9101.02', '530921999001')", "LG008"},
        {"households unled in a township",
         "INSERT INTO ledger.account VALUES ('530921', 99, '9101.02', '530921101')", "LG008"},
        {"households led by nobody",
         "INSERT INTO ledger.account VALUES ('530921', 99, '9103.02', 'B99')", "LG008"},
        {"a day opened again", "UPDATE ledger.county SET closed_through = '2015-02-01'", "LG007"},
        {"entry numbers taken back", "UPDATE ledger.county SET last_entry_number = 1", "LG007"},
        {"a county deleted", "DELETE FROM ledger.county", "LG003"},
        {"balances emptied", "TRUNCATE ledger.account_balance", "LG003"},
    });
}

TEST_CASE("History is never updated, deleted or truncated, by nobody")
{
    Books const books;
    std::vector<std::string> const tables{"register.administrative_unit",
                                          "programme.chart_line",
                                          "programme.programme_rules",
                                          "programme.base_rate",
                                          "programme.class_floor",
                                          "programme.provision_rate",
                                          "programme.subsidy_scheme",
                                          "programme.subsidy_step",
                                          "programme.holiday",
                                          "register.borrower",
                                          "ledger.fund",
                                          "ledger.loan",
                                          "ledger.journal_entry",
                                          "ledger.account",
                                          "ledger.posting",
                                          "ledger.loan_event",
                                          "ledger.loan_position",
                                          "ledger.loan_standing",
                                          "ledger.command_answer",
                                          "programme.leading_rules",
                                          "programme.poverty_line",
                                          "ledger.household",
                                          "ledger.household_event",
                                          "ledger.household_standing",
                                          "register.fact",
                                          "access.trail",
                                          "ledger.pending",
                                          "ledger.pending_step",
                                          "ledger.checkpoint",
                                          "ledger.day_turnover",
                                          "ledger.month_balance"};
    for (auto const& table : tables)
        for (std::string const role :
             {"daifu_app", "daifu_reader", "daifu_auditor", "daifu_owner", ""})
        {
            std::string const key = table == "programme.base_rate" ? "tier" : "county_code";
            std::string const refused = role.empty() || role == "daifu_owner" ? "LG003" : "42501";
            INFO(table << " as " << (role.empty() ? "superuser" : role));
            CHECK(state_of(books.url, role, "UPDATE " + table + " SET " + key + " = " + key) ==
                  refused);
            CHECK(state_of(books.url, role, "DELETE FROM " + table) == refused);
            CHECK(state_of(books.url, role, "TRUNCATE " + table + " CASCADE") == refused);
        }
}

namespace {

struct Allowed {
    char const* role; ///< empty: the superuser
    std::string sql;
    char const* sqlstate;
};

void check_rows(std::vector<Allowed> const& rows)
{
    Books const books;
    for (auto const& row : rows) {
        INFO(row.role << ": " << row.sql);
        CHECK(state_of(books.url, row.role, row.sql) == row.sqlstate);
    }
}

} // namespace

TEST_CASE("Each role can do what it is for and nothing else")
{
    std::vector<Allowed> const rows{
        {"daifu_app", entry_sql("99", "2015-03-01"), "42501"},
        {"daifu_app", "INSERT INTO ledger.county (county_code, name) VALUES ('530922', 'x')",
         "42501"},
        {"daifu_app", "UPDATE ledger.county SET name = 'x'", "42501"},
        {"daifu_app", "SELECT ledger.append_journal('530921', now(), '{}', '{}', '{}')", "42501"},
        {"daifu_app", "SELECT * FROM ledger.begin_batch('530921')", ""},
        {"daifu_app", "SELECT ledger.append_batch('530922', '{\"recorded_at\": \"2015-01-01\"}')",
         "LG009"},
        {"daifu_app", "SELECT ledger.append_batch('530921', '{\"recorded_at\": \"2999-01-01\"}')",
         "LG010"},
        {"daifu_app",
         "SELECT ledger.append_batch('530921', '{\"recorded_at\": \"2015-01-01\", \"number\": 1}')",
         "LG014"},
        {"daifu_app", "SELECT ledger.append_batch('530921', '{\"recorded_at\": \"2015-01-01\"}')",
         "LG014"},
        {"daifu_app",
         "SELECT ledger.append_batch('530921', jsonb_build_object('recorded_at', '2015-01-01',"
         " 'number',"
         " (SELECT last_batch_number + 1 FROM ledger.begin_batch('530921'))))",
         "LG010"},
        {"daifu_app", "CREATE TABLE ledger.own (a int)", "42501"},
        {"daifu_reader", "SELECT * FROM register.borrower", "42501"},
        {"daifu_reader", "SELECT * FROM ledger.posting", "42501"},
        {"daifu_reader", "SELECT * FROM ledger.entry_card", ""},
        {"daifu_reader", "SELECT * FROM programme.programme_rules", "42501"},
        {"daifu_reader", "SELECT * FROM programme.programme_for_engine", ""},
        {"daifu_app",
         "INSERT INTO programme.holiday SELECT '530921', '2017-01-01', false, '', false", "42501"},
        {"daifu_reader", "SELECT * FROM ledger.portfolio('530921', NULL, NULL, 'township', NULL)",
         ""},
        {"daifu_reader", "SELECT * FROM ledger.leading_statistics('530921', NULL, 'way', NULL)",
         ""},
        {"daifu_reader",
         "SELECT * FROM ledger.indicator_part('530921', 'portfolio', 'lent', 'county', NULL, NULL,"
         " NULL, NULL)",
         ""},
        {"daifu_reader", "SELECT * FROM ledger.household_event", "42501"},
        {"daifu_app", "INSERT INTO ledger.household VALUES ('530921', 'N1')", "42501"},
        {"daifu_reader", "SELECT * FROM register.fact", "42501"},
        {"daifu_reader", "SELECT * FROM register.plan_against('530921', '2015-03-01', NULL)", ""},
        {"daifu_reader", "SELECT * FROM register.held_on('530921', 'member', '2015-03-01', NULL)",
         "42501"},
        {"daifu_app",
         "INSERT INTO register.fact (county_code, register, subject, sequence, kind, value_on,"
         " booked_on, document, reason, body) VALUES ('530921', 'village', '530921101001', 1,"
         " 'village_recorded', '2015-01-01', '2015-01-01', '', '', '{}')",
         "42501"},
        {"daifu_reader", "SELECT ledger.append_batch('530921', '{}')", "42501"},
        {"daifu_reader", "SELECT * FROM ledger.begin_batch('530921')", "42501"},
        {"daifu_auditor", "SELECT * FROM ledger.posting", ""},
        {"daifu_auditor", "SELECT * FROM register.borrower", ""},
        {"daifu_auditor", "INSERT INTO ledger.migration VALUES ('x', 'y')", "42501"},
        {"daifu_auditor", "SELECT ledger.append_batch('530921', '{}')", "42501"},
    };
    check_rows(rows);
}

TEST_CASE("Checkpoints are taken by who writes the books, and written by nobody")
{
    check_rows({
        {"daifu_app", "SELECT ledger.take_checkpoint('530921')", ""},
        {"daifu_app", "INSERT INTO ledger.checkpoint VALUES ('530921', 2, 2, '2015-01-05', now())",
         "42501"},
        {"daifu_app",
         "INSERT INTO ledger.day_turnover VALUES ('530921', 1, '2015-01-05', '2015-01-05', '1002',"
         " '', 'CNY', 1, 1, 1, 0, false)",
         "42501"},
        {"daifu_app",
         "INSERT INTO ledger.month_balance VALUES ('530921', 'value_on', '2015-01-31', '1002', '',"
         " 'CNY', 1, 1, 1, 1, 0)",
         "42501"},
        {"daifu_reader", "SELECT ledger.take_checkpoint('530921')", "42501"},
        {"daifu_reader", "SELECT * FROM ledger.month_balance", "42501"},
        {"daifu_reader",
         "SELECT * FROM ledger.turnover_through('530921', 'value_on', now()::date,"
         " NULL)",
         "42501"},
        {"daifu_reader", "SELECT ledger.last_known('530921', NULL)", ""},
    });
}

TEST_CASE("Who signs people in sees no loan, and who reads loans sees no password")
{
    std::vector<Allowed> const rows{
        {"daifu_reader", "SELECT * FROM ledger.pending", "42501"},
        {"daifu_reader", "SELECT * FROM ledger.pending_line", ""},
        {"daifu_app",
         "INSERT INTO ledger.pending_step VALUES ('530921', 1, 1, 'approved', 'x', '')", "42501"},
        {"daifu_reader", "SELECT ledger.step_pending('530921', 1, 'approved', 'x', '', NULL)",
         "42501"},
        {"daifu_reader", "SELECT * FROM access.staff", "42501"},
        {"daifu_app", "SELECT * FROM access.session", "42501"},
        {"daifu_app", "INSERT INTO access.trail DEFAULT VALUES", "42501"},
        {"daifu_auditor", "SELECT * FROM access.trail", ""},
        {"daifu_auditor", "SELECT user_name, roles FROM access.staff", ""},
        {"daifu_auditor", "SELECT password_hash FROM access.staff", "42501"},
        {"daifu_auditor", "SELECT * FROM access.token", "42501"},
        {"daifu_access", "SELECT * FROM access.staff", ""},
        {"daifu_access", "SELECT access.count_try('530921', 'account', 'x', 5)", ""},
        {"daifu_access", "DELETE FROM access.session", "42501"},
        {"daifu_access", "UPDATE access.trail SET actor = ''", "42501"},
        {"daifu_access", "SELECT * FROM ledger.loan", "42501"},
        {"daifu_access", "SELECT * FROM ledger.loan_line", "42501"},
        {"daifu_access", "SELECT * FROM register.borrower", "42501"},
        {"daifu_access", "SELECT ledger.append_batch('530921', '{}')", "42501"},
        {"", "UPDATE access.staff SET roles = ARRAY['auditor', 'officer']", "23514"},
        {"", "UPDATE access.staff SET password_hash = 'plain'", "23514"},
        {"", "DELETE FROM access.session", "LG003"},
    };
    check_rows(rows);
}
