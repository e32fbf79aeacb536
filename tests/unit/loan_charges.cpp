// What time costs a borrower: penalty, misuse, compound interest, a pause, another rate. 100,000.00
// at 4.75 % over 360; every figure is principal x rate x days / 360, half up to the fen.
#include "tests/support/show.hpp"
#include "tests/unit/county.hpp"

using namespace ledger;
using namespace ledger::test;

namespace {

constexpr Date begin{2016, 1, 15};
constexpr Date maturity{2016, 4, 15}; // 91 days later

Terms at_maturity()
{
    Terms terms;
    terms.principal = Money::yuan(100'000);
    terms.annual_rate = Rate::ppm(47'500);
    terms.method = Method::at_maturity;
    terms.instalments = 3;
    return terms;
}

Money fen(std::int64_t amount)
{
    return Money::fen(amount);
}

/// "penalty" of the loan as of a day.
std::string penalty_on(Loan const& loan, Date day)
{
    return fold(loan, day).owed.penalty.text();
}

} // namespace

TEST_CASE("Overdue principal bears the contract rate and half of it again, from its due date on")
{
    // 银发〔2003〕251号: plus 30 to 50 %. 100,000 x 7.125 % / 360 x 30 = 593.75.
    Loan const loan = lent(programme_of(wide_rules()), at_maturity(), begin, {});
    CHECK(penalty_on(loan, maturity) == "0.00");
    CHECK(penalty_on(loan, maturity.plus_days(1)) == "19.79");
    CHECK(penalty_on(loan, maturity.plus_days(30)) == "593.75");
    LoanState const late = fold(loan, maturity.plus_days(30));
    CHECK(late.owed.interest.text() == "1200.69"); // overdue principal bears no interest beside it
    CHECK(late.days_past_due == 30);
    CHECK(late.payoff.text() == "101794.44");
}

TEST_CASE("Of the overdue and the misuse margin the heavier counts, never both")
{
    struct Row {
        std::optional<std::int64_t> overdue_ppm;
        std::int64_t misuse_ppm;
        char const* at_maturity; ///< 61 days after the declaration
        char const* thirty_days_late;
    };
    // In the term the margin comes beside the interest: 61 days at 4.75 % are 804.86, 60 % of it
    // 482.92, half of it 402.43. After it thirty days bear 395.83 x (1 + the heavier margin).
    for (Row const& row : {Row{500'000, 1'000'000, "804.86", "1596.53"}, // + 791.67
                           Row{500'000, 600'000, "482.92", "1116.25"},   // + 633.33
                           Row{500'000, 500'000, "402.43", "996.18"},    // + 593.75
                           Row{1'000'000, 500'000, "402.43", "1194.10"}, // + 791.67
                           Row{0, 500'000, "402.43", "996.18"},
                           Row{std::nullopt, 500'000, "402.43",
                               "996.18"}}) // the rules charge none for lateness alone
    {
        ProgrammeRules rules = wide_rules();
        rules.penalty_margin_ppm = row.overdue_ppm;
        rules.misuse_margin_ppm = row.misuse_ppm;
        Loan const loan = lent(programme_of(rules), at_maturity(), begin,
                               {event(begin.plus_days(30), MisuseDeclared{})});
        CHECK(penalty_on(loan, begin.plus_days(30)) == "0.00");
        CHECK(penalty_on(loan, maturity) == row.at_maturity);
        CHECK(penalty_on(loan, maturity.plus_days(30)) == row.thirty_days_late);
    }
}

TEST_CASE("Rules without a penalty margin charge nothing for lateness; a margin of zero the rate")
{
    ProgrammeRules rules = wide_rules();
    rules.penalty_margin_ppm.reset();
    CHECK(penalty_on(lent(programme_of(rules), at_maturity(), begin, {}), maturity.plus_days(30)) ==
          "0.00");
    rules.penalty_margin_ppm = 0;
    CHECK(penalty_on(lent(programme_of(rules), at_maturity(), begin, {}), maturity.plus_days(30)) ==
          "395.83");
}

TEST_CASE(
    "Unpaid interest compounds at the contract rate in the term and at the penalty rate after")
{
    struct Row {
        Compounding compounding;
        std::optional<std::int64_t> margin_ppm;
        char const* at_maturity;
        char const* thirty_days_later;
        char const* four_months_later; ///< past the next day of settlement
    };
    // Interest by the quarter from 2015-11-10: 1,213.89 on 10 February, 1,187.50 on 10 May with the
    // principal; nothing is paid. 1,213.89 for 90 days at 4.75 % is 14.41. Then 2,401.39 bears
    // 7.125 %: 14.26 in 30 days, 57.99 in 122; by settlement 2,401.39 + 14.41: 14.34 in 30 days,
    // 43.99 in the 92 to 10 August, and 2,401.39 + 58.40 then 14.60 in 30 days more.
    using enum Compounding;
    for (Row const& row : {Row{none, 500'000, "0.00", "0.00", "0.00"},
                           Row{simple, 500'000, "14.41", "28.67", "72.40"},
                           Row{by_settlement, 500'000, "14.41", "28.76", "73.01"},
                           Row{simple, std::nullopt, "14.41", "23.92", "53.07"}})
    {
        ProgrammeRules rules = wide_rules();
        rules.compounding = row.compounding;
        rules.penalty_margin_ppm = row.margin_ppm;
        Terms terms = at_maturity();
        terms.method = Method::interest_only;
        terms.every = {1, PeriodUnit::quarter};
        terms.instalments = 2;
        Loan const loan = lent(programme_of(rules), terms, Date{2015, 11, 10}, {});
        auto const compound_on = [&](Date day) { return fold(loan, day).owed.compound.text(); };
        CHECK(compound_on(Date{2016, 2, 10}) == "0.00");
        CHECK(compound_on(Date{2016, 5, 10}) == row.at_maturity);
        CHECK(compound_on(Date{2016, 6, 9}) == row.thirty_days_later);
        CHECK(compound_on(Date{2016, 9, 9}) == row.four_months_later);
    }
}

TEST_CASE("Interest that is paid compounds no further")
{
    // 1,213.89 for the 20 days to 1 March: 3.20. Paid with it, in the order of the law.
    ProgrammeRules rules = wide_rules();
    rules.compounding = Compounding::by_settlement;
    Terms terms = at_maturity();
    terms.method = Method::interest_only;
    terms.every = {1, PeriodUnit::quarter};
    terms.instalments = 2;
    Loan const loan = lent(programme_of(rules), terms, Date{2015, 11, 10},
                           {event(Date{2016, 3, 1}, Repaid{fen(121'709), {}})});
    Allocation const used = fold(loan, Date{2016, 3, 1}).allocations.front().second;
    CHECK(used.compound.text() == "3.20");
    CHECK(used.interest.text() == "1213.89");
    CHECK(fold(loan, Date{2016, 5, 10}).owed.compound.is_zero());
}

TEST_CASE("While interest is paused nothing accrues, penalty and compound interest neither")
{
    // Thirty days of the 91 are paused: 61 days bear 804.86.
    Date const from{2016, 2, 1};
    Loan const in_term = lent(programme_of(wide_rules()), at_maturity(), begin,
                              {event(from, InterestPaused{from.plus_days(30)})});
    CHECK(fold(in_term, maturity).owed.interest.text() == "804.86");
    // Ten of the forty days after the maturity are paused: thirty days of penalty.
    Loan const after_it = lent(programme_of(wide_rules()), at_maturity(), begin,
                               {event(maturity, InterestPaused{maturity.plus_days(10)})});
    CHECK(penalty_on(after_it, maturity.plus_days(10)) == "0.00");
    CHECK(penalty_on(after_it, maturity.plus_days(40)) == "593.75");
    CHECK(fold(after_it, maturity.plus_days(40)).days_past_due == 40);
}

TEST_CASE("Another rate splits the period that it begins in")
{
    // 30 days at 4.75 % are 395.83, 61 at 6 % 1,016.67.
    Loan const loan = lent(programme_of(wide_rules()), at_maturity(), begin,
                           {event(begin.plus_days(30), RateChanged{Rate::ppm(60'000)})});
    CHECK(fold(loan, begin.plus_days(29)).annual_rate.text() == "4.75");
    CHECK(fold(loan, begin.plus_days(30)).annual_rate.text() == "6.00");
    CHECK(fold(loan, maturity).owed.interest.text() == "1412.50");
    CHECK(penalty_on(loan, maturity.plus_days(30)) == "750.00"); // 9 %
}

TEST_CASE("The payoff that is asked for in advance is the one that is booked")
{
    Date const day = maturity.plus_days(30);
    Money const payoff =
        fold(lent(programme_of(wide_rules()), at_maturity(), begin, {}), day).payoff;
    Loan const paid =
        lent(programme_of(wide_rules()), at_maturity(), begin, {event(day, Repaid{payoff, {}})});
    LoanState const state = fold(paid, day);
    CHECK(state.status == LoanStatus::settled);
    CHECK(state.positions[Position::overpayment].is_zero());
    CHECK_FALSE(state.oldest_unpaid_due_on.has_value());
}

TEST_CASE("A waiver takes what is unpaid and no more, and the rest goes on as before")
{
    Date const day = maturity.plus_days(30);
    Loan const loan = lent(programme_of(wide_rules()), at_maturity(), begin,
                           {event(day, Waived{DebtComponent::penalty, fen(50'000)}),
                            event(day, Waived{DebtComponent::interest, fen(120'069)})});
    LoanState const state = fold(loan, day);
    CHECK(state.owed.penalty.text() == "93.75");
    CHECK(state.owed.interest.is_zero());
    CHECK(state.positions[Position::penalty_income].text() == "93.75");
    CHECK(state.positions[Position::interest_income].is_zero());
    CHECK(penalty_on(loan, day.plus_days(1)) == "113.54"); // 31 days are 613.54
}
