// Opening the books ends the entering of history on its own days: from then on no booking day lies
// before open_on, and the past enters by value date only.
// Refuses, in this order: date_in_future, books_already_open, day_closed.
#include "ledger/lending/decisions.hpp"

namespace ledger {

Result<Effects> open_books(Situation const& now, OpenBooks const& command)
{
    if (command.open_on > now.booked_on) {
        return refuse(Refusal::date_in_future, "open_on", now.booked_on.text());
    }
    if (now.books->opened_on) {
        return refuse(Refusal::books_already_open, "open_on", now.books->opened_on->text());
    }
    if (auto dates = check_dates(now, command.open_on, "open_on"); !dates) {
        return std::unexpected{dates.error()};
    }
    Effects effects;
    effects.books = *now.books;
    effects.books->opened_on = command.open_on;
    return effects;
}

} // namespace ledger
