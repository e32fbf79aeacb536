// Dispatch, and what all commands share. Precedence of the shared refusals: date_in_future,
// day_closed, books_already_open; a command's own follow in the order of its file's head. The
// entry of every command on a loan is made here and only here: the fold's positions after it minus
// the positions booked before it.
#include "ledger/decide.hpp"

#include "ledger/households/decisions.hpp"
#include "ledger/lending/decisions.hpp"
#include "ledger/registers/decisions.hpp"

#include <algorithm>
#include <utility>

namespace ledger {

Result<void> check_dates(Situation const& now, std::optional<Date> value_on, char const* field)
{
    Books const& books = *now.books;
    if (value_on && *value_on > now.booked_on) {
        return refuse(Refusal::date_in_future, field, now.booked_on.text());
    }
    if (books.closed_through && now.booked_on <= *books.closed_through) {
        return refuse(Refusal::day_closed, {}, now.booked_on.text());
    }
    if (books.opened_on && now.booked_on < *books.opened_on) {
        return refuse(Refusal::books_already_open, {}, books.opened_on->text());
    }
    return {};
}

Date last_day_of(Loan const& loan, Date at_least)
{
    for (LoanEvent const& event : loan.events) at_least = std::max(at_least, event.value_on);
    return std::max(loan.recognised_on.value_or(at_least), at_least);
}

Result<Loan> with_event(Loan loan, LoanEvent event)
{
    if (std::cmp_greater_equal(loan.events.size(), events_per_loan_limit)) {
        return refuse(Refusal::too_many_events, {}, std::to_string(events_per_loan_limit));
    }
    event.sequence = static_cast<int>(loan.events.size()) + 1;
    loan.events.push_back(std::move(event));
    return loan;
}

Walk walk_to(Loan const& loan, Date as_of)
{
    bool const can_go_on = loan.walked && loan.walked->now() <= as_of;
    Walk walk = can_go_on ? *loan.walked : walk_through(loan, as_of).walk;
    walk.advance_to(as_of);
    return walk;
}

ProgrammeRules const& Loan::rules() const
{
    LEDGER_ASSERT(programme != nullptr);
    ProgrammeRules const* found = programme->rules_of_version(rules_version);
    LEDGER_ASSERT(found != nullptr);
    return *found;
}

namespace {

/// What the entry moves in the loan's fund and in its risk fund. Refuses fund_overdrawn,
/// risk_fund_overdrawn.
Result<std::optional<Fund>> fund_after(Fund fund, Positions const& before, Positions const& after)
{
    Money const into = after[Position::fund_available] - before[Position::fund_available];
    Money const into_risk =
        after[Position::risk_fund_available] - before[Position::risk_fund_available];
    if (fund.available + into < Money{}) {
        return refuse(Refusal::fund_overdrawn, "amount", fund.available.text());
    }
    if (fund.risk_available + into_risk < Money{}) {
        return refuse(Refusal::risk_fund_overdrawn, "amount", fund.risk_available.text());
    }
    if (into.is_zero() && into_risk.is_zero()) return std::optional<Fund>{};
    fund.available += into;
    fund.risk_available += into_risk;
    return std::optional{std::move(fund)};
}

} // namespace

Result<Effects> booked_effects(Situation const& now, Loan loan, Walk walk, Booking const& booking)
{
    LEDGER_ASSERT(now.fund.has_value());
    LEDGER_ASSERT(now.fund->code == loan.fund);
    Date const as_of = last_day_of(loan, booking.value_on);
    auto snapshot = std::make_shared<Walk const>(walk);
    walk.advance_to(as_of);
    Positions const after = walk.positions();
    auto fund = fund_after(*now.fund, loan.booked, after);
    if (!fund) return std::unexpected{fund.error()};

    // From here it must succeed.
    Effects effects;
    effects.entry = entry_between(loan, loan.booked, after, booking.cause, booking.value_on,
                                  now.booked_on, booking.narrative);
    effects.fund = std::move(*fund);
    loan.booked = after;
    loan.recognised_on = as_of;
    loan.walked = std::move(snapshot);
    if (!loan.events.empty()) effects.event = loan.events.back();
    for (auto const& [sequence, used] : walk.allocations()) {
        if (sequence == effects.event->sequence) effects.allocation = used;
    }
    effects.loan = std::move(loan);
    return effects;
}

namespace {

struct Decision {
    Situation const& now;

    auto operator()(RegisterBorrower const& command) const
    {
        return register_borrower(now, command);
    }
    auto operator()(OpenFund const& command) const { return open_fund(now, command); }
    auto operator()(PayIntoFund const& command) const { return pay_into_fund(now, command); }
    auto operator()(PayIntoRiskFund const& command) const
    {
        return pay_into_risk_fund(now, command);
    }
    auto operator()(ProposeLoan const& command) const { return propose(now, command); }
    auto operator()(RecordEvent const& command) const { return record(now, command); }
    auto operator()(Reverse const& command) const { return reverse(now, command); }
    auto operator()(Accrue const& command) const { return accrue(now, command); }
    auto operator()(RecordHouseholdEvent const& command) const { return record(now, command); }
    auto operator()(ReverseHouseholdEvent const& command) const { return reverse(now, command); }
    auto operator()(RecordFact const& command) const { return record(now, command); }
    auto operator()(ReverseFact const& command) const { return reverse(now, command); }
    auto operator()(OpenBooks const& command) const { return open_books(now, command); }
    auto operator()(CloseDay const& command) const { return close_day(now, command); }
};

} // namespace

Result<Effects> decide(Situation const& now, Command const& command)
{
    LEDGER_ASSERT(now.books != nullptr);
    return std::visit(Decision{now}, command);
}

} // namespace ledger
