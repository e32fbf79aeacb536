// A span cut at the beginnings of calendar periods, for series of figures.
#include "ledger/schedule.hpp"

#include <utility>

namespace ledger {

namespace {

/// The first day of the next calendar day, week (Monday), month, quarter or year.
Date next_beginning(Date day, PeriodUnit step)
{
    auto const month = static_cast<int>(day.month());
    Date const first{day.year(), day.month(), 1};
    switch (step) {
    case PeriodUnit::day: return day.plus_days(1);
    case PeriodUnit::week: {
        auto const weekday = std::chrono::weekday{day.days()}.iso_encoding();
        return day.plus_days(8 - static_cast<int>(weekday));
    }
    case PeriodUnit::month: return add_months(first, 1);
    case PeriodUnit::quarter: return add_months(first, 3 - (month - 1) % 3);
    case PeriodUnit::year: return Date{day.year() + 1, 1, 1};
    }
    LEDGER_ASSERT(!"a step that is not in the list");
}

} // namespace

Result<std::vector<Span>> calendar_steps(Span span, PeriodUnit step, int limit)
{
    if (span.until <= span.from) {
        return refuse(Refusal::date_too_early, "until", span.from.text());
    }
    std::vector<Span> steps;
    for (Date from = span.from; from < span.until;) {
        if (std::cmp_equal(steps.size(), limit)) {
            return refuse(Refusal::too_many_points, "step", std::to_string(limit));
        }
        Date const until = std::min(next_beginning(from, step), span.until);
        steps.push_back({from, until});
        from = until;
    }
    return steps;
}

} // namespace ledger
