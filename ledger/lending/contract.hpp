// The contract as it is in force: the terms, the periods of the whole loan and the rates of its
// days. It changes only by events (an extension, a rescheduling, another rate), each of which makes
// a new one, so that a walk can be copied for the price of a pointer. How time is measured inside a
// period is here too. Internal to ledger/lending; the meaning of the terms is in
// ledger/schedule.hpp.
#pragma once

#include "ledger/loan.hpp"

#include <algorithm>
#include <span>

namespace ledger {

/// An interest period. Time inside it is counted in whole units from its first day, so that the
/// interest of its parts always adds up to the interest of the whole, by any day count.
struct Period {
    Span span;    ///< the days whose interest it carries
    Date nominal; ///< the due date before any holiday moved it
    Date due_on;  ///< span.until, unless moved for a holiday that interest does not follow
    std::int64_t units_a_year = 1;  ///< > 0
    std::int64_t units_a_day = 0;   ///< > 0: spread evenly over the days; 0: by the day count
    bool is_down_payment = false;   ///< the only one without days
    bool is_interest_free = false;  ///< grace
    bool is_interest_asked = true;  ///< false: grace on interest payment, it falls due later
    bool is_principal_asked = true; ///< false: grace on principal
    Money part;                     ///< principal_plan: the weight of its part

    /// When its interest is settled and its principal leaves the plan.
    Date closes_on() const { return std::min(span.until, due_on); }
};

struct Contract {
    Terms terms;
    std::vector<Period> periods;   ///< empty before the first disbursement
    std::vector<RateStep> rates;   ///< in date order; the first holds from the beginning
    std::size_t first_planned = 0; ///< the row with which the plan in force begins

    Date matures_on() const { return periods.back().due_on; }
    /// The day on which nothing is left in the plan: the maturity, or the nominal day before it.
    Date closes_on() const { return periods.back().closes_on(); }
    /// The contract rate of a day.
    Rate rate_on(Date) const;
    /// Is there another rate from a day of the span on than on the day before it?
    bool rate_changes(Span) const;
};

/// The contract of checked terms for a first disbursement. Refuses terms_contradict and
/// too_many_instalments where the dates do not fit, no_base_rate_in_force.
Result<Contract> contract_of(Terms const&, Date disbursed_on, Programme const&);
/// An extension with everything known: the rates that hold from a day on, instead of all that the
/// contract knew of later days.
struct Extension {
    Date until;
    Date priced_from;
    std::vector<RateStep> rates; ///< the first on priced_from; empty: the rates stay as they are
};
/// What an extension leaves open, from the contract: the old maturity, and the rates. An agreed
/// rate holds to the end; where the rate follows the base rates and none is agreed, it is that of
/// the tier which the term from the first disbursement to the new maturity reaches, and of each
/// reset day after it. Refuses no_base_rate_in_force.
Result<Extension> priced_extension(Contract const&, Extended const&, Date disbursed_on,
                                   Programme const&);
/// 展期: the same plan up to a later maturity, at another rate from a day on. Refuses
/// terms_contradict where moved dates do not fit.
Result<Contract> extended(Contract const&, Extension const&, WorkingCalendar const&);
/// 重组: rows from `row` on are replaced by those of a new plan that begins on `on`. An agreed rate
/// holds to the end; else a rate that follows the base rates is looked up up to the new maturity.
Result<Contract> rescheduled(Contract const&, NewPlan const&, std::size_t row, Date on,
                             Date disbursed_on, Programme const&);
/// Another rate from a day on, until the next one that the contract knows.
Contract with_rate(Contract, Date from, Rate);

/// The last due date when the first disbursement is on the given day. Refuses as contract_of.
Result<Date> maturity_of(Terms const&, Date disbursed_on, WorkingCalendar const&);
/// Whole months from one day to another, a month begun counted as one.
int months_until(Date from, Date until);

/// Units from the period's first day to `date`, which lies in the period or at its end.
std::int64_t units_until(Period const&, Date, DayCount);

/// Calls visit(from, until, rate) for each stretch of [from, until) with one rate.
template <class Visit>
void for_each_rate(std::span<RateStep const> rates, Date from, Date until, Visit visit)
{
    auto next = std::ranges::upper_bound(rates, from, {}, &RateStep::from);
    LEDGER_ASSERT(next != rates.begin());
    while (from < until) {
        Rate const rate = std::prev(next)->annual_rate;
        bool const changes = next != rates.end() && next->from < until;
        Date const to = changes ? next->from : until;
        visit(from, to, rate);
        from = to;
        if (changes) ++next;
    }
}

/// rate (ppm) x units over [from, until) of the period: what one fen earns, over interest_divisor.
Wide growth(Contract const&, Period const&, Date from, Date until);
/// The same for the whole period at one rate.
Wide whole_growth(Contract const&, Period const&, Rate);
inline Wide interest_divisor(Period const& period)
{
    return Wide{1'000'000} * period.units_a_year;
}

/// Units of penalty time over [from, until): actual days over 360 or 365; for actual/actual its own
/// fraction. Additive, whatever the loan's day count.
std::int64_t penalty_units(Date from, Date until, DayCount);
std::int64_t penalty_units_a_year(DayCount);

} // namespace ledger
