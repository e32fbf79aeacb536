// The codes of what a household's events and its state are made of (the API and the books spell
// them alike), and how a share is written.
#include "ledger/core/decimal.hpp"
#include "ledger/household.hpp"

namespace ledger {

namespace {

constexpr std::size_t share_places = 4;

} // namespace

Result<Share> parse_share(std::string_view text)
{
    auto const decimal = scan_decimal(text, share_places);
    bool const is_small = decimal && !decimal->is_negative && decimal->whole.size() == 1;
    if (!is_small) return refuse(Refusal::share_malformed);
    std::int64_t const share = scaled(*decimal, share_places);
    if (share < 1 || share > whole_household) return refuse(Refusal::share_malformed);
    return static_cast<Share>(share);
}

std::string share_text(Share share)
{
    return fixed_point(share, share_places);
}

std::string_view code_of(Standing standing)
{
    switch (standing) {
    case Standing::ordinary: return "ordinary";
    case Standing::poor: return "poor";
    case Standing::exited: return "exited";
    case Standing::unstable: return "unstable";
    case Standing::marginal: return "marginal";
    case Standing::sudden_hardship: return "sudden_hardship";
    case Standing::relapsed: return "relapsed";
    }
    LEDGER_ASSERT(!"a standing that is not in the list");
}

std::string_view code_of(Way way)
{
    switch (way) {
    case Way::employment: return "employment";
    case Way::dividends: return "dividends";
    case Way::land_lease: return "land_lease";
    case Way::guaranteed_purchase: return "guaranteed_purchase";
    case Way::guidance: return "guidance";
    case Way::on_trust: return "on_trust";
    case Way::cooperative: return "cooperative";
    case Way::mutual_aid: return "mutual_aid";
    case Way::e_commerce: return "e_commerce";
    case Way::other: return "other";
    }
    LEDGER_ASSERT(!"a way that is not in the list");
}

std::string_view code_of(ExitStep step)
{
    switch (step) {
    case ExitStep::proposed: return "proposed";
    case ExitStep::reviewed: return "reviewed";
    case ExitStep::signed_off: return "signed_off";
    case ExitStep::noticed: return "noticed";
    case ExitStep::checked: return "checked";
    case ExitStep::approved: return "approved";
    }
    LEDGER_ASSERT(!"a step that is not in the list");
}

std::string_view code_of(PovertyCause cause)
{
    switch (cause) {
    case PovertyCause::illness: return "illness";
    case PovertyCause::disability: return "disability";
    case PovertyCause::schooling: return "schooling";
    case PovertyCause::disaster: return "disaster";
    case PovertyCause::marriage: return "marriage";
    case PovertyCause::land: return "land";
    case PovertyCause::water: return "water";
    case PovertyCause::skills: return "skills";
    case PovertyCause::funds: return "funds";
    case PovertyCause::labour: return "labour";
    case PovertyCause::roads: return "roads";
    case PovertyCause::motivation: return "motivation";
    case PovertyCause::other: return "other";
    }
    LEDGER_ASSERT(!"a cause that is not in the list");
}

std::string_view code_of(HouseholdHappening const& what)
{
    struct Visitor {
        std::string_view operator()(HouseholdRegistered const&) const
        {
            return "household_registered";
        }
        std::string_view operator()(HouseholdMoved const&) const { return "household_moved"; }
        std::string_view operator()(PersonsCounted const&) const { return "persons_counted"; }
        std::string_view operator()(StandingRecorded const&) const { return "standing_recorded"; }
        std::string_view operator()(HouseholdDissolved const&) const
        {
            return "household_dissolved";
        }
        std::string_view operator()(LeadingClaimed const&) const { return "leading_claimed"; }
        std::string_view operator()(LeadingVerified const&) const { return "leading_verified"; }
        std::string_view operator()(ClaimWithdrawn const&) const { return "claim_withdrawn"; }
        std::string_view operator()(SupportEnded const&) const { return "support_ended"; }
        std::string_view operator()(SharesAgreed const&) const { return "shares_agreed"; }
        std::string_view operator()(BenefitBrought const&) const { return "benefit_brought"; }
        std::string_view operator()(ExitStepTaken const&) const { return "exit_step_taken"; }
        std::string_view operator()(Relapsed const&) const { return "relapsed"; }
        std::string_view operator()(IncomeRecorded const&) const { return "income_recorded"; }
        std::string_view operator()(Surveyed const&) const { return "surveyed"; }
        std::string_view operator()(Reversed const&) const { return "reversed"; }
    };
    return std::visit(Visitor{}, what);
}

std::string evidence_of(HouseholdHappening const& what)
{
    return std::visit(
        [](auto const& each) {
            if constexpr (requires { each.evidence; })
                return each.evidence;
            else
                return std::string{};
        },
        what);
}

} // namespace ledger
