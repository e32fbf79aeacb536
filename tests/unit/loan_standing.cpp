// How a loan stands: accrual or not, its class, its loss allowance.
#include "tests/support/show.hpp"
#include "tests/unit/county.hpp"
#include "tests/unit/tables_of_law.hpp"

using namespace ledger;
using namespace ledger::test;

namespace {

Terms at_maturity()
{
    Terms terms;
    terms.principal = Money::yuan(100'000);
    terms.annual_rate = Rate::ppm(47'500);
    terms.method = Method::at_maturity;
    terms.instalments = 3;
    return terms;
}

/// With the tables of law for classes and provisions.
Programme ruled(ProgrammeRules rules = wide_rules())
{
    Programme programme = programme_of(std::move(rules));
    programme.class_floors = class_floors_of_law();
    programme.provision_rates = provision_rates_of_law();
    return programme;
}

/// Paid out three months before a maturity.
Loan maturing(Date on, std::vector<RecordEvent> events = {}, Programme programme = ruled())
{
    return lent(std::move(programme), at_maturity(), add_months(on, -3), std::move(events));
}

} // namespace

TEST_CASE("A loan turns non-accrual at the end of the ninetieth day or of the ninety-first")
{
    struct Row {
        int after_days;
        int days_late;
        std::optional<Date> since;
    };
    Date const maturity{2016, 4, 15};
    Date const ninetieth{2016, 7, 14};
    for (Row const& row : {Row{90, 89, {}}, Row{90, 90, ninetieth}, Row{90, 200, ninetieth},
                           Row{91, 90, {}}, Row{91, 91, ninetieth.plus_days(1)}, Row{0, 900, {}}})
    {
        ProgrammeRules rules = wide_rules();
        rules.non_accrual_after_days = row.after_days;
        Loan const loan = maturing(maturity, {}, ruled(rules));
        INFO(row.after_days << " " << row.days_late);
        LoanState const state = fold(loan, maturity.plus_days(row.days_late));
        CHECK(state.days_past_due == row.days_late);
        CHECK(state.non_accrual_since == row.since);
    }
}

TEST_CASE("Non-accrual takes what is booked and unpaid out of income, and shows it as a memo")
{
    // 91 days of interest 1,200.69; 90 days of penalty at 7.125 % are 1,781.25, 89 are 1,761.46.
    Date const maturity{2016, 4, 15};
    Loan const loan = maturing(maturity);
    Positions const before = fold(loan, maturity.plus_days(89)).positions;
    CHECK(before[Position::principal_overdue].text() == "100000.00");
    CHECK(before[Position::interest_receivable].text() == "1200.69");
    CHECK(before[Position::penalty_receivable].text() == "1761.46");
    CHECK(before[Position::interest_income].text() == "1200.69");
    CHECK(before[Position::penalty_income].text() == "1761.46");
    CHECK(before[Position::memo_interest].is_zero());
    Positions const after = fold(loan, maturity.plus_days(90)).positions;
    CHECK(after[Position::principal_overdue].is_zero());
    CHECK(after[Position::principal_non_accrual].text() == "100000.00");
    CHECK(after[Position::interest_receivable].is_zero());
    CHECK(after[Position::penalty_receivable].is_zero());
    CHECK(after[Position::interest_income].is_zero());
    CHECK(after[Position::penalty_income].is_zero());
    CHECK(after[Position::memo_interest].text() == "2981.94");
    CHECK(after[Position::memo_contra].text() == "2981.94");
}

TEST_CASE("Cash received on a non-accrual loan follows its own order and is income when it comes")
{
    ProgrammeRules rules = wide_rules();
    rules.non_accrual_allocation_order = principal_first;
    Date const maturity{2016, 4, 15};
    Loan const loan = maturing(maturity,
                               {event(maturity.plus_days(89), Repaid{Money::yuan(100), {}}),
                                event(maturity.plus_days(95), Repaid{Money::yuan(100'100), {}})},
                               ruled(rules));
    LoanState const state = fold(loan, maturity.plus_days(95));
    REQUIRE(state.allocations.size() == 2);
    CHECK(state.allocations[0].second.order == interest_first);
    CHECK(state.allocations[0].second.penalty.text() == "100.00");
    CHECK(state.allocations[1].second.order == principal_first);
    CHECK(state.allocations[1].second.principal.text() == "100000.00");
    CHECK(state.allocations[1].second.interest.text() == "100.00");
    CHECK(state.positions[Position::interest_income].text() == "100.00");
    CHECK(state.positions[Position::penalty_income].text() == "100.00");
    // 1,200.69 less 100.00; 95 days of penalty are 1,880.21, less 100.00.
    CHECK(state.positions[Position::memo_interest].text() == "2880.90");
    CHECK(state.non_accrual_since == maturity.plus_days(90));
}

TEST_CASE("A loan returns to accrual when all arrears are paid, and not a fen before")
{
    // Equal principal over 24 months by whole periods: 5,000.00 and 6,000.00 of 120,000.00 at 6 %.
    Terms terms = at_maturity();
    terms.principal = Money::yuan(120'000);
    terms.annual_rate = Rate::ppm(60'000);
    terms.method = Method::equal_principal;
    terms.interest_per = InterestPer::period;
    terms.instalments = 24;
    Date const on{2016, 1, 15};
    Date const day{2016, 5, 20}; // four instalments have fallen due, the first 95 days before
    Loan const unpaid = lent(ruled(), terms, on, {});
    LoanState const arrears = fold(unpaid, day);
    REQUIRE(arrears.non_accrual_since == Date{2016, 5, 15});
    // Interest 600 + 575 + 550 + 525 = 2,250.00; five days of 100,000 bear 5/31 of 500: 80.65.
    // Penalty at 9 % on 5,000: (95 + 66 + 35 + 5) x 1.25 = 251.25.
    CHECK(arrears.owed.interest.text() == "2330.65");
    CHECK(arrears.owed.penalty.text() == "251.25");
    Money const due = Money::yuan(20'000 + 2'250) + Money::fen(25'125);
    auto const repaid = [&](Money amount) {
        return fold(lent(ruled(), terms, on, {event(day, Repaid{amount, {}})}), day);
    };
    CHECK(repaid(due - Money::fen(1)).non_accrual_since == Date{2016, 5, 15});
    LoanState const back = repaid(due);
    CHECK_FALSE(back.non_accrual_since.has_value());
    CHECK(back.positions[Position::principal_normal].text() == "100000.00");
    CHECK(back.positions[Position::principal_non_accrual].is_zero());
    CHECK(back.positions[Position::interest_receivable].text() == "80.65");
    CHECK(back.positions[Position::interest_income].text() == "2330.65");
    CHECK(back.positions[Position::memo_interest].is_zero());
}

TEST_CASE("The class follows the days late by the table of the day, before and after July 2023")
{
    struct Row {
        Date maturity;
        Date on;
        RiskClass risk_class;
    };
    using enum RiskClass;
    Date const june{2023, 6, 30};
    Date const july{2023, 7, 1};
    for (Row const& row :
         {Row{{2016, 4, 15}, {2016, 4, 15}, normal},
          Row{{2016, 4, 15}, {2016, 4, 16}, special_mention},
          Row{{2016, 4, 15}, {2016, 7, 14}, special_mention}, // 90
          Row{{2016, 4, 15}, {2016, 7, 15}, substandard},
          Row{{2016, 4, 15}, {2016, 10, 12}, substandard}, // 180
          Row{{2016, 4, 15}, {2016, 10, 13}, doubtful}, Row{{2016, 4, 15}, {2018, 4, 15}, doubtful},
          Row{{2022, 12, 31}, june, doubtful},    // 181 days under the older table
          Row{{2022, 12, 31}, july, substandard}, // 182 under the newer
          Row{{2022, 10, 3}, july, doubtful},     // 271
          Row{{2022, 7, 5}, july, loss},          // 361
          Row{{2022, 7, 6}, july, doubtful}})
    {
        INFO(row.maturity << " " << row.on);
        CHECK(fold(maturing(row.maturity), row.on).risk_class == row.risk_class);
    }
}

TEST_CASE("A class set by hand holds while it is worse; a better one until lateness gets worse")
{
    Date const maturity{2016, 4, 15};
    using enum RiskClass;
    Loan const worse =
        maturing(maturity, {event(maturity.plus_days(-30), Classified{substandard, false})});
    CHECK(fold(worse, maturity.plus_days(-31)).risk_class == normal);
    CHECK(fold(worse, maturity.plus_days(-30)).risk_class == substandard);
    CHECK(fold(worse, maturity.plus_days(180)).risk_class == substandard);
    CHECK(fold(worse, maturity.plus_days(181)).risk_class == doubtful);

    Loan const better =
        maturing(maturity, {event(maturity.plus_days(100), Classified{special_mention, true})});
    CHECK(fold(better, maturity.plus_days(99)).risk_class == substandard);
    CHECK(fold(better, maturity.plus_days(100)).risk_class == special_mention);
    CHECK(fold(better, maturity.plus_days(180)).risk_class == special_mention);
    CHECK(fold(better, maturity.plus_days(181)).risk_class == doubtful);

    Loan const by_days_again =
        maturing(maturity, {event(maturity.plus_days(-30), Classified{loss, false}),
                            event(maturity.plus_days(10), Classified{})});
    CHECK(fold(by_days_again, maturity.plus_days(9)).risk_class == loss);
    CHECK(fold(by_days_again, maturity.plus_days(10)).risk_class == special_mention);
}

TEST_CASE("A provision sets the allowance to the class's rate of the principal, by the difference")
{
    struct Row {
        Date on;
        char const* allowance;
    };
    Date const maturity{2016, 4, 15};
    // 1 % normal, 2 % special mention, 25 % substandard, 50 % doubtful; 60,000 repaid on the day
    // 200, after the penalty of 200 days 3,958.33 and interest 1,200.69: 45,159.02 are left.
    Loan const loan =
        maturing(maturity,
                 {event(Date{2016, 3, 31}, Provisioned{}), event(Date{2016, 4, 30}, Provisioned{}),
                  event(Date{2016, 7, 31}, Provisioned{}), event(Date{2016, 10, 31}, Provisioned{}),
                  event(maturity.plus_days(200), Repaid{Money::yuan(60'000), {}}),
                  event(Date{2016, 11, 30}, Provisioned{}),
                  event(Date{2016, 12, 31}, Classified{RiskClass::special_mention, true}),
                  event(Date{2016, 12, 31}, Provisioned{})});
    for (Row const& row :
         {Row{{2016, 3, 30}, "0.00"}, Row{{2016, 3, 31}, "1000.00"}, Row{{2016, 4, 29}, "1000.00"},
          Row{{2016, 4, 30}, "2000.00"}, Row{{2016, 7, 31}, "25000.00"},
          Row{{2016, 10, 31}, "50000.00"}, Row{{2016, 11, 29}, "50000.00"}, // nothing by itself
          Row{{2016, 11, 30}, "22579.51"}, Row{{2016, 12, 31}, "903.18"}})
    {
        INFO(row.on);
        Positions const held = fold(loan, row.on).positions;
        CHECK(held[Position::loss_allowance].text() == row.allowance);
        CHECK(held[Position::impairment].text() == row.allowance);
    }
}
