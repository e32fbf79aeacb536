// Schedules against figures from domain research 2.4 and from arithmetic that can be done by hand.
#include "ledger/schedule.hpp"

#include <catch2/catch.hpp>

using namespace ledger;

namespace {

Terms terms_of(Method method, int instalments)
{
    Terms terms;
    terms.principal = Money::yuan(100'000);
    terms.annual_rate = Rate::ppm(47'500);
    terms.method = method;
    terms.instalments = instalments;
    return terms;
}

Schedule planned(Terms const& terms, Date on)
{
    auto const checked = checked_terms(terms);
    REQUIRE(checked.has_value());
    auto const result = schedule(*checked, {{on, terms.principal}});
    REQUIRE(result.has_value());
    return *result;
}

std::vector<std::string> interests(Schedule const& schedule)
{
    std::vector<std::string> texts;
    for (Instalment const& each : schedule.instalments) texts.push_back(each.interest.text());
    return texts;
}

} // namespace

TEST_CASE("quarterly settlement on the 20th gives the nine interest payments of the oracle")
{
    Terms terms = terms_of(Method::interest_only, 8);
    terms.every = {1, PeriodUnit::quarter};
    terms.settlement_day = 20;
    Schedule const schedule = planned(terms, Date{2015, 11, 10});
    CHECK(interests(schedule) == std::vector<std::string>{"527.78", "1200.69", "1213.89", "1213.89",
                                                          "1200.69", "1187.50", "1213.89",
                                                          "1213.89", "672.92"});
    CHECK(schedule.interest.text() == "9645.14");
    CHECK(schedule.matures_on() == Date{2017, 11, 10});
}

/// The closed forms P n i (1+i)^n / ((1+i)^n - 1) - P = 5,022.8350 and P i (n+1) / 2 = 4,947.9167
/// round nothing on the way; a schedule rounds each period's interest, so it may differ by fen.
TEST_CASE("24 equal instalments by period are 4,375.95, within a fen of the closed form")
{
    Terms terms = terms_of(Method::equal_instalments, 24);
    terms.interest_per = InterestPer::period;
    Schedule const schedule = planned(terms, Date{2016, 1, 31});
    CHECK(schedule.instalments.front().total().text() == "4375.95");
    CHECK(schedule.interest.text() == "5022.84");
    CHECK(schedule.instalments.back().total().text() == "4375.99");
}

TEST_CASE("24 instalments of equal principal start at 4,562.50, within a fen of the closed form")
{
    Terms terms = terms_of(Method::equal_principal, 24);
    terms.interest_per = InterestPer::period;
    Schedule const schedule = planned(terms, Date{2016, 1, 31});
    CHECK(schedule.instalments.front().total().text() == "4562.50");
    CHECK(schedule.interest.text() == "4947.91");
}

namespace {

/// "due on: principal + interest" of each instalment, as a clerk would read the plan.
std::vector<std::string> lines(Schedule const& schedule)
{
    std::vector<std::string> texts;
    for (Instalment const& each : schedule.instalments) {
        texts.push_back(each.due_on.text() + ": " + each.principal.text() + " + " +
                        each.interest.text());
    }
    return texts;
}

Terms twelve_hundred(Method method, int instalments)
{
    Terms terms;
    terms.principal = Money::yuan(1'200);
    terms.annual_rate = Rate::ppm(120'000); // 1 % a month
    terms.method = method;
    terms.instalments = instalments;
    terms.interest_per = InterestPer::period;
    return terms;
}

using Lines = std::vector<std::string>;

} // namespace

namespace {

struct PlannedTerms {
    char const* term;
    Terms terms;
    Lines plan;
};
template <class Change> Terms with(Terms terms, Change change)
{
    change(terms);
    return terms;
}

Terms const principal = twelve_hundred(Method::equal_principal, 3);
Terms const level = twelve_hundred(Method::equal_instalments, 3);
std::vector<PlannedTerms> const planned_terms{
    {"equal principal",
     principal,
     {"2016-02-29: 400.00 + 12.00", "2016-03-31: 400.00 + 8.00", "2016-04-30: 400.00 + 4.00"}},
    // 1200 x 0.01 / (1 - 1.01^-3) = 408.0265
    {"equal instalments",
     level,
     {"2016-02-29: 396.03 + 12.00", "2016-03-31: 399.99 + 8.04", "2016-04-30: 403.98 + 4.04"}},
    {"at maturity, one sum",
     twelve_hundred(Method::at_maturity, 3),
     {"2016-04-30: 1200.00 + 36.00"}},
    {"rate zero",
     with(level, [](Terms& t) { t.annual_rate = {}; }),
     {"2016-02-29: 400.00 + 0.00", "2016-03-31: 400.00 + 0.00", "2016-04-30: 400.00 + 0.00"}},
    {"flat",
     with(level, [](Terms& t) { t.interest = InterestBasis::flat; }),
     {"2016-02-29: 400.00 + 12.00", "2016-03-31: 400.00 + 12.00", "2016-04-30: 400.00 + 12.00"}},
    {"a rate of 24 % from March",
     with(principal, [](Terms& t) { t.rate_steps = {{Date{2016, 2, 29}, Rate::ppm(240'000)}}; }),
     {"2016-02-29: 400.00 + 12.00", "2016-03-31: 400.00 + 16.00", "2016-04-30: 400.00 + 8.00"}},
    {"a fixed instalment, the last is larger",
     with(level, [](Terms& t) { t.instalment = Money::yuan(300); }),
     {"2016-02-29: 288.00 + 12.00", "2016-03-31: 290.88 + 9.12", "2016-04-30: 621.12 + 6.21"}},
    {"instalments in tens of yuan",
     with(level, [](Terms& t) { t.instalment_multiple = Money::yuan(10); }),
     {"2016-02-29: 398.00 + 12.00", "2016-03-31: 401.98 + 8.02", "2016-04-30: 400.02 + 4.00"}},
    {"grace of one on principal",
     with(principal, [](Terms& t) { t.grace.principal = 1; }),
     {"2016-02-29: 0.00 + 12.00", "2016-03-31: 600.00 + 12.00", "2016-04-30: 600.00 + 6.00"}},
    {"grace of one on paying interest",
     with(principal, [](Terms& t) { t.grace.interest_payment = 1; }),
     {"2016-02-29: 400.00 + 0.00", "2016-03-31: 400.00 + 20.00", "2016-04-30: 400.00 + 4.00"}},
    {"the first period free of interest",
     with(principal, [](Terms& t) { t.grace.interest_free = 1; }),
     {"2016-02-29: 400.00 + 0.00", "2016-03-31: 400.00 + 8.00", "2016-04-30: 400.00 + 4.00"}},
    {"a quarter down",
     with(principal, [](Terms& t) { t.down_payment = Rate::ppm(250'000); }),
     {"2016-01-31: 300.00 + 0.00", "2016-02-29: 300.00 + 9.00", "2016-03-31: 300.00 + 6.00",
      "2016-04-30: 300.00 + 3.00"}},
    // 15 of 31 days by the day count: 1200 x 12 % / 360 x 15 = 6.00
    {"a short first period",
     with(principal, [](Terms& t) { t.first_due_on = Date{2016, 2, 15}; }),
     {"2016-02-15: 400.00 + 6.00", "2016-03-15: 400.00 + 8.00", "2016-04-15: 400.00 + 4.00"}},
    {"explicit dates by the day",
     with(principal,
          [](Terms& t) {
              t.interest_per = InterestPer::day;
              t.due_on = {Date{2016, 2, 10}, Date{2016, 3, 1}, Date{2016, 3, 31}};
          }),
     {"2016-02-10: 400.00 + 4.00", "2016-03-01: 400.00 + 5.33", "2016-03-31: 400.00 + 4.00"}},
    {"every two weeks by the day",
     with(principal,
          [](Terms& t) {
              t.interest_per = InterestPer::day;
              t.every = {2, PeriodUnit::week};
          }),
     {"2016-02-14: 400.00 + 5.60", "2016-02-28: 400.00 + 3.73", "2016-03-13: 400.00 + 1.87"}},
    {"year by year",
     with(principal, [](Terms& t) { t.every = {1, PeriodUnit::year}; }),
     {"2017-01-31: 400.00 + 144.00", "2018-01-31: 400.00 + 96.00", "2019-01-31: 400.00 + 48.00"}},
};

} // namespace

TEST_CASE("Each term does what its definition says, on 1,200.00 at 1 % a month")
{
    for (PlannedTerms const& row : planned_terms) {
        INFO(row.term);
        CHECK(lines(planned(row.terms, Date{2016, 1, 31})) == row.plan);
    }
}

TEST_CASE("A start on a month's last day clamps or rolls")
{
    Terms terms = twelve_hundred(Method::interest_only, 3);
    CHECK(planned(terms, Date{2016, 4, 30}).instalments.front().due_on == Date{2016, 5, 30});
    terms.month_end = MonthEnd::roll;
    CHECK(planned(terms, Date{2016, 4, 30}).instalments.front().due_on == Date{2016, 5, 31});
}

TEST_CASE("A later disbursement plans the rest anew from the period that it falls in")
{
    Terms const terms = twelve_hundred(Method::equal_principal, 3);
    Money const half = Money::yuan(600);
    // Second period, 29 Feb to 30 Mar: 400 for 15 of its 30 days, then 1,000: 1 % x 700 = 7.00.
    auto const plan = schedule(terms, {{Date{2016, 1, 30}, half}, {Date{2016, 3, 15}, half}});
    REQUIRE(plan.has_value());
    CHECK(lines(*plan) == Lines{"2016-02-29: 200.00 + 6.00", "2016-03-30: 500.00 + 7.00",
                                "2016-04-30: 500.00 + 5.00"});
    auto const on_due_date =
        schedule(terms, {{Date{2016, 1, 30}, half}, {Date{2016, 2, 29}, half}});
    REQUIRE(on_due_date.has_value());
    CHECK(lines(*on_due_date) == Lines{"2016-02-29: 200.00 + 6.00", "2016-03-30: 500.00 + 10.00",
                                       "2016-04-30: 500.00 + 5.00"});
}

TEST_CASE("Fifty thousand in 22 instalments from the third month are 2,272.73 and a last 2,272.67")
{
    // Yunnan 2009: two years, monthly from the third month (domain research 1.2).
    Terms terms = terms_of(Method::equal_principal, 24);
    terms.principal = Money::yuan(50'000);
    terms.grace.principal = 2;
    Schedule const schedule = planned(terms, Date{2009, 4, 1});
    CHECK(schedule.instalments[1].principal.text() == "0.00");
    CHECK(schedule.instalments[2].principal.text() == "2272.73");
    CHECK(schedule.instalments.back().principal.text() == "2272.67");
}
