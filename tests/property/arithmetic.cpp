// Laws that the arithmetic keeps for every input, tried with thousands of random ones: splits lose
// no fen, roundings lie where their names say, capitals read back, month steps do not drift, and an
// Exact equals the same sum done slowly in big rationals.
#include "ledger/calendar.hpp"
#include "ledger/money.hpp"
#include "ledger/rate.hpp"
#include "tests/support/law.hpp"
#include "tests/support/show.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdlib>
#include <limits>
#include <numeric>

using namespace ledger;
using ledger::test::check_law;
namespace mp = boost::multiprecision;

namespace {

/// Amounts of every length, not only of fifteen digits.
rc::Gen<Money> any_money()
{
    return rc::gen::exec([] {
        auto const digits = *rc::gen::inRange(0, 16);
        std::int64_t bound = 1;
        for (int n = 0; n < digits; ++n) bound *= 10;
        return Money::fen(*rc::gen::inRange<std::int64_t>(-bound, bound + 1));
    });
}

rc::Gen<Date> any_date()
{
    return rc::gen::map(rc::gen::inRange(0, 109'938),
                        [](int days) { return Date{1900, 1, 1}.plus_days(days); });
}

Money sum_of(std::vector<Money> const& shares)
{
    return std::accumulate(shares.begin(), shares.end(), Money{});
}

std::int64_t distance(Money a, Money b)
{
    return std::abs((a - b).fen());
}

} // namespace

TEST_CASE("A split by parts loses no fen and gives all but one the same")
{
    check_law("split_evenly", [] {
        Money const total = *any_money();
        int const parts = *rc::gen::inRange(1, 400);
        bool const is_first = *rc::gen::arbitrary<bool>();
        auto const shares =
            split_evenly(total, parts, is_first ? RemainderTo::first : RemainderTo::last);
        RC_ASSERT(shares.size() == static_cast<std::size_t>(parts));
        RC_ASSERT(sum_of(shares) == total);
        Money const odd_one = is_first ? shares.front() : shares.back();
        Money const other = is_first ? shares.back() : shares.front();
        for (std::size_t n = 1; n + 1 < shares.size(); ++n) RC_ASSERT(shares[n] == other);
        RC_ASSERT(distance(odd_one, other) < parts);
    });
}

TEST_CASE("A split by weights loses no fen, and no share is more than a fen from its due")
{
    check_law("split_by_weights", [] {
        Money const total = *any_money();
        auto const weight = rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 10),
                                           rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000),
                                           rc::gen::just(std::numeric_limits<std::int64_t>::max()));
        auto weights = *rc::gen::container<std::vector<std::int64_t>>(weight);
        weights.push_back(1);
        auto const shares = split_by_weights(total, weights);
        RC_ASSERT(sum_of(shares) == total);
        mp::cpp_int const whole = std::accumulate(weights.begin(), weights.end(), mp::cpp_int{0});
        for (std::size_t n = 0; n < shares.size(); ++n) {
            mp::cpp_rational const due{mp::cpp_int{total.fen()} * weights[n], whole};
            RC_ASSERT(mp::abs(mp::cpp_rational{due - shares[n].fen()}) <= 1);
            if (weights[n] == 0) RC_ASSERT(shares[n].is_zero());
        }
    });
}

TEST_CASE("What is written is read back: amounts in figures and in capitals")
{
    check_law("Money::text, Money::parse", [] {
        Money const amount = *any_money();
        RC_ASSERT(Money::parse(amount.text()).value() == amount);
    });
    check_law("in_capitals, parse_capitals", [] {
        Money const signed_amount = *any_money();
        Money const amount = signed_amount.is_negative() ? -signed_amount : signed_amount;
        std::string const capitals = in_capitals(amount);
        RC_ASSERT(parse_capitals(capitals).value() == amount);
        RC_ASSERT(capitals.ends_with("整") == (amount.fen() % 10 == 0));
    });
    check_law("Date::text, Date::parse", [] {
        Date const date = *any_date();
        RC_ASSERT(Date::parse(date.text()).value() == date);
    });
    check_law("Rate::text, Rate::parse", [] {
        Rate const rate = Rate::ppm(*rc::gen::inRange<std::int64_t>(0, rate_limit_ppm + 1));
        RC_ASSERT(Rate::parse(rate.text()).value() == rate);
    });
}

TEST_CASE("Capitals with one character changed never read as another way of the same amount")
{
    check_law("parse_capitals is one-to-one", [] {
        Money const signed_amount = *any_money();
        Money const amount = signed_amount.is_negative() ? -signed_amount : signed_amount;
        static std::vector<std::string> const characters{"零", "壹", "玖", "拾", "佰", "仟", "万",
                                                         "亿", "元", "角", "分", "整", "元"};
        std::string capitals = in_capitals(amount);
        // Every character of these spellings has three bytes.
        auto const at = *rc::gen::inRange<std::size_t>(3, capitals.size() / 3) * 3;
        std::string const put = *rc::gen::elementOf(characters);
        RC_PRE(capitals.substr(at, 3) != put);
        capitals.replace(at, 3, put);
        auto const read = parse_capitals(capitals);
        bool const is_same = read && *read == amount;
        RC_ASSERT(!is_same);
    });
}

TEST_CASE("Month steps keep the original day or the month's end, and undo each other's months")
{
    check_law("add_months", [] {
        Date const origin = *any_date();
        int const months = *rc::gen::inRange(-600, 601);
        auto const month_end = *rc::gen::element(MonthEnd::clamp, MonthEnd::roll);
        Date const there = add_months(origin, months, month_end);
        int const steps = 12 * (there.year() - origin.year()) + static_cast<int>(there.month()) -
                          static_cast<int>(origin.month());
        RC_ASSERT(steps == months);
        bool const rolls = month_end == MonthEnd::roll && origin.is_month_end();
        bool const is_clamped = there.is_month_end() && there.day() < origin.day();
        bool const is_right =
            rolls ? there.is_month_end() : there.day() == origin.day() || is_clamped;
        RC_ASSERT(is_right);
    });
    check_law("next_settlement_day", [] {
        Date const after = *any_date();
        int const day = *rc::gen::inRange(1, 32);
        bool const is_quarterly = *rc::gen::arbitrary<bool>();
        Date const settles = next_settlement_day(after, day, is_quarterly);
        RC_ASSERT(settles > after);
        RC_ASSERT(settles - after <= (is_quarterly ? 93 : 31));
        bool const is_quarter_end = settles.month() % 3 == 0;
        RC_ASSERT((!is_quarterly || is_quarter_end));
        bool const is_clamped = settles.is_month_end() && static_cast<int>(settles.day()) < day;
        RC_ASSERT((static_cast<int>(settles.day()) == day || is_clamped));
    });
}

TEST_CASE("Day counts that count actual days add up when a span is cut in two")
{
    check_law("year_fraction", [] {
        Date const from = *any_date();
        Date const middle = from.plus_days(*rc::gen::inRange(0, 4'000));
        Date const until = middle.plus_days(*rc::gen::inRange(0, 4'000));
        for (DayCount const count : {DayCount::actual_360, DayCount::actual_364,
                                     DayCount::actual_365, DayCount::actual_actual_isda})
        {
            auto const years = [count](Date a, Date b) {
                YearFraction const fraction = year_fraction({a, b}, count);
                return Exact{fraction.numerator, fraction.denominator};
            };
            RC_ASSERT(years(from, middle) + years(middle, until) == years(from, until));
        }
        for (DayCount const count : {DayCount::thirty_360_us, DayCount::thirty_365,
                                     DayCount::thirty_e_360, DayCount::months_days_360})
        {
            int const days = counted_days({from, until}, count);
            RC_ASSERT(days >= 0);
            // 360 days of theirs are about 365.25 of the calendar's: within five days over a span.
            RC_ASSERT(std::abs(days * 1461 - (until - from) * 1440) <= 5 * 1461);
        }
    });
}

namespace {

/// AFB told year by year and day by day, apart from add_months.
YearFraction slow_afb(Date from, Date until)
{
    bool const is_february_end = until.month() == 2 && until.plus_days(1).month() == 3;
    auto const back = [=](int years) {
        int const year = until.year() - years;
        if (is_february_end) return Date{year, 3, 1}.plus_days(-1);
        return Date{year, until.month(), until.day()};
    };
    int years = 0;
    while (back(years + 1) >= from) ++years;
    int days = 0;
    int days_a_year = 365;
    for (Date day = from; day < back(years); day = day.plus_days(1), ++days) {
        if (day.month() == 2 && day.day() == 29) days_a_year = 366;
    }
    return {std::int64_t{years} * days_a_year + days, days_a_year};
}

} // namespace

TEST_CASE("Actual/actual AFB is what a count by years and days gives, and never runs backwards")
{
    check_law("afb", [] {
        Date const from = *any_date();
        Date const until = from.plus_days(*rc::gen::inRange(0, 8'000));
        YearFraction const years = year_fraction({from, until}, DayCount::actual_actual_afb);
        RC_ASSERT(years == slow_afb(from, until));
        YearFraction const later =
            year_fraction({from, until.plus_days(1)}, DayCount::actual_actual_afb);
        RC_ASSERT(later.numerator * years.denominator >= years.numerator * later.denominator);
    });
}

namespace {

/// An Exact and the same value kept by the slow and obvious way.
struct Twin {
    Exact exact;
    mp::cpp_rational slow;

    bool agrees() const
    {
        return exact.text() == mp::numerator(slow).str() + "/" + mp::denominator(slow).str();
    }
};

Twin any_twin()
{
    auto const numerator = *rc::gen::oneOf(
        rc::gen::inRange<std::int64_t>(-10, 11),
        rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000),
        rc::gen::arbitrary<std::int64_t>(), rc::gen::just(std::numeric_limits<std::int64_t>::min()),
        rc::gen::just(std::numeric_limits<std::int64_t>::max()));
    auto const denominator =
        *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(1, 10),
                        rc::gen::element<std::int64_t>(12, 360, 365, 366, 133'590, 360'000'000),
                        rc::gen::inRange<std::int64_t>(1, 1'000'000'000'000),
                        rc::gen::just(std::numeric_limits<std::int64_t>::max()));
    return {Exact{numerator, denominator},
            mp::cpp_rational{mp::cpp_int{numerator}, mp::cpp_int{denominator}}};
}

Twin stepped(Twin const& a, Twin const& b, int operation)
{
    if (operation == 0) return {a.exact + b.exact, a.slow + b.slow};
    if (operation == 1) return {a.exact - b.exact, a.slow - b.slow};
    if (operation == 2) return {a.exact * b.exact, a.slow * b.slow};
    if (b.exact.is_zero()) return a;
    return {a.exact / b.exact, a.slow / b.slow};
}

/// Rounds by floor division, with no thought of signs or halves but the definition's.
mp::cpp_int slowly_rounded(mp::cpp_rational const& value, Rounding rounding)
{
    mp::cpp_rational const size = mp::abs(value);
    mp::cpp_int const floor = mp::numerator(size) / mp::denominator(size);
    mp::cpp_rational const rest = size - floor;
    mp::cpp_rational const half{1, 2};
    bool is_away = false;
    switch (rounding) {
    case Rounding::half_up: is_away = rest >= half; break;
    case Rounding::half_even: is_away = rest > half || (rest == half && floor % 2 == 1); break;
    case Rounding::down: break;
    case Rounding::up: is_away = rest > 0; break;
    }
    mp::cpp_int const rounded = floor + (is_away ? 1 : 0);
    return value < 0 ? mp::cpp_int{-rounded} : rounded;
}

} // namespace

TEST_CASE("An Exact equals the same steps in big rationals, below and above 128 bits")
{
    check_law("Exact", [] {
        Twin value = any_twin();
        int const steps = *rc::gen::inRange(1, 12);
        for (int n = 0; n < steps; ++n) {
            Twin const other = any_twin();
            value = stepped(value, other, *rc::gen::inRange(0, 4));
            RC_ASSERT(value.agrees());
            RC_ASSERT((value.exact < other.exact) == (value.slow < other.slow));
            RC_ASSERT((value.exact == other.exact) == (value.slow == other.slow));
            RC_ASSERT(value.exact.is_zero() == (value.slow == 0));
        }
    });
}

TEST_CASE("Rounding agrees with its definition in every direction")
{
    check_law("round_to_fen", [] {
        Twin value = any_twin();
        value = stepped(value, any_twin(), *rc::gen::inRange(0, 4));
        if (*rc::gen::arbitrary<bool>()) { // exactly between two fen
            Money const whole = *any_money();
            value = {Exact{whole} + Exact{1, 2},
                     mp::cpp_rational{whole.fen()} + mp::cpp_rational{1, 2}};
        }
        auto const rounding =
            *rc::gen::element(Rounding::half_up, Rounding::half_even, Rounding::down, Rounding::up);
        mp::cpp_int const expected = slowly_rounded(value.slow, rounding);
        RC_PRE(mp::abs(value.slow) + 1 < money_limit_fen);
        RC_ASSERT(mp::cpp_int{round_to_fen(value.exact, rounding).fen()} == expected);
    });
}
