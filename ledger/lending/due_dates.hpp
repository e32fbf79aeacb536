// The dates on which something falls due, before any holiday moves them. Internal to
// ledger/lending; their meaning is in ledger/schedule.hpp.
#pragma once

#include "ledger/schedule.hpp"

#include <algorithm>
#include <utility>

namespace ledger {

/// instalments_limit months; a term of days, weeks or years is held to the same.
inline constexpr int term_limit_years = 50;

struct DueDate {
    Date on;
    bool ends_whole_period = false; ///< the period that it ends is exactly one step
    bool asks_interest = true;
    bool asks_principal = true;
    Money part{}; ///< principal_plan: the weight of its part
};

/// `steps` periods of the frequency from `origin` (negative: before it).
Date stepped(Date origin, Frequency every, int steps, MonthEnd);
/// When a part of a principal plan falls due.
Date day_of(PrincipalPart const&, Date disbursed_on, MonthEnd);
/// All dates for a first disbursement, ascending, at least one. Refuses terms_contradict and
/// too_many_instalments.
Result<std::vector<DueDate>> due_dates(Terms const&, Date disbursed_on);
/// The dates that an extension adds: the terms' steps from the old maturity on, the new one last.
std::vector<DueDate> later_due_dates(Terms const&, Date old_maturity, Date new_maturity);

} // namespace ledger
