// May this event happen to the loan as it stands on its day? One answer for a command that comes in
// order, for one that is entered late and for every later event that it changes the ground under.
// Internal to ledger/lending.
#pragma once

#include "ledger/lending/walk.hpp"

namespace ledger {

/// Refuses; the refusals of each event are listed above its function in admission.cpp, in order.
struct Walk::Admission {
    Walk const& walk;
    LoanEvent const& event;

    Result<void> operator()(Approved const&) const;
    Result<void> operator()(Disbursed const&) const;
    Result<void> operator()(Repaid const&) const;
    Result<void> operator()(Reversed const&) const;
    Result<void> operator()(OverpaymentRefunded const&) const;
    Result<void> operator()(Waived const&) const;
    Result<void> operator()(CostCharged const&) const;
    Result<void> operator()(RateChanged const&) const;
    Result<void> operator()(Extended const&) const;
    Result<void> operator()(Rescheduled const&) const;
    Result<void> operator()(InterestPaused const&) const;
    Result<void> operator()(MisuseDeclared const&) const;
    Result<void> operator()(Classified const&) const;
    Result<void> operator()(Provisioned const&) const;
    Result<void> operator()(WrittenOff const&) const;
    Result<void> operator()(Recovered const&) const;
    Result<void> operator()(Compensated const&) const;
    Result<void> operator()(SubsidyClaimed const&) const;
    Result<void> operator()(SubsidyReceived const&) const;
    Result<void> operator()(ApprovalExpired const&) const;

  private:
    Result<void> disbursed() const;     ///< loan_not_disbursed
    Result<void> on_the_books() const;  ///< and loan_written_off
    Result<void> active() const;        ///< and loan_settled: nothing is owed any more
    Result<void> room_for(Money) const; ///< amount_too_large: sums of a loan are amounts
    std::string days_of_approval() const;
};

} // namespace ledger
