// Bad input, one table: each row has its status and code, both sentences, the field to blame, and
// leaves the books as they were.
#include "tests/http/books.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>

#include <algorithm>

using namespace std::chrono_literals;
using test::Books;

namespace {

struct Row {
    char const* what;
    std::string target;
    std::string body;
    int status;
    char const* code;
    char const* field; ///< empty: none
};

std::string const repay = "/v1/loans/L-1/repayments";

std::string borrower(std::string const& id, std::string const& village = "530921206204")
{
    return R"({"borrower":"B-2","name":"演示丁","resident_id":")" + id +
           R"(","household":"H-2","village":")" + village + R"(","party_branch":"支部"})";
}

std::string proposal(std::string const& principal, std::string const& rest = "")
{
    return R"({"loan":"L-2","borrower":"B-1","fund":"F-1","purpose":"茶","industry":"tea","terms":)"
           R"({"principal":")" +
           principal + R"(","annual_rate":"4.75","method":"equal_principal","instalments":4)" +
           rest + "}}";
}

std::string const deep = R"({"amount":)" + std::string(40, '[') + std::string(40, ']') + "}";

std::vector<Row> const rows{
    {"nothing", repay, "", 400, "json_malformed", ""},
    {"no JSON", repay, "amount=1", 400, "json_malformed", ""},
    {"JSON cut short", repay, R"({"amount":"1.00")", 400, "json_malformed", ""},
    {"something after the object", repay, R"({"amount":"1.00"}{})", 400, "json_malformed", ""},
    {"too deep", repay, deep, 400, "json_malformed", ""},
    {"an array", repay, R"(["1.00"])", 400, "json_not_an_object", ""},
    {"the same field twice", repay, R"({"amount":"1.00","amount":"2.00"})", 400,
     "json_duplicate_key", "amount"},
    {"an unknown field", repay, R"({"amount":"1.00","amuont":"1.00"})", 400, "field_unknown",
     "amuont"},
    {"a misspelled field", repay, R"({"amuont":"1.00"})", 400, "field_unknown", "amuont"},
    {"a missing field", repay, "{}", 400, "field_missing", "amount"},
    {"null", repay, R"({"amount":null})", 400, "field_wrong_type", "amount"},
    {"the wrong type", repay, R"({"amount":["1.00"]})", 400, "field_wrong_type", "amount"},
    {"money as a float", repay, R"({"amount":1.1})", 400, "number_must_be_text", "amount"},
    {"money as a number", repay, R"({"amount":100})", 400, "number_must_be_text", "amount"},
    {"negative", repay, R"({"amount":"-1.00"})", 400, "amount_must_be_positive", "amount"},
    {"zero", repay, R"({"amount":"0.00"})", 400, "amount_must_be_positive", "amount"},
    {"three decimals", repay, R"({"amount":"1.001"})", 400, "amount_malformed", "amount"},
    {"a comma", repay, R"({"amount":"1,000.00"})", 400, "amount_malformed", "amount"},
    {"an exponent", repay, R"({"amount":"1e3"})", 400, "amount_malformed", "amount"},
    {"10^16 fen", repay, R"({"amount":"100000000000000.00"})", 400, "amount_too_large", "amount"},
    {"invalid UTF-8", repay, "{\"amount\":\"\xff\"}", 400, "utf8_invalid", ""},
    {"an overlong encoding", repay, "{\"amount\":\"\xc0\xb1\"}", 400, "utf8_invalid", ""},
    {"an impossible date", repay, R"({"amount":"1.00","value_on":"2016-02-30"})", 400,
     "date_malformed", "value_on"},
    {"a date by its month's name", repay, R"({"amount":"1.00","value_on":"31 Aug"})", 400,
     "date_malformed", "value_on"},
    {"a date in the future", repay, R"({"amount":"1.00","value_on":"2016-09-01"})", 422,
     "date_in_future", "value_on"},
    {"a date before the disbursement", repay, R"({"amount":"1.00","value_on":"2016-08-30"})", 422,
     "value_date_before_disbursement", "value_on"},
    {"an unknown loan", "/v1/loans/L-9/repayments", R"({"amount":"1.00"})", 404, "loan_not_found",
     "loan"},
    {"a loan number with a space", "/v1/loans/L%209/repayments", R"({"amount":"1.00"})", 400,
     "identifier_malformed", "loan"},
    {"a loan that is not disbursed", "/v1/loans/L-3/repayments", R"({"amount":"1.00"})", 409,
     "loan_not_disbursed", ""},
    {"an approval of what is approved", "/v1/loans/L-1/approval", R"({"amount":"1.00"})", 409,
     "loan_not_awaiting_approval", ""},
    {"an event that does not exist", "/v1/loans/L-1/reversals", R"({"sequence":9,"reason":"录错"})",
     404, "event_not_found", "sequence"},
    {"a sequence with a fraction", "/v1/loans/L-1/reversals", R"({"sequence":1.5,"reason":"录错"})",
     400, "field_wrong_type", "sequence"},
    {"a reason with a line break", "/v1/loans/L-1/reversals", R"({"sequence":2,"reason":"a\nb"})",
     400, "text_has_control_characters", "reason"},
    {"a reason of spaces", "/v1/loans/L-1/reversals", R"({"sequence":2,"reason":"  "})", 400,
     "text_missing", "reason"},
    {"a reason too long", "/v1/loans/L-1/reversals",
     R"({"sequence":2,"reason":")" + std::string(201, 'x') + R"("})", 400, "text_too_long",
     "reason"},
    {"a wrong check digit", "/v1/borrowers", borrower("530921190001010004"), 400,
     "resident_id_check_digit_wrong", "resident_id"},
    {"an id too short", "/v1/borrowers", borrower("53092119000101"), 400, "resident_id_malformed",
     "resident_id"},
    {"a birth date that never was", "/v1/borrowers", borrower("530921190002310001"), 400,
     "resident_id_date_impossible", "resident_id"},
    {"a borrower who is registered", "/v1/borrowers", borrower(test::some_resident_id), 409,
     "borrower_already_registered", ""},
    {"an unknown village", "/v1/borrowers", borrower("11010519491231002X", "530921999999"), 404,
     "village_not_found", "village"},
    {"a fund that is open", "/v1/funds", R"({"fund":"F-1","name":"甲","document":"乙"})", 409,
     "fund_already_open", ""},
    {"an unknown fund", "/v1/funds/F-9/payments", R"({"amount":"1.00","document":"x"})", 404,
     "fund_not_found", "fund"},
    {"a loan number in use", "/v1/loans", R"({"loan":"L-1",)" + proposal("1000.00").substr(14), 409,
     "loan_already_proposed", ""},
    {"an unknown method", "/v1/loans", proposal("1000.00", R"(,"interest":"compound")"), 400,
     "choice_unknown", "terms.interest"},
    {"an unknown term", "/v1/loans", proposal("1000.00", R"(,"colour":"red")"), 400,
     "field_unknown", "terms.colour"},
    {"above the cap", "/v1/loans", proposal("100000.01"), 422, "loan_above_cap", "terms.principal"},
    {"outside the band", "/v1/loans",
     R"({"loan":"L-2","borrower":"B-1","fund":"F-1","purpose":"茶","industry":"tea","terms":)"
     R"({"principal":"1000.00","annual_rate":"90","method":"equal_principal",)"
     R"("instalments":4}})",
     422, "rate_outside_band", "terms.annual_rate"},
    {"an industry that is not on the list", "/v1/loans",
     R"({"loan":"L-2","borrower":"B-1","fund":"F-1","purpose":"茶","industry":"gambling","terms":)"
     R"({"principal":"1000.00","annual_rate":"4.75","method":"equal_principal",)"
     R"("instalments":4}})",
     400, "choice_unknown", "industry"},
    {"too many instalments", "/v1/loans",
     R"({"loan":"L-2","borrower":"B-1","fund":"F-1","purpose":"茶","industry":"tea","terms":)"
     R"({"principal":"1000.00","annual_rate":"4.75","method":"equal_principal",)"
     R"("instalments":601}})",
     422, "too_many_instalments", "terms.instalments"},
    {"a closing in the future", "/v1/days/2016-09-01/closing", "{}", 422, "date_in_future", "date"},
    {"a closing of no day", "/v1/days/2016-13-01/closing", "{}", 400, "date_malformed", "date"},
    {"a closing with a field", "/v1/days/2016-08-31/closing", R"({"force":true})", 400,
     "field_unknown", "force"},
    {"a schedule without disbursements", "/v1/schedules",
     R"({"principal":"1.00","annual_rate":"4.75","method":"at_maturity","instalments":1})", 400,
     "field_missing", "disbursements"},
};

std::vector<Row> const rows_of_a_closed_day{
    {"a repayment on a closed day", repay, R"({"amount":"1.00"})", 409, "day_closed", ""},
    {"a fund on a closed day", "/v1/funds", R"({"fund":"F-2","name":"甲","document":"乙"})", 409,
     "day_closed", ""},
    {"a proposal on a closed day", "/v1/loans", proposal("1000.00"), 409, "day_closed", ""},
};

/// Both sentences are there, in their languages, and nothing of a template.
void check_sentences(test::Answer const& answer)
{
    auto const problem = test::json_of(answer);
    auto const english = std::string{problem.at("title").as_string()};
    auto const chinese = std::string{problem.at("title_zh").as_string()};
    CHECK(english.size() > 10);
    CHECK(chinese.size() > 10);
    CHECK(std::ranges::any_of(chinese, [](char c) { return (c & 0x80) != 0; }));
    CHECK(english.find("{limit}") == std::string::npos);
    CHECK(chinese.find("{limit}") == std::string::npos);
    CHECK(problem.at("status").as_int64() == answer.status);
    auto const code = std::string{problem.at("code").as_string()};
    CHECK(std::string{problem.at("type").as_string()} == "/docs/problems#" + code);
    CHECK(std::string{problem.at("request_id").as_string()} == answer.header("x-request-id"));
}

void check_refused(test::Answer const& answer, int status, std::string const& code,
                   std::string const& field)
{
    INFO(answer.body);
    CHECK(answer.status == status);
    REQUIRE(test::code_of(answer) == code);
    check_sentences(answer);
    auto const blamed = test::json_of(answer).at("field");
    if (!field.empty()) {
        REQUIRE(blamed.is_string());
        CHECK(std::string{blamed.as_string()} == field);
    }
}

void check_rows(Books const& books, std::vector<Row> const& all)
{
    for (auto const& row : all) {
        INFO(row.what);
        check_refused(test::post(books.port(), row.target, row.body), row.status, row.code,
                      row.field);
    }
}

} // namespace

TEST_CASE("Bad bodies are refused by name in both languages and leave the books alone")
{
    Books books;
    books.lend();
    books.book("/v1/loans",
               R"({"loan":"L-3","borrower":"B-1","fund":"F-1","purpose":"茶","industry":"tea",)"
               R"("terms":{"principal":"100.00","annual_rate":"4.75","method":"at_maturity",)"
               R"("instalments":1,"every":{"count":1,"unit":"year"}}})");
    auto const before = books.state();
    check_rows(books, rows);
    CHECK(books.state() == before);

    books.book("/v1/days/2016-08-31/closing", "{}");
    auto const closed = books.state();
    check_rows(books, rows_of_a_closed_day);
    CHECK(books.state() == closed);
}

namespace {

std::string const one_yuan = R"({"amount":"1.00"})";
std::string const key = "Idempotency-Key: abcdefgh";
std::string const used_key = "Idempotency-Key: used-once-before";
std::string const json = "Content-Type: application/json";
struct Request {
    char const* what;
    std::vector<std::string> headers;
    std::string body;
    int status;
    char const* code;
    char const* field;
};
std::vector<Request> const requests{
    {"no key", {json}, one_yuan, 400, "idempotency_key_missing", "Idempotency-Key"},
    {"a short key",
     {json, "Idempotency-Key: abc"},
     one_yuan,
     400,
     "idempotency_key_malformed",
     "Idempotency-Key"},
    {"a long key",
     {json, "Idempotency-Key: " + std::string(81, 'k')},
     one_yuan,
     400,
     "idempotency_key_malformed",
     "Idempotency-Key"},
    {"a key with a space",
     {json, "Idempotency-Key: abcd efgh"},
     one_yuan,
     400,
     "idempotency_key_malformed",
     "Idempotency-Key"},
    {"a key in Chinese",
     {json, "Idempotency-Key: 还款第一笔"},
     one_yuan,
     400,
     "idempotency_key_malformed",
     "Idempotency-Key"},
    {"two keys",
     {json, key, "Idempotency-Key: ijklmnop"},
     one_yuan,
     400,
     "idempotency_key_malformed",
     "Idempotency-Key"},
    {"the key of a closing",
     {json, "Idempotency-Key: closing:2016-08-31"},
     one_yuan,
     400,
     "idempotency_key_malformed",
     "Idempotency-Key"},
    {"the key of an import",
     {json, "Idempotency-Key: import:borrower:B-1"},
     one_yuan,
     400,
     "idempotency_key_malformed",
     "Idempotency-Key"},
    {"the key of an opening",
     {json, "Idempotency-Key: open-books:2016-08-31"},
     one_yuan,
     400,
     "idempotency_key_malformed",
     "Idempotency-Key"},
    {"a key used for another amount",
     {json, used_key},
     R"({"amount":"2.00"})",
     409,
     "idempotency_key_reused",
     "Idempotency-Key"},
    {"no content type", {key}, one_yuan, 415, "content_type_unsupported", "Content-Type"},
    {"a form",
     {key, "Content-Type: application/x-www-form-urlencoded"},
     one_yuan,
     415,
     "content_type_unsupported",
     "Content-Type"},
    {"plain text, as a foreign page could send",
     {key, "Content-Type: text/plain"},
     one_yuan,
     415,
     "content_type_unsupported",
     "Content-Type"},
    {"JSON in GBK",
     {key, "Content-Type: application/json; charset=gbk"},
     one_yuan,
     415,
     "content_type_unsupported",
     "Content-Type"},
    {"a body too large", {json, key}, std::string(65'537, ' '), 413, "body_too_large", ""},
    {"a header too large",
     {json, key, "X-Long: " + std::string(9'000, 'x')},
     one_yuan,
     431,
     "header_too_large",
     ""},
};

} // namespace

TEST_CASE("A write without what HTTP must say is refused and leaves the books alone")
{
    Books books;
    books.lend();
    REQUIRE(test::ask(books.port(), "POST", repay, one_yuan, {json, used_key}).status == 201);
    auto const before = books.state();
    for (auto const& request : requests) {
        INFO(request.what);
        check_refused(test::ask(books.port(), "POST", repay, request.body, request.headers),
                      request.status, request.code, request.field);
    }
    CHECK(books.state() == before);
}

TEST_CASE("An address that cannot be meant is refused with the parameter named")
{
    Books books;
    books.lend();
    check_refused(test::get(books.port(), "/v1/nowhere"), 404, "route_not_found", "");
    auto const wrong_method = test::ask(books.port(), "DELETE", "/v1/loans/L-1");
    check_refused(wrong_method, 405, "method_not_allowed", "");
    CHECK(wrong_method.header("allow") == "GET, HEAD");
    check_refused(test::get(books.port(), "/v1/loans?colour=red"), 400, "parameter_unknown",
                  "colour");
    check_refused(test::get(books.port(), "/v1/loans?limit=0"), 400, "number_malformed", "limit");
    check_refused(test::get(books.port(), "/v1/loans?limit=501"), 400, "number_malformed", "limit");
    check_refused(test::get(books.port(), "/v1/loans?township=530921999"), 404,
                  "township_not_found", "township");
    check_refused(test::get(books.port(), "/v1/entries?actor=clerk"), 400, "field_missing",
                  "booked_on");
    check_refused(test::get(books.port(), "/v1/loans?limit=1&limit=2"), 400, "query_malformed",
                  "limit");
    check_refused(test::get(books.port(), "/v1/loans/L-1?as_of=yesterday"), 400, "date_malformed",
                  "as_of");
    check_refused(test::get(books.port(), "/v1/loans/L-1?as_of=2016-08-30"), 422, "date_too_early",
                  "as_of");
    check_refused(test::get(books.port(), "/v1/trial-balance?known_at=then"), 400, "date_malformed",
                  "known_at");
    check_refused(
        test::get(books.port(), "/v1/trial-balance?booked_through=2016-08-30&as_of=2016-08-30"),
        400, "argument_not_wanted", "as_of");
    check_refused(test::get(books.port(), "/v1/explain/loan/L-1?as_of=2016-08-30"), 422,
                  "date_too_early", "as_of");
    check_refused(test::get(books.port(), "/v1/loans?borrower=B-9"), 404, "borrower_not_found",
                  "borrower");
    check_refused(
        test::get(books.port(), "/v1/statistics/portfolio?from=2016-01-01&until=2015-01-01"), 422,
        "date_too_early", "until");
    check_refused(test::get(books.port(), "/v1/county", {"Daifu-County: 530922"}), 401,
                  "sign_in_needed", ""); // whoever signed in here is nobody there
    check_refused(test::get(books.port(), "/v1/entries/x"), 400, "number_malformed", "number");
    check_refused(test::get(books.port(), "/v1/entries/999"), 404, "entry_not_found", "number");
    check_refused(test::get(books.port(), "/v1/borrowers/B-9"), 404, "borrower_not_found",
                  "borrower");
}

TEST_CASE("A body that is slow, chunked or unmeasured is refused and leaves the books alone")
{
    test::DaifudSetup setup;
    setup.limits = "read_deadline_ms = 700";
    Books books{setup};
    books.lend();
    auto const before = books.state();
    test::RawClient slow{books.port()};
    slow.send("POST " + repay + " HTTP/1.1\r\nHost: localhost\r\n" + json + "\r\n" + key +
              "\r\nContent-Length: 17\r\n\r\n{\"amount\":");
    check_refused(slow.read_answer(), 408, "request_timeout", "");
    test::RawClient chunked{books.port()};
    chunked.send("POST " + repay + " HTTP/1.1\r\nHost: localhost\r\n" + json + "\r\n" + key +
                 "\r\nTransfer-Encoding: chunked\r\n\r\n");
    check_refused(chunked.read_answer(), 501, "transfer_encoding_refused", "Transfer-Encoding");
    test::RawClient unmeasured{books.port()};
    unmeasured.send("POST " + repay + " HTTP/1.1\r\nHost: localhost\r\n" + json + "\r\n" + key +
                    "\r\n\r\n");
    check_refused(unmeasured.read_answer(), 411, "length_required", "Content-Length");
    test::RawClient nonsense{books.port()};
    nonsense.send("nonsense\r\n\r\n");
    check_refused(nonsense.read_answer(), 400, "request_malformed", "");
    for (char const* target : {"/v1/borrowers?after=王", "/v1/borrowers?after=%zz", "/v1/loans/李"})
    {
        test::RawClient spelled{books.port()};
        spelled.send("GET " + std::string{target} + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        check_refused(spelled.read_answer(), 400, "address_not_encoded", "");
    }
    CHECK(books.state() == before);
}
