// Terms that contradict each other, in the order in which they are noticed; and schedules that
// cannot be made. Every row starts from terms that are right.
#include "ledger/schedule.hpp"

#include <catch2/catch.hpp>

#include <functional>

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

struct WrongTerms {
    char const* wrong;
    std::function<void(Terms&)> change;
    char const* refusal;
};
std::vector<WrongTerms> const wrong_terms{
    {"no principal", [](Terms& t) { t.principal = {}; }, "amount_must_be_positive principal"},
    {"above ten billion", [](Terms& t) { t.principal = Money::yuan(10'000'000'001); },
     "amount_too_large principal"},
    {"remainder to the first", [](Terms& t) { t.remainder_to = RemainderTo::first; },
     "field_not_supported remainder_to"},
    {"no instalments", [](Terms& t) { t.instalments = 0; },
     "terms_contradict instalments: instalments >= 1"},
    {"601 instalments", [](Terms& t) { t.instalments = 601; }, "too_many_instalments instalments"},
    {"every 0 months", [](Terms& t) { t.every.count = 0; },
     "terms_contradict every: every.count >= 1"},
    {"twelve times five years", [](Terms& t) { t.every = {5, PeriodUnit::year}; },
     "terms_contradict every: every × instalments <= 50 years"},
    {"rates on one day twice",
     [](Terms& t) { t.rate_steps = {{Date{2016, 1, 1}, {}}, {Date{2016, 1, 1}, {}}}; },
     "terms_contradict rates: rates[0].from < rates[1].from < …"},
    {"one due date for twelve instalments", [](Terms& t) { t.due_on = {Date{2016, 1, 1}}; },
     "terms_contradict due_on: instalments = 1"},
    {"due dates out of order",
     [](Terms& t) {
         t.instalments = 2;
         t.due_on = {Date{2016, 2, 1}, Date{2016, 1, 1}};
     },
     "terms_contradict due_on: due_on[0] < due_on[1] < …"},
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
    {"a settlement day every two months",
     [](Terms& t) {
         t.settlement_day = 20;
         t.every.count = 2;
     },
     "terms_contradict settlement_day: every = 1 month | 1 quarter"},
    {"an instalment of nothing", [](Terms& t) { t.instalment = Money{}; },
     "amount_must_be_positive instalment"},
    {"a fixed instalment of equal principal",
     [](Terms& t) {
         t.instalment = Money::yuan(100);
         t.method = Method::equal_principal;
     },
     "terms_contradict instalment: method = equal_instalments, interest = declining"},
    {"grace on all principal", [](Terms& t) { t.grace.principal = 12; },
     "terms_contradict grace: principal, interest_payment < instalments; interest_free <= "
     "instalments"},
    {"grace at maturity",
     [](Terms& t) {
         t.method = Method::at_maturity;
         t.grace.interest_free = 1;
     },
     "terms_contradict grace: grace / method = at_maturity"},
    {"a multiple without instalments of principal",
     [](Terms& t) {
         t.method = Method::interest_only;
         t.instalment_multiple = Money::yuan(10);
     },
     "terms_contradict instalment_multiple: method = equal_instalments | equal_principal"},
    {"all of it down", [](Terms& t) { t.down_payment = Rate::ppm(1'000'000); },
     "terms_contradict down_payment_percent: down_payment_percent < 100"},
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

TEST_CASE("A schedule is refused where dates, instalment and disbursements do not fit")
{
    using Plan = std::vector<DisbursementPlan>;
    struct Row {
        char const* wrong;
        std::function<void(Terms&)> change;
        Plan disbursements;
        char const* refusal;
    };
    Date const on{2016, 1, 15};
    Money const half = Money::yuan(5'000);
    auto const nothing = [](Terms&) {};
    std::vector<Row> const rows{
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
        {"an instalment below the interest",
         [](Terms& t) { t.instalment = Money::yuan(50); },
         {{on, half}, {on, half}},
         "terms_contradict instalment: instalment >= 51.67"},
        {"a down payment of several disbursements",
         [](Terms& t) { t.down_payment = Rate::ppm(100'000); },
         {{on, half}, {on, half}},
         "field_not_supported down_payment_percent"},
    };
    for (Row const& row : rows) {
        INFO(row.wrong);
        Terms terms = right_terms();
        row.change(terms);
        REQUIRE(checked_terms(terms).has_value());
        auto const planned = schedule(terms, row.disbursements);
        REQUIRE_FALSE(planned.has_value());
        CHECK(said(planned.error()) == row.refusal);
    }
}
