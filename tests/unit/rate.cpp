// rate.hpp: rates as text, exact amounts, the four roundings, interest.
#include "ledger/rate.hpp"

#include "tests/support/outcome.hpp"
#include "tests/support/show.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>

using namespace ledger;
using ledger::test::outcome;

namespace {

Date on(char const* text)
{
    return *Date::parse(text);
}

Money yuan(char const* text)
{
    return *Money::parse(text);
}

Exact power(Exact const& base, int exponent)
{
    Exact result{1, 1};
    for (int n = 0; n < exponent; ++n) result = result * base;
    return result;
}

} // namespace

TEST_CASE("A rate is read as percent a year with at most four decimals, or refused")
{
    struct Row {
        std::string text;
        std::string outcome;
    };
    auto const row = GENERATE(values<Row>({
        {"4.75", "4.75"},
        {"4.750", "4.75"},
        {"4.7500", "4.75"},
        {"4.8125", "4.8125"},
        {"4.875", "4.875"},
        {"4.35", "4.35"},
        {"7.125", "7.125"},
        {"0", "0.00"},
        {"12", "12.00"},
        {"0.0001", "0.0001"},
        {"1000", "1000.00"},
        {"100.5", "100.50"},
        {"1000.0001", "rate_malformed"},
        {"9999", "rate_malformed"},
        {"10000", "rate_malformed"},
        {"4.75001", "rate_malformed"},
        {"4.75000", "rate_malformed"},
        {"-1", "rate_negative"},
        {"-0", "rate_negative"},
        {"+1", "rate_malformed"},
        {"", "rate_malformed"},
        {".5", "rate_malformed"},
        {"5.", "rate_malformed"},
        {"04.75", "rate_malformed"},
        {"4,75", "rate_malformed"},
        {"4.75%", "rate_malformed"},
        {"4.75 ", "rate_malformed"},
        {"1e1", "rate_malformed"},
        {"４.75", "rate_malformed"},
        {"千分之五", "rate_malformed"},
    }));
    CAPTURE(row.text);
    CHECK(outcome(Rate::parse(row.text), &Rate::text) == row.outcome);
}

TEST_CASE("One percent is ten thousand parts per million")
{
    CHECK(Rate::parse("4.75")->ppm() == 47'500);
    CHECK(Rate::ppm(47'500).text() == "4.75");
    CHECK_THROWS_AS(Rate::ppm(-1), Bug);
    CHECK_THROWS_AS(Rate::ppm(rate_limit_ppm + 1), Bug);
}

// By arithmetic: each value lies between two fen, and the direction is the name's.
TEST_CASE("Rounding to the fen goes in the named direction, below zero as above")
{
    struct Row {
        Exact exact;
        int half_up;
        int half_even;
        int down;
        int up;
    };
    auto const row = GENERATE(values<Row>({
        {{0, 1}, 0, 0, 0, 0},
        {{7, 1}, 7, 7, 7, 7},
        {{-7, 1}, -7, -7, -7, -7},
        {{1, 2}, 1, 0, 0, 1},
        {{3, 2}, 2, 2, 1, 2},
        {{5, 2}, 3, 2, 2, 3},
        {{-1, 2}, -1, 0, 0, -1},
        {{-3, 2}, -2, -2, -1, -2},
        {{-5, 2}, -3, -2, -2, -3},
        {{1, 3}, 0, 0, 0, 1},
        {{2, 3}, 1, 1, 0, 1},
        {{-1, 3}, 0, 0, 0, -1},
        {{-2, 3}, -1, -1, 0, -1},
        {{1'499'999, 1'000'000}, 1, 1, 1, 2},
        {{1'500'001, 1'000'000}, 2, 2, 1, 2},
    }));
    // The same value again, after a way through big integers: divided by 10^54 and multiplied back.
    Exact const huge = power(Exact{1'000'000'000, 1}, 6);
    Exact const is_same = row.exact / huge * huge;
    CHECK(is_same == row.exact);
    for (Exact const& exact : {row.exact, is_same}) {
        CAPTURE(exact.text());
        CHECK(round_to_fen(exact, Rounding::half_up) == Money::fen(row.half_up));
        CHECK(round_to_fen(exact, Rounding::half_even) == Money::fen(row.half_even));
        CHECK(round_to_fen(exact, Rounding::down) == Money::fen(row.down));
        CHECK(round_to_fen(exact, Rounding::up) == Money::fen(row.up));
    }
}

TEST_CASE("The smallest part beyond a half, or short of it, decides")
{
    Exact const tiny = Exact{1, 1} / power(Exact{1'000'000'000, 1}, 6);
    struct Row {
        Exact exact;
        int half_up;
        int half_even;
        int down;
        int up;
    };
    auto const row = GENERATE_COPY(values<Row>({
        {Exact{5, 2} + tiny, 3, 3, 2, 3},
        {Exact{5, 2} - tiny, 2, 2, 2, 3},
        {Exact{-5, 2} - tiny, -3, -3, -2, -3},
        {Exact{-5, 2} + tiny, -2, -2, -2, -3},
        {tiny, 0, 0, 0, 1},
        {Exact{} - tiny, 0, 0, 0, -1},
        {Exact{2, 1} - tiny, 2, 2, 1, 2},
    }));
    CAPTURE(row.exact.text());
    CHECK(round_to_fen(row.exact, Rounding::half_up) == Money::fen(row.half_up));
    CHECK(round_to_fen(row.exact, Rounding::half_even) == Money::fen(row.half_even));
    CHECK(round_to_fen(row.exact, Rounding::down) == Money::fen(row.down));
    CHECK(round_to_fen(row.exact, Rounding::up) == Money::fen(row.up));
}

TEST_CASE("Exact amounts add, subtract, multiply, divide and compare without loss")
{
    Exact const third{1, 3};
    Exact const half{1, 2};
    CHECK((third + half).text() == "5/6");
    CHECK((third - half).text() == "-1/6");
    CHECK((third * half).text() == "1/6");
    CHECK((third / half).text() == "2/3");
    CHECK((half / Exact{-3, 1}).text() == "-1/6");
    CHECK(third + third + third == Exact{Money::fen(1)});
    CHECK(Exact{2, 4} == half);
    CHECK(third < half);
    CHECK_FALSE(half < half);
    CHECK(Exact{-1, 2} < Exact{-1, 3});
    CHECK(Exact{}.is_zero());
    CHECK((half - half).is_zero());
    CHECK(Exact{}.text() == "0/1");
    CHECK(Exact{std::numeric_limits<std::int64_t>::min(), 1}.text() == "-9223372036854775808/1");
    CHECK(power(Exact{10, 1}, 40) / power(Exact{10, 1}, 39) == Exact{10, 1});
    CHECK(power(Exact{10, 1}, 39) < power(Exact{10, 1}, 40));
    CHECK_FALSE(power(Exact{1, 10}, 40).is_zero());
    CHECK((power(Exact{1, 10}, 40) - power(Exact{1, 10}, 40)).is_zero());
}

TEST_CASE("Dividing by zero, a denominator of zero and a result beyond Money are bugs")
{
    CHECK_THROWS_AS((Exact{1, 1} / Exact{}), Bug);
    CHECK_THROWS_AS((Exact{1, 0}), Bug);
    CHECK_THROWS_AS((Exact{1, -1}), Bug);
    Exact const largest{Money::fen(money_limit_fen)};
    CHECK(round_to_fen(largest + Exact{1, 3}, Rounding::down) == Money::fen(money_limit_fen));
    CHECK_THROWS_AS(round_to_fen(largest + Exact{1, 3}, Rounding::up), Bug);
    CHECK_THROWS_AS(round_to_fen(power(Exact{10, 1}, 60), Rounding::down), Bug);
    CHECK_THROWS_AS(round_to_fen(Exact{} - power(Exact{10, 1}, 60), Rounding::down), Bug);
}

// Annual rate over 360 a day, half up to the fen; 银发〔1999〕77号 and the banks' actual/365. The
// last rows are the quarterly payments of a loan from 2015-11-10 to 2017-11-10, settled on the
// 20th.
TEST_CASE("Interest is principal x rate x days, exactly, and rounds once")
{
    struct Row {
        char const* principal;
        char const* percent;
        char const* from;
        char const* until;
        DayCount count;
        char const* interest;
    };
    auto const row = GENERATE(values<Row>({
        {"100000.00", "4.75", "2015-01-01", "2015-04-01", DayCount::actual_360, "1187.50"},
        {"100000.00", "4.75", "2015-01-01", "2015-04-02", DayCount::actual_360, "1200.69"},
        {"100000.00", "4.75", "2015-01-01", "2015-04-03", DayCount::actual_360, "1213.89"},
        {"100000.00", "4.75", "2015-01-01", "2016-01-01", DayCount::actual_360, "4815.97"},
        {"100000.00", "4.75", "2015-01-01", "2015-04-01", DayCount::actual_365, "1171.23"},
        {"100000.00", "4.75", "2015-01-01", "2015-04-02", DayCount::actual_365, "1184.25"},
        {"100000.00", "4.75", "2015-01-01", "2015-04-03", DayCount::actual_365, "1197.26"},
        {"100000.00", "4.75", "2015-01-01", "2016-01-01", DayCount::actual_365, "4750.00"},
        {"100000.00", "7.125", "2017-11-10", "2017-12-10", DayCount::actual_360, "593.75"},
        {"100000.00", "4.75", "2015-11-10", "2015-12-20", DayCount::months_days_360, "527.78"},
        {"100000.00", "4.75", "2015-01-01", "2016-01-01", DayCount::thirty_360_us, "4750.00"},
        {"100000.00", "4.75", "2015-01-01", "2016-01-01", DayCount::thirty_e_360, "4750.00"},
        // ISDA's memorandum of 1998: 10 % on 10,000.00
        {"10000.00", "10", "2003-11-01", "2004-05-01", DayCount::actual_actual_isda, "497.72"},
        {"10000.00", "10", "1999-07-01", "2000-07-01", DayCount::actual_actual_isda, "1001.38"},
        {"10000.00", "10", "1999-11-30", "2000-04-30", DayCount::actual_actual_isda, "415.54"},
        {"10000000000000.00", "1000", "2015-01-01", "2015-02-06", DayCount::actual_360,
         "10000000000000.00"},
        {"-100000.00", "4.75", "2015-01-01", "2015-04-02", DayCount::actual_360, "-1200.69"},
        {"100000.00", "0", "2015-01-01", "2016-01-01", DayCount::actual_360, "0.00"},
        {"100000.00", "4.75", "2015-01-01", "2015-01-01", DayCount::actual_360, "0.00"},
        {"100000.00", "4.75", "2015-11-10", "2015-12-20", DayCount::actual_360, "527.78"},
        {"100000.00", "4.75", "2015-12-20", "2016-03-20", DayCount::actual_360, "1200.69"},
        {"100000.00", "4.75", "2016-03-20", "2016-06-20", DayCount::actual_360, "1213.89"},
        {"100000.00", "4.75", "2016-06-20", "2016-09-20", DayCount::actual_360, "1213.89"},
        {"100000.00", "4.75", "2016-09-20", "2016-12-20", DayCount::actual_360, "1200.69"},
        {"100000.00", "4.75", "2016-12-20", "2017-03-20", DayCount::actual_360, "1187.50"},
        {"100000.00", "4.75", "2017-03-20", "2017-06-20", DayCount::actual_360, "1213.89"},
        {"100000.00", "4.75", "2017-06-20", "2017-09-20", DayCount::actual_360, "1213.89"},
        {"100000.00", "4.75", "2017-09-20", "2017-11-10", DayCount::actual_360, "672.92"},
    }));
    CAPTURE(row.principal, row.percent, row.from, row.until);
    Exact const interest = interest_for(yuan(row.principal), *Rate::parse(row.percent),
                                        {on(row.from), on(row.until)}, row.count);
    CHECK(round_to_fen(interest, Rounding::half_up).text() == row.interest);
}

TEST_CASE("Interest paid quarter by quarter sums to the interest paid at once")
{
    Date const disbursed_on = on("2015-11-10");
    Date const matures_on = on("2017-11-10");
    Rate const rate = *Rate::parse("4.75");
    Money sum;
    Exact exact_sum;
    int payments = 0;
    for (Date from = disbursed_on; from < matures_on; ++payments) {
        Date const until = std::min(next_settlement_day(from, 20, true), matures_on);
        Exact const interest =
            interest_for(Money::yuan(100'000), rate, {from, until}, DayCount::actual_360);
        sum += round_to_fen(interest, Rounding::half_up);
        exact_sum = exact_sum + interest;
        from = until;
    }
    Exact const at_once =
        interest_for(Money::yuan(100'000), rate, {disbursed_on, matures_on}, DayCount::actual_360);
    CHECK(payments == 9);
    CHECK(sum.text() == "9645.14");
    CHECK(exact_sum == at_once);
    CHECK(round_to_fen(at_once, Rounding::half_up).text() == "9645.14");
}

// 等额本息: principal x r x (1+r)^n / ((1+r)^n - 1), r the annual rate over 12. The thirty-year row
// is the mortgage calculators' 4.9 % on a million.
TEST_CASE("The equal instalment comes out of exact powers")
{
    struct Row {
        char const* principal;
        std::int64_t rate_ppm;
        int months;
        char const* instalment;
    };
    auto const row = GENERATE(values<Row>({
        {"100000.00", 47'500, 24, "4375.95"},
        {"100000.00", 120'000, 12, "8884.88"},
        {"1000000.00", 49'000, 360, "5307.27"},
    }));
    Exact const monthly{row.rate_ppm, 12'000'000};
    Exact const grown = power(Exact{1, 1} + monthly, row.months);
    Exact const instalment = Exact{yuan(row.principal)} * monthly * grown / (grown - Exact{1, 1});
    CHECK(round_to_fen(instalment, Rounding::half_up).text() == row.instalment);
}

TEST_CASE("Interest by a fraction of a year is exact")
{
    Exact const month = interest_for(Money::yuan(100'000), Rate::ppm(47'500), YearFraction{1, 12});
    CHECK(month.text() == "118750/3");
    CHECK(round_to_fen(month, Rounding::half_up).text() == "395.83");
    CHECK(interest_for(Money::yuan(1), Rate::ppm(1), YearFraction{0, 360}).is_zero());
}
