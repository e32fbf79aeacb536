// Loans: the list, the card as of a day, the statement of entries, and why each figure is what it
// is.
#include "daifud/handlers.hpp"

#include "daifud/places.hpp"

#include "ledger/explain.hpp"
#include "store/queries.hpp"
#include "wire/answers.hpp"

#include <boost/json/object.hpp>

namespace daifud {

namespace {

/// A loan as of a day: what the card and the explanation begin with.
struct LoanOnDay {
    ledger::Loan loan;
    ledger::Date as_of;
};

ledger::Result<LoanOnDay> loan_on_day(Reading const& reading)
{
    auto const number = reading.path<ledger::LoanNumber>("loan");
    if (!number) return std::unexpected{number.error()};
    auto const as_of = reading.date_or_today("as_of");
    if (!as_of) return std::unexpected{as_of.error()};
    auto loan = store::loan(reading.database, reading.county, *number);
    if (!loan) return ledger::refuse(ledger::Refusal::loan_not_found, "loan");
    if (*as_of < loan->proposed_on) {
        return ledger::refuse(ledger::Refusal::date_too_early, "as_of", loan->proposed_on.text());
    }
    return LoanOnDay{*std::move(loan), *as_of};
}

} // namespace

Answer loan_list(Reading const& reading)
{
    auto const township = township_of(reading);
    if (!township) return std::unexpected{township.error()};
    auto const borrower = reading.query<ledger::BorrowerNumber>("borrower");
    if (!borrower) return std::unexpected{borrower.error()};
    bool const is_known =
        borrower->is_empty() || store::borrower(reading.database, reading.county, *borrower);
    if (!is_known) return ledger::refuse(ledger::Refusal::borrower_not_found, "borrower");
    auto const after = reading.query<ledger::LoanNumber>("after");
    if (!after) return std::unexpected{after.error()};
    auto const limit = reading.number_or("limit", 1, store::page_limit, store::LoanFilter{}.limit);
    if (!limit) return std::unexpected{limit.error()};
    store::LoanFilter const filter{*township, borrower->text(), after->text(), *limit};
    return wire::loans_json(store::loans(reading.database, reading.county, filter), *limit);
}

Answer loan_card(Reading const& reading)
{
    auto const found = loan_on_day(reading);
    if (!found) return std::unexpected{found.error()};
    return wire::loan_card_json(found->loan, ledger::fold(found->loan, found->as_of));
}

Answer loan_statement(Reading const& reading)
{
    auto const number = reading.path<ledger::LoanNumber>("loan");
    if (!number) return std::unexpected{number.error()};
    if (!store::loan(reading.database, reading.county, *number)) {
        return ledger::refuse(ledger::Refusal::loan_not_found, "loan");
    }
    return wire::statement_json(*number,
                                store::statement(reading.database, reading.county, *number));
}

Answer loan_explanation(Reading const& reading)
{
    auto const found = loan_on_day(reading);
    if (!found) return std::unexpected{found.error()};
    return wire::explanation_json(found->loan, found->as_of,
                                  ledger::explain(found->loan, found->as_of));
}

} // namespace daifud
