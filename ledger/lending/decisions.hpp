// The commands' decisions, and what they share: the checks that come first and the one way from a
// loan with a new event to its effects. Internal to ledger/lending; the contract is
// ledger/decide.hpp.
#pragma once

#include "ledger/decide.hpp"
#include "ledger/lending/walk.hpp"

namespace ledger {

Result<Effects> register_borrower(Situation const&, RegisterBorrower const&);
Result<Effects> open_fund(Situation const&, OpenFund const&);
Result<Effects> pay_into_fund(Situation const&, PayIntoFund const&);
Result<Effects> pay_into_risk_fund(Situation const&, PayIntoRiskFund const&);
Result<Effects> propose(Situation const&, ProposeLoan const&);
Result<Effects> record(Situation const&, RecordEvent const&);
Result<Effects> reverse(Situation const&, Reverse const&);
Result<Effects> accrue(Situation const&, Accrue const&);
Result<Effects> open_books(Situation const&, OpenBooks const&);
Result<Effects> close_day(Situation const&, CloseDay const&);

/// date_in_future, then day_closed, then books_already_open (a booking day before the books were
/// opened). `field` names the value date.
Result<void> check_dates(Situation const&, std::optional<Date> value_on, char const* field);

/// The loan with everything known: all its events have a value date on or before this day.
Date last_day_of(Loan const&, Date at_least);

/// Appends an event with the next sequence number; the cached walk stays the one before it. Refuses
/// too_many_events.
Result<Loan> with_event(Loan, LoanEvent);

/// The walk through all of a loan's events, from its snapshot where there is one, advanced to a day
/// on or after all of them.
Walk walk_to(Loan const&, Date as_of);

struct Booking {
    Cause cause{};
    Date value_on;
    std::string narrative;
};
/// The effects of a loan whose events have changed: entry = fold - booked, the fund's new balances,
/// the new snapshot (`walk`, past the last event); of an event that takes money its allocation.
/// Refuses fund_overdrawn and risk_fund_overdrawn (field "amount"). Asserts that the fund was
/// loaded.
Result<Effects> booked_effects(Situation const&, Loan, Walk, Booking const&);

} // namespace ledger
