// A borrower's history, due date by due date. A fold sees only what was paid before it, so late,
// early and wrong payments come out as the books will have them.
#include "demo/repayments.hpp"

#include <algorithm>

namespace demo {

using ledger::Date;
using ledger::Money;

namespace {

class Borrowing {
  public:
    Borrowing(Facts const& facts, PlannedLoan const& planned, Dice& dice)
        : planned_{planned}
        , dice_{dice}
    {
        loan_.number = planned.number;
        loan_.proposed_on = planned.proposed_on;
        loan_.terms = planned.terms;
        loan_.programme = facts.programme;
        loan_.rules_version = facts.programme->rules.back().version;
        happen(planned.approved_on, ledger::Approved{planned.terms.principal});
        happen(planned.disbursed_on, ledger::Disbursed{planned.terms.principal});
        auto const schedule =
            ledger::schedule(planned.terms, {{planned.disbursed_on, planned.terms.principal}});
        LEDGER_ASSERT(schedule.has_value());
        for (ledger::Instalment const& row : schedule->instalments) due_on_.push_back(row.due_on);
        special_ = dice.below(due_on_.size());
    }

    PaymentHistory run()
    {
        for (std::size_t i = 0; i < due_on_.size(); ++i) {
            if (planned_.manner == Manner::stops && i >= stops_at()) break;
            if (planned_.manner == Manner::prepays_all && i == special_) {
                pay_off(due_on_[i].plus_days(-dice_.between(5, 25)));
                break;
            }
            if (planned_.manner == Manner::prepays_part && i == special_) {
                pay_early(due_on_[i].plus_days(-dice_.between(5, 25)));
            }
            pay_due(i);
        }
        PaymentHistory history{std::move(payments_), false};
        Date const end = due_on_.back().plus_days(400);
        history.is_settled = ledger::fold(loan_, end).status == ledger::LoanStatus::settled;
        return history;
    }

  private:
    void happen(Date on, ledger::Happening what)
    {
        loan_.events.push_back({static_cast<int>(loan_.events.size()) + 1, on, on, what, {}, {}});
    }

    /// Some paid nothing but the first interest, some all but the last instalment.
    std::size_t stops_at() const { return std::max<std::size_t>(special_, due_on_.size() / 2); }

    int days_late(std::size_t i)
    {
        switch (planned_.manner) {
        case Manner::late_by_days: return dice_.happens(35) ? dice_.between(1, 20) : 0;
        case Manner::late_by_months: return i == special_ ? dice_.between(35, 120) : 0;
        case Manner::punctual:
        case Manner::prepays_part:
        case Manner::prepays_all:
        case Manner::mistyped:
        case Manner::stops: return 0;
        }
        return 0;
    }

    void pay_due(std::size_t i)
    {
        Date const on = std::max(due_on_[i].plus_days(days_late(i)), paid_last_on_);
        Money const due = i + 1 == due_on_.size() ? ledger::fold(loan_, on).payoff : due_by(on);
        if (due <= Money{}) return;
        if (planned_.manner == Manner::mistyped && i == special_) return pay_mistyped(on, due);
        pay(on, due, {});
    }

    /// Everything that has fallen due and is unpaid, with the penalty on it.
    Money due_by(Date on) const
    {
        auto const state = ledger::fold(loan_, on);
        Money due = state.owed.penalty;
        for (ledger::InstalmentState const& row : state.instalments) {
            if (row.planned.due_on > on) continue;
            due += row.principal_due - row.principal_paid;
            due += row.interest_due - row.interest_paid;
        }
        return due;
    }

    void pay(Date on, Money amount, std::string remark)
    {
        happen(on, ledger::Repaid{amount});
        payments_.push_back({loan_.number, on, amount, std::move(remark), {}, {}, {}});
        paid_last_on_ = on;
    }

    void pay_off(Date on)
    {
        on = std::max({on, planned_.disbursed_on.plus_days(10), paid_last_on_});
        pay(on, ledger::fold(loan_, on).payoff, "提前结清");
    }

    /// A round part of the principal, in advance.
    void pay_early(Date on)
    {
        on = std::max({on, planned_.disbursed_on.plus_days(10), paid_last_on_});
        std::int64_t const outstanding = ledger::fold(loan_, on).positions.principal().fen();
        std::int64_t const tenth = outstanding / 1'000'000; // thousands of yuan in a tenth
        if (tenth <= 0) return;
        pay(on, Money::yuan(1000 * tenth * dice_.between(2, 5)), "提前还本");
    }

    /// The amount was entered with a digit missing, taken back some days later, and entered again
    /// with its own value date.
    void pay_mistyped(Date on, Money due)
    {
        Date const corrected_on = on.plus_days(dice_.between(1, 3));
        Money const wrong = Money::fen(std::max<std::int64_t>(due.fen() / 10, 1));
        payments_.push_back({loan_.number, on, wrong, "录入", {}, corrected_on, "金额少录一位"});
        pay(on, due, "冲正后重录");
        payments_.back().booked_on = corrected_on;
    }

    PlannedLoan const& planned_;
    Dice& dice_;
    ledger::Loan loan_;
    std::vector<Date> due_on_;
    std::size_t special_ = 0; ///< the instalment at which something happens
    Date paid_last_on_;
    std::vector<Payment> payments_;
};

} // namespace

PaymentHistory payments(Facts const& facts, PlannedLoan const& planned, Dice& dice)
{
    return Borrowing{facts, planned, dice}.run();
}

} // namespace demo
