// The refusal ladder of every command: each row mends one thing of the row before it and meets the
// next refusal, in the order that the command's file documents. The last row is booked.
#include "ledger/working_books.hpp"

#include <catch2/catch.hpp>

#include <functional>

using namespace ledger;

namespace {

template <class Name> Name named(char const* text)
{
    return Name::parse(text).value();
}

LoanNumber const loan_number = named<LoanNumber>("L");
FundCode const fund_code = named<FundCode>("F");
BorrowerNumber const borrower_number = named<BorrowerNumber>("B");
UnitCode const village = named<UnitCode>("530921206201");
constexpr Date today{2016, 3, 1};

ResidentId resident_id(std::string first_17)
{
    auto id = ResidentId::parse(first_17 + resident_id_check_digit(first_17));
    REQUIRE(id.has_value());
    return *id;
}

Borrower known_borrower()
{
    Borrower borrower;
    borrower.number = borrower_number;
    borrower.name = "罗先国";
    borrower.resident_id = resident_id("53092119000101000");
    borrower.village = village;
    return borrower;
}

ProgrammeRules rules_from(Date from)
{
    ProgrammeRules rules;
    rules.version = 1;
    rules.effective_from = from;
    rules.loan_cap = Money::yuan(100'000);
    rules.term_limit_months = 24;
    rules.rate_floor = Rate::ppm(20'000);
    rules.rate_ceiling = Rate::ppm(80'000);
    rules.penalty_margin_ppm = 500'000;
    return rules;
}

Books county_books()
{
    Books books;
    books.county = named<CountyCode>("530921");
    books.rules = {rules_from(Date{2015, 1, 1})};
    return books;
}

Fund known_fund(Money available)
{
    return {fund_code, "扶贫再贷款资金", "协议1号", Date{2015, 1, 5}, available};
}

Terms terms_of_24_months()
{
    Terms terms;
    terms.principal = Money::yuan(50'000);
    terms.annual_rate = Rate::ppm(47'500);
    terms.instalments = 24;
    return terms;
}

ProposeLoan proposal()
{
    return {loan_number, borrower_number, fund_code,           Date{2016, 1, 10},
            "养牛",      "cattle",        terms_of_24_months()};
}

/// Books with everything that a loan needs and the loan as far as it went.
WorkingBooks books_with(std::vector<Command> const& history)
{
    WorkingBooks books{county_books()};
    books.add_village(village);
    books.add(known_borrower());
    books.add(known_fund(Money::yuan(80'000)));
    for (Command const& command : history) REQUIRE(books.perform(command, today).has_value());
    return books;
}

ApproveLoan const approval{loan_number, Money::yuan(50'000), Date{2016, 1, 15}};
Disburse const disbursement{loan_number, Money::yuan(50'000), Date{2016, 1, 20}};
Repay const repayment{loan_number, Money::yuan(100), Date{2016, 2, 1}};

std::string outcome_of(WorkingBooks books, Command const& command, Date booked_on = today)
{
    auto const effects = books.perform(command, booked_on);
    if (effects) return "booked";
    std::string outcome{name_of(effects.error().code)};
    if (!effects.error().field.empty()) outcome += " " + effects.error().field;
    if (!effects.error().limit.empty()) outcome += " " + effects.error().limit;
    return outcome;
}

/// Mends the command step by step; the outcome before each mend must be the one in its row.
template <class Asked> struct Rung {
    char const* outcome;
    std::function<void(WorkingBooks&, Asked&)> mend;
};

template <class Asked>
void climb(WorkingBooks books, Asked command, std::vector<Rung<Asked>> const& ladder)
{
    for (Rung<Asked> const& rung : ladder) {
        CHECK(outcome_of(books, command) == rung.outcome);
        rung.mend(books, command);
    }
    CHECK(outcome_of(books, command) == "booked");
}

} // namespace

TEST_CASE("A borrower is refused for closed day, name, village, number, resident id, in that order")
{
    Books closed = county_books();
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
              now = WorkingBooks{county_books()};
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

TEST_CASE("A payment into a fund is refused for date, amount, fund and limit, in that order")
{
    climb<PayIntoFund>(
        books_with({}), {named<FundCode>("F2"), Money{}, Date{2016, 3, 2}, "进账单"},
        {{"date_in_future value_on 2016-03-01", [](auto&, auto& asked) { asked.value_on = today; }},
         {"amount_must_be_positive amount",
          [](auto&, auto& asked) { asked.amount = Money::fen(money_limit_fen); }},
         {"fund_not_found fund", [](auto&, auto& asked) { asked.fund = fund_code; }},
         {"amount_too_large amount 10000000000000.00",
          [](auto&, auto& asked) { asked.amount = Money::yuan(1); }}});
}

TEST_CASE("A proposal meets its refusals in the documented order")
{
    ProposeLoan command = proposal();
    command.proposed_on = Date{2016, 3, 2};
    command.terms.principal = Money{};
    command.terms.instalments = 30;
    command.terms.annual_rate = Rate::ppm(10'000);
    command.borrower = named<BorrowerNumber>("B2");
    command.fund = named<FundCode>("F2");
    climb<ProposeLoan>(books_with({proposal()}), command,
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
                        {"loan_above_cap terms.principal 100000.00",
                         [](auto&, auto& asked) { asked.terms.principal = Money::yuan(100'000); }},
                        {"term_above_limit terms.instalments 24",
                         [](auto&, auto& asked) { asked.terms.instalments = 24; }},
                        {"rate_outside_band terms.annual_rate 2.00 - 8.00",
                         [](auto&, auto& asked) {
                             asked.terms.annual_rate = Rate::ppm(80'000);
                             asked.terms.rate_steps = {{Date{2016, 6, 1}, Rate::ppm(80'001)}};
                         }},
                        {"rate_outside_band terms.rates 2.00 - 8.00",
                         [](auto&, auto& asked) { asked.terms.rate_steps.clear(); }}});
}

TEST_CASE("An approval meets its refusals in the documented order")
{
    WorkingBooks books = books_with({});
    climb<ApproveLoan>(std::move(books), {loan_number, Money{}, Date{2016, 3, 2}},
                       {{"date_in_future value_on 2016-03-01",
                         [](auto&, auto& asked) { asked.value_on = Date{2016, 1, 9}; }},
                        {"amount_must_be_positive amount",
                         [](auto&, auto& asked) { asked.amount = Money::yuan(50'001); }},
                        {"loan_not_found loan",
                         [](auto& now, auto&) { now = books_with({proposal(), approval}); }},
                        {"loan_not_awaiting_approval loan approved",
                         [](auto& now, auto&) {
                             now = books_with({proposal()});
                             now.add(known_fund(Money::yuan(49'999)));
                         }},
                        {"date_before_proposal value_on 2016-01-10",
                         [](auto&, auto& asked) { asked.value_on = Date{2016, 1, 10}; }},
                        {"approval_above_proposal amount 50000.00",
                         [](auto&, auto& asked) { asked.amount = Money::yuan(50'000); }},
                        {"fund_overdrawn amount 49999.00",
                         [](auto&, auto& asked) { asked.amount = Money::yuan(49'999); }}});
}

TEST_CASE("A disbursement meets its refusals in the documented order")
{
    climb<Disburse>(
        books_with({}), {loan_number, Money{}, Date{2016, 3, 2}},
        {{"date_in_future value_on 2016-03-01",
          [](auto&, auto& asked) { asked.value_on = Date{2016, 1, 14}; }},
         {"amount_must_be_positive amount",
          [](auto&, auto& asked) { asked.amount = Money::yuan(50'001); }},
         {"loan_not_found loan", [](auto& now, auto&) { now = books_with({proposal()}); }},
         {"loan_not_awaiting_disbursement loan proposed",
          [](auto& now, auto&) { now = books_with({proposal(), approval}); }},
         {"date_too_early value_on 2016-01-15",
          [](auto&, auto& asked) { asked.value_on = Date{2016, 1, 20}; }},
         {"disbursement_above_approval amount 50000.00",
          [](auto& now, auto& asked) {
              asked.amount = Money::yuan(50'000);
              ProposeLoan fixed = proposal();
              fixed.terms.instalments = 1;
              fixed.terms.due_on = {Date{2016, 1, 20}};
              now = books_with({fixed, approval});
          }},
         {"terms_contradict value_on 2016-01-20 > 2016-01-20",
          [](auto& now, auto&) {
              ProposeLoan fixed = proposal();
              fixed.terms.first_due_on = Date{2016, 2, 21};
              now = books_with({fixed, approval});
          }},
         {"term_above_limit value_on 24",
          [](auto& now, auto&) { now = books_with({proposal(), approval}); }}});
}

TEST_CASE("What is approved is paid out once and not again")
{
    CHECK(outcome_of(books_with({proposal(), approval, disbursement}), disbursement) ==
          "loan_not_awaiting_disbursement loan active");
}

TEST_CASE("A repayment meets its refusals in the documented order")
{
    climb<Repay>(books_with({}), {loan_number, Money{}, Date{2016, 3, 2}},
                 {{"date_in_future value_on 2016-03-01",
                   [](auto&, auto& asked) { asked.value_on = Date{2016, 1, 19}; }},
                  {"amount_must_be_positive amount",
                   [](auto&, auto& asked) { asked.amount = Money::fen(money_limit_fen); }},
                  {"loan_not_found loan",
                   [](auto& now, auto&) { now = books_with({proposal(), approval}); }},
                  {"loan_not_disbursed loan approved",
                   [](auto& now, auto&) {
                       now = books_with({proposal(), approval, disbursement, repayment});
                   }},
                  {"value_date_before_disbursement value_on 2016-01-20",
                   [](auto&, auto& asked) { asked.value_on = today; }},
                  {"amount_too_large amount 10000000000000.00",
                   [](auto&, auto& asked) { asked.amount = Money::yuan(100); }}});
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
    WorkingBooks const books = books_with({proposal(), approval, disbursement, repayment,
                                           Repay{loan_number, Money::yuan(50), today}});
    CHECK(outcome_of(books, Reverse{loan_number, 1, "录错"}) ==
          "later_events_depend_on_it sequence 2, 3, 4");
    CHECK(outcome_of(books, Reverse{loan_number, 2, "录错"}) ==
          "later_events_depend_on_it sequence 3, 4");
}

TEST_CASE("A repayment whose principal was lent to another cannot be reversed")
{
    WorkingBooks books = books_with(
        {proposal(), approval, disbursement, Repay{loan_number, Money::yuan(40'000), today}});
    books.add(known_fund(Money::yuan(1)));
    CHECK(outcome_of(books, Reverse{loan_number, 3, "退票"}) == "fund_overdrawn sequence 1.00");
}

TEST_CASE("A loan takes no more events than its limit")
{
    WorkingBooks books = books_with({proposal(), approval, disbursement});
    Loan full = *books.loan(loan_number);
    for (int n = 2; n < events_per_loan_limit; ++n) {
        full.events.push_back({n + 1, today, today, Repaid{Money::fen(1)}});
    }
    full.booked = fold(full, today).positions;
    full.recognised_on = today;
    books.add(full);
    CHECK(outcome_of(books, Repay{loan_number, Money::fen(1), today}) == "too_many_events 5000");
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

TEST_CASE("The closing accrues at month ends, on due dates and the day after them")
{
    struct Row {
        Date day;
        bool is_due;
    };
    Loan const lent = *books_with({proposal(), approval, disbursement}).loan(loan_number);
    for (Row const& row : {Row{Date{2016, 1, 31}, true}, Row{Date{2016, 2, 19}, false},
                           Row{Date{2016, 2, 20}, true}, Row{Date{2016, 2, 21}, true},
                           Row{Date{2016, 2, 22}, false}, Row{Date{2016, 2, 29}, true}})
    {
        INFO(row.day.text());
        CHECK(accrual_due_on(lent, row.day) == row.is_due);
    }
    Loan const approved = *books_with({proposal(), approval}).loan(loan_number);
    CHECK_FALSE(accrual_due_on(approved, Date{2016, 1, 31}));
}
