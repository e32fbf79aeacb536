// What a command would change, before anything is booked: the same decision that books it, and the
// loan before and after. The officer sees it, and the checker sees the same.
#pragma once

#include "ledger/decide.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace ledger {

/// A repayment whose use changes: entered late, or because an event before it changes.
struct AllocationChange {
    int sequence = 0;
    std::optional<Allocation> before; ///< empty: it is the new one
    std::optional<Allocation> after;  ///< empty: it is reversed
};

struct Preview {
    LoanState before; ///< both as of the day through which the books know the loan
    LoanState after;
    std::optional<JournalEntry> entry; ///< nothing: the books stay as they are
    std::vector<AllocationChange> allocations;
};

/// Of a command on a household: its events before and after, and what the rules of leading think.
struct HouseholdPreview {
    Household before;
    Household after;
    Date as_of;                        ///< the last day that either knows
    std::optional<JournalEntry> entry; ///< nothing: no unit moves
    std::vector<Refused> warnings;
};

/// Of a command on a loan that exists (RecordEvent, Reverse, Accrue). Refuses what decide refuses;
/// asserts that the command is one of these.
Result<Preview> preview(Situation const&, Command const&);

/// Of RecordHouseholdEvent on a registered household and of ReverseHouseholdEvent; the same.
Result<HouseholdPreview> preview_household(Situation const&, Command const&);

} // namespace ledger
