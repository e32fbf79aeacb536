// What a household can take on a day, given what happened to it before. What the command itself
// lacks, and what other households, loans and borrowers say, is judged in record.cpp.
#include "ledger/households/walk.hpp"

#include <algorithm>

namespace ledger {

namespace {

std::vector<int> in_force(HouseholdState const& state)
{
    std::vector<int> claims;
    for (Claim const& claim : state.claims) {
        if (claim.is_in_force()) claims.push_back(claim.sequence);
    }
    return claims;
}

/// The person of a step that was taken since the last proposal.
std::string person_of(HouseholdState const& state, ExitStep step)
{
    for (ExitRecord const& taken : state.exit) {
        if (taken.step == step) return taken.person;
    }
    return {};
}

struct Admission {
    HouseholdState const& state;
    HouseholdEvent const& event;
    Programme const* judge;

    Result<void> operator()(HouseholdRegistered const&) const { return {}; }
    Result<void> operator()(HouseholdMoved const&) const { return {}; }
    Result<void> operator()(PersonsCounted const&) const { return {}; }
    Result<void> operator()(StandingRecorded const& what) const
    {
        bool const was_out =
            state.standing == Standing::exited || state.standing == Standing::unstable;
        if (was_out && what.standing == Standing::poor) {
            return refuse(Refusal::standing_needs_procedure, "standing");
        }
        if (what.standing == state.standing) {
            return refuse(Refusal::standing_unchanged, "standing",
                          std::string{code_of(state.standing)});
        }
        return {};
    }
    Result<void> operator()(HouseholdDissolved const&) const
    {
        auto const claims = in_force(state);
        if (claims.empty()) return {};
        return refuse(Refusal::household_still_led, "household", listed(claims));
    }
    Result<void> operator()(LeadingClaimed const& what) const
    {
        for (Claim const& claim : state.claims) {
            if (claim.is_in_force() && claim.borrower == what.borrower) {
                return refuse(Refusal::borrower_already_leads, "loan",
                              std::to_string(claim.sequence));
            }
        }
        if (std::cmp_greater_equal(in_force(state).size(), claims_limit)) {
            return refuse(Refusal::too_many_claims, {}, std::to_string(claims_limit));
        }
        if (state.unled() == 0 || what.share > state.unled()) {
            return refuse(Refusal::shares_above_one, "share", share_text(state.unled()));
        }
        return {};
    }
    Result<void> operator()(LeadingVerified const& what) const
    {
        if (auto found = claim_in_force(what.claim); !found) return found;
        auto const& verified_on = state.claim(what.claim)->verified_on;
        if (!verified_on) return {};
        return refuse(Refusal::claim_already_verified, "claim", verified_on->text());
    }
    Result<void> operator()(ClaimWithdrawn const& what) const { return claim_in_force(what.claim); }
    Result<void> operator()(SupportEnded const& what) const
    {
        if (auto found = claim_in_force(what.claim); !found) return found;
        if (state.claim(what.claim)->verified_on) return {};
        return refuse(Refusal::claim_not_verified, "claim");
    }
    Result<void> operator()(SharesAgreed const& what) const
    {
        std::vector<int> named;
        Share sum = 0;
        for (auto const& [claim, share] : what.shares) {
            named.push_back(claim);
            sum += share;
        }
        std::ranges::sort(named);
        auto wanted = in_force(state);
        std::ranges::sort(wanted);
        if (named != wanted) {
            return refuse(Refusal::shares_incomplete, "shares", listed(wanted));
        }
        if (sum > whole_household) {
            return refuse(Refusal::shares_above_one, "shares", share_text(whole_household));
        }
        return {};
    }
    Result<void> operator()(BenefitBrought const& what) const
    {
        Claim const* claim = state.claim(what.claim);
        if (!claim) return refuse(Refusal::claim_not_found, "claim");
        if (!claim->is_withdrawn) return {};
        return refuse(Refusal::claim_over, "claim", claim->until->text());
    }
    Result<void> operator()(ExitStepTaken const& what) const
    {
        if (state.standing != Standing::poor && state.standing != Standing::relapsed) {
            return refuse(Refusal::household_not_poor, "step",
                          std::string{code_of(state.standing)});
        }
        if (what.step == ExitStep::proposed) return {};
        ExitStep const awaited = all_exit_steps[state.exit.size()];
        if (what.step != awaited) {
            return refuse(Refusal::exit_step_out_of_order, "step", std::string{code_of(awaited)});
        }
        if (what.step == ExitStep::noticed) return notice(what);
        if (what.step == ExitStep::checked) return check(what);
        if (what.step == ExitStep::approved) {
            return another_person(what, {ExitStep::proposed, ExitStep::checked});
        }
        return {};
    }
    Result<void> operator()(Relapsed const&) const
    {
        if (state.standing == Standing::exited || state.standing == Standing::unstable) return {};
        return refuse(Refusal::household_not_exited, "household",
                      std::string{code_of(state.standing)});
    }
    Result<void> operator()(IncomeRecorded const&) const { return {}; }
    Result<void> operator()(Surveyed const&) const { return {}; }
    Result<void> operator()(Reversed const&) const { LEDGER_ASSERT(!"a reversal is not walked"); }

  private:
    Result<void> claim_in_force(int sequence) const
    {
        Claim const* claim = state.claim(sequence);
        if (!claim) return refuse(Refusal::claim_not_found, "claim");
        if (claim->is_in_force()) return {};
        return refuse(Refusal::claim_over, "claim", claim->until->text());
    }

    Result<void> another_person(ExitStepTaken const& what,
                                std::initializer_list<ExitStep> than) const
    {
        for (ExitStep const step : than) {
            if (what.person == person_of(state, step)) {
                return refuse(Refusal::same_person_twice, "person", std::string{code_of(step)});
            }
        }
        return {};
    }

    /// Both the first and the last day of the notice count.
    Result<void> notice(ExitStepTaken const& what) const
    {
        if (!judge) return {};
        LeadingRules const* rules = judge->leading_rules_on(event.value_on);
        if (!rules) return refuse(Refusal::no_rule_in_force, "value_on");
        if (*what.until - event.value_on + 1 >= rules->notice_days) return {};
        return refuse(Refusal::notice_too_short, "until", std::to_string(rules->notice_days));
    }

    Result<void> check(ExitStepTaken const& what) const
    {
        Date const last_day = *state.exit.back().until;
        if (event.value_on <= last_day) {
            return refuse(Refusal::notice_not_over, "value_on", last_day.text());
        }
        if (auto other = another_person(what, {ExitStep::proposed}); !other) return other;
        return judge ? enough_to_live_on(what) : Result<void>{};
    }

    Result<void> enough_to_live_on(ExitStepTaken const& what) const
    {
        std::string const year = std::to_string(what.income_year);
        auto const income = income_per_head(state, what.income_year);
        if (!income) return refuse(Refusal::income_not_recorded, "income_year", year);
        auto const line = judge->poverty_line(what.income_year);
        if (!line) return refuse(Refusal::no_poverty_line, "income_year", year);
        if (*income < *line) return refuse(Refusal::income_below_line, "income_year", line->text());
        std::string missing;
        auto want = [&](std::optional<bool> Survey::* safeguard, char const* name) {
            bool const is_there = state.survey && (*state.survey.*safeguard).value_or(false);
            if (!is_there) missing += (missing.empty() ? "" : ", ") + std::string{name};
        };
        want(&Survey::has_safe_housing, "safe_housing");
        want(&Survey::has_schooling, "schooling");
        want(&Survey::has_medical_care, "medical_care");
        if (missing.empty()) return {};
        return refuse(Refusal::safeguard_missing, "step", missing);
    }
};

} // namespace

std::string listed(std::vector<int> const& sequences)
{
    std::string text;
    for (int const sequence : sequences) {
        text += (text.empty() ? "" : ", ") + std::to_string(sequence);
    }
    return text;
}

Result<void> admit(HouseholdState const& state, HouseholdEvent const& event, Programme const* judge)
{
    bool const registers = std::holds_alternative<HouseholdRegistered>(event.what);
    if (!registers && !state.is_registered) {
        return refuse(Refusal::household_not_found, "household");
    }
    if (registers && state.is_registered) {
        return refuse(Refusal::household_already_registered, "household",
                      state.registered_on->text());
    }
    if (state.dissolved_on) {
        return refuse(Refusal::household_dissolved, "household", state.dissolved_on->text());
    }
    return std::visit(Admission{state, event, judge}, event.what);
}

} // namespace ledger
