// The fold as a walk through time: what is owed on the walking day, and the steps that change it.
// Internal to ledger/lending; the contract is fold in ledger/loan.hpp. One walk computes figures
// and, when it is given a recorder, the explanations, so that the two cannot differ. It points to
// no loan, so that a copy of it can be kept as the loan's snapshot and walked on.
#pragma once

#include "ledger/explain.hpp"
#include "ledger/lending/spread.hpp"
#include "ledger/loan.hpp"

namespace ledger {

/// A sum that grows with time and is settled by payments and waivers.
struct Charge {
    Money recognised; ///< since the first disbursement, rounded
    Money paid;
    Money waived;
    Money unpaid() const { return recognised - paid - waived; }
};

/// What the borrower owes on one day, in the order in which money meets it.
struct Debt {
    std::vector<InstalmentState> rows; ///< one a period of the contract
    std::size_t closed = 0;            ///< rows [0, closed) ask for interest and principal
    std::size_t late = 0;              ///< rows [0, late) have fallen due on or before the day
    std::size_t interest_row = 0;      ///< the row with which the running interest falls due
    std::size_t oldest_unpaid = 0;     ///< rows before it are fully paid
    Charge cost, penalty, compound;
    Money running_interest; ///< accrued in the open period and unpaid
    Money principal_due;    ///< of closed rows, unpaid
    Money principal_not_due;

    Money unpaid_interest_due() const; ///< of closed rows
    Money unpaid_interest_late() const;
    Money unpaid_principal_late() const;
    Money unpaid_principal_overdue(Date on) const; ///< of rows due before the day
    void skip_paid_rows();
    bool is_anything_due() const; ///< of closed rows, or a charge
    Owed owed() const;
};

/// Is everything that the row asked for paid or waived?
bool is_paid(InstalmentState const&);

/// Uses cash on what has fallen due, in the order given. Returns what is left of it.
Money settle_due(Debt&, Money cash, AllocationOrder const&, Date on, Allocation& used);
/// Uses cash on the interest of the open period, then on principal that is not due.
Money settle_in_advance(Debt&, Money cash, Allocation& used);

class Recorder;

class Walk {
  public:
    explicit Walk(Loan const&, Recorder* = nullptr);

    /// Goes to the event's day and lets it happen there. Refuses, and stays as it is on that day,
    /// what the loan cannot take: the refusals of each event are listed in events.cpp.
    Result<void> take(LoanEvent const&);
    void advance_to(Date);

    LoanStatus status() const;
    Date now() const { return now_; }
    std::size_t taken() const { return taken_; } ///< events that happened
    bool is_disbursed() const { return state_.disbursed_on.has_value(); }
    LoanState const& facts() const { return state_; }
    Contract const& contract() const { return *contract_; }
    /// The last day on which the approval may be paid out; empty: none, or without end.
    std::optional<Date> approval_valid_through() const;
    Money reserved() const; ///< in the fund: approved, not paid out and not lapsed
    Owed owed() const;
    Money payoff() const;
    int days_late() const;
    /// Since when it is non-accrual, as of the walking day's end.
    std::optional<Date> non_accrual_since() const;
    /// Since when it is non-accrual at the end of that day, which is not before the walk's.
    std::optional<Date> non_accrual_by(Date) const;
    RiskClass risk_class() const;
    /// rate(class) x principal.
    Money allowance_wanted() const;
    Positions positions() const;
    /// Everything, with the rows to come planned; all but what the loan's history alone tells.
    LoanState state() const;
    std::vector<std::pair<int, Allocation>> const& allocations() const
    {
        return state_.allocations;
    }
    std::vector<SubsidyLine> const& subsidy_lines() const { return subsidy_lines_; }
    void keep_subsidy_lines(Span within) { lines_within_ = within; }
    /// Tells the recorder what runs and has not been told with an event.
    void tell_running();

  private:
    struct Admission;  ///< may it happen?
    struct Occurrence; ///< it happens

    // --- time: fold.cpp
    std::optional<Date> next_stop(Date limit) const;
    void arrive();
    void accrue_to(Date);
    void accrue(Date until);
    void earn(Date since, Date until);
    void penalise(Date until);
    void compound(Date until);
    void subsidise(Period const&, Date from, Date until);
    void close_row();
    void keep_capitalised();
    void recognise();
    void note_past_evenings();
    bool is_paused() const;
    Date first_day_that_earns(Period const&) const;
    Exact period_exact() const;
    Exact running_exact() const;
    Exact running_subsidy() const;
    RowToPlan open_row() const;
    RowToPlan next_row_that_repays() const;
    std::size_t asked_from(std::size_t row) const;
    std::int64_t overdue_times_ppm() const;
    void adopt(Contract);

    struct Held {
        int sequence;
        Money left;
    };
    struct Tranche {
        Date on;
        Money left;
    };

    // --- events: happenings.cpp
    void disburse(Money);
    void earn_until_open_row(Money);
    Allocation pay(int sequence, Money cash, InAdvance);
    Money pay_in_advance(Money cash, InAdvance, Allocation& used);
    std::size_t last_row_that_repays() const;
    Money held_total() const;
    void use_held();
    void use_held_on_everything();
    void settle_from_held();
    void move_held(Held&, Money left, Allocation const& delta);
    void note_paid(Allocation const&);
    void reduce_tranches(Money);
    void refund(Money);
    void waive(Waived const&);
    void change_rate(Rate);
    void reschedule(NewPlan const&);
    void defer_running();
    void write_off();
    void recover(int sequence, Money);
    AllocationOrder const& order() const;
    Allocation* allocation_of(int sequence);

    void tell(LoanEvent const&);
    void tell_charges();

    // --- what it adds up to: positions.cpp, standing.cpp, subsidy.cpp
    void put_assets(Positions&) const;
    void put_income(Positions&) const;
    Money allowance() const;
    Money compensation() const;
    Money principal_lent() const;
    Money subsidy() const;
    Money subsidised_principal(Date) const;
    RiskClass class_by_lateness() const;
    std::optional<std::size_t> oldest_late_row() const;

    // --- the rows of the schedule
    struct Split {
        Money whole;   ///< interest before the subsidy
        Money asked;   ///< of the borrower
        Money subsidy; ///< lender: whole - asked; borrower: beside it
    };
    Split split(Exact const& interest, Exact const& subsidy) const;
    void give_flat_rest(Split&, InstalmentState const&) const;
    void describe(std::size_t number, InstalmentState&) const;
    void fill_rows_to_come(std::vector<InstalmentState>&) const;

    std::shared_ptr<Programme const> programme_;
    ProgrammeRules const* rules_;
    SubsidyScheme const* scheme_ = nullptr;
    std::shared_ptr<Contract const> contract_;
    Date proposed_on_;
    Date original_matures_on_; ///< before any extension
    std::optional<Date> approved_on_;
    bool has_expired_ = false; ///< what was not paid out is reserved no longer
    Recorder* recorder_ = nullptr;

    LoanState state_; ///< what only events change: approved, disbursed, allocations, flags
    Date now_;
    std::size_t taken_ = 0;
    Debt debt_;
    Spread spread_;
    std::optional<Date> last_paid_on_;

    // --- running sums, exact until they are rounded
    Wide earned_ = 0;     ///< interest of the open period, over interest_divisor
    Exact deferred_;      ///< interest of earlier periods that waits to be asked for
    Wide subsidised_ = 0; ///< of earned_, over interest_divisor x 10^6
    Exact subsidy_deferred_;
    Wide penalised_ = 0;  ///< over penalty_divisor_
    Wide compounded_ = 0; ///< over penalty_divisor_
    Wide penalty_divisor_ = 1;
    bool is_stale_ = false; ///< the running sums have moved on from what is recognised
    Money running_subsidy_; ///< of the open period, rounded
    int settlements_after_maturity_ = 0;
    Money capitalised_; ///< compound interest that bears compound interest
    Exact flat_total_;  ///< flat: interest of the rows that closed
    Money flat_asked_;
    Money original_; ///< flat: what interest is charged on

    // --- money that moved
    std::vector<Held> held_; ///< paid for instalments to come, oldest first
    std::vector<Tranche> tranches_;
    std::vector<Span> pauses_;
    Money received_, overpaid_, refunded_, cost_charged_;
    Money interest_paid_, principal_paid_;
    Money subsidy_claimed_, subsidy_received_;
    Money provided_;
    Money compensated_;    ///< by the risk fund, and of how much principal: what it bears falls
    Money compensated_of_; ///< with the principal, so that what is repaid is shared

    // --- hands of people
    std::optional<Date> misused_on_;
    std::optional<RiskClass> class_by_hand_;
    RiskClass class_floor_then_ = RiskClass::normal;
    bool class_has_second_person_ = false;

    // --- written off
    Owed written_off_; ///< as of the day
    Owed recovered_;
    Money written_off_by_risk_fund_, recovered_to_risk_fund_;

    std::vector<SubsidyLine> subsidy_lines_;
    std::optional<Span> lines_within_;
};

/// An event that the loan cannot take where it stands in order of value dates.
struct Conflict {
    int sequence = 0;
    Refused refused;
};
struct Walked {
    Walk walk; ///< past the last event with value date <= as_of, not advanced beyond it
    std::vector<Conflict> conflicts;
};
/// The walk's state as the loan's: with its status.
LoanState state_of(Loan const&, Walk const&, Date as_of);
/// Walks through the events in force up to a day; what cannot happen is left out and reported.
Walked walk_through(Loan const&, Date as_of, Recorder* = nullptr);

/// The same walk, for a loan whose events changed on a day: it goes on from the last milestone
/// before that day and sets the loan's milestones anew. `changed` is the first day whose events may
/// differ from those that the milestones have taken.
Walked walk_again(Loan&, Date as_of, Date changed);
/// After an event in order: the walk is a milestone when it is time for one.
void keep_milestone(Loan&, Walk const&);

} // namespace ledger
