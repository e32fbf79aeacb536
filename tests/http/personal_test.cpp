// Personal data over HTTP: masked by default, found by a search that is sent, whole for a purpose
// and never in a log.
#include "tests/http/books.hpp"
#include "tests/support/people.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>

using namespace test;
using ledger::UserRole;

namespace {

struct Counter {
    Books books;
    store::Database access{books.database, store::Role::access};

    Counter()
    {
        books.lend(); // B-1 and L-1 of the township 530921206
        add_person(access, person("yaojie", {UserRole::officer}, "530921206"), "token-yaojie");
        add_person(access, person("fengshan", {UserRole::officer}, "530921101"), "token-fengshan");
        add_person(access, person("reader", {UserRole::officer}), "token-reader",
                   store::TokenScope::read);
    }
    Answer post(std::string const& token, std::string const& target, std::string const& body)
    {
        return ask(books.port(), "POST", target, body,
                   {bearer(token), "Content-Type: application/json"});
    }
    std::string found(std::string const& token, std::string const& text)
    {
        auto const answer = post(token, "/v1/borrowers/searches",
                                 boost::json::serialize(boost::json::object{{"find", text}}));
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        std::string numbers;
        auto const found = json_of(answer);
        for (auto const& one : found.at("borrowers").as_array())
            numbers += std::string{one.at("borrower").as_string()} + " " +
                       std::string{one.at("resident_id").as_string()} + ";";
        return numbers;
    }
};

std::string const contact = R"({"phone":"13800003015","bank_account":"6228480012345673015"})";
std::string const reading = R"({"what":"resident_id","purpose":"核对身份"})";

} // namespace

TEST_CASE("A borrower is found by a search that no address holds, in one's own township only")
{
    Counter counter;
    std::string const masked = "B-1 530921********0003;";
    for (char const* text : {some_resident_id, "0003", "ysjyb", "甲乙", "L-1", "B-1"}) {
        INFO(text);
        CHECK(counter.found("token-yaojie", text) == masked);
        CHECK(counter.found("token-fengshan", text).empty());
    }
    CHECK(counter.found("token-reader", "L-1") == masked); // a token that only reads may search
    // Who looks by a whole number is in the trail, the number is not.
    auto const searched =
        get(counter.books.port(), "/v1/trail?event=personal_searched", {bearer(auditor_token)});
    CHECK(json_of(searched).at("trail").as_array().size() == 2);
    CHECK(searched.body.find(some_resident_id) == std::string::npos);
    CHECK(code_of(counter.post("token-yaojie", "/v1/borrowers/searches", R"({"find":"甲"})")) ==
          "find_too_short");
    CHECK(code_of(counter.post(administrator_token, "/v1/borrowers/searches",
                               R"({"find":"L-1"})")) == "right_missing");
}

TEST_CASE("A whole number is read for a purpose, and the trail knows by whom before it is told")
{
    Counter counter;
    std::string const here = "/v1/borrowers/B-1/revelations";
    CHECK(code_of(counter.post("token-fengshan", here, reading)) == "not_own_township");
    CHECK(code_of(counter.post(administrator_token, here, reading)) == "right_missing");
    CHECK(code_of(counter.post("token-reader", here, reading)) == "scope_missing");
    CHECK(code_of(counter.post("token-yaojie", here, R"({"what":"resident_id"})")) ==
          "field_missing");
    CHECK(code_of(counter.post("token-yaojie", here, R"({"what":"name","purpose":"x"})")) ==
          "choice_unknown");
    CHECK(code_of(counter.post("token-yaojie", here, R"({"what":"phone","purpose":"x"})")) ==
          "personal_not_found");
    auto const answer = counter.post("token-yaojie", here, reading);
    CHECK(json_of(answer).at("whole") == some_resident_id);
    CHECK(json_of(counter.post(auditor_token, here, reading)).at("whole") == some_resident_id);
    auto const trail =
        json_of(get(counter.books.port(), "/v1/trail?event=personal_read", {bearer(auditor_token)}))
            .at("trail")
            .as_array();
    REQUIRE(trail.size() == 2);
    CHECK(trail.at(1).at("actor") == "yaojie");
    CHECK(trail.at(1).at("subject") == "B-1");
    CHECK(trail.at(1).at("address") == "127.0.0.1");
    CHECK(trail.at(1).at("became").at("purpose") == "核对身份");
    CHECK(trail.at(1).at("became").at("what") == "resident_id");
}

TEST_CASE("Telephone and account are recorded at the counter, shown masked and never logged")
{
    Counter counter;
    std::string const here = "/v1/borrowers/B-1/contact";
    CHECK(code_of(counter.post("token-fengshan", here, contact)) == "not_own_township");
    CHECK(code_of(counter.post(auditor_token, here, contact)) == "right_missing");
    CHECK(code_of(counter.post("token-yaojie", here, R"({"phone":"138"})")) == "phone_malformed");
    CHECK(code_of(counter.post("token-yaojie", here, R"({"bank_account":"12"})")) ==
          "bank_account_malformed");
    CHECK(code_of(counter.post("token-yaojie", here, "{}")) == "field_missing");
    auto const card = json_of(counter.post("token-yaojie", here, contact));
    CHECK(card.at("phone") == "138****3015");
    CHECK(card.at("bank_account") == "…3015");
    CHECK(counter.post("token-yaojie", here, R"({"phone":"13900004026"})").status == 200);
    auto const read = counter.books.read("/v1/borrowers/B-1");
    CHECK(read.at("phone") == "139****4026");
    CHECK(read.at("bank_account") == "…3015");
    CHECK(counter.found("token-yaojie", "13900004026") == "B-1 530921********0003;");
    CHECK(counter.found("token-yaojie", "13800003015").empty()); // it is his no longer
    auto const log = counter.books.daifud.log();
    for (char const* secret : {"13800003015", "13900004026", "6228480012345673015",
                               some_resident_id, some_name, "核对身份"})
        CHECK(log.find(secret) == std::string::npos);
}
