// A second model of a loan, slow and obvious: it lives every night from the first disbursement to
// the day that is asked about, in exact rationals, and shares no code with the fold, the schedule
// or the allocation. Where it and the engine differ, one of them is wrong.
#pragma once

#include "ledger/loan.hpp"

namespace ledger::test {

struct NaiveLoan {
    Positions positions;
    Money payoff;
    int days_past_due = 0;
};

NaiveLoan live_through(Loan const&, Date as_of);

} // namespace ledger::test
