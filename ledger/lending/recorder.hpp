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
    /// `settled`: of it, paid or waived already.
    void interest_running(Date on, Exact const&, Money subsidy, Money settled, Money unpaid);
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
    /// Money held was used later: each payment's step says how it stands at the end.
    void used_since(std::vector<std::pair<int, Allocation>> const&);
    void happened(LoanEvent const&, Money amount);
    void provisioned(LoanEvent const&, Money before, Money after, RiskClass);
    void expired(LoanEvent const&, Date approved_on, Money given_back);
    /// What is owed in all, and what would settle it.
    void sums(LoanState const&);

    std::vector<Explanation> take() { return std::move(steps_); }

  private:
    /// A sum that grows stretch by stretch until its amount is told.
    struct Sum {
        std::string chinese, english;
        std::vector<Input> inputs;
        std::optional<Date> since{}; ///< it counts the days after this one
        bool is_empty() const { return chinese.empty(); }
        void append(Date day, std::string const& term, std::string const& chinese_tail,
                    std::string const& english_tail);
    };
    Explanation step(Date, std::string figure, Sum&&, Money) const;
    Explanation step(LoanEvent const&, std::string figure, Sum&&, Money) const;
    /// A running sum of the loan, and what of it was told before.
    struct Told {
        Exact exact;
        Money amount;
    };
    static Sum sum_of(Allocation const&);
    void charge(Date, char const* figure, Sum&, Told const& cumulative, Told& before,
                char const* rule);
    std::vector<Basis> bases_of_interest() const;
    Basis rule(std::string name) const;

    Loan const& loan_;
    std::vector<Explanation> steps_;
    std::vector<Basis> changes_; ///< of the contract, by the events so far
    Sum interest_, penalty_, compound_;
    Told penalty_told_, compound_told_;
};

} // namespace ledger
