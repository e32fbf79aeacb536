// The loan engine against the slow model and against its own laws, on seeded random lives of loans.
#include "ledger/explain.hpp"
#include "ledger/preview.hpp"
#include "tests/property/naive_model.hpp"
#include "tests/property/random_life.hpp"
#include "tests/support/show.hpp"

#include <catch2/catch.hpp>

using namespace ledger;
using ledger::test::in_force;
using ledger::test::live_through;
using ledger::test::NaiveLoan;
using ledger::test::RandomLife;
using ledger::test::runs;
using ledger::test::seed_of;
using ledger::test::story_of;
using ledger::test::with_events;

namespace {

void check_rows(LoanState const& state, LoanState const& naive)
{
    REQUIRE(state.instalments.size() >= naive.instalments.size());
    for (std::size_t n = 0; n < naive.instalments.size(); ++n) {
        InstalmentState const& is = state.instalments[n];
        InstalmentState const& wanted = naive.instalments[n];
        INFO("instalment " << n + 1);
        CHECK(is.planned.number == wanted.planned.number);
        CHECK(is.planned.span == wanted.planned.span);
        CHECK(is.planned.due_on == wanted.planned.due_on);
        CHECK(is.planned.principal == wanted.planned.principal);
        CHECK(is.planned.interest == wanted.planned.interest);
        CHECK(is.planned.balance == wanted.planned.balance);
        CHECK(is.principal_due == wanted.principal_due);
        CHECK(is.interest_due == wanted.interest_due);
        CHECK(is.principal_paid == wanted.principal_paid);
        CHECK(is.interest_paid == wanted.interest_paid);
        CHECK(is.interest_waived == wanted.interest_waived);
    }
}

void check_state(LoanState const& state, LoanState const& naive)
{
    INFO("as of " << state.as_of);
    for (Position const position : all_positions()) {
        INFO(code_of(position));
        CHECK(state.positions[position] == naive.positions[position]);
    }
    CHECK(state.status == naive.status);
    CHECK(state.approved == naive.approved);
    CHECK(state.reserved_through == naive.reserved_through);
    CHECK(state.disbursed == naive.disbursed);
    CHECK(state.annual_rate == naive.annual_rate);
    CHECK(state.disbursed_on == naive.disbursed_on);
    CHECK(state.matures_on == naive.matures_on);
    CHECK(state.days_past_due == naive.days_past_due);
    CHECK(state.non_accrual_since == naive.non_accrual_since);
    CHECK(state.written_off_on == naive.written_off_on);
    CHECK(state.rescheduled_on == naive.rescheduled_on);
    CHECK(state.extensions == naive.extensions);
    CHECK(state.risk_class == naive.risk_class);
    CHECK(state.subsidy == naive.subsidy);
    CHECK(state.owed == naive.owed);
    CHECK(state.payoff == naive.payoff);
    CHECK(state.allocations == naive.allocations);
    check_rows(state, naive);
}

/// What the sentences add up to.
void check_explanation(Loan const& loan, Date as_of, NaiveLoan const& naive)
{
    std::map<std::string, Money> told;
    for (Explanation const& step : explain(loan, as_of)) told[step.figure] += step.amount;
    CHECK(told["disbursement"] == naive.state.disbursed);
    CHECK(told["principal_owed"] == naive.state.owed.principal);
    CHECK(told["payoff"] == naive.state.payoff);
    Money principal_used;
    for (Explanation const& step : explain(loan, as_of)) {
        if (step.figure != "allocation") continue;
        auto const part = std::ranges::find(step.inputs, "principal", &Input::name);
        REQUIRE(part != step.inputs.end());
        principal_used += Money::parse(part->value).value();
    }
    CHECK(principal_used == naive.state.disbursed - naive.state.owed.principal);
    if (naive.state.written_off_on) return; // what a write-off took away has no sentence of its own
    CHECK(told["interest"] == naive.interest_asked);
    CHECK(told["penalty"] == naive.penalty_charged);
    CHECK(told["compound"] == naive.compound_charged);
    Money allocated;
    for (auto const& [sequence, used] : naive.state.allocations) allocated += used.total();
    CHECK(told["allocation"] == allocated);
}

std::vector<Date> some_evenings(RandomLife& life)
{
    std::vector<Date> days;
    if (life.loan().recognised_on) days.push_back(*life.loan().recognised_on);
    for (int n = 0; n < 3; ++n) {
        days.push_back(life.proposal.proposed_on.plus_days(
            life.dice.between(0, life.today - life.proposal.proposed_on)));
    }
    days.push_back(life.today.plus_days(life.dice.between(0, 200)));
    std::ranges::sort(days);
    auto const repeated = std::ranges::unique(days);
    days.erase(repeated.begin(), repeated.end());
    return days;
}

} // namespace

TEST_CASE("The engine and the model that lives every night agree on everything, on every evening")
{
    int lapsed = 0;
    for (int run = 0; run < runs(400, 100'000); ++run) {
        RandomLife life{seed_of(run)};
        life.live(life.dice.between(0, 16));
        lapsed += std::ranges::any_of(in_force(life.loan()), [](LoanEvent const& event) {
            return std::holds_alternative<ApprovalExpired>(event.what);
        });
        INFO("DAIFU_SEED=" << seed_of(run) << "\n" << story_of(life.loan()));
        std::vector<Date> const evenings = some_evenings(life);
        std::vector<NaiveLoan> const naive = live_through(life.loan(), evenings);
        for (std::size_t n = 0; n < evenings.size(); ++n) {
            check_state(fold(life.loan(), evenings[n]), naive[n].state);
        }
        check_explanation(life.loan(), evenings.back(), naive.back());
    }
    CHECK(lapsed > runs(20, 5'000));
}
