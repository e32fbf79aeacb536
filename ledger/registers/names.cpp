// The codes of what the registers are made of (the API and the books spell them alike), and what a
// fact is about.
#include "ledger/register_fact.hpp"

#include <algorithm>
#include <charconv>

namespace ledger {

namespace {

bool are_digits(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<PlanIndicator> indicator_named(std::string_view name)
{
    for (PlanIndicator const indicator : all_plan_indicators) {
        if (code_of(indicator) == name) return indicator;
    }
    return std::nullopt;
}

bool is_unit(std::string_view code)
{
    return are_digits(code) && (code.size() == 6 || code.size() == 9 || code.size() == 12);
}

std::optional<int> year_in(std::string_view text)
{
    int year = 0;
    if (text.size() != 4 || !are_digits(text)) return std::nullopt;
    std::from_chars(text.data(), text.data() + text.size(), year);
    if (year < target_year_least || year > target_year_most) return std::nullopt;
    return year;
}

} // namespace

std::string_view code_of(RegisterKind kind)
{
    switch (kind) {
    case RegisterKind::branch: return "branch";
    case RegisterKind::member: return "member";
    case RegisterKind::target: return "target";
    case RegisterKind::responsibility: return "responsibility";
    case RegisterKind::village: return "village";
    case RegisterKind::evidence: return "evidence";
    case RegisterKind::person: return "person";
    }
    LEDGER_ASSERT(!"a register that is not in the list");
}

std::string_view code_of(Membership membership)
{
    switch (membership) {
    case Membership::full: return "full";
    case Membership::probationary: return "probationary";
    case Membership::left: return "left";
    }
    LEDGER_ASSERT(!"a membership that is not in the list");
}

std::string_view code_of(Kinship kinship)
{
    switch (kinship) {
    case Kinship::head: return "head";
    case Kinship::spouse: return "spouse";
    case Kinship::child: return "child";
    case Kinship::child_in_law: return "child_in_law";
    case Kinship::grandchild: return "grandchild";
    case Kinship::parent: return "parent";
    case Kinship::grandparent: return "grandparent";
    case Kinship::sibling: return "sibling";
    case Kinship::other: return "other";
    }
    LEDGER_ASSERT(!"a kinship that is not in the list");
}

std::string_view code_of(PlanIndicator indicator)
{
    switch (indicator) {
    case PlanIndicator::households: return "households";
    case PlanIndicator::member_households: return "member_households";
    case PlanIndicator::persons: return "persons";
    case PlanIndicator::members: return "members";
    }
    LEDGER_ASSERT(!"an indicator that is not in the list");
}

std::string_view code_of(VillageAspect aspect)
{
    switch (aspect) {
    case VillageAspect::poor_village: return "poor_village";
    case VillageAspect::project_plan: return "project_plan";
    case VillageAspect::share_cooperation: return "share_cooperation";
    case VillageAspect::collective_income: return "collective_income";
    }
    LEDGER_ASSERT(!"an aspect that is not in the list");
}

std::string TargetName::text() const
{
    return std::string{code_of(indicator)} + "." + unit.text() + "." + std::to_string(year);
}

Result<TargetName> TargetName::parse(std::string_view text)
{
    auto const first = text.find('.');
    auto const second = text.rfind('.');
    if (first == std::string_view::npos || first == second) {
        return refuse(Refusal::target_name_malformed);
    }
    std::string_view const unit = text.substr(first + 1, second - first - 1);
    auto const indicator = indicator_named(text.substr(0, first));
    auto const year = year_in(text.substr(second + 1));
    if (!indicator || !year || !is_unit(unit)) return refuse(Refusal::target_name_malformed);
    return TargetName{*indicator, UnitCode::parse(unit).value(), *year};
}

std::string_view code_of(RegisterFact const& what)
{
    struct Visitor {
        std::string_view operator()(BranchNamed const&) const { return "branch_named"; }
        std::string_view operator()(MemberRecorded const&) const { return "member_recorded"; }
        std::string_view operator()(PointsRecorded const&) const { return "points_recorded"; }
        std::string_view operator()(PoorMemberListed const&) const { return "poor_member_listed"; }
        std::string_view operator()(TargetSet const&) const { return "target_set"; }
        std::string_view operator()(ResponsibilityGiven const&) const
        {
            return "responsibility_given";
        }
        std::string_view operator()(ResponsibilityFulfilled const&) const
        {
            return "responsibility_fulfilled";
        }
        std::string_view operator()(VillageRecorded const&) const { return "village_recorded"; }
        std::string_view operator()(EvidenceKept const&) const { return "evidence_kept"; }
        std::string_view operator()(PersonRecorded const&) const { return "person_recorded"; }
        std::string_view operator()(Reversed const&) const { return "reversed"; }
    };
    return std::visit(Visitor{}, what);
}

namespace {

/// A reversal is about what it reverses: whose history that is, only the history knows.
struct Subject {
    RegisterName operator()(BranchNamed const& what) const
    {
        return {RegisterKind::branch, what.branch.text()};
    }
    RegisterName operator()(MemberRecorded const& what) const { return of(what.member); }
    RegisterName operator()(PointsRecorded const& what) const { return of(what.member); }
    RegisterName operator()(PoorMemberListed const& what) const { return of(what.member); }
    RegisterName operator()(TargetSet const& what) const
    {
        return {RegisterKind::target, what.target.text()};
    }
    RegisterName operator()(ResponsibilityGiven const& what) const
    {
        return of(what.responsibility);
    }
    RegisterName operator()(ResponsibilityFulfilled const& what) const
    {
        return of(what.responsibility);
    }
    RegisterName operator()(VillageRecorded const& what) const
    {
        return {RegisterKind::village, what.village.text()};
    }
    RegisterName operator()(EvidenceKept const& what) const { return evidence_named(what.digest); }
    RegisterName operator()(PersonRecorded const& what) const
    {
        return {RegisterKind::person, what.person.text()};
    }
    RegisterName operator()(Reversed const&) const
    {
        LEDGER_ASSERT(!"a reversal does not say whose it is");
    }

  private:
    static RegisterName of(MemberNumber const& member)
    {
        return {RegisterKind::member, member.text()};
    }
    static RegisterName of(ResponsibilityNumber const& responsibility)
    {
        return {RegisterKind::responsibility, responsibility.text()};
    }
};

} // namespace

RegisterKind kind_of(RegisterFact const& what)
{
    return std::visit(Subject{}, what).kind;
}

std::string subject_of(RegisterFact const& what)
{
    return std::visit(Subject{}, what).subject;
}

std::optional<RegisterName> rests_on(RegisterFact const& what)
{
    if (auto const* recorded = std::get_if<MemberRecorded>(&what)) {
        return RegisterName{RegisterKind::branch, recorded->branch.text()};
    }
    auto const* given = std::get_if<ResponsibilityGiven>(&what);
    auto const* target = given ? std::get_if<TargetName>(&given->about) : nullptr;
    if (!target) return std::nullopt;
    return RegisterName{RegisterKind::target, target->text()};
}

} // namespace ledger
