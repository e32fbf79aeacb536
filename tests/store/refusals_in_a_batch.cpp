// One batch with a refusal of every kind among good commands: the good are booked as if they had
// come alone, each of the others has its own refusal, and nothing else changes.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/whole_books.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

Date const today = on("2015-06-01");
LoanNumber const out = loan_number("L1");
LoanNumber const other = loan_number("L2");
LoanNumber const proposed = loan_number("L3");
LoanNumber const repaid_off = loan_number("L4");

struct Row {
    Command command;
    Refusal expected;
    Date booked_on = today;
};

/// Loan L1 and L2 are out, L3 is proposed, L4 repaid, the days through March are closed.
void set_the_stage(Desk& desk)
{
    desk.open(6);
    desk.lend(1);
    desk.lend(2);
    desk.lend(4);
    desk.booked(propose(3, on("2015-02-02")), on("2015-02-02"));
    desk.booked(repay(repaid_off, yuan("60000.00"), on("2015-03-02")), on("2015-03-02"));
    desk.booked(CloseDay{on("2015-03-31")}, on("2015-04-01"));
}

ProposeLoan unlike(ProposeLoan proposal, auto const& change)
{
    change(proposal);
    return proposal;
}

std::vector<Row> every_kind_of_no()
{
    Date const before = on("2015-01-20");
    return {
        {repay(loan_number("L9"), yuan("1.00"), today), Refusal::loan_not_found},
        {repay(out, Money{}, today), Refusal::amount_must_be_positive},
        {repay(out, yuan("1.00"), today.plus_days(1)), Refusal::date_in_future},
        {repay(out, yuan("1.00"), before), Refusal::value_date_before_disbursement},
        {repay(out, yuan("1.00"), on("2015-03-31")), Refusal::day_closed, on("2015-03-31")},
        {repay(proposed, yuan("1.00"), today), Refusal::loan_not_disbursed},
        {approve(out, yuan("1.00"), today), Refusal::loan_not_awaiting_approval},
        {approve(proposed, yuan("100000.01"), today), Refusal::approval_above_proposal},
        {disburse(proposed, yuan("1.00"), today), Refusal::loan_not_awaiting_disbursement},
        {event_on(out, today, OverpaymentRefunded{yuan("1.00")}),
         Refusal::refund_above_overpayment},
        {event_on(out, today, Waived{DebtComponent::principal, yuan("1.00")}),
         Refusal::component_not_waivable},
        {event_on(out, today, Waived{DebtComponent::interest, yuan("90000.00")}),
         Refusal::waiver_above_unpaid},
        {event_on(repaid_off, today, RateChanged{*Rate::parse("4.00")}), Refusal::loan_settled},
        {event_on(out, today, Recovered{yuan("1.00")}), Refusal::loan_not_written_off},
        {event_on(out, today, SubsidyClaimed{yuan("1.00")}), Refusal::no_subsidy_scheme},
        {Reverse{out, 900, "录错"}, Refusal::event_not_found},
        {Reverse{out, 1, "录错"}, Refusal::later_events_depend_on_it},
        {PayIntoFund{id<FundCode>("F9"), yuan("1.00"), today, "进账单"}, Refusal::fund_not_found},
        {OpenFund{id<FundCode>("F1"), "甲", "乙"}, Refusal::fund_already_open},
        {register_borrower(1), Refusal::borrower_already_registered},
        {propose(1, today), Refusal::loan_already_proposed},
        {propose(9, today), Refusal::borrower_not_found},
        {unlike(propose(6, today), [](auto& p) { p.fund = id<FundCode>("F9"); }),
         Refusal::fund_not_found},
        {unlike(propose(6, today), [](auto& p) { p.terms.principal = yuan("100000.01"); }),
         Refusal::loan_above_cap},
        {unlike(propose(6, today), [](auto& p) { p.terms.annual_rate = *Rate::parse("36.00"); }),
         Refusal::rate_outside_band},
        {unlike(propose(6, today), [](auto& p) { p.terms.instalments = 240; }),
         Refusal::term_above_limit},
        {CloseDay{on("2015-03-31")}, Refusal::day_already_closed},
    };
}

std::vector<Command> good_ones()
{
    std::vector<Command> commands{
        propose(5, today),
        approve(loan_number("L5"), yuan("40000.00"), today),
        disburse(loan_number("L5"), yuan("40000.00"), today),
        register_borrower(7),
        event_on(other, today, CostCharged{yuan("12.00")}),
        PayIntoFund{id<FundCode>("F1"), yuan("5.00"), today, "进账单"},
    };
    // Late ones among those in order, on the loan that is refused most.
    for (int n = 0; n < 20; ++n)
        commands.push_back(repay(out, Money::fen(100 + n), today.plus_days(n % 3 == 0 ? -40 : 0)));
    return commands;
}

} // namespace

TEST_CASE("Among refusals of every kind the good commands of a batch are booked as if alone")
{
    int const seed = GENERATE(1, 2, 3, 4);
    auto const url_mixed = fresh_books(), url_good = fresh_books();
    Desk mixed{url_mixed}, good{url_good};
    set_the_stage(mixed);
    set_the_stage(good);

    std::vector<Envelope> good_batch, batch;
    for (auto& command : good_ones()) good_batch.push_back(mixed.envelope(command, today));
    // The good keep their order; the others fall between them anywhere.
    std::vector<Row> rows = every_kind_of_no();
    std::mt19937 random{static_cast<unsigned>(seed)};
    std::ranges::shuffle(rows, random);
    std::vector<std::optional<Refusal>> expected(good_batch.size());
    batch = good_batch;
    for (auto const& row : rows) {
        auto const at = static_cast<std::ptrdiff_t>(random() % (batch.size() + 1));
        batch.insert(batch.begin() + at, mixed.envelope(row.command, row.booked_on));
        expected.insert(expected.begin() + at, row.expected);
    }
    // A key that was used for something else, wherever the first of that key stands before it.
    batch.push_back(good_batch.front());
    batch.back().body_digest.fill(9);
    expected.push_back(Refusal::idempotency_key_reused);

    auto const outcomes = execute(mixed.app, batch);
    auto const alone = execute(good.app, good_batch);
    std::size_t next_good = 0;
    for (std::size_t n = 0; n < batch.size(); ++n) {
        INFO("seed " << seed << ", " << code_of(batch[n].command) << ": " << in_words(outcomes[n]));
        if (expected[n]) {
            REQUIRE_FALSE(outcomes[n].is_booked());
            CHECK(name_of(std::get<Refused>(outcomes[n].answer).code) == name_of(*expected[n]));
        } else {
            CHECK(timeless(outcomes[n]).answer == timeless(alone[next_good++]).answer);
        }
    }
    CHECK(next_good == good_batch.size());
    CHECK(difference(whole_books(url_mixed), whole_books(url_good)) == "");
    CHECK(complaints(mixed.auditor) == "");
}
