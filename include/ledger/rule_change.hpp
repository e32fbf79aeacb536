// What the county rules anew: rows of its dated tables by one document, from a day that has not
// begun. Nothing that was booked is counted otherwise afterwards, because no rule reaches back.
#pragma once

#include "ledger/programme.hpp"

#include <string>
#include <vector>

namespace ledger {

/// Only what it names; the rest stays as it was. Every row of `adds` bears the document and the
/// day, but for poverty lines (a year), steps of subsidies and days without work (their own days).
/// A scheme of a known code adds its steps to it. Base rates are the central bank's, not here.
struct RuleChange {
    std::string document; ///< the authorising document's number
    Date effective_from;
    Programme adds; ///< without a calendar: the days stand below
    std::vector<Date> holidays, working_days;
};

/// No rule begins later than so many years from today: who types 2206 for 2026 would else have
/// ruled out every rule before it.
inline constexpr int rule_years_ahead = 10;

/// Refuses date_too_late (rule_years_ahead), date_too_early (limit: the first day that it may begin
/// on, after today and after the row before it), rule_change_empty, rules_contradict (limit: what
/// must hold), rule_made_already (limit: the row that is there), and what WorkingCalendar::of
/// refuses. Fields as the API names them.
Result<void> check_rule_change(RuleChange const&, Programme const& now, Date today);

} // namespace ledger
