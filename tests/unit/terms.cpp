// Terms that contradict each other, in the order in which they are noticed; and schedules that
// cannot be made. Every row starts from terms that are right.
#include "ledger/schedule.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <utility>

using namespace ledger;

namespace {

Terms right_terms()
{
    Terms terms;
    terms.principal = Money::yuan(10'000);
    terms.annual_rate = Rate::ppm(60'000);
    terms.instalments = 12;
    return terms;
}

std::string said(Refused const& refused)
{
    std::string const sentence = std::string{name_of(refused.code)} + " " + refused.field;
    return refused.code == Refusal::terms_contradict ? sentence + ": " + refused.limit : sentence;
}

} // namespace

namespace {

void to_maturity(Terms& terms)
{
    terms.instalments = 0;
    terms.matures_on = Date{2017, 1, 15};
}

/// 40 % after six months, 60 % after twelve.
void by_plan(Terms& terms)
{
    terms.method = Method::principal_plan;
    terms.instalments = 0;
    terms.principal_plan = {{{}, Frequency{6, PeriodUnit::month}, 400'000, {}},
                            {{}, Frequency{12, PeriodUnit::month}, 600'000, {}}};
}

char const* const fixed_instalment =
    "terms_contradict instalment: method = equal_instalments, interest = declining | "
    "method = equal_principal";

struct WrongTerms {
    char const* wrong;
    std::function<void(Terms&)> change;
    char const* refusal;
};
std::vector<WrongTerms> const wrong_terms{
    {"no principal", [](Terms& t) { t.principal = {}; }, "amount_must_be_positive principal"},
    {"above ten billion", [](Terms& t) { t.principal = Money::yuan(10'000'000'001); },
     "amount_too_large principal"},
    {"the remainder to the first of level instalments",
     [](Terms& t) { t.remainder_to = RemainderTo::first; },
     "terms_contradict remainder_to: method = equal_principal | interest = flat"},
    {"the remainder to the first at maturity",
     [](Terms& t) {
         t.remainder_to = RemainderTo::first;
         t.method = Method::at_maturity;
     },
     "terms_contradict remainder_to: method = equal_principal | interest = flat"},
    {"the remainder of fixed instalments to the first",
     [](Terms& t) {
         t.remainder_to = RemainderTo::first;
         t.method = Method::equal_principal;
         t.instalment = Money::yuan(1'000);
     },
     "terms_contradict remainder_to: remainder_to = first / instalment"},
    {"no instalments", [](Terms& t) { t.instalments = 0; },
     "terms_contradict instalments: instalments >= 1"},
    {"a negative number of instalments before a maturity",
     [](Terms& t) {
         t.instalments = -1;
         t.matures_on = Date{2017, 1, 15};
     },
     "terms_contradict instalments: instalments >= 0"},
    {"instalments and a maturity", [](Terms& t) { t.matures_on = Date{2017, 1, 15}; },
     "terms_contradict instalments: instalments / matures_on"},
    {"601 instalments", [](Terms& t) { t.instalments = 601; }, "too_many_instalments instalments"},
    {"every 0 months", [](Terms& t) { t.every.count = 0; },
     "terms_contradict every: every.count >= 1"},
    {"twelve times five years", [](Terms& t) { t.every = {5, PeriodUnit::year}; },
     "terms_contradict every: every × instalments <= 50 years"},
    {"every sixty years up to a maturity",
     [](Terms& t) {
         t.instalments = 0;
         t.matures_on = Date{2017, 1, 15};
         t.every = {60, PeriodUnit::year};
     },
     "terms_contradict every: every × instalments <= 50 years"},
    {"rates on one day twice",
     [](Terms& t) { t.rate_steps = {{Date{2016, 1, 1}, {}}, {Date{2016, 1, 1}, {}}}; },
     "terms_contradict rates: rates[0].from < rates[1].from < …"},
    {"rates out of order",
     [](Terms& t) { t.rate_steps = {{Date{2016, 2, 1}, {}}, {Date{2016, 1, 1}, {}}}; },
     "terms_contradict rates: rates[0].from < rates[1].from < …"},
    {"rates that follow the table and rates of its own",
     [](Terms& t) {
         t.pricing.emplace();
         t.rate_steps = {{Date{2016, 1, 1}, {}}};
     },
     "terms_contradict pricing: pricing / rates"},
    {"a negative multiple of the base rate",
     [](Terms& t) {
         t.pricing.emplace();
         t.pricing->multiple_ppm = -1;
     },
     "terms_contradict pricing: pricing.multiple_percent >= 0"},
    {"due dates and a maturity",
     [](Terms& t) {
         to_maturity(t);
         t.due_on = {Date{2016, 1, 1}};
     },
     "terms_contradict matures_on: due_on / matures_on"},
    {"a first due date after the maturity",
     [](Terms& t) {
         to_maturity(t);
         t.first_due_on = Date{2017, 1, 16};
     },
     "terms_contradict matures_on: first_due_on <= matures_on"},
    {"a short first period and its end",
     [](Terms& t) {
         to_maturity(t);
         t.stub = Stub::first_short;
         t.first_due_on = Date{2016, 2, 1};
     },
     "terms_contradict stub: first_due_on / stub = first_short | first_long"},
    {"a long first period and its end",
     [](Terms& t) {
         to_maturity(t);
         t.stub = Stub::first_long;
         t.first_due_on = Date{2016, 2, 1};
     },
     "terms_contradict stub: first_due_on / stub = first_short | first_long"},
    {"a stub where the steps make the term", [](Terms& t) { t.stub = Stub::last_long; },
     "terms_contradict stub: stub = last_short | matures_on"},
    {"a stub beside settlement days",
     [](Terms& t) {
         to_maturity(t);
         t.stub = Stub::first_long;
         t.settlement_day = 20;
     },
     "terms_contradict stub: settlement_day / stub"},
    {"one due date for twelve instalments", [](Terms& t) { t.due_on = {Date{2016, 1, 1}}; },
     "terms_contradict due_on: instalments = 1"},
    {"due dates out of order",
     [](Terms& t) {
         t.instalments = 2;
         t.due_on = {Date{2016, 2, 1}, Date{2016, 1, 1}};
     },
     "terms_contradict due_on: due_on[0] < due_on[1] < …"},
    {"a due date twice",
     [](Terms& t) {
         t.instalments = 2;
         t.due_on = {Date{2016, 1, 1}, Date{2016, 1, 1}};
     },
     "terms_contradict due_on: due_on[0] < due_on[1] < …"},
    {"due dates sixty years apart",
     [](Terms& t) {
         t.instalments = 2;
         t.due_on = {Date{2016, 1, 1}, Date{2076, 1, 1}};
     },
     "terms_contradict due_on: due_on <= 50 years"},
    {"due dates and a first due date",
     [](Terms& t) {
         t.instalments = 1;
         t.due_on = {Date{2016, 2, 1}};
         t.first_due_on = Date{2016, 2, 1};
     },
     "terms_contradict first_due_on: due_on / first_due_on"},
    {"due dates and a settlement day",
     [](Terms& t) {
         t.instalments = 1;
         t.due_on = {Date{2016, 2, 1}};
         t.settlement_day = 20;
     },
     "terms_contradict settlement_day: due_on / settlement_day"},
    {"due dates and interest by whole period",
     [](Terms& t) {
         t.instalments = 1;
         t.due_on = {Date{2016, 2, 1}};
         t.interest_per = InterestPer::period;
     },
     "terms_contradict interest_per: due_on / interest_per = period"},
    {"a settlement day and a first due date",
     [](Terms& t) {
         t.settlement_day = 20;
         t.first_due_on = Date{2016, 2, 1};
     },
     "terms_contradict first_due_on: settlement_day / first_due_on"},
    {"the 32nd", [](Terms& t) { t.settlement_day = 32; },
     "terms_contradict settlement_day: 1 <= settlement_day <= 31"},
    {"the 0th", [](Terms& t) { t.settlement_day = 0; },
     "terms_contradict settlement_day: 1 <= settlement_day <= 31"},
    {"a settlement day every week",
     [](Terms& t) {
         t.settlement_day = 20;
         t.every.unit = PeriodUnit::week;
     },
     "terms_contradict settlement_day: every = 1 month | 1 quarter"},
    {"a settlement day every two months",
     [](Terms& t) {
         t.settlement_day = 20;
         t.every.count = 2;
     },
     "terms_contradict settlement_day: every = 1 month | 1 quarter"},
    {"an instalment of nothing", [](Terms& t) { t.instalment = Money{}; },
     "amount_must_be_positive instalment"},
    {"a fixed instalment of flat interest",
     [](Terms& t) {
         t.instalment = Money::yuan(100);
         t.interest = InterestBasis::flat;
     },
     fixed_instalment},
    {"a fixed instalment of interest alone",
     [](Terms& t) {
         t.instalment = Money::yuan(100);
         t.method = Method::interest_only;
     },
     fixed_instalment},
    {"grace on all principal", [](Terms& t) { t.grace.principal = 12; },
     "terms_contradict grace: principal, interest_payment < instalments; interest_free <= "
     "instalments"},
    {"grace on paying all interest", [](Terms& t) { t.grace.interest_payment = 12; },
     "terms_contradict grace: principal, interest_payment < instalments; interest_free <= "
     "instalments"},
    {"more periods free of interest than there are", [](Terms& t) { t.grace.interest_free = 13; },
     "terms_contradict grace: principal, interest_payment < instalments; interest_free <= "
     "instalments"},
    {"negative grace", [](Terms& t) { t.grace.principal = -1; },
     "terms_contradict grace: principal, interest_payment < instalments; interest_free <= "
     "instalments"},
    {"grace at maturity",
     [](Terms& t) {
         t.method = Method::at_maturity;
         t.grace.interest_free = 1;
     },
     "terms_contradict grace: grace / method = at_maturity"},
    {"grace on principal that is planned by dates",
     [](Terms& t) {
         by_plan(t);
         t.grace.principal = 1;
     },
     "terms_contradict grace: grace.principal / method = principal_plan"},
    {"principal with every 0th instalment", [](Terms& t) { t.principal_every = 0; },
     "terms_contradict principal_every: method = equal_instalments | equal_principal"},
    {"principal with every third instalment of interest alone",
     [](Terms& t) {
         t.method = Method::interest_only;
         t.principal_every = 3;
     },
     "terms_contradict principal_every: method = equal_instalments | equal_principal"},
    {"a negative multiple", [](Terms& t) { t.instalment_multiple = Money::yuan(-1); },
     "terms_contradict instalment_multiple: instalment_multiple >= 0.00"},
    {"a multiple of a fixed instalment",
     [](Terms& t) {
         t.instalment_multiple = Money::yuan(10);
         t.instalment = Money::yuan(1'000);
     },
     "terms_contradict instalment_multiple: instalment_multiple / instalment"},
    {"a multiple without instalments of principal",
     [](Terms& t) {
         t.method = Method::interest_only;
         t.instalment_multiple = Money::yuan(10);
     },
     "terms_contradict instalment_multiple: method = equal_instalments | equal_principal"},
    {"all of it down", [](Terms& t) { t.down_payment = Rate::ppm(1'000'000); },
     "terms_contradict down_payment_percent: down_payment_percent < 100"},
    {"a plan of another method",
     [](Terms& t) {
         by_plan(t);
         t.method = Method::equal_principal;
         t.instalments = 12;
     },
     "terms_contradict principal_plan: method = principal_plan"},
    {"no plan", [](Terms& t) { t.method = Method::principal_plan; },
     "terms_contradict principal_plan: principal_plan >= 1"},
    {"a plan and a down payment",
     [](Terms& t) {
         by_plan(t);
         t.down_payment = Rate::ppm(100'000);
     },
     "terms_contradict down_payment_percent: down_payment_percent / principal_plan"},
    {"a part on a day and after a time",
     [](Terms& t) {
         by_plan(t);
         t.principal_plan[0].on = Date{2016, 6, 1};
     },
     "terms_contradict principal_plan: on | after"},
    {"parts on days and after times",
     [](Terms& t) {
         by_plan(t);
         t.principal_plan[1].on = Date{2016, 6, 1};
         t.principal_plan[1].after.reset();
     },
     "terms_contradict principal_plan: on | after"},
    {"a part without a day",
     [](Terms& t) {
         by_plan(t);
         t.principal_plan[0].after.reset();
     },
     "terms_contradict principal_plan: on | after"},
    {"a part without a size",
     [](Terms& t) {
         by_plan(t);
         t.principal_plan[0].share_ppm = 0;
     },
     "terms_contradict principal_plan: percent > 0 | amount > 0.00"},
    {"a share and an amount",
     [](Terms& t) {
         by_plan(t);
         t.principal_plan[0].amount = Money::yuan(1);
     },
     "terms_contradict principal_plan: percent > 0 | amount > 0.00"},
    {"a negative share",
     [](Terms& t) {
         by_plan(t);
         t.principal_plan[0].share_ppm = -400'000;
     },
     "terms_contradict principal_plan: percent > 0 | amount > 0.00"},
    {"parts after no time",
     [](Terms& t) {
         by_plan(t);
         t.principal_plan[0].after->count = 0;
     },
     "terms_contradict principal_plan: 1 <= after <= 50 years"},
    {"a part after two thousand million years",
     [](Terms& t) {
         by_plan(t);
         t.principal_plan[1].after = Frequency{2'000'000'000, PeriodUnit::year};
     },
     "terms_contradict principal_plan: 1 <= after <= 50 years"},
    {"parts out of order",
     [](Terms& t) {
         by_plan(t);
         std::swap(t.principal_plan[0], t.principal_plan[1]);
     },
     "terms_contradict principal_plan: [0] < [1] < …"},
    {"shares of 99 %",
     [](Terms& t) {
         by_plan(t);
         t.principal_plan[1].share_ppm = 590'000;
     },
     "terms_contradict principal_plan: sum = 100% | sum = 10000.00"},
    {"shares of 101 %",
     [](Terms& t) {
         by_plan(t);
         t.principal_plan[1].share_ppm = 610'000;
     },
     "terms_contradict principal_plan: sum = 100% | sum = 10000.00"},
    {"a share and an amount in one plan",
     [](Terms& t) {
         by_plan(t);
         t.principal_plan[1].share_ppm = 0;
         t.principal_plan[1].amount = Money::yuan(6'000);
     },
     "terms_contradict principal_plan: sum = 100% | sum = 10000.00"},
    {"amounts above any limit",
     [](Terms& t) {
         by_plan(t);
         for (PrincipalPart& part : t.principal_plan) {
             part.share_ppm = 0;
             part.amount = Money::fen(money_limit_fen);
         }
     },
     "terms_contradict principal_plan: sum = 100% | sum = 10000.00"},
};

} // namespace

TEST_CASE("Terms are refused by the name of the term that contradicts")
{
    for (WrongTerms const& row : wrong_terms) {
        INFO(row.wrong);
        Terms terms = right_terms();
        REQUIRE(checked_terms(terms).has_value());
        row.change(terms);
        auto const checked = checked_terms(terms);
        REQUIRE_FALSE(checked.has_value());
        CHECK(said(checked.error()) == row.refusal);
    }
}

namespace {

struct WrongSchedule {
    char const* wrong;
    std::function<void(Terms&)> change;
    std::vector<DisbursementPlan> disbursements;
    char const* refusal;
};
constexpr Date on{2016, 1, 15};
constexpr Money half = Money::yuan(5'000);
void nothing(Terms&) {}
std::vector<WrongSchedule> const wrong_schedules{
    {"no disbursement", nothing, {}, "terms_contradict disbursements: disbursements >= 1"},
    {"above the principal",
     nothing,
     {{on, half}, {on, half}, {on, half}},
     "terms_contradict disbursements: disbursements <= 10000.00"},
    {"out of order",
     nothing,
     {{on, half}, {on.plus_days(-1), half}},
     "terms_contradict disbursements: disbursements[0].on <= disbursements[1].on <= …"},
    {"an empty one", nothing, {{on, Money{}}}, "amount_must_be_positive disbursements"},
    {"after maturity",
     nothing,
     {{on, half}, {Date{2017, 1, 15}, half}},
     "terms_contradict disbursements: 2017-01-15 < 2017-01-15"},
    {"due before it is paid out",
     [](Terms& t) { t.first_due_on = Date{2016, 1, 15}; },
     {{on, half}},
     "terms_contradict first_due_on: 2016-01-15 > 2016-01-15"},
    {"due a lifetime after it is paid out",
     [](Terms& t) { t.first_due_on = Date{2070, 1, 15}; },
     {{on, half}},
     "terms_contradict first_due_on: 2070-12-15 <= 2067-01-15"},
    {"planned before it is paid out",
     [](Terms& t) {
         by_plan(t);
         t.principal_plan = {{on, {}, 1'000'000, {}}};
     },
     {{on, half}},
     "terms_contradict principal_plan: 2016-01-15 > 2016-01-15"},
    {"mature before it is paid out",
     to_maturity,
     {{Date{2017, 1, 15}, half}},
     "terms_contradict matures_on: 2017-01-15 > 2017-01-15"},
    {"mature in a hundred years",
     [](Terms& t) {
         to_maturity(t);
         t.matures_on = Date{2116, 1, 15};
     },
     {{on, half}},
     "terms_contradict matures_on: matures_on <= 50 years"},
    {"more days up to a maturity than there may be instalments",
     [](Terms& t) {
         to_maturity(t);
         t.matures_on = Date{2018, 1, 15};
         t.every.unit = PeriodUnit::day;
     },
     {{on, half}},
     "too_many_instalments instalments"},
    {"daily instalments that a holiday moves into each other",
     [](Terms& t) {
         t.every.unit = PeriodUnit::day;
         t.due_day = DueDay::next;
     },
     {{on, half}},
     "terms_contradict due_day: 2016-01-18 / every"},
    {"an instalment below the interest",
     [](Terms& t) { t.instalment = Money::yuan(50); },
     {{on, half}, {on, half}},
     "terms_contradict instalment: instalment >= 51.67"},
    {"a down payment of several disbursements",
     [](Terms& t) { t.down_payment = Rate::ppm(100'000); },
     {{on, half}, {on, half}},
     "field_not_supported down_payment_percent"},
};

} // namespace

TEST_CASE("A schedule is refused where dates, instalment and disbursements do not fit")
{
    for (WrongSchedule const& row : wrong_schedules) {
        INFO(row.wrong);
        Terms terms = right_terms();
        row.change(terms);
        REQUIRE(checked_terms(terms).has_value());
        auto const planned = schedule(terms, row.disbursements);
        REQUIRE_FALSE(planned.has_value());
        CHECK(said(planned.error()) == row.refusal);
    }
}

TEST_CASE("A grace longer than the loan ends with it: nothing is left unasked")
{
    // Six monthly periods up to the maturity, seven of grace on paying interest: 10,000.00 at 6 %
    // over 360 bears 303.33 in the 182 days from 15 January to 15 July 2016, asked with the last.
    Terms terms = right_terms();
    to_maturity(terms);
    terms.matures_on = Date{2016, 7, 15};
    terms.method = Method::interest_only;
    terms.grace.interest_payment = 7;
    REQUIRE(checked_terms(terms).has_value());
    auto const planned = schedule(terms, {{Date{2016, 1, 15}, terms.principal}});
    REQUIRE(planned.has_value());
    CHECK(planned->instalments.size() == 6);
    CHECK(planned->instalments[4].interest.is_zero());
    CHECK(planned->instalments[5].interest.text() == "303.33");
}

TEST_CASE("Signing looks up the rate of the day and refuses what the county does not have")
{
    Programme programme;
    programme.base_rates = {{Date{2015, 8, 26}, "upto_1y", Rate::ppm(46'000), true},
                            {Date{2015, 10, 24}, "upto_1y", Rate::ppm(43'500), true}};
    Terms terms = right_terms();
    terms.pricing.emplace();
    terms.pricing->points_ppm = 10'000;
    auto const signed_on = [&](Date day) { return signed_terms(terms, day, programme); };
    CHECK(signed_on(Date{2015, 10, 23})->annual_rate == Rate::ppm(56'000));
    CHECK(signed_on(Date{2015, 10, 24})->annual_rate == Rate::ppm(53'500));
    CHECK(said(signed_on(Date{2015, 8, 25}).error()) == "no_base_rate_in_force pricing");
    terms.instalments = 13; // the tier above a year has no rate
    CHECK(said(signed_on(Date{2015, 10, 24}).error()) == "no_base_rate_in_force pricing");
    terms.pricing->tier = "upto_1y";
    CHECK(signed_on(Date{2015, 10, 24})->annual_rate == Rate::ppm(53'500));
    terms.first_due_on = Date{2015, 10, 24};
    CHECK(said(signed_on(Date{2015, 10, 24}).error()) ==
          "terms_contradict first_due_on: 2015-10-24 > 2015-10-24");
    terms.subsidy_scheme = "S";
    CHECK(said(signed_on(Date{2015, 10, 24}).error()) == "subsidy_scheme_not_found subsidy_scheme");
}
