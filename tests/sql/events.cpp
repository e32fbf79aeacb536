// Which columns an event has follows from its kind: the table alone refuses every other, and says
// which sentence it breaks. Rows are a good event with one thing changed.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

using namespace test;

namespace {

/// What the database says to an insert of the row's JSON into the table; nothing is kept.
std::string answer_to(pqxx::connection& connection, std::string const& table,
                      std::string const& row)
{
    pqxx::work work{connection};
    try {
        work.exec("INSERT INTO " + table + " SELECT (jsonb_populate_record(NULL::" + table + ", '" +
                  row + "'::jsonb)).*");
        work.exec("SET CONSTRAINTS ALL IMMEDIATE");
        return "";
    } catch (pqxx::sql_error const& error) {
        return error.what();
    }
}

struct Row {
    std::string fields; ///< of the event, beside those that every event has
    char const* broken; ///< the constraint, or empty
};

std::string const plan = R"("plan_method": "interest_only", "plan_every_count": 1,
    "plan_every_unit": "month", "plan_instalments": 6, "plan_grace_principal": 0)";

std::vector<Row> const rows{
    // every kind as it should be
    {R"("kind": "approved", "amount_fen": 5)", ""},
    {R"("kind": "disbursed", "amount_fen": 5)", ""},
    {R"("kind": "repaid", "amount_fen": 5)", ""},
    {R"("kind": "repaid", "amount_fen": 5, "in_advance": "next_instalment")", ""},
    {R"("kind": "reversed", "target_sequence": 2)", ""},
    {R"("kind": "overpayment_refunded", "amount_fen": 5)", ""},
    {R"("kind": "waived", "amount_fen": 5, "component": "penalty")", ""},
    {R"("kind": "cost_charged", "amount_fen": 5)", ""},
    {R"("kind": "rate_changed", "rate_ppm": 0)", ""},
    {R"("kind": "extended", "until_on": "2018-01-01")", ""},
    {R"("kind": "extended", "until_on": "2018-01-01", "rate_ppm": 5, "priced_from": "2017-01-01")",
     ""},
    {R"("kind": "rescheduled", )" + plan, ""},
    {R"("kind": "rescheduled", "rate_ppm": 5, "plan_first_due_on": "2016-01-01", )" + plan, ""},
    {R"("kind": "interest_paused", "until_on": "2015-04-01")", ""},
    {R"("kind": "misuse_declared")", ""},
    {R"("kind": "classified", "risk_class": "loss", "has_second_person": false)", ""},
    {R"("kind": "classified", "has_second_person": true)", ""},
    {R"("kind": "provisioned", "document": "", "reason": "")", ""},
    {R"("kind": "written_off")", ""},
    {R"("kind": "recovered", "amount_fen": 5)", ""},
    {R"("kind": "compensated", "amount_fen": 5)", ""},
    {R"("kind": "subsidy_claimed", "amount_fen": 5)", ""},
    {R"("kind": "subsidy_received", "amount_fen": 5)", ""},
    {R"("kind": "approval_expired", "document": "", "reason": "")", ""},
    // and as it should not
    {R"("kind": "forgiven", "amount_fen": 5)", "a kind of event is in the list"},
    {R"("kind": "repaid")", "an event of money has a positive amount and no other event has"},
    {R"("kind": "repaid", "amount_fen": 0)",
     "an event of money has a positive amount and no other event has"},
    {R"("kind": "written_off", "amount_fen": 5)",
     "an event of money has a positive amount and no other event has"},
    {R"("kind": "reversed")", "a reversal has a target and no other event has"},
    {R"("kind": "repaid", "amount_fen": 5, "target_sequence": 2)",
     "a reversal has a target and no other event has"},
    {R"("kind": "reversed", "target_sequence": 9)", "event sequences count from one"},
    {R"("kind": "recovered", "amount_fen": 5, "in_advance": "next_instalment")",
     "only a repayment says what money in advance does"},
    {R"("kind": "repaid", "amount_fen": 5, "in_advance": "nothing")",
     "only a repayment says what money in advance does"},
    {R"("kind": "waived", "amount_fen": 5)",
     "a waiver is of penalty, compound interest or interest"},
    {R"("kind": "waived", "amount_fen": 5, "component": "principal")",
     "a waiver is of penalty, compound interest or interest"},
    {R"("kind": "rate_changed")", "a rate is that of a change, an extension or a new plan"},
    {R"("kind": "rate_changed", "rate_ppm": -1)",
     "a rate is that of a change, an extension or a new plan"},
    {R"("kind": "repaid", "amount_fen": 5, "rate_ppm": 5)",
     "a rate is that of a change, an extension or a new plan"},
    {R"("kind": "extended")", "an extension and a pause end, and nothing else does"},
    {R"("kind": "interest_paused", "until_on": "2015-03-02")",
     "an extension and a pause end, and nothing else does"},
    {R"("kind": "interest_paused", "until_on": "2015-04-02", "priced_from": "2015-03-03")",
     "only an extension is priced from a day"},
    {R"("kind": "classified", "risk_class": "loss")",
     "only a classification has a class and a second person"},
    {R"("kind": "classified", "risk_class": "bad", "has_second_person": false)",
     "only a classification has a class and a second person"},
    {R"("kind": "provisioned", "risk_class": "loss")",
     "only a classification has a class and a second person"},
    {R"("kind": "rescheduled", "plan_method": "interest_only")",
     "a rescheduling has a new plan and no other event has"},
    {R"("kind": "misuse_declared", )" + plan,
     "a rescheduling has a new plan and no other event has"},
    {R"("kind": "misuse_declared", "plan_first_due_on": "2016-01-01")",
     "a rescheduling has a new plan and no other event has"},
    {R"("kind": "rescheduled", "plan_method": "interest_only", "plan_every_count": 0,
        "plan_every_unit": "month", "plan_instalments": 6, "plan_grace_principal": 0)",
     "a new plan is one that a loan can have"},
    {R"("kind": "written_off", "document": "")", "an event has the document that its kind needs"},
    {R"("kind": "waived", "amount_fen": 5, "component": "penalty", "reason": "")",
     "an event has the reason that its kind needs"},
    {R"("kind": "repaid", "amount_fen": 5, "booked_on": "2015-03-01")",
     "an event is not entered before its value date"},
    {R"("kind": "repaid", "amount_fen": 5, "sequence": 2)", "loan_event_pkey"},
};

} // namespace

TEST_CASE("An event has the columns of its kind and no others")
{
    auto const url = fresh_books();
    {
        Desk desk{url};
        desk.open();
        desk.lend(1);
    }
    pqxx::connection superuser{url};
    for (auto const& row : rows) {
        INFO(row.fields);
        auto const said = answer_to(superuser, "ledger.loan_event",
                                    R"({"county_code": "530921", "loan_number": "L1", "sequence": 3,
                      "value_on": "2015-03-02", "booked_on": "2015-03-02",
                      "recorded_at": "2015-03-02T00:00:00Z", "document": "文号",
                      "reason": "原因", )" +
                                        row.fields + "}");
        if (*row.broken == '\0')
            CHECK(said == "");
        else
            CHECK_THAT(said, Catch::Contains(std::string{"\""} + row.broken + "\""));
    }
}

TEST_CASE("The tables of the programme refuse rows that contradict themselves")
{
    struct Wrong {
        char const* table;
        char const* row;
        char const* broken;
    };
    std::vector<Wrong> const wrongs{
        {"programme.class_floor", R"("effective_from": "2015-01-01", "days_late": -1,
            "risk_class": "loss")",
         "days late are not negative"},
        {"programme.class_floor", R"("effective_from": "2015-01-01", "days_late": 1,
            "risk_class": "bad")",
         "a risk class is one of five"},
        {"programme.provision_rate", R"("effective_from": "2015-01-01", "risk_class": "loss",
            "rate_ppm": 1000001)",
         "a provision is at most the whole"},
        {"programme.subsidy_scheme", R"("code": "s", "paid_to": "nobody", "days_cap": 0)",
         "a subsidy is paid to the lender or the borrower"},
        {"programme.subsidy_step", R"("code": "s", "from_on": "2015-01-01", "kind": "none",
            "ppm": 0, "tier": "")",
         "a step is of a scheme"},
        {"programme.subsidy_step", R"("code": "example-full", "from_on": "2015-01-01",
            "kind": "share", "ppm": 1000001, "tier": "")",
         "a share is at most the whole and points are not negative"},
        {"programme.subsidy_step", R"("code": "example-full", "from_on": "2015-01-01",
            "kind": "spread", "ppm": 1, "tier": "")",
         "only a spread has a tier and a cap"},
        {"programme.holiday", R"("day": "2016-02-08", "is_worked": true)", "holiday_pkey"},
    };
    auto const url = fresh_books();
    pqxx::connection superuser{url};
    for (auto const& wrong : wrongs) {
        INFO(wrong.row);
        auto const said = answer_to(superuser, wrong.table,
                                    std::string{R"({"county_code": "530921", "document": "文号",
                                    "is_sourced": false, )"} +
                                        wrong.row + "}");
        CHECK_THAT(said, Catch::Contains(std::string{"\""} + wrong.broken + "\""));
    }
}

namespace {

std::string const digest(64, 'a');
std::string const claim = R"("loan_number": "L1", "borrower_number": "B1", "way": "other",
    "promised_fen": 0, "is_relative": false)";
std::string const verified = R"("kind": "leading_verified", "claim": 2, "officer": "甲",
    "witness": "乙", "place": "村", "evidence": ")" +
                             digest + "\"";
std::string const step = R"("kind": "exit_step_taken", "person": "丁", "income_year": 0,
    "evidence": "", "step": )";
std::string const survey = R"("kind": "surveyed", "causes": ["funds"], "has_schooling": true,
    "has_safe_housing": true, "has_medical_care": true, "official": "", "labour": )";
std::vector<Row> const of_households{
    {R"("kind": "household_moved", "head": "张")", ""},
    {R"("kind": "persons_counted", "persons": 99)", ""},
    {R"("kind": "standing_recorded", "standing": "marginal")", ""},
    {R"("kind": "household_dissolved")", ""},
    {R"("kind": "leading_claimed", "share": 1, )" + claim, ""},
    {verified, ""},
    {R"("kind": "claim_withdrawn", "claim": 2)", ""},
    {R"("kind": "support_ended", "claim": 2)", ""},
    {R"("kind": "shares_agreed", "shared_claim": [2], "shared_share": [10000])", ""},
    {R"("kind": "benefit_brought", "claim": 2, "amount_fen": 1, "evidence": "")", ""},
    {step + R"("proposed")", ""},
    {step + R"("noticed", "until_on": "2015-03-09")", ""},
    {R"("kind": "relapsed")", ""},
    {R"("kind": "income_recorded", "income_year": 2015, "wages_fen": -1, "production_fen": 0,
        "property_fen": 0, "transfers_fen": 0)",
     ""},
    {survey + "0", ""},
    {R"("kind": "reversed", "target_sequence": 2)", ""},
    // each with one thing changed
    {R"("kind": "gifted")", "a kind of household event is in the list"},
    {R"("kind": "household_registered", "head": "张", "village_code": "530921101001",
        "standing": "poor")",
     "a household has at least one person and at most ninety-nine"},
    {R"("kind": "household_moved")", "a move names a head or a village"},
    {R"("kind": "relapsed", "head": "张")",
     "only a registration and a move have a head and a village"},
    {R"("kind": "persons_counted", "persons": 0)",
     "a household has at least one person and at most ninety-nine"},
    {R"("kind": "standing_recorded", "standing": "rich")", "a standing is one of seven"},
    {R"("kind": "standing_recorded", "standing": "exited")",
     "a household leaves poverty and falls back by procedure"},
    {R"("kind": "leading_claimed", "share": 10001, )" + claim,
     "a claim is whole and no other event is one"},
    {R"("kind": "leading_claimed", )" + claim, "a claim is whole and no other event is one"},
    {R"("kind": "support_ended")", "an event about a claim names it"},
    {R"("kind": "support_ended", "claim": 9)", "household event sequences count from one"},
    {R"("kind": "benefit_brought", "claim": 2, "amount_fen": 0, "evidence": "")",
     "a benefit is positive"},
    {R"("kind": "benefit_brought", "claim": 2, "amount_fen": 1, "evidence": "abc")",
     "evidence is named by its digest"},
    {R"("kind": "leading_verified", "claim": 2, "officer": "甲", "witness": "甲",
        "place": "村", "evidence": ")" +
         digest + "\"",
     "a verification has two persons, a place and evidence"},
    {R"("kind": "shares_agreed", "shared_claim": [2], "shared_share": [0])",
     "agreed shares are parts of one household"},
    {step + R"("jumped")", "a step of an exit has its person"},
    {step + R"("noticed")", "a notice ends and no other step does"},
    {survey + "100", "a survey says something"},
    {R"("kind": "relapsed", "document": "")",
     "a household event has the document that its kind needs"},
    {R"("kind": "household_dissolved", "reason": "")",
     "a household event has the reason that its kind needs"},
    {R"("kind": "relapsed", "booked_on": "2015-03-01")",
     "a household event is not entered before its value date"},
    {R"("kind": "relapsed", "sequence": 2)", "household_event_pkey"},
    {R"("kind": "relapsed", "household_number": "N9")", "an event happens to a household"},
};

} // namespace

TEST_CASE("An event of a household has the columns of its kind and no others")
{
    auto const url = fresh_books();
    {
        Desk desk{url};
        desk.open();
        desk.lend(1);
        auto const day = on("2015-02-03");
        auto const household = id<ledger::HouseholdNumber>("N1");
        desk.booked(ledger::RecordHouseholdEvent{household, day,
                                                 ledger::HouseholdRegistered{
                                                     "户主", id<ledger::UnitCode>(first_village()),
                                                     ledger::Standing::poor, 4}},
                    day);
        desk.booked(
            ledger::RecordHouseholdEvent{
                household, day,
                ledger::LeadingClaimed{loan_number("L1"), {}, ledger::Way::other, 0, {}, false}},
            day);
    }
    pqxx::connection superuser{url};
    for (auto const& row : of_households) {
        INFO(row.fields);
        auto const said =
            answer_to(superuser, "ledger.household_event",
                      R"({"county_code": "530921", "household_number": "N1", "sequence": 3,
                      "value_on": "2015-03-02", "booked_on": "2015-03-02",
                      "recorded_at": "2015-03-02T00:00:00Z", "document": "文号",
                      "reason": "原因", )" +
                          row.fields + "}");
        if (*row.broken == '\0')
            CHECK(said == "");
        else
            CHECK_THAT(said, Catch::Contains(std::string{"\""} + row.broken + "\""));
    }
}
