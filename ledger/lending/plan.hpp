// What the schedule and the fold share: the periods of a loan, how time is measured inside each,
// and the plan that both rest on. Internal to ledger/lending; the contract is ledger/schedule.hpp.
#pragma once

#include "ledger/schedule.hpp"

#include <algorithm>
#include <span>

namespace ledger {

/// An interest period. Time inside it is counted in whole units from its first day, so that the
/// interest of its parts always adds up to the interest of the whole, by any day count.
struct Period {
    Span span;
    std::int64_t units_a_year = 1;  ///< > 0
    std::int64_t units_a_day = 0;   ///< > 0: spread evenly over the days; 0: by the day count
    bool is_interest_free = false;  ///< grace
    bool is_interest_asked = true;  ///< false: grace on interest payment, it falls due later
    bool is_principal_asked = true; ///< false: grace on principal

    Date due_on() const { return span.until; }
};

inline bool is_down_payment(Period const& period)
{
    return period.span.from == period.span.until;
}

/// Units from the period's first day to `date`, which lies in the period or at its end.
std::int64_t units_until(Period const&, Date, DayCount);

/// The periods of checked terms for a first disbursement. Refuses terms_contradict where the dates
/// do not fit.
Result<std::vector<Period>> periods_from(Terms const&, Date disbursed_on);
/// The last due date when the first disbursement is on the given day.
Date maturity_of(Terms const&, Date disbursed_on);

/// Calls visit(from, until, rate) for each stretch of [from, until) with one rate.
template <class Visit> void for_each_rate(Terms const& terms, Date from, Date until, Visit visit)
{
    Rate rate = terms.annual_rate;
    for (RateStep const& step : terms.rate_steps) {
        if (step.from >= until) break;
        if (step.from > from) {
            visit(from, step.from, rate);
            from = step.from;
        }
        rate = step.annual_rate;
    }
    if (from < until) visit(from, until, rate);
}

/// rate (ppm) x units over [from, until) of the period: what one fen earns, over interest_divisor.
Wide growth(Terms const&, Period const&, Date from, Date until);
inline Wide interest_divisor(Period const& period)
{
    return Wide{1'000'000} * period.units_a_year;
}

/// Units of penalty time over [from, until): actual days over 360 or 365; for actual/actual its own
/// fraction. Additive, whatever the loan's day count.
std::int64_t penalty_units(Date from, Date until, DayCount);
std::int64_t penalty_units_a_year(DayCount);

/// A schedule with the periods that it was made from, one a row.
struct Plan {
    std::vector<Period> periods;
    Schedule schedule;
    std::vector<Money> flat_interest; ///< flat: what each period accrues; empty when declining
};
Result<Plan> plan_of(Terms const&, std::span<DisbursementPlan const>);

} // namespace ledger
