// Bodies of what happens to a household: each kind is read with every field and written back with
// the same, and bad bodies are refused with the field named.
#include "wire/answers.hpp"
#include "wire/commands.hpp"
#include "wire/household_happenings.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace ledger;

namespace {

constexpr Date today{2016, 8, 31};
wire::Path const path{{"household", "H-1"}};

Result<Command> read(std::string_view code, std::string_view body)
{
    auto const parsed = wire::parse_object(body);
    if (!parsed) return std::unexpected{parsed.error()};
    return wire::command_from(code, *parsed, code == "register_household" ? wire::Path{} : path,
                              today);
}

std::string const digest(64, '0');

} // namespace

TEST_CASE("Each kind of household event is read whole and described as it was read", "[wire]")
{
    struct Row {
        char const* command;
        std::string body; ///< the fields of the kind, as they are described
    };
    std::vector<Row> const rows{
        {"register_household",
         R"({"household":"H-1","head":"李某","village":"530921206204","standing":"poor",)"
         R"("persons":4})"},
        {"move_household", R"({"head":"张某","village":"530921206201"})"},
        {"count_persons", R"({"persons":5})"},
        {"record_standing", R"({"standing":"marginal"})"},
        {"dissolve_household", R"({})"},
        {"claim_leading", R"({"loan":"L-1","way":"e_commerce","share":"0.5000","promised":"1.00",)"
                          R"("is_relative":true})"},
        {"verify_leading", R"({"claim":2,"officer":"甲","witness":"乙","place":"村","evidence":")" +
                               digest + R"("})"},
        {"withdraw_claim", R"({"claim":2})"},
        {"end_support", R"({"claim":2})"},
        {"agree_shares",
         R"({"shares":[{"claim":2,"share":"0.3333"},{"claim":3,"share":"0.6667"}]})"},
        {"record_benefit", R"({"claim":2,"amount":"12.50","evidence":")" + digest + R"("})"},
        {"take_exit_step", R"({"step":"noticed","person":"丁","until":"2016-09-10"})"},
        {"record_relapse", R"({})"},
        {"record_income", R"({"year":2015,"wages":"1.00","production":"-2.00","property":"3.00",)"
                          R"("transfers":"4.00"})"},
        {"record_survey",
         R"({"causes":["land","roads"],"labour":2,"has_safe_housing":true,"has_schooling":false,)"
         R"("has_medical_care":true,"official":"丙"})"},
    };
    CHECK(rows.size() + 1 == wire::household_event_kinds().size());
    for (Row const& row : rows) {
        INFO(row.command);
        auto const command = read(row.command, row.body);
        REQUIRE(command.has_value());
        CHECK(code_of(*command) == row.command);
        auto const& recorded = std::get<RecordHouseholdEvent>(*command);
        CHECK(recorded.household.text() == "H-1");
        CHECK(recorded.value_on == today);
        boost::json::object described;
        wire::describe(described, recorded.what);
        auto wanted = *wire::parse_object(row.body);
        wanted.erase("household");
        described.erase("borrower"); // the decision's to fill in
        CHECK(boost::json::value(described) == boost::json::value(wanted));
        auto const* kind = wire::household_event_kind_of_command(row.command);
        REQUIRE(kind != nullptr);
        CHECK(kind->type == code_of(recorded.what));
    }
    auto const reversal = read("reverse_household_event", R"({"sequence":3,"reason":"录错"})");
    CHECK(std::get<ReverseHouseholdEvent>(reversal.value()).sequence == 3);
}

TEST_CASE("Bad bodies of household events are refused with the field named", "[wire]")
{
    struct Row {
        char const* command;
        char const* body;
        Refusal code;
        char const* field;
    };
    for (auto const& row : {
             Row{"register_household", R"({"household":"H 1"})", Refusal::identifier_malformed,
                 "household"},
             Row{"count_persons", R"({"persons":100})", Refusal::number_malformed, "persons"},
             Row{"count_persons", R"({"persons":4,"household":"H-2"})", Refusal::field_unknown,
                 "household"},
             Row{"claim_leading", R"({"loan":"L-1","way":"luck"})", Refusal::choice_unknown, "way"},
             Row{"claim_leading", R"({"loan":"L-1","way":"other","share":0.5})",
                 Refusal::field_wrong_type, "share"},
             Row{"claim_leading", R"({"loan":"L-1","way":"other","share":"0"})",
                 Refusal::share_malformed, "share"},
             Row{"claim_leading", R"({"loan":"L-1","way":"other","borrower":"B"})",
                 Refusal::field_unknown, "borrower"},
             Row{"agree_shares", R"({"shares":[]})", Refusal::list_length_wrong, "shares"},
             Row{"agree_shares", R"({"shares":[{"claim":1,"share":"2"}]})",
                 Refusal::share_malformed, "shares[0].share"},
             Row{"take_exit_step", R"({"step":"noticed","person":"丁"})", Refusal::field_missing,
                 "until"},
             Row{"take_exit_step", R"({"step":"proposed","person":"丁","until":"2016-09-10"})",
                 Refusal::field_not_of_step, "until"},
             Row{"record_income", R"({"year":99})", Refusal::number_malformed, "year"},
             Row{"record_survey", R"({"causes":["land","land"]})", Refusal::choice_twice, "causes"},
             Row{"verify_leading", R"({"claim":0})", Refusal::number_malformed, "claim"},
         })
    {
        INFO(row.command << " " << row.body);
        auto const command = read(row.command, row.body);
        REQUIRE_FALSE(command.has_value());
        CHECK(command.error().code == row.code);
        CHECK(command.error().field == row.field);
    }
}

TEST_CASE("A line of leading has a figure for each indicator of leading", "[wire]")
{
    store::LeadingLine line;
    line.lent = Money::fen(1'000);
    line.led_ever.households = 3;
    auto const out = wire::to_json(line);
    for (Indicator const& indicator : all_indicators()) {
        if (indicator.report != Report::leading) continue;
        INFO(indicator.code);
        CHECK(out.contains(boost::json::string_view{indicator.code}));
    }
    CHECK(out.at("income_change").is_null());
    line.incomes = 3; // -500 fen over three households
    line.income_before = Money::fen(1'000);
    line.income_since = Money::fen(500);
    CHECK(wire::to_json(line).at("income_change") == "-1.67");
    CHECK(out.at("lent_per_household_led") == "3.33");
    CHECK(out.at("lent_per_household_exited").is_null());
}
