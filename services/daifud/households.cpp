// Households: the list, and the card as of a day.
#include "daifud/handlers.hpp"

#include "daifud/places.hpp"

#include "store/queries.hpp"
#include "wire/answers.hpp"

#include <boost/json/object.hpp>

namespace daifud {

Answer household_list(Reading const& reading)
{
    auto const township = township_of(reading);
    if (!township) return std::unexpected{township.error()};
    auto const standing = reading.choice<ledger::Standing>("standing");
    if (!standing) return std::unexpected{standing.error()};
    auto const borrower = reading.query<ledger::BorrowerNumber>("borrower");
    if (!borrower) return std::unexpected{borrower.error()};
    auto const after = reading.query<ledger::HouseholdNumber>("after");
    if (!after) return std::unexpected{after.error()};
    store::HouseholdFilter filter;
    auto const limit = reading.number_or("limit", 1, store::page_limit, filter.limit);
    if (!limit) return std::unexpected{limit.error()};
    filter = {*township, *standing ? std::string{ledger::code_of(**standing)} : std::string{},
              borrower->text(), after->text(), *limit};
    return wire::households_json(store::households(reading.database, reading.county, filter),
                                 *limit);
}

Answer household_card(Reading const& reading)
{
    auto const number = reading.path<ledger::HouseholdNumber>("household");
    if (!number) return std::unexpected{number.error()};
    auto const as_of = reading.date_or_today("as_of");
    if (!as_of) return std::unexpected{as_of.error()};
    auto const household = store::household(reading.database, reading.county, *number);
    if (!household) return ledger::refuse(ledger::Refusal::household_not_found, "household");
    return wire::household_card_json(*household, ledger::fold(*household, *as_of));
}

} // namespace daifud
