// The registers over the real service: branches, members, targets, responsibilities and villages
// are recorded, listed and taken back; and what is refused, with its code and its status.
#include "tests/http/books.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>

using test::Books;
using test::code_of;
using test::get;
using test::post;

namespace {

constexpr char const* branch = R"({"branch":"P-1","name":"复兴村党支部","village":"530921206204"})";
constexpr char const* member = R"({"member":"M-1","name":"李某","branch":"P-1",)"
                               R"("joined_on":"2010-07-01","membership":"full"})";

std::string given(std::string const& number, std::string const& fields)
{
    return R"({"responsibility":")" + number +
           R"(","person":"张某","task":"脱贫","duty":"包户","goal":"出列",)" + fields + "}";
}

} // namespace

TEST_CASE("Branches, members and the list of the poor are recorded, listed and taken back")
{
    Books books;
    books.book("/v1/branches", branch);
    auto const receipt = books.book("/v1/members", member);
    CHECK(receipt.at("command") == "record_member");
    CHECK(receipt.at("subject") == "member:M-1");
    CHECK(receipt.at("entry_number").is_null());
    books.book("/v1/members/M-1/points", R"({"points":86})");
    books.book("/v1/households", R"({"household":"H-9","head":"户主","village":"530921206204",)"
                                 R"("standing":"poor","persons":4})");
    books.book("/v1/poor-members", R"({"member":"M-1","household":"H-9"})");

    books.book("/v1/persons", R"({"person":"H-9-1","household":"H-9","name":"李某",)"
                              R"("kinship":"head","can_work":true})");
    auto const person = books.read("/v1/persons?household=H-9").at("persons").at(0).as_object();
    CHECK(person.at("kinship") == "head");
    CHECK(person.at("village") == "530921206204");
    CHECK(books.read("/v1/persons?household=H-8").at("persons").as_array().empty());

    auto const line = books.read("/v1/members").at("members").at(0).as_object();
    CHECK(line.at("points") == 86);
    CHECK(line.at("branch_name") == "复兴村党支部");
    CHECK(line.at("village") == "530921206204");
    CHECK(line.at("household") == "H-9");
    CHECK(books.read("/v1/members?branch=P-2").at("members").as_array().empty());
    CHECK(books.read("/v1/members?as_of=2016-08-30").at("members").as_array().empty());
    CHECK(books.read("/v1/branches?township=530921206").at("branches").at(0).at("full_members") ==
          1);
    CHECK(books.read("/v1/branches?township=530921101").at("branches").as_array().empty());
    CHECK(books.read("/v1/poor-members?limit=1").at("next") == "M-1");
    CHECK(books.read("/v1/poor-members?after=M-1").at("poor_members").as_array().empty());

    books.book("/v1/register-facts/reversals",
               R"({"register":"member","subject":"M-1","sequence":2,"reason":"录错"})");
    CHECK(books.read("/v1/members").at("members").at(0).at("points").is_null());
    auto const facts =
        books.read("/v1/register-facts?register=member&subject=M-1").at("facts").as_array();
    REQUIRE(facts.size() == 4);
    CHECK(facts.at(1).at("is_reversed") == true);
    CHECK(facts.at(3).at("reversed_sequence") == 2);
    auto const checks = books.read("/v1/doctor");
    INFO(checks);
    CHECK(checks.at("is_sound") == true);
}

TEST_CASE("The plan, who answers for it and what the villages have are told as of a day")
{
    Books books;
    books.book("/v1/targets", R"({"indicator":"households","unit":"530921","year":2016,)"
                              R"("count":2262,"document":"凤办发〔2016〕1号",)"
                              R"("value_on":"2016-01-05"})");
    auto const plan = books.read("/v1/statistics/plan?year=2016").at("targets").at(0).as_object();
    CHECK(plan.at("target") == "households.530921.2016");
    CHECK(plan.at("unit_name") == "凤庆县");
    CHECK(plan.at("planned") == 2262);
    CHECK(plan.at("counted") == 0);
    CHECK(plan.at("share") == "0.00");
    CHECK(books.read("/v1/statistics/plan?year=2015").at("targets").as_array().empty());
    CHECK(books.read("/v1/targets").at("targets").as_array().size() == 1);

    books.book("/v1/responsibilities",
               given("R-1", R"("target":"households.530921.2016","value_on":"2016-08-01",)"
                            R"("deadline":"2016-08-30")"));
    books.book("/v1/responsibilities",
               given("R-2", R"("village":"530921206204","deadline":"2016-08-31")"));
    auto const overdue =
        books.read("/v1/responsibilities?overdue=true").at("responsibilities").as_array();
    REQUIRE(overdue.size() == 1);
    CHECK(overdue.at(0).at("responsibility") == "R-1");
    CHECK(overdue.at(0).at("subject") == "households.530921.2016");
    CHECK(books.read("/v1/responsibilities?overdue=true&as_of=2016-08-30")
              .at("responsibilities")
              .as_array()
              .empty());
    books.book("/v1/responsibilities/R-1/fulfilment", R"({"result":"已出列"})");
    CHECK(
        books.read("/v1/responsibilities?overdue=true").at("responsibilities").as_array().empty());
    CHECK(code_of(post(books.port(), "/v1/responsibilities/R-1/fulfilment", "{}")) ==
          "responsibility_already_fulfilled");

    std::string const at = "/v1/villages/530921206204/facts";
    books.book(at, R"({"aspect":"poor_village"})");
    books.book(at, R"({"aspect":"collective_income","amount":"30000.00"})");
    auto const county = books.read("/v1/statistics/villages").at("county").as_object();
    CHECK(county.at("poor_villages") == 1);
    CHECK(county.at("with_income") == 1);
    CHECK(county.at("without_cooperation") == 1);
    CHECK(county.at("income_amount") == "30000.00");
    CHECK(county.at("income_share") == "100.00");
    auto const village = books.read("/v1/villages").at("villages").at(0).as_object();
    CHECK(village.at("is_poor_village") == true);
    CHECK(village.at("collective_income").at("amount") == "30000.00");
    CHECK(village.at("project_plan").at("has").is_null());
}

TEST_CASE("What cannot be of a register is refused, and nothing changes")
{
    Books books;
    books.book("/v1/branches", branch);
    struct Row {
        char const* what;
        std::string target;
        std::string body;
        int status;
        char const* code;
        char const* field;
    };
    for (auto const& row : {
             Row{"a village that does not exist", "/v1/branches",
                 R"({"branch":"P-2","name":"支部","village":"530921999001"})", 404,
                 "village_not_found", "village"},
             Row{"no such branch", "/v1/members",
                 R"({"member":"M-1","name":"李某","branch":"P-9","joined_on":"2010-07-01",)"
                 R"("membership":"full"})",
                 404, "branch_not_found", "branch"},
             Row{"no such member", "/v1/members/M-9/points", R"({"points":1})", 404,
                 "member_not_found", "member"},
             Row{"no such household", "/v1/poor-members", R"({"member":"M-1","household":"H-8"})",
                 404, "household_not_found", "household"},
             Row{"no document", "/v1/targets",
                 R"({"indicator":"persons","unit":"530921","year":2016,"count":1})", 400,
                 "text_missing", "document"},
             Row{"no such township", "/v1/targets",
                 R"({"indicator":"persons","unit":"530921999","year":2016,"count":1,)"
                 R"("document":"1号"})",
                 404, "township_not_found", "unit"},
             Row{"no such target", "/v1/responsibilities",
                 given("R-1", R"("target":"persons.530921.2016","deadline":"2016-12-31")"), 404,
                 "target_not_found", "target"},
             Row{"a target that is none", "/v1/responsibilities",
                 given("R-1", R"("target":"persons","deadline":"2016-12-31")"), 400,
                 "target_name_malformed", "target"},
             Row{"a deadline that is past", "/v1/responsibilities",
                 given("R-1", R"("village":"530921206204","deadline":"2016-08-30")"), 422,
                 "date_too_early", "deadline"},
             Row{"never given", "/v1/responsibilities/R-1/fulfilment", "{}", 404,
                 "responsibility_not_found", "responsibility"},
             Row{"an amount of nothing", "/v1/villages/530921206204/facts",
                 R"({"aspect":"project_plan","has":false,"amount":"1.00"})", 422,
                 "amount_of_nothing", "amount"},
             Row{"a fact that is not there", "/v1/register-facts/reversals",
                 R"({"register":"branch","subject":"P-1","sequence":2,"reason":"录错"})", 404,
                 "event_not_found", "sequence"},
         })
    {
        INFO(row.what);
        auto const before = books.state();
        auto const answer = post(books.port(), row.target, row.body);
        CHECK(answer.status == row.status);
        CHECK(code_of(answer) == row.code);
        CHECK(test::json_of(answer).at("field") == row.field);
        CHECK(books.state() == before);
    }
    CHECK(code_of(get(books.port(), "/v1/responsibilities?overdue=yes")) == "choice_unknown");
    CHECK(code_of(get(books.port(), "/v1/register-facts?register=branch")) == "field_missing");
    CHECK(code_of(get(books.port(), "/v1/members?township=530921999")) == "township_not_found");
    CHECK(code_of(get(books.port(), "/v1/statistics/plan?year=1999")) == "number_malformed");
}
