// Which days are worked, and where a date goes that is not one. Saturdays and Sundays are free;
// the State Council's notice of each year adds holidays (非工作日) and makes some weekend days
// working days (调休上班日). The dates are data: without them only weekends are known. A calendar
// that exists never calls a day both, and has a working day in every month, so that a move always
// ends.
#pragma once

#include "ledger/calendar.hpp"

#include <cstdint>
#include <vector>

namespace ledger {

/// Days without work in a row: one fewer than February has, so that every month has a working day.
/// The prolonged Spring Festival of 2020 had ten.
inline constexpr int rest_days_limit = 27;
/// Dates of each kind in one calendar: three centuries of thirty a year.
inline constexpr std::size_t calendar_dates_limit = 10'000;

class WorkingCalendar {
  public:
    /// Weekends only.
    WorkingCalendar() = default;
    /// The dates in any order; a holiday may be a weekend day, a make-up day may be a weekday, and
    /// a date repeated in its list counts once. Refuses, in this order, list_length_wrong,
    /// holiday_also_worked (a date in both lists) and rest_too_long.
    static Result<WorkingCalendar> of(std::vector<Date> holidays, std::vector<Date> make_up_days);

    /// These dates too. Refuses as `of`.
    Result<WorkingCalendar> with(std::vector<Date> const& holidays,
                                 std::vector<Date> const& make_up_days) const;

    bool is_working(Date) const;
    /// Whether one of the lists has it.
    bool names(Date) const;

    friend bool operator==(WorkingCalendar const&, WorkingCalendar const&) = default;

  private:
    std::vector<Date> holidays_;     ///< ascending, each once
    std::vector<Date> make_up_days_; ///< ascending, each once, none of them a holiday
};

/// Where a date goes that is not a working day. A working day never moves.
enum class DueDay : std::uint8_t {
    stays = 1,
    next,          ///< the first working day after it (顺延)
    previous,      ///< the last working day before it
    next_in_month, ///< next, unless that is in another month: then previous (modified following)
    previous_in_month, ///< previous, unless that is in another month: then next
};

/// The date, moved by the rule to a working day; at most rest_days_limit days away.
Date moved(Date, DueDay, WorkingCalendar const&);

} // namespace ledger
