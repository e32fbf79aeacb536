#include "ledger/four_eyes.hpp"

#include "ledger/assert.hpp"

namespace ledger {

bool wants_checker(Command const& command)
{
    auto const* const row = permission_for(code_of(command));
    LEDGER_ASSERT(row != nullptr);
    if (!row->is_checked) return false;
    auto const* const of_household = std::get_if<RecordHouseholdEvent>(&command);
    auto const* const step =
        of_household == nullptr ? nullptr : std::get_if<ExitStepTaken>(&of_household->what);
    return step == nullptr || step->step == ExitStep::approved;
}

std::optional<Money> banded_amount(Command const& command)
{
    auto const* const of_loan = std::get_if<RecordEvent>(&command);
    if (of_loan == nullptr) return std::nullopt;
    if (auto const* const approved = std::get_if<Approved>(&of_loan->what)) return approved->amount;
    if (auto const* const paid_out = std::get_if<Disbursed>(&of_loan->what))
        return paid_out->amount;
    return std::nullopt;
}

} // namespace ledger
