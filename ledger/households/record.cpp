// Anything that happens to a household: its registration, a claim to lead it, a step of its exit …
// Each is decided the same way: what the command itself lacks, then what the village, the loan and
// the borrower say, then what the household cannot take on that day, then what it would make
// impossible afterwards, then what the rules of leading think of it.
// Refuses, after the shared ones: text_missing (head, officer, witness, person, evidence, document,
// reason), number_malformed (persons), amount_must_be_positive, digest_malformed,
// standing_needs_procedure, share_malformed, same_person_twice (officer and witness),
// field_missing (until), survey_empty, evidence_not_found, village_not_found,
// village_not_there_then, loan_not_found, loan_withdrawn, date_before_proposal,
// household_is_borrowers_own, date_before_registration, date_too_early (before the claim that it
// names), too_many_household_events, what the household's admission refuses (admission.cpp),
// later_events_depend_on_it, and where the rules refuse it household_is_relatives,
// household_exited_before, household_led_by_another, household_registered_later.
#include "ledger/households/decisions.hpp"
#include "ledger/households/walk.hpp"
#include "ledger/lending/decisions.hpp"

#include <algorithm>

namespace ledger {

namespace {

Result<void> wanted(std::string const& text, char const* field)
{
    if (text.empty()) return refuse(Refusal::text_missing, field);
    return {};
}

Result<void> is_digest(std::string const& text, char const* field)
{
    if (text.empty() || is_file_digest(text)) return {};
    return refuse(Refusal::digest_malformed, field);
}

Result<void> are_persons(int persons)
{
    if (persons >= 1 && persons <= persons_limit) return {};
    return refuse(Refusal::number_malformed, "persons", "1 – " + std::to_string(persons_limit));
}

Result<void> is_share(Share share, Share least, char const* field)
{
    if (share >= least && share <= whole_household) return {};
    return refuse(Refusal::share_malformed, field);
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
    RecordHouseholdEvent const& command;

    Result<void> operator()(HouseholdRegistered const& what) const
    {
        return all_of({wanted(what.head, "head"), are_persons(what.persons)});
    }
    Result<void> operator()(HouseholdMoved const& what) const
    {
        return what.village.is_empty() ? wanted(what.head, "head") : Result<void>{};
    }
    Result<void> operator()(PersonsCounted const& what) const { return are_persons(what.persons); }
    Result<void> operator()(StandingRecorded const& what) const
    {
        if (what.standing == Standing::exited || what.standing == Standing::relapsed) {
            return refuse(Refusal::standing_needs_procedure, "standing");
        }
        return wanted(command.document, "document");
    }
    Result<void> operator()(HouseholdDissolved const&) const
    {
        return wanted(command.reason, "reason");
    }
    Result<void> operator()(LeadingClaimed const& what) const
    {
        if (what.promised < Money{}) return refuse(Refusal::amount_must_be_positive, "promised");
        return is_share(what.share, 0, "share");
    }
    Result<void> operator()(LeadingVerified const& what) const
    {
        auto named = all_of({wanted(what.officer, "officer"), wanted(what.witness, "witness"),
                             wanted(what.place, "place"), wanted(what.evidence, "evidence"),
                             is_digest(what.evidence, "evidence")});
        if (!named || what.officer != what.witness) return named;
        return refuse(Refusal::same_person_twice, "witness", "verified");
    }
    Result<void> operator()(ClaimWithdrawn const&) const
    {
        return wanted(command.reason, "reason");
    }
    Result<void> operator()(SupportEnded const&) const { return wanted(command.reason, "reason"); }
    Result<void> operator()(SharesAgreed const& what) const
    {
        for (auto const& [claim, share] : what.shares) {
            if (auto good = is_share(share, 1, "shares"); !good) return good;
        }
        return {};
    }
    Result<void> operator()(BenefitBrought const& what) const
    {
        if (what.amount <= Money{}) return refuse(Refusal::amount_must_be_positive, "amount");
        return is_digest(what.evidence, "evidence");
    }
    Result<void> operator()(ExitStepTaken const& what) const
    {
        if (what.step == ExitStep::noticed && !what.until) {
            return refuse(Refusal::field_missing, "until");
        }
        return all_of({wanted(what.person, "person"), is_digest(what.evidence, "evidence")});
    }
    Result<void> operator()(Relapsed const&) const { return wanted(command.document, "document"); }
    Result<void> operator()(IncomeRecorded const&) const { return {}; }
    Result<void> operator()(Surveyed const& what) const
    {
        if (what.survey.is_empty()) return refuse(Refusal::survey_empty, "has_safe_housing");
        return {};
    }
    Result<void> operator()(Reversed const&) const { LEDGER_ASSERT(!"a reversal is not recorded"); }
};

/// What the village, the loan and the borrower say.
struct Surroundings {
    Situation const& now;
    RecordHouseholdEvent const& command;

    Result<void> operator()(HouseholdRegistered const&) const { return village(); }
    Result<void> operator()(HouseholdMoved const& what) const
    {
        return what.village.is_empty() ? Result<void>{} : village();
    }
    Result<void> operator()(LeadingClaimed const&) const
    {
        if (!now.loan) return refuse(Refusal::loan_not_found, "loan");
        if (command.value_on < now.loan->proposed_on) {
            return refuse(Refusal::date_before_proposal, "value_on", now.loan->proposed_on.text());
        }
        auto const status = fold(*now.loan, last_day_of(*now.loan, now.booked_on)).status;
        if (status == LoanStatus::withdrawn || status == LoanStatus::expired) {
            return refuse(Refusal::loan_withdrawn, "loan");
        }
        LEDGER_ASSERT(now.borrower.has_value() && now.borrower->number == now.loan->borrower);
        if (now.borrower->household == command.household) {
            return refuse(Refusal::household_is_borrowers_own, "household");
        }
        return {};
    }
    Result<void> operator()(LeadingVerified const& what) const { return evidence(what.evidence); }
    Result<void> operator()(BenefitBrought const& what) const { return evidence(what.evidence); }
    Result<void> operator()(ExitStepTaken const& what) const { return evidence(what.evidence); }
    Result<void> operator()(auto const&) const { return {}; }

  private:
    /// What is entered from paper before the books are opened keeps its evidence on paper.
    Result<void> evidence(std::string const& digest) const
    {
        if (digest.empty() || !now.books->opened_on || now.rested_on) return {};
        return refuse(Refusal::evidence_not_found, "evidence");
    }
    Result<void> village() const
    {
        if (!now.village) return refuse(Refusal::village_not_found, "village");
        if (now.village->from <= command.value_on && command.value_on < now.village->until) {
            return {};
        }
        return refuse(Refusal::village_not_there_then, "village",
                      now.village->from.text() + " – " + now.village->until.plus_days(-1).text());
    }
};

/// The claim that an event is about, where it is about one.
struct ClaimOf {
    std::optional<int> operator()(LeadingVerified const& what) const { return what.claim; }
    std::optional<int> operator()(ClaimWithdrawn const& what) const { return what.claim; }
    std::optional<int> operator()(SupportEnded const& what) const { return what.claim; }
    std::optional<int> operator()(BenefitBrought const& what) const { return what.claim; }
    std::optional<int> operator()(auto const&) const { return std::nullopt; }
};

/// Not before what it builds on.
Result<void> check_order(Household const& before, RecordHouseholdEvent const& command)
{
    for (HouseholdEvent const* event : events_in_force(before.events, all_days.until)) {
        if (!std::holds_alternative<HouseholdRegistered>(event->what)) continue;
        if (command.value_on >= event->value_on ||
            std::holds_alternative<HouseholdRegistered>(command.what))
            break;
        return refuse(Refusal::date_before_registration, "value_on", event->value_on.text());
    }
    auto const claim = std::visit(ClaimOf{}, command.what);
    bool const is_named = claim && *claim >= 1 && std::cmp_less_equal(*claim, before.events.size());
    if (!is_named) return {};
    HouseholdEvent const& made = before.events[static_cast<std::size_t>(*claim) - 1];
    if (command.value_on >= made.value_on || !std::holds_alternative<LeadingClaimed>(made.what)) {
        return {};
    }
    return refuse(Refusal::date_too_early, "value_on", made.value_on.text());
}

/// What the happening leaves open: of a claim its borrower and its share, of a check its year.
HouseholdHappening completed(Situation const& now, RecordHouseholdEvent const& command)
{
    HouseholdHappening what = command.what;
    if (auto* claimed = std::get_if<LeadingClaimed>(&what)) {
        claimed->borrower = now.loan->borrower;
        if (claimed->share == 0) { // what nobody leads on that day and nobody has taken since
            Household const& before = *now.household;
            claimed->share = std::min(fold(before, command.value_on).unled(),
                                      fold(before, last_day_of(before, command.value_on)).unled());
        }
    }
    auto* step = std::get_if<ExitStepTaken>(&what);
    if (step && step->step == ExitStep::checked && step->income_year == 0) {
        step->income_year = command.value_on.year();
    }
    return what;
}

struct Suspicion {
    Ruling LeadingRules::* ruling;
    Refused refused;
};

/// What is suspicious about a new claim, as everything is known now.
std::vector<Suspicion> suspicions(Household const& household, HouseholdState const& state,
                                  Claim const& claim)
{
    std::vector<Suspicion> found;
    if (claim.is_relative) {
        found.push_back(
            {&LeadingRules::on_relative, {Refusal::household_is_relatives, "household", {}}});
    }
    if (claim.standing_then == Standing::exited) {
        found.push_back(
            {&LeadingRules::on_exited_before, {Refusal::household_exited_before, "household", {}}});
    }
    for (Claim const& other : state.claims) {
        bool const overlaps = !other.is_withdrawn && (!other.until || *other.until > claim.since);
        if (other.borrower == claim.borrower || !overlaps) continue;
        found.push_back({&LeadingRules::on_led_by_another,
                         {Refusal::household_led_by_another, "household", other.borrower.text()}});
    }
    for (HouseholdEvent const* event : events_in_force(household.events, claim.since)) {
        bool const registers = std::holds_alternative<HouseholdRegistered>(event->what);
        if (!registers || event->booked_on <= claim.since) continue;
        found.push_back(
            {&LeadingRules::on_registered_later,
             {Refusal::household_registered_later, "household", event->booked_on.text()}});
    }
    return found;
}

/// The warnings, or the first refusal, of a new claim.
Result<std::vector<Refused>> judge(Situation const& now, Household const& household,
                                   HouseholdState const& state, Claim const& claim)
{
    LeadingRules const* rules = now.books->programme->leading_rules_on(claim.since);
    if (!rules) return refuse(Refusal::no_rule_in_force, "value_on");
    std::vector<Refused> warnings;
    for (Suspicion& suspicion : suspicions(household, state, claim)) {
        Ruling const ruling = rules->*suspicion.ruling;
        if (ruling == Ruling::refuse) return std::unexpected{std::move(suspicion.refused)};
        if (ruling == Ruling::warn) warnings.push_back(std::move(suspicion.refused));
    }
    return warnings;
}

/// What is booked and told of all the same: a proposal over an exit that is half done, which ends
/// that one; a file that shows other households too.
std::vector<Refused> doubts(Situation const& now, Household const& before,
                            RecordHouseholdEvent const& command)
{
    std::vector<Refused> found;
    auto const* step = std::get_if<ExitStepTaken>(&command.what);
    if (step && step->step == ExitStep::proposed) {
        auto const exit = fold(before, command.value_on).exit;
        if (!exit.empty() && exit.back().step != ExitStep::approved) {
            found.push_back(
                {Refusal::exit_begun_anew, "step", std::string{code_of(exit.back().step)}});
        }
    }
    if (!now.also_shown.empty()) {
        found.push_back({Refusal::evidence_shows_others, "evidence", now.also_shown});
    }
    return found;
}

struct Story {
    Cause cause;
    char const* narrative;
};
struct StoryOf {
    Story operator()(HouseholdRegistered const&) const
    {
        return {Cause::household_register, "登记农户"};
    }
    Story operator()(HouseholdMoved const&) const
    {
        return {Cause::household_register, "农户变更"};
    }
    Story operator()(PersonsCounted const&) const
    {
        return {Cause::household_register, "人口变动"};
    }
    Story operator()(HouseholdDissolved const&) const
    {
        return {Cause::household_register, "农户销户"};
    }
    Story operator()(StandingRecorded const&) const { return {Cause::standing, "农户身份变更"}; }
    Story operator()(ExitStepTaken const&) const { return {Cause::standing, "脱贫退出"}; }
    Story operator()(Relapsed const&) const { return {Cause::standing, "返贫"}; }
    Story operator()(LeadingClaimed const&) const { return {Cause::leading, "申报带动"}; }
    Story operator()(LeadingVerified const&) const { return {Cause::leading, "核实带动"}; }
    Story operator()(ClaimWithdrawn const&) const { return {Cause::leading, "撤回带动申报"}; }
    Story operator()(SupportEnded const&) const { return {Cause::leading, "带动结束"}; }
    Story operator()(SharesAgreed const&) const { return {Cause::leading, "商定带动份额"}; }
    /// These three move no unit.
    Story operator()(BenefitBrought const&) const { return {Cause::leading, "带动增收"}; }
    Story operator()(IncomeRecorded const&) const { return {Cause::standing, "登记收入"}; }
    Story operator()(Surveyed const&) const { return {Cause::standing, "入户调查"}; }
    Story operator()(Reversed const&) const { return {Cause::reversal, "冲正"}; }
};

} // namespace

Date last_day_of(Household const& household, Date at_least)
{
    for (HouseholdEvent const& event : household.events) {
        at_least = std::max(at_least, event.value_on);
    }
    return at_least;
}

Result<Household> with_event(Household household, HouseholdEvent event)
{
    if (std::cmp_greater_equal(household.events.size(), events_per_household_limit)) {
        return refuse(Refusal::too_many_household_events, {},
                      std::to_string(events_per_household_limit));
    }
    event.sequence = static_cast<int>(household.events.size()) + 1;
    household.events.push_back(std::move(event));
    return household;
}

Effects household_effects(Situation const& now, HouseholdState const& before, Household after,
                          HouseholdState const& then, Cause cause, std::string narrative)
{
    Effects effects;
    effects.household_event = after.events.back();
    effects.entry =
        entry_between(holdings(before), holdings(then), cause, effects.household_event->value_on,
                      now.booked_on, std::move(narrative));
    effects.household = std::move(after);
    return effects;
}

Result<Effects> record(Situation const& now, RecordHouseholdEvent const& command)
{
    LEDGER_ASSERT(!std::holds_alternative<Reversed>(command.what));
    if (auto dates = check_dates(now, command.value_on, "value_on"); !dates) {
        return std::unexpected{dates.error()};
    }
    if (auto good = std::visit(Form{command}, command.what); !good) {
        return std::unexpected{good.error()};
    }
    bool const registers = std::holds_alternative<HouseholdRegistered>(command.what);
    if (!now.household && !registers) return refuse(Refusal::household_not_found, "household");
    if (auto good = std::visit(Surroundings{now, command}, command.what); !good) {
        return std::unexpected{good.error()};
    }
    Household const before = now.household.value_or(Household{command.household, {}});
    if (auto good = check_order(before, command); !good) return std::unexpected{good.error()};
    auto after = with_event(before, {0, command.value_on, now.booked_on, completed(now, command),
                                     command.document, command.reason});
    if (!after) return std::unexpected{after.error()};

    int const sequence = after->events.back().sequence;
    Date const as_of = last_day_of(*after, command.value_on);
    WalkedHousehold const then = walk_through(*after, as_of, now.books->programme.get());
    std::vector<int> dependents;
    for (HouseholdConflict const& conflict : then.conflicts) {
        if (conflict.sequence == sequence) return std::unexpected{conflict.refused};
        dependents.push_back(conflict.sequence);
    }
    if (!dependents.empty()) {
        return refuse(Refusal::later_events_depend_on_it, "value_on", listed(dependents));
    }
    auto warnings = doubts(now, before, command);
    if (Claim const* claim = then.state.claim(sequence)) {
        auto judged = judge(now, *after, then.state, *claim);
        if (!judged) return std::unexpected{judged.error()};
        warnings.insert(warnings.end(), judged->begin(), judged->end());
    }

    // From here it must succeed.
    Story const story = std::visit(StoryOf{}, command.what);
    Effects effects = household_effects(now, fold(before, as_of), std::move(*after), then.state,
                                        story.cause, story.narrative);
    effects.warnings = std::move(warnings);
    return effects;
}

} // namespace ledger
