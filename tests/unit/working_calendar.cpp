// working_calendar.hpp: working days, moves to them, and the calendars that are refused.
#include "ledger/working_calendar.hpp"

#include "tests/support/outcome.hpp"
#include "tests/support/show.hpp"

#include <catch2/catch.hpp>

using namespace ledger;
using ledger::test::outcome;

namespace {

Date on(char const* text)
{
    return *Date::parse(text);
}

/// Every day of [from, until].
void add_days(std::vector<Date>& dates, char const* from, char const* until)
{
    for (Date day = on(from); day <= on(until); day = day.plus_days(1)) dates.push_back(day);
}

std::vector<Date> days(char const* from, char const* until)
{
    std::vector<Date> dates;
    add_days(dates, from, until);
    return dates;
}

/// 国办发明电〔2014〕28号, the State Council's arrangement of the holidays of 2015.
WorkingCalendar year_2015()
{
    std::vector<Date> holidays;
    add_days(holidays, "2015-10-01", "2015-10-07"); // 国庆节
    add_days(holidays, "2015-09-27", "2015-09-27"); // 中秋节
    add_days(holidays, "2015-06-20", "2015-06-20"); // 端午节
    add_days(holidays, "2015-06-22", "2015-06-22"); // its day in lieu
    add_days(holidays, "2015-05-01", "2015-05-01"); // 劳动节
    add_days(holidays, "2015-04-05", "2015-04-06"); // 清明节 and its day in lieu
    add_days(holidays, "2015-02-18", "2015-02-24"); // 春节
    add_days(holidays, "2015-01-01", "2015-01-03"); // 元旦
    return *WorkingCalendar::of(
        holidays, {on("2015-01-04"), on("2015-02-15"), on("2015-02-28"), on("2015-10-10")});
}

std::string outcome_of(std::vector<Date> holidays, std::vector<Date> make_up_days)
{
    auto const calendar = WorkingCalendar::of(std::move(holidays), std::move(make_up_days));
    return outcome(calendar, [](WorkingCalendar const&) { return "accepted"; });
}

} // namespace

TEST_CASE("A calendar without dates knows weekends and no holiday")
{
    WorkingCalendar const weekends;
    CHECK(weekends == *WorkingCalendar::of({}, {}));
    CHECK(weekends.is_working(on("2015-10-01"))); // a Thursday
    CHECK(weekends.is_working(on("2015-10-09")));
    CHECK_FALSE(weekends.is_working(on("2015-10-10")));
    CHECK_FALSE(weekends.is_working(on("2015-10-11")));
    CHECK(weekends.is_working(on("2015-10-12")));
    CHECK_FALSE(weekends.is_working(on("1900-01-06"))); // a Saturday
    CHECK(weekends.is_working(on("2200-12-31")));       // a Wednesday
}

TEST_CASE("The State Council's arrangement of 2015 decides which days are worked")
{
    struct Row {
        char const* day;
        bool is_working;
    };
    auto const row = GENERATE(values<Row>({
        {"2015-01-01", false}, {"2015-01-02", false}, {"2015-01-03", false},
        {"2015-01-04", true}, // a Sunday that is made up
        {"2015-02-14", false}, {"2015-02-15", true},  {"2015-02-17", true},
        {"2015-02-18", false}, {"2015-02-24", false}, {"2015-02-25", true},
        {"2015-02-28", true}, // a Saturday
        {"2015-03-01", false}, {"2015-04-03", true},  {"2015-04-06", false},
        {"2015-04-30", true},  {"2015-05-01", false}, {"2015-05-04", true},
        {"2015-06-19", true},  {"2015-06-22", false}, {"2015-06-23", true},
        {"2015-09-30", true},  {"2015-10-01", false}, {"2015-10-05", false},
        {"2015-10-07", false}, {"2015-10-08", true},  {"2015-10-09", true},
        {"2015-10-10", true}, // a Saturday
        {"2015-10-11", false}, {"2015-10-12", true},
    }));
    CAPTURE(row.day);
    CHECK(year_2015().is_working(on(row.day)) == row.is_working);
}

TEST_CASE("A due date goes to a working day as its rule says; a working day never moves")
{
    struct Row {
        char const* date;
        char const* next;
        char const* previous;
        char const* next_in_month;
        char const* previous_in_month;
    };
    auto const row = GENERATE(values<Row>({
        // worked, a made-up Saturday too
        {"2015-09-30", "2015-09-30", "2015-09-30", "2015-09-30", "2015-09-30"},
        {"2015-10-10", "2015-10-10", "2015-10-10", "2015-10-10", "2015-10-10"},
        {"2015-02-28", "2015-02-28", "2015-02-28", "2015-02-28", "2015-02-28"},
        // National Day: the day before is in September
        {"2015-10-01", "2015-10-08", "2015-09-30", "2015-10-08", "2015-10-08"},
        {"2015-10-07", "2015-10-08", "2015-09-30", "2015-10-08", "2015-10-08"},
        {"2015-10-11", "2015-10-12", "2015-10-10", "2015-10-12", "2015-10-10"},
        // weekends within a month, at its end and at its beginning
        {"2015-08-15", "2015-08-17", "2015-08-14", "2015-08-17", "2015-08-14"},
        {"2015-01-31", "2015-02-02", "2015-01-30", "2015-01-30", "2015-01-30"},
        {"2015-05-31", "2015-06-01", "2015-05-29", "2015-05-29", "2015-05-29"},
        {"2015-03-01", "2015-03-02", "2015-02-28", "2015-03-02", "2015-03-02"},
        {"2015-08-01", "2015-08-03", "2015-07-31", "2015-08-03", "2015-08-03"},
        // the Spring Festival, and a holiday that makes a weekend long
        {"2015-02-18", "2015-02-25", "2015-02-17", "2015-02-25", "2015-02-17"},
        {"2015-05-01", "2015-05-04", "2015-04-30", "2015-05-04", "2015-05-04"},
        {"2015-06-20", "2015-06-23", "2015-06-19", "2015-06-23", "2015-06-19"},
        // another year's first of January is no holiday of this calendar: a Friday
        {"2016-01-01", "2016-01-01", "2016-01-01", "2016-01-01", "2016-01-01"},
    }));
    CAPTURE(row.date);
    WorkingCalendar const calendar = year_2015();
    CHECK(moved(on(row.date), DueDay::stays, calendar) == on(row.date));
    CHECK(moved(on(row.date), DueDay::next, calendar) == on(row.next));
    CHECK(moved(on(row.date), DueDay::previous, calendar) == on(row.previous));
    CHECK(moved(on(row.date), DueDay::next_in_month, calendar) == on(row.next_in_month));
    CHECK(moved(on(row.date), DueDay::previous_in_month, calendar) == on(row.previous_in_month));
}

TEST_CASE("A month is a month of its year: December does not go into another December")
{
    WorkingCalendar const calendar = *WorkingCalendar::of({on("2016-12-30")}, {});
    CHECK(moved(on("2016-12-31"), DueDay::next_in_month, calendar) == on("2016-12-29"));
    CHECK(moved(on("2017-01-01"), DueDay::previous_in_month, calendar) == on("2017-01-02"));
}

TEST_CASE("The longest rest that is allowed still ends, both ways and inside its month")
{
    // 1 February 2017 is a Wednesday: 27 days without work, then Tuesday the 28th.
    WorkingCalendar const calendar = *WorkingCalendar::of(days("2017-02-01", "2017-02-27"), {});
    CHECK(moved(on("2017-02-01"), DueDay::next, calendar) == on("2017-02-28"));
    CHECK(moved(on("2017-02-27"), DueDay::previous, calendar) == on("2017-01-31"));
    CHECK(moved(on("2017-02-01"), DueDay::previous_in_month, calendar) == on("2017-02-28"));
    CHECK(moved(on("2017-02-27"), DueDay::next_in_month, calendar) == on("2017-02-28"));
}

TEST_CASE("The order of the dates and their repetition do not matter")
{
    std::vector<Date> const ascending{on("2015-10-01"), on("2015-10-02")};
    std::vector<Date> const other{on("2015-10-02"), on("2015-10-01"), on("2015-10-02")};
    std::vector<Date> const worked{on("2015-10-10"), on("2015-10-10")};
    CHECK(*WorkingCalendar::of(ascending, {on("2015-10-10")}) ==
          *WorkingCalendar::of(other, worked));
}

TEST_CASE("A calendar that contradicts itself or has a rest without end is refused")
{
    struct Row {
        char const* what;
        std::vector<Date> holidays;
        std::vector<Date> make_up_days;
        char const* outcome;
    };
    std::vector<Date> const too_many(calendar_dates_limit + 1, on("2015-10-01"));
    std::vector<Date> const many(calendar_dates_limit, on("2015-10-01"));
    auto const row = GENERATE_COPY(values<Row>({
        {"too many holidays", too_many, too_many, "list_length_wrong"},
        {"too many make-up days", many, too_many, "list_length_wrong"},
        {"a day in both lists, in a rest that is too long", days("2017-02-01", "2017-06-30"),
         days("2017-02-05", "2017-02-05"), "holiday_also_worked"},
        {"a day in both lists", many, many, "holiday_also_worked"},
        {"28 days", days("2017-02-01", "2017-02-28"), {}, "rest_too_long"},
        {"27 days and the weekends around them",
         days("2017-02-06", "2017-03-04"),
         {},
         "rest_too_long"},
        {"26 days and the weekend after", days("2017-02-13", "2017-03-10"),
         days("2017-02-12", "2017-02-12"), "rest_too_long"},
        {"25 days and the weekend after", days("2017-02-14", "2017-03-10"), {}, "accepted"},
        {"26 days, both Sundays made up",
         days("2017-02-13", "2017-03-10"),
         {on("2017-02-12"), on("2017-03-12")},
         "accepted"},
        {"two years", days("2017-01-01", "2018-12-31"), {}, "rest_too_long"},
        {"as many dates as are allowed", many, {}, "accepted"},
        {"27 days", days("2017-02-01", "2017-02-27"), {}, "accepted"},
        {"none", {}, {}, "accepted"},
    }));
    CAPTURE(row.what);
    CHECK(outcome_of(row.holidays, row.make_up_days) == row.outcome);
}

TEST_CASE("The refusals of a calendar name their list, their day and their limit")
{
    auto const both = WorkingCalendar::of({on("2015-10-10")}, {on("2015-10-10")});
    CHECK(both.error() == Refused{Refusal::holiday_also_worked, "make_up_days", "2015-10-10"});
    auto const rest = WorkingCalendar::of(days("2017-02-01", "2017-06-30"), {});
    CHECK(rest.error() == Refused{Refusal::rest_too_long, "holidays", "27"});
    std::vector<Date> const too_many(calendar_dates_limit + 1, on("2015-10-01"));
    CHECK(WorkingCalendar::of(too_many, {}).error() ==
          Refused{Refusal::list_length_wrong, "holidays", "0..10000"});
}
