// The invented loans: amounts that add up to the published totals, days, terms and funds.
#pragma once

#include "demo/people.hpp"
#include "ledger/loan.hpp"

namespace demo {

/// How a borrower pays.
enum class Manner : std::uint8_t {
    punctual = 1,
    late_by_days,   ///< now and then
    late_by_months, ///< once
    prepays_part,   ///< once, in the middle
    prepays_all,    ///< before the end
    mistyped,       ///< one payment was entered wrong, reversed and entered again
    stops,          ///< and is in arrears today
};

struct PlannedLoan {
    ledger::LoanNumber number;
    std::size_t member = 0;
    std::string fund;
    ledger::Date proposed_on, approved_on, disbursed_on;
    ledger::Terms terms;
    std::string purpose, industry;
    Manner manner{};
};

struct FundPayment {
    std::string fund, name, document;
    ledger::Date paid_in_on;
    ledger::Money amount;
};

std::vector<FundPayment> fund_payments();
/// In the order of their disbursement; a loan a member.
std::vector<PlannedLoan> loans(Facts const&, std::vector<Member> const&, Dice&);
/// One that is paid out on a working day of the span. Its number, member and fund are the caller's.
PlannedLoan loan_within(Facts const&, ledger::Span, Dice&);

} // namespace demo
