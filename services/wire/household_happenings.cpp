// The fields of each kind of event of a household, read and written side by side.
#include "wire/household_happenings.hpp"

#include "wire/choices.hpp"
#include "wire/commands.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

/// The kinds that say all by having happened.
template <class What> HouseholdHappening nothing(ObjectReader&)
{
    return What{};
}

int claim_in(ObjectReader& from)
{
    return from.integer("claim", 1, events_per_household_limit);
}

/// The kinds that are about a claim and nothing else.
template <class What> HouseholdHappening claim_only(ObjectReader& from)
{
    return What{claim_in(from)};
}

Share share_in(ObjectReader& from, std::string_view key)
{
    std::string const text = from.text(key, share_characters);
    if (!from.is_good()) return 0;
    auto const share = parse_share(text);
    if (!share) from.blame(share.error().code, key);
    return share.value_or(0);
}

HouseholdHappening registered(ObjectReader& from)
{
    HouseholdRegistered what;
    what.head = from.text("head", name_limit);
    what.village = from.id<UnitCode>("village");
    what.standing = from.choice<Standing>("standing");
    what.persons = from.integer("persons", 1, persons_limit);
    return what;
}

HouseholdHappening moved(ObjectReader& from)
{
    HouseholdMoved what;
    what.head = from.text_or_nothing("head", name_limit);
    if (from.has("village")) what.village = from.id<UnitCode>("village");
    return what;
}

HouseholdHappening counted(ObjectReader& from)
{
    return PersonsCounted{from.integer("persons", 1, persons_limit)};
}

HouseholdHappening standing_recorded(ObjectReader& from)
{
    return StandingRecorded{from.choice<Standing>("standing")};
}

HouseholdHappening claimed(ObjectReader& from)
{
    LeadingClaimed what;
    what.loan = from.id<LoanNumber>("loan");
    what.way = from.choice<Way>("way");
    if (from.has("share")) what.share = share_in(from, "share");
    what.promised = from.money_or("promised", {});
    what.is_relative = from.truth_or("is_relative", false);
    return what;
}

HouseholdHappening verified(ObjectReader& from)
{
    LeadingVerified what;
    what.claim = claim_in(from);
    what.officer = from.text("officer", name_limit);
    what.witness = from.text("witness", name_limit);
    what.place = from.text("place", place_limit);
    what.evidence = from.text("evidence", digest_characters);
    return what;
}

HouseholdHappening shares_agreed(ObjectReader& from)
{
    SharesAgreed what;
    for (ObjectReader& each : from.objects("shares", 1, claims_limit)) {
        int const claim = claim_in(each);
        what.shares.emplace_back(claim, share_in(each, "share"));
    }
    return what;
}

HouseholdHappening brought(ObjectReader& from)
{
    BenefitBrought what;
    what.claim = claim_in(from);
    what.amount = from.positive_money("amount");
    what.evidence = from.text_or_nothing("evidence", digest_characters);
    return what;
}

HouseholdHappening step_taken(ObjectReader& from)
{
    ExitStepTaken what;
    what.step = from.choice<ExitStep>("step");
    what.person = from.text("person", name_limit);
    if (what.step == ExitStep::noticed)
        what.until = from.date("until");
    else if (from.has("until"))
        from.blame(Refusal::field_not_of_step, "until", "noticed");
    if (what.step == ExitStep::checked)
        what.income_year = from.integer_or("income_year", year_least, year_most, 0);
    else if (from.has("income_year"))
        from.blame(Refusal::field_not_of_step, "income_year", "checked");
    what.evidence = from.text_or_nothing("evidence", digest_characters);
    return what;
}

HouseholdHappening income_recorded(ObjectReader& from)
{
    Income income;
    income.year = from.integer("year", year_least, year_most);
    income.wages = from.money_or("wages", {});
    income.production = from.money_or("production", {});
    income.property = from.money_or("property", {});
    income.transfers = from.money_or("transfers", {});
    return IncomeRecorded{income};
}

HouseholdHappening surveyed(ObjectReader& from)
{
    Survey survey;
    if (from.has("causes")) {
        survey.causes = from.choices<PovertyCause>("causes", 0, poverty_cause_count);
        auto sorted = survey.causes;
        std::ranges::sort(sorted);
        if (std::ranges::adjacent_find(sorted) != sorted.end()) {
            from.blame(Refusal::choice_twice, "causes");
        }
    }
    if (from.has("labour")) survey.labour = from.integer("labour", 0, persons_limit);
    auto const asked = [&from](char const* field) {
        return from.has(field) ? std::optional{from.truth_or(field, false)} : std::nullopt;
    };
    survey.has_safe_housing = asked("has_safe_housing");
    survey.has_schooling = asked("has_schooling");
    survey.has_medical_care = asked("has_medical_care");
    survey.official = from.text_or_nothing("official", name_limit);
    return Surveyed{std::move(survey)};
}

HouseholdHappening reversed(ObjectReader& from)
{
    return Reversed{from.integer("sequence", 1, events_per_household_limit)};
}

// clang-format off
constexpr std::array<HouseholdEventKind, std::variant_size_v<HouseholdHappening>> kinds{{
    {"household_registered", "register_household", "", registered},
    {"household_moved", "move_household", "moves", moved},
    {"persons_counted", "count_persons", "person-counts", counted},
    {"standing_recorded", "record_standing", "standings", standing_recorded},
    {"household_dissolved", "dissolve_household", "dissolution", nothing<HouseholdDissolved>},
    {"leading_claimed", "claim_leading", "claims", claimed},
    {"leading_verified", "verify_leading", "verifications", verified},
    {"claim_withdrawn", "withdraw_claim", "claim-withdrawals", claim_only<ClaimWithdrawn>},
    {"support_ended", "end_support", "support-ends", claim_only<SupportEnded>},
    {"shares_agreed", "agree_shares", "shares", shares_agreed},
    {"benefit_brought", "record_benefit", "benefits", brought},
    {"exit_step_taken", "take_exit_step", "exit-steps", step_taken},
    {"relapsed", "record_relapse", "relapses", nothing<Relapsed>},
    {"income_recorded", "record_income", "incomes", income_recorded},
    {"surveyed", "record_survey", "surveys", surveyed},
    {"reversed", "reverse_household_event", "reversals", reversed},
}};
// clang-format on

struct Description {
    json::object& out;

    void operator()(HouseholdRegistered const& what) const
    {
        out["head"] = what.head;
        out["village"] = what.village.text();
        out["standing"] = name_of(what.standing);
        out["persons"] = what.persons;
    }
    void operator()(HouseholdMoved const& what) const
    {
        if (!what.head.empty()) out["head"] = what.head;
        if (!what.village.is_empty()) out["village"] = what.village.text();
    }
    void operator()(PersonsCounted const& what) const { out["persons"] = what.persons; }
    void operator()(StandingRecorded const& what) const
    {
        out["standing"] = name_of(what.standing);
    }
    void operator()(HouseholdDissolved const&) const {}
    void operator()(LeadingClaimed const& what) const
    {
        out["loan"] = what.loan.text();
        out["borrower"] = what.borrower.text();
        out["way"] = name_of(what.way);
        out["share"] = share_text(what.share);
        out["promised"] = what.promised.text();
        out["is_relative"] = what.is_relative;
    }
    void operator()(LeadingVerified const& what) const
    {
        out["claim"] = what.claim;
        out["officer"] = what.officer;
        out["witness"] = what.witness;
        out["place"] = what.place;
        out["evidence"] = what.evidence;
    }
    void operator()(ClaimWithdrawn const& what) const { out["claim"] = what.claim; }
    void operator()(SupportEnded const& what) const { out["claim"] = what.claim; }
    void operator()(SharesAgreed const& what) const
    {
        json::array shares;
        for (auto const& [claim, share] : what.shares) {
            shares.push_back(json::object{{"claim", claim}, {"share", share_text(share)}});
        }
        out["shares"] = std::move(shares);
    }
    void operator()(BenefitBrought const& what) const
    {
        out["claim"] = what.claim;
        out["amount"] = what.amount.text();
        if (!what.evidence.empty()) out["evidence"] = what.evidence;
    }
    void operator()(ExitStepTaken const& what) const
    {
        out["step"] = name_of(what.step);
        out["person"] = what.person;
        if (what.until) out["until"] = what.until->text();
        if (what.income_year != 0) out["income_year"] = what.income_year;
        if (!what.evidence.empty()) out["evidence"] = what.evidence;
    }
    void operator()(Relapsed const&) const {}
    void operator()(IncomeRecorded const& what) const
    {
        out["year"] = what.income.year;
        out["wages"] = what.income.wages.text();
        out["production"] = what.income.production.text();
        out["property"] = what.income.property.text();
        out["transfers"] = what.income.transfers.text();
    }
    void operator()(Surveyed const& what) const
    {
        json::array causes;
        for (PovertyCause const cause : what.survey.causes) causes.emplace_back(name_of(cause));
        out["causes"] = std::move(causes);
        auto const put = [this](char const* field, auto const& found) {
            out[field] = found ? json::value(*found) : json::value{};
        };
        put("labour", what.survey.labour);
        put("has_safe_housing", what.survey.has_safe_housing);
        put("has_schooling", what.survey.has_schooling);
        put("has_medical_care", what.survey.has_medical_care);
        if (!what.survey.official.empty()) out["official"] = what.survey.official;
    }
    void operator()(Reversed const& what) const { out["reversed_sequence"] = what.sequence; }
};

} // namespace

std::span<HouseholdEventKind const> household_event_kinds()
{
    return kinds;
}

HouseholdEventKind const* household_event_kind_of_command(std::string_view command)
{
    auto const* const found = std::ranges::find(kinds, command, &HouseholdEventKind::command);
    return found == kinds.end() ? nullptr : found;
}

void describe(json::object& out, HouseholdHappening const& what)
{
    std::visit(Description{out}, what);
}

} // namespace wire
