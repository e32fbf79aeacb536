// The refusal ladder of every command that is no event of a loan: each row mends one thing of the
// row before it and meets the next refusal, in the order that the command's file documents. The
// last row is booked. The ladders of the events are in decide_events.cpp.
#include "ledger/preview.hpp"

#include "tests/unit/ladder.hpp"

#include <algorithm>

using namespace ledger;
using namespace ledger::test;

TEST_CASE("A borrower is refused for closed day, name, village, number, resident id, in that order")
{
    Books closed = books_of(known_programme());
    closed.closed_through = today;
    WorkingBooks books{closed};
    books.add(known_borrower());
    RegisterBorrower const command{
        borrower_number, "", known_borrower().resident_id, named<HouseholdNumber>("H"),
        village,         ""};
    climb<RegisterBorrower>(
        std::move(books), command,
        {{"day_closed 2016-03-01",
          [](auto& now, auto&) {
              now = WorkingBooks{books_of(known_programme())};
              now.add(known_borrower());
          }},
         {"text_missing name", [](auto&, auto& asked) { asked.name = "罗先国"; }},
         {"village_not_found village", [](auto& now, auto&) { now.add_village(village); }},
         {"borrower_already_registered borrower B",
          [](auto&, auto& asked) { asked.borrower = named<BorrowerNumber>("B2"); }},
         {"borrower_already_registered resident_id B",
          [](auto&, auto& asked) { asked.resident_id = resident_id("53092119000101001"); }}});
}

TEST_CASE("A fund is refused for its name, its document and when it is open already")
{
    climb<OpenFund>(books_with({}), {fund_code, "", ""},
                    {{"text_missing name", [](auto&, auto& asked) { asked.name = "资金"; }},
                     {"text_missing document", [](auto&, auto& asked) { asked.document = "协议"; }},
                     {"fund_already_open fund",
                      [](auto&, auto& asked) { asked.fund = named<FundCode>("F2"); }}});
}

namespace {

template <class Payment> std::vector<Rung<Payment>> payment_ladder()
{
    return {
        {"date_in_future value_on 2016-03-01", [](auto&, auto& asked) { asked.value_on = today; }},
        {"amount_must_be_positive amount",
         [](auto&, auto& asked) { asked.amount = Money::fen(money_limit_fen); }},
        {"fund_not_found fund",
         [](auto& now, auto& asked) {
             asked.fund = fund_code;
             now.add(known_fund(Money::fen(1), Money::fen(1)));
         }},
        {"amount_too_large amount 10000000000000.00",
         [](auto&, auto& asked) { asked.amount = Money::yuan(1); }}};
}

} // namespace

TEST_CASE("A payment into a fund is refused for date, amount, fund and limit, in that order")
{
    climb<PayIntoFund>(books_with({}), {named<FundCode>("F2"), Money{}, Date{2016, 3, 2}, "进账单"},
                       payment_ladder<PayIntoFund>());
}

TEST_CASE("A payment into the risk-compensation fund is refused for the same")
{
    climb<PayIntoRiskFund>(books_with({}),
                           {named<FundCode>("F2"), Money{}, Date{2016, 3, 2}, "进账单"},
                           payment_ladder<PayIntoRiskFund>());
}

TEST_CASE("A proposal meets its refusals in the documented order")
{
    ProposeLoan command = proposal();
    command.proposed_on = Date{2016, 3, 2};
    command.terms.principal = Money{};
    command.terms.instalments = 30;
    command.terms.subsidy_scheme = "S";
    command.terms.pricing.emplace();
    command.borrower = named<BorrowerNumber>("B2");
    command.fund = named<FundCode>("F2");
    Programme programme = known_programme();
    programme.base_rates = {{Date{2015, 10, 24}, "1y_to_5y", Rate::ppm(10'000), false}};
    climb<ProposeLoan>(books_with({proposal()}, programme), command,
                       {{"date_in_future proposed_on 2016-03-01",
                         [](auto&, auto& asked) { asked.proposed_on = Date{2014, 12, 31}; }},
                        {"amount_must_be_positive terms.principal",
                         [](auto&, auto& asked) { asked.terms.principal = Money::yuan(100'001); }},
                        {"borrower_not_found borrower",
                         [](auto&, auto& asked) { asked.borrower = borrower_number; }},
                        {"fund_not_found fund", [](auto&, auto& asked) { asked.fund = fund_code; }},
                        {"loan_already_proposed loan",
                         [](auto&, auto& asked) { asked.loan = named<LoanNumber>("L2"); }},
                        {"no_rule_in_force proposed_on",
                         [](auto&, auto& asked) { asked.proposed_on = Date{2015, 1, 1}; }},
                        {"subsidy_scheme_not_found terms.subsidy_scheme",
                         [](auto&, auto& asked) { asked.terms.subsidy_scheme.clear(); }},
                        {"no_base_rate_in_force terms.pricing 2015-01-01",
                         [](auto&, auto& asked) { asked.proposed_on = Date{2015, 10, 24}; }},
                        {"loan_above_cap terms.principal 100000.00",
                         [](auto&, auto& asked) { asked.terms.principal = Money::yuan(100'000); }},
                        {"term_above_limit terms.instalments 24",
                         [](auto&, auto& asked) { asked.terms.instalments = 24; }},
                        {"rate_outside_band terms.annual_rate 2.00 - 8.00",
                         [](auto&, auto& asked) {
                             asked.terms.pricing.reset();
                             asked.terms.annual_rate = Rate::ppm(80'000);
                             asked.terms.rate_steps = {{Date{2016, 6, 1}, Rate::ppm(80'001)}};
                         }},
                        {"rate_outside_band terms.rates 2.00 - 8.00",
                         [](auto&, auto& asked) { asked.terms.rate_steps.clear(); }}});
}

TEST_CASE("A renewal is refused for its first loan, another's loan, and one renewal too many")
{
    ProposeLoan command = proposal();
    command.loan = named<LoanNumber>("L2");
    command.renews = named<LoanNumber>("L9");
    Borrower other = known_borrower();
    other.number = named<BorrowerNumber>("B2");
    other.resident_id = resident_id("53092119000101001");
    climb<ProposeLoan>(books_with({proposal()}), command,
                       {{"loan_not_found renews",
                         [&](auto& now, auto& asked) {
                             now.add(other);
                             asked.borrower = other.number;
                             asked.renews = loan_number;
                         }},
                        {"renewal_of_another_borrower renews B",
                         [](auto& now, auto& asked) {
                             asked.borrower = borrower_number;
                             Loan renewed = *now.loan(loan_number);
                             renewed.renewal = 1;
                             now.add(renewed);
                         }},
                        {"renewal_above_limit renews 1",
                         [](auto& now, auto&) { now = books_with({proposal()}); }}});
}

TEST_CASE("A reversal meets its refusals in the documented order")
{
    std::vector<Command> const lent{proposal(), approval, disbursement, repayment,
                                    Reverse{loan_number, 3, "录错"}};
    climb<Reverse>(
        books_with({}), {loan_number, 9, ""},
        {{"text_missing reason", [](auto&, auto& asked) { asked.reason = "录错"; }},
         {"loan_not_found loan", [&](auto& now, auto&) { now = books_with(lent); }},
         {"event_not_found sequence", [](auto&, auto& asked) { asked.sequence = 0; }},
         {"event_not_found sequence", [](auto&, auto& asked) { asked.sequence = 4; }},
         {"event_cannot_be_reversed sequence", [](auto&, auto& asked) { asked.sequence = 3; }},
         {"event_already_reversed sequence", [](auto&, auto& asked) { asked.sequence = 1; }},
         {"later_events_depend_on_it sequence 2", [](auto&, auto& asked) { asked.sequence = 2; }}});
}

TEST_CASE("A reversal that others depend on names the events that must be reversed before it")
{
    WorkingBooks const books = books_with(
        {proposal(), approval, disbursement, repayment, event(today, Repaid{Money::yuan(50), {}})});
    CHECK(outcome_of(books, Reverse{loan_number, 1, "录错"}) ==
          "later_events_depend_on_it sequence 2, 3, 4");
    CHECK(outcome_of(books, Reverse{loan_number, 2, "录错"}) ==
          "later_events_depend_on_it sequence 3, 4");
}

TEST_CASE("A repayment whose principal was lent to another cannot be reversed")
{
    WorkingBooks books = books_with(
        {proposal(), approval, disbursement, event(today, Repaid{Money::yuan(40'000), {}})});
    books.add(known_fund(Money::yuan(1)));
    CHECK(outcome_of(books, Reverse{loan_number, 3, "退票"}) == "fund_overdrawn sequence 1.00");
}

TEST_CASE("A loan takes no more events than its limit")
{
    WorkingBooks books = books_with({proposal(), approval, disbursement});
    Loan full = *books.loan(loan_number);
    for (int n = 2; n < events_per_loan_limit; ++n) {
        full.events.push_back({n + 1, today, today, Repaid{Money::fen(1), {}}, {}, {}});
    }
    full.booked = fold(full, today).positions;
    full.recognised_on = today;
    books.add(full);
    CHECK(outcome_of(books, event(today, Repaid{Money::fen(1), {}})) == "too_many_events 5000");
}

TEST_CASE("An accrual is refused for date, loan and loans that were never paid out")
{
    climb<Accrue>(books_with({}), {loan_number, Date{2016, 3, 2}},
                  {{"date_in_future through_on 2016-03-01",
                    [](auto&, auto& asked) { asked.through_on = Date{2016, 2, 29}; }},
                   {"loan_not_found loan",
                    [](auto& now, auto&) { now = books_with({proposal(), approval}); }},
                   {"loan_not_disbursed loan approved", [](auto& now, auto&) {
                        now = books_with({proposal(), approval, disbursement});
                    }}});
}

TEST_CASE("Books are opened once, and history then ends; a day is closed once")
{
    WorkingBooks books = books_with({});
    CHECK(outcome_of(books, OpenBooks{Date{2016, 3, 2}}) == "date_in_future open_on 2016-03-01");
    CHECK(outcome_of(books, CloseDay{Date{2016, 3, 2}}) == "date_in_future day 2016-03-01");
    REQUIRE(books.perform(OpenBooks{today}, today));
    CHECK(outcome_of(books, OpenBooks{today}) == "books_already_open open_on 2016-03-01");
    CHECK(outcome_of(books, proposal(), Date{2016, 2, 29}) == "books_already_open 2016-03-01");
    REQUIRE(books.perform(CloseDay{today}, today));
    CHECK(outcome_of(books, CloseDay{today}) == "day_already_closed day 2016-03-01");
    CHECK(outcome_of(books, proposal()) == "day_closed 2016-03-01");
    CHECK(outcome_of(books, proposal(), Date{2016, 3, 2}) == "booked");
}

TEST_CASE("An accrual books a difference once, and moves the recognised day even without one")
{
    WorkingBooks books = books_with({proposal(), approval, disbursement});
    auto const first = books.perform(Accrue{loan_number, Date{2016, 1, 31}}, today);
    REQUIRE(first.has_value());
    CHECK(first->entry.has_value());
    CHECK_FALSE(first->event.has_value());
    auto const second = books.perform(Accrue{loan_number, Date{2016, 1, 31}}, today);
    REQUIRE(second.has_value());
    CHECK_FALSE(second->entry.has_value());
    CHECK(books.loan(loan_number)->recognised_on == Date{2016, 1, 31});
}

namespace {

/// The days up to the last on which a closing of each day accrues the loan.
std::string closed_daily(WorkingBooks& books, Date first, Date last)
{
    std::string days;
    for (Date day = first; day <= last; day = day.plus_days(1)) {
        if (!closing_work_on(*books.loan(loan_number), day).accrue) continue;
        REQUIRE(books.perform(Accrue{loan_number, day}, Date{2016, 12, 31}));
        days += (days.empty() ? "" : " ") + day.text();
    }
    return days;
}

} // namespace

TEST_CASE("The closing accrues at month ends, on due dates and the day after them, once")
{
    WorkingBooks books = books_with({proposal(), approval, disbursement});
    CHECK_FALSE(closing_work_on(*books.loan(loan_number), Date{2016, 1, 31}).provision);
    CHECK(closed_daily(books, Date{2016, 1, 20}, Date{2016, 3, 1}) ==
          "2016-01-31 2016-02-20 2016-02-21 2016-02-29");
    CHECK(closed_daily(books, Date{2016, 1, 20}, Date{2016, 3, 1}).empty());
    Loan const approved = *books_with({proposal(), approval}).loan(loan_number);
    CHECK_FALSE(closing_work_on(approved, Date{2016, 1, 31}).accrue);
}

TEST_CASE("A loan that was entered late, or left out, is caught up by the next closing")
{
    WorkingBooks books = books_with({proposal(), approval, disbursement});
    CHECK(closed_daily(books, Date{2016, 3, 10}, Date{2016, 3, 19}) == "2016-03-10");
    CHECK(books.loan(loan_number)->booked ==
          fold(*books.loan(loan_number), Date{2016, 3, 10}).positions);
}

TEST_CASE("The closing accrues on the day that a loan turns non-accrual, and not on the next")
{
    // Due on 2016-02-20 and unpaid: ninety days late on 2016-05-20, which is a due date too; so the
    // rules of this loan count 80 days, to 2016-05-10.
    Programme programme = known_programme();
    programme.rules.front().non_accrual_after_days = 80;
    WorkingBooks books = books_with({proposal(), approval, disbursement}, programme);
    closed_daily(books, Date{2016, 1, 20}, Date{2016, 4, 30});
    CHECK(closed_daily(books, Date{2016, 5, 1}, Date{2016, 5, 19}) == "2016-05-10");
}

TEST_CASE("The closing provisions on the rules' days, where the allowance would be another")
{
    struct Row {
        ProvisionAt at;
        Date day;
        bool provisions;
    };
    Programme programme = known_programme();
    programme.provision_rates = {{Date{2015, 1, 1}, RiskClass::normal, 10'000}};
    for (Row const& row : {Row{ProvisionAt::never, Date{2016, 3, 31}, false},
                           Row{ProvisionAt::month_end, Date{2016, 2, 29}, true},
                           Row{ProvisionAt::month_end, Date{2016, 2, 28}, false},
                           Row{ProvisionAt::quarter_end, Date{2016, 2, 29}, false},
                           Row{ProvisionAt::quarter_end, Date{2016, 3, 31}, true}})
    {
        INFO(row.day.text());
        programme.rules.front().provision_at = row.at;
        WorkingBooks books = books_with({proposal(), approval, disbursement}, programme);
        CHECK(closing_work_on(*books.loan(loan_number), row.day).provision == row.provisions);
        Date const later{2016, 4, 30};
        REQUIRE(books.perform(event(row.day, Provisioned{}), later));
        CHECK_FALSE(closing_work_on(*books.loan(loan_number), row.day).provision);
    }
}

TEST_CASE("A preview shows what the same command then books, and refuses what it refuses")
{
    WorkingBooks books = books_with({proposal(), approval, disbursement, repayment});
    RecordEvent const late = event(Date{2016, 1, 25}, Repaid{Money::yuan(500), {}});
    Situation now;
    now.books = &books.books();
    now.booked_on = today;
    now.loan = *books.loan(loan_number);
    now.fund = *books.fund(fund_code);
    auto const shown = preview(now, late);
    auto const booked = books.perform(late, today);
    REQUIRE(shown.has_value());
    REQUIRE(booked.has_value());
    CHECK(shown->before.positions == now.loan->booked);
    CHECK(shown->after.positions == booked->loan->booked);
    CHECK(std::ranges::equal(shown->entry->postings(), booked->entry->postings()));
    // The new payment, and the one after it: five days' interest is paid twelve days earlier.
    REQUIRE(shown->allocations.size() == 2);
    CHECK(shown->allocations[0].sequence == 3);
    CHECK(shown->allocations[0].before.has_value());
    CHECK(shown->allocations[1].sequence == 4);
    CHECK_FALSE(shown->allocations[1].before.has_value());
    CHECK(shown->allocations[1].after == booked->allocation);

    RecordEvent const wrong = event(Date{2016, 1, 25}, Repaid{Money{}, {}});
    CHECK(preview(now, wrong).error() == books.perform(wrong, today).error());
}
