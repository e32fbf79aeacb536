// How long a span is, in days and as an exact fraction of a year, by each market's custom.
// 银发〔1999〕77号: the first day counts, the last does not. Only whole numbers; a fraction is left
// as numerator and denominator, to be multiplied exactly. It refuses nothing: a span that ends
// before it starts is a bug of the caller.
#include "ledger/assert.hpp"
#include "ledger/calendar.hpp"

#include <algorithm>

namespace ledger {

namespace {

int thirty_day_months(Date from, unsigned from_day, Date until, unsigned until_day)
{
    return 360 * (until.year() - from.year()) +
           30 * (static_cast<int>(until.month()) - static_cast<int>(from.month())) +
           static_cast<int>(until_day) - static_cast<int>(from_day);
}

/// 30/360 US (NASD, SIA): the last day of February counts as the 30th at the start, and at the end
/// too when the start is one; the 31st becomes the 30th at the start, and at the end only after a
/// start on the 30th or later.
int thirty_360_us_days(Span span)
{
    auto const is_february_end = [](Date date) { return date.month() == 2 && date.is_month_end(); };
    unsigned from_day = span.from.day();
    unsigned until_day = span.until.day();
    if (is_february_end(span.from)) {
        if (is_february_end(span.until)) until_day = 30;
        from_day = 30;
    }
    if (until_day == 31 && from_day >= 30) until_day = 30;
    if (from_day == 31) from_day = 30;
    return thirty_day_months(span.from, from_day, span.until, until_day);
}

int thirty_e_360_days(Span span)
{
    return thirty_day_months(span.from, std::min(span.from.day(), 30U), span.until,
                             std::min(span.until.day(), 30U));
}

/// 对年对月对日: whole months from the start, clamped at short months, each of 30 days; the odd
/// days that are left are counted as they are.
int months_days_360_days(Span span)
{
    int months = 12 * (span.until.year() - span.from.year()) +
                 static_cast<int>(span.until.month()) - static_cast<int>(span.from.month());
    if (add_months(span.from, months) > span.until) --months;
    return 30 * months + (span.until - add_months(span.from, months));
}

YearFraction actual_actual_isda(Span span)
{
    std::int64_t leap_days = 0;
    std::int64_t common_days = 0;
    for (Date from = span.from; from < span.until;) {
        Date const until = std::min(Date{from.year() + 1, 1, 1}, span.until);
        (from.ymd().year().is_leap() ? leap_days : common_days) += until - from;
        from = until;
    }
    if (leap_days == 0) return {common_days, 365};
    if (common_days == 0) return {leap_days, 366};
    return {leap_days * 365 + common_days * 366, 365 * 366};
}

/// AFB, as ISDA's memorandum of 1998 has it: a year back from February's last day is February's
/// last day, so that 28 February 2005 goes back to 29 February 2004.
YearFraction actual_actual_afb(Span span)
{
    auto const back = [span](int years) {
        return add_months(span.until, -12 * years, MonthEnd::roll);
    };
    int years = span.until.year() - span.from.year();
    if (back(years) < span.from) --years;
    LEDGER_ASSERT(years >= 0);

    Span const rest{span.from, back(years)};
    LEDGER_ASSERT(rest.from <= rest.until);
    auto const is_leap_day_in_rest = [rest](Date in_year) {
        if (!in_year.ymd().year().is_leap()) return false;
        Date const leap_day{in_year.year(), 2, 29};
        return rest.from <= leap_day && leap_day < rest.until;
    };
    bool const has_leap_day = is_leap_day_in_rest(rest.from) || is_leap_day_in_rest(rest.until);
    std::int64_t const days_a_year = has_leap_day ? 366 : 365;
    return {years * days_a_year + (rest.until - rest.from), days_a_year};
}

} // namespace

int counted_days(Span span, DayCount count)
{
    LEDGER_ASSERT(span.from <= span.until);
    switch (count) {
    case DayCount::actual_360:
    case DayCount::actual_365:
    case DayCount::actual_actual_isda:
    case DayCount::actual_364:
    case DayCount::actual_actual_afb: return span.until - span.from;
    case DayCount::thirty_360_us:
    case DayCount::thirty_365: return thirty_360_us_days(span);
    case DayCount::thirty_e_360: return thirty_e_360_days(span);
    case DayCount::months_days_360: return months_days_360_days(span);
    }
    LEDGER_ASSERT(!"a day count that is not in the list");
}

YearFraction year_fraction(Span span, DayCount count)
{
    switch (count) {
    case DayCount::actual_360:
    case DayCount::thirty_360_us:
    case DayCount::thirty_e_360:
    case DayCount::months_days_360: return {counted_days(span, count), 360};
    case DayCount::actual_364: return {counted_days(span, count), 364};
    case DayCount::actual_365:
    case DayCount::thirty_365: return {counted_days(span, count), 365};
    case DayCount::actual_actual_isda:
        LEDGER_ASSERT(span.from <= span.until);
        return actual_actual_isda(span);
    case DayCount::actual_actual_afb:
        LEDGER_ASSERT(span.from <= span.until);
        return actual_actual_afb(span);
    }
    LEDGER_ASSERT(!"a day count that is not in the list");
}

} // namespace ledger
