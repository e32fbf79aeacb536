// The fold: each event changes the state in one place, and nothing else does. It refuses nothing:
// that is admission's.
#include "ledger/households/walk.hpp"

#include <algorithm>

namespace ledger {

namespace {

struct Application {
    HouseholdState& state;
    HouseholdEvent const& event;

    void operator()(HouseholdRegistered const& what) const
    {
        state.is_registered = true;
        state.registered_on = event.value_on;
        state.head = what.head;
        state.village = what.village;
        state.persons = what.persons;
        stand(what.standing);
    }
    void operator()(HouseholdMoved const& what) const
    {
        if (!what.head.empty()) state.head = what.head;
        if (!what.village.is_empty()) state.village = what.village;
    }
    void operator()(PersonsCounted const& what) const { state.persons = what.persons; }
    void operator()(StandingRecorded const& what) const
    {
        stand(what.standing);
        state.exit.clear();
    }
    void operator()(HouseholdDissolved const&) const { state.dissolved_on = event.value_on; }
    void operator()(LeadingClaimed const& what) const
    {
        Claim claim;
        claim.sequence = event.sequence;
        claim.loan = what.loan;
        claim.borrower = what.borrower;
        claim.way = what.way;
        claim.share = what.share == 0 ? state.unled() : what.share;
        claim.promised = what.promised;
        claim.is_relative = what.is_relative;
        claim.since = event.value_on;
        claim.standing_then = state.standing;
        state.claims.push_back(std::move(claim));
    }
    void operator()(LeadingVerified const& what) const
    {
        claim(what.claim).verified_on = event.value_on;
    }
    void operator()(ClaimWithdrawn const& what) const
    {
        claim(what.claim).until = event.value_on;
        claim(what.claim).is_withdrawn = true;
    }
    void operator()(SupportEnded const& what) const { claim(what.claim).until = event.value_on; }
    void operator()(SharesAgreed const& what) const
    {
        for (auto const& [sequence, share] : what.shares) claim(sequence).share = share;
    }
    void operator()(BenefitBrought const& what) const { claim(what.claim).brought += what.amount; }
    void operator()(ExitStepTaken const& what) const
    {
        if (what.step == ExitStep::proposed) state.exit.clear();
        state.exit.push_back({what.step, event.value_on, what.person, what.until});
        if (what.step != ExitStep::approved) return;
        stand(Standing::exited);
        for (Claim& claim : state.claims) {
            if (claim.is_withdrawn || claim.since >= event.value_on) continue;
            claim.exited_on = event.value_on;
            claim.relapsed_on.reset();
        }
    }
    void operator()(Relapsed const&) const
    {
        stand(Standing::relapsed);
        state.exit.clear();
        for (Claim& claim : state.claims) {
            if (claim.exited_on) claim.relapsed_on = event.value_on;
        }
    }
    void operator()(IncomeRecorded const& what) const
    {
        auto const at =
            std::ranges::lower_bound(state.incomes, what.income.year, {}, &Income::year);
        bool const is_known = at != state.incomes.end() && at->year == what.income.year;
        if (is_known)
            *at = what.income;
        else
            state.incomes.insert(at, what.income);
    }
    void operator()(Surveyed const& what) const
    {
        Survey const& found = what.survey;
        Survey& known = state.survey ? *state.survey : state.survey.emplace();
        auto const learn = [](auto& of, auto const& now) {
            if (now) of = now;
        };
        learn(known.labour, found.labour);
        learn(known.has_safe_housing, found.has_safe_housing);
        learn(known.has_schooling, found.has_schooling);
        learn(known.has_medical_care, found.has_medical_care);
        if (!found.causes.empty()) known.causes = found.causes;
        if (!found.official.empty()) known.official = found.official;
    }
    void operator()(Reversed const&) const { LEDGER_ASSERT(!"a reversal is not walked"); }

  private:
    void stand(Standing standing) const
    {
        state.standing = standing;
        state.standing_since = event.value_on;
    }
    Claim& claim(int sequence) const
    {
        auto const found = std::ranges::find(state.claims, sequence, &Claim::sequence);
        LEDGER_ASSERT(found != state.claims.end());
        return *found;
    }
};

} // namespace

Claim const* HouseholdState::claim(int sequence) const
{
    auto const found = std::ranges::find(claims, sequence, &Claim::sequence);
    return found == claims.end() ? nullptr : &*found;
}

Share HouseholdState::unled() const
{
    Share left = whole_household;
    for (Claim const& claim : claims) {
        if (claim.is_in_force()) left -= claim.share;
    }
    LEDGER_ASSERT(left >= 0);
    return left;
}

std::optional<Money> income_per_head(HouseholdState const& state, int year)
{
    auto const found = std::ranges::find(state.incomes, year, &Income::year);
    if (found == state.incomes.end()) return std::nullopt;
    LEDGER_ASSERT(state.persons > 0);
    // Towards zero: a loss is no deeper than it is, a gain no higher.
    return Money::fen(found->total().fen() / state.persons);
}

Result<void> HouseholdWalk::take(HouseholdEvent const& event)
{
    if (auto admitted = admit(state_, event, judge_); !admitted) return admitted;
    std::visit(Application{state_, event}, event.what);
    LEDGER_ASSERT(state_.unled() >= 0);
    return {};
}

WalkedHousehold walk_through(Household const& household, Date as_of, Programme const* judge)
{
    HouseholdWalk walk{judge};
    WalkedHousehold walked;
    for (HouseholdEvent const* event : events_in_force(household.events, as_of)) {
        if (auto taken = walk.take(*event); !taken) {
            walked.conflicts.push_back({event->sequence, taken.error()});
        }
    }
    walked.state = walk.state();
    walked.state.as_of = as_of;
    return walked;
}

HouseholdState fold(Household const& household, Date as_of)
{
    WalkedHousehold walked = walk_through(household, as_of);
    LEDGER_ASSERT(walked.conflicts.empty());
    return std::move(walked.state);
}

} // namespace ledger
