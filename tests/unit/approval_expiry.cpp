// How long an approval holds, and what becomes of its money: the last day by the rules, what is
// refused after it, what the day's closing asks for, and whom it makes room for.
#include "tests/unit/ladder.hpp"

#include "ledger/explain.hpp"

using namespace ledger;
using namespace ledger::test;

namespace {

Programme programme_with(int approval_valid_days)
{
    ProgrammeRules rules = rules_from(Date{2015, 1, 1});
    rules.approval_valid_days = approval_valid_days;
    return programme_of(std::move(rules));
}

/// Approved on 15 January 2016, for so many days.
WorkingBooks approved_for(int days, Date booked_on = today)
{
    return books_with({proposal(), approval}, programme_with(days), booked_on);
}

Money yuan(std::int64_t amount)
{
    return Money::yuan(amount);
}

RecordEvent payout(Date on, std::int64_t amount = 50'000)
{
    return event(on, Disbursed{yuan(amount)});
}

WorkingBooks after(WorkingBooks books, std::vector<Command> const& commands)
{
    for (Command const& command : commands) REQUIRE(books.perform(command, today));
    return books;
}

RecordEvent const expiry = event(Date{2016, 2, 14}, ApprovalExpired{}); // of thirty days

} // namespace

TEST_CASE("An approval is paid out through its last day, its own not counted, and not after it")
{
    struct Row {
        int days;
        Date paid_on;
        char const* outcome;
    };
    for (Row const& row : {
             Row{30, {2016, 1, 15}, "booked"}, Row{30, {2016, 2, 13}, "booked"},
             Row{30, {2016, 2, 14}, "booked"},
             Row{30, {2016, 2, 15}, "approval_expired value_on 2016-01-15 - 2016-02-14"},
             Row{30, {2016, 3, 1}, "approval_expired value_on 2016-01-15 - 2016-02-14"},
             Row{1, {2016, 1, 16}, "booked"},
             Row{1, {2016, 1, 17}, "approval_expired value_on 2016-01-15 - 2016-01-16"},
             Row{45, {2016, 2, 29}, "booked"}, // a leap day is a day
             Row{45, {2016, 3, 1}, "approval_expired value_on 2016-01-15 - 2016-02-29"},
             Row{0, {2016, 3, 1}, "booked"}, // no rule: it holds without end
         })
    {
        INFO(row.days << " days, paid out on " << row.paid_on.text());
        CHECK(outcome_of(approved_for(row.days), payout(row.paid_on)) == row.outcome);
    }
}

TEST_CASE("The card of a loan says through which day its money is reserved, while it is")
{
    Date const last{2016, 2, 14};
    auto const card = [](WorkingBooks const& books, Date as_of) {
        return fold(*books.loan(loan_number), as_of);
    };
    CHECK(card(approved_for(30), last).reserved_through == last);
    CHECK(card(approved_for(0), last).reserved_through == std::nullopt);
    WorkingBooks const in_part = after(approved_for(30), {payout(Date{2016, 1, 20}, 20'000)});
    CHECK(card(in_part, last).reserved_through == last);
    CHECK(card(in_part, Date{2016, 1, 14}).reserved_through == std::nullopt); // not approved yet
    WorkingBooks const whole = after(in_part, {payout(Date{2016, 1, 21}, 30'000)});
    CHECK(card(whole, last).reserved_through == std::nullopt);

    LoanState const lapsed = card(after(approved_for(30), {expiry}), last);
    CHECK(lapsed.reserved_through == std::nullopt);
    CHECK(lapsed.status == LoanStatus::expired);
    CHECK(lapsed.approved.is_zero());
    LoanState const rest_lapsed = card(after(in_part, {expiry}), last);
    CHECK(rest_lapsed.status == LoanStatus::active);
    CHECK(rest_lapsed.approved == yuan(20'000));
    CHECK(rest_lapsed.positions[Position::fund_available] == -yuan(20'000));
}

TEST_CASE("The closing asks for the expiry on the last day, and on a later one if it was missed")
{
    struct Row {
        int days;
        Date closed;
        bool asks;
    };
    for (Row const& row : {Row{30, {2016, 2, 13}, false}, Row{30, {2016, 2, 14}, true},
                           Row{30, {2016, 2, 15}, true}, Row{0, {2016, 2, 29}, false}})
    {
        INFO(row.days << " days, closing " << row.closed.text());
        auto const asked = [&row](WorkingBooks const& books) {
            return closing_work_on(*books.loan(loan_number), row.closed).expire;
        };
        CHECK(asked(approved_for(row.days)) == row.asks);
        Date const paid_on{2016, 1, 20};
        CHECK(asked(after(approved_for(row.days), {payout(paid_on, 20'000)})) == row.asks);
        CHECK_FALSE(asked(after(approved_for(row.days), {payout(paid_on)})));
        if (row.asks) CHECK_FALSE(asked(after(approved_for(row.days), {expiry})));
    }
}

TEST_CASE("An expiry meets its refusals in the documented order")
{
    auto const to = [](WorkingBooks const& books) {
        return [books](WorkingBooks& now, RecordEvent&) { now = books; };
    };
    climb<RecordEvent>(
        books_with({}), event(Date{2016, 3, 2}, ApprovalExpired{}),
        {{"date_in_future value_on 2016-03-01",
          [](WorkingBooks&, RecordEvent& asked) { asked.value_on = Date{2016, 2, 13}; }},
         {"loan_not_found loan", to(books_with({proposal()}, programme_with(30)))},
         {"loan_not_awaiting_disbursement loan proposed", to(approved_for(0))},
         {"no_rule_in_force value_on", to(approved_for(30))},
         {"date_too_early value_on 2016-02-14",
          [](WorkingBooks& now, RecordEvent& asked) {
              now = after(approved_for(30), {expiry});
              asked.value_on = Date{2016, 2, 14};
          }},
         {"approval_expired loan 2016-01-15 - 2016-02-14", to(approved_for(30))}});
}

TEST_CASE("What has lapsed is neither approved nor paid out nor taken back any more")
{
    WorkingBooks const books = after(approved_for(30), {expiry});
    CHECK(outcome_of(books, payout(today)) == "approval_expired value_on 2016-01-15 - 2016-02-14");
    CHECK(outcome_of(books, approval) == "loan_not_awaiting_approval loan expired");
    CHECK(outcome_of(books, event(today, Repaid{yuan(100), {}})) ==
          "loan_not_disbursed loan expired");
    CHECK(outcome_of(books, Reverse{loan_number, 2, "再给一次机会"}) ==
          "event_cannot_be_reversed sequence");
    CHECK(outcome_of(books, Reverse{loan_number, 1, "批错了"}) ==
          "later_events_depend_on_it sequence 2");
}

TEST_CASE("A payout of the last day that is entered after it draws on what is available then")
{
    WorkingBooks books = after(approved_for(30), {expiry});
    CHECK(books.fund(fund_code)->available == yuan(80'000));
    CHECK(outcome_of(books, payout(Date{2016, 2, 14}, 50'001)) ==
          "disbursement_above_approval amount 50000.00");
    WorkingBooks spent = books;
    spent.add(known_fund(yuan(49'999)));
    CHECK(outcome_of(spent, payout(Date{2016, 2, 14})) == "fund_overdrawn amount 49999.00");
    REQUIRE(books.perform(payout(Date{2016, 2, 14}), today));
    CHECK(books.fund(fund_code)->available == yuan(30'000));
    LoanState const state = fold(*books.loan(loan_number), today);
    CHECK(state.status == LoanStatus::active);
    CHECK(state.positions[Position::fund_reserved].is_zero());
    CHECK(state.positions[Position::fund_lent] == yuan(50'000));
}

TEST_CASE("A fund is checked against what is lent and reserved; what lapses makes room")
{
    ProposeLoan other = proposal();
    other.loan = named<LoanNumber>("L2");
    RecordEvent second = event(Date{2016, 1, 16}, Approved{yuan(40'000)});
    second.loan = other.loan;
    WorkingBooks books = after(approved_for(30), {other});
    CHECK(outcome_of(books, second) == "fund_overdrawn amount 30000.00");
    REQUIRE(books.perform(expiry, today));
    CHECK(outcome_of(books, second) == "booked");
}

TEST_CASE("The entry of an expiry gives back what is reserved, and its step says why")
{
    WorkingBooks books = after(approved_for(30), {payout(Date{2016, 2, 14}, 20'000)});
    auto const effects = books.perform(expiry, today);
    REQUIRE(effects);
    REQUIRE(effects->entry);
    CHECK(effects->entry->cause() == Cause::expiry);
    std::vector<Posting> const given_back{
        debit({AccountCode::parse("2314.02").value(), "F"}, yuan(30'000)),
        credit({AccountCode::parse("2314.01").value(), "F"}, yuan(30'000))};
    auto const postings = effects->entry->postings();
    CHECK(std::ranges::is_permutation(postings, given_back));

    auto const steps = explain(*books.loan(loan_number), today);
    auto const step = std::ranges::find(steps, "approval_expired", &Explanation::figure);
    REQUIRE(step != steps.end());
    CHECK(step->amount == yuan(30'000));
    CHECK(step->formula == "批准于 2016-01-15，有效 30 天，未放款部分退回资金");
    CHECK(step->bases.front().name == "approval_valid_days");
}
