// JSON rows as SQL takes and gives them <-> the core's values. SQL's jsonb_to_recordset reads what
// is written here; the views write what is read here.
#pragma once

#include "ledger/borrower.hpp"
#include "ledger/loan.hpp"
#include "store/execute.hpp"

#include <boost/json.hpp>

namespace store {

boost::json::object row_of(ledger::Borrower const&);
boost::json::object row_of(ledger::Fund const&);
boost::json::object row_of(ledger::Loan const&);

/// From ledger.loan_for_engine's body: facts, terms, events, what is booked.
ledger::Loan loan_from(boost::json::object const&);

/// The loan's standings that an event changed: one for its value date and one for each later value
/// date of the loan's events.
boost::json::array standing_rows(ledger::Loan const& after, ledger::LoanEvent const&);
/// One standing: the fold as of the day.
boost::json::object standing_row(ledger::Loan const&, ledger::Date, int sequence);

boost::json::object json_of(Receipt const&);
Receipt receipt_from(boost::json::object const&);

} // namespace store
