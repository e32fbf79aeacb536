// Where a loan stood: the fold of a day, in the columns that lists and statistics read. An event in
// order costs one fold, unless money is held for instalments or a subsidy pays them: then the
// coming due dates change it by themselves, and each that does has its own row.
#include "ledger/store/columns.hpp"
#include "ledger/store/rows.hpp"

#include <algorithm>

namespace store {

namespace json = boost::json;
using ledger::Date;
using ledger::Loan;
using ledger::LoanState;
using ledger::LoanStatus;
using ledger::Money;
using ledger::Position;

namespace {

/// What came in for interest, compound interest and penalty: income that is not still receivable.
Money interest_received(ledger::Positions const& held)
{
    return held[Position::interest_income] - held[Position::interest_receivable] +
           held[Position::penalty_income] - held[Position::penalty_receivable] +
           held[Position::compound_income] - held[Position::compound_receivable];
}

Money principal_recovered(Loan const& loan, LoanState const& state)
{
    Money sum;
    for (auto const& [sequence, used] : state.allocations) {
        auto const& event = loan.events.at(static_cast<std::size_t>(sequence) - 1);
        if (std::holds_alternative<ledger::Recovered>(event.what)) sum += used.principal;
    }
    return sum;
}

void add_unpaid(json::object& row, LoanState const& state)
{
    json::array due_on, fen;
    bool const is_on_the_books = !state.written_off_on;
    for (auto const& instalment : state.instalments) {
        Money const unpaid = instalment.principal_due - instalment.principal_paid;
        bool const asks_nothing = instalment.paid_on || instalment.planned.total().is_zero();
        if (!is_on_the_books || (asks_nothing && unpaid.is_zero())) continue;
        due_on.emplace_back(instalment.planned.due_on.text());
        fen.emplace_back(unpaid.fen());
    }
    row["unpaid_due_on"] = std::move(due_on);
    row["unpaid_principal_fen"] = std::move(fen);
}

json::object row_of(Loan const& loan, LoanState const& state, Known known)
{
    auto const& held = state.positions;
    Money const recovered = principal_recovered(loan, state);
    json::object row{{"loan_number", loan.number.text()},
                     {"effective_on", state.as_of.text()},
                     {"sequence", known.sequence},
                     {"revision", known.revision},
                     {"status", ledger::code_of(state.status)},
                     {"disbursed_fen", state.disbursed.fen()},
                     {"disbursed_on", date_or_null(state.disbursed_on)},
                     {"outstanding_fen", held.principal().fen()},
                     {"written_off_fen", (held[Position::fund_written_off] + recovered).fen()},
                     {"recovered_fen", recovered.fen()},
                     {"interest_received_fen", interest_received(held).fen()},
                     {"written_off_on", date_or_null(state.written_off_on)},
                     {"rescheduled_on", date_or_null(state.rescheduled_on)},
                     {"oldest_unpaid_due_on", date_or_null(state.oldest_unpaid_due_on)},
                     {"reserved_through", date_or_null(state.reserved_through)}};
    add_unpaid(row, state);
    return row;
}

/// Will a coming due date change more than the unpaid dues tell? Not once something is late and no
/// money waits for it.
bool changes_by_itself(Loan const& loan, LoanState const& state)
{
    if (state.status != LoanStatus::active) return false;
    if (state.positions[Position::overpayment] > Money{}) return true;
    if (state.oldest_unpaid_due_on && *state.oldest_unpaid_due_on <= state.as_of) return false;
    return !loan.terms.subsidy_scheme.empty();
}

std::optional<Date> next_due_on(LoanState const& state)
{
    for (auto const& instalment : state.instalments)
        if (instalment.planned.due_on > state.as_of) return instalment.planned.due_on;
    return std::nullopt;
}

/// Rows from `day` up to, not including, the next day that has its own.
void add_rows(json::array& rows, Loan const& loan, Date day, std::optional<Date> until, Known known)
{
    LoanState state = ledger::fold(loan, day);
    rows.push_back(row_of(loan, state, known));
    while (changes_by_itself(loan, state)) {
        auto const next = next_due_on(state);
        if (!next || (until && *next >= *until)) return;
        state = ledger::fold(loan, *next);
        json::object row = row_of(loan, state, known);
        json::object as_before = rows.back().as_object();
        as_before["effective_on"] = row["effective_on"];
        if (row != as_before) rows.push_back(std::move(row));
    }
}

} // namespace

json::object standing_row(Loan const& loan, Date day, Known known)
{
    return row_of(loan, ledger::fold(loan, day), known);
}

json::array repriced_standing_rows(Loan const& loan, Date day)
{
    json::array rows;
    if (!loan.terms.pricing || loan.events.empty()) return rows;
    Date known_on{};
    for (auto const& event : loan.events) known_on = std::max(known_on, event.value_on);
    bool const is_news = std::ranges::any_of(loan.programme->base_rates, [&](auto const& rate) {
        return known_on < rate.effective_from && rate.effective_from <= day;
    });
    // The number of the day: a later closing has a higher one.
    int const revision = day - Date{1970, 1, 1};
    if (is_news) add_rows(rows, loan, day, std::nullopt, {loan.events.back().sequence, revision});
    return rows;
}

json::array standing_rows(Loan const& after, ledger::LoanEvent const& event)
{
    Date first = event.value_on;
    if (auto const* reversed = std::get_if<ledger::Reversed>(&event.what))
        for (auto const& other : after.events)
            if (other.sequence == reversed->sequence) first = std::min(first, other.value_on);
    std::vector<Date> days{first};
    for (auto const& other : after.events)
        if (other.value_on > first) days.push_back(other.value_on);
    std::ranges::sort(days);
    auto const repeated = std::ranges::unique(days);
    days.erase(repeated.begin(), repeated.end());
    json::array rows;
    for (std::size_t n = 0; n < days.size(); ++n) {
        bool const is_last = n + 1 == days.size();
        add_rows(rows, after, days[n], is_last ? std::nullopt : std::optional{days[n + 1]},
                 {event.sequence});
    }
    return rows;
}

} // namespace store
