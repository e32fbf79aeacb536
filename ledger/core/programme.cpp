// Which version of the programme's rules is in force on a day. It knows no rule itself: the rows
// come from the county, each with its document.
#include "ledger/programme.hpp"

namespace ledger {

ProgrammeRules const* rules_on(std::span<ProgrammeRules const> rules, Date date)
{
    ProgrammeRules const* in_force = nullptr;
    for (ProgrammeRules const& version : rules) {
        LEDGER_ASSERT(!in_force || in_force->effective_from < version.effective_from);
        if (version.effective_from > date) break;
        in_force = &version;
    }
    return in_force;
}

} // namespace ledger
