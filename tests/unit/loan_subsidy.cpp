// Interest subsidy: on ordinary interest only, by the day and the tranche, never past the maturity,
// while anything is late or after a misuse. The schemes are those of domain research 1.4.
#include "tests/support/show.hpp"
#include "tests/unit/county.hpp"
#include "tests/unit/tables_of_law.hpp"

using namespace ledger;
using namespace ledger::test;

namespace {

constexpr Date begin{2016, 1, 15};
constexpr Date maturity{2016, 4, 15}; // 91 days later

Terms at_maturity(Rate rate = Rate::ppm(47'500))
{
    Terms terms;
    terms.principal = Money::yuan(100'000);
    terms.annual_rate = rate;
    terms.method = Method::at_maturity;
    terms.instalments = 3;
    terms.subsidy_scheme = "S";
    return terms;
}

SubsidyScheme scheme_of(std::vector<SubsidyStep> steps)
{
    SubsidyScheme scheme;
    scheme.code = "S";
    scheme.document = "云贫开办发〔2014〕177号";
    scheme.steps = std::move(steps);
    return scheme;
}

SubsidyStep share(Date from, std::int64_t ppm)
{
    return {from, SubsidyKind::share, ppm, {}, {}};
}

SubsidyScheme const all_of_it = scheme_of({share(Date{2015, 1, 1}, 1'000'000)});
SubsidyScheme const half_of_it = scheme_of({share(Date{2015, 1, 1}, 500'000)});

Programme with(SubsidyScheme scheme)
{
    Programme programme = programme_of(wide_rules());
    programme.base_rates = base_rates_of_law();
    programme.subsidy_schemes = {std::move(scheme)};
    return programme;
}

/// "asked of the borrower + subsidy", as of a day.
std::string split_on(Loan const& loan, Date day)
{
    LoanState const state = fold(loan, day);
    return state.owed.interest.text() + " + " + state.subsidy.text();
}

/// 100,000.00 by the quarter from 2015-11-10: 92 days to 10 February, 90 to 10 May.
Terms quarterly()
{
    Terms terms = at_maturity();
    terms.method = Method::interest_only;
    terms.every = {1, PeriodUnit::quarter};
    terms.instalments = 2;
    return terms;
}

} // namespace

TEST_CASE("A scheme pays a share, points or a spread of the ordinary interest up to its maturity")
{
    struct Row {
        char const* scheme;
        Rate rate;
        SubsidyStep step;
        char const* split;
    };
    // 91 days: 1,200.69 at 4.75 %, 505.56 at 2 %, 594.03 at 2.35 %, 1,011.11 at 4 %, 758.33 at 3 %.
    Date const from{2015, 1, 1};
    auto const points = [&](std::int64_t ppm) {
        return SubsidyStep{from, SubsidyKind::points, ppm, {}, {}};
    };
    // The benchmark of one to five years was 4.75 %: less 150 points 3.25 %.
    auto const spread = [&](std::optional<std::int64_t> cap) {
        return SubsidyStep{from, SubsidyKind::spread, -15'000, cap, "1y_to_5y"};
    };
    for (Row const& row :
         {Row{"all", Rate::ppm(47'500), share(from, 1'000'000), "0.00 + 1200.69"},
          Row{"none", Rate::ppm(47'500), {from, SubsidyKind::none, 0, {}, {}}, "1200.69 + 0.00"},
          Row{"two points", Rate::ppm(47'500), points(20'000), "695.14 + 505.55"},
          Row{"five points of 4.75", Rate::ppm(47'500), points(50'000), "0.00 + 1200.69"},
          Row{"above 3.25", Rate::ppm(72'500), spread({}), "821.53 + 1011.11"},
          Row{"at most three points", Rate::ppm(72'500), spread(30'000), "1074.31 + 758.33"},
          Row{"nothing below 3.25", Rate::ppm(30'000), spread({}), "758.33 + 0.00"},
          Row{"before the scheme", Rate::ppm(47'500), share(Date{2016, 5, 1}, 1'000'000),
              "1200.69 + 0.00"}})
    {
        INFO(row.scheme);
        Loan const loan = lent(with(scheme_of({row.step})), at_maturity(row.rate), begin, {});
        CHECK(split_on(loan, maturity) == row.split);
        CHECK(split_on(loan, maturity.plus_days(30)) == row.split); // never after the maturity
    }
}

TEST_CASE("A spread follows the base rate of each day")
{
    // 5 % in 2020: 31 days over 4.25 - 1.50, from 20 April 61 days over 3.85 - 1.50: 2.25 and 2.65
    // points are 193.75 + 449.03; the whole interest of 92 days is 1,277.78.
    SubsidyStep const step{Date{2020, 1, 1}, SubsidyKind::spread, -15'000, 40'000, "lpr_1y"};
    Programme programme = with(scheme_of({step}));
    std::erase_if(programme.base_rates, [](BaseRate const& row) {
        return row.tier == "lpr_1y" && row.effective_from > Date{2019, 8, 20} &&
               row.effective_from < Date{2020, 4, 20};
    });
    Loan const loan = lent(programme, at_maturity(Rate::ppm(50'000)), Date{2020, 3, 20}, {});
    CHECK(split_on(loan, Date{2020, 6, 20}) == "635.00 + 642.78");
    std::vector<SubsidyLine> const lines =
        subsidy_lines(loan, {Date{2020, 3, 20}, Date{2020, 6, 20}});
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].span == Span{Date{2020, 3, 20}, Date{2020, 4, 20}});
    CHECK(lines[0].rate_ppm == 22'500);
    CHECK(lines[0].eligible.text() == "100000.00");
    CHECK(round_to_fen(lines[0].exact, Rounding::half_up).text() == "193.75");
    CHECK(lines[1].span == Span{Date{2020, 4, 20}, Date{2020, 6, 20}});
    CHECK(lines[1].rate_ppm == 26'500);
    CHECK(round_to_fen(lines[1].exact, Rounding::half_up).text() == "449.03");
}

TEST_CASE("A share changes by the day of accrual and covers no more than the capped principal")
{
    // Qingyang: all of the interest accrued to 2023-12-31, then 70 %, on the first 50,000.00.
    // 60,000 at 3.65 % for 92 days 559.67; on 50,000 47 days whole 238.26 and 70 % of 45 days
    // 159.69.
    SubsidyScheme scheme =
        scheme_of({share(Date{2021, 1, 1}, 1'000'000), share(Date{2024, 1, 1}, 700'000)});
    scheme.principal_cap = Money::yuan(50'000);
    Terms terms = at_maturity(Rate::ppm(36'500));
    terms.principal = Money::yuan(60'000);
    Loan const loan = lent(with(scheme), terms, Date{2023, 11, 15}, {});
    CHECK(split_on(loan, Date{2024, 2, 15}) == "161.72 + 397.95");
}

TEST_CASE("Days are capped by tranche, each from its own disbursement")
{
    // 366 days to 2017-01-15: the last day bears 13.19 without subsidy.
    SubsidyScheme scheme = all_of_it;
    scheme.days_cap = 365;
    Terms terms = at_maturity();
    terms.every = {1, PeriodUnit::year};
    terms.instalments = 1;
    CHECK(split_on(lent(with(scheme), terms, begin, {}), Date{2017, 1, 15}) == "13.19 + 4815.98");

    // 60,000 on 15 January, 40,000 sixty days later, thirty days of subsidy each: 237.50 and
    // 158.33; the whole is 60,000 for 91 days 720.42 and 40,000 for 31 days 163.61: 884.03.
    scheme.days_cap = 30;
    std::vector<Command> const history{
        ProposeLoan{
            loan_number, borrower_number, fund_code, begin, "养牛", "cattle", at_maturity(), {}},
        event(begin, Approved{Money::yuan(100'000)}), event(begin, Disbursed{Money::yuan(60'000)}),
        event(begin.plus_days(60), Disbursed{Money::yuan(40'000)})};
    WorkingBooks const books = books_after(with(scheme), history, Date{2016, 12, 31});
    CHECK(split_on(*books.loan(loan_number), maturity) == "488.19 + 395.84");
}

TEST_CASE("The subsidy stops while anything is late and goes on when it is paid")
{
    // Half of 1,213.89 is asked on 10 February (606.94) and paid on 1 March, twenty days late: of
    // the second quarter 70 days are subsidised by half, 461.81 of 1,187.50.
    Loan const loan = lent(with(half_of_it), quarterly(), Date{2015, 11, 10},
                           {event(Date{2016, 3, 1}, Repaid{Money::fen(60'694), {}})});
    CHECK(split_on(loan, Date{2016, 2, 10}) == "606.94 + 606.95");
    LoanState const state = fold(loan, Date{2016, 5, 10});
    CHECK(state.owed.interest.text() == "725.69");
    CHECK(state.subsidy.text() == "1068.76"); // 606.95 + 461.81
}

TEST_CASE("After a declared misuse no day is subsidised")
{
    // Thirty days of all interest, 395.83; then 61 days at 4.75 % are the borrower's.
    Loan const loan =
        lent(with(all_of_it), at_maturity(), begin, {event(begin.plus_days(30), MisuseDeclared{})});
    CHECK(split_on(loan, maturity) == "804.86 + 395.83");
}

TEST_CASE("Penalty and compound interest are never subsidised")
{
    ProgrammeRules rules = wide_rules();
    rules.compounding = Compounding::simple;
    Programme programme = with(all_of_it);
    programme.rules = {rules};
    Loan const loan = lent(programme, at_maturity(), begin, {});
    LoanState const state = fold(loan, maturity.plus_days(30));
    CHECK(state.owed.penalty.text() == "593.75");
    CHECK(state.owed.compound.is_zero()); // nothing of the interest is asked for
    CHECK(state.subsidy.text() == "1200.69");
}

TEST_CASE("A subsidy is due, claimed and received in the lender's books")
{
    Loan const loan = lent(with(half_of_it), quarterly(), Date{2015, 11, 10},
                           {event(Date{2016, 2, 10}, Repaid{Money::fen(60'694), {}}),
                            event(Date{2016, 2, 20}, SubsidyClaimed{Money::fen(60'695)}),
                            event(Date{2016, 3, 20}, SubsidyReceived{Money::yuan(600)})});
    Positions const due = fold(loan, Date{2016, 2, 10}).positions;
    CHECK(due[Position::subsidy_due].text() == "606.95");
    CHECK(due[Position::subsidy_income].text() == "606.95");
    CHECK(due[Position::interest_income].text() == "606.94");
    Positions const received = fold(loan, Date{2016, 3, 20}).positions;
    CHECK(received[Position::subsidy_claimed].text() == "6.95");
    // 39 days of the second quarter: 257.29 of 514.58.
    CHECK(received[Position::subsidy_due].text() == "257.29");
}

TEST_CASE("A subsidy paid to the borrower leaves the interest his and is money held for him")
{
    SubsidyScheme scheme = all_of_it;
    scheme.paid_to = SubsidyPaidTo::borrower;
    Loan const loan = lent(with(scheme), at_maturity(), begin,
                           {event(maturity, Repaid{Money::fen(10'120'069), {}}),
                            event(Date{2016, 12, 20}, SubsidyClaimed{Money::fen(120'069)}),
                            event(Date{2016, 12, 30}, SubsidyReceived{Money::fen(120'069)}),
                            event(Date{2016, 12, 31}, OverpaymentRefunded{Money::fen(120'069)})});
    CHECK(split_on(loan, maturity.plus_days(-1)) == "1187.50 + 1187.50"); // 90 days
    Positions const paid = fold(loan, maturity).positions;
    CHECK(paid[Position::interest_income].text() == "1200.69");
    CHECK(paid[Position::memo_subsidy].text() == "1200.69");
    CHECK(paid[Position::subsidy_income].is_zero());
    Positions const received = fold(loan, Date{2016, 12, 30}).positions;
    CHECK(received[Position::memo_subsidy].is_zero());
    CHECK(received[Position::overpayment].text() == "1200.69");
    CHECK(fold(loan, Date{2016, 12, 31}).positions[Position::overpayment].is_zero());
}
