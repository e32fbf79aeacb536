// Where a command takes effect, as far as the books know it.
#include "ledger/access.hpp"

namespace ledger {

namespace {

/// Where a household lives, by the last thing that is known of it.
std::optional<UnitCode> home_of(std::optional<Household> const& household)
{
    if (!household || household->events.empty()) return std::nullopt;
    Date last = household->events.front().value_on;
    for (HouseholdEvent const& event : household->events) last = std::max(last, event.value_on);
    auto const state = fold(*household, last);
    return state.village.is_empty() ? std::nullopt : std::optional{state.village};
}

std::optional<UnitCode> village_of(std::optional<Loan> const& loan)
{
    return loan ? std::optional{loan->village} : std::nullopt;
}

/// Of a unit by its code, the county's own has no place.
std::optional<UnitCode> of_unit(UnitCode const& unit)
{
    constexpr std::size_t county_digits = 6;
    return unit.text().size() > county_digits ? std::optional{unit} : std::nullopt;
}

struct PlaceOfAnswer {
    std::optional<UnitCode> operator()(HouseholdNumber const&) const { return std::nullopt; }
    std::optional<UnitCode> operator()(UnitCode const& village) const { return village; }
    std::optional<UnitCode> operator()(TargetName const& target) const
    {
        return of_unit(target.unit);
    }
};

struct PlaceOfFact {
    Situation const& now;

    std::optional<UnitCode> operator()(BranchNamed const& fact) const { return fact.village; }
    std::optional<UnitCode> operator()(VillageRecorded const& fact) const { return fact.village; }
    std::optional<UnitCode> operator()(TargetSet const& fact) const
    {
        return of_unit(fact.target.unit);
    }
    std::optional<UnitCode> operator()(ResponsibilityGiven const& fact) const
    {
        return std::visit(PlaceOfAnswer{}, fact.about);
    }
    std::optional<UnitCode> operator()(MemberRecorded const&) const
    {
        if (!now.rested_on || now.rested_on->events.empty()) return std::nullopt;
        auto const branch = fold(*now.rested_on, now.booked_on).branch;
        return branch ? std::optional{branch->what.village} : std::nullopt;
    }
    std::optional<UnitCode> operator()(PersonRecorded const&) const
    {
        return home_of(now.household);
    }
    std::optional<UnitCode> operator()(PoorMemberListed const&) const
    {
        return home_of(now.household);
    }
    // Who these are about is said by another register: the county's to record.
    std::optional<UnitCode> operator()(PointsRecorded const&) const { return std::nullopt; }
    std::optional<UnitCode> operator()(ResponsibilityFulfilled const&) const
    {
        return std::nullopt;
    }
    std::optional<UnitCode> operator()(EvidenceKept const&) const { return std::nullopt; }
    std::optional<UnitCode> operator()(Reversed const&) const { return std::nullopt; }
};

/// The township's part of a code.
std::string_view township_of(UnitCode const& unit)
{
    constexpr std::size_t township_digits = 9;
    return std::string_view{unit.text()}.substr(0, township_digits);
}

/// Of two places of one command the one that is not the other's township: who is confined to one
/// may not.
std::optional<UnitCode> farther(UnitCode const& one, UnitCode const& other)
{
    if (township_of(one) == township_of(other)) return one;
    return std::nullopt;
}

struct PlaceOfCommand {
    Situation const& now;

    std::optional<UnitCode> operator()(RegisterBorrower const& command) const
    {
        return command.village;
    }
    std::optional<UnitCode> operator()(ProposeLoan const&) const
    {
        return now.borrower ? std::optional{now.borrower->village} : std::nullopt;
    }
    std::optional<UnitCode> operator()(RecordEvent const&) const { return village_of(now.loan); }
    std::optional<UnitCode> operator()(Reverse const&) const { return village_of(now.loan); }
    std::optional<UnitCode> operator()(Accrue const&) const { return village_of(now.loan); }
    std::optional<UnitCode> operator()(RecordHouseholdEvent const& command) const
    {
        auto const* const registered = std::get_if<HouseholdRegistered>(&command.what);
        if (registered != nullptr) return registered->village;
        auto const home = home_of(now.household);
        bool const claims = std::holds_alternative<LeadingClaimed>(command.what);
        if (!claims || !home || !now.loan) return home;
        return farther(*home, now.loan->village); // both are shown, so both must be his
    }
    std::optional<UnitCode> operator()(ReverseHouseholdEvent const&) const
    {
        return home_of(now.household);
    }
    std::optional<UnitCode> operator()(RecordFact const& command) const
    {
        auto const wanted = std::visit(PlaceOfFact{now}, command.what);
        bool const is_new = !now.subject || now.subject->events.empty();
        if (is_new || std::holds_alternative<VillageRecorded>(command.what)) return wanted;
        // What is there already is not taken from another township by naming a village of one's
        // own: where only the county knows its place, it is the county's to change.
        auto const* const branch = std::get_if<BranchNamed>(&command.what);
        if (branch == nullptr) return std::nullopt;
        auto const before = fold(*now.subject, now.booked_on).branch;
        return before ? farther(before->what.village, *wanted) : std::nullopt;
    }
    std::optional<UnitCode> operator()(ReverseFact const&) const { return std::nullopt; }
    std::optional<UnitCode> operator()(OpenFund const&) const { return std::nullopt; }
    std::optional<UnitCode> operator()(PayIntoFund const&) const { return std::nullopt; }
    std::optional<UnitCode> operator()(PayIntoRiskFund const&) const { return std::nullopt; }
    std::optional<UnitCode> operator()(OpenBooks const&) const { return std::nullopt; }
    std::optional<UnitCode> operator()(CloseDay const&) const { return std::nullopt; }
};

} // namespace

std::optional<UnitCode> place_of(Command const& command, Situation const& now)
{
    return std::visit(PlaceOfCommand{now}, command);
}

Result<void> check_place(UnitCode const& township, std::optional<UnitCode> const& place)
{
    if (township.is_empty()) return {};
    bool const is_own = place && place->text().starts_with(township.text());
    if (is_own) return {};
    return refuse(Refusal::not_own_township, {}, township.text());
}

} // namespace ledger
