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
