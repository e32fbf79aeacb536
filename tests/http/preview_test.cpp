// Every event over HTTP: previewed, which books nothing, then booked, which is what the preview
// said; and the reads that go with them.
#include "tests/http/books.hpp"

#include "wire/happenings.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>

#include <set>

using test::Books;
using test::code_of;
using test::get;
using test::post;

namespace {

namespace json = boost::json;

std::string const loan = "/v1/loans/L-2";

/// Books with the loan L-2 of 40,000.00 at 4.5 %, interest each quarter, paid out a year ago;
/// a scheme bears its interest until misuse is declared; late since 2016-03-20.
struct LateLoan : Books {
    /// `scheme` as a member of the terms, with its comma; empty: no subsidy.
    explicit LateLoan(std::string const& scheme = R"(,"subsidy_scheme":"example-points")")
    {
        propose();
        book("/v1/funds/F-1/risk-payments", R"({"amount":"100000.00","document":"回单 9"})");
        book("/v1/loans",
             R"({"loan":"L-2","borrower":"B-1","fund":"F-1","purpose":"养牛","industry":"cattle",)"
             R"("proposed_on":"2015-08-20","terms":{"principal":"40000.00","annual_rate":"4.5",)"
             R"("method":"interest_only","every":{"count":1,"unit":"quarter"},)"
             R"("settlement_day":20,"instalments":4)" +
                 scheme + "}}");
        book(loan + "/approval", R"({"amount":"40000.00","value_on":"2015-08-25"})");
        book(loan + "/disbursements", R"({"amount":"40000.00","value_on":"2015-08-28"})");
    }
};

struct Step {
    char const* resource;
    std::string body;
};

std::vector<Step> const steps{
    {"repayments",
     R"({"amount":"30500.00","value_on":"2015-09-20","in_advance":"next_instalment"})"},
    {"refunds", R"({"amount":"30490.00","value_on":"2015-09-21","document":"退款单"})"},
    {"rate-changes", R"({"annual_rate":"5","value_on":"2016-01-01","document":"文号"})"},
    {"interest-pauses", R"({"until":"2016-02-01","value_on":"2016-01-15","document":"文号"})"},
    {"extensions", R"({"until":"2016-11-20","annual_rate":"5","value_on":"2016-08-01",)"
                   R"("document":"文号"})"},
    {"costs", R"({"amount":"80.00","reason":"诉讼费"})"},
    {"misuse", R"({"value_on":"2016-03-01","reason":"建房"})"},
    {"waivers", R"({"component":"penalty","amount":"10.00","reason":"受灾"})"},
    {"subsidy-claims", R"({"amount":"100.00","document":"申报表"})"},
    {"subsidy-receipts", R"({"amount":"60.00","document":"回单"})"},
    {"classifications", R"({"risk_class":"doubtful","reason":"病故"})"},
    {"provisions", R"({})"},
    {"approval-expiry", R"({})"},
    {"compensations", R"({"amount":"20000.00","document":"通知书"})"},
    {"reschedulings", R"({"method":"equal_principal","instalments":4,"document":"协议"})"},
    {"repayments", R"({"amount":"1000.00"})"},
    {"reversals", R"({"sequence":6,"reason":"录错"})"},
    {"write-off", R"({"document":"批复"})"},
    {"recoveries", R"({"amount":"500.00"})"},
};

} // namespace

TEST_CASE("A preview books nothing, and what is booked then is what it said")
{
    LateLoan books;
    std::set<std::string> seen{"approval", "disbursements"};
    for (Step const& step : steps) {
        seen.insert(step.resource);
        std::string const target = loan + "/" + step.resource;
        INFO(target << ' ' << step.body);
        auto const before = books.state() + get(books.port(), loan).body;
        auto const answer = test::ask(books.port(), "POST", target + "/preview", step.body,
                                      {"Content-Type: application/json"});
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        CHECK(answer.header("etag").empty());
        CHECK(books.state() + get(books.port(), loan).body == before);
        auto const shown = test::json_of(answer);

        auto const receipt = books.book(target, step.body);
        CHECK(receipt.at("command") == shown.at("command"));
        if (shown.at("entry").is_null()) {
            CHECK(receipt.at("entry_number").is_null());
        } else {
            auto const number = std::to_string(receipt.at("entry_number").as_int64());
            auto const entry = books.read("/v1/entries/" + number);
            for (char const* const part : {"cause", "value_on", "booked_on", "narrative"}) {
                CHECK(entry.at(part) == shown.at("entry").at(part));
            }
            CHECK(entry.at("postings") == shown.at("entry").at("postings"));
        }
        auto const after = shown.at("after").as_object();
        std::string const as_of{after.at("as_of").as_string()};
        CHECK(shown.at("as_of") == after.at("as_of")); // said once for both
        auto const card = books.read(loan + "?as_of=" + as_of);
        for (auto const& member : after) {
            INFO(member.key());
            CHECK(card.at(member.key()) == member.value());
        }
    }
    for (wire::EventKind const& kind : wire::event_kinds()) {
        INFO(kind.resource);
        CHECK(seen.contains(std::string{kind.resource}));
    }
    CHECK(books.read(loan).at("status") == "written_off");
    CHECK(books.read("/v1/doctor").at("is_sound") == true);
}

TEST_CASE("A preview says which earlier payments are used in another way")
{
    LateLoan books{""};
    books.book(loan + "/repayments", R"({"amount":"115.00","value_on":"2015-09-20"})");
    auto const answer = test::ask(books.port(), "POST", loan + "/repayments/preview",
                                  R"({"amount":"10000.00","value_on":"2015-09-01"})",
                                  {"Content-Type: application/json"});
    REQUIRE(answer.status == 200);
    auto const shown = test::json_of(answer);
    auto const& changes = shown.at("allocations").as_array();
    REQUIRE(changes.size() == 2);
    CHECK(changes[0].at("sequence") == 3);
    CHECK(changes[0].at("before") != changes[0].at("after"));
    CHECK(changes[1].at("sequence") == 4);
    CHECK(changes[1].at("before").is_null());
    CHECK(shown.at("entry").at("value_on") == "2015-09-01");
}

TEST_CASE("A preview refuses what the booking would refuse, in the same words")
{
    LateLoan books;
    std::vector<Step> const refused{
        {"repayments", R"({"amount":"1.00","value_on":"2016-09-01"})"},
        {"repayments", R"({"amount":"1.00","amuont":"1.00"})"},
        {"approval", R"({"amount":"1.00"})"},
        {"refunds", R"({"amount":"1.00"})"},
        {"recoveries", R"({"amount":"1.00"})"},
        {"write-off", R"({})"},
        {"waivers", R"({"component":"principal","amount":"1.00","reason":"受灾"})"},
        {"extensions", R"({"until":"2017-01-01","document":"文号"})"},
        {"classifications", R"({"risk_class":"normal","reason":"好"})"},
        {"reversals", R"({"sequence":9,"reason":"录错"})"},
        {"reschedulings", R"({"method":"principal_plan","instalments":4,"document":"协议"})"},
    };
    for (Step const& step : refused) {
        std::string const target = loan + "/" + step.resource;
        INFO(target << ' ' << step.body);
        auto const shown = test::ask(books.port(), "POST", target + "/preview", step.body,
                                     {"Content-Type: application/json"});
        auto const booked = post(books.port(), target, step.body);
        CHECK(shown.status >= 400);
        CHECK(shown.status == booked.status);
        CHECK(code_of(shown) == code_of(booked));
        CHECK(test::json_of(shown).at("field") == test::json_of(booked).at("field"));
        CHECK(test::json_of(shown).at("limit") == test::json_of(booked).at("limit"));
    }
    auto const elsewhere = test::ask(books.port(), "POST", loan + "/provisions/preview", "{}",
                                     {"Content-Type: application/json", "Daifu-County: 530922"});
    CHECK(code_of(elsewhere) == "sign_in_needed");
    auto const unknown = test::ask(books.port(), "POST", "/v1/loans/L-9/provisions/preview", "{}",
                                   {"Content-Type: application/json"});
    CHECK(code_of(unknown) == "loan_not_found");
}

TEST_CASE("A payoff is known in advance and is what then settles the loan")
{
    LateLoan books;
    auto const today = books.read(loan + "/payoff");
    CHECK(today.at("on") == "2016-08-31");
    CHECK(today.at("payoff") == books.read(loan).at("payoff"));
    auto const later = books.read(loan + "/payoff?on=2017-08-31");
    CHECK(later.at("days_past_due").as_int64() == today.at("days_past_due").as_int64() + 365);
    CHECK(code_of(get(books.port(), loan + "/payoff?on=2017-09-01")) == "date_too_late");
    CHECK(code_of(get(books.port(), loan + "/payoff?on=2015-08-19")) == "date_too_early");
    std::string const amount{today.at("payoff").as_string()};
    books.book(loan + "/repayments", R"({"amount":")" + amount + R"("})");
    CHECK(books.read(loan).at("status") == "settled");
    CHECK(books.read(loan + "/payoff").at("payoff") == "0.00");
}

TEST_CASE("The claims of a quarter are a list, and its days add up to what is due")
{
    LateLoan books;
    auto const list = books.read("/v1/subsidy-claims?from=2015-08-01&until=2015-09-20");
    REQUIRE(list.at("claims").as_array().size() == 1);
    auto const& claim = list.at("claims").at(0);
    CHECK(claim.at("loan") == "L-2");
    // 23 days from 2015-08-28; the scheme bears the whole rate: 40000 x 4.5 % x 23 / 360
    CHECK(claim.at("due") == "115.00");
    CHECK(claim.at("unclaimed") == "115.00");
    CHECK(list.at("totals").at("due") == "115.00");
    CHECK_FALSE(claim.at("lines").as_array().empty());
    CHECK(code_of(get(books.port(), "/v1/subsidy-claims?from=2016-01-01")) == "field_missing");
    CHECK(code_of(get(books.port(), "/v1/subsidy-claims?from=2016-01-01&until=2016-01-01")) ==
          "date_too_early");
}

TEST_CASE("The programme's tables bear the papers that they rest on")
{
    Books books;
    auto const has = [&](char const* target, char const* list) {
        auto const rows = books.read(target).at(list).as_array();
        REQUIRE_FALSE(rows.empty());
        for (json::value const& row : rows) {
            CHECK(row.as_object().contains("document"));
            CHECK(row.at("is_sourced").is_bool());
        }
    };
    has("/v1/class-floors", "floors");
    has("/v1/provision-rates", "rates");
    has("/v1/subsidy-schemes", "schemes");
    has("/v1/holidays", "days");
    has("/v1/programme-rules", "rules");
    auto const rules = books.read("/v1/programme-rules").at("rules").at(0);
    CHECK(rules.at("allocation_order").as_array().size() == 5);
    CHECK(rules.at("in_advance") == "fewer_instalments");
}
