// What somebody who attacked the pure doors found, each as the smallest replay that showed it.
#include "wire/replay.hpp"
#include "wire/schedule.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace {

namespace json = boost::json;

/// The loan of the reference's examples: 12,000.00 at 6 %, interest on 1 April and 1 July.
json::object loan_with(std::string const& changed, std::string const& then,
                       std::string const& as_of)
{
    json::object request =
        json::parse(R"({"principal":"12000.00","annual_rate":"6","method":"interest_only",)"
                    R"("due_on":["2016-04-01","2016-07-01"],"penalty_margin_percent":"50"})")
            .as_object();
    json::value const changes = json::parse(changed);
    for (auto const& member : changes.as_object()) {
        if (member.value().is_null())
            request.erase(member.key());
        else
            request[member.key()] = member.value();
    }
    json::array events{
        json::parse(R"({"type":"disbursed","value_on":"2016-01-01","amount":"12000.00"})")};
    json::value const later = json::parse(then);
    for (auto const& event : later.as_array()) events.push_back(event);
    request["events"] = std::move(events);
    request["as_of"] = as_of;
    return request;
}

json::object answered(json::object const& request)
{
    auto const answer = wire::replay_answer(request);
    INFO(json::serialize(request));
    REQUIRE(answer);
    return *answer;
}

/// "4000.00 3000.00 0.00": a column of the instalments.
std::string column(json::object const& answer, char const* name)
{
    std::string text;
    for (auto const& row : answer.at("instalments").as_array()) {
        text += (text.empty() ? "" : " ") + std::string{row.at(name).as_string()};
    }
    return text;
}

} // namespace

TEST_CASE("An agreed rate of an extension or a new plan outlives later steps and resets", "[wire]")
{
    std::string const floating =
        R"({"annual_rate":null,"pricing":{"reset":"monthly","tier":"a"},)"
        R"("base_rates":[{"from":"2016-01-01","tier":"a","annual_rate":"6"}]})";
    auto const extended = answered(loan_with(
        floating,
        R"([{"type":"extended","value_on":"2016-05-20","until":"2016-10-01","annual_rate":"9",)"
        R"("priced_from":"2016-05-20"}])",
        "2016-10-01"));
    CHECK(extended.at("instalments").as_array().at(2).at("interest_due") == "276.00");
    CHECK(extended.at("annual_rate") == "9.00");

    auto const planned = answered(
        loan_with(floating,
                  R"([{"type":"rescheduled","value_on":"2016-04-01","method":"interest_only",)"
                  R"("instalments":3,"annual_rate":"9"}])",
                  "2016-07-01"));
    CHECK(column(planned, "interest_due") == "182.00 90.00 93.00 90.00");
}

TEST_CASE("Another rate leaves the shares of principal as they are", "[wire]")
{
    auto const answer = answered(loan_with(
        R"({"method":"equal_principal","due_on":["2016-04-01","2016-07-01","2016-10-01"]})",
        R"([{"type":"repaid","value_on":"2016-02-01","amount":"5062.00"},)"
        R"({"type":"rate_changed","value_on":"2016-02-03","annual_rate":"6"}])",
        "2016-02-03"));
    CHECK(column(answer, "principal_due") == "4000.00 3000.00 0.00");
}

TEST_CASE("Money that is held meets the debt before a write-off, and whenever it covers all",
          "[wire]")
{
    auto const recovered =
        answered(loan_with(R"({"in_advance":"next_instalment"})",
                           R"([{"type":"repaid","value_on":"2016-02-01","amount":"5000.00"},)"
                           R"({"type":"written_off","value_on":"2016-03-01"},)"
                           R"({"type":"recovered","value_on":"2016-03-05","amount":"7120.00"}])",
                           "2016-03-05"));
    CHECK(recovered.at("status") == "settled");
    CHECK(recovered.at("positions").at("overpayment") == "0.00");

    auto request = loan_with(
        R"({"principal":"100.00","annual_rate":"100","due_on":["2016-12-31"],)"
        R"("in_advance":"next_instalment"})",
        R"([{"type":"repaid","value_on":"2016-03-31","amount":"115.00"},)"
        R"({"type":"waived","value_on":"2016-03-31","component":"interest","amount":"20.00"}])",
        "2016-12-30");
    request["events"].as_array()[0].as_object()["amount"] = "100.00";
    auto const waived = answered(request);
    CHECK(waived.at("status") == "settled");
    CHECK(waived.at("positions").at("overpayment") == "10.00");
}

TEST_CASE("A loan of 1969 is a loan", "[wire]")
{
    auto const answer = wire::schedule_answer(
        json::parse(R"({"principal":"12000.00","method":"interest_only","instalments":1,)"
                    R"("rates":[{"from":"1960-01-01","annual_rate":"6"},)"
                    R"({"from":"1969-06-01","annual_rate":"9"}],)"
                    R"("disbursements":[{"on":"1969-12-01","amount":"12000.00"}]})")
            .as_object());
    REQUIRE(answer);
    CHECK(answer->at("totals").at("interest") == "93.00");
}

TEST_CASE("A reversal entered before its event was is refused", "[wire]")
{
    auto const refused = wire::replay_answer(loan_with(
        "{}", R"([{"type":"reversed","sequence":1,"booked_on":"2015-12-31"}])", "2016-01-05"));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ledger::Refusal::date_too_early);
    CHECK(refused.error().field == "events[1].booked_on");
    CHECK(refused.error().limit == "2016-01-01");
}

TEST_CASE("The steps of an extension are counted from the maturity before it moved", "[wire]")
{
    auto request = loan_with(
        R"({"due_on":null,"instalments":3,"due_day":"next"})",
        R"([{"type":"extended","value_on":"2016-03-01","until":"2016-07-30"}])", "2016-03-01");
    request["events"].as_array()[0].as_object()["value_on"] = "2016-01-30";
    auto const answer = answered(request);
    std::vector<std::string> due;
    for (auto const& row : answer.at("instalments").as_array()) {
        due.emplace_back(row.at("due_on").as_string());
    }
    CHECK(due == std::vector<std::string>{"2016-02-29", "2016-03-30", "2016-05-02", "2016-05-30",
                                          "2016-06-30", "2016-08-01"});
}

TEST_CASE("A maturity that a holiday moved back is extended beyond the day it was agreed for",
          "[wire]")
{
    auto request = loan_with(
        R"({"due_on":null,"instalments":1,"due_day":"previous"})",
        R"([{"type":"extended","value_on":"2016-04-15","until":"2016-04-30"}])", "2016-04-20");
    request["events"].as_array()[0].as_object()["value_on"] = "2016-03-30";
    auto const refused = wire::replay_answer(request);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ledger::Refusal::extension_not_later);
    CHECK(refused.error().limit == "2016-04-30");
}

TEST_CASE("Parts paid out may be entered in any order", "[wire]")
{
    auto request =
        loan_with("{}",
                  R"([{"type":"disbursed","value_on":"2015-12-01","booked_on":"2016-01-01",)"
                  R"("amount":"6000.00"}])",
                  "2016-01-01");
    request["events"].as_array()[0].as_object()["amount"] = "6000.00";
    CHECK(answered(request).at("disbursed") == "12000.00");
}

TEST_CASE("Another rate after money in advance keeps the number of instalments that were left",
          "[wire]")
{
    // 12,000.00 at 6 % in six monthly instalments from 31 January.
    auto const after = [](std::string const& changed, std::string const& amount,
                          std::string const& on, std::string const& rate) {
        return column(
            answered(loan_with(
                changed,
                R"([{"type":"repaid","value_on":")" + on + R"(","amount":")" + amount +
                    R"(","in_advance":"fewer_instalments"},{"type":"rate_changed","value_on":")" +
                    on + R"(","annual_rate":")" + rate + R"("}])",
                on)),
            "principal_due");
    };
    std::string const monthly =
        R"("due_on":null,"first_due_on":"2016-02-01","method":"equal_instalments","instalments":6)";
    // The last instalment takes all that is left, whatever the level is rounded to.
    CHECK(after("{" + monthly + R"(,"instalment_multiple":"1000.00"})", "11640.00", "2016-01-21",
                "3") == "400.00 0.00 0.00 0.00 0.00 0.00");
    CHECK(after("{" + monthly + R"(,"instalment_multiple":"100.00"})", "11020.00", "2016-01-11",
                "6.1") == "1000.00 0.00 0.00 0.00 0.00 0.00");
    // What the period has earned before the payment counts: three instalments stay three.
    auto const three = after("{" + monthly + "}", "8016.00", "2016-01-29", "5");
    CHECK(std::ranges::count(three, ' ') == 5);
    CHECK(three.ends_with(" 0.00 0.00 0.00"));
    CHECK_FALSE(three.ends_with(" 0.00 0.00 0.00 0.00"));
}
