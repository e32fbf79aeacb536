// The fold: each fact replaces the one of its kind before it, and what cannot stand is refused in
// the same place, because a subject of a register has few rules.
#include "ledger/registers/walk.hpp"

#include <algorithm>

namespace ledger {

namespace {

struct Application {
    RegisterState& state;
    Date on;

    Result<void> operator()(BranchNamed const& what) const { return hold(state.branch, what); }
    Result<void> operator()(MemberRecorded const& what) const { return hold(state.member, what); }
    Result<void> operator()(PointsRecorded const& what) const
    {
        if (!state.member) return refuse(Refusal::member_not_found, "member");
        return hold(state.points, what);
    }
    Result<void> operator()(PoorMemberListed const& what) const
    {
        if (!state.member) return refuse(Refusal::member_not_found, "member");
        return hold(state.poor_member, what);
    }
    Result<void> operator()(TargetSet const& what) const { return hold(state.target, what); }
    Result<void> operator()(ResponsibilityGiven const& what) const
    {
        if (state.fulfilled) return already_fulfilled();
        return hold(state.responsibility, what);
    }
    Result<void> operator()(ResponsibilityFulfilled const& what) const
    {
        if (!state.responsibility) {
            return refuse(Refusal::responsibility_not_found, "responsibility");
        }
        if (state.fulfilled) return already_fulfilled();
        return hold(state.fulfilled, what);
    }
    Result<void> operator()(VillageRecorded const& what) const
    {
        state.village.insert_or_assign(what.aspect, Holding<VillageRecorded>{what, on});
        return {};
    }
    Result<void> operator()(EvidenceKept const& what) const { return hold(state.evidence, what); }
    Result<void> operator()(PersonRecorded const& what) const { return hold(state.person, what); }
    Result<void> operator()(Reversed const&) const { LEDGER_ASSERT(!"a reversal is not walked"); }

  private:
    template <class What>
    Result<void> hold(std::optional<Holding<What>>& held, What const& what) const
    {
        held = Holding<What>{what, on};
        return {};
    }
    Result<void> already_fulfilled() const
    {
        return refuse(Refusal::responsibility_already_fulfilled, "responsibility",
                      state.fulfilled->since.text());
    }
};

} // namespace

bool RegisterState::is_there() const
{
    return branch || member || target || responsibility || evidence || person || !village.empty();
}

bool RegisterState::is_overdue() const
{
    return responsibility && !fulfilled && responsibility->what.deadline < as_of;
}

WalkedRegister walk_through(Register const& subject, Date as_of)
{
    WalkedRegister walked;
    for (RegisterEvent const* event : events_in_force(subject.events, as_of)) {
        if (auto taken = std::visit(Application{walked.state, event->value_on}, event->what);
            !taken)
        {
            walked.conflicts.push_back({event->sequence, taken.error()});
        }
    }
    walked.state.as_of = as_of;
    return walked;
}

Date last_day_of(Register const& subject, Date at_least)
{
    for (RegisterEvent const& event : subject.events) {
        at_least = std::max(at_least, event.value_on);
    }
    return at_least;
}

RegisterState fold(Register const& subject, Date as_of)
{
    WalkedRegister walked = walk_through(subject, as_of);
    LEDGER_ASSERT(walked.conflicts.empty());
    return std::move(walked.state);
}

} // namespace ledger
