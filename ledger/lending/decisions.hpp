// The commands' decisions, one file each, and what they share: the checks that come first and the
// one way from a loan with a new event to its effects. Internal to ledger/lending; the contract is
// ledger/decide.hpp.
#pragma once

#include "ledger/decide.hpp"

namespace ledger {

Result<Effects> register_borrower(Situation const&, RegisterBorrower const&);
Result<Effects> open_fund(Situation const&, OpenFund const&);
Result<Effects> pay_into_fund(Situation const&, PayIntoFund const&);
Result<Effects> propose(Situation const&, ProposeLoan const&);
Result<Effects> approve(Situation const&, ApproveLoan const&);
Result<Effects> disburse(Situation const&, Disburse const&);
Result<Effects> repay(Situation const&, Repay const&);
Result<Effects> reverse(Situation const&, Reverse const&);
Result<Effects> accrue(Situation const&, Accrue const&);
Result<Effects> open_books(Situation const&, OpenBooks const&);
Result<Effects> close_day(Situation const&, CloseDay const&);

/// date_in_future, then day_closed, then books_already_open (a booking day before the books were
/// opened). `field` names the value date.
Result<void> check_dates(Situation const&, std::optional<Date> value_on, char const* field);

/// The loan with everything known: all its events have a value date on or before this day.
Date last_day_of(Loan const&, Date at_least);

/// Appends an event with the next sequence number. Refuses too_many_events.
Result<Loan> with_event(Loan, Date value_on, Date booked_on, Happening);

struct Booking {
    Cause cause{};
    Date value_on;
    std::string narrative;
};
/// The effects of a loan whose events have changed: entry = fold - booked, the fund's new balance,
/// the new snapshot; of a repayment its allocation. Refuses fund_overdrawn (field "amount").
/// Asserts that the fund was loaded.
Result<Effects> booked_effects(Situation const&, Loan, Booking const&);

} // namespace ledger
