// A second model of a loan, slow and obvious: it lives every night from the proposal to the day
// that is asked about, in exact rationals, and shares no code with the fold, the schedule or the
// allocation. Where it and the engine differ, one of them is wrong. It judges no event: the loan's
// events are those that decide has accepted.
#pragma once

#include "ledger/loan.hpp"

namespace ledger::test {

struct NaiveLoan {
    LoanState state;        ///< rows that have closed, and none of those to come
    Money interest_asked;   ///< of the borrower, of closed rows, since the beginning
    Money interest_running; ///< of the open period, unpaid
    Money penalty_charged;  ///< since the beginning
    Money compound_charged;
};

/// The evenings of the days, which are in order.
std::vector<NaiveLoan> live_through(Loan const&, std::vector<Date> const& days);
inline NaiveLoan live_through(Loan const& loan, Date as_of)
{
    return live_through(loan, std::vector{as_of}).front();
}

} // namespace ledger::test
