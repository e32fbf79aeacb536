// Dates as text, month steps and settlement days. Every step is counted from the original day, so
// that a loan of the 31st never drifts to the 28th. It knows no holidays: a due date is not
// postponed, and no clock: a caller says which day it is.
#include "ledger/calendar.hpp"

#include "ledger/assert.hpp"

#include <algorithm>
#include <charconv>

namespace ledger {

namespace {

using std::chrono::year_month;
using std::chrono::year_month_day;

constexpr int first_year = 1900;
constexpr int last_year = 2200;

/// The day of the month, or the month's last day when the month is shorter.
Date clamped(year_month month, unsigned day)
{
    year_month_day const last{month / std::chrono::last};
    return Date{month / std::min(std::chrono::day{day}, last.day())};
}

} // namespace

Result<Date> Date::parse(std::string_view text)
{
    auto const is_shaped = [text] {
        if (text.size() != 10) return false;
        for (std::size_t n = 0; n < text.size(); ++n) {
            bool const is_dash = n == 4 || n == 7;
            if (is_dash ? text[n] != '-' : (text[n] < '0' || text[n] > '9')) return false;
        }
        return true;
    };
    if (!is_shaped()) return refuse(Refusal::date_malformed);
    auto const number = [text](std::size_t from, std::size_t digits) {
        int value = 0;
        std::from_chars(text.data() + from, text.data() + from + digits, value);
        return value;
    };
    year_month_day const ymd{std::chrono::year{number(0, 4)},
                             std::chrono::month{static_cast<unsigned>(number(5, 2))},
                             std::chrono::day{static_cast<unsigned>(number(8, 2))}};
    if (!ymd.ok()) return refuse(Refusal::date_malformed);
    if (number(0, 4) < first_year || number(0, 4) > last_year) {
        return refuse(Refusal::date_malformed);
    }
    return Date{ymd};
}

std::string Date::text() const
{
    auto const padded = [](int value, std::size_t width) {
        std::string digits = std::to_string(value);
        if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
        return digits;
    };
    year_month_day const date = ymd();
    return padded(static_cast<int>(date.year()), 4) + "-" +
           padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) + "-" +
           padded(static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

bool Date::is_month_end() const
{
    return plus_days(1).day() == 1;
}

Date add_months(Date origin, int months, MonthEnd month_end)
{
    year_month_day const from = origin.ymd();
    year_month const target = year_month{from.year(), from.month()} + std::chrono::months{months};
    switch (month_end) {
    case MonthEnd::clamp: break;
    case MonthEnd::roll:
        if (origin.is_month_end()) return clamped(target, 31);
        break;
    }
    return clamped(target, origin.day());
}

Date next_settlement_day(Date after, int day_of_month, bool quarterly)
{
    LEDGER_ASSERT(day_of_month >= 1);
    LEDGER_ASSERT(day_of_month <= 31);
    int const every = quarterly ? 3 : 1;
    year_month_day const from = after.ymd();
    year_month month{from.year(), from.month()};
    month += std::chrono::months{(every - static_cast<int>(after.month()) % every) % every};
    for (;; month += std::chrono::months{every}) { // at most two rounds: the second is later
        Date const day = clamped(month, static_cast<unsigned>(day_of_month));
        if (day > after) return day;
    }
}

} // namespace ledger
