// Working days and the moves to them. 全国年节及纪念日放假办法 and the State Council's yearly
// notice name the dates; none is built in. What it refuses: a date that is both free and worked,
// and a rest so long that a month could pass without a working day.
#include "ledger/working_calendar.hpp"

#include "ledger/assert.hpp"

#include <algorithm>
#include <optional>

namespace ledger {

namespace {

constexpr int forward = 1;
constexpr int backward = -1;

/// The nearest working day from `date` on, itself included; empty when it is further away than a
/// rest may last.
std::optional<Date> working_day_from(Date date, int step, WorkingCalendar const& calendar)
{
    for (int rested = 0; rested <= rest_days_limit; ++rested) {
        Date const day = date.plus_days(step * rested);
        if (calendar.is_working(day)) return day;
    }
    return std::nullopt;
}

bool is_in_rest_too_long(Date holiday, WorkingCalendar const& calendar)
{
    auto const before = working_day_from(holiday, backward, calendar);
    auto const after = working_day_from(holiday, forward, calendar);
    return !before || !after || *after - *before > rest_days_limit + 1;
}

void sort_once_each(std::vector<Date>& dates)
{
    std::ranges::sort(dates);
    auto const repeated = std::ranges::unique(dates);
    dates.erase(repeated.begin(), repeated.end());
}

/// `date` moved one way, or the other when that way leaves its month.
Date moved_in_month(Date date, int step, WorkingCalendar const& calendar)
{
    auto const way = [&](int direction) { return working_day_from(date, direction, calendar); };
    auto const is_in_month = [date](Date day) {
        return day.year() == date.year() && day.month() == date.month();
    };
    auto const there = way(step);
    LEDGER_ASSERT(there.has_value());
    if (is_in_month(*there)) return *there;
    auto const back = way(-step);
    LEDGER_ASSERT(back.has_value());
    LEDGER_ASSERT(is_in_month(*back)); // every month has a working day
    return *back;
}

} // namespace

Result<WorkingCalendar> WorkingCalendar::of(std::vector<Date> holidays,
                                            std::vector<Date> make_up_days)
{
    std::string const range = "0.." + std::to_string(calendar_dates_limit);
    if (holidays.size() > calendar_dates_limit) {
        return refuse(Refusal::list_length_wrong, "holidays", range);
    }
    if (make_up_days.size() > calendar_dates_limit) {
        return refuse(Refusal::list_length_wrong, "make_up_days", range);
    }
    WorkingCalendar calendar;
    calendar.holidays_ = std::move(holidays);
    calendar.make_up_days_ = std::move(make_up_days);
    sort_once_each(calendar.holidays_);
    sort_once_each(calendar.make_up_days_);

    for (Date const day : calendar.make_up_days_) {
        if (std::ranges::binary_search(calendar.holidays_, day)) {
            return refuse(Refusal::holiday_also_worked, "make_up_days", day.text());
        }
    }
    // A weekend alone is two days: a rest that is too long has a holiday in it.
    for (Date const day : calendar.holidays_) {
        if (is_in_rest_too_long(day, calendar)) {
            return refuse(Refusal::rest_too_long, "holidays", std::to_string(rest_days_limit));
        }
    }
    return calendar;
}

Result<WorkingCalendar> WorkingCalendar::with(std::vector<Date> const& holidays,
                                              std::vector<Date> const& make_up_days) const
{
    auto all_holidays = holidays_;
    auto all_make_up_days = make_up_days_;
    all_holidays.insert(all_holidays.end(), holidays.begin(), holidays.end());
    all_make_up_days.insert(all_make_up_days.end(), make_up_days.begin(), make_up_days.end());
    return of(std::move(all_holidays), std::move(all_make_up_days));
}

bool WorkingCalendar::names(Date day) const
{
    return std::ranges::binary_search(holidays_, day) ||
           std::ranges::binary_search(make_up_days_, day);
}

bool WorkingCalendar::is_working(Date date) const
{
    if (std::ranges::binary_search(make_up_days_, date)) return true;
    if (std::ranges::binary_search(holidays_, date)) return false;
    std::chrono::weekday const weekday{date.days()};
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

Date moved(Date date, DueDay due_day, WorkingCalendar const& calendar)
{
    auto const found = [](std::optional<Date> day) {
        LEDGER_ASSERT(day.has_value()); // WorkingCalendar::of has refused a longer rest
        return *day;
    };
    switch (due_day) {
    case DueDay::stays: return date;
    case DueDay::next: return found(working_day_from(date, forward, calendar));
    case DueDay::previous: return found(working_day_from(date, backward, calendar));
    case DueDay::next_in_month: return moved_in_month(date, forward, calendar);
    case DueDay::previous_in_month: return moved_in_month(date, backward, calendar);
    }
    LEDGER_ASSERT(!"a way to move a due date that is not in the list");
}

} // namespace ledger
