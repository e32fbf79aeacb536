// How the loan stands in the slow model, and what that is in each account.
#include "tests/property/naive_life.hpp"

#include <algorithm>

namespace ledger::test {

NaiveRow* NaiveLife::open_row()
{
    for (NaiveRow& row : rows_) {
        if (!row.is_closed) return &row;
    }
    return nullptr;
}

NaiveRow const* NaiveLife::asked_row() const
{
    for (NaiveRow const& row : rows_) {
        if (!row.is_closed && row.period.asks_interest) return &row;
    }
    return nullptr;
}

NaiveRow* NaiveLife::asked_row()
{
    return const_cast<NaiveRow*>(std::as_const(*this).asked_row());
}

std::int64_t NaiveLife::running_whole() const
{
    return rounded(earned_ + deferred_, plan_.terms.rounding);
}

std::int64_t NaiveLife::running_asked() const
{
    if (!scheme_ || scheme_->paid_to == SubsidyPaidTo::borrower) return running_whole();
    return rounded(earned_ + deferred_ - subsidised_, plan_.terms.rounding);
}

std::int64_t NaiveLife::running_subsidy() const
{
    if (!scheme_) return 0;
    if (scheme_->paid_to == SubsidyPaidTo::borrower) {
        return rounded(subsidised_, plan_.terms.rounding);
    }
    return running_whole() - running_asked();
}

std::int64_t NaiveLife::running_open() const
{
    NaiveRow const* row = asked_row();
    return row ? running_asked() - row->interest_paid - row->interest_waived : 0;
}

std::int64_t NaiveLife::interest_open() const
{
    std::int64_t sum = running_open();
    for (NaiveRow const& row : rows_) {
        if (row.is_closed) sum += row.interest_open();
    }
    return sum;
}

std::int64_t NaiveLife::principal_due() const
{
    std::int64_t sum = 0;
    for (NaiveRow const& row : rows_) {
        if (row.is_closed) sum += row.principal_open();
    }
    return sum;
}

std::int64_t NaiveLife::lent() const
{
    return written_off_on_ ? 0 : not_due_ + principal_due();
}

std::int64_t NaiveLife::reserved() const
{
    return has_lapsed_ ? 0 : approved_ - disbursed_;
}

std::int64_t NaiveLife::subsidy() const
{
    return subsidy_closed_ + running_subsidy();
}

bool NaiveLife::is_anything_due() const
{
    std::int64_t due = cost_.open() + penalty_charge_.open() + compound_charge_.open();
    for (NaiveRow const& row : rows_) {
        if (row.is_closed) due += row.principal_open() + row.interest_open();
    }
    return due > 0;
}

Owed NaiveLife::owed() const
{
    if (written_off_on_) {
        return {lost_.cost - regained_.cost, lost_.penalty - regained_.penalty,
                lost_.compound - regained_.compound, lost_.interest - regained_.interest,
                lost_.principal - regained_.principal};
    }
    return {Money::fen(cost_.open()), Money::fen(penalty_charge_.open()),
            Money::fen(compound_charge_.open()), Money::fen(interest_open()), Money::fen(lent())};
}

int NaiveLife::days_late(Date today) const
{
    if (owed().total().is_zero()) return 0;
    for (NaiveRow const& row : rows_) {
        if (row.is_late && !row.is_settled()) return today - row.period.due_on;
    }
    return 0;
}

RiskClass NaiveLife::class_by_lateness(Date today) const
{
    return loan_.programme->class_floor(days_late(today), today);
}

RiskClass NaiveLife::risk_class(Date today) const
{
    if (written_off_on_) return RiskClass::loss;
    RiskClass const floor = class_by_lateness(today);
    if (!class_by_hand_) return floor;
    if (has_second_person_ && floor <= class_then_) return *class_by_hand_;
    return std::max(floor, *class_by_hand_);
}

std::int64_t NaiveLife::allowance_wanted(Date today) const
{
    Rational const rate{loan_.programme->provision_rate_ppm(risk_class(today), today), 1'000'000};
    return rounded(lent() * rate, Rounding::half_up);
}

namespace {

/// The share of what the risk fund has borne that is recovered for it.
std::int64_t regained_by_risk_fund(std::int64_t borne, Owed const& lost, Owed const& regained)
{
    if (lost.principal.is_zero()) return 0;
    Integer const share = Integer{borne} * regained.principal.fen() / Integer{lost.principal.fen()};
    return share.convert_to<std::int64_t>();
}

} // namespace

std::int64_t NaiveLife::allowance() const
{
    std::int64_t const used = (lost_.principal + lost_.cost).fen() - borne_by_risk_fund_;
    std::int64_t const regained = (regained_.principal + regained_.cost).fen() -
                                  regained_by_risk_fund(borne_by_risk_fund_, lost_, regained_);
    return provided_ - used + regained;
}

Positions NaiveLife::positions(Date today) const
{
    Positions held;
    auto const put = [&held](Position position, std::int64_t fen) {
        held[position] = Money::fen(fen);
    };
    bool const is_off = written_off_on_.has_value();
    bool const is_doubtful = non_accrual_since_.has_value();
    Owed const open = owed();
    std::int64_t overdue = 0;
    for (NaiveRow const& row : rows_) {
        if (row.is_late && row.period.due_on < today) overdue += row.principal_open();
    }
    put(Position::bank, received_ + subsidy_received_ - disbursed_ - refunded_ - cost_.charged);
    if (!is_off) held[Position::cost_receivable] = open.cost;
    if (is_off) {
        held[Position::memo_written_off] = open.total();
    } else if (is_doubtful) {
        put(Position::principal_non_accrual, lent());
        held[Position::memo_interest] = open.interest + open.penalty + open.compound;
    } else {
        put(Position::principal_overdue, overdue);
        put(Position::principal_normal, lent() - overdue);
        held[Position::interest_receivable] = open.interest;
        held[Position::penalty_receivable] = open.penalty;
        held[Position::compound_receivable] = open.compound;
    }
    bool const is_shown = !is_off && !is_doubtful;
    auto const income = [&](std::int64_t paid, Money regained, Money unpaid) {
        return Money::fen(paid) + regained + (is_shown ? unpaid : Money{});
    };
    held[Position::interest_income] = income(interest_paid_, regained_.interest, open.interest);
    held[Position::penalty_income] = income(penalty_charge_.paid, regained_.penalty, open.penalty);
    held[Position::compound_income] =
        income(compound_charge_.paid, regained_.compound, open.compound);
    if (scheme_ && scheme_->paid_to == SubsidyPaidTo::lender) {
        put(Position::subsidy_due, subsidy() - claimed_);
        put(Position::subsidy_claimed, claimed_ - subsidy_received_);
        put(Position::subsidy_income, subsidy());
    } else if (scheme_) {
        put(Position::memo_subsidy, subsidy() - subsidy_received_);
    }
    std::int64_t const still_borne = compensation() - borne_by_risk_fund_;
    std::int64_t const back_to_risk_fund =
        regained_by_risk_fund(borne_by_risk_fund_, lost_, regained_);
    put(Position::overpayment, overpaid_ + held_total());
    put(Position::impairment, provided_);
    put(Position::loss_allowance, allowance());
    put(Position::compensation, still_borne);
    put(Position::risk_fund_available, back_to_risk_fund - compensation());
    held[Position::memo_contra] = held[Position::memo_interest] + held[Position::memo_written_off] +
                                  held[Position::memo_subsidy];
    put(Position::fund_lent, lent());
    put(Position::fund_reserved, reserved());
    held[Position::fund_written_off] = lost_.principal - regained_.principal;
    std::int64_t const drawn = disbursed_ + reserved();
    put(Position::fund_available, principal_paid_ + regained_.principal.fen() - drawn);
    return held;
}

LoanStatus NaiveLife::status(Date today) const
{
    bool const is_owed = !owed().total().is_zero();
    if (written_off_on_) return is_owed ? LoanStatus::written_off : LoanStatus::settled;
    if (disbursed_on_) return is_owed ? LoanStatus::active : LoanStatus::settled;
    if (approved_ > 0) return has_lapsed_ ? LoanStatus::expired : LoanStatus::approved;
    for (LoanEvent const& event : loan_.events) {
        bool const was_approved = std::holds_alternative<Approved>(event.what);
        if (was_approved && event.value_on <= today) return LoanStatus::withdrawn;
    }
    return LoanStatus::proposed;
}

NaiveLoan NaiveLife::sum_up(Date today) const
{
    NaiveLoan result;
    LoanState& state = result.state;
    state.as_of = today;
    state.status = status(today);
    state.positions = positions(today);
    state.approved = Money::fen(has_lapsed_ ? disbursed_ : approved_);
    if (reserved() > 0 && rules_.approval_valid_days > 0)
        state.reserved_through = approved_on_->plus_days(rules_.approval_valid_days);
    state.disbursed = Money::fen(disbursed_);
    state.annual_rate = disbursed_on_ ? plan_.rate(today) : loan_.terms.annual_rate;
    state.allocations = allocations_;
    state.disbursed_on = disbursed_on_;
    if (disbursed_on_) state.matures_on = plan_.matures_on();
    state.days_past_due = days_late(today);
    state.non_accrual_since = non_accrual_since_;
    state.written_off_on = written_off_on_;
    state.rescheduled_on = rescheduled_on_;
    state.extensions = extensions_;
    state.risk_class = risk_class(today);
    state.subsidy = Money::fen(subsidy());
    state.owed = owed();
    state.payoff = Money::fen(std::max<std::int64_t>(owed().total().fen() - held_total(), 0));
    for (NaiveRow const& row : rows_) {
        if (!row.is_closed) break;
        InstalmentState closed;
        closed.planned.number = row.number;
        closed.planned.span = {row.period.from, row.period.until};
        closed.planned.due_on = row.period.due_on;
        closed.planned.principal = Money::fen(row.planned_principal);
        closed.planned.interest = Money::fen(row.planned_interest);
        closed.planned.balance = Money::fen(row.balance);
        closed.principal_due = Money::fen(row.principal_due);
        closed.interest_due = Money::fen(row.interest_due);
        closed.principal_paid = Money::fen(row.principal_paid);
        closed.interest_paid = Money::fen(row.interest_paid);
        closed.interest_waived = Money::fen(row.interest_waived);
        state.instalments.push_back(closed);
        result.interest_asked += closed.interest_due;
    }
    result.interest_running = Money::fen(running_open());
    result.penalty_charged = Money::fen(penalty_charge_.charged);
    result.compound_charged = Money::fen(compound_charge_.charged);
    return result;
}

} // namespace ledger::test
