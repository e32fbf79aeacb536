// `daifu replay` from JSON to JSON. One loan, chosen so that its figures can be added up by hand:
// 12,000.00 at 6 %, actual/360, is 2.00 of interest a day; paid out on 2016-01-01, interest due on
// 2016-04-01 (91 days: 182.00) and on 2016-07-01 (91 days: 182.00) with the principal. With a
// penalty margin of 50 % overdue principal bears 9 %: 3.00 a day.
#include "wire/replay.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <map>

namespace {

using namespace ledger;
namespace json = boost::json;

Result<json::object> replayed(std::string const& later_events, std::string const& as_of,
                              std::string const& more = {})
{
    auto const request = wire::parse_object(
        R"({"principal":"12000.00","annual_rate":"6","method":"interest_only",)"
        R"("due_on":["2016-04-01","2016-07-01"],"penalty_margin_percent":"50",)"
        R"("events":[{"type":"disbursed","value_on":"2016-01-01","amount":"12000.00"})" +
        later_events + R"(],"as_of":")" + as_of + '"' + more + '}');
    REQUIRE(request.has_value());
    return wire::replay_answer(*request);
}

std::string repaid(std::string const& value_on, std::string const& amount,
                   std::string const& booked_on = {})
{
    std::string event =
        R"(,{"type":"repaid","value_on":")" + value_on + R"(","amount":")" + amount + '"';
    if (!booked_on.empty()) event += R"(,"booked_on":")" + booked_on + '"';
    return event + '}';
}

std::string text_at(json::value const& object, char const* key)
{
    return std::string{object.at(key).as_string()};
}

/// "penalty interest principal overpayment", or "-" where there is none.
std::string allocation_text(json::value const& allocation)
{
    if (allocation.is_null()) return "-";
    return text_at(allocation, "penalty") + ' ' + text_at(allocation, "interest") + ' ' +
           text_at(allocation, "principal") + ' ' + text_at(allocation, "overpayment");
}

struct Row {
    char const* what;
    std::string events;
    char const* as_of;
    // expected
    char const* status;
    int days_past_due;
    char const* payoff;
    char const* normal;
    char const* overdue;
    char const* interest;    ///< receivable
    char const* penalty;     ///< receivable
    char const* overpayment; ///< held for the borrower
    std::vector<char const*> allocations;
};

std::string const reversal = R"(,{"type":"reversed","sequence":2,"booked_on":"2016-02-05"})";
std::vector<Row> const standings{
    // 31 days after the disbursement: 31 x 2.00 = 62.00
    {"untouched",
     "",
     "2016-02-01",
     "active",
     0,
     "12062.00",
     "12000.00",
     "0.00",
     "62.00",
     "0.00",
     "0.00",
     {"-"}},
    {"on time",
     repaid("2016-04-01", "182.00") + repaid("2016-07-01", "12182.00"),
     "2016-08-01",
     "settled",
     0,
     "0.00",
     "0.00",
     "0.00",
     "0.00",
     "0.00",
     "0.00",
     {"-", "0.00 182.00 0.00 0.00", "0.00 182.00 12000.00 0.00"}},
    // 2016-07-31 is 30 days after 2016-07-01: 30 x 3.00 = 90.00; 12000 + 182 + 90
    {"late and unpaid",
     repaid("2016-04-01", "182.00"),
     "2016-07-31",
     "active",
     30,
     "12272.00",
     "0.00",
     "12000.00",
     "182.00",
     "90.00",
     "0.00",
     {"-", "0.00 182.00 0.00 0.00"}},
    {"late and paid",
     repaid("2016-04-01", "182.00") + repaid("2016-07-31", "12272.00"),
     "2016-08-01",
     "settled",
     0,
     "0.00",
     "0.00",
     "0.00",
     "0.00",
     "0.00",
     "0.00",
     {"-", "0.00 182.00 0.00 0.00", "90.00 182.00 12000.00 0.00"}},
    // 100.00 do not cover the penalty of 90.00 and the interest of 182.00: 90 + 10, 172 left
    {"late and paid in part",
     repaid("2016-04-01", "182.00") + repaid("2016-07-31", "100.00"),
     "2016-07-31",
     "active",
     30,
     "12172.00",
     "0.00",
     "12000.00",
     "172.00",
     "0.00",
     "0.00",
     {"-", "0.00 182.00 0.00 0.00", "90.00 10.00 0.00 0.00"}},
    // 31 days x 2.00 = 62.00, then 6000.00 of principal; 60 days x 1.00 = 60.00 to 2016-04-01
    {"early",
     repaid("2016-02-01", "6062.00"),
     "2016-04-01",
     "active",
     0,
     "6060.00",
     "6000.00",
     "0.00",
     "60.00",
     "0.00",
     "0.00",
     {"-", "0.00 62.00 6000.00 0.00"}},
    {"overpaid",
     repaid("2016-04-01", "182.00") + repaid("2016-07-01", "12282.00"),
     "2016-08-01",
     "settled",
     0,
     "0.00",
     "0.00",
     "0.00",
     "0.00",
     "0.00",
     "100.00",
     {"-", "0.00 182.00 0.00 0.00", "0.00 182.00 12000.00 100.00"}},
    {"reversed",
     repaid("2016-02-01", "6062.00") + reversal,
     "2016-04-01",
     "active",
     0,
     "12182.00",
     "12000.00",
     "0.00",
     "182.00",
     "0.00",
     "0.00",
     {"-", "-", "-"}},
    // entered on 2016-04-10: the 182.00 of 2016-04-01 were 60.00 of interest and 122.00 of
    // principal after all; 5878.00 x 6 % x 91 / 360 = 89.1497 by 2016-07-01
    {"backdated",
     repaid("2016-04-01", "182.00") + repaid("2016-02-01", "6062.00", "2016-04-10"),
     "2016-07-01",
     "active",
     0,
     "5967.15",
     "5878.00",
     "0.00",
     "89.15",
     "0.00",
     "0.00",
     {"-", "0.00 60.00 122.00 0.00", "0.00 62.00 6000.00 0.00"}},
    {"not yet paid on that day",
     repaid("2016-04-01", "182.00"),
     "2016-03-31",
     "active",
     0,
     "12180.00",
     "12000.00",
     "0.00",
     "180.00",
     "0.00",
     "0.00",
     {"-", "-"}},
};

} // namespace

TEST_CASE("A replayed loan stands where a calculation by hand puts it", "[wire]")
{
    auto const row = GENERATE(from_range(standings));
    INFO(row.what);
    auto const answer = replayed(row.events, row.as_of);
    if (!answer) FAIL(name_of(answer.error().code) << " " << answer.error().field);
    CHECK(text_at(*answer, "status") == row.status);
    CHECK(answer->at("days_past_due").as_int64() == row.days_past_due);
    CHECK(text_at(*answer, "payoff") == row.payoff);
    json::value const& positions = answer->at("positions");
    CHECK(text_at(positions, "principal_normal") == row.normal);
    CHECK(text_at(positions, "principal_overdue") == row.overdue);
    CHECK(text_at(positions, "interest_receivable") == row.interest);
    CHECK(text_at(positions, "penalty_receivable") == row.penalty);
    CHECK(text_at(positions, "overpayment") == row.overpayment);
    auto const& events = answer->at("events").as_array();
    REQUIRE(events.size() == row.allocations.size());
    for (std::size_t n = 0; n < events.size(); ++n) {
        INFO(n + 1);
        CHECK(events[n].at("sequence").as_int64() == static_cast<std::int64_t>(n + 1));
        CHECK(allocation_text(events[n].at("allocation")) == row.allocations[n]);
    }
}

TEST_CASE("What a backdated payment changes is still shown as it was first booked", "[wire]")
{
    auto const answer =
        replayed(repaid("2016-04-01", "182.00") + repaid("2016-02-01", "6062.00", "2016-04-10"),
                 "2016-07-01");
    REQUIRE(answer.has_value());
    json::value const& first = answer->at("events").as_array()[1];
    CHECK(allocation_text(first.at("allocation_when_booked")) == "0.00 182.00 0.00 0.00");
    CHECK(allocation_text(first.at("allocation")) == "0.00 60.00 122.00 0.00");
    json::value const& last = answer->at("entries").as_array().back();
    CHECK(last.at("event").as_int64() == 3);
    CHECK(text_at(last, "value_on") == "2016-02-01");
    CHECK(text_at(last, "booked_on") == "2016-04-10");
}

TEST_CASE("Replayed entries balance, and add up to the positions that they booked", "[wire]")
{
    auto const answer =
        replayed(repaid("2016-02-01", "6062.00") +
                     R"(,{"type":"reversed","sequence":2,)"
                     R"("booked_on":"2016-02-05"})" +
                     repaid("2016-04-01", "182.00") + repaid("2016-08-15", "12500.00"),
                 "2016-08-15");
    REQUIRE(answer.has_value());
    std::map<std::string, std::int64_t> debits_less_credits;
    for (json::value const& entry : answer->at("entries").as_array()) {
        std::int64_t balance = 0;
        for (json::value const& posting : entry.at("postings").as_array()) {
            std::int64_t const fen = Money::parse(text_at(posting, "amount")).value().fen();
            std::int64_t const change = text_at(posting, "side") == "debit" ? fen : -fen;
            balance += change;
            debits_less_credits[text_at(posting, "account")] += change;
        }
        CHECK(balance == 0);
    }
    struct Account {
        char const* code;
        char const* position;
        int normal; ///< +1 debit, -1 credit
    };
    std::vector<Account> const accounts{
        {"1002", "bank", 1},
        {"1303.01", "principal_normal", 1},
        {"1303.02", "principal_overdue", 1},
        {"1132.01", "interest_receivable", 1},
        {"1132.02", "penalty_receivable", 1},
        {"2241.01", "overpayment", -1},
        {"6011.01", "interest_income", -1},
        {"6011.02", "penalty_income", -1},
        {"2314.01", "fund_available", -1},
        {"2314.02", "fund_reserved", -1},
        {"2314.03", "fund_lent", -1},
    };
    json::value const& booked = answer->at("booked_positions");
    for (Account const& account : accounts) {
        INFO(account.code);
        CHECK(Money::parse(text_at(booked, account.position)).value().fen() ==
              account.normal * debits_less_credits[account.code]);
    }
    // 45 days x 3.00 = 135.00 of penalty; 12500 - 135 - 182 - 12000 = 183.00 too much
    CHECK(allocation_text(answer->at("events").as_array().back().at("allocation")) ==
          "135.00 182.00 12000.00 183.00");
    CHECK(text_at(booked, "bank") == "682.00"); // -12000 + 182 + 12500
}

TEST_CASE("A disbursement without an approval is approved for, an approval is taken as given",
          "[wire]")
{
    auto const by_itself = replayed("", "2016-01-01");
    REQUIRE(by_itself.has_value());
    auto const& entries = by_itself->at("entries").as_array();
    REQUIRE(entries.size() == 2);
    CHECK(text_at(entries[0], "cause") == "approval");
    CHECK(text_at(entries[1], "cause") == "disbursement");
    CHECK(text_at(*by_itself, "approved") == "12000.00");

    auto const too_little = replayed(
        R"(,{"type":"approved","value_on":"2016-01-01","amount":"5000.00"})", "2016-01-01");
    REQUIRE_FALSE(too_little.has_value()); // the disbursement stands before it
    CHECK(too_little.error().field.starts_with("events[0]"));
}

TEST_CASE("A replay that cannot be is refused with the event to blame", "[wire]")
{
    struct Bad {
        char const* what;
        std::string events;
        char const* code;
        char const* field;
    };
    auto const row = GENERATE_COPY(values<Bad>({
        {"an event nobody knows", R"(,{"type":"waived","value_on":"2016-02-01","amount":"1"})",
         "choice_unknown", "events[1].type"},
        {"an event without its type", R"(,{"sequence":1,"booked_on":"2016-02-01"})",
         "field_missing", "events[1].type"},
        {"money as a number", R"(,{"type":"repaid","value_on":"2016-02-01","amount":1})",
         "number_must_be_text", "events[1].amount"},
        {"an amount for a reversal",
         R"(,{"type":"reversed","sequence":1,"booked_on":"2016-02-01","amount":"1"})",
         "field_unknown", "events[1].amount"},
        {"a reversal of what is not there",
         R"(,{"type":"reversed","sequence":2,"booked_on":"2016-02-01"})", "event_not_found",
         "events[1].sequence"},
        {"a reversal twice",
         repaid("2016-02-01", "5.00") +
             R"(,{"type":"reversed","sequence":2,"booked_on":"2016-02-01"})"
             R"(,{"type":"reversed","sequence":2,"booked_on":"2016-02-01"})",
         "event_already_reversed", "events[3].sequence"},
        {"entered before it took effect", repaid("2016-02-01", "5.00", "2016-01-31"),
         "date_in_future", "events[1].value_on"},
        {"repaid before it was paid out", repaid("2015-12-31", "5.00", "2016-01-31"),
         "value_date_before_disbursement", "events[1].value_on"},
        {"more than was approved",
         R"(,{"type":"disbursed","value_on":"2016-02-01","amount":"0.01"})",
         "loan_not_awaiting_disbursement", "events[1]"},
    }));
    INFO(row.what);
    auto const answer = replayed(row.events, "2016-08-01");
    REQUIRE_FALSE(answer.has_value());
    CHECK(name_of(answer.error().code) == row.code);
    CHECK(answer.error().field == row.field);
}

TEST_CASE("The order of allocation is the request's", "[wire]")
{
    // 30 days late; 100.00: principal first
    auto const answer = replayed(repaid("2016-04-01", "182.00") + repaid("2016-07-31", "100.00"),
                                 "2016-07-31", R"(,"allocation_order":"principal_first")");
    REQUIRE(answer.has_value());
    CHECK(allocation_text(answer->at("events").as_array()[2].at("allocation")) ==
          "0.00 0.00 100.00 0.00");
}
