// What a fact of a register says follows from its kind: the table alone refuses every other, and
// says which sentence it breaks. Rows are a good fact with one thing changed.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

using namespace test;

namespace {

struct Row {
    std::string register_of, subject, kind, body;
    char const* broken = ""; ///< the constraint, or empty
    char const* document = "1号";
    char const* reason = "见文件";
};

/// What the database says to the fact on 2015-03-01; nothing is kept.
std::string answer_to(pqxx::connection& connection, Row const& row,
                      std::string const& target = "NULL")
{
    pqxx::work work{connection};
    work.exec("SELECT set_config('daifu.sight', '530921', true)");
    try {
        work.exec("INSERT INTO register.fact (county_code, register, subject, sequence, kind,"
                  " value_on, booked_on, document, reason, target_sequence, body, recorded_at)"
                  " VALUES"
                  " ('530921', " +
                  work.quote(row.register_of) + ", " + work.quote(row.subject) + ", 2, " +
                  work.quote(row.kind) + ", '2015-03-01', '2015-03-02', " +
                  work.quote(row.document) + ", " + work.quote(row.reason) + ", " + target + ", " +
                  work.quote(row.body) + ", now())");
        return "";
    } catch (pqxx::sql_error const& error) {
        return error.what();
    }
}

std::string const village = "530921101001";

std::string given(std::string const& about, std::string const& deadline = "2015-12-31")
{
    return "{" + about + R"("person":"张某","task":"脱贫","duty":"包户","goal":"出列",)" +
           R"("deadline":")" + deadline + R"("})";
}

std::vector<Row> const rows{
    {"branch", "P1", "branch_named", R"({"name":"支部","village":"530921101001"})"},
    {"member", "M1", "member_recorded",
     R"({"name":"李某","branch":"P1","joined_on":"2015-03-01","membership":"full"})"},
    {"member", "M1", "points_recorded", R"({"points":100000})"},
    {"member", "M1", "poor_member_listed", R"({"household":"N1","is_listed":true})"},
    {"target", "persons.530921.2016", "target_set",
     R"({"indicator":"persons","unit":"530921","year":2016,"count":8041})"},
    {"responsibility", "R1", "responsibility_given", given(R"("target":"persons.530921.2016",)")},
    {"responsibility", "R1", "responsibility_given", given(R"("household":"N1",)")},
    {"responsibility", "R1", "responsibility_fulfilled", R"({"result":""})"},
    {"village", village, "village_recorded",
     R"({"village":"530921101001","aspect":"collective_income","has":true,"amount_fen":5})"},
    {"person", "N1-1", "person_recorded",
     R"({"household":"N1","name":"李某","kinship":"head","can_work":true,"is_present":true})"},
    // and one thing changed
    {"person", "N1-1", "person_recorded",
     R"({"household":"N9","name":"李某","kinship":"head","can_work":true,"is_present":true})",
     "a fact names a known household"},
    {"person", "N1-1", "person_recorded",
     R"({"household":"N1","name":"李某","kinship":"friend","can_work":true,"is_present":true})",
     "a person has a household, a name and a kinship"},
    {"person", "N1-1", "person_recorded",
     R"({"household":"N1","name":"李某","kinship":"head","can_work":true,"is_present":false})",
     "a person has a household, a name and a kinship", "", ""},
    {"member", "P1", "branch_named", R"({"name":"支部","village":"530921101001"})",
     "a fact is of a register that takes its kind"},
    {"branch", "P1", "branch_renamed", R"({})", "a fact is of a register that takes its kind"},
    {"village", "530921101002", "village_recorded",
     R"({"village":"530921101001","aspect":"poor_village","has":true,"amount_fen":0})",
     "a fact is of a register that takes its kind"},
    {"branch", "P1", "branch_named", R"({"name":"","village":"530921101001"})",
     "a branch has a name and a village"},
    {"branch", "P1", "branch_named", R"({"name":"支部"})", "a branch has a name and a village"},
    {"branch", "P1", "branch_named", R"({"name":"支部","village":"530921101001","x":1})",
     "a branch has a name and a village"},
    {"branch", "P1", "branch_named", R"({"name":"支部","village":"530921999001"})",
     "a fact names a known village"},
    {"member", "M1", "member_recorded",
     R"({"name":"李某","branch":"P1","joined_on":"2015-03-02","membership":"full"})",
     "a member has a name, a branch, a day of joining and a standing"},
    {"member", "M1", "member_recorded",
     R"({"name":"李某","branch":"P1","joined_on":"2015-03-01","membership":"left"})",
     "a member who left did so for a reason", "", ""},
    {"member", "M1", "points_recorded", R"({"points":100001})",
     "points are a number from zero to a hundred thousand"},
    {"member", "M1", "points_recorded", R"({"points":"5"})",
     "points are a number from zero to a hundred thousand"},
    {"member", "M1", "poor_member_listed", R"({"household":"N9","is_listed":true})",
     "a fact names a known household"},
    {"member", "M1", "poor_member_listed", R"({"household":"N1","is_listed":false})",
     "a poor member of a household is on the list or taken off it", "", ""},
    {"target", "persons.530921.2015", "target_set",
     R"({"indicator":"persons","unit":"530921","year":2016,"count":8041})",
     "a target counts one of four things in a unit and a year"},
    {"target", "persons.530922.2016", "target_set",
     R"({"indicator":"persons","unit":"530922","year":2016,"count":8041})",
     "a target counts one of four things in a unit and a year"},
    {"target", "persons.530921.2016", "target_set",
     R"({"indicator":"persons","unit":"530921","year":2016,"count":8041})",
     "a target has the document that sets it", ""},
    {"responsibility", "R1", "responsibility_given", given(""),
     "somebody answers for one household, village or target"},
    {"responsibility", "R1", "responsibility_given",
     given(R"("household":"N1","village":"530921101001",)"),
     "somebody answers for one household, village or target"},
    {"responsibility", "R1", "responsibility_given", given(R"("household":"N1",)", "2015-02-28"),
     "a responsibility names person, task, duty, goal and deadline"},
    {"responsibility", "R1", "responsibility_fulfilled", R"({"result":1})",
     "what was reached is a text"},
    {"village", village, "village_recorded",
     R"({"village":"530921101001","aspect":"school","has":true,"amount_fen":0})",
     "a village has one of four things or has it not"},
    {"village", village, "village_recorded",
     R"({"village":"530921101001","aspect":"collective_income","has":true,"amount_fen":0})",
     "only what a village has bears an amount, and an income one"},
    {"village", village, "village_recorded",
     R"({"village":"530921101001","aspect":"project_plan","has":false,"amount_fen":5})",
     "only what a village has bears an amount, and an income one"},
};

} // namespace

TEST_CASE("A fact says what its kind says, and the database alone refuses every other")
{
    auto const url = fresh_books();
    Desk desk{url};
    desk.booked(ledger::RecordHouseholdEvent{id<ledger::HouseholdNumber>("N1"),
                                             on("2015-02-03"),
                                             ledger::HouseholdRegistered{
                                                 "户主", id<ledger::UnitCode>(village),
                                                 ledger::Standing::poor, 4},
                                             {},
                                             {}},
                on("2015-02-03"));
    pqxx::connection superuser{url};
    for (Row const& row : rows) {
        INFO(row.kind << " " << row.body);
        auto const answer = answer_to(superuser, row);
        INFO(answer);
        if (*row.broken == '\0')
            CHECK(answer == "");
        else
            CHECK(answer.find(row.broken) != std::string::npos);
    }
    Row const reversal{"member", "M1", "reversed", "{}"};
    CHECK(answer_to(superuser, reversal, "1").find("a reversal names an earlier fact of the") !=
          std::string::npos);
    CHECK(answer_to(superuser, reversal, "2").find("fact sequences count from one") !=
          std::string::npos);
    CHECK(answer_to(superuser, reversal).find("a fact's reversal has a target") !=
          std::string::npos);
    Row const silent{"member", "M1", "reversed", "{}", "", "", ""};
    CHECK(answer_to(superuser, silent, "1").find("a reversal of a fact has a reason") !=
          std::string::npos);
}
