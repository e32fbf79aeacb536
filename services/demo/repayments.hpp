// What the invented borrowers paid. Amounts come from the ledger's fold of the loan as it stands on
// the day of the payment, so they settle what is due to the fen, penalty included.
#pragma once

#include "demo/loans.hpp"

#include <optional>

namespace demo {

struct Payment {
    ledger::LoanNumber loan;
    ledger::Date repaid_on;
    ledger::Money amount;
    std::string remark;
    std::optional<ledger::Date> booked_on; ///< when later than repaid_on
    std::optional<ledger::Date> reversed_on;
    std::string reversal_reason;
};

struct PaymentHistory {
    std::vector<Payment> payments;
    bool is_settled = false;
};

PaymentHistory payments(Facts const&, PlannedLoan const&, Dice&);

} // namespace demo
