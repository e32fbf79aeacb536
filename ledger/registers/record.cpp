// A dated fact of a register: what the command itself lacks, then what the village, the household
// and the other register say that it names, then what the subject cannot take on that day, then
// what it would make impossible afterwards. It moves no unit and books no entry.
// Refuses, after the shared ones: text_missing (name, person, task, duty, goal, place, description;
// document of a target; reason of a member or a person who left and of one taken off the list),
// digest_malformed, number_malformed (points, count, bytes), amount_must_be_positive,
// amount_of_nothing, date_too_late (joined after the value date), date_too_early (a deadline before
// it), village_not_found, village_not_there_then, township_not_found, household_not_found,
// household_dissolved, branch_not_found, target_not_found, evidence_already_kept, too_many_facts,
// member_not_found, responsibility_not_found, responsibility_already_fulfilled,
// later_events_depend_on_it.
#include "ledger/households/walk.hpp"
#include "ledger/lending/decisions.hpp"
#include "ledger/registers/decisions.hpp"
#include "ledger/registers/walk.hpp"

#include <algorithm>
#include <utility>

namespace ledger {

namespace {

Result<void> wanted(std::string const& text, char const* field)
{
    if (text.empty()) return refuse(Refusal::text_missing, field);
    return {};
}

Result<void> within(int number, int least, int most, char const* field)
{
    if (number >= least && number <= most) return {};
    return refuse(Refusal::number_malformed, field,
                  std::to_string(least) + " – " + std::to_string(most));
}

/// The first that refuses.
Result<void> all_of(std::initializer_list<Result<void>> checks)
{
    for (auto const& check : checks) {
        if (!check) return check;
    }
    return {};
}

/// What the command itself lacks.
struct Form {
    RecordFact const& command;

    Result<void> operator()(BranchNamed const& what) const { return wanted(what.name, "name"); }
    Result<void> operator()(MemberRecorded const& what) const
    {
        bool const has_left = what.membership == Membership::left;
        auto named = all_of({wanted(what.name, "name"),
                             has_left ? wanted(command.reason, "reason") : Result<void>{}});
        if (!named || what.joined_on <= command.value_on) return named;
        return refuse(Refusal::date_too_late, "joined_on", command.value_on.text());
    }
    Result<void> operator()(PointsRecorded const& what) const
    {
        return within(what.points, 0, points_limit, "points");
    }
    Result<void> operator()(PoorMemberListed const& what) const
    {
        return what.is_listed ? Result<void>{} : wanted(command.reason, "reason");
    }
    Result<void> operator()(TargetSet const& what) const
    {
        return all_of(
            {wanted(command.document, "document"), within(what.count, 1, target_limit, "count")});
    }
    Result<void> operator()(ResponsibilityGiven const& what) const
    {
        auto named = all_of({wanted(what.person, "person"), wanted(what.task, "task"),
                             wanted(what.duty, "duty"), wanted(what.goal, "goal")});
        if (!named || command.value_on <= what.deadline) return named;
        return refuse(Refusal::date_too_early, "deadline", command.value_on.text());
    }
    Result<void> operator()(ResponsibilityFulfilled const&) const { return {}; }
    Result<void> operator()(VillageRecorded const& what) const
    {
        bool const is_income = what.aspect == VillageAspect::collective_income;
        bool const has_amount = what.amount > Money{};
        bool const is_wrong = what.amount < Money{} || (is_income && what.has && !has_amount);
        if (is_wrong) return refuse(Refusal::amount_must_be_positive, "amount");
        if (what.has || !has_amount) return {};
        return refuse(Refusal::amount_of_nothing, "amount");
    }
    Result<void> operator()(EvidenceKept const& what) const
    {
        if (!is_file_digest(what.digest)) return refuse(Refusal::digest_malformed, "digest");
        return all_of({within(what.bytes, 1, evidence_bytes_limit, "bytes"),
                       wanted(what.place, "place"), wanted(what.description, "description")});
    }
    Result<void> operator()(PersonRecorded const& what) const
    {
        return all_of({wanted(what.name, "name"),
                       what.is_present ? Result<void>{} : wanted(command.reason, "reason")});
    }
    Result<void> operator()(Reversed const&) const { LEDGER_ASSERT(!"a reversal is not recorded"); }
};

/// What the village, the household and the other register say.
struct Surroundings {
    Situation const& now;
    RecordFact const& command;

    Result<void> operator()(BranchNamed const&) const { return village("village"); }
    Result<void> operator()(MemberRecorded const&) const
    {
        return stands_on(Refusal::branch_not_found, "branch");
    }
    Result<void> operator()(PointsRecorded const&) const { return {}; }
    Result<void> operator()(PoorMemberListed const& what) const { return of_list(what.is_listed); }
    Result<void> operator()(TargetSet const& what) const { return unit(what.target.unit); }
    Result<void> operator()(ResponsibilityGiven const& what) const
    {
        return std::visit(*this, what.about);
    }
    Result<void> operator()(ResponsibilityFulfilled const&) const { return {}; }
    Result<void> operator()(VillageRecorded const&) const { return village("village"); }
    /// A file is one file, whoever brings it again.
    Result<void> operator()(EvidenceKept const&) const
    {
        if (!now.subject) return {};
        return refuse(Refusal::evidence_already_kept, "digest",
                      now.subject->events.front().booked_on.text());
    }
    Result<void> operator()(PersonRecorded const& what) const { return of_list(what.is_present); }
    Result<void> operator()(Reversed const&) const { LEDGER_ASSERT(!"a reversal is not recorded"); }

    Result<void> operator()(HouseholdNumber const&) const { return household(); }
    Result<void> operator()(UnitCode const&) const { return village("village"); }
    Result<void> operator()(TargetName const&) const
    {
        return stands_on(Refusal::target_not_found, "target");
    }

  private:
    Result<void> is_valid(Span const& days, char const* field) const
    {
        if (days.from <= command.value_on && command.value_on < days.until) return {};
        return refuse(Refusal::village_not_there_then, field,
                      days.from.text() + " – " + days.until.plus_days(-1).text());
    }
    Result<void> village(char const* field) const
    {
        if (!now.village) return refuse(Refusal::village_not_found, field);
        return is_valid(*now.village, field);
    }
    /// The county itself, one of its townships or villages.
    Result<void> unit(UnitCode const& code) const
    {
        if (code.text() == now.books->county.text()) return {};
        bool const is_village = code.text().size() == village_digits;
        if (is_village) return village("unit");
        if (!now.township) return refuse(Refusal::township_not_found, "unit");
        return is_valid(*now.township, "unit");
    }
    Result<void> household() const
    {
        if (!now.household) return refuse(Refusal::household_not_found, "household");
        HouseholdState const then = fold(*now.household, command.value_on);
        if (!then.is_registered) return refuse(Refusal::household_not_found, "household");
        if (!then.is_dissolved()) return {};
        return refuse(Refusal::household_dissolved, "household", then.dissolved_on->text());
    }
    /// Whoever is of a household that is no more can still be taken off the list.
    Result<void> of_list(bool is_put_on) const
    {
        auto there = household();
        bool const is_gone = !there && there.error().code == Refusal::household_dissolved;
        return is_gone && !is_put_on ? Result<void>{} : there;
    }
    Result<void> stands_on(Refusal refusal, char const* field) const
    {
        if (now.rested_on && fold(*now.rested_on, command.value_on).is_there()) return {};
        return refuse(refusal, field);
    }
};

} // namespace

Result<Register> with_event(Register subject, RegisterEvent event)
{
    if (std::cmp_greater_equal(subject.events.size(), facts_per_subject_limit)) {
        return refuse(Refusal::too_many_facts, {}, std::to_string(facts_per_subject_limit));
    }
    event.sequence = static_cast<int>(subject.events.size()) + 1;
    subject.events.push_back(std::move(event));
    return subject;
}

Result<Effects> record(Situation const& now, RecordFact const& command)
{
    LEDGER_ASSERT(!std::holds_alternative<Reversed>(command.what));
    if (auto dates = check_dates(now, command.value_on, "value_on"); !dates) {
        return std::unexpected{dates.error()};
    }
    if (auto good = std::visit(Form{command}, command.what); !good) {
        return std::unexpected{good.error()};
    }
    if (auto good = std::visit(Surroundings{now, command}, command.what); !good) {
        return std::unexpected{good.error()};
    }
    auto after = with_event(
        now.subject.value_or(Register{register_of(command.what), {}}),
        {0, command.value_on, now.booked_on, command.what, command.document, command.reason});
    if (!after) return std::unexpected{after.error()};

    int const sequence = after->events.back().sequence;
    std::vector<int> dependents;
    WalkedRegister const walked = walk_through(*after, last_day_of(*after, command.value_on));
    for (RegisterConflict const& conflict : walked.conflicts) {
        if (conflict.sequence == sequence) return std::unexpected{conflict.refused};
        dependents.push_back(conflict.sequence);
    }
    if (!dependents.empty()) {
        return refuse(Refusal::later_events_depend_on_it, "value_on", listed(dependents));
    }

    // From here it must succeed.
    Effects effects;
    effects.register_event = after->events.back();
    effects.subject = std::move(*after);
    return effects;
}

} // namespace ledger
