// Households over the real service: one case from the register to the relapse, the figures after
// every step; and what is refused, with its code, its status and the books as they were.
#include "tests/http/books.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>

using test::Books;
using test::code_of;
using test::post;

namespace json = boost::json;

namespace {

std::string const digest(64, 'a');

std::string registration(std::string const& household, std::string const& standing = "poor")
{
    return R"({"household":")" + household + R"(","head":"户主","village":"530921206204",)" +
           R"("standing":")" + standing + R"(","persons":4,"value_on":"2016-01-01"})";
}

std::string verification(int claim)
{
    return R"({"claim":)" + std::to_string(claim) +
           R"(,"officer":"信贷员甲","witness":"村民乙","place":"复兴村","evidence":")" + digest +
           R"(","value_on":"2016-08-02"})";
}

std::string step(std::string const& fields)
{
    return "{" + fields + "}";
}

/// led led_poor exited relapsed of the county, in households.
std::string figures(Books& books)
{
    auto const county = books.read("/v1/statistics/leading").at("county").as_object();
    std::string text;
    for (char const* figure :
         {"households_led", "households_led_poor", "households_exited", "households_relapsed"})
        text += std::to_string(county.at(figure).as_int64()) + " ";
    return text;
}

/// A county on 2016-08-31 whose loan L-1 was paid out on that day, and the household H-9.
void begin(Books& books)
{
    books.lend();
    books.book("/v1/households", registration("H-9"));
}

} // namespace

TEST_CASE("A household is registered, claimed, verified, leaves poverty and falls back")
{
    Books books;
    begin(books);
    std::string const at = "/v1/households/H-9/";
    auto const claimed =
        books.book(at + "claims", R"({"loan":"L-1","way":"on_trust","promised":"3000.00"})");
    CHECK(claimed.at("command") == "claim_leading");
    CHECK(claimed.at("subject") == "household:H-9");
    CHECK(claimed.at("event_sequence") == 2);
    CHECK(claimed.at("warnings").as_array().empty());
    CHECK(figures(books) == "0 0 0 0 ");
    auto const body = [](int claim) {
        std::string text = verification(claim);
        text.replace(text.find("2016-08-02"), 10, "2016-08-31");
        return text;
    };
    books.book(at + "verifications", body(2));
    CHECK(figures(books) == "1 1 0 0 ");
    // The books are not opened: the evidence is on paper.
    CHECK(code_of(test::get(books.port(), "/v1/evidence/" + digest)) == "evidence_on_paper");
    books.book(at + "benefits", R"({"claim":2,"amount":"1200.00"})");
    books.book(at + "incomes", R"({"year":2015,"wages":"20000.00","value_on":"2016-01-02"})");
    books.book(at + "surveys", R"({"causes":["funds"],"labour":2,"has_safe_housing":true,)"
                               R"("has_schooling":true,"has_medical_care":true})");

    auto const card = books.read("/v1/households/H-9");
    CHECK(card.at("standing") == "poor");
    CHECK(card.at("unled") == "0.0000");
    CHECK(card.at("incomes").at(0).at("per_head") == "5000.00");
    auto const& claim = card.at("claims").at(0).as_object();
    CHECK(claim.at("brought") == "1200.00");
    CHECK(claim.at("was_poor") == true);
    CHECK(claim.at("verified_on") == "2016-08-31");
    CHECK(books.read("/v1/households?borrower=B-1").at("households").as_array().size() == 1);
    CHECK(books.read("/v1/households?standing=exited").at("households").as_array().empty());
    CHECK(books.read("/v1/statistics/leading?by=way").at("lines").at(0).at("key") == "on_trust");
    auto const parts = books.read("/v1/explain/indicator/households_led");
    CHECK(parts.at("parts").at(0).at("household") == "H-9");
    CHECK(parts.at("parts").at(0).at("entries").as_array().size() == 3);
    CHECK(parts.at("next").is_null());
    CHECK(books.read("/v1/explain/indicator/lent").at("parts").at(0).at("amount") == "50000.00");

    books.book(at + "reversals", R"({"sequence":3,"reason":"核实错了"})");
    CHECK(figures(books) == "0 0 0 0 ");
    auto const events = books.read("/v1/households/H-9").at("events").as_array();
    CHECK(events.at(2).at("is_reversed") == true);
    CHECK(events.back().at("reversed_sequence") == 3);
    CHECK(books.read("/v1/doctor").at("is_sound") == true);
    CHECK(books.read("/v1/trial-balance").at("totals").as_array().size() == 3);
}

TEST_CASE("Six steps take a household out of poverty, in their order and their time")
{
    Books books;
    begin(books);
    std::string const at = "/v1/households/H-9/";
    books.book(at + "incomes", R"({"year":2015,"wages":"11420.00","value_on":"2016-01-02"})");
    books.book(at + "surveys", R"({"has_safe_housing":true,"has_schooling":true,)"
                               R"("has_medical_care":true,"value_on":"2016-01-02"})");
    auto const take = [&](std::string const& fields) {
        return post(books.port(), at + "exit-steps", step(fields));
    };
    auto const is_booked = [&](std::string const& fields) { return take(fields).status == 201; };
    CHECK(code_of(take(R"("step":"reviewed","person":"戊")")) == "exit_step_out_of_order");
    CHECK(is_booked(R"("step":"proposed","person":"丁","value_on":"2016-08-01")"));
    CHECK(is_booked(R"("step":"reviewed","person":"戊","value_on":"2016-08-02")"));
    CHECK(is_booked(R"("step":"signed_off","person":"户主","value_on":"2016-08-03")"));
    auto const early =
        take(R"("step":"noticed","person":"丁","value_on":"2016-08-04","until":"2016-08-09")");
    CHECK(early.status == 422);
    CHECK(code_of(early) == "notice_too_short");
    auto const problem = test::json_of(early);
    CHECK(problem.at("field") == "until");
    CHECK(problem.at("limit") == "7");
    CHECK(problem.at("title_zh") == "公示至少 7 天");
    CHECK(is_booked(
        R"("step":"noticed","person":"丁","value_on":"2016-08-04","until":"2016-08-10")"));
    CHECK(code_of(take(R"("step":"checked","person":"己","value_on":"2016-08-10")")) ==
          "notice_not_over");
    CHECK(code_of(take(R"("step":"checked","person":"丁","value_on":"2016-08-11")")) ==
          "same_person_twice");
    CHECK(code_of(take(
              R"("step":"checked","person":"己","value_on":"2016-08-11","income_year":2016)")) ==
          "income_not_recorded");
    CHECK(
        is_booked(R"("step":"checked","person":"己","value_on":"2016-08-11","income_year":2015)"));
    CHECK(is_booked(R"("step":"approved","person":"庚","value_on":"2016-08-12")"));
    CHECK(books.read("/v1/households/H-9").at("standing") == "exited");
    CHECK(books.read("/v1/households/H-9?as_of=2016-08-11").at("standing") == "poor");
    CHECK(post(books.port(), at + "relapses", R"({"document":"返贫认定1号"})").status == 201);
    CHECK(books.read("/v1/households/H-9").at("standing") == "relapsed");
    CHECK(books.read("/v1/doctor").at("is_sound") == true);
}

TEST_CASE("What cannot be of a household is refused, and nothing changes")
{
    Books books;
    begin(books);
    std::string const at = "/v1/households/H-9/";
    books.book(at + "claims", R"({"loan":"L-1","way":"other","share":"0.6"})");
    struct Row {
        char const* what;
        std::string target;
        std::string body;
        int status;
        char const* code;
        char const* field;
    };
    for (auto const& row : {
             Row{"no persons", "/v1/households",
                 R"({"household":"H-8","head":"户主","village":"530921206204",)"
                 R"("standing":"poor","persons":0})",
                 400, "number_malformed", "persons"},
             Row{"a standing that does not exist", "/v1/households", registration("H-8", "rich"),
                 400, "choice_unknown", "standing"},
             Row{"the same household again", "/v1/households", registration("H-9"), 409,
                 "household_already_registered", "household"},
             Row{"a village that does not exist", at + "moves", R"({"village":"530921999001"})",
                 404, "village_not_found", "village"},
             Row{"no such household", "/v1/households/H-7/moves", R"({"head":"张"})", 404,
                 "household_not_found", "household"},
             Row{"no such loan", at + "claims", R"({"loan":"L-7","way":"other"})", 404,
                 "loan_not_found", "loan"},
             Row{"shares above one", at + "shares", R"({"shares":[{"claim":2,"share":"1.5"}]})",
                 400, "share_malformed", "shares[0].share"},
             Row{"a claim that is not there", at + "shares",
                 R"({"shares":[{"claim":5,"share":"0.5"}]})", 422, "shares_incomplete", "shares"},
             Row{"the same borrower again", at + "claims", R"({"loan":"L-1","way":"other"})", 409,
                 "borrower_already_leads", "loan"},
             Row{"one person for two", at + "verifications",
                 R"({"claim":2,"officer":"甲","witness":"甲","place":"村","evidence":")" + digest +
                     R"("})",
                 422, "same_person_twice", "witness"},
             Row{"a digest that is none", at + "verifications",
                 R"({"claim":2,"officer":"甲","witness":"乙","place":"村","evidence":"abc"})", 400,
                 "digest_malformed", "evidence"},
             Row{"out of poverty by hand", at + "standings",
                 R"({"standing":"exited","document":"1号"})", 422, "standing_needs_procedure",
                 "standing"},
             Row{"a cause twice", at + "surveys", R"({"causes":["funds","funds"]})", 400,
                 "choice_twice", "causes"},
             Row{"before it was registered", at + "person-counts",
                 R"({"persons":3,"value_on":"2015-12-31"})", 422, "date_before_registration",
                 "value_on"},
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
    CHECK(code_of(test::get(books.port(), "/v1/statistics/leading?by=colour")) == "choice_unknown");
    CHECK(code_of(test::get(books.port(), "/v1/explain/indicator/nothing")) ==
          "indicator_not_found");
    CHECK(code_of(test::get(books.port(), "/v1/households/H-7")) == "household_not_found");
}

TEST_CASE("A preview shows what would happen to a household, and books nothing")
{
    Books books;
    begin(books);
    std::string const household = "/v1/households/H-9";
    struct Step {
        char const* resource;
        std::string body;
    };
    for (Step const& step : {
             Step{"claims", R"({"loan":"L-1","way":"on_trust","promised":"3000.00"})"},
             Step{"person-counts", R"({"persons":5,"reason":"新生儿"})"},
             Step{"incomes", R"({"year":2015,"wages":"20000.00"})"},
             Step{"claim-withdrawals", R"({"claim":2,"reason":"没有带动"})"},
             Step{"reversals", R"({"sequence":3,"reason":"录错了"})"},
         })
    {
        std::string const target = household + "/" + step.resource;
        INFO(target);
        auto const before = books.state() + test::get(books.port(), household).body;
        auto const answer = test::ask(books.port(), "POST", target + "/preview", step.body,
                                      {"Content-Type: application/json"});
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        CHECK(books.state() + test::get(books.port(), household).body == before);
        auto const shown = test::json_of(answer);
        CHECK(shown.at("before") == books.read(household));

        auto const receipt = books.book(target, step.body);
        CHECK(receipt.at("command") == shown.at("command"));
        CHECK(receipt.at("entry_number").is_null() == shown.at("entry").is_null());
        CHECK(receipt.at("warnings") == shown.at("warnings"));
        CHECK(shown.at("after") == books.read(household));
    }
    CHECK(code_of(test::ask(books.port(), "POST", household + "/claims/preview",
                            R"({"loan":"L-9","way":"on_trust"})",
                            {"Content-Type: application/json"})) == "loan_not_found");
    CHECK(code_of(test::ask(books.port(), "POST", "/v1/households/H-7/claims/preview",
                            R"({"loan":"L-1","way":"on_trust"})",
                            {"Content-Type: application/json"})) == "household_not_found");
}
