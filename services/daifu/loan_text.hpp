// A loan in the words of the terminal, Chinese first: what `daifu loan show` and `daifu loan
// explain` print. It reads no books and computes no figure.
#pragma once

#include "ledger/explain.hpp"
#include "store/queries.hpp"

#include <optional>
#include <string>

namespace daifu {

struct LoanOnDay {
    ledger::Loan loan;
    ledger::Date as_of;
    std::optional<store::BorrowerCard> borrower;
};

/// "28,800.00".
std::string money(ledger::Money);
/// Whose loan it is, its terms, and how it stands.
std::string loan_head(LoanOnDay const&, ledger::LoanState const&);
/// The instalments as they stand, as a table.
std::string instalments_text(ledger::LoanState const&);
/// What happened to the loan, and how each payment was used.
std::string events_text(ledger::Loan const&, ledger::LoanState const&);
/// The figure, and below it how it came about and what it rests on.
std::string step_text(ledger::Explanation const&);

} // namespace daifu
