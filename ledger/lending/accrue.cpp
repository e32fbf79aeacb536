// Recognising what time has done to a loan through a day: interest, penalty, principal that became
// overdue, non-accrual. It adds no event and changes no figure of the fold; without a difference
// there is no entry and only recognised_on moves. A day already recognised changes nothing.
// Refuses, after the shared ones: loan_not_found, loan_not_disbursed.
#include "ledger/lending/decisions.hpp"
#include "ledger/lending/due_dates.hpp"

namespace ledger {

Result<Effects> accrue(Situation const& now, Accrue const& command)
{
    if (auto dates = check_dates(now, command.through_on, "through_on"); !dates) {
        return std::unexpected{dates.error()};
    }
    if (!now.loan) return refuse(Refusal::loan_not_found, "loan");
    Date const as_of = last_day_of(*now.loan, command.through_on);
    Walk walk = now.loan->walked ? *now.loan->walked : walk_through(*now.loan, as_of).walk;
    if (!walk.is_disbursed()) {
        return refuse(Refusal::loan_not_disbursed, "loan",
                      std::string{code_of(state_of(*now.loan, walk, as_of).status)});
    }
    auto effects = booked_effects(now, *now.loan, std::move(walk),
                                  {Cause::accrual, command.through_on, "计提利息"});
    if (effects) {
        effects->event.reset(); // it adds none; the last one was booked before
        effects->allocation.reset();
    }
    return effects;
}

namespace {

bool provisions_on(ProvisionAt at, Date day)
{
    switch (at) {
    case ProvisionAt::never: return false;
    case ProvisionAt::month_end: return day.is_month_end();
    case ProvisionAt::quarter_end: return day.is_month_end() && day.month() % 3 == 0;
    }
    LEDGER_ASSERT(!"a day of provisioning that is not in the list");
}

/// Has anything changed by itself, on a day that the books have not recognised yet, that they
/// should show by the day's end? A loan that was entered late, or whose accrual failed, is caught
/// up by the next closing.
bool has_changed(Walk const& walk, std::optional<Date> recognised_on, Date day)
{
    auto const is_new = [&](Date changed) {
        return changed <= day && (!recognised_on || changed > *recognised_on);
    };
    Date const month_begins{day.year(), day.month(), 1};
    if (is_new(day.is_month_end() ? day : month_begins.plus_days(-1))) return true;
    auto const non_accrual = walk.non_accrual_by(day);
    if (non_accrual && is_new(*non_accrual)) return true;
    return std::ranges::any_of(walk.contract().periods, [&](Period const& period) {
        return is_new(period.closes_on()) || is_new(period.due_on) ||
               is_new(period.due_on.plus_days(1));
    });
}

} // namespace

ClosingWork closing_work_on(Loan const& loan, Date day)
{
    bool const is_owed = loan.booked.principal() > Money{} ||
                         loan.booked[Position::interest_receivable] > Money{} ||
                         loan.booked[Position::penalty_receivable] > Money{} ||
                         loan.booked[Position::memo_interest] > Money{};
    bool const may_accrue = is_owed && loan.recognised_on < day;
    bool const may_provision = provisions_on(loan.rules().provision_at, day) &&
                               (is_owed || loan.booked[Position::loss_allowance] > Money{});
    bool const may_expire = loan.booked[Position::fund_reserved] > Money{};
    if (!may_accrue && !may_provision && !may_expire) return {};
    bool const can_go_on = loan.walked && loan.walked->now() <= day;
    Walk walk = can_go_on ? *loan.walked : walk_through(loan, day).walk;
    ClosingWork work;
    auto const valid_through = walk.approval_valid_through();
    work.expire =
        may_expire && valid_through && *valid_through <= day && !walk.reserved().is_zero();
    if (!walk.is_disbursed()) return work;
    work.accrue = may_accrue && has_changed(walk, loan.recognised_on, day);
    if (may_provision) {
        walk.advance_to(day);
        work.provision = walk.allowance_wanted() != walk.positions()[Position::loss_allowance];
    }
    return work;
}

} // namespace ledger
