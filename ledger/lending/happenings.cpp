// What each event does to the loan on its day. Whether it may is asked first (admission.cpp); here
// it does. An event changes the debt, the contract, or a fact that time then works on; no event
// writes an account: the positions follow from the walk.
#include "ledger/lending/admission.hpp"
#include "ledger/lending/recorder.hpp"

namespace ledger {

namespace {

/// part x of whole, cut: all of it once part is the whole.
Money share_of(Money amount, Money part, Money whole)
{
    if (whole.is_zero()) return {};
    return Money::fen(static_cast<std::int64_t>(Wide{amount.fen()} * part.fen() / whole.fen()));
}

} // namespace

struct Walk::Occurrence {
    Walk& walk;
    LoanEvent const& event;

    void operator()(Approved const& what) const
    {
        walk.state_.approved += what.amount;
        walk.approved_on_ = event.value_on;
    }
    void operator()(ApprovalExpired const&) const
    {
        if (walk.recorder_) walk.recorder_->expired(event, *walk.approved_on_, walk.reserved());
        walk.has_expired_ = true;
    }
    void operator()(Disbursed const& what) const { walk.disburse(what.amount); }
    void operator()(Repaid const& what) const
    {
        walk.received_ += what.amount;
        Allocation const used = walk.pay(event.sequence, what.amount,
                                         what.in_advance.value_or(walk.rules_->in_advance));
        LEDGER_ASSERT(used.total() == what.amount);
    }
    void operator()(Reversed const&) const { LEDGER_ASSERT(!"a reversal is never in force"); }
    void operator()(OverpaymentRefunded const& what) const { walk.refund(what.amount); }
    void operator()(Waived const& what) const { walk.waive(what); }
    void operator()(CostCharged const& what) const
    {
        walk.debt_.cost.recognised += what.amount;
        walk.cost_charged_ += what.amount;
    }
    void operator()(RateChanged const& what) const { walk.change_rate(what.annual_rate); }
    void operator()(Extended const& what) const
    {
        auto const priced =
            priced_extension(*walk.contract_, what, *walk.state_.disbursed_on, *walk.programme_);
        LEDGER_ASSERT(priced.has_value()); // the admission has asked for it
        auto contract = extended(*walk.contract_, *priced, walk.programme_->calendar);
        LEDGER_ASSERT(contract.has_value()); // and for that
        // A single period grows longer and may be measured anew: what it has earned is earned.
        if (walk.contract_->terms.method == Method::at_maturity) walk.defer_running();
        walk.adopt(std::move(*contract));
        ++walk.state_.extensions;
    }
    void operator()(Rescheduled const& what) const { walk.reschedule(what.plan); }
    void operator()(InterestPaused const& what) const
    {
        walk.pauses_.push_back({event.value_on, what.until});
    }
    void operator()(MisuseDeclared const&) const { walk.misused_on_ = event.value_on; }
    void operator()(Classified const& what) const
    {
        walk.class_by_hand_ = what.risk_class;
        walk.class_has_second_person_ = what.has_second_person;
        walk.class_floor_then_ = walk.class_by_lateness();
    }
    void operator()(Provisioned const&) const
    {
        Money const before = walk.allowance();
        walk.provided_ += walk.allowance_wanted() - before;
        if (walk.recorder_) {
            walk.recorder_->provisioned(event, before, walk.allowance_wanted(), walk.risk_class());
        }
    }
    void operator()(WrittenOff const&) const { walk.write_off(); }
    void operator()(Recovered const& what) const
    {
        walk.received_ += what.amount;
        walk.recover(event.sequence, what.amount);
    }
    void operator()(Compensated const& what) const
    {
        walk.compensated_ = walk.compensation() + what.amount;
        walk.compensated_of_ = walk.principal_lent();
    }
    void operator()(SubsidyClaimed const& what) const { walk.subsidy_claimed_ += what.amount; }
    void operator()(SubsidyReceived const& what) const
    {
        walk.subsidy_received_ += what.amount;
        if (walk.scheme_->paid_to == SubsidyPaidTo::borrower) walk.overpaid_ += what.amount;
    }
};

Result<void> Walk::take(LoanEvent const& event)
{
    advance_to(event.value_on);
    if (auto admitted = std::visit(Admission{*this, event}, event.what); !admitted) {
        return admitted;
    }
    std::visit(Occurrence{*this, event}, event.what);
    ++taken_;
    if (is_disbursed() && state_.status != LoanStatus::written_off) {
        arrive(); // what falls due on this very day: a down payment
        recognise();
        if (!held_.empty() && held_total() >= debt_.owed().total()) settle_from_held();
        keep_capitalised();
        if (!debt_.is_anything_due()) state_.non_accrual_since.reset(); // all arrears are paid
    }
    if (recorder_) tell(event);
    return {};
}

void Walk::disburse(Money amount)
{
    if (!is_disbursed()) {
        state_.disbursed_on = now_;
        auto contract = contract_of(contract_->terms, now_, *programme_);
        LEDGER_ASSERT(contract.has_value()); // the admission has asked for it
        adopt(std::move(*contract));
        original_matures_on_ = contract_->matures_on();
    }
    compensated_ = compensation(); // new principal is none of what the risk fund has borne
    state_.disbursed += amount;
    original_ += amount;
    debt_.principal_not_due += amount;
    earn_until_open_row(amount);
    compensated_of_ = principal_lent();
    tranches_.push_back({now_, amount});
    spread_.forget();
}

/// A row that fell due before its days were over has asked for their interest, without this money.
void Walk::earn_until_open_row(Money amount)
{
    if (debt_.closed == 0 || debt_.closed == debt_.rows.size()) return;
    Date const until = contract_->periods[debt_.closed].span.from;
    Period const& before = contract_->periods[debt_.closed - 1];
    Date const from = first_day_that_earns(before);
    if (now_ >= until || from >= until) return;
    deferred_ = deferred_ + Exact::fraction(amount.fen() * growth(*contract_, before, from, until),
                                            interest_divisor(before));
    is_stale_ = true;
    if (!recorder_) return;
    for_each_rate(contract_->rates, from, until, [&](Date first, Date last, Rate rate) {
        recorder_->interest_stretch(amount, rate, before, first, last, contract_->terms.day_count);
    });
}

AllocationOrder const& Walk::order() const
{
    return state_.non_accrual_since ? rules_->non_accrual_allocation_order
                                    : rules_->allocation_order;
}

Allocation* Walk::allocation_of(int sequence)
{
    for (auto& [of, used] : state_.allocations) {
        if (of == sequence) return &used;
    }
    return nullptr;
}

Allocation Walk::pay(int sequence, Money cash, InAdvance in_advance)
{
    Allocation used;
    used.order = order();
    last_paid_on_ = now_;
    Money left = settle_due(debt_, cash, used.order, now_, used);
    if (!left.is_zero() && debt_.closed < debt_.rows.size()) {
        Money const everything = debt_.running_interest + debt_.principal_not_due;
        bool const settles_all = left + held_total() >= everything;
        if (settles_all) use_held_on_everything();
        if (settles_all || in_advance != InAdvance::next_instalment) {
            left = pay_in_advance(left, in_advance, used);
        } else {
            held_.push_back({sequence, left});
        }
    }
    bool const is_held = !held_.empty() && held_.back().sequence == sequence;
    used.overpayment = left;
    if (!is_held) overpaid_ += left;
    note_paid(used);
    state_.allocations.emplace_back(sequence, used);
    return used;
}

/// Accrued interest, then principal; the plan keeps its level or is made anew.
Money Walk::pay_in_advance(Money cash, InAdvance in_advance, Allocation& used)
{
    Money const before = debt_.principal_not_due;
    if (!before.is_zero() && in_advance != InAdvance::smaller_instalments) {
        spread_.solve(*contract_, next_row_that_repays());
    }
    Money const left = settle_in_advance(debt_, cash, used);
    if (debt_.principal_not_due == before || debt_.principal_not_due.is_zero()) return left;
    if (in_advance == InAdvance::smaller_instalments)
        spread_.replan();
    else
        spread_.end_with(*contract_, last_row_that_repays());
    return left;
}

/// The last row that asks for principal as the plan stands.
std::size_t Walk::last_row_that_repays() const
{
    std::vector<InstalmentState> rows = debt_.rows;
    fill_rows_to_come(rows);
    auto const last =
        std::ranges::find_if(rows.rbegin(), rows.rend(), [](InstalmentState const& row) {
            return !row.planned.principal.is_zero();
        });
    return static_cast<std::size_t>(rows.rend() - last) - 1;
}

Money Walk::held_total() const
{
    Money sum;
    for (Held const& each : held_) sum += each.left;
    return sum;
}

/// Money that waits for instalments meets what has fallen due.
void Walk::use_held()
{
    for (Held& each : held_) {
        if (!debt_.is_anything_due()) break;
        Allocation delta;
        last_paid_on_ = now_;
        Money const left = settle_due(debt_, each.left, order(), now_, delta);
        move_held(each, left, delta);
    }
    std::erase_if(held_, [](Held const& each) { return each.left.is_zero(); });
}

/// The same money on all that is owed, due or not: the loan is settled or leaves the books.
void Walk::use_held_on_everything()
{
    for (Held& each : held_) {
        Allocation delta;
        last_paid_on_ = now_;
        Money left = settle_due(debt_, each.left, order(), now_, delta);
        left = pay_in_advance(left, InAdvance::fewer_instalments, delta);
        move_held(each, left, delta);
    }
    std::erase_if(held_, [](Held const& each) { return each.left.is_zero(); });
}

/// Money held that settles everything does so, whatever has brought the debt below it; what is
/// above it is an overpayment.
void Walk::settle_from_held()
{
    use_held_on_everything();
    for (Held const& each : held_) overpaid_ += each.left;
    held_.clear();
}

/// What was held for an instalment is used now: the payment's allocation says so.
void Walk::move_held(Held& held, Money left, Allocation const& delta)
{
    Allocation* used = allocation_of(held.sequence);
    LEDGER_ASSERT(used != nullptr);
    used->cost += delta.cost;
    used->penalty += delta.penalty;
    used->compound += delta.compound;
    used->interest += delta.interest;
    used->principal += delta.principal;
    used->overpayment -= held.left - left;
    held.left = left;
    note_paid(delta);
}

void Walk::note_paid(Allocation const& used)
{
    interest_paid_ += used.interest;
    principal_paid_ += used.principal;
    reduce_tranches(used.principal);
}

/// Principal repaid goes to the oldest tranche.
void Walk::reduce_tranches(Money principal)
{
    for (Tranche& tranche : tranches_) {
        Money const part = std::min(tranche.left, principal);
        tranche.left -= part;
        principal -= part;
    }
}

/// What is above everything owed first, then what is held for instalments, the newest first.
void Walk::refund(Money amount)
{
    refunded_ += amount;
    Money const free = std::min(amount, overpaid_);
    overpaid_ -= free;
    amount -= free;
    while (!amount.is_zero()) {
        Held& newest = held_.back();
        Money const part = std::min(newest.left, amount);
        newest.left -= part;
        amount -= part;
        if (newest.left.is_zero()) held_.pop_back();
    }
}

void Walk::waive(Waived const& what)
{
    switch (what.component) {
    case DebtComponent::penalty: debt_.penalty.waived += what.amount; return;
    case DebtComponent::compound: debt_.compound.waived += what.amount; return;
    case DebtComponent::interest: break;
    case DebtComponent::cost:
    case DebtComponent::principal: LEDGER_ASSERT(!"the admission refuses it");
    }
    last_paid_on_ = now_;
    Money left = what.amount;
    for (std::size_t n = debt_.oldest_unpaid; n < debt_.closed; ++n) {
        InstalmentState& row = debt_.rows[n];
        Money const part =
            std::min(left, row.interest_due - row.interest_paid - row.interest_waived);
        row.interest_waived += part;
        left -= part;
        if (is_paid(row) && !row.paid_on) row.paid_on = now_;
    }
    debt_.skip_paid_rows();
    if (left.is_zero()) return;
    debt_.running_interest -= left;
    debt_.rows[debt_.interest_row].interest_waived += left;
}

/// The level of equal instalments is solved at a rate; shares and parts of the principal are not.
void Walk::change_rate(Rate rate)
{
    bool const is_level = contract_->terms.method == Method::equal_instalments &&
                          contract_->terms.interest == InterestBasis::declining;
    Spread const kept = spread_;
    adopt(with_rate(*contract_, now_, rate));
    spread_ = kept;
    if (is_level) spread_.reprice();
}

/// The interest of the open period so far waits for the row that asks for interest next.
void Walk::defer_running()
{
    deferred_ = running_exact();
    subsidy_deferred_ = running_subsidy();
    earned_ = subsidised_ = 0;
}

/// Interest of the open period stays and falls due with the first new instalment.
void Walk::reschedule(NewPlan const& plan)
{
    auto contract =
        rescheduled(*contract_, plan, debt_.closed, now_, *state_.disbursed_on, *programme_);
    LEDGER_ASSERT(contract.has_value()); // the admission has asked for it
    defer_running();
    for (std::size_t n = debt_.oldest_unpaid; n < debt_.closed; ++n) {
        InstalmentState& row = debt_.rows[n];
        Money const unpaid = row.principal_due - row.principal_paid;
        row.principal_due -= unpaid;
        debt_.principal_due -= unpaid;
        debt_.principal_not_due += unpaid;
    }
    debt_.skip_paid_rows();
    Money paid_ahead, waived_ahead;
    if (debt_.interest_row < debt_.rows.size()) {
        paid_ahead = debt_.rows[debt_.interest_row].interest_paid;
        waived_ahead = debt_.rows[debt_.interest_row].interest_waived;
    }
    debt_.rows.resize(debt_.closed);
    adopt(std::move(*contract));
    debt_.rows[debt_.interest_row].interest_paid = paid_ahead;
    debt_.rows[debt_.interest_row].interest_waived = waived_ahead;
    settlements_after_maturity_ = 0;
    original_ = debt_.principal_not_due;
    flat_total_ = Exact{};
    flat_asked_ = Money{};
    state_.rescheduled_on = now_;
    original_matures_on_ = contract_->matures_on(); // an extension is measured by the plan in force
}

/// 账销案存. What the risk fund has borne it bears for good; the allowance bears the rest, and is
/// raised where it does not suffice.
void Walk::write_off()
{
    settle_from_held(); // it is the borrower's, but he owes more
    Money const by_risk_fund = compensation();
    Money const lost = debt_.owed().principal + debt_.owed().cost;
    Money const missing = lost - by_risk_fund - allowance();
    if (missing > Money{}) provided_ += missing;
    written_off_ = debt_.owed();
    written_off_by_risk_fund_ = by_risk_fund;
    debt_.principal_due = debt_.principal_not_due = Money{};
    state_.written_off_on = now_;
    state_.status = LoanStatus::written_off;
}

void Walk::recover(int sequence, Money cash)
{
    Owed const left = owed();
    Allocation used;
    used.order = principal_first;
    auto const settle = [&cash](Money open, Money& recovered, Money& part) {
        part = std::min(open, cash);
        recovered += part;
        cash -= part;
    };
    settle(left.principal, recovered_.principal, used.principal);
    settle(left.interest, recovered_.interest, used.interest);
    settle(left.compound, recovered_.compound, used.compound);
    settle(left.penalty, recovered_.penalty, used.penalty);
    settle(left.cost, recovered_.cost, used.cost);
    used.overpayment = cash;
    overpaid_ += cash;
    last_paid_on_ = now_;
    recovered_to_risk_fund_ =
        share_of(written_off_by_risk_fund_, recovered_.principal, written_off_.principal);
    state_.allocations.emplace_back(sequence, used);
}

} // namespace ledger
