// Collects the steps of a walk as explanations. It is told figures and never computes one; the fold
// of a payment passes none and pays nothing for it.
#pragma once

#include "ledger/explain.hpp"
#include "ledger/lending/plan.hpp"

namespace ledger {

class Recorder {
  public:
    explicit Recorder(Loan const& loan)
        : loan_{loan}
    {
    }

    void interest_stretch(Money principal, Rate, Period const&, Date from, Date until);
    void flat_stretch(Money whole, Date from, Date until, Period const&);
    void interest_due(InstalmentState const&, Exact const&);
    void interest_running(Date on, Exact const&, Money);
    void penalty_stretch(Money principal, Rate, Date from, Date until);
    void penalty(Date on, Exact const& cumulative, Money amount);
    void principal_due(InstalmentState const&, Date on);
    void principal_overdue(InstalmentState const&);
    void disbursed(LoanEvent const&, Money);
    void allocated(LoanEvent const&, Allocation const&);

    std::vector<Explanation> take() { return std::move(steps_); }

  private:
    void add(Date, std::string figure, std::string formula, std::string formula_english,
             std::string exact, Money, int event_sequence, std::string rule);

    Loan const& loan_;
    std::vector<Explanation> steps_;
    std::string interest_chinese_, interest_english_;
    std::string penalty_chinese_, penalty_english_;
    Money penalty_told_;
};

} // namespace ledger
