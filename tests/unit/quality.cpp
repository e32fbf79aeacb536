// Calendar steps, and the quality of one loan against its own card.
#include "ledger/quality.hpp"

#include "tests/unit/county.hpp"

using namespace ledger;
using namespace ledger::test;

namespace {

std::string told(Result<std::vector<Span>> const& steps)
{
    if (!steps) return std::string{name_of(steps.error().code)} + " " + steps.error().limit;
    std::string text;
    for (Span const& step : *steps) text += step.from.text() + ".." + step.until.text() + " ";
    return text;
}

Terms twelve_thousand_over_a_year()
{
    Terms terms;
    terms.principal = Money::yuan(12'000);
    terms.annual_rate = Rate::ppm(0);
    terms.method = Method::equal_principal;
    terms.instalments = 12;
    return terms;
}

} // namespace

TEST_CASE("A span is cut at the beginnings of calendar periods")
{
    struct Row {
        Span span;
        PeriodUnit step;
        char const* steps;
    };
    for (auto const& row : {
             Row{{{2016, 2, 28}, {2016, 3, 2}},
                 PeriodUnit::day,
                 "2016-02-28..2016-02-29 2016-02-29..2016-03-01 2016-03-01..2016-03-02 "},
             // 2016-02-28 is a Sunday
             Row{{{2016, 2, 28}, {2016, 3, 8}},
                 PeriodUnit::week,
                 "2016-02-28..2016-02-29 2016-02-29..2016-03-07 2016-03-07..2016-03-08 "},
             Row{{{2016, 1, 31}, {2016, 3, 1}},
                 PeriodUnit::month,
                 "2016-01-31..2016-02-01 2016-02-01..2016-03-01 "},
             Row{{{2015, 11, 10}, {2016, 7, 2}},
                 PeriodUnit::quarter,
                 "2015-11-10..2016-01-01 2016-01-01..2016-04-01 2016-04-01..2016-07-01 "
                 "2016-07-01..2016-07-02 "},
             Row{{{2015, 1, 1}, {2017, 1, 1}},
                 PeriodUnit::year,
                 "2015-01-01..2016-01-01 2016-01-01..2017-01-01 "},
             Row{{{2015, 1, 1}, {2015, 1, 1}}, PeriodUnit::year, "date_too_early 2015-01-01"},
             Row{{{2015, 1, 1}, {2015, 1, 12}}, PeriodUnit::day, "too_many_points 10"},
         })
    {
        CHECK(told(calendar_steps(row.span, row.step, 10)) == row.steps);
    }
}

TEST_CASE("What fell due in a span, what came in of it, and what came in on its day")
{
    // 1,000.00 falls due on the 10th of each month from 2016-02-10 on.
    Loan const loan =
        lent(programme_of(wide_rules()), twelve_thousand_over_a_year(), Date{2016, 1, 10},
             {event(Date{2016, 2, 10}, Repaid{Money::yuan(1'000), {}}),
              event(Date{2016, 3, 15}, Repaid{Money::yuan(1'000), {}}),
              event(Date{2016, 4, 11}, Repaid{Money::yuan(400), {}})});
    struct Row {
        Span span;
        char const* due;
        char const* collected;
        char const* on_time;
    };
    for (auto const& row : {
             Row{{{2016, 1, 1}, {2016, 2, 10}}, "0.00", "0.00", "0.00"},
             Row{{{2016, 1, 1}, {2016, 2, 11}}, "1000.00", "1000.00", "1000.00"},
             Row{{{2016, 2, 11}, {2016, 3, 12}}, "1000.00", "0.00", "0.00"},
             Row{{{2016, 2, 11}, {2016, 4, 1}}, "1000.00", "1000.00", "0.00"},
             Row{{{2016, 4, 1}, {2016, 5, 1}}, "1000.00", "400.00", "0.00"},
             Row{{{2016, 1, 1}, {2016, 5, 1}}, "3000.00", "2400.00", "1000.00"},
         })
    {
        Quality const found = quality(loan, row.span);
        INFO(row.span.from.text() << " " << row.span.until.text());
        CHECK(found.due.text() == row.due);
        CHECK(found.collected.text() == row.collected);
        CHECK(found.collected_on_time.text() == row.on_time);
        CHECK(found.outstanding() ==
              fold(loan, row.span.until.plus_days(-1)).positions.principal());
    }
}

TEST_CASE("Only the three lower classes are non-performing, and sums of loans are sums of figures")
{
    Quality sum;
    for (int n = 1; n <= 5; ++n) {
        Quality one;
        one.principal[static_cast<std::size_t>(n) - 1] = Money::yuan(n);
        one.loans[static_cast<std::size_t>(n) - 1] = 1;
        sum += one;
    }
    CHECK(sum.outstanding() == Money::yuan(15));
    CHECK(sum.non_performing() == Money::yuan(3 + 4 + 5));
}
