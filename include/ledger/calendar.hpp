// Business dates, month steps and day counts. A Date is a day of the civil calendar without a time
// zone; the service turns instants into Asia/Shanghai days before they come here.
#pragma once

#include "ledger/refusal.hpp"

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ledger {

class Date {
  public:
    constexpr Date() = default;
    constexpr explicit Date(std::chrono::sys_days days)
        : days_{days}
    {
    }
    constexpr explicit Date(std::chrono::year_month_day ymd)
        : days_{ymd}
    {
    }
    constexpr Date(int year, unsigned month, unsigned day)
        : days_{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}}
    {
    }
    /// ISO 8601 "2016-08-31", a day that exists, years 1900 to 2200. Refuses date_malformed.
    static Result<Date> parse(std::string_view);

    constexpr std::chrono::sys_days days() const { return days_; }
    constexpr std::chrono::year_month_day ymd() const { return {days_}; }
    constexpr int year() const { return static_cast<int>(ymd().year()); }
    constexpr unsigned month() const { return static_cast<unsigned>(ymd().month()); }
    constexpr unsigned day() const { return static_cast<unsigned>(ymd().day()); }
    std::string text() const;

    constexpr Date plus_days(int n) const { return Date{days_ + std::chrono::days{n}}; }
    bool is_month_end() const;

    friend constexpr auto operator<=>(Date, Date) = default;
    /// Days from b to a.
    friend constexpr int operator-(Date a, Date b)
    {
        return static_cast<int>((a.days_ - b.days_).count());
    }

  private:
    std::chrono::sys_days days_{};
};

/// Half-open: the first day counts, the last does not.
struct Span {
    Date from;
    Date until;
    friend bool operator==(Span const&, Span const&) = default;
};

/// Every day that can be written, but the last.
inline constexpr Span all_days{Date{1900, 1, 1}, Date{2200, 12, 31}};

/// What a month step does at a short month's end.
enum class MonthEnd : std::uint8_t {
    clamp = 1, ///< 31 Jan -> 28 Feb -> 31 Mar: every step is counted from the original day
    roll,      ///< a start on a month's last day stays on last days: 30 Apr -> 31 May
};

/// `months` steps from `origin` (negative allowed), always from the original day.
Date add_months(Date origin, int months, MonthEnd = MonthEnd::clamp);

enum class DayCount : std::uint8_t {
    actual_360 = 1,
    actual_365,
    actual_actual_isda,
    thirty_360_us,   ///< with the US end-of-February rule
    thirty_e_360,    ///< European: 31 becomes 30 on both ends
    months_days_360, ///< whole months at 1/12, odd days at 1/360 (对年对月对日，零头天数)
    actual_364,      ///< a year of 52 whole weeks
    /// AFB: whole years are counted back from the end; the days that are left at the start are over
    /// 366 when 29 February is among them, else over 365. Not additive, like 30/360.
    actual_actual_afb,
    thirty_365, ///< the days of thirty_360_us over 365
};

/// An exact fraction of a year.
struct YearFraction {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1; ///< > 0
    friend bool operator==(YearFraction const&, YearFraction const&) = default;
};

/// The fraction of a year that the span is by this count; zero for an empty span.
YearFraction year_fraction(Span, DayCount);
/// The days of the span as the count sees them (30/360 counts 30-day months).
int counted_days(Span, DayCount);

/// The first settlement day (the given day of a month, clamped) strictly after `date`; for
/// quarters, in March, June, September or December. 银发〔1999〕77号: the 20th.
Date next_settlement_day(Date after, int day_of_month, bool quarterly);

} // namespace ledger
