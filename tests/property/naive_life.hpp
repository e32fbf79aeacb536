// What the slow model remembers of a loan while it lives. Amounts are fen; what grows by the night
// is an exact rational.
#pragma once

#include "tests/property/naive_model.hpp"
#include "tests/property/naive_plan.hpp"

namespace ledger::test {

struct NaiveRow {
    int number = 0;
    NaivePeriod period;
    std::int64_t planned_principal = 0;
    std::int64_t planned_interest = 0;
    std::int64_t balance = 0;
    std::int64_t principal_due = 0;
    std::int64_t interest_due = 0;
    std::int64_t principal_paid = 0;
    std::int64_t interest_paid = 0;
    std::int64_t interest_waived = 0;
    bool is_closed = false;
    bool is_late = false;

    std::int64_t principal_open() const { return principal_due - principal_paid; }
    std::int64_t interest_open() const { return interest_due - interest_paid - interest_waived; }
    bool is_settled() const { return principal_open() == 0 && interest_open() == 0; }
};

struct NaiveCharge {
    std::int64_t charged = 0;
    std::int64_t paid = 0;
    std::int64_t waived = 0;
    std::int64_t open() const { return charged - paid - waived; }
};

class NaiveLife {
  public:
    explicit NaiveLife(Loan const&);
    std::vector<NaiveLoan> live(std::vector<Date> const& days);

  private:
    // --- the day
    void morning(Date);
    void happen(LoanEvent const&);
    void evening(Date);
    void night(Date);
    NaiveLoan sum_up(Date) const;

    // --- mornings: what falls due
    void close(NaiveRow&);
    void give_flat_rest(std::int64_t& whole, std::int64_t& asked) const;
    bool is_settlement_after_maturity(Date) const;
    void capitalise();

    // --- what is planned: naive_spread
    std::int64_t principal_of(std::size_t row, std::int64_t balance, Rational const& interest);
    std::int64_t level(std::size_t row, std::int64_t balance, Rational const& interest) const;
    Rational level_instalment(std::size_t row, std::int64_t balance,
                              Rational const& interest) const;
    void solve(std::size_t row, std::int64_t balance, Rational const& interest);
    void solve_before_payment(Date);
    std::vector<std::int64_t> parts(std::size_t row, std::int64_t balance) const;
    std::size_t next_asked(std::size_t row) const;
    std::int64_t asked_rows(std::size_t row) const;
    std::size_t final_row() const;
    std::size_t row_that_pays_off(Date today) const;
    Rational nights_of(std::size_t row, std::int64_t balance, Date today) const;
    void plan_from_nothing();
    void plan_again(bool is_smaller, Date today);
    bool is_level() const;

    // --- nights
    bool is_paused(Date) const;
    void earn(NaiveRow const&, Date);
    void penalise(Date);
    void compound(Date);
    Rational subsidy_of(NaiveRow const&, Date) const;
    Rational overdue_times() const;
    std::int64_t overdue_principal() const;
    std::int64_t overdue_interest() const;

    // --- money
    Allocation pay(LoanEvent const&, Repaid const&);
    std::int64_t pay_due(std::int64_t cash, Allocation&);
    void pay_charge(DebtComponent, std::int64_t& cash, Allocation&);
    std::int64_t pay_in_advance(std::int64_t cash, Allocation&);
    void use_held(bool in_advance);
    void note_principal(std::int64_t paid);
    AllocationOrder const& order() const;
    std::int64_t held_total() const;

    // --- events
    void operator()(Approved const&);
    void operator()(Disbursed const&);
    void operator()(Repaid const&);
    void operator()(Reversed const&) {}
    void operator()(OverpaymentRefunded const&);
    void operator()(Waived const&);
    void operator()(CostCharged const&);
    void settle_from_held();
    void operator()(RateChanged const&);
    void operator()(Extended const&);
    void operator()(Rescheduled const&);
    void operator()(InterestPaused const&);
    void operator()(MisuseDeclared const&);
    void operator()(Classified const&);
    void operator()(Provisioned const&);
    void operator()(WrittenOff const&);
    void operator()(Recovered const&);
    void operator()(Compensated const&);
    void operator()(SubsidyClaimed const&);
    void operator()(SubsidyReceived const&);
    void operator()(ApprovalExpired const&) { has_lapsed_ = true; }
    void renew_rows(std::size_t from);

    // --- how it stands
    NaiveRow* open_row();
    NaiveRow const* asked_row() const;
    NaiveRow* asked_row();
    std::int64_t running_whole() const;
    std::int64_t running_asked() const;
    std::int64_t running_open() const;
    std::int64_t running_subsidy() const;
    std::int64_t interest_open() const;
    std::int64_t principal_due() const;
    std::int64_t lent() const;
    std::int64_t reserved() const;
    std::int64_t subsidy() const;
    std::int64_t allowance() const;
    std::int64_t compensation() const;
    bool is_anything_due() const;
    Owed owed() const;
    int days_late(Date) const;
    RiskClass class_by_lateness(Date) const;
    RiskClass risk_class(Date) const;
    std::int64_t allowance_wanted(Date) const;
    Positions positions(Date) const;
    LoanStatus status(Date) const;
    void recognise();

    Loan const& loan_;
    ProgrammeRules const& rules_;
    SubsidyScheme const* scheme_ = nullptr;
    NaivePlan plan_;
    std::vector<LoanEvent> events_;
    LoanEvent const* event_ = nullptr; ///< that is happening
    Date today_;

    std::vector<NaiveRow> rows_;
    std::optional<Date> disbursed_on_;
    std::int64_t approved_ = 0, disbursed_ = 0, not_due_ = 0;
    std::optional<Date> approved_on_;
    bool has_lapsed_ = false;
    std::int64_t flat_base_ = 0;
    Rational earned_;     ///< interest of the open row
    Rational deferred_;   ///< interest that waits for a row that asks
    Rational subsidised_; ///< of earned_ and deferred_
    Rational flat_earned_;
    std::int64_t flat_asked_ = 0;
    Rational penalty_, compound_;
    NaiveCharge cost_, penalty_charge_, compound_charge_;
    std::int64_t capitalised_ = 0;
    std::int64_t subsidy_closed_ = 0; ///< of rows that closed

    std::optional<std::size_t> solved_for_;
    bool is_repriced_ = false;
    std::optional<std::size_t> final_row_; ///< asks for all; empty: the last
    std::int64_t level_ = 0, remainder_ = 0;
    std::vector<std::int64_t> parts_;

    std::vector<std::pair<int, std::int64_t>> held_;
    std::vector<std::pair<Date, std::int64_t>> tranches_;
    std::vector<Span> pauses_;
    std::int64_t received_ = 0, overpaid_ = 0, refunded_ = 0;
    std::int64_t interest_paid_ = 0, principal_paid_ = 0;
    std::int64_t claimed_ = 0, subsidy_received_ = 0, provided_ = 0;
    std::int64_t compensated_ = 0;
    std::int64_t compensation_base_ = 0, principal_base_ = 0, principal_since_ = 0;
    std::vector<std::pair<int, Allocation>> allocations_;

    std::optional<Date> non_accrual_since_, misused_on_, rescheduled_on_, written_off_on_;
    int extensions_ = 0;
    std::optional<RiskClass> class_by_hand_;
    RiskClass class_then_ = RiskClass::normal;
    bool has_second_person_ = false;
    Owed lost_, regained_;
    std::int64_t borne_by_risk_fund_ = 0;
};

} // namespace ledger::test
