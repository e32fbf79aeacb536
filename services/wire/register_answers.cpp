// The registers beside the households as JSON.
#include "wire/register_answers.hpp"
#include "services/wire/parts.hpp"
#include "wire/choices.hpp"
#include "wire/register_facts.hpp"

#include "ledger/core/decimal.hpp"

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;
void add(json::object& out, store::Place const& place)
{
    out["township"] = or_null(place.township);
    out["township_name"] = or_null(place.township_name);
    out["village"] = or_null(place.village);
    out["village_name"] = or_null(place.village_name);
}

json::object thing_json(store::VillageThing const& thing)
{
    return {
        {"has", thing.has ? json::value(*thing.has) : json::value{}},
        {"since", or_null(thing.since)},
        {"amount", thing.amount.text()},
    };
}

/// What the cursor of a page is.
std::string const& key_of(store::BranchLine const& line)
{
    return line.branch;
}
std::string const& key_of(store::MemberLine const& line)
{
    return line.member;
}
std::string const& key_of(store::PoorMemberLine const& line)
{
    return line.member;
}
std::string const& key_of(store::PersonLine const& line)
{
    return line.person;
}
std::string key_of(store::TargetLine const& line)
{
    return line.target.text();
}
std::string const& key_of(store::ResponsibilityLine const& line)
{
    return line.responsibility;
}
std::string const& key_of(store::VillageLine const& line)
{
    return line.place.village;
}

template <class Line>
json::object page(std::string_view name, std::span<Line const> lines, Date as_of, int limit)
{
    json::object out = listed(name, lines);
    out["as_of"] = as_of.text();
    bool const is_full = !lines.empty() && std::cmp_greater_equal(lines.size(), limit);
    out["next"] = is_full ? json::value(key_of(lines.back())) : json::value{};
    return out;
}

} // namespace

json::object to_json(store::BranchLine const& line)
{
    json::object out{{"branch", line.branch}, {"name", line.name}};
    add(out, line.place);
    out["since"] = line.since.text();
    out["full_members"] = line.full_members;
    out["probationary_members"] = line.probationary_members;
    return out;
}

json::object to_json(store::MemberLine const& line)
{
    json::object out{
        {"member", line.member},
        {"name", line.name},
        {"branch", line.branch},
        {"branch_name", or_null(line.branch_name)},
    };
    add(out, line.place);
    out["joined_on"] = line.joined_on.text();
    out["membership"] = line.membership;
    out["since"] = line.since.text();
    out["points"] = line.points ? json::value(*line.points) : json::value{};
    out["points_on"] = or_null(line.points_on);
    out["household"] = or_null(line.household);
    out["is_listed"] = line.is_listed;
    return out;
}

json::object to_json(store::PoorMemberLine const& line)
{
    json::object out{
        {"member", line.member},         {"name", line.name},
        {"branch", line.branch},         {"branch_name", or_null(line.branch_name)},
        {"membership", line.membership}, {"household", line.household},
    };
    add(out, line.place);
    out["standing"] = or_null(line.standing);
    out["persons"] = line.persons;
    out["listed_on"] = line.listed_on.text();
    out["document"] = or_null(line.document);
    return out;
}

json::object to_json(store::PersonLine const& line)
{
    json::object out{
        {"person", line.person},     {"name", line.name},           {"kinship", line.kinship},
        {"can_work", line.can_work}, {"household", line.household},
    };
    add(out, line.place);
    out["since"] = line.since.text();
    return out;
}

json::object to_json(store::TargetLine const& line)
{
    return {
        {"target", line.target.text()},    {"indicator", name_of(line.target.indicator)},
        {"unit", line.target.unit.text()}, {"unit_name", or_null(line.unit_name)},
        {"year", line.target.year},        {"planned", line.planned},
        {"counted", line.counted},         {"share", percent(line.counted, line.planned)},
        {"since", line.since.text()},      {"document", or_null(line.document)},
    };
}

json::object to_json(store::ResponsibilityLine const& line)
{
    json::object out{
        {"responsibility", line.responsibility},
        {"about", line.about},
        {"subject", line.subject},
    };
    add(out, line.place);
    out["person"] = line.person;
    out["task"] = line.task;
    out["duty"] = line.duty;
    out["goal"] = line.goal;
    out["deadline"] = line.deadline.text();
    out["since"] = line.since.text();
    out["document"] = or_null(line.document);
    out["fulfilled_on"] = or_null(line.fulfilled_on);
    out["result"] = or_null(line.result);
    out["is_overdue"] = line.is_overdue;
    return out;
}

json::object to_json(store::VillageLine const& line)
{
    json::object out;
    add(out, line.place);
    auto const& poor = line.poor_village;
    out["is_poor_village"] = poor.has ? json::value(*poor.has) : json::value{};
    out["poor_village_since"] = or_null(poor.since);
    out["project_plan"] = thing_json(line.project_plan);
    out["share_cooperation"] = thing_json(line.share_cooperation);
    out["collective_income"] = thing_json(line.collective_income);
    return out;
}

json::object to_json(store::CoverageLine const& line)
{
    return {
        {"key", or_null(line.key)},
        {"name", line.name},
        {"poor_villages", line.villages},
        {"with_plan", line.with_plan},
        {"with_cooperation", line.with_cooperation},
        {"with_income", line.with_income},
        {"without_plan", line.villages - line.with_plan},
        {"without_cooperation", line.villages - line.with_cooperation},
        {"without_income", line.villages - line.with_income},
        {"plan_share", percent(line.with_plan, line.villages)},
        {"cooperation_share", percent(line.with_cooperation, line.villages)},
        {"income_share", percent(line.with_income, line.villages)},
        {"plan_amount", line.plan.text()},
        {"cooperation_amount", line.cooperation.text()},
        {"income_amount", line.income.text()},
    };
}

json::object to_json(store::ReachLine const& line)
{
    json::object out{{"key", or_null(line.key)}, {"name", line.name}};
    auto const add = [&out](std::string_view code, store::Reached const& lent) {
        out[code] = lent.reached;
        out[std::string{code} + "_rate"] = percent(lent.reached, lent.of);
    };
    auto const add_poor = [&](std::string_view code, std::int64_t villages) {
        add(code, {line.poor_villages, villages});
    };
    auto const add_plan = [&](std::string const& what, store::Reached const& plan) {
        out["planned_" + what] = plan.of;
        add("reached_" + what, plan);
    };
    auto const add_reached = [&](std::string const& what, store::Reached const& lent) {
        out[what] = lent.of;
        add(what + "_lent", lent);
    };
    add_reached("townships", line.townships);
    add_reached("villages", line.villages);
    add_reached("branches", line.branches);
    out["poor_villages"] = line.poor_villages;
    add_poor("villages_with_plan", line.with_plan);
    add_poor("villages_with_cooperation", line.with_cooperation);
    add_poor("villages_with_income", line.with_income);
    out["collective_income"] = line.collective_income.text();
    out["responsibilities"] = line.responsibilities;
    out["responsibilities_overdue"] = line.responsibilities_overdue;
    add_plan("households", line.households);
    add_plan("member_households", line.member_households);
    add_plan("persons", line.persons);
    add_plan("members", line.members);
    return out;
}

json::object branches_json(std::span<store::BranchLine const> lines, Date as_of, int limit)
{
    return page("branches", lines, as_of, limit);
}

json::object members_json(std::span<store::MemberLine const> lines, Date as_of, int limit)
{
    return page("members", lines, as_of, limit);
}

json::object poor_members_json(std::span<store::PoorMemberLine const> lines, Date as_of, int limit)
{
    return page("poor_members", lines, as_of, limit);
}

json::object persons_json(std::span<store::PersonLine const> lines, Date as_of, int limit)
{
    return page("persons", lines, as_of, limit);
}

json::object targets_json(std::span<store::TargetLine const> lines, Date as_of, int limit)
{
    return page("targets", lines, as_of, limit);
}

json::object responsibilities_json(std::span<store::ResponsibilityLine const> lines, Date as_of,
                                   int limit)
{
    return page("responsibilities", lines, as_of, limit);
}

json::object villages_json(std::span<store::VillageLine const> lines, Date as_of, int limit)
{
    return page("villages", lines, as_of, limit);
}

json::object plan_json(std::span<store::TargetLine const> lines, Date as_of)
{
    json::object out = listed("targets", lines);
    out["as_of"] = as_of.text();
    return out;
}

json::object village_coverage_json(std::span<store::CoverageLine const> lines, Date as_of)
{
    LEDGER_ASSERT(!lines.empty() && lines.back().key.empty());
    json::object out;
    out["as_of"] = as_of.text();
    out["county"] = to_json(lines.back());
    out["lines"] = list_of(lines.first(lines.size() - 1));
    return out;
}

json::object reach_json(std::span<store::ReachLine const> lines, Date as_of)
{
    json::object out = by_group(lines, Dimension::township, Report::reach);
    out["as_of"] = as_of.text();
    return out;
}

json::object register_json(Register const& subject)
{
    json::array facts;
    for (RegisterEvent const& event : subject.events) {
        json::object out{
            {"sequence", event.sequence},
            {"type", code_of(event.what)},
            {"value_on", event.value_on.text()},
            {"booked_on", event.booked_on.text()},
        };
        describe(out, event.what);
        out["document"] = or_null(event.document);
        out["reason"] = or_null(event.reason);
        out["is_reversed"] = is_reversed(subject.events, event.sequence);
        facts.push_back(std::move(out));
    }
    return {
        {"register", name_of(subject.name.kind)},
        {"subject", subject.name.subject},
        {"facts", std::move(facts)},
    };
}

json::object to_json(store::EvidenceLine const& line)
{
    json::array shows;
    for (auto const& [household, sequence] : line.shows) {
        shows.push_back(json::object{{"household", household}, {"sequence", sequence}});
    }
    return {
        {"digest", line.digest},
        {"media_type", line.media_type},
        {"bytes", line.bytes},
        {"taken_on", line.taken_on.text()},
        {"place", line.place},
        {"description", line.description},
        {"kept_on", line.kept_on.text()},
        {"shows", std::move(shows)},
    };
}

json::object evidence_json(std::span<store::EvidenceLine const> lines, int limit)
{
    json::object out = listed("evidence", lines);
    bool const is_full = !lines.empty() && std::cmp_greater_equal(lines.size(), limit);
    out["next"] = is_full ? json::value(lines.back().digest) : json::value{};
    return out;
}

} // namespace wire
