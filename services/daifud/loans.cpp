// Loans: the list, the card as of a day, the statement of entries, why each figure is what it is,
// what settles a loan on a day to come, and what subsidy the days of a quarter bear.
#include "daifud/handlers.hpp"

#include "daifud/places.hpp"

#include "ledger/explain.hpp"
#include "store/queries.hpp"
#include "wire/answers.hpp"

#include <boost/json/object.hpp>

namespace daifud {

namespace {

/// A payoff is known this far in advance: what the rules and rates may become by then is not.
inline constexpr int payoff_months = 12;

/// A loan as of a day: what the card and the explanation begin with.
struct LoanOnDay {
    ledger::Loan loan;
    ledger::Date as_of;
};

ledger::Result<LoanOnDay> loan_on_day(Reading const& reading, std::string_view day = "as_of")
{
    auto const number = reading.path<ledger::LoanNumber>("loan");
    if (!number) return std::unexpected{number.error()};
    auto const as_of = reading.date_or_today(day);
    if (!as_of) return std::unexpected{as_of.error()};
    auto loan = store::loan(reading.database, reading.county, *number);
    if (!loan) return ledger::refuse(ledger::Refusal::loan_not_found, "loan");
    if (*as_of < loan->proposed_on) {
        return ledger::refuse(ledger::Refusal::date_too_early, std::string{day},
                              loan->proposed_on.text());
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
    store::LoanFilter filter{*township, {}, after->text(), *limit};
    if (!borrower->is_empty()) filter.borrowers.push_back(borrower->text());
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
    auto const journal = store::entries_of(reading.database, reading.county, found->loan.number);
    return wire::explanation_json(found->loan, found->as_of,
                                  ledger::explain(found->loan, found->as_of, journal));
}

Answer loan_payoff(Reading const& reading)
{
    auto const found = loan_on_day(reading, "on");
    if (!found) return std::unexpected{found.error()};
    auto const latest = ledger::add_months(reading.today, payoff_months);
    if (found->as_of > latest) {
        return ledger::refuse(ledger::Refusal::date_too_late, "on", latest.text());
    }
    return wire::payoff_json(found->loan, ledger::fold(found->loan, found->as_of));
}

Answer subsidy_claims(Reading const& reading)
{
    auto const from = reading.wanted_date("from");
    if (!from) return std::unexpected{from.error()};
    auto const until = reading.wanted_date("until");
    if (!until) return std::unexpected{until.error()};
    auto const claims = store::subsidy_claims(reading.database, reading.county, *from, *until);
    if (!claims) return std::unexpected{claims.error()};
    return wire::subsidy_claims_json(*from, *until, *claims);
}

} // namespace daifud
