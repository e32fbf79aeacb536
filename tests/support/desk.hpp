// A clerk's desk over a fresh database: envelopes with running keys, and the few commands that most
// store tests begin with. Dates are the caller's; amounts in yuan.
#pragma once

#include "ledger/command.hpp"
#include "store/execute.hpp"
#include "store/queries.hpp"

#include <string>
#include <vector>

namespace test {

inline ledger::CountyCode fengqing()
{
    return *ledger::CountyCode::parse("530921");
}
inline ledger::Date on(char const* text)
{
    return *ledger::Date::parse(text);
}
inline ledger::Money yuan(char const* text)
{
    return *ledger::Money::parse(text);
}
template <class Id> Id id(std::string const& text)
{
    return *Id::parse(text);
}
inline ledger::LoanNumber loan_number(std::string const& text)
{
    return id<ledger::LoanNumber>(text);
}

/// A resident id that is valid and visibly invented; `serial` below 1000.
ledger::ResidentId invented_resident(int serial);

/// Three years, interest monthly, 24 equal instalments unless told otherwise: 100,000.00 at 4.75 %.
ledger::Terms plain_terms();

class Desk {
  public:
    explicit Desk(std::string url, std::string prefix = "desk");

    store::Envelope envelope(ledger::Command command, ledger::Date booked_on);
    store::Outcome one(ledger::Command command, ledger::Date booked_on);
    store::Receipt booked(ledger::Command command, ledger::Date booked_on); ///< requires it to be
    ledger::Refusal refused(ledger::Command command, ledger::Date booked_on);

    /// Fund F1 with 1,000,000.00, borrowers B1 … Bn of village 530921101001.
    void open(int borrowers = 1, ledger::Date day = on("2015-01-05"));
    /// Loan L<n> of borrower B<n>: proposed, approved and paid out on one day.
    void lend(int n, ledger::Date day = on("2015-02-02"), char const* amount = "50000.00");

    store::Database app;
    store::Database reader;
    store::Database auditor;
    std::string faults; ///< what was told to on_fault

  private:
    std::string prefix_;
    int next_key_ = 0;
};

ledger::RegisterBorrower register_borrower(int n);
ledger::ProposeLoan propose(int n, ledger::Date day);
ledger::RecordEvent approve(ledger::LoanNumber const&, ledger::Money, ledger::Date);
ledger::RecordEvent disburse(ledger::LoanNumber const&, ledger::Money, ledger::Date);
ledger::RecordEvent repay(ledger::LoanNumber const&, ledger::Money, ledger::Date);
/// Whatever happens to a loan, with a document and a reason.
ledger::RecordEvent event_on(ledger::LoanNumber const&, ledger::Date, ledger::Happening);
std::string first_village();

/// All checks that found something, as text; empty when the books are well.
std::string complaints(store::Database& auditor);

} // namespace test
