// How money meets what is owed. Fallen due first, in the order of the rules: by instalment, the
// oldest first, each its interest and principal; or by component, the first of every instalment,
// then the next. Costs, penalty and compound interest are sums of the whole loan: by instalment,
// those named before interest and principal come before all instalments, the others after them.
// Then in advance: interest accrued up to the day, then principal. What is left is never lost.
#include "ledger/lending/walk.hpp"

namespace ledger {

namespace {

Money taken(Money owed, Money& cash)
{
    Money const part = std::min(owed, cash);
    cash -= part;
    return part;
}

class Payment {
  public:
    Payment(Debt& debt, Money cash, Date on, Allocation& used)
        : debt_{debt}
        , cash_{cash}
        , on_{on}
        , used_{used}
    {
    }

    Money left() const { return cash_; }

    void due(AllocationOrder const& order)
    {
        if (order.by == AllocateBy::component) {
            for (DebtComponent const each : order.components) settle_everywhere(each);
        } else {
            auto const is_of_rows = [](DebtComponent c) {
                return c == DebtComponent::interest || c == DebtComponent::principal;
            };
            auto const rows = std::ranges::find_if(order.components, is_of_rows);
            for (auto each = order.components.begin(); each != rows; ++each) charge(*each);
            by_instalment(*rows == DebtComponent::interest);
            for (auto each = rows; each != order.components.end(); ++each) {
                if (!is_of_rows(*each)) charge(*each);
            }
        }
        note_paid_rows();
    }

  private:
    void settle(Charge& charge, Money& used)
    {
        Money const part = taken(charge.unpaid(), cash_);
        charge.paid += part;
        used += part;
    }

    void charge(DebtComponent component)
    {
        switch (component) {
        case DebtComponent::cost: return settle(debt_.cost, used_.cost);
        case DebtComponent::penalty: return settle(debt_.penalty, used_.penalty);
        case DebtComponent::compound: return settle(debt_.compound, used_.compound);
        case DebtComponent::interest:
        case DebtComponent::principal: break;
        }
        LEDGER_ASSERT(!"interest and principal belong to rows");
    }

    void interest_of(InstalmentState& row)
    {
        Money const part = taken(row.interest_due - row.interest_paid - row.interest_waived, cash_);
        row.interest_paid += part;
        used_.interest += part;
    }

    void principal_of(InstalmentState& row)
    {
        Money const part = taken(row.principal_due - row.principal_paid, cash_);
        row.principal_paid += part;
        debt_.principal_due -= part;
        used_.principal += part;
    }

    void by_instalment(bool interest_first)
    {
        for (std::size_t n = debt_.oldest_unpaid; n < debt_.closed && !cash_.is_zero(); ++n) {
            InstalmentState& row = debt_.rows[n];
            if (interest_first) interest_of(row);
            principal_of(row);
            if (!interest_first) interest_of(row);
        }
    }

    void settle_everywhere(DebtComponent component)
    {
        bool const is_interest = component == DebtComponent::interest;
        if (!is_interest && component != DebtComponent::principal) return charge(component);
        for (std::size_t n = debt_.oldest_unpaid; n < debt_.closed; ++n) {
            is_interest ? interest_of(debt_.rows[n]) : principal_of(debt_.rows[n]);
        }
    }

    void note_paid_rows()
    {
        for (std::size_t n = debt_.oldest_unpaid; n < debt_.closed; ++n) {
            InstalmentState& row = debt_.rows[n];
            if (is_paid(row) && !row.paid_on && row.planned.total() > Money{}) row.paid_on = on_;
        }
        debt_.skip_paid_rows();
    }

    Debt& debt_;
    Money cash_;
    Date on_;
    Allocation& used_;
};

} // namespace

bool is_paid(InstalmentState const& row)
{
    return row.principal_paid == row.principal_due &&
           row.interest_paid + row.interest_waived == row.interest_due;
}

void Debt::skip_paid_rows()
{
    while (oldest_unpaid < closed && is_paid(rows[oldest_unpaid])) ++oldest_unpaid;
}

Money Debt::unpaid_interest_due() const
{
    Money sum;
    for (std::size_t n = oldest_unpaid; n < closed; ++n) {
        sum += rows[n].interest_due - rows[n].interest_paid - rows[n].interest_waived;
    }
    return sum;
}

Money Debt::unpaid_interest_late() const
{
    Money sum;
    for (std::size_t n = oldest_unpaid; n < late; ++n) {
        sum += rows[n].interest_due - rows[n].interest_paid - rows[n].interest_waived;
    }
    return sum;
}

Money Debt::unpaid_principal_late() const
{
    if (principal_due.is_zero()) return {};
    Money sum;
    for (std::size_t n = oldest_unpaid; n < late; ++n) {
        sum += rows[n].principal_due - rows[n].principal_paid;
    }
    return sum;
}

Money Debt::unpaid_principal_overdue(Date on) const
{
    if (principal_due.is_zero()) return {};
    Money sum;
    for (std::size_t n = oldest_unpaid; n < late && rows[n].planned.due_on < on; ++n) {
        sum += rows[n].principal_due - rows[n].principal_paid;
    }
    return sum;
}

bool Debt::is_anything_due() const
{
    return !principal_due.is_zero() || !cost.unpaid().is_zero() || !penalty.unpaid().is_zero() ||
           !compound.unpaid().is_zero() || !unpaid_interest_due().is_zero();
}

Owed Debt::owed() const
{
    return {cost.unpaid(), penalty.unpaid(), compound.unpaid(),
            unpaid_interest_due() + running_interest, principal_due + principal_not_due};
}

Money settle_due(Debt& debt, Money cash, AllocationOrder const& order, Date on, Allocation& used)
{
    Payment payment{debt, cash, on, used};
    payment.due(order);
    return payment.left();
}

Money settle_in_advance(Debt& debt, Money cash, Allocation& used)
{
    if (debt.closed == debt.rows.size()) return cash;
    Money const interest = taken(debt.running_interest, cash);
    debt.running_interest -= interest;
    debt.rows[debt.interest_row].interest_paid += interest;
    used.interest += interest;
    Money const principal = taken(debt.principal_not_due, cash);
    debt.principal_not_due -= principal;
    used.principal += principal;
    return cash;
}

} // namespace ledger
