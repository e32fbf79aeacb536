// `daifu schedule` from JSON to JSON, against figures that were published or computed apart from
// it: actual/360, half up to the fen, unless a row says otherwise.
#include "wire/schedule.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

namespace {

using namespace ledger;
namespace json = boost::json;

json::object planned(std::string const& body)
{
    auto const request = wire::parse_object(body);
    REQUIRE(request.has_value());
    auto const answer = wire::schedule_answer(*request);
    if (!answer) FAIL(name_of(answer.error().code) << " " << answer.error().field);
    return *answer;
}

std::string text_at(json::value const& object, char const* key)
{
    return std::string{object.at(key).as_string()};
}

/// 100,000.00 at 4.75 % from 2016-01-01, with the rest of the terms.
std::string loan_of_100000(std::string const& rest)
{
    return R"({"principal":"100000.00","annual_rate":"4.75",)"
           R"("disbursements":[{"on":"2016-01-01","amount":"100000.00"}],)" +
           rest + "}";
}

} // namespace

TEST_CASE("Interest of 100,000.00 at 4.75 % is what the tables of the rural unions say", "[wire]")
{
    struct Row {
        int days;
        char const* due_on;
        char const* actual_360;
        char const* actual_365;
    };
    auto const row = GENERATE(values<Row>({
        {90, "2016-03-31", "1187.50", "1171.23"},
        {91, "2016-04-01", "1200.69", "1184.25"},
        {92, "2016-04-02", "1213.89", "1197.26"},
        {365, "2016-12-31", "4815.97", "4750.00"},
    }));
    for (std::string const count : {"actual_360", "actual_365"}) {
        auto const answer =
            planned(loan_of_100000(R"("method":"at_maturity","day_count":")" + count +
                                   R"(","due_on":[")" + row.due_on + R"("])"));
        auto const& rows = answer.at("instalments").as_array();
        REQUIRE(rows.size() == 1);
        CHECK(rows[0].at("days").as_int64() == row.days);
        CHECK(text_at(rows[0], "interest") ==
              (count == "actual_360" ? row.actual_360 : row.actual_365));
    }
}

TEST_CASE("Two years settled quarterly on the 20th are nine payments of interest", "[wire]")
{
    auto const answer =
        planned(R"({"principal":"100000.00","annual_rate":"4.75","method":"interest_only",)"
                R"("every":{"count":1,"unit":"quarter"},"instalments":8,"settlement_day":20,)"
                R"("disbursements":[{"on":"2015-11-10","amount":"100000.00"}]})");
    struct Row {
        char const* from;
        char const* due_on;
        int days;
        char const* interest;
    };
    std::vector<Row> const expected{
        {"2015-11-10", "2015-12-20", 40, "527.78"},  {"2015-12-20", "2016-03-20", 91, "1200.69"},
        {"2016-03-20", "2016-06-20", 92, "1213.89"}, {"2016-06-20", "2016-09-20", 92, "1213.89"},
        {"2016-09-20", "2016-12-20", 91, "1200.69"}, {"2016-12-20", "2017-03-20", 90, "1187.50"},
        {"2017-03-20", "2017-06-20", 92, "1213.89"}, {"2017-06-20", "2017-09-20", 92, "1213.89"},
        {"2017-09-20", "2017-11-10", 51, "672.92"},
    };
    auto const& rows = answer.at("instalments").as_array();
    REQUIRE(rows.size() == expected.size());
    for (std::size_t n = 0; n < rows.size(); ++n) {
        INFO(n + 1);
        CHECK(rows[n].at("number").as_int64() == static_cast<std::int64_t>(n + 1));
        CHECK(text_at(rows[n], "from") == expected[n].from);
        CHECK(text_at(rows[n], "until") == expected[n].due_on);
        CHECK(text_at(rows[n], "due_on") == expected[n].due_on);
        CHECK(rows[n].at("days").as_int64() == expected[n].days);
        CHECK(text_at(rows[n], "interest") == expected[n].interest);
        CHECK(text_at(rows[n], "principal") == (n + 1 == rows.size() ? "100000.00" : "0.00"));
        CHECK(text_at(rows[n], "balance") == (n + 1 == rows.size() ? "0.00" : "100000.00"));
    }
    CHECK(wire::text_of(answer.at("totals").as_object()) ==
          R"({"principal":"100000.00","interest":"9645.14","total":"109645.14"})");
}

TEST_CASE("Twenty-four months at 4.75 % are the bank calculator's", "[wire]")
{
    // Unrounded the interest is 5,022.83 and 4,947.92; twenty-four interests rounded to the fen,
    // one by one, add up to a fen more and a fen less.
    struct Row {
        char const* method;
        char const* first_total;
        char const* interest;
    };
    auto const row = GENERATE(values<Row>({
        {"equal_instalments", "4375.95", "5022.84"},
        {"equal_principal", "4562.50", "4947.91"},
    }));
    auto const answer = planned(loan_of_100000(std::string{R"("method":")"} + row.method +
                                               R"(","interest_per":"period","instalments":24)"));
    CHECK(answer.at("instalments").as_array().size() == 24);
    CHECK(text_at(answer.at("instalments").as_array()[0], "total") == row.first_total);
    CHECK(text_at(answer.at("totals"), "interest") == row.interest);
    CHECK(text_at(answer.at("totals"), "principal") == "100000.00");
}

TEST_CASE("Disbursements may stand in any order", "[wire]")
{
    std::string const terms = R"({"principal":"5000","annual_rate":"6","method":"equal_principal",)"
                              R"("due_on":["2016-02-01","2016-09-01"],"disbursements":)";
    CHECK(planned(terms + R"([{"on":"2016-01-01","amount":"2000"},)"
                          R"({"on":"2016-01-11","amount":"3000"}]})") ==
          planned(terms + R"([{"on":"2016-01-11","amount":"3000"},)"
                          R"({"on":"2016-01-01","amount":"2000"}]})"));
}

TEST_CASE("A schedule that cannot be made is refused with the field to blame", "[wire]")
{
    struct Row {
        char const* what;
        std::string body;
        Refusal code;
        char const* field;
    };
    std::string const terms = R"({"principal":"5000","annual_rate":"6","method":"at_maturity",)"
                              R"("due_on":["2016-02-01"])";
    std::string const paid_out = R"(,"disbursements":[{"on":"2016-01-01","amount":"5000"}])";
    auto const row = GENERATE_COPY(values<Row>({
        {"no disbursements", terms + "}", Refusal::field_missing, "disbursements"},
        {"an empty list of them", terms + R"(,"disbursements":[]})", Refusal::list_length_wrong,
         "disbursements"},
        {"a disbursement of nothing",
         terms + R"(,"disbursements":[{"on":"2016-01-01","amount":"1"},)"
                 R"({"on":"2016-01-02","amount":"0"}]})",
         Refusal::amount_must_be_positive, "disbursements[1].amount"},
        {"a disbursement that is a number", terms + R"(,"disbursements":[7]})",
         Refusal::field_wrong_type, "disbursements[0]"},
        {"more than the principal",
         terms + R"(,"disbursements":[{"on":"2016-01-01","amount":"5000.01"}]})",
         Refusal::terms_contradict, "disbursements"},
        {"paid out on the due date",
         terms + R"(,"disbursements":[{"on":"2016-02-01","amount":"5000"}]})",
         Refusal::terms_contradict, "due_on"},
        {"a key that does not exist", terms + paid_out + R"(,"fees":"5"})", Refusal::field_unknown,
         "fees"},
        {"a key of a disbursement that does not exist",
         terms + R"(,"disbursements":[{"on":"2016-01-01","amount":"1","fee":"5"}]})",
         Refusal::field_unknown, "disbursements[0].fee"},
        {"no rate on the first day",
         R"({"principal":"5000","rates":[{"from":"2016-01-02","annual_rate":"6"}],)"
         R"("method":"at_maturity","due_on":["2016-02-01"])" +
             paid_out + "}",
         Refusal::terms_contradict, "rates[0].from"},
        {"rates out of order",
         R"({"principal":"5000","rates":[{"from":"2016-01-01","annual_rate":"6"},)"
         R"({"from":"2015-01-01","annual_rate":"6"}],)"
         R"("method":"at_maturity","due_on":["2016-02-01"])" +
             paid_out + "}",
         Refusal::terms_contradict, "rates"},
    }));
    INFO(row.what);
    auto const request = wire::parse_object(row.body);
    REQUIRE(request.has_value());
    auto const answer = wire::schedule_answer(*request);
    REQUIRE_FALSE(answer.has_value());
    CHECK(name_of(answer.error().code) == name_of(row.code));
    CHECK(answer.error().field == row.field);
}
