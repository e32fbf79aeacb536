// Collects the steps of a walk as explanations. It is told figures and never computes one; the fold
// of a payment passes none and pays nothing for it.
#pragma once

#include "ledger/explain.hpp"
#include "ledger/lending/contract.hpp"

namespace ledger {

class Recorder {
  public:
    explicit Recorder(Loan const& loan)
        : loan_{loan}
    {
    }

    void interest_stretch(Money principal, Rate, Period const&, Date from, Date until, DayCount);
    void interest_due(Date, Exact const&, Money asked, Money subsidy);
    void interest_running(Date on, Exact const&, Money);
    /// `is_overdue`: contract rate x (1 + margin); else the margin alone, beside the interest.
    void penalty_stretch(Money principal, Rate, std::int64_t margin_ppm, bool is_overdue, Date from,
                         Date until, DayCount);
    void penalty(Date on, Exact const& cumulative, Money amount);
    void compound_stretch(Money interest, Rate, std::int64_t margin_ppm, Date from, Date until,
                          DayCount);
    void compound(Date on, Exact const& cumulative, Money amount);
    void principal_due(InstalmentState const&);
    void principal_overdue(InstalmentState const&);
    void disbursed(LoanEvent const&, Money);
    void allocated(LoanEvent const&, Allocation const&);
    void happened(LoanEvent const&, Money amount);
    void provisioned(LoanEvent const&, Money before, Money after, RiskClass);

    std::vector<Explanation> take() { return std::move(steps_); }

  private:
    void add(Date, std::string figure, std::string formula, std::string formula_english,
             std::string exact, Money, int event_sequence, std::string rule);

    Loan const& loan_;
    std::vector<Explanation> steps_;
    std::string interest_chinese_, interest_english_;
    std::string penalty_chinese_, penalty_english_;
    std::string compound_chinese_, compound_english_;
    Money penalty_told_, compound_told_;
};

} // namespace ledger
