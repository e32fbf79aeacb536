// What the slow model does with money and with every other event of a loan.
#include "tests/property/naive_life.hpp"

#include <algorithm>

namespace ledger::test {

namespace {

std::int64_t taken(std::int64_t open, std::int64_t& cash)
{
    std::int64_t const part = std::min(open, cash);
    cash -= part;
    return part;
}

} // namespace

AllocationOrder const& NaiveLife::order() const
{
    return non_accrual_since_ ? rules_.non_accrual_allocation_order : rules_.allocation_order;
}

std::int64_t NaiveLife::held_total() const
{
    std::int64_t sum = 0;
    for (auto const& [sequence, left] : held_) sum += left;
    return sum;
}

void NaiveLife::pay_charge(DebtComponent component, std::int64_t& cash, Allocation& used)
{
    NaiveCharge& charge = component == DebtComponent::cost      ? cost_
                          : component == DebtComponent::penalty ? penalty_charge_
                                                                : compound_charge_;
    Money& part = component == DebtComponent::cost      ? used.cost
                  : component == DebtComponent::penalty ? used.penalty
                                                        : used.compound;
    std::int64_t const paid = taken(charge.open(), cash);
    charge.paid += paid;
    part += Money::fen(paid);
}

/// Returns what is left.
std::int64_t NaiveLife::pay_due(std::int64_t cash, Allocation& used)
{
    auto const interest = [&](NaiveRow& row) {
        std::int64_t const paid = taken(row.interest_open(), cash);
        row.interest_paid += paid;
        interest_paid_ += paid;
        used.interest += Money::fen(paid);
    };
    auto const principal = [&](NaiveRow& row) {
        std::int64_t const paid = taken(row.principal_open(), cash);
        row.principal_paid += paid;
        used.principal += Money::fen(paid);
    };
    bool are_rows_done = false;
    auto const& components = order().components;
    for (std::size_t n = 0; n < components.size(); ++n) {
        DebtComponent const each = components[n];
        bool const is_interest = each == DebtComponent::interest;
        if (!is_interest && each != DebtComponent::principal) {
            pay_charge(each, cash, used);
            continue;
        }
        if (order().by == AllocateBy::instalment && are_rows_done) continue;
        for (NaiveRow& row : rows_) {
            if (!row.is_closed) continue;
            is_interest ? interest(row) : principal(row);
            if (order().by == AllocateBy::instalment) {
                is_interest ? principal(row) : interest(row);
            }
        }
        are_rows_done = true;
    }
    return cash;
}

std::int64_t NaiveLife::pay_in_advance(std::int64_t cash, Allocation& used)
{
    NaiveRow* row = asked_row();
    if (!row) return cash;
    std::int64_t const interest = taken(running_open(), cash);
    row->interest_paid += interest;
    interest_paid_ += interest;
    used.interest += Money::fen(interest);
    std::int64_t const principal = taken(not_due_, cash);
    not_due_ -= principal;
    used.principal += Money::fen(principal);
    return cash;
}

/// Principal repaid goes to the oldest tranche, and takes its share of the compensation with it.
void NaiveLife::note_principal(std::int64_t paid)
{
    principal_paid_ += paid;
    principal_since_ += paid;
    for (auto& [on, left] : tranches_) left -= taken(left, paid);
}

std::int64_t NaiveLife::compensation() const
{
    if (principal_base_ == 0) return compensation_base_;
    Integer const returned = Integer{compensation_base_} * principal_since_ / principal_base_;
    return compensation_base_ - returned.convert_to<std::int64_t>();
}

/// Money that waits meets what has fallen due, or settles the loan with what is paid now.
void NaiveLife::use_held(bool in_advance)
{
    for (auto& [sequence, left] : held_) {
        if (!in_advance && !is_anything_due()) break;
        Allocation used;
        if (in_advance && not_due_ > 0) solve_before_payment(today_);
        std::int64_t const rest = in_advance ? pay_in_advance(left, used) : pay_due(left, used);
        note_principal(used.principal.fen());
        for (auto& [of, before] : allocations_) {
            if (of != sequence) continue;
            before.cost += used.cost;
            before.penalty += used.penalty;
            before.compound += used.compound;
            before.interest += used.interest;
            before.principal += used.principal;
            before.overpayment -= Money::fen(left - rest);
        }
        left = rest;
    }
    std::erase_if(held_, [](auto const& each) { return each.second == 0; });
}

Allocation NaiveLife::pay(LoanEvent const& event, Repaid const& what)
{
    Allocation used;
    used.order = order();
    InAdvance const in_advance = what.in_advance.value_or(rules_.in_advance);
    std::int64_t left = pay_due(what.amount.fen(), used);
    bool is_held = false;
    if (left > 0 && open_row()) {
        bool const settles_all = left + held_total() >= running_open() + not_due_;
        if (settles_all) use_held(true);
        is_held = !settles_all && in_advance == InAdvance::next_instalment;
        if (is_held) {
            held_.emplace_back(event.sequence, left);
        } else {
            bool const is_smaller = in_advance == InAdvance::smaller_instalments;
            if (not_due_ > 0 && !is_smaller) solve_before_payment(event.value_on);
            std::int64_t const before = not_due_;
            left = pay_in_advance(left, used);
            if (not_due_ < before && not_due_ > 0) plan_again(is_smaller, event_->value_on);
        }
    }
    used.overpayment = Money::fen(left);
    if (!is_held) overpaid_ += left;
    note_principal(used.principal.fen());
    return used;
}

/// After money in advance: over the rows that are left, or with the last that the plan still needs.
void NaiveLife::plan_again(bool is_smaller, Date today)
{
    Method const method = plan_.terms.method;
    if (is_smaller) {
        solved_for_.reset();
    } else if (!plan_.terms.instalment &&
               (method == Method::equal_instalments || method == Method::equal_principal))
    {
        final_row_ = row_that_pays_off(today);
    }
}

void NaiveLife::operator()(Repaid const& what)
{
    received_ += what.amount.fen();
    Allocation const used = pay(*event_, what);
    allocations_.emplace_back(event_->sequence, used);
}

void NaiveLife::operator()(Approved const& what)
{
    approved_ += what.amount.fen();
    approved_on_ = event_->value_on;
}

void NaiveLife::operator()(Disbursed const& what)
{
    std::int64_t const amount = what.amount.fen();
    if (!disbursed_on_) {
        disbursed_on_ = event_->value_on;
        plan_.begin(event_->value_on);
        renew_rows(0);
    }
    disbursed_ += amount;
    flat_base_ += amount;
    not_due_ += amount;
    tranches_.emplace_back(event_->value_on, amount);
    plan_from_nothing();
    compensation_base_ = compensation();
    principal_base_ = lent();
    principal_since_ = 0;
    // The nights up to the open row's first were asked for with the row before, without this money.
    NaiveRow const* row = open_row();
    if (!row || row == rows_.data()) return;
    NaiveRow const& before = *(row - 1);
    for (Date day = event_->value_on; day < row->period.from; day = day.plus_days(1)) {
        if (!is_paused(day)) deferred_ += amount * plan_.night(before.period, day);
    }
}

void NaiveLife::operator()(OverpaymentRefunded const& what)
{
    std::int64_t amount = what.amount.fen();
    refunded_ += amount;
    overpaid_ -= taken(overpaid_, amount);
    for (auto each = held_.rbegin(); each != held_.rend(); ++each) {
        each->second -= taken(each->second, amount);
    }
    std::erase_if(held_, [](auto const& each) { return each.second == 0; });
}

void NaiveLife::operator()(Waived const& what)
{
    std::int64_t left = what.amount.fen();
    if (what.component == DebtComponent::penalty) penalty_charge_.waived += left;
    if (what.component == DebtComponent::compound) compound_charge_.waived += left;
    if (what.component != DebtComponent::interest) return;
    for (NaiveRow& row : rows_) {
        if (row.is_closed) row.interest_waived += taken(row.interest_open(), left);
    }
    if (left > 0) asked_row()->interest_waived += left;
}

void NaiveLife::operator()(CostCharged const& what)
{
    cost_.charged += what.amount.fen();
}

void NaiveLife::operator()(RateChanged const& what)
{
    plan_.change_rate(event_->value_on, what.annual_rate);
    bool const is_level = plan_.terms.method == Method::equal_instalments &&
                          plan_.terms.interest == InterestBasis::declining;
    if (is_level) is_repriced_ = true;
}

void NaiveLife::operator()(Extended const& what)
{
    std::size_t const before = rows_.size();
    plan_.extend(what);
    for (NaiveRow& row : rows_) {
        row.period = plan_.periods[static_cast<std::size_t>(row.number) - 1];
    }
    renew_rows(before);
    plan_from_nothing();
    ++extensions_;
}

void NaiveLife::renew_rows(std::size_t from)
{
    rows_.resize(from);
    for (std::size_t n = from; n < plan_.periods.size(); ++n) {
        NaiveRow row;
        row.number = static_cast<int>(n) + 1;
        row.period = plan_.periods[n];
        rows_.push_back(row);
    }
}

/// Interest of the open row falls due with the first new row; what was paid or waived of it stays.
void NaiveLife::operator()(Rescheduled const& what)
{
    std::int64_t paid_ahead = 0;
    std::int64_t waived_ahead = 0;
    if (NaiveRow const* row = asked_row()) {
        paid_ahead = row->interest_paid;
        waived_ahead = row->interest_waived;
    }
    std::size_t closed = 0;
    for (NaiveRow& row : rows_) {
        if (!row.is_closed) continue;
        ++closed;
        std::int64_t const open = row.principal_open();
        row.principal_due -= open;
        not_due_ += open;
    }
    deferred_ += earned_;
    earned_ = 0;
    plan_.plan_anew(what.plan, event_->value_on, closed);
    renew_rows(closed);
    asked_row()->interest_paid = paid_ahead;
    asked_row()->interest_waived = waived_ahead;
    flat_base_ = not_due_;
    flat_earned_ = 0;
    flat_asked_ = 0;
    plan_from_nothing();
    rescheduled_on_ = event_->value_on;
}

void NaiveLife::operator()(InterestPaused const& what)
{
    pauses_.push_back({event_->value_on, what.until});
}

void NaiveLife::operator()(MisuseDeclared const&)
{
    misused_on_ = event_->value_on;
}

void NaiveLife::operator()(Classified const& what)
{
    class_by_hand_ = what.risk_class;
    has_second_person_ = what.has_second_person;
    class_then_ = class_by_lateness(event_->value_on);
}

void NaiveLife::operator()(Provisioned const&)
{
    provided_ += allowance_wanted(event_->value_on) - allowance();
}

/// The risk fund bears what it has paid; the allowance bears the rest and is raised to it.
void NaiveLife::operator()(WrittenOff const&)
{
    settle_from_held();
    lost_ = owed();
    borne_by_risk_fund_ = std::min(compensation(), lost_.principal.fen());
    std::int64_t const by_allowance =
        lost_.principal.fen() + lost_.cost.fen() - borne_by_risk_fund_;
    provided_ += std::max<std::int64_t>(by_allowance - provided_, 0);
    written_off_on_ = event_->value_on;
}

void NaiveLife::settle_from_held()
{
    use_held(false);
    use_held(true);
    for (auto const& [sequence, left] : held_) overpaid_ += left;
    held_.clear();
}

void NaiveLife::operator()(Recovered const& what)
{
    received_ += what.amount.fen();
    std::int64_t cash = what.amount.fen();
    Allocation used;
    used.order = principal_first;
    auto const part = [&cash](Money lost, Money& regained, Money& of) {
        of = Money::fen(taken((lost - regained).fen(), cash));
        regained += of;
    };
    part(lost_.principal, regained_.principal, used.principal);
    part(lost_.interest, regained_.interest, used.interest);
    part(lost_.compound, regained_.compound, used.compound);
    part(lost_.penalty, regained_.penalty, used.penalty);
    part(lost_.cost, regained_.cost, used.cost);
    used.overpayment = Money::fen(cash);
    overpaid_ += cash;
    allocations_.emplace_back(event_->sequence, used);
}

void NaiveLife::operator()(Compensated const& what)
{
    compensated_ += what.amount.fen();
    compensation_base_ = compensation() + what.amount.fen();
    principal_base_ = lent();
    principal_since_ = 0;
}

void NaiveLife::operator()(SubsidyClaimed const& what)
{
    claimed_ += what.amount.fen();
}

void NaiveLife::operator()(SubsidyReceived const& what)
{
    subsidy_received_ += what.amount.fen();
    if (scheme_->paid_to == SubsidyPaidTo::borrower) overpaid_ += what.amount.fen();
}

} // namespace ledger::test
