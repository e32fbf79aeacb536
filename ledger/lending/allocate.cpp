// How one repayment is used. Fallen due first:
//   interest_first   penalty (one running sum of the loan), then instalment by instalment, oldest
//                    first, its interest and then its principal (民法典 561);
//   principal_first  instalment by instalment, oldest first, its principal and then its interest;
//                    then the penalty.
// Then in advance, in either order: interest accrued up to the day, then principal, which shortens
// the plan from its end. What is left is overpayment; it is never a refusal and never lost.
#include "ledger/lending/walk.hpp"

namespace ledger {

namespace {

Money taken(Money& owed, Money& cash)
{
    Money const part = std::min(owed, cash);
    owed -= part;
    cash -= part;
    return part;
}

bool is_paid(InstalmentState const& row)
{
    return row.principal_paid == row.principal_due && row.interest_paid == row.interest_due;
}

class Payment {
  public:
    Payment(Debt& debt, Money cash, Date on)
        : debt_{debt}
        , cash_{cash}
        , on_{on}
    {
    }

    void penalty() { used_.penalty += taken(debt_.penalty, cash_); }

    void interest_of(InstalmentState& row)
    {
        Money owed = row.interest_due - row.interest_paid;
        Money const part = taken(owed, cash_);
        row.interest_paid += part;
        used_.interest += part;
    }

    void principal_of(InstalmentState& row)
    {
        Money owed = row.principal_due - row.principal_paid;
        Money const part = taken(owed, cash_);
        row.principal_paid += part;
        debt_.principal_due -= part;
        used_.principal += part;
    }

    void fallen_due(AllocationOrder order)
    {
        for (; debt_.oldest_unpaid < debt_.fallen_due; ++debt_.oldest_unpaid) {
            InstalmentState& row = debt_.rows[debt_.oldest_unpaid];
            if (is_paid(row)) continue;
            switch (order) {
            case AllocationOrder::interest_first:
                interest_of(row);
                principal_of(row);
                break;
            case AllocationOrder::principal_first:
                principal_of(row);
                interest_of(row);
                break;
            }
            if (!is_paid(row)) return;
            row.paid_on = on_;
        }
    }

    void in_advance()
    {
        if (debt_.fallen_due == debt_.rows.size()) return;
        Money const interest = taken(debt_.running_interest, cash_);
        debt_.rows[debt_.interest_row].interest_paid += interest;
        used_.interest += interest;
        used_.principal += taken(debt_.principal_not_due, cash_);
    }

    Allocation rest_is_overpayment()
    {
        used_.overpayment = cash_;
        return used_;
    }

  private:
    Debt& debt_;
    Money cash_;
    Date on_;
    Allocation used_;
};

} // namespace

Allocation allocate(Debt& debt, Money cash, AllocationOrder order, Date on)
{
    Payment payment{debt, cash, on};
    switch (order) {
    case AllocationOrder::interest_first:
        payment.penalty();
        payment.fallen_due(order);
        break;
    case AllocationOrder::principal_first:
        payment.fallen_due(order);
        payment.penalty();
        break;
    }
    payment.in_advance();
    Allocation const used = payment.rest_is_overpayment();
    LEDGER_ASSERT(used.total() == cash);
    return used;
}

} // namespace ledger
