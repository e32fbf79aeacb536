// Closing a business day: no booking on or before it any more. Closing a later day closes the days
// before it too. The accruals of the day were posted before (store::close_days).
// Refuses, in this order: date_in_future, day_already_closed. The day itself may be closed on it.
#include "ledger/lending/decisions.hpp"

namespace ledger {

Result<Effects> close_day(Situation const& now, CloseDay const& command)
{
    if (command.day > now.booked_on) {
        return refuse(Refusal::date_in_future, "day", now.booked_on.text());
    }
    if (now.books->closed_through && command.day <= *now.books->closed_through) {
        return refuse(Refusal::day_already_closed, "day", now.books->closed_through->text());
    }
    Effects effects;
    effects.books = *now.books;
    effects.books->closed_through = command.day;
    return effects;
}

} // namespace ledger
