// Recognising what time has done to a loan through a day: interest, penalty, principal that became
// overdue. It adds no event and changes no figure of the fold; without a difference there is no
// entry and only recognised_on moves. A day already recognised changes nothing.
// Refuses, after the shared ones: loan_not_found, loan_not_disbursed.
#include "ledger/lending/decisions.hpp"
#include "ledger/lending/walk.hpp"

namespace ledger {

Result<Effects> accrue(Situation const& now, Accrue const& command)
{
    if (auto dates = check_dates(now, command.through_on, "through_on"); !dates) {
        return std::unexpected{dates.error()};
    }
    if (!now.loan) return refuse(Refusal::loan_not_found, "loan");
    Date const as_of = last_day_of(*now.loan, command.through_on);
    if (disbursements_in(events_in_force(now.loan->events, as_of)).empty()) {
        return refuse(Refusal::loan_not_disbursed, "loan",
                      std::string{code_of(fold(*now.loan, as_of).status)});
    }
    auto effects = booked_effects(now, *now.loan, {Cause::accrual, command.through_on, "计提利息"});
    if (effects) {
        effects->event.reset(); // it adds none; the last one was booked before
        effects->allocation.reset();
    }
    return effects;
}

bool accrual_due_on(Loan const& loan, Date day)
{
    bool const is_owed = loan.booked.principal() > Money{} ||
                         loan.booked[Position::interest_receivable] > Money{} ||
                         loan.booked[Position::penalty_receivable] > Money{};
    if (!is_owed) return false;
    if (day.is_month_end()) return true;
    auto const disbursements = disbursements_in(events_in_force(loan.events, day));
    if (disbursements.empty()) return false;
    auto const periods = periods_from(loan.terms, disbursements.front().on);
    LEDGER_ASSERT(periods.has_value());
    return std::ranges::any_of(*periods, [day](Period const& period) {
        return period.due_on() == day || period.due_on().plus_days(1) == day;
    });
}

} // namespace ledger
