// Row security, straight in SQL: whoever connects as one of the roles sees the rows of the unit
// that his transaction names and no other, and who is confined to a township records nothing
// outside of it, whatever the service believes.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include "store/checkpoints.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

using namespace test;

namespace {

std::string const fengshan = "530921101", yaojie = "530921206";

/// Two townships with one loan and one household each: L1 and H1 in Fengshan, L2 and H2 in Yaojie.
struct TwoTownships {
    std::string url = fresh_books();
    Desk desk{url};

    TwoTownships()
    {
        using namespace ledger;
        desk.open();
        auto second = register_borrower(2);
        second.village = id<UnitCode>(yaojie + "204");
        desk.booked(second, on("2015-01-05"));
        desk.lend(1);
        desk.lend(2);
        settle("H1", fengshan + "001");
        settle("H2", yaojie + "204");
        name_branch("Z1", fengshan + "001");
        name_branch("Z2", yaojie + "204");
        join("M1", "Z1");
        join("M2", "Z2");
        store::take_checkpoint(desk.app, fengqing());
    }

    void settle(std::string const& household, std::string const& village)
    {
        desk.booked(
            ledger::RecordHouseholdEvent{id<ledger::HouseholdNumber>(household), on("2015-01-06"),
                                         ledger::HouseholdRegistered{"户主",
                                                                     id<ledger::UnitCode>(village),
                                                                     ledger::Standing::poor, 3},
                                         "", ""},
            on("2015-01-06"));
    }
    void fact(ledger::RegisterFact what)
    {
        desk.booked(ledger::RecordFact{on("2015-01-07"), std::move(what)}, on("2015-01-07"));
    }
    void name_branch(std::string const& branch, std::string const& village)
    {
        fact(ledger::BranchNamed{id<ledger::BranchCode>(branch), "某村党支部",
                                 id<ledger::UnitCode>(village)});
    }
    void join(std::string const& member, std::string const& branch)
    {
        fact(ledger::MemberRecorded{id<ledger::MemberNumber>(member), "某党员",
                                    id<ledger::BranchCode>(branch), on("2001-07-01"),
                                    ledger::Membership::full});
    }
};

std::string first_of(std::string const& url, std::string const& role, std::string const& sight,
                     std::string const& sql)
{
    pqxx::connection connection{url};
    pqxx::work work{connection};
    if (!role.empty()) work.exec("SET LOCAL ROLE " + role);
    if (!sight.empty()) work.exec_params("SELECT set_config('daifu.sight', $1, true)", sight);
    auto const rows = work.exec(sql);
    return rows.empty() ? "" : rows[0][0].c_str();
}

/// What a role may select from and has a county: tables, or views.
std::vector<std::string> relations_of(std::string const& url, std::string const& role, char kind)
{
    pqxx::connection connection{url};
    pqxx::work work{connection};
    std::vector<std::string> names;
    for (auto const& row :
         work.exec_params("SELECT c.oid::regclass::text FROM pg_class c"
                          " JOIN pg_namespace n ON n.oid = c.relnamespace"
                          " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'county_code'"
                          " WHERE n.nspname IN ('ledger', 'register', 'programme', 'access')"
                          " AND c.relkind = $2 AND has_table_privilege($1, c.oid, 'SELECT')"
                          " AND c.relname NOT IN"
                          " ('county', 'county_status', 'programme_for_engine', 'books_day')"
                          " ORDER BY 1",
                          role, std::string(1, kind)))
        names.emplace_back(row[0].c_str());
    return names;
}

} // namespace

TEST_CASE("Without a unit, or with a foreign one, no role sees a row of any county")
{
    TwoTownships const books;
    struct Row {
        char const* role;
        char kind;
        std::size_t least; ///< relations there are to look at
    };
    for (auto const& [role, kind, least] :
         {Row{"daifu_owner", 'r', 30}, Row{"daifu_app", 'r', 25}, Row{"daifu_app", 'v', 20},
          Row{"daifu_auditor", 'r', 25}, Row{"daifu_auditor", 'v', 20},
          Row{"daifu_reader", 'v', 20}, Row{"daifu_access", 'r', 7}})
    {
        auto const relations = relations_of(books.url, role, kind);
        CHECK(relations.size() >= least);
        for (auto const& name : relations) {
            INFO(role << " " << name);
            auto const count = "SELECT count(*) FROM " + name;
            CHECK(first_of(books.url, role, "", count) == "0");
            CHECK(first_of(books.url, role, "530922", count) == "0");
            CHECK(first_of(books.url, role, "530922101", count) == "0");
            CHECK(first_of(books.url, role, "530921", count) ==
                  first_of(books.url, "", "530921", count));
        }
    }
    CHECK(first_of(books.url, "daifu_app", "",
                   "SELECT * FROM ledger.trial_balance('530921', NULL, NULL, NULL)")
              .empty());
    CHECK(first_of(books.url, "daifu_reader", "530921", "SELECT count(*) FROM ledger.loan_line") ==
          "2");
}

TEST_CASE("A township sees its own loans, households, members and entries, and no neighbour's")
{
    TwoTownships const books;
    struct Row {
        char const* sql;
        char const* of_fengshan;
        char const* of_yaojie;
    };
    for (auto const& [sql, of_fengshan, of_yaojie] : std::vector<Row>{
             {"SELECT string_agg(borrower_number, ' ') FROM register.borrower", "B1", "B2"},
             {"SELECT string_agg(loan_number, ' ') FROM ledger.loan", "L1", "L2"},
             {"SELECT string_agg(DISTINCT loan_number, ' ') FROM ledger.loan_event", "L1", "L2"},
             {"SELECT string_agg(DISTINCT loan_number, ' ') FROM ledger.loan_standing", "L1", "L2"},
             {"SELECT string_agg(DISTINCT loan_number, ' ') FROM ledger.loan_position", "L1", "L2"},
             {"SELECT string_agg(household_number, ' ') FROM ledger.household", "H1", "H2"},
             {"SELECT string_agg(household_number, ' ') FROM ledger.household_event", "H1", "H2"},
             {"SELECT string_agg(household_number, ' ') FROM ledger.household_standing", "H1",
              "H2"},
             {"SELECT string_agg(subject, ' ' ORDER BY subject) FROM register.fact", "M1 Z1",
              "M2 Z2"},
             {"SELECT string_agg(DISTINCT subject, ' ' ORDER BY subject) FROM ledger.journal_entry",
              "L1 household:H1", "L2 household:H2"},
             {"SELECT string_agg(DISTINCT subject, ' ' ORDER BY subject)"
              " FROM ledger.command_answer",
              "L1 branch:Z1 household:H1 member:M1", "L2 branch:Z2 household:H2 member:M2"},
             {"SELECT count(*) FROM ledger.posting p LEFT JOIN ledger.journal_entry e"
              " USING (county_code, entry_number) WHERE e.entry_number IS NULL",
              "0", "0"},
             {"SELECT string_agg(DISTINCT subkey, ' ') FROM ledger.account"
              " JOIN programme.chart_line USING (county_code, code) WHERE subledger = 'loan'",
              "L1", "L2"},
             {"SELECT count(*) > 0 FROM ledger.account_balance"
              " JOIN ledger.account USING (county_code, account_number) WHERE subkey = 'L1'",
              "t", "f"},
             {"SELECT count(*) FROM ledger.checkpoint", "0", "0"}, // sums are the county's
             {"SELECT count(*) FROM ledger.day_turnover", "0", "0"},
             {"SELECT count(*) FROM ledger.month_balance", "0", "0"},
         })
    {
        INFO(sql);
        for (char const* role : {"daifu_app", "daifu_auditor"}) {
            CHECK(first_of(books.url, role, fengshan, sql) == of_fengshan);
            CHECK(first_of(books.url, role, yaojie, sql) == of_yaojie);
        }
    }
    // The views go by the same rows, though they belong to the owner.
    for (char const* sql : {"SELECT string_agg(loan_number, ' ') FROM ledger.loan_line",
                            "SELECT string_agg(loan_number, ' ') FROM ledger.loan_for_engine",
                            "SELECT string_agg(DISTINCT subject, ' ') FROM ledger.statement_line"
                            " WHERE subject LIKE 'L%'"})
    {
        INFO(sql);
        CHECK(first_of(books.url, "daifu_reader", fengshan, sql) == "L1");
        CHECK(first_of(books.url, "daifu_reader", yaojie, sql) == "L2");
    }
}

TEST_CASE("A household that moved is seen by both townships, and what hangs on it too")
{
    TwoTownships books;
    books.desk.booked(
        ledger::RecordHouseholdEvent{
            id<ledger::HouseholdNumber>("H1"), on("2015-03-01"),
            ledger::HouseholdMoved{"", id<ledger::UnitCode>(yaojie + "204")}, "", ""},
        on("2015-03-01"));
    std::string const seen = "SELECT string_agg(DISTINCT household_number, ' ' ORDER BY"
                             " household_number) FROM ledger.household_standing";
    CHECK(first_of(books.url, "daifu_app", fengshan, seen) == "H1");
    CHECK(first_of(books.url, "daifu_app", yaojie, seen) == "H1 H2");
}

TEST_CASE("An entry that a township does not see takes no posting from it")
{
    TwoTownships const books;
    pqxx::connection connection{books.url};
    pqxx::work work{connection};
    work.exec("SET LOCAL ROLE daifu_owner; SELECT set_config('daifu.sight', '" + yaojie +
              "', true)");
    std::string state;
    try {
        work.exec("INSERT INTO ledger.posting (county_code, entry_number, line, account_number,"
                  " side, unit, minor_units, balance_after)"
                  " VALUES ('530921', 3, 60, 1, 'debit', 'CNY', 500, 0)");
    } catch (pqxx::sql_error const& error) {
        state = error.sqlstate();
    }
    CHECK(state == "LG004");
}

TEST_CASE("Who is confined to a township records nothing outside of it, whatever the service says")
{
    TwoTownships const books;
    auto const answered = [&](std::string const& subject, std::string const& command,
                              std::string const& township) -> std::string {
        pqxx::connection connection{books.url};
        pqxx::work work{connection};
        work.exec("SET LOCAL ROLE daifu_app; SELECT set_config('daifu.sight', '530921', true)");
        auto const next = work.exec1("SELECT last_batch_number + 1, now() FROM ledger.county"
                                     " WHERE county_code = '530921'");
        std::string const batch = std::string{R"({"number":)"} + next[0].c_str() +
                                  R"(,"recorded_at":")" + next[1].c_str() + "\"}";
        try {
            work.exec_params("SELECT ledger.append_batch('530921', $1, answers => ARRAY[ROW("
                             "'by-hand', decode(repeat('00', 32), 'hex'), $2::text, $3::text, 'x',"
                             " $4::text, '2015-03-01', NULL, '{}')::ledger.answer_row])",
                             batch, command, subject, township);
        } catch (pqxx::sql_error const& error) {
            return error.sqlstate();
        }
        return "";
    };
    struct Row {
        char const* subject;
        char const* command;
        bool is_of_fengshan;
    };
    for (auto const& [subject, command, is_of_fengshan] : std::vector<Row>{
             {"L1", "repay", true},
             {"L2", "repay", false},
             {"B1", "register_borrower", true},
             {"B2", "register_borrower", false},
             {"household:H1", "record_income", true},
             {"household:H2", "record_income", false},
             {"branch:Z1", "name_branch", true},
             {"member:M2", "record_member", false},
             {"F1", "pay_into_fund", false},
             {"2015-03-01", "close_day", false},
             {"L9", "repay", false},
         })
    {
        INFO(subject << " " << command);
        CHECK(answered(subject, command, fengshan) == (is_of_fengshan ? "" : "LG012"));
        CHECK(answered(subject, command, "").empty());
    }
}

TEST_CASE("A reading that is confined finds no loan of a neighbouring township, nor its borrower")
{
    TwoTownships books;
    auto const found = [&](std::string const& loan) {
        return store::loan(books.desk.reader, fengqing(), loan_number(loan)).has_value();
    };
    CHECK((found("L1") && found("L2")));
    {
        store::Confined const confined{books.desk.reader, id<ledger::UnitCode>(fengshan)};
        CHECK(found("L1"));
        CHECK_FALSE(found("L2"));
        CHECK_FALSE(
            store::borrower(books.desk.reader, fengqing(), id<ledger::BorrowerNumber>("B2")));
        CHECK(store::loans(books.desk.reader, fengqing(), {}).size() == 1);
        CHECK(store::statement(books.desk.reader, fengqing(), loan_number("L2")).empty());
    }
    CHECK(found("L2"));
}

TEST_CASE("Who sees a part of the books adds up none of them")
{
    auto const url = fresh_books();
    Desk desk{url};
    desk.open();
    std::string const take = "SELECT ledger.take_checkpoint('530921')";
    CHECK(first_of(url, "daifu_app", fengshan, take) == "0");
    CHECK(first_of(url, "daifu_app", "", take) == "0");
    CHECK(first_of(url, "daifu_app", "530921", take) == "1");
}
