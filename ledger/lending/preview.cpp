// A decision that is not kept. No figure is computed here.
#include "ledger/preview.hpp"

#include "ledger/households/decisions.hpp"
#include "ledger/lending/decisions.hpp"

#include <map>

namespace ledger {

namespace {

std::vector<AllocationChange> changes(LoanState const& before, LoanState const& after)
{
    std::map<int, AllocationChange> by_sequence;
    for (auto const& [sequence, used] : before.allocations) by_sequence[sequence].before = used;
    for (auto const& [sequence, used] : after.allocations) by_sequence[sequence].after = used;
    std::vector<AllocationChange> changed;
    for (auto& [sequence, change] : by_sequence) {
        if (change.before == change.after) continue;
        change.sequence = sequence;
        changed.push_back(change);
    }
    return changed;
}

} // namespace

Result<Preview> preview(Situation const& now, Command const& command)
{
    auto effects = decide(now, command);
    if (!effects) return std::unexpected{effects.error()};
    LEDGER_ASSERT(now.loan.has_value() && effects->loan.has_value());
    LEDGER_ASSERT(effects->loan->recognised_on.has_value());
    Date const as_of = *effects->loan->recognised_on;
    Preview shown{
        fold(*now.loan, as_of), fold(*effects->loan, as_of), std::move(effects->entry), {}};
    shown.allocations = changes(shown.before, shown.after);
    return shown;
}

Result<HouseholdPreview> preview_household(Situation const& now, Command const& command)
{
    auto effects = decide(now, command);
    if (!effects) return std::unexpected{effects.error()};
    LEDGER_ASSERT(now.household.has_value() && effects->household.has_value());
    Date const as_of = last_day_of(*effects->household, effects->household_event->value_on);
    return HouseholdPreview{*now.household, std::move(*effects->household), as_of,
                            std::move(effects->entry), std::move(effects->warnings)};
}

} // namespace ledger
