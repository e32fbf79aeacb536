// Bodies of the registers' facts: each kind is read with every field and written back with the
// same, and bad bodies are refused with the field named.
#include "wire/commands.hpp"
#include "wire/register_answers.hpp"
#include "wire/register_facts.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace ledger;

namespace {

constexpr Date today{2016, 8, 31};

/// The parts of the path of a kind's address.
wire::Path path_of(std::string_view code)
{
    auto const* kind = wire::fact_kind_of_command(code);
    wire::Path path;
    if (!kind) return path;
    for (auto const& [part, value] :
         {std::pair{"member", "M-1"}, std::pair{"responsibility", "R-1"},
          std::pair{"village", "530921206204"}})
        if (kind->address.find("{" + std::string{part} + "}") != std::string_view::npos)
            path.emplace(part, value);
    return path;
}

Result<Command> read(std::string_view code, std::string_view body)
{
    auto const parsed = wire::parse_object(body);
    if (!parsed) return std::unexpected{parsed.error()};
    return wire::command_from(code, *parsed, path_of(code), today);
}

} // namespace

TEST_CASE("Each kind of fact is read whole and described as it was read", "[wire]")
{
    struct Row {
        char const* command;
        char const* body; ///< the fields of the kind, as they are described
    };
    std::vector<Row> const rows{
        {"name_branch", R"({"branch":"P-1","name":"复兴村党支部","village":"530921206204"})"},
        {"record_member",
         R"({"member":"M-1","name":"李某","branch":"P-1","joined_on":"2010-07-01",)"
         R"("membership":"full"})"},
        {"record_points", R"({"points":86})"},
        {"list_poor_member", R"({"member":"M-1","household":"H-1","is_listed":true})"},
        {"record_person", R"({"person":"N-1","household":"H-1","name":"李某","kinship":"child",)"
                          R"("can_work":true,"is_present":true})"},
        {"set_target",
         R"({"indicator":"member_households","unit":"530921","year":2016,"count":188})"},
        {"give_responsibility",
         R"({"responsibility":"R-1","target":"persons.530921.2016","person":"张某","task":"脱贫",)"
         R"("duty":"包户","goal":"出列","deadline":"2016-12-31"})"},
        {"give_responsibility",
         R"({"responsibility":"R-1","household":"H-1","person":"张某","task":"脱贫",)"
         R"("duty":"包户","goal":"出列","deadline":"2016-12-31"})"},
        {"give_responsibility",
         R"({"responsibility":"R-1","village":"530921206204","person":"张某","task":"脱贫",)"
         R"("duty":"包户","goal":"出列","deadline":"2016-12-31"})"},
        {"fulfil_responsibility", R"({"result":"已出列"})"},
        {"record_village", R"({"aspect":"collective_income","has":true,"amount":"30000.00"})"},
    };
    std::set<std::string_view> seen;
    for (Row const& row : rows) {
        INFO(row.command);
        auto const command = read(row.command, row.body);
        REQUIRE(command.has_value());
        CHECK(code_of(*command) == row.command);
        auto const& recorded = std::get<RecordFact>(*command);
        CHECK(recorded.value_on == today);
        boost::json::object described;
        wire::describe(described, recorded.what);
        auto wanted = *wire::parse_object(row.body);
        for (auto const& [part, value] : path_of(row.command)) wanted[part] = value;
        CHECK(boost::json::value(described) == boost::json::value(wanted));
        auto const* kind = wire::fact_kind_of_command(row.command);
        REQUIRE(kind != nullptr);
        CHECK(kind->type == code_of(recorded.what));
        seen.insert(row.command);
    }
    CHECK(seen.size() == wire::fact_kinds().size());
    auto const reversal =
        read("reverse_fact", R"({"register":"target","subject":"persons.530921.2016","sequence":3,)"
                             R"("reason":"录错"})");
    CHECK(std::get<ReverseFact>(reversal.value()).subject ==
          RegisterName{RegisterKind::target, "persons.530921.2016"});
}

TEST_CASE("Bad bodies of facts are refused with the field named", "[wire]")
{
    struct Row {
        char const* command;
        char const* body;
        Refusal code;
        char const* field;
    };
    for (auto const& row : {
             Row{"name_branch", R"({"branch":"P 1"})", Refusal::identifier_malformed, "branch"},
             Row{"record_member",
                 R"({"member":"M-1","name":"李某","branch":"P-1","joined_on":"2010-07-01",)"
                 R"("membership":"new"})",
                 Refusal::choice_unknown, "membership"},
             Row{"record_points", R"({"points":-1})", Refusal::number_malformed, "points"},
             Row{"record_points", R"({"points":1,"member":"M-2"})", Refusal::field_unknown,
                 "member"},
             Row{"set_target", R"({"indicator":"persons","unit":"530921","year":1999})",
                 Refusal::number_malformed, "year"},
             Row{"give_responsibility", R"({"responsibility":"R-1","target":"persons.2016"})",
                 Refusal::target_name_malformed, "target"},
             Row{"give_responsibility",
                 R"({"responsibility":"R-1","person":"张某","task":"脱贫",)"
                 R"("duty":"包户","goal":"出列","deadline":"2016-12-31"})",
                 Refusal::field_missing, "household"},
             Row{"give_responsibility",
                 R"({"responsibility":"R-1","village":"530921206204","household":"H-1",)"
                 R"("person":"张某","task":"脱贫","duty":"包户","goal":"出列",)"
                 R"("deadline":"2016-12-31"})",
                 Refusal::field_unknown, "household"},
             Row{"record_village", R"({"aspect":"school"})", Refusal::choice_unknown, "aspect"},
             Row{"reverse_fact", R"({"register":"village"})", Refusal::field_missing, "subject"},
         })
    {
        INFO(row.command << " " << row.body);
        auto const command = read(row.command, row.body);
        REQUIRE_FALSE(command.has_value());
        CHECK(command.error().code == row.code);
        CHECK(command.error().field == row.field);
    }
}

TEST_CASE("Shares of the plan and of the villages are percent, half up, null of nothing", "[wire]")
{
    store::TargetLine target;
    target.target = *TargetName::parse("households.530921.2016");
    target.planned = 2'262;
    target.counted = 188;
    CHECK(wire::to_json(target).at("share") == "8.3112");
    store::CoverageLine county;
    CHECK(wire::to_json(county).at("plan_share").is_null());
    county.villages = 43;
    county.with_cooperation = 15;
    county.with_income = 23;
    auto const out = wire::to_json(county);
    CHECK(out.at("without_cooperation") == 28);
    CHECK(out.at("without_income") == 20);
    CHECK(out.at("cooperation_share") == "34.8837");
}
