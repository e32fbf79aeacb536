// The fold as a walk through time: what is owed on the walking day, and the steps that change it.
// Internal to ledger/lending; the contract is fold in ledger/loan.hpp. One walk computes figures
// and, when it is given a recorder, the explanations, so that the two cannot differ.
#pragma once

#include "ledger/explain.hpp"
#include "ledger/lending/plan.hpp"
#include "ledger/loan.hpp"

namespace ledger {

/// What the borrower owes on one day, in the order in which money meets it.
struct Debt {
    std::vector<InstalmentState> rows;
    std::size_t fallen_due = 0;    ///< rows [0, fallen_due) have fallen due
    std::size_t interest_row = 0;  ///< the row with which the running interest falls due
    std::size_t oldest_unpaid = 0; ///< rows before it are fully paid
    Money penalty;                 ///< recognised and unpaid
    Money running_interest;        ///< accrued since the last due date and unpaid
    Money principal_due;           ///< fallen due and unpaid
    Money principal_not_due;
};

/// Uses cash: what fell due first, oldest instalment first, in the order of the loan; then in
/// advance interest up to the day and principal; the rest is overpayment. Allocation.total() is
/// cash.
Allocation allocate(Debt&, Money cash, AllocationOrder, Date on);

/// The loan's events in force with value date <= as_of, by (value date, sequence).
std::vector<LoanEvent const*> events_in_force(std::vector<LoanEvent> const&, Date as_of);
/// Is the event reversed by a later one?
bool is_reversed(std::vector<LoanEvent> const&, int sequence);
/// The disbursements among them.
std::vector<DisbursementPlan> disbursements_in(std::span<LoanEvent const* const>);

class Recorder;

class Walk {
  public:
    Walk(Loan const& loan, Date as_of, Recorder* recorder);
    LoanState run();

  private:
    void advance_to(Date);
    void accrue_to(Date);
    void earn(Date until);
    void penalise(Date until);
    void fall_due();
    void happen(LoanEvent const&);
    void disburse(LoanEvent const&, Money);
    void repay(LoanEvent const&, Money);
    void recognise();
    Exact running_exact() const;
    std::size_t asked_from(std::size_t number) const;
    void settle_rows_trimmed_away();
    LoanState state() const;
    Positions positions() const;

    Loan const& loan_;
    Date as_of_;
    Recorder* recorder_;
    std::vector<LoanEvent const*> events_;
    Plan plan_;

    Debt debt_;
    LoanState state_; ///< what only grows: approved, disbursed, allocations
    Date now_;
    std::optional<Date> last_repaid_on_;
    Wide earned_ = 0; ///< interest of the running period, over earned_divisor_
    Wide earned_divisor_ = 1;
    Exact deferred_;     ///< interest of earlier periods that waits to be asked
    Wide penalised_ = 0; ///< penalty since the first disbursement, over penalty_divisor_
    Wide penalty_divisor_ = 1;
    Money received_;
    Money overpaid_;
    Money interest_recognised_; ///< of the periods that ended
    Money penalty_paid_;
    Money principal_paid_;
};

} // namespace ledger
