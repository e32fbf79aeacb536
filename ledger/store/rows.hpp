// JSON rows as SQL takes and gives them <-> the core's values. SQL's jsonb_populate_recordset reads
// what is written here, by the tables' column names; the views write what is read here.
#pragma once

#include "ledger/borrower.hpp"
#include "ledger/loan.hpp"
#include "ledger/register_fact.hpp"
#include "store/execute.hpp"
#include "store/queries.hpp"

#include <boost/json.hpp>

namespace store {

boost::json::object row_of(ledger::Borrower const&);
boost::json::object row_of(ledger::Fund const&);
boost::json::object row_of(ledger::Loan const&);
boost::json::object row_of(ledger::LoanNumber const&, ledger::LoanEvent const&);

/// From ledger.loan_for_engine's body: facts, terms, events, what is booked. Throws IntegrityFault
/// where the loan names rules or a subsidy scheme that the programme does not have.
ledger::Loan loan_from(boost::json::object const&, std::shared_ptr<ledger::Programme const>);
ledger::LoanEvent event_from(boost::json::object const&);

/// From programme.programme_for_engine's body.
ProgrammeTables programme_tables_from(boost::json::object const&);
ledger::Programme programme_of(ProgrammeTables const&);

/// After what a standing was known: the event, and the number of the day of a closing that knew
/// more (0: the event itself).
struct Known {
    int sequence = 0;
    int revision = 0;
};

/// The loan's standings that an event changed: one for its value date, one for each later value
/// date of the loan's events, and where time alone changes more than the unpaid dues tell, one for
/// each due date on which it does.
boost::json::array standing_rows(ledger::Loan const& after, ledger::LoanEvent const&);
/// One standing: the fold as of the day.
boost::json::object standing_row(ledger::Loan const&, ledger::Date, Known);
/// Where a loan whose rate follows the base rates stands from the day on, written by the closing
/// that recognised the day; nothing where no base rate came into force since its last event.
boost::json::array repriced_standing_rows(ledger::Loan const&, ledger::Date);

boost::json::object row_of(ledger::HouseholdNumber const&, ledger::HouseholdEvent const&);
/// From ledger.household_for_engine's body.
ledger::Household household_from(boost::json::object const&);
/// The household's standings that an event changed: one for its value date (a reversal's is that of
/// the event it takes back) and one for each later value date of the household's events.
boost::json::array standing_rows(ledger::Household const& after, ledger::HouseholdEvent const&);
boost::json::object standing_row(ledger::Household const&, ledger::Date, int sequence);

boost::json::object row_of(ledger::RegisterName const&, ledger::RegisterEvent const&);
/// From the facts of register.fact_for_engine, in order of sequence.
ledger::Register register_from(ledger::RegisterName, boost::json::array const& events);

boost::json::object json_of(Receipt const&);
Receipt receipt_from(boost::json::object const&);

boost::json::array components_of(ledger::AllocationOrder const&);
ledger::AllocationOrder allocation_order_from(boost::json::array const& components,
                                              std::string_view by);

} // namespace store
