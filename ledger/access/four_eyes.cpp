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

} // namespace ledger
