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

std::string event(std::string const& type, std::string const& value_on,
                  std::string const& more = {})
{
    return R"(,{"type":")" + type + R"(","value_on":")" + value_on + '"' +
           (more.empty() ? "" : "," + more) + '}';
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
        {"an event nobody knows", R"(,{"type":"forgiven","value_on":"2016-02-01","amount":"1"})",
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

namespace {

/// One kind of event, the fields of it that come back, and a figure that it leaves.
struct Told {
    char const* what;
    std::string events; ///< the last is the one that is looked at
    char const* as_of;
    std::string more;
    char const* written; ///< the fields of its kind in the answer
    char const* figure;
    char const* expected;
};
std::string const late = R"(,"compounding":"simple")";
std::string const subsidised = R"(,"subsidy":{"paid_to":"lender","steps":[)"
                               R"({"from":"2016-01-01","kind":"share","percent":"50"}]})";
std::string const claimed = event("subsidy_claimed", "2016-04-05", R"("amount":"91.00")");
std::vector<Told> const told{
    {"overpayment_refunded",
     repaid("2016-07-01", "12500") +
         event("overpayment_refunded", "2016-07-02", R"("amount":"36.00")"),
     "2016-07-02", "", R"("amount":"36.00")", "positions.overpayment", "100.00"},
    {"waived", event("waived", "2016-04-01", R"("component":"interest","amount":"82.00")"),
     "2016-04-01", "", R"("component":"interest","amount":"82.00")", "owed.interest", "100.00"},
    // 30 days x 182.00 x 6 % / 360 = 0.91
    {"waived compound", event("waived", "2016-05-01", R"("component":"compound","amount":"0.90")"),
     "2016-05-01", late, R"("component":"compound","amount":"0.90")", "owed.compound", "0.01"},
    {"cost_charged", event("cost_charged", "2016-04-01", R"("amount":"50.00","reason":"r")"),
     "2016-04-01", "", R"("amount":"50.00")", "owed.cost", "50.00"},
    {"rate_changed", event("rate_changed", "2016-03-02", R"("annual_rate":"3")"), "2016-04-01", "",
     R"("annual_rate":"3.00")", "owed.interest", "152.00"},
    {"extended", event("extended", "2016-06-01", R"("until":"2016-10-01")"), "2016-06-01", "",
     R"("until":"2016-10-01","annual_rate":null,"priced_from":null)", "matures_on", "2016-10-01"},
    {"rescheduled",
     event("rescheduled", "2016-05-01",
           R"("method":"equal_principal","instalments":2,"grace_principal":1)"),
     "2016-05-01", "",
     R"("method":"equal_principal","every":{"count":1,"unit":"month"},"instalments":2,)"
     R"("first_due_on":null,"grace_principal":1,"annual_rate":null)",
     "matures_on", "2016-07-01"},
    {"interest_paused", event("interest_paused", "2016-02-01", R"("until":"2016-03-01")"),
     "2016-04-01", "", R"("until":"2016-03-01")", "owed.interest", "124.00"},
    {"misuse_declared", event("misuse_declared", "2016-03-02"), "2016-04-01", "", "",
     "owed.penalty", "30.00"},
    {"classified", event("classified", "2016-02-01", R"("risk_class":"loss")"), "2016-02-01", "",
     R"("risk_class":"loss","has_second_person":false)", "risk_class", "loss"},
    {"classified no more",
     event("classified", "2016-02-01", R"("risk_class":"loss")") +
         event("classified", "2016-02-02", R"("risk_class":null)"),
     "2016-02-02", "", R"("risk_class":null,"has_second_person":false)", "risk_class", "normal"},
    {"provisioned", event("provisioned", "2016-02-01"), "2016-02-01",
     R"(,"provision_rates":[{"from":"2016-01-01","risk_class":"normal","rate_percent":"1"}])", "",
     "positions.loss_allowance", "120.00"},
    {"written_off", event("written_off", "2016-02-01", R"("document":"d")"), "2016-12-31", "", "",
     "positions.memo_written_off", "12062.00"},
    {"recovered",
     event("written_off", "2016-02-01") + event("recovered", "2016-03-01", R"("amount":"62")"),
     "2016-12-31", "", R"("amount":"62.00")", "owed.principal", "11938.00"},
    {"compensated", event("compensated", "2016-07-01", R"("amount":"9600")"), "2016-07-01", "",
     R"("amount":"9600.00")", "positions.compensation", "9600.00"},
    {"subsidy_claimed", claimed, "2016-04-05", subsidised, R"("amount":"91.00")",
     "positions.subsidy_claimed", "91.00"},
    {"subsidy_received", claimed + event("subsidy_received", "2016-05-05", R"("amount":"90.00")"),
     "2016-05-05", subsidised, R"("amount":"90.00")", "positions.subsidy_claimed", "1.00"},
    {"approval_expired", event("approval_expired", "2016-01-11"), "2016-02-01",
     R"(,"approval_valid_days":10)", "", "positions.fund_reserved", "0.00"},
};

} // namespace

TEST_CASE("Every kind of event goes through a replay and comes back as it was asked", "[wire]")
{
    auto const row = GENERATE(from_range(told));
    INFO(row.what);
    auto const answer = replayed(row.events, row.as_of, row.more);
    if (!answer) FAIL(name_of(answer.error().code) << " " << answer.error().field);
    std::string const path = row.figure;
    auto const dot = path.find('.');
    json::value const& figure = dot == std::string::npos
                                    ? answer->at(path)
                                    : answer->at(path.substr(0, dot)).at(path.substr(dot + 1));
    CHECK(figure.as_string() == row.expected);
    json::value const& last = answer->at("events").as_array().back();
    std::string const name = text_at(last, "type");
    CHECK(std::string{row.what}.starts_with(name));
    std::string const written = json::serialize(last);
    INFO(written);
    CHECK(written.find(row.written) != std::string::npos);
}

TEST_CASE("Rules that cannot be read are refused by their field", "[wire]")
{
    struct Bad {
        char const* what;
        std::string more;
        char const* code;
        char const* field;
    };
    std::string const subsidy = R"(,"subsidy":{"paid_to":"lender","steps":[{"from":"2016-01-01",)";
    auto const row = GENERATE_COPY(values<Bad>({
        {"a rule nobody knows", R"(,"late_fee":"5")", "field_unknown", "late_fee"},
        {"a scheme of the county", R"(,"subsidy_scheme":"S")", "field_unknown", "subsidy_scheme"},
        {"penalty and none", R"(,"charges_penalty":false)", "terms_contradict", "charges_penalty"},
        {"charges penalty as text", R"(,"charges_penalty":"no")", "field_wrong_type",
         "charges_penalty"},
        {"an order of four", R"(,"allocation_order":["cost","penalty","interest","principal"])",
         "list_length_wrong", "allocation_order"},
        {"an order with one twice",
         R"(,"allocation_order":["cost","cost","penalty","interest","principal"])",
         "choice_unknown", "allocation_order"},
        {"an order with a stranger",
         R"(,"allocation_order":["cost","fees","penalty","interest","principal"])",
         "choice_unknown", "allocation_order[1]"},
        {"an order by a name", R"(,"allocation_order":"cost_first")", "choice_unknown",
         "allocation_order"},
        {"days below zero", R"(,"non_accrual_after_days":-1)", "number_malformed",
         "non_accrual_after_days"},
        {"an unknown compounding", R"(,"compounding":"daily")", "choice_unknown", "compounding"},
        {"a floor without its class", R"(,"class_floors":[{"from":"2016-01-01","days_late":1}])",
         "field_missing", "class_floors[0].risk_class"},
        {"a provision as a number",
         R"(,"provision_rates":[{"from":"2016-01-01","risk_class":"loss","rate_percent":1}])",
         "number_must_be_text", "provision_rates[0].rate_percent"},
        {"no steps", R"(,"subsidy":{"paid_to":"lender","steps":[]})", "list_length_wrong",
         "subsidy.steps"},
        {"a share above all", subsidy + R"("kind":"share","percent":"101"}]})", "terms_contradict",
         "subsidy.steps[0].percent"},
        {"points below zero", subsidy + R"("kind":"points","percent":"-1"}]})", "rate_negative",
         "subsidy.steps[0].percent"},
        {"a spread above nothing", subsidy + R"("kind":"spread","percent":"-1"}]})",
         "field_missing", "subsidy.steps[0].tier"},
        {"a share with a cap", subsidy + R"("kind":"share","percent":"1","cap_percent":"1"}]})",
         "field_unknown", "subsidy.steps[0].cap_percent"},
        {"a holiday that is worked", R"(,"holidays":["2016-10-08"],"working_days":["2016-10-08"])",
         "holiday_also_worked", "holidays"},
        {"a base rate without its tier",
         R"(,"base_rates":[{"from":"2016-01-01","annual_rate":"4"}])", "field_missing",
         "base_rates[0].tier"},
    }));
    INFO(row.what);
    auto const answer = replayed("", "2016-08-01", row.more);
    REQUIRE_FALSE(answer.has_value());
    CHECK(name_of(answer.error().code) == row.code);
    CHECK(answer.error().field == row.field);
}

TEST_CASE("The books' own refusals name the event", "[wire]")
{
    struct Bad {
        char const* what;
        std::string events;
        char const* code;
        char const* field;
    };
    auto const row = GENERATE_COPY(values<Bad>({
        {"a refund of nothing", event("overpayment_refunded", "2016-02-01", R"("amount":"1")"),
         "refund_above_overpayment", "events[1].amount"},
        {"a waiver of principal",
         event("waived", "2016-02-01", R"("component":"principal","amount":"1")"),
         "component_not_waivable", "events[1].component"},
        {"an extension that ends before",
         event("extended", "2016-02-01", R"("until":"2016-06-01")"), "extension_not_later",
         "events[1].until"},
        {"an extension of six months and a day",
         event("extended", "2016-02-01", R"("until":"2017-01-02")"), "extension_above_limit",
         "events[1].until"},
        {"a class that is better alone",
         event("classified", "2016-05-01", R"("risk_class":"normal")"), "class_better_alone",
         "events[1].risk_class"},
        {"compensated too early", event("compensated", "2016-05-01", R"("amount":"1")"),
         "compensation_too_early", "events[1].value_on"},
        {"a subsidy that there is not", event("subsidy_claimed", "2016-05-01", R"("amount":"1")"),
         "no_subsidy_scheme", "events[1]"},
        {"a recovery of what is on the books", event("recovered", "2016-05-01", R"("amount":"1")"),
         "loan_not_written_off", "events[1]"},
        {"a repayment of what is not",
         event("written_off", "2016-05-01") + repaid("2016-06-01", "1"), "loan_written_off",
         "events[2]"},
        {"a plan of 600,000 years",
         event("rescheduled", "2016-05-01",
               R"("method":"equal_principal","instalments":600,)"
               R"("every":{"count":1000,"unit":"year"})"),
         "terms_contradict", "events[1].every"},
    }));
    INFO(row.what);
    auto const answer = replayed(
        row.events, "2016-08-01",
        R"(,"class_floors":[{"from":"2016-01-01","days_late":0,"risk_class":"special_mention"}])");
    REQUIRE_FALSE(answer.has_value());
    CHECK(name_of(answer.error().code) == row.code);
    CHECK(answer.error().field == row.field);
}
