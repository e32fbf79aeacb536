// The fields of each kind of fact, read and written side by side.
#include "wire/register_facts.hpp"

#include "wire/choices.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

RegisterFact branch_named(ObjectReader& from, Path const&)
{
    BranchNamed what;
    what.branch = from.id<BranchCode>("branch");
    what.name = from.text("name", party_branch_limit);
    what.village = from.id<UnitCode>("village");
    return what;
}

RegisterFact member_recorded(ObjectReader& from, Path const&)
{
    MemberRecorded what;
    what.member = from.id<MemberNumber>("member");
    what.name = from.text("name", name_limit);
    what.branch = from.id<BranchCode>("branch");
    what.joined_on = from.date("joined_on");
    what.membership = from.choice<Membership>("membership");
    return what;
}

RegisterFact points_recorded(ObjectReader& from, Path const& path)
{
    PointsRecorded what;
    what.member = part_of<MemberNumber>(path, "member", from);
    what.points = from.integer("points", 0, points_limit);
    return what;
}

RegisterFact poor_member_listed(ObjectReader& from, Path const&)
{
    PoorMemberListed what;
    what.member = from.id<MemberNumber>("member");
    what.household = from.id<HouseholdNumber>("household");
    what.is_listed = from.truth_or("is_listed", true);
    return what;
}

RegisterFact person_recorded(ObjectReader& from, Path const&)
{
    PersonRecorded what;
    what.person = from.id<PersonNumber>("person");
    what.household = from.id<HouseholdNumber>("household");
    what.name = from.text("name", name_limit);
    what.kinship = from.choice<Kinship>("kinship");
    what.can_work = from.truth_or("can_work", false);
    what.is_present = from.truth_or("is_present", true);
    return what;
}

RegisterFact target_set(ObjectReader& from, Path const&)
{
    TargetSet what;
    what.target.indicator = from.choice<PlanIndicator>("indicator");
    what.target.unit = from.id<UnitCode>("unit");
    what.target.year = from.integer("year", target_year_least, target_year_most);
    what.count = from.integer("count", 1, target_limit);
    return what;
}

/// One of the three that are there; a second one is a field that nobody asked for.
AnswersFor answers_for(ObjectReader& from)
{
    if (from.has("target")) return from.id<TargetName>("target");
    if (from.has("village")) return from.id<UnitCode>("village");
    return from.id<HouseholdNumber>("household");
}

RegisterFact responsibility_given(ObjectReader& from, Path const&)
{
    ResponsibilityGiven what;
    what.responsibility = from.id<ResponsibilityNumber>("responsibility");
    what.about = answers_for(from);
    what.person = from.text("person", name_limit);
    what.task = from.text("task", task_limit);
    what.duty = from.text("duty", task_limit);
    what.goal = from.text("goal", task_limit);
    what.deadline = from.date("deadline");
    return what;
}

RegisterFact responsibility_fulfilled(ObjectReader& from, Path const& path)
{
    ResponsibilityFulfilled what;
    what.responsibility = part_of<ResponsibilityNumber>(path, "responsibility", from);
    what.result = from.text_or_nothing("result", task_limit);
    return what;
}

RegisterFact village_recorded(ObjectReader& from, Path const& path)
{
    VillageRecorded what;
    what.village = part_of<UnitCode>(path, "village", from);
    what.aspect = from.choice<VillageAspect>("aspect");
    what.has = from.truth_or("has", true);
    what.amount = from.money_or("amount", {});
    return what;
}

// clang-format off
constexpr std::array<FactKind, std::variant_size_v<RegisterFact> - 2> kinds{{
    {"branch_named", "name_branch", "/v1/branches", branch_named},
    {"member_recorded", "record_member", "/v1/members", member_recorded},
    {"points_recorded", "record_points", "/v1/members/{member}/points", points_recorded},
    {"poor_member_listed", "list_poor_member", "/v1/poor-members", poor_member_listed},
    {"target_set", "set_target", "/v1/targets", target_set},
    {"responsibility_given", "give_responsibility", "/v1/responsibilities", responsibility_given},
    {"responsibility_fulfilled", "fulfil_responsibility",
     "/v1/responsibilities/{responsibility}/fulfilment", responsibility_fulfilled},
    {"village_recorded", "record_village", "/v1/villages/{village}/facts", village_recorded},
    {"person_recorded", "record_person", "/v1/persons", person_recorded},
}};
// clang-format on

struct Description {
    json::object& out;

    void operator()(BranchNamed const& what) const
    {
        out["branch"] = what.branch.text();
        out["name"] = what.name;
        out["village"] = what.village.text();
    }
    void operator()(MemberRecorded const& what) const
    {
        out["member"] = what.member.text();
        out["name"] = what.name;
        out["branch"] = what.branch.text();
        out["joined_on"] = what.joined_on.text();
        out["membership"] = name_of(what.membership);
    }
    void operator()(PointsRecorded const& what) const
    {
        out["member"] = what.member.text();
        out["points"] = what.points;
    }
    void operator()(PoorMemberListed const& what) const
    {
        out["member"] = what.member.text();
        out["household"] = what.household.text();
        out["is_listed"] = what.is_listed;
    }
    void operator()(TargetSet const& what) const
    {
        out["indicator"] = name_of(what.target.indicator);
        out["unit"] = what.target.unit.text();
        out["year"] = what.target.year;
        out["count"] = what.count;
    }
    void operator()(ResponsibilityGiven const& what) const
    {
        out["responsibility"] = what.responsibility.text();
        std::visit(*this, what.about);
        out["person"] = what.person;
        out["task"] = what.task;
        out["duty"] = what.duty;
        out["goal"] = what.goal;
        out["deadline"] = what.deadline.text();
    }
    void operator()(ResponsibilityFulfilled const& what) const
    {
        out["responsibility"] = what.responsibility.text();
        if (!what.result.empty()) out["result"] = what.result;
    }
    void operator()(VillageRecorded const& what) const
    {
        out["village"] = what.village.text();
        out["aspect"] = name_of(what.aspect);
        out["has"] = what.has;
        out["amount"] = what.amount.text();
    }
    void operator()(EvidenceKept const& what) const
    {
        out["digest"] = what.digest;
        out["media_type"] = code_of(what.media_type);
        out["bytes"] = what.bytes;
        out["place"] = what.place;
        out["description"] = what.description;
    }
    void operator()(PersonRecorded const& what) const
    {
        out["person"] = what.person.text();
        out["household"] = what.household.text();
        out["name"] = what.name;
        out["kinship"] = name_of(what.kinship);
        out["can_work"] = what.can_work;
        out["is_present"] = what.is_present;
    }
    void operator()(Reversed const& what) const { out["reversed_sequence"] = what.sequence; }

    void operator()(HouseholdNumber const& household) const { out["household"] = household.text(); }
    void operator()(UnitCode const& village) const { out["village"] = village.text(); }
    void operator()(TargetName const& target) const { out["target"] = target.text(); }
};

} // namespace

std::span<FactKind const> fact_kinds()
{
    return kinds;
}

FactKind const* fact_kind_of_command(std::string_view command)
{
    auto const* const found = std::ranges::find(kinds, command, &FactKind::command);
    return found == kinds.end() ? nullptr : found;
}

Command fact_reversal(ObjectReader& from)
{
    ReverseFact command;
    command.subject.kind = from.choice<RegisterKind>("register");
    command.subject.subject = from.id<SubjectName>("subject").text();
    command.sequence = from.integer("sequence", 1, facts_per_subject_limit);
    command.reason = from.text("reason", reason_limit);
    return command;
}

void describe(json::object& out, RegisterFact const& what)
{
    std::visit(Description{out}, what);
}

} // namespace wire
