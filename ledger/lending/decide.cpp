// Dispatch, and what all commands share. Precedence of the shared refusals: date_in_future,
// day_closed, books_already_open; a command's own follow in the order of its file's head. The
// entry of every command on a loan is made here and only here: the fold's positions after it minus
// the positions booked before it.
#include "ledger/decide.hpp"

#include "ledger/lending/decisions.hpp"

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
    return std::max(loan.recognised_on.value_or(at_least), at_least);
}

Result<Loan> with_event(Loan loan, Date value_on, Date booked_on, Happening what)
{
    if (std::cmp_greater_equal(loan.events.size(), events_per_loan_limit)) {
        return refuse(Refusal::too_many_events, {}, std::to_string(events_per_loan_limit));
    }
    int const sequence = static_cast<int>(loan.events.size()) + 1;
    loan.events.push_back({sequence, value_on, booked_on, std::move(what)});
    return loan;
}

Result<Effects> booked_effects(Situation const& now, Loan loan, Booking const& booking)
{
    LEDGER_ASSERT(now.fund.has_value());
    LEDGER_ASSERT(now.fund->code == loan.fund);
    Date const as_of = last_day_of(loan, booking.value_on);
    LoanState const reached = fold(loan, as_of);
    Positions const& after = reached.positions;
    Money const into_fund = after[Position::fund_available] - loan.booked[Position::fund_available];
    if (now.fund->available + into_fund < Money{}) {
        return refuse(Refusal::fund_overdrawn, "amount", now.fund->available.text());
    }

    // From here it must succeed.
    Effects effects;
    effects.entry = entry_between(loan, loan.booked, after, booking.cause, booking.value_on,
                                  now.booked_on, booking.narrative);
    if (!into_fund.is_zero()) {
        effects.fund = now.fund;
        effects.fund->available += into_fund;
    }
    loan.booked = after;
    loan.recognised_on = as_of;
    if (!loan.events.empty()) effects.event = loan.events.back();
    for (auto const& [sequence, used] : reached.allocations) {
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
    auto operator()(ProposeLoan const& command) const { return propose(now, command); }
    auto operator()(ApproveLoan const& command) const { return approve(now, command); }
    auto operator()(Disburse const& command) const { return disburse(now, command); }
    auto operator()(Repay const& command) const { return repay(now, command); }
    auto operator()(Reverse const& command) const { return reverse(now, command); }
    auto operator()(Accrue const& command) const { return accrue(now, command); }
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
