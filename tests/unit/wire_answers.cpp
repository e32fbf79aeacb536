// Answers: no JSON number is money, absent is null, personal data is masked.
#include "wire/answers.hpp"
#include "wire/register_answers.hpp"

#include "wire/json.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <algorithm>

namespace {

using namespace ledger;

store::Instant instant(std::int64_t microseconds)
{
    return store::Instant{std::chrono::microseconds{microseconds}};
}

LoanNumber loan_number(std::string_view text)
{
    return LoanNumber::parse(text).value();
}

} // namespace

TEST_CASE(
    "Instants are RFC 3339 with microseconds, told in UTC and taken of any offset, before 1970 too",
    "[wire]")
{
    CHECK(wire::rfc3339(instant(0)) == "1970-01-01T00:00:00.000000Z");
    CHECK(wire::rfc3339(instant(1)) == "1970-01-01T00:00:00.000001Z");
    CHECK(wire::instant_of("1970-01-01T00:00:00.000001Z").value() == instant(1));
    CHECK(wire::instant_of("1970-01-01T00:00:01Z").value() == instant(1'000'000));
    CHECK(wire::instant_of("1970-01-01T00:00:00.5Z").value() == instant(500'000));
    CHECK(wire::instant_of("1970-01-01T08:00:01+08:00").value() == instant(1'000'000));
    CHECK(wire::instant_of("1969-12-31T20:30:00.5-03:30").value() == instant(500'000));
    for (char const* wrong :
         {"", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01 00:00:00Z", "1970-02-30T00:00:00Z",
          "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z", "1970-01-01T00:00:60Z",
          "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00.1234567Z", "1970-01-01T0a:00:00Z",
          "1970-01-01T00:00:00+8:00", "1970-01-01T00:00:00+15:00", "1970-01-01T00:00:00,5Z"})
        CHECK(wire::instant_of(wrong).error().code == Refusal::date_malformed);
    CHECK(wire::rfc3339(instant(1'472'619'723'000'004)) == "2016-08-31T05:02:03.000004Z");
    CHECK(wire::rfc3339(instant(-1)) == "1969-12-31T23:59:59.999999Z");
}

TEST_CASE("Minor units are written with the decimals of their unit", "[wire]")
{
    struct Row {
        std::int64_t minor_units;
        char const* unit;
        char const* text;
    };
    auto const row = GENERATE(values<Row>({
        {0, "CNY", "0.00"},
        {5, "CNY", "0.05"},
        {-123'456, "CNY", "-1234.56"},
        {5'000, "HOUSEHOLD", "0.5000"},
        {31'234, "PERSON", "3.1234"},
        {std::numeric_limits<std::int64_t>::min(), "CNY", "-92233720368547758.08"},
    }));
    CHECK(wire::minor_units_text(row.minor_units, row.unit) == row.text);
}

TEST_CASE("A problem carries code, both languages, field and limit", "[wire]")
{
    auto const problem = wire::problem_json({Refusal::fund_overdrawn, "amount", "1200.00"}, 422,
                                            "r-1", "/v1/loans/L-1/approval");
    CHECK(wire::text_of(problem) ==
          R"({"type":"/docs/problems#fund_overdrawn","status":422,"code":"fund_overdrawn",)"
          R"("kind":"rule","title":"The fund has only 1200.00 yuan available",)"
          R"("title_zh":"资金来源可用余额只有 1200.00 元","field":"amount","limit":"1200.00",)"
          R"("detail":"amount: The fund has only 1200.00 yuan available. )"
          R"(资金来源可用余额只有 1200.00 元。","request_id":"r-1",)"
          R"("instance":"/v1/loans/L-1/approval"})");
    auto const bare = wire::problem_json({Refusal::loan_not_found, "", ""}, 404, "");
    CHECK(bare.at("field").is_null());
    CHECK(bare.at("limit").is_null());
    CHECK(bare.at("request_id").is_null());
}

TEST_CASE("Every refusal can be written as a problem", "[wire]")
{
    for (Refusal const code : all_refusals()) {
        auto const problem = wire::problem_json({code, "", "1"}, 400, "r-1");
        CHECK(problem.at("code").as_string() == boost::json::string_view{name_of(code)});
        CHECK_FALSE(problem.at("title_zh").as_string().empty());
        CHECK_FALSE(problem.at("kind").as_string().empty());
    }
}

TEST_CASE("A receipt is written with null for what there is none of", "[wire]")
{
    store::Receipt receipt;
    receipt.command = "repay";
    receipt.subject = "L-1";
    receipt.entry_number = 17;
    receipt.event_sequence = 3;
    receipt.booked_on = Date{2016, 8, 31};
    receipt.value_on = Date{2016, 8, 30};
    receipt.recorded_at = instant(1'472'619'723'000'004);
    receipt.allocation =
        Allocation{Money::fen(5),   Money::fen(1),    Money::fen(6), Money::fen(20),
                   Money::fen(300), Money::fen(4000), interest_first};
    receipt.principal_outstanding = Money::yuan(5);
    receipt.entry_digest = "ab";
    CHECK(wire::text_of(wire::to_json(receipt)) ==
          R"({"command":"repay","subject":"L-1","entry_number":17,"event_sequence":3,)"
          R"("booked_on":"2016-08-31","value_on":"2016-08-30",)"
          R"("recorded_at":"2016-08-31T05:02:03.000004Z",)"
          R"("allocation":{"cost":"0.05","penalty":"0.01","compound":"0.06","interest":"0.20",)"
          R"("principal":"3.00","overpayment":"40.00",)"
          R"("order":["cost","penalty","compound","interest","principal"],"by":"instalment"},)"
          R"("principal_outstanding":"5.00","fund_available":null,)"
          R"("entry_digest":"ab","warnings":[]})");
}

TEST_CASE("A borrower's resident id leaves masked", "[wire]")
{
    store::BorrowerCard card;
    card.borrower.number = BorrowerNumber::parse("B-1").value();
    card.masked[PersonalKind::resident_id] =
        ResidentId::parse("530921190001010003").value().masked();
    card.loans = {loan_number("L-1")};
    std::string const text = wire::text_of(wire::to_json(card));
    CHECK(text.find("530921190001010003") == std::string::npos);
    CHECK(text.find("530921********0003") != std::string::npos);
    CHECK(text.find(R"("loans":["L-1"])") != std::string::npos);
}

TEST_CASE("The trial balance adds up each unit and says whether it balances", "[wire]")
{
    store::TrialBalanceLine bank;
    bank.code = AccountCode::parse("1002").value();
    bank.unit = "CNY";
    bank.debits = 100;
    store::TrialBalanceLine fund = bank;
    fund.debits = 0;
    fund.credits = 100;
    std::vector<store::TrialBalanceLine> lines{bank, fund};
    auto const sound = wire::trial_balance_json(lines, {.booked_through = Date{2016, 8, 31}});
    CHECK(wire::text_of(sound.at("totals").as_array().at(0).as_object()) ==
          R"({"unit":"CNY","debits":"1.00","credits":"1.00","is_balanced":true})");
    CHECK(sound.at("booked_through").as_string() == "2016-08-31");
    lines.back().credits = 99;
    auto const wrong = wire::trial_balance_json(lines, {});
    CHECK_FALSE(wrong.at("totals").as_array().at(0).at("is_balanced").as_bool());
    CHECK(wrong.at("booked_through").is_null());
    CHECK(wrong.at("as_of").is_null());
}

TEST_CASE("Each published figure bears the code of an indicator", "[wire]")
{
    for (auto const& [report, line] : {
             std::pair{Report::portfolio, wire::to_json(store::PortfolioLine{})},
             std::pair{Report::funds, wire::to_json(store::FundFigures{})},
             std::pair{Report::reach, wire::to_json(store::ReachLine{})},
         })
    {
        for (auto const& member : line) {
            std::string const key{member.key()};
            if (key == "key" || key == "name") continue;
            INFO(key);
            CHECK(indicator_named(key) != nullptr);
        }
        for (Indicator const& indicator : all_indicators()) {
            if (indicator.report != report) continue;
            INFO(indicator.code);
            CHECK(line.contains(boost::json::string_view{indicator.code}));
        }
    }
}

TEST_CASE("A fund's use and its caps are shares of what was paid in and of the caps", "[wire]")
{
    store::FundFigures figures;
    CHECK(wire::to_json(figures).at("fund_use_rate").is_null());
    figures.approved = Money::yuan(3'000'000);
    figures.caps = Money::yuan(1); // no share has a limit
    CHECK(wire::to_json(figures).at("cap_use_rate") == "300000000.00");
    figures.fund.paid_in = Money::yuan(300);
    figures.fund.reserved = Money::yuan(50);
    figures.fund.lent = Money::yuan(150);
    figures.approved = Money::yuan(1);
    figures.caps = Money::yuan(3);
    auto const line = wire::to_json(figures);
    CHECK(line.at("fund_use_rate") == "66.6667");
    CHECK(line.at("cap_use_rate") == "33.3333");
    store::ReachLine reach;
    reach.poor_villages = 43;
    reach.with_cooperation = 15;
    reach.members = {214, 107};
    auto const reached = wire::to_json(reach);
    CHECK(reached.at("villages_with_cooperation_rate") == "34.8837");
    CHECK(reached.at("planned_members") == 214);
    CHECK(reached.at("reached_members_rate") == "50.00");
}

TEST_CASE("The portfolio's last line is the county, the others are townships", "[wire]")
{
    store::PortfolioLine township;
    township.key = "530921206";
    store::PortfolioLine const county;
    std::vector<store::PortfolioLine> const lines{township, county};
    auto const answer =
        wire::portfolio_json(lines, Date{2015, 1, 1}, std::nullopt, ledger::Dimension::township);
    CHECK(answer.at("lines").as_array().size() == 1);
    CHECK(answer.at("by") == "township");
    CHECK(answer.at("county").as_object().at("key").is_null());
    CHECK(answer.at("from").as_string() == "2015-01-01");
    CHECK(answer.at("until").is_null());
}

TEST_CASE("Rates are shares of what is outstanding, and null when nothing is", "[wire]")
{
    store::PortfolioLine line;
    CHECK(wire::to_json(line).at("par30_rate").is_null());
    line.outstanding = Money::yuan(30'000);
    line.overdue = Money::yuan(5'000); // 1/6 = 16.66667 %
    line.par30 = Money::yuan(10'000);
    line.par90 = Money::yuan(30'000);
    CHECK(wire::to_json(line).at("overdue_rate").as_string() == "16.6667");
    CHECK(wire::to_json(line).at("par30_rate").as_string() == "33.3333");
    CHECK(wire::to_json(line).at("par90_rate").as_string() == "100.00");
}

TEST_CASE("A full page of loans names the next one, a short page does not", "[wire]")
{
    std::vector<store::LoanLine> lines(2);
    lines.back().number = "L-2";
    CHECK(wire::loans_json(lines, 2).at("next").as_string() == "L-2");
    CHECK(wire::loans_json(lines, 3).at("next").is_null());
    CHECK(wire::loans_json({}, 3).at("next").is_null());
}

TEST_CASE("The doctor is content only when every check is", "[wire]")
{
    std::vector<store::Check> checks(2);
    CHECK(wire::doctor_json(checks).at("is_sound").as_bool());
    checks.front().violation_count = 1;
    checks.front().violations = {"entry 7 is off by 0.01"};
    auto const answer = wire::doctor_json(checks);
    CHECK_FALSE(answer.at("is_sound").as_bool());
    CHECK(answer.at("checks").as_array().at(0).at("violations").as_array().size() == 1);
}
