// Schedules from law and arithmetic: principal plans, odd periods, holidays, tranches, repricing.
// Every figure can be done by hand: principal x rate x days / 360, half up to the fen.
#include "ledger/schedule.hpp"

#include "tests/support/show.hpp"
#include "tests/unit/tables_of_law.hpp"

using namespace ledger;
using namespace ledger::test;

namespace {

using Lines = std::vector<std::string>;
using Plan = std::vector<DisbursementPlan>;

/// "due on: principal + interest" of each instalment.
Lines lines(Terms const& terms, Plan const& disbursements, Programme const& programme = {})
{
    auto const checked = checked_terms(terms);
    if (!checked) return {checked.error().field + " " + checked.error().limit};
    auto const signed_on = signed_terms(*checked, disbursements.front().on, programme);
    if (!signed_on) return {signed_on.error().field + " " + signed_on.error().limit};
    auto const planned = schedule(*signed_on, disbursements, programme);
    if (!planned) return {planned.error().field + " " + planned.error().limit};
    Lines texts;
    for (Instalment const& each : planned->instalments) {
        texts.push_back(each.due_on.text() + ": " + each.principal.text() + " + " +
                        each.interest.text());
    }
    return texts;
}

/// 100,000.00 at 4.75 % over 360, interest alone.
Terms interest_only(Frequency every, int instalments)
{
    Terms terms;
    terms.principal = Money::yuan(100'000);
    terms.annual_rate = Rate::ppm(47'500);
    terms.method = Method::interest_only;
    terms.every = every;
    terms.instalments = instalments;
    return terms;
}

/// Kunming 2021 (贷免扶补): 200,000.00 for three years, 10 % after 12 months, 20 % after 24, the
/// rest after 36, at 3.85 %.
Terms ten_twenty_seventy()
{
    Terms terms;
    terms.principal = Money::yuan(200'000);
    terms.annual_rate = Rate::ppm(38'500);
    terms.method = Method::principal_plan;
    terms.instalments = 0;
    terms.principal_plan = {{{}, Frequency{12, PeriodUnit::month}, 100'000, {}},
                            {{}, Frequency{24, PeriodUnit::month}, 200'000, {}},
                            {{}, Frequency{36, PeriodUnit::month}, 700'000, {}}};
    return terms;
}

constexpr Date march{2021, 3, 15};

} // namespace

TEST_CASE("Ten, twenty and seventy per cent fall due after 12, 24 and 36 months")
{
    Terms terms = ten_twenty_seventy();
    // 200,000 for 365 days, 180,000 for 365, 140,000 for 366 (29 February 2024).
    Lines const yearly{"2022-03-15: 20000.00 + 7806.94", "2023-03-15: 40000.00 + 7026.25",
                       "2024-03-15: 140000.00 + 5479.83"};
    CHECK(lines(terms, {{march, terms.principal}}) == yearly);

    for (PrincipalPart& part : terms.principal_plan) { // the same by amounts
        part.amount = Money::yuan(2 * part.share_ppm / 10);
        part.share_ppm = 0;
    }
    CHECK(lines(terms, {{march, terms.principal}}) == yearly);

    terms.instalments = 12; // with interest by the quarter
    terms.every = {1, PeriodUnit::quarter};
    Lines const quarterly = lines(terms, {{march, terms.principal}});
    REQUIRE(quarterly.size() == 12);
    CHECK(quarterly[0] == "2021-06-15: 0.00 + 1967.78");     // 92 days of 200,000
    CHECK(quarterly[3] == "2022-03-15: 20000.00 + 1925.00"); // 90 days
    CHECK(quarterly[4] == "2022-06-15: 0.00 + 1771.00");     // 92 days of 180,000
    CHECK(quarterly[7] == "2023-03-15: 40000.00 + 1732.50");
    CHECK(quarterly[11] == "2024-03-15: 140000.00 + 1362.47"); // 91 days of 140,000
}

TEST_CASE("A plan by days asks for principal between the days of interest, and ends the loan")
{
    // Interest on 10 Feb, 10 May …; principal on 1 April and 10 May. The part of 1 April asks for
    // no interest: 100,000 for 51 days and 60,000 for 39 are 672.92 + 308.75 = 981.67.
    Terms terms = interest_only({1, PeriodUnit::quarter}, 8);
    terms.method = Method::principal_plan;
    terms.principal_plan = {{Date{2016, 4, 1}, {}, 0, Money::yuan(40'000)},
                            {Date{2016, 5, 10}, {}, 0, Money::yuan(60'000)}};
    CHECK(lines(terms, {{Date{2015, 11, 10}, terms.principal}}) ==
          Lines{"2016-02-10: 0.00 + 1213.89", "2016-04-01: 40000.00 + 0.00",
                "2016-05-10: 60000.00 + 981.67"});
}

TEST_CASE("What the term has above whole steps is a short or a long period, first or last")
{
    struct Row {
        Stub stub;
        Lines by_day;
    };
    // 2015-11-10 to 2016-08-25: three quarters and fifteen days. 92 days bear 1,213.89, 90 days
    // 1,187.50, 15 days 197.92, 107 days 1,411.81.
    std::vector<Row> const rows{
        {Stub::last_short,
         {"2016-02-10: 0.00 + 1213.89", "2016-05-10: 0.00 + 1187.50", "2016-08-10: 0.00 + 1213.89",
          "2016-08-25: 100000.00 + 197.92"}},
        {Stub::last_long,
         {"2016-02-10: 0.00 + 1213.89", "2016-05-10: 0.00 + 1187.50",
          "2016-08-25: 100000.00 + 1411.81"}},
        {Stub::first_short,
         {"2015-11-25: 0.00 + 197.92", "2016-02-25: 0.00 + 1213.89", "2016-05-25: 0.00 + 1187.50",
          "2016-08-25: 100000.00 + 1213.89"}},
        {Stub::first_long,
         {"2016-02-25: 0.00 + 1411.81", "2016-05-25: 0.00 + 1187.50",
          "2016-08-25: 100000.00 + 1213.89"}},
    };
    for (Row const& row : rows) {
        Terms terms = interest_only({1, PeriodUnit::quarter}, 0);
        terms.matures_on = Date{2016, 8, 25};
        terms.stub = row.stub;
        CHECK(lines(terms, {{Date{2015, 11, 10}, terms.principal}}) == row.by_day);
    }
}

TEST_CASE("By whole periods a quarter is a quarter of a year, and the odd period counts its days")
{
    Terms terms = interest_only({1, PeriodUnit::quarter}, 0);
    terms.interest_per = InterestPer::period;
    terms.matures_on = Date{2016, 8, 25};
    CHECK(lines(terms, {{Date{2015, 11, 10}, terms.principal}}) ==
          Lines{"2016-02-10: 0.00 + 1187.50", "2016-05-10: 0.00 + 1187.50",
                "2016-08-10: 0.00 + 1187.50", "2016-08-25: 100000.00 + 197.92"});
    terms.stub = Stub::first_long;
    CHECK(lines(terms, {{Date{2015, 11, 10}, terms.principal}}) ==
          Lines{"2016-02-25: 0.00 + 1411.81", "2016-05-25: 0.00 + 1187.50",
                "2016-08-25: 100000.00 + 1187.50"});
    terms.matures_on = Date{2016, 8, 10}; // no odd period
    CHECK(lines(terms, {{Date{2015, 11, 10}, terms.principal}}).size() == 3);
}

TEST_CASE("Month ends clamp to the original day or roll along the last days, forwards and back")
{
    struct Row {
        MonthEnd month_end;
        Date from;
        Stub stub;
        Date matures_on;
        Lines due;
    };
    using enum MonthEnd;
    for (Row const& row :
         {Row{clamp, {2016, 1, 31}, Stub::last_short, {2016, 4, 30}, {"02-29", "03-31", "04-30"}},
          Row{clamp, {2016, 2, 29}, Stub::last_short, {2016, 5, 29}, {"03-29", "04-29", "05-29"}},
          Row{roll, {2016, 2, 29}, Stub::last_short, {2016, 5, 31}, {"03-31", "04-30", "05-31"}},
          Row{clamp, {2016, 1, 31}, Stub::first_short, {2016, 4, 30}, {"02-29", "03-30", "04-30"}},
          Row{roll, {2016, 1, 31}, Stub::first_short, {2016, 4, 30}, {"02-29", "03-31", "04-30"}}})
    {
        Terms terms = interest_only({1, PeriodUnit::month}, 0);
        terms.month_end = row.month_end;
        terms.stub = row.stub;
        terms.matures_on = row.matures_on;
        Lines due;
        for (std::string const& line : lines(terms, {{row.from, terms.principal}})) {
            due.push_back(line.substr(5, 5));
        }
        // Back from 30 April the clamp gives 30 January, before the loan begins: there is no odd
        // period, the first one is a day shorter.
        CHECK(due == row.due);
    }
}

TEST_CASE("A due date on National Day 2015 stays or moves, and interest follows by rule")
{
    struct Row {
        DueDay due_day;
        bool follows;
        Lines plan;
    };
    // Paid out on 3 September; 3 October is a Saturday within the holiday of 1 to 7 October. 30
    // days bear 395.83 and 31 days 409.03; 35 and 26 days 461.81 and 343.06; 27 and 34 days 356.25
    // and 448.61. 3 November is a Tuesday.
    std::vector<Row> const rows{
        {DueDay::stays, true, {"2015-10-03: 0.00 + 395.83", "2015-11-03: 100000.00 + 409.03"}},
        {DueDay::next, true, {"2015-10-08: 0.00 + 461.81", "2015-11-03: 100000.00 + 343.06"}},
        {DueDay::next, false, {"2015-10-08: 0.00 + 395.83", "2015-11-03: 100000.00 + 409.03"}},
        {DueDay::previous, true, {"2015-09-30: 0.00 + 356.25", "2015-11-03: 100000.00 + 448.61"}},
        {DueDay::previous, false, {"2015-09-30: 0.00 + 395.83", "2015-11-03: 100000.00 + 409.03"}},
        {DueDay::previous_in_month,
         true,
         {"2015-10-08: 0.00 + 461.81", "2015-11-03: 100000.00 + 343.06"}},
    };
    Programme programme;
    programme.calendar = autumn_of_2015();
    for (Row const& row : rows) {
        Terms terms = interest_only({1, PeriodUnit::month}, 2);
        terms.due_day = row.due_day;
        terms.interest_follows = row.follows;
        CHECK(lines(terms, {{Date{2015, 9, 3}, terms.principal}}, programme) == row.plan);
    }
    Terms worked = interest_only({1, PeriodUnit::month}, 1); // Saturday 10 October is worked
    worked.due_day = DueDay::next;
    CHECK(lines(worked, {{Date{2015, 9, 10}, worked.principal}}, programme) ==
          Lines{"2015-10-10: 100000.00 + 395.83"});
    CHECK(lines(worked, {{Date{2015, 9, 10}, worked.principal}}) == // a Saturday without a calendar
          Lines{"2015-10-12: 100000.00 + 422.22"});
}

TEST_CASE("Each tranche bears interest from its own day")
{
    Terms terms = interest_only({1, PeriodUnit::month}, 2);
    Date const first{2016, 1, 10};
    Money const most = Money::yuan(60'000);
    Money const rest = Money::yuan(40'000);
    // Before the first due date: 60,000 for 31 days and 40,000 for 5.
    CHECK(lines(terms, {{first, most}, {Date{2016, 2, 5}, rest}}) ==
          Lines{"2016-02-10: 0.00 + 271.81", "2016-03-10: 100000.00 + 382.64"});
    // On it: the second period of 29 days has all 100,000.
    CHECK(lines(terms, {{first, most}, {Date{2016, 2, 10}, rest}}) ==
          Lines{"2016-02-10: 0.00 + 245.42", "2016-03-10: 100000.00 + 382.64"});
    // After it: 60,000 for 10 days and 100,000 for 19.
    CHECK(lines(terms, {{first, most}, {Date{2016, 2, 20}, rest}}) ==
          Lines{"2016-02-10: 0.00 + 245.42", "2016-03-10: 100000.00 + 329.86"});
    // On the day of the first: as one.
    CHECK(lines(terms, {{first, most}, {first, rest}}) ==
          Lines{"2016-02-10: 0.00 + 409.03", "2016-03-10: 100000.00 + 382.64"});
}

TEST_CASE("A rate that follows the benchmark is looked up again on its days and on no other")
{
    struct Row {
        RateReset reset;
        char const* first_year;
        char const* second_year;
    };
    // Two years from 2014-12-10, tier of one to five years: 6.00, from 2015-03-01 5.75, 05-11 5.50,
    // 06-28 5.25, 08-26 5.00, 10-24 4.75. 365 days at 6.00 bear 6,083.33, 366 days at 4.75
    // 4,829.17.
    for (Row const& row : {
             Row{RateReset::never, "6083.33", "6100.00"},
             Row{RateReset::anniversary, "6083.33", "4829.17"},
             Row{RateReset::new_year, "6083.33", "4905.56"},  // 22 days at 6.00, 344 at 4.75
             Row{RateReset::quarterly, "5638.89", "4829.17"}, // 90, 92, 92, 91 days
             Row{RateReset::monthly, "5575.00", "4829.17"},
         })
    {
        Programme programme;
        programme.base_rates = base_rates_of_law();
        Terms terms = interest_only({1, PeriodUnit::year}, 2);
        terms.pricing.emplace();
        terms.pricing->reset = row.reset;
        CHECK(lines(terms, {{Date{2014, 12, 10}, terms.principal}}, programme) ==
              Lines{std::string{"2015-12-10: 0.00 + "} + row.first_year,
                    std::string{"2016-12-10: 100000.00 + "} + row.second_year});
    }
}

TEST_CASE("A holiday at the maturity moves it and changes no rate of before")
{
    // A year to 2015-10-05, in the holidays: to 2015-10-08 it is still of the tier of up to a year.
    Programme programme;
    programme.base_rates = base_rates_of_law();
    Terms terms = interest_only({1, PeriodUnit::year}, 1);
    terms.pricing.emplace();
    terms.pricing->reset = RateReset::monthly;
    terms.due_day = DueDay::next;
    terms.interest_follows = false;
    Plan const paid_out{{Date{2014, 10, 5}, terms.principal}};
    auto const before = lines(terms, paid_out, programme);
    programme.calendar = autumn_of_2015();
    auto const after = lines(terms, paid_out, programme);
    REQUIRE(before.size() == 1);
    REQUIRE(after.size() == 1);
    CHECK(before[0].substr(0, 10) == "2015-10-05");
    CHECK(after[0].substr(0, 10) == "2015-10-08");
    CHECK(before[0].substr(10) == after[0].substr(10));
}

TEST_CASE("Points and a multiple are laid on the base rate, and no rate falls below zero")
{
    struct Row {
        Date on;
        std::int64_t multiple_ppm;
        std::int64_t points_ppm;
        char const* rate;
    };
    Programme programme;
    programme.base_rates = base_rates_of_law();
    for (Row const& row :
         {Row{{2015, 11, 10}, 1'200'000, 0, "5.22"},      // benchmark + 20 %
          Row{{2020, 4, 20}, 1'000'000, -15'000, "2.35"}, // LPR - 150 points
          Row{{2020, 4, 20}, 1'000'000, -40'000, "0.00"}, Row{{2020, 4, 20}, 0, 10'000, "1.00"}})
    {
        Terms terms = interest_only({1, PeriodUnit::month}, 12);
        terms.pricing.emplace();
        terms.pricing->multiple_ppm = row.multiple_ppm;
        terms.pricing->points_ppm = row.points_ppm;
        auto const fixed = signed_terms(terms, row.on, programme);
        REQUIRE(fixed.has_value());
        CHECK(fixed->annual_rate.text() == row.rate);
    }
}

namespace {

/// 1,200.00 at 1 % a month in three equal instalments of 408.03.
Terms twelve_hundred()
{
    Terms terms;
    terms.principal = Money::yuan(1'200);
    terms.annual_rate = Rate::ppm(120'000);
    terms.instalments = 3;
    terms.interest_per = InterestPer::period;
    return terms;
}

} // namespace

TEST_CASE("A level is solved again from the period in which another rate takes effect")
{
    Terms terms = twelve_hundred();
    Plan const whole{{Date{2016, 1, 31}, terms.principal}};
    // From the second period on 2 % a month: 803.97 / (1 / 1.02 + 1 / 1.02^2) = 414.08. Before, all
    // known steps were priced in from the start.
    terms.rate_steps = {{Date{2016, 2, 29}, Rate::ppm(240'000)}};
    CHECK(lines(terms, whole) == Lines{"2016-02-29: 396.03 + 12.00", "2016-03-31: 398.00 + 16.08",
                                       "2016-04-30: 405.97 + 8.12"});
    // From the day before the last period begins: a 31st part of the second is at 2 %:
    // 803.97 x (30 x 1 % + 1 x 2 %) / 31 = 8.30; (803.97 + 8.2990) / (1 + 1 / 1.02) = 410.16.
    terms.rate_steps = {{Date{2016, 3, 30}, Rate::ppm(240'000)}};
    CHECK(lines(terms, whole) == Lines{"2016-02-29: 396.03 + 12.00", "2016-03-31: 401.86 + 8.30",
                                       "2016-04-30: 402.11 + 8.04"});
}

TEST_CASE("The remainder of equal principal goes to the last or to the first, as the terms say")
{
    Terms terms = twelve_hundred();
    terms.principal = Money::yuan(1'000);
    terms.method = Method::equal_principal;
    terms.annual_rate = {};
    Plan const whole{{Date{2016, 1, 31}, terms.principal}};
    CHECK(lines(terms, whole) == Lines{"2016-02-29: 333.33 + 0.00", "2016-03-31: 333.33 + 0.00",
                                       "2016-04-30: 333.34 + 0.00"});
    terms.remainder_to = RemainderTo::first;
    CHECK(lines(terms, whole) == Lines{"2016-02-29: 333.34 + 0.00", "2016-03-31: 333.33 + 0.00",
                                       "2016-04-30: 333.33 + 0.00"});
    terms.grace.principal = 1; // the first that asks for principal
    terms.principal = Money::fen(100'001);
    CHECK(
        lines(terms, {{Date{2016, 1, 31}, terms.principal}}) ==
        Lines{"2016-02-29: 0.00 + 0.00", "2016-03-31: 500.01 + 0.00", "2016-04-30: 500.00 + 0.00"});
}

TEST_CASE("Principal may fall due with every third instalment of interest")
{
    Terms terms = twelve_hundred();
    terms.method = Method::equal_principal;
    terms.instalments = 6;
    terms.principal_every = 3;
    CHECK(lines(terms, {{Date{2016, 1, 31}, terms.principal}}) ==
          Lines{"2016-02-29: 0.00 + 12.00", "2016-03-31: 0.00 + 12.00",
                "2016-04-30: 600.00 + 12.00", "2016-05-31: 0.00 + 6.00", "2016-06-30: 0.00 + 6.00",
                "2016-07-31: 600.00 + 6.00"});
}

TEST_CASE("Interest is rounded as the terms say")
{
    struct Row {
        Rounding rounding;
        char const* interest;
    };
    // 1,000.00 at 4.5 % for one day over 360: 0.125 exactly.
    for (Row const& row : {Row{Rounding::half_up, "0.13"}, Row{Rounding::half_even, "0.12"},
                           Row{Rounding::down, "0.12"}, Row{Rounding::up, "0.13"}})
    {
        Terms terms = interest_only({1, PeriodUnit::day}, 1);
        terms.principal = Money::yuan(1'000);
        terms.annual_rate = Rate::ppm(45'000);
        terms.rounding = row.rounding;
        CHECK(lines(terms, {{march, terms.principal}}) ==
              Lines{std::string{"2021-03-16: 1000.00 + "} + row.interest});
    }
}
