// The smallest cases of what the random lives have found, each with the figure that is right. Most
// are of 10,000 yuan at 3.6 %, which earns one yuan a day.
#include "ledger/working_books.hpp"
#include "tests/property/naive_model.hpp"
#include "tests/property/random_life.hpp"
#include "tests/support/show.hpp"

#include <catch2/catch.hpp>

#include <functional>

using namespace ledger;
using ledger::test::live_through;

namespace {

constexpr Date start{2016, 1, 1};

/// What is agreed and ruled.
struct Agreed {
    Terms terms;
    ProgrammeRules rules;
    Programme programme;
};

struct Happened {
    Date on;
    Happening what;
};

struct Case {
    char const* story;
    std::function<void(Agreed&)> but; ///< than the usual: interest monthly, principal after three
    std::vector<Happened> events;     ///< after the approval and a disbursement of all on `start`
    Date as_of;
    std::function<Money(LoanState const&)> figure;
    char const* expected;
};

Agreed usual()
{
    Agreed agreed;
    agreed.terms.principal = Money::yuan(10'000);
    agreed.terms.annual_rate = Rate::ppm(36'000);
    agreed.terms.method = Method::interest_only;
    agreed.terms.instalments = 3;
    agreed.rules.version = 1;
    agreed.rules.effective_from = Date{2012, 1, 1};
    agreed.rules.loan_cap = Money::yuan(10'000'000);
    agreed.rules.term_limit_months = 60;
    agreed.rules.rate_ceiling = Rate::ppm(500'000);
    agreed.rules.non_accrual_after_days = 0;
    return agreed;
}

Loan loan_of(Case const& each)
{
    Agreed agreed = usual();
    each.but(agreed);
    agreed.programme.rules = {agreed.rules};
    Loan loan;
    loan.terms = agreed.terms;
    loan.proposed_on = start;
    loan.rules_version = 1;
    loan.programme = std::make_shared<Programme const>(agreed.programme);
    std::vector<LoanEvent> events{{1, start, start, Approved{agreed.terms.principal}}};
    bool const pays_out_itself =
        !each.events.empty() && std::holds_alternative<Disbursed>(each.events.front().what);
    if (!pays_out_itself) events.push_back({2, start, start, Disbursed{agreed.terms.principal}});
    for (Happened const& happened : each.events) {
        events.push_back({0, happened.on, happened.on, happened.what});
    }
    return test::with_events(std::move(loan), std::move(events));
}

void monthly(Agreed& agreed, Method method, std::int64_t yuan, std::int64_t ppm, int instalments)
{
    agreed.terms.method = method;
    agreed.terms.principal = Money::yuan(yuan);
    agreed.terms.annual_rate = Rate::ppm(ppm);
    agreed.terms.instalments = instalments;
    agreed.terms.interest_per = InterestPer::period;
}

void subsidised(Agreed& agreed, std::int64_t share_ppm)
{
    SubsidyScheme scheme;
    scheme.code = "A";
    scheme.steps = {{Date{2015, 1, 1}, SubsidyKind::share, share_ppm, {}, {}}};
    agreed.programme.subsidy_schemes = {scheme};
    agreed.terms.subsidy_scheme = "A";
}

/// Of a million at 36 %: a thousand yuan a day, and compound interest joins the base.
void compounding(Agreed& agreed)
{
    agreed.terms.principal = Money::yuan(1'000'000);
    agreed.terms.annual_rate = Rate::ppm(360'000);
    agreed.rules.compounding = Compounding::by_settlement;
    agreed.rules.penalty_margin_ppm.reset();
}

/// Sunday 7 February falls due on Friday the 5th, and its days are asked for up to the 7th.
void sunday(Agreed& agreed)
{
    agreed.terms.due_on = {Date{2016, 2, 7}, Date{2016, 3, 7}};
    agreed.terms.instalments = 2;
    agreed.terms.due_day = DueDay::previous;
    agreed.terms.interest_follows = false;
}

auto row_principal(std::size_t number)
{
    return [number](LoanState const& s) { return s.instalments.at(number - 1).planned.principal; };
}
auto row_interest(std::size_t number)
{
    return [number](LoanState const& s) { return s.instalments.at(number - 1).planned.interest; };
}
auto in(Position position)
{
    return [position](LoanState const& s) { return s.positions[position]; };
}
Money compound(LoanState const& s)
{
    return s.owed.compound;
}
Money owed(LoanState const& s)
{
    return s.owed.total();
}
Money penalty(LoanState const& s)
{
    return s.owed.penalty;
}
Money subsidy(LoanState const& s)
{
    return s.subsidy;
}

std::vector<Case> found_by_day_and_night()
{
    return {
        {"no subsidy from an unpaid due date on, whoever looks",
         [](Agreed& a) { subsidised(a, 500'000); },
         {},
         Date{2016, 2, 20},
         subsidy,
         "15.50"},
        {"compound interest that was paid does not come back into the base",
         compounding,
         {{Date{2016, 3, 11}, Repaid{Money::yuan(1'000)}}, {Date{2016, 3, 16}, Provisioned{}}},
         Date{2016, 3, 21},
         compound,
         "1113.07"},
        {"compound interest settles after the maturity when all interest is paid",
         [](Agreed& a) {
             compounding(a);
             a.terms.instalments = 1;
             a.rules.allocation_order = principal_first;
             std::swap(a.rules.allocation_order.components[0],
                       a.rules.allocation_order.components[1]);
             a.rules.allocation_order.by = AllocateBy::component;
         },
         {{Date{2016, 2, 11}, Repaid{Money::yuan(31'000)}}},
         Date{2016, 3, 11},
         compound,
         "313.10"},
        {"paid on the 40th day, before its evening",
         [](Agreed& a) {
             monthly(a, Method::equal_principal, 300, 0, 3);
             a.rules.non_accrual_after_days = 40;
         },
         {{Date{2016, 3, 12}, Repaid{Money::yuan(100)}}},
         Date{2016, 3, 12},
         in(Position::principal_non_accrual),
         "0.00"},
        {"what is recovered is not late",
         [](Agreed& a) { monthly(a, Method::equal_principal, 300, 0, 3); },
         {{Date{2016, 3, 1}, WrittenOff{}}, {Date{2016, 4, 1}, Recovered{Money::yuan(300)}}},
         Date{2016, 5, 1},
         [](LoanState const& s) { return Money::fen(s.days_past_due); },
         "0.00"},
        {"misused and overdue, where the rules charge no penalty",
         [](Agreed& a) {
             a.terms.instalments = 1;
             a.rules.penalty_margin_ppm.reset();
         },
         {{Date{2016, 2, 1}, MisuseDeclared{}}},
         Date{2016, 2, 11},
         penalty,
         "15.00"},
    };
}

std::vector<Case> found_in_plans()
{
    return {
        {"a flat loan repaid early owes no odd fen",
         [](Agreed& a) {
             monthly(a, Method::equal_principal, 100, 12'480, 3);
             a.rules.penalty_margin_ppm.reset();
             a.terms.interest = InterestBasis::flat;
         },
         {{Date{2016, 3, 1}, Repaid{Money::fen(10'020)}}},
         Date{2016, 4, 1},
         owed,
         "0.00"},
        {"the last flat interest is never below zero",
         [](Agreed& a) {
             monthly(a, Method::interest_only, 100, 600, 9);
             a.terms.interest = InterestBasis::flat;
         },
         {},
         Date{2016, 10, 1},
         [](LoanState const& s) { return s.owed.interest; },
         "0.08"},
        {"money in advance during a grace keeps the level of the rows that repay",
         [](Agreed& a) {
             monthly(a, Method::equal_instalments, 400, 0, 4);
             a.terms.grace.principal = 2;
         },
         {{Date{2016, 1, 11}, Repaid{Money::yuan(100)}}},
         Date{2016, 1, 11},
         row_principal(3),
         "200.00"},
        {"and the remainder of the first",
         [](Agreed& a) {
             monthly(a, Method::equal_principal, 100, 0, 4);
             a.terms.grace.principal = 1;
             a.terms.remainder_to = RemainderTo::first;
         },
         {{Date{2016, 1, 11}, Repaid{Money::yuan(10)}}},
         Date{2016, 1, 11},
         row_principal(2),
         "33.34"},
        {"a rate step in a row that repays nothing",
         [](Agreed& a) {
             monthly(a, Method::equal_instalments, 1'200, 0, 9);
             a.terms.principal_every = 3;
             a.terms.rate_steps = {{Date{2016, 4, 1}, Rate::ppm(120'000)}};
         },
         {},
         start,
         row_principal(6),
         "398.01"},
    };
}

std::vector<Case> found_in_changes_of_the_plan()
{
    return {
        {"an extension at the old rate is no rate step",
         [](Agreed& a) { monthly(a, Method::equal_instalments, 400, 0, 4); },
         {{Date{2016, 1, 15}, Extended{Date{2016, 7, 1}}},
          {Date{2016, 1, 20}, Repaid{Money::yuan(100)}}},
         Date{2016, 1, 20},
         row_principal(5),
         "33.32"},
        {"principal_every counts on through an extension",
         [](Agreed& a) {
             monthly(a, Method::equal_principal, 300, 0, 6);
             a.terms.principal_every = 3;
         },
         {{Date{2016, 1, 15}, Extended{Date{2016, 10, 1}}}},
         Date{2016, 1, 15},
         row_principal(6),
         "100.00"},
        {"a plan of principal alone is extended by one row",
         [](Agreed& a) {
             a.terms.method = Method::principal_plan;
             a.terms.instalments = 0;
             a.terms.principal_plan = {{{}, Frequency{2, PeriodUnit::month}, 1'000'000, {}}};
         },
         {{Date{2016, 1, 15}, Extended{Date{2016, 5, 1}}}},
         Date{2016, 1, 15},
         row_principal(2),
         "10000.00"},
        {"a single period that grows longer is measured by the day count",
         [](Agreed& a) { monthly(a, Method::at_maturity, 10'000, 36'000, 1); },
         {{start, Extended{Date{2016, 3, 1}}}},
         start,
         row_interest(1),
         "60.00"},
        {"a reset day ends a rate changed by hand",
         [](Agreed& a) {
             a.terms.pricing = Pricing{RateReset::monthly, "lpr_1y"};
             a.programme.base_rates = {{Date{2015, 1, 1}, "lpr_1y", Rate::ppm(36'000), true}};
         },
         {{Date{2016, 1, 11}, RateChanged{Rate::ppm(72'000)}}},
         Date{2016, 2, 2},
         [](LoanState const& s) { return Money::fen(s.annual_rate.ppm()); },
         "360.00"},
        {"a reset between the day asked for and the working day after it",
         [](Agreed& a) { // Saturday 30 April falls due on Monday 2 May
             a.terms.due_day = DueDay::next;
             a.terms.pricing = Pricing{RateReset::monthly, "lpr_1y"};
             a.programme.base_rates = {{Date{2015, 1, 1}, "lpr_1y", Rate::ppm(36'000), true},
                                       {Date{2016, 4, 15}, "lpr_1y", Rate::ppm(72'000), true}};
         },
         {{Date{2016, 1, 15}, Extended{Date{2016, 4, 30}}}},
         Date{2016, 1, 15},
         row_interest(4),
         "32.00"},
        {"a new plan does not ask again for days that were asked for",
         sunday,
         {{Date{2016, 2, 6}, Rescheduled{{Method::at_maturity, {}, 1, {}, 0, {}}}}},
         Date{2016, 2, 6},
         row_interest(2),
         "28.00"},
        {"money paid out on such days bears interest from its own day",
         sunday,
         {{start, Disbursed{Money::yuan(5'000)}},
          {Date{2016, 2, 6}, Disbursed{Money::yuan(5'000)}}},
         Date{2016, 2, 6},
         row_interest(2),
         "29.50"},
    };
}

struct Impossible {
    char const* story;
    std::function<void(Agreed&)> but;
    std::vector<Happened> events; ///< the last is refused
    Refusal code;
    char const* field;
};

std::vector<Impossible> found_refusals()
{
    auto const all = Disbursed{Money::yuan(10'000)};
    auto const half = Disbursed{Money::yuan(5'000)};
    auto const later = [](Agreed& a) { // Sunday 7 February, paid on Monday
        a.terms.due_on = {Date{2016, 2, 7}};
        a.terms.instalments = 1;
        a.terms.due_day = DueDay::next;
        a.terms.interest_follows = false;
    };
    return {
        {"money paid out when the plan has closed and the due date is to come",
         later,
         {{start, half}, {Date{2016, 2, 7}, half}},
         Refusal::terms_contradict,
         "value_on"},
        {"an extension then",
         later,
         {{start, all}, {Date{2016, 2, 7}, Extended{Date{2016, 3, 1}}}},
         Refusal::extension_after_maturity,
         "value_on"},
        {"an extension to a day that moves back to the maturity",
         [](Agreed& a) {
             a.terms.due_on = {Date{2016, 2, 5}};
             a.terms.instalments = 1;
             a.terms.due_day = DueDay::previous;
         },
         {{start, all}, {start, Extended{Date{2016, 2, 6}}}},
         Refusal::terms_contradict,
         "due_day"},
        {"an extension to the nominal day of a maturity that has moved back",
         [](Agreed& a) {
             sunday(a);
             a.terms.due_on = {Date{2016, 2, 7}};
             a.terms.instalments = 1;
         },
         {{start, all}, {start, Extended{Date{2016, 2, 7}}}},
         Refusal::extension_not_later,
         "until"},
        {"parts of principal that fall on one day",
         [](Agreed& a) {
             a.terms.method = Method::principal_plan;
             a.terms.instalments = 0;
             a.terms.principal_plan = {{{}, Frequency{30, PeriodUnit::day}, 500'000, {}},
                                       {{}, Frequency{1, PeriodUnit::month}, 500'000, {}}};
         },
         {{Date{2016, 4, 1}, all}},
         Refusal::terms_contradict,
         "value_on"},
        {"a first due date that moves back to the disbursement",
         [](Agreed& a) {
             a.terms.first_due_on = Date{2016, 1, 16};
             a.terms.due_day = DueDay::previous;
         },
         {{Date{2016, 1, 15}, all}},
         Refusal::terms_contradict,
         "value_on"},
    };
}

template <class Name> Name named(char const* text)
{
    auto name = Name::parse(text);
    REQUIRE(name.has_value());
    return *name;
}

} // namespace

TEST_CASE("What random lives have found stays right")
{
    for (auto const& table :
         {found_by_day_and_night(), found_in_plans(), found_in_changes_of_the_plan()})
    {
        for (Case const& each : table) {
            INFO(each.story);
            Loan const loan = loan_of(each);
            LoanState const state = fold(loan, each.as_of);
            CHECK(each.figure(state).text() == each.expected);
            CHECK(live_through(loan, each.as_of).state.positions == state.positions);
        }
    }
}

TEST_CASE("What random lives have found to be impossible stays refused")
{
    for (Impossible const& each : found_refusals()) {
        INFO(each.story);
        Agreed agreed = usual();
        each.but(agreed);
        agreed.programme.rules = {agreed.rules};
        Books books;
        books.county = named<CountyCode>("530921");
        books.programme = std::make_shared<Programme const>(agreed.programme);
        WorkingBooks working{books};
        Borrower borrower;
        borrower.number = named<BorrowerNumber>("B");
        working.add(borrower);
        auto const fund = named<FundCode>("F");
        auto const loan = named<LoanNumber>("L");
        Date const today{2016, 6, 1};
        REQUIRE(working.perform(OpenFund{fund, "资金", "协议"}, start));
        REQUIRE(working.perform(PayIntoFund{fund, Money::yuan(50'000), start, "进账单"}, start));
        REQUIRE(working.perform(
            ProposeLoan{loan, borrower.number, fund, start, "养牛", "cattle", agreed.terms, {}},
            start));
        std::vector<Happened> events = each.events;
        events.insert(events.begin(), {start, Approved{agreed.terms.principal}});
        for (std::size_t n = 0; n < events.size(); ++n) {
            auto const done = working.perform(
                RecordEvent{loan, events[n].on, events[n].what, "文号", "原因"}, today);
            if (n + 1 < events.size()) REQUIRE(done.has_value());
            if (n + 1 < events.size()) continue;
            REQUIRE_FALSE(done.has_value());
            CHECK(done.error().code == each.code);
            CHECK(done.error().field == each.field);
        }
    }
}
