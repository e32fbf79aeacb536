// When instalments fall due and how time runs inside a period. Every month step is counted from the
// original day, so a loan of the 31st never drifts. It knows no amount and no holiday: a due date
// is not postponed.
//
// A whole period (InterestPer::period) is spread evenly over its actual days; a first or last
// period that is shorter or longer than one step, and everything under InterestPer::day, is
// measured by the day count, always from the period's first day.
#include "ledger/lending/plan.hpp"

namespace ledger {

namespace {

constexpr std::int64_t isda_units_a_year = 365 * 366;

std::int64_t day_count_units_a_year(DayCount count)
{
    switch (count) {
    case DayCount::actual_360:
    case DayCount::thirty_360_us:
    case DayCount::thirty_e_360:
    case DayCount::months_days_360: return 360;
    case DayCount::actual_365: return 365;
    case DayCount::actual_actual_isda: return isda_units_a_year;
    }
    LEDGER_ASSERT(!"a day count that is not in the list");
}

std::int64_t day_count_units(Span span, DayCount count)
{
    if (count == DayCount::actual_360 || count == DayCount::actual_365) {
        return span.until - span.from;
    }
    YearFraction const years = year_fraction(span, count);
    return years.numerator * (day_count_units_a_year(count) / years.denominator);
}

/// `steps` periods of the frequency from `origin`.
Date stepped(Terms const& terms, Date origin, int steps)
{
    int const count = terms.every.count * steps;
    switch (terms.every.unit) {
    case PeriodUnit::day: return origin.plus_days(count);
    case PeriodUnit::week: return origin.plus_days(7 * count);
    case PeriodUnit::month: return add_months(origin, count, terms.month_end);
    case PeriodUnit::quarter: return add_months(origin, 3 * count, terms.month_end);
    case PeriodUnit::year: return add_months(origin, 12 * count, terms.month_end);
    }
    LEDGER_ASSERT(!"a period unit that is not in the list");
}

std::int64_t units_in_a_year(PeriodUnit unit, DayCount count)
{
    switch (unit) {
    case PeriodUnit::day:
        return count == DayCount::actual_actual_isda ? 365 : day_count_units_a_year(count);
    case PeriodUnit::week: return 52;
    case PeriodUnit::month: return 12;
    case PeriodUnit::quarter: return 4;
    case PeriodUnit::year: return 1;
    }
    LEDGER_ASSERT(!"a period unit that is not in the list");
}

struct DueDate {
    Date on;
    bool ends_whole_period = false; ///< the period that it ends is exactly one step
};

std::vector<DueDate> by_settlement_day(Terms const& terms, Date disbursed_on)
{
    bool const quarterly = terms.every.unit == PeriodUnit::quarter;
    int const day = *terms.settlement_day;
    Date const matures_on = stepped(terms, disbursed_on, terms.instalments);
    auto const next = [=](Date after) { return next_settlement_day(after, day, quarterly); };
    auto const is_settlement_day = [next](Date date) { return next(date.plus_days(-1)) == date; };

    std::vector<DueDate> due;
    bool starts_on_one = is_settlement_day(disbursed_on);
    for (Date on = next(disbursed_on); on < matures_on; on = next(on)) {
        due.push_back({on, starts_on_one});
        starts_on_one = true;
    }
    due.push_back({matures_on, starts_on_one && is_settlement_day(matures_on)});
    return due;
}

std::vector<DueDate> by_frequency(Terms const& terms, Date disbursed_on)
{
    std::vector<DueDate> due;
    for (int n = 1; n <= terms.instalments; ++n) {
        due.push_back({terms.first_due_on ? stepped(terms, *terms.first_due_on, n - 1)
                                          : stepped(terms, disbursed_on, n),
                       true});
    }
    due.front().ends_whole_period = stepped(terms, disbursed_on, 1) == due.front().on;
    return due;
}

std::vector<DueDate> due_dates(Terms const& terms, Date disbursed_on)
{
    if (!terms.due_on.empty()) {
        std::vector<DueDate> due;
        for (Date const on : terms.due_on) due.push_back({on, false});
        return due;
    }
    if (terms.settlement_day) return by_settlement_day(terms, disbursed_on);
    return by_frequency(terms, disbursed_on);
}

Period period_between(Terms const& terms, Date from, Date until, int whole_steps)
{
    Period period;
    period.span = {from, until};
    period.units_a_year = day_count_units_a_year(terms.day_count);
    if (terms.interest_per == InterestPer::period && whole_steps > 0) {
        period.units_a_year = units_in_a_year(terms.every.unit, terms.day_count) * (until - from);
        period.units_a_day = std::int64_t{terms.every.count} * whole_steps;
    }
    return period;
}

/// The down payment: a row without days on the day of the disbursement.
Period down_payment_period(Terms const& terms, Date on)
{
    return period_between(terms, on, on, 0);
}

} // namespace

std::int64_t units_until(Period const& period, Date date, DayCount count)
{
    if (period.units_a_day > 0) return period.units_a_day * (date - period.span.from);
    return day_count_units({period.span.from, date}, count);
}

Result<std::vector<Period>> periods_from(Terms const& terms, Date disbursed_on)
{
    std::vector<DueDate> const due = due_dates(terms, disbursed_on);
    if (due.front().on <= disbursed_on) {
        std::string const field = terms.due_on.empty() ? "first_due_on" : "due_on";
        return refuse(Refusal::terms_contradict, field,
                      due.front().on.text() + " > " + disbursed_on.text());
    }
    std::vector<Period> periods;
    if (terms.down_payment > Rate{}) periods.push_back(down_payment_period(terms, disbursed_on));
    if (terms.method == Method::at_maturity) {
        bool const is_whole =
            std::ranges::all_of(due, [](DueDate const& each) { return each.ends_whole_period; });
        periods.push_back(period_between(terms, disbursed_on, due.back().on,
                                         is_whole ? static_cast<int>(due.size()) : 0));
        return periods;
    }
    Date from = disbursed_on;
    int number = 0;
    for (DueDate const& each : due) {
        LEDGER_ASSERT(from < each.on);
        Period period = period_between(terms, from, each.on, each.ends_whole_period ? 1 : 0);
        period.is_interest_free = number < terms.grace.interest_free;
        period.is_interest_asked = number >= terms.grace.interest_payment;
        period.is_principal_asked = number >= terms.grace.principal;
        periods.push_back(period);
        from = each.on;
        ++number;
    }
    return periods;
}

Date maturity_of(Terms const& terms, Date disbursed_on)
{
    std::vector<DueDate> const due = due_dates(terms, disbursed_on);
    return due.back().on;
}

Wide growth(Terms const& terms, Period const& period, Date from, Date until)
{
    if (period.is_interest_free) return 0;
    Wide sum = 0;
    std::int64_t before = units_until(period, from, terms.day_count);
    for_each_rate(terms, from, until, [&](Date, Date to, Rate rate) {
        std::int64_t const units = units_until(period, to, terms.day_count);
        sum += Wide{rate.ppm()} * (units - before);
        before = units;
    });
    return sum;
}

std::int64_t penalty_units(Date from, Date until, DayCount count)
{
    if (count == DayCount::actual_actual_isda) return day_count_units({from, until}, count);
    return until - from;
}

std::int64_t penalty_units_a_year(DayCount count)
{
    return day_count_units_a_year(count);
}

} // namespace ledger
