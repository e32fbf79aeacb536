// How money meets what is owed, what early money does, and what extensions, new plans, write-offs
// and compensations leave in the positions. 30,000.00 at 6 % in equal principal by whole periods:
// 150.00 and 10,000.00 on 15 February 2016, 100.00 and 10,000.00 on 15 March.
#include "tests/support/show.hpp"
#include "tests/unit/county.hpp"
#include "tests/unit/tables_of_law.hpp"

using namespace ledger;
using namespace ledger::test;

namespace {

constexpr Date begin{2016, 1, 15};
constexpr Date march{2016, 3, 16}; // the first instalment 30 days late, the second one day

Terms three_instalments()
{
    Terms terms;
    terms.principal = Money::yuan(30'000);
    terms.annual_rate = Rate::ppm(60'000);
    terms.method = Method::equal_principal;
    terms.interest_per = InterestPer::period;
    terms.instalments = 3;
    return terms;
}

Terms at_maturity()
{
    Terms terms;
    terms.principal = Money::yuan(100'000);
    terms.annual_rate = Rate::ppm(47'500);
    terms.method = Method::at_maturity;
    terms.instalments = 3;
    return terms;
}

/// "cost / penalty / compound / interest / principal / overpayment"
std::string text_of(Allocation const& used)
{
    return used.cost.text() + " / " + used.penalty.text() + " / " + used.compound.text() + " / " +
           used.interest.text() + " / " + used.principal.text() + " / " + used.overpayment.text();
}

std::string last_allocation(Loan const& loan, Date day)
{
    return text_of(fold(loan, day).allocations.back().second);
}

RecordEvent repaid(Date day, std::int64_t yuan)
{
    return event(day, Repaid{Money::yuan(yuan), {}});
}

} // namespace

TEST_CASE("A repayment goes through instalments or through components, in the order of the rules")
{
    struct Row {
        char const* order;
        AllocationOrder allocation_order;
        char const* used; ///< of 10,300.00
    };
    using enum DebtComponent;
    // Owed on 16 March: costs 100.00; penalty at 9 % on 10,000 for 30 days and for one 77.50;
    // interest 150.00 + 100.00; principal 10,000.00 twice; 1.61 of the third period.
    std::vector<Row> const rows{
        {"民法典 561, by instalment", interest_first,
         "100.00 / 77.50 / 0.00 / 150.00 / 9972.50 / 0.00"},
        {"民法典 561, by component",
         {interest_first.components, AllocateBy::component},
         "100.00 / 77.50 / 0.00 / 250.00 / 9872.50 / 0.00"},
        {"principal first, by instalment", principal_first,
         "0.00 / 0.00 / 0.00 / 150.00 / 10150.00 / 0.00"},
        {"principal first, by component",
         {principal_first.components, AllocateBy::component},
         "0.00 / 0.00 / 0.00 / 0.00 / 10300.00 / 0.00"},
        {"interest, principal, then costs, by component",
         {{interest, principal, cost, penalty, compound}, AllocateBy::component},
         "0.00 / 0.00 / 0.00 / 250.00 / 10050.00 / 0.00"},
        {"penalty before instalments, costs after",
         {{penalty, interest, principal, compound, cost}, AllocateBy::instalment},
         "0.00 / 77.50 / 0.00 / 222.50 / 10000.00 / 0.00"},
    };
    for (Row const& row : rows) {
        INFO(row.order);
        ProgrammeRules rules = wide_rules();
        rules.allocation_order = row.allocation_order;
        Loan const loan =
            lent(programme_of(rules), three_instalments(), begin,
                 {event(march, CostCharged{Money::yuan(100)}), repaid(march, 10'300)});
        CHECK(last_allocation(loan, march) == row.used);
        CHECK(fold(loan, march).allocations.back().second.order == row.allocation_order);
    }
}

TEST_CASE("Past due comes before due, due before in advance, and what is left is never lost")
{
    Loan const loan =
        lent(programme_of(wide_rules()), three_instalments(), begin, {repaid(march, 31'000)});
    // 77.50 + 250.00 + 1.61 + 30,000.00: 670.89 is the borrower's.
    CHECK(last_allocation(loan, march) == "0.00 / 77.50 / 0.00 / 251.61 / 30000.00 / 670.89");
    CHECK(fold(loan, march).status == LoanStatus::settled);
}

TEST_CASE("Two repayments on one day do what one of their sum does")
{
    Loan const one = lent(programme_of(wide_rules()), three_instalments(), begin,
                          {repaid(march, 15'000), repaid(march.plus_days(20), 3'000)});
    Loan const two =
        lent(programme_of(wide_rules()), three_instalments(), begin,
             {repaid(march, 14'999), repaid(march, 1), repaid(march.plus_days(20), 3'000)});
    CHECK(fold(one, Date{2016, 6, 1}).positions == fold(two, Date{2016, 6, 1}).positions);
}

TEST_CASE("What was entered late and what was reversed leave the positions of what happened")
{
    Programme const programme = programme_of(wide_rules());
    Date const day{2016, 6, 1};
    Loan const in_order = lent(programme, three_instalments(), begin,
                               {repaid(Date{2016, 2, 15}, 10'150), repaid(march, 5'000)});
    Loan const late = lent(programme, three_instalments(), begin,
                           {repaid(march, 5'000), repaid(Date{2016, 2, 15}, 10'150)});
    CHECK(fold(in_order, day).positions == fold(late, day).positions);

    std::vector<Command> history{ProposeLoan{loan_number,
                                             borrower_number,
                                             fund_code,
                                             begin,
                                             "养牛",
                                             "cattle",
                                             three_instalments(),
                                             {}},
                                 event(begin, Approved{Money::yuan(30'000)}),
                                 event(begin, Disbursed{Money::yuan(30'000)}),
                                 repaid(Date{2016, 2, 15}, 10'150),
                                 repaid(Date{2016, 2, 20}, 7'777),
                                 repaid(march, 5'000),
                                 Reverse{loan_number, 4, "录错"}};
    WorkingBooks const books = books_after(programme, history, Date{2016, 12, 31});
    Loan const& reversed = *books.loan(loan_number);
    CHECK(fold(reversed, day).positions == fold(in_order, day).positions);
    CHECK(reversed.booked == fold(reversed, *reversed.recognised_on).positions);
}

namespace {

/// 1,200.00 at 1 % a month in three equal instalments of 408.03.
Terms twelve_hundred()
{
    Terms terms = three_instalments();
    terms.principal = Money::yuan(1'200);
    terms.annual_rate = Rate::ppm(120'000);
    terms.method = Method::equal_instalments;
    return terms;
}

/// "principal + interest" of the rows.
std::vector<std::string> plan_on(Loan const& loan, Date day)
{
    std::vector<std::string> rows;
    for (InstalmentState const& row : fold(loan, day).instalments) {
        rows.push_back(row.planned.principal.text() + " + " + row.planned.interest.text());
    }
    return rows;
}

} // namespace

TEST_CASE("Early money leaves fewer instalments or smaller ones, or waits for the next")
{
    struct Row {
        std::optional<InAdvance> asked;
        std::vector<std::string> plan;
        char const* payoff;
    };
    // 300.00 above the first instalment leave 503.97. Fewer: 408.03 is kept, on purpose (it used to
    // be the column of principal that was kept and trimmed). Smaller: 503.97 / (1 / 1.01 +
    // 1 / 1.01^2) = 255.77. Held: nothing changes but the payoff.
    using Rows = std::vector<std::string>;
    Rows const fewer{"396.03 + 12.00", "402.99 + 5.04", "100.98 + 1.01"};
    for (Row const& row : {Row{InAdvance::fewer_instalments, fewer, "503.97"},
                           Row{{}, fewer, "503.97"}, // as the rules
                           Row{InAdvance::smaller_instalments,
                               {"396.03 + 12.00", "250.73 + 5.04", "253.24 + 2.53"},
                               "503.97"},
                           Row{InAdvance::next_instalment,
                               {"396.03 + 12.00", "399.99 + 8.04", "403.98 + 4.04"},
                               "503.97"}})
    {
        Date const due{2016, 2, 29};
        Loan const loan = lent(programme_of(wide_rules()), twelve_hundred(), Date{2016, 1, 31},
                               {event(due, Repaid{Money::yuan(708) + Money::fen(3), row.asked})});
        CHECK(plan_on(loan, due) == row.plan);
        CHECK(fold(loan, due).payoff.text() == row.payoff);
    }
}

TEST_CASE("Fewer instalments really are fewer: a row of which nothing is left plans nothing")
{
    // 503.97 paid beside the first instalment but 100.00: the second takes 100.00 + 1.00.
    Date const due{2016, 2, 29};
    Loan const loan = lent(programme_of(wide_rules()), twelve_hundred(), Date{2016, 1, 31},
                           {event(due, Repaid{Money::fen(40'803 + 70'397), {}})});
    CHECK(plan_on(loan, due) ==
          std::vector<std::string>{"396.03 + 12.00", "100.00 + 1.00", "0.00 + 0.00"});
}

TEST_CASE("Held money settles its instalment by itself, on its day and in the order of the rules")
{
    Date const due{2016, 2, 29};
    Loan const loan = lent(programme_of(wide_rules()), twelve_hundred(), Date{2016, 1, 31},
                           {event(due, Repaid{Money::fen(81'606), InAdvance::next_instalment})});
    CHECK(fold(loan, Date{2016, 3, 30}).positions[Position::overpayment].text() == "408.03");
    LoanState const state = fold(loan, Date{2016, 3, 31});
    CHECK(state.positions[Position::overpayment].is_zero());
    CHECK(text_of(state.allocations.front().second) ==
          "0.00 / 0.00 / 0.00 / 20.04 / 796.02 / 0.00");
    CHECK(state.instalments[1].paid_on == Date{2016, 3, 31});
}

TEST_CASE("An extension is held to the limits of 贷款通则 by the length of the original term")
{
    struct Row {
        int months;
        Date latest;
    };
    // Up to a year: as long again; up to five years: half; longer: 36 months by the rules.
    Date const on{2016, 1, 20};
    for (Row const& row : {Row{6, {2017, 1, 20}}, Row{12, {2018, 1, 20}}, Row{13, {2017, 8, 20}},
                           Row{24, {2019, 1, 20}}, Row{60, {2023, 7, 20}}, Row{61, {2024, 2, 20}},
                           Row{120, {2029, 1, 20}}})
    {
        INFO(row.months);
        Terms terms = at_maturity();
        terms.instalments = row.months;
        Loan const loan =
            lent(programme_of(wide_rules()), terms, on, {event(on, Extended{row.latest, {}, {}})});
        CHECK(fold(loan, on).matures_on == row.latest);
        std::vector<Command> history{
            ProposeLoan{loan_number, borrower_number, fund_code, on, "养牛", "cattle", terms, {}},
            event(on, Approved{terms.principal}), event(on, Disbursed{terms.principal})};
        WorkingBooks books = books_after(programme_of(wide_rules()), history, on);
        auto const beyond = books.perform(event(on, Extended{row.latest.plus_days(1), {}, {}}), on);
        REQUIRE_FALSE(beyond.has_value());
        CHECK(beyond.error().code == Refusal::extension_above_limit);
        // All extensions together: half of it now, then the rest and a day.
        auto const part = books.perform(
            event(on, Extended{add_months(on, row.months).plus_days(30), {}, {}}), on);
        REQUIRE(part.has_value());
        CHECK_FALSE(books.perform(event(on, Extended{row.latest.plus_days(1), {}, {}}), on));
        CHECK(books.perform(event(on, Extended{row.latest, {}, {}}), on));
        CHECK(fold(*books.loan(loan_number), on).extensions == 2);
    }
}

TEST_CASE("An extension is priced at the tier that the whole term reaches, from the day it names")
{
    struct Row {
        char const* priced;
        std::optional<Rate> rate;
        std::optional<Date> from;
        char const* before; ///< the rate the day before the old maturity
        char const* after;  ///< on the old maturity
    };
    // A year from 2015-11-10 at 4.35 %; eighteen months belong to the tier of 4.75 %.
    Programme programme = programme_of(wide_rules());
    programme.base_rates = base_rates_of_law();
    Terms terms = at_maturity();
    terms.instalments = 12;
    terms.pricing.emplace();
    Date const asked{2016, 10, 10};
    Date const until{2017, 5, 10};
    for (Row const& row : {Row{"tier, from the old maturity", {}, {}, "4.35", "4.75"},
                           Row{"tier, from the day it was asked", {}, asked, "4.75", "4.75"},
                           Row{"agreed", Rate::ppm(50'000), {}, "4.35", "5.00"}})
    {
        INFO(row.priced);
        Loan const loan = lent(programme, terms, Date{2015, 11, 10},
                               {event(asked, Extended{until, row.rate, row.from})});
        CHECK(fold(loan, Date{2016, 11, 9}).annual_rate.text() == row.before);
        CHECK(fold(loan, Date{2016, 11, 10}).annual_rate.text() == row.after);
        CHECK(fold(loan, Date{2016, 11, 11}).days_past_due == 0);
        CHECK(fold(loan, until.plus_days(1)).days_past_due == 1);
    }
    terms.pricing.reset(); // a fixed rate stays
    Loan const fixed =
        lent(programme, terms, Date{2015, 11, 10}, {event(asked, Extended{until, {}, {}})});
    CHECK(fold(fixed, until).annual_rate.text() == "4.75");
    // One sum at the new maturity: 547 days of 100,000.00 at 4.75 %.
    CHECK(fold(fixed, until).owed.interest.text() == "7217.36");
}

TEST_CASE("A new plan takes all principal, overdue too, and leaves interest that fell due")
{
    ProgrammeRules rules = wide_rules();
    rules.penalty_margin_ppm.reset();
    NewPlan plan;
    plan.method = Method::equal_principal;
    plan.instalments = 4;
    Date const day{2016, 3, 20};
    Loan const loan =
        lent(programme_of(rules), three_instalments(), begin, {event(day, Rescheduled{plan})});
    // Five days of the third period, 10,000.00 at 1/12 of 6 %: 5/31 of 50.00 are 8.06, asked for
    // with the first new instalment beside 150.00.
    CHECK(plan_on(loan, day) == std::vector<std::string>{"10000.00 + 150.00", "10000.00 + 100.00",
                                                         "7500.00 + 158.06", "7500.00 + 112.50",
                                                         "7500.00 + 75.00", "7500.00 + 37.50"});
    LoanState const state = fold(loan, day);
    CHECK(state.rescheduled_on == day);
    CHECK(state.matures_on == Date{2016, 7, 20});
    CHECK(state.positions[Position::principal_normal].text() == "30000.00");
    CHECK(state.positions[Position::principal_overdue].is_zero());
    CHECK(state.owed.interest.text() == "258.06");
    CHECK(state.days_past_due == 34); // the interest of 15 February is late all the same
}

TEST_CASE("A write-off uses the allowance, raises what it lacks, and keeps the case as a memo")
{
    struct Row {
        std::int64_t compensated;
        char const* impairment;
        char const* by_risk_fund;         ///< what the risk fund is short of for good
        char const* allowance_after_half; ///< once half of the principal is recovered
    };
    // 100,000.00, substandard with 25,000.00 provided on day 107; 260 days late on 2016-12-31:
    // penalty 5,145.83, interest 1,200.69. The risk fund bears what it has paid; of each fen of
    // principal that is recovered it has its share back.
    Programme programme = programme_of(wide_rules());
    programme.class_floors = class_floors_of_law();
    programme.provision_rates = provision_rates_of_law();
    for (Row const& row :
         {Row{0, "100000.00", "0.00", "50000.00"}, Row{60'000, "40000.00", "60000.00", "20000.00"},
          Row{80'000, "25000.00", "80000.00", "15000.00"}})
    {
        INFO(row.compensated);
        Date const day{2016, 12, 31};
        std::vector<RecordEvent> events{event(Date{2016, 7, 31}, Provisioned{}),
                                        event(day, WrittenOff{}),
                                        event(Date{2017, 3, 1}, Recovered{Money::yuan(50'000)})};
        if (row.compensated > 0) {
            events.insert(events.begin(),
                          event(Date{2016, 7, 14}, Compensated{Money::yuan(row.compensated)}));
        }
        Loan const loan = lent(programme, at_maturity(), begin, events);
        LoanState const off = fold(loan, day);
        CHECK(off.status == LoanStatus::written_off);
        CHECK(off.positions.principal().is_zero());
        CHECK(off.positions[Position::memo_written_off].text() == "106346.52");
        CHECK(off.positions[Position::impairment].text() == row.impairment);
        CHECK(off.positions[Position::compensation].is_zero());
        CHECK((-off.positions[Position::risk_fund_available]).text() == row.by_risk_fund);
        CHECK(off.positions[Position::fund_written_off].text() == "100000.00");
        CHECK(fold(loan, Date{2017, 2, 28}).payoff.text() == "106346.52"); // nothing grows any more
        LoanState const after = fold(loan, Date{2017, 3, 1});
        CHECK(after.positions[Position::memo_written_off].text() == "56346.52");
        CHECK(after.positions[Position::loss_allowance].text() == row.allowance_after_half);
        CHECK(after.positions[Position::fund_written_off].text() == "50000.00");
    }
}

TEST_CASE("Principal that is repaid after a compensation returns to the risk fund in proportion")
{
    ProgrammeRules rules = wide_rules();
    rules.penalty_margin_ppm.reset();
    Date const day{2016, 8, 1};
    auto const compensation = [&](std::vector<RecordEvent> repayments) {
        repayments.insert(repayments.begin(),
                          event(Date{2016, 7, 14}, Compensated{Money::yuan(80'000)}));
        return fold(lent(programme_of(rules), at_maturity(), begin, repayments), day)
            .positions[Position::compensation]
            .text();
    };
    RecordEvent const interest = event(day, Repaid{Money::fen(120'069), {}});
    CHECK(compensation({}) == "80000.00");
    CHECK(compensation({interest}) == "80000.00");
    CHECK(compensation({interest, repaid(day, 10'000)}) == "72000.00");
    CHECK(compensation({interest, repaid(day, 4'000), repaid(day, 6'000)}) == "72000.00");
    CHECK(compensation({interest, repaid(day, 100'000)}) == "0.00");
}

TEST_CASE("A tranche that comes after arrears is planned anew and leaves them as they are")
{
    // 20,000.00 paid out of 30,000.00, the first instalment missed; then the other 10,000.00.
    std::vector<Command> history{ProposeLoan{loan_number,
                                             borrower_number,
                                             fund_code,
                                             begin,
                                             "养牛",
                                             "cattle",
                                             three_instalments(),
                                             {}},
                                 event(begin, Approved{Money::yuan(30'000)}),
                                 event(begin, Disbursed{Money::yuan(20'000)}),
                                 event(Date{2016, 2, 25}, Disbursed{Money::yuan(10'000)})};
    WorkingBooks const books = books_after(programme_of(wide_rules()), history, Date{2016, 12, 31});
    // 6,666.67 and 100.00 are late; the rest of 23,333.33 in two: 11,666.67 (half up) and
    // 11,666.66. Second period: 13,333.33 for 10 of 29 days, 23,333.33 for 19: 22.99 + 76.44
    // = 99.43.
    CHECK(plan_on(*books.loan(loan_number), Date{2016, 2, 25}) ==
          std::vector<std::string>{"6666.67 + 100.00", "11666.67 + 99.43", "11666.66 + 58.33"});
    CHECK(fold(*books.loan(loan_number), Date{2016, 2, 25}).days_past_due == 10);
}
