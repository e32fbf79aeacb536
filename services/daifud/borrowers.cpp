// Borrowers, as the register knows them. Personal numbers leave masked.
#include "daifud/handlers.hpp"

#include "store/queries.hpp"
#include "wire/answers.hpp"

#include <boost/json/object.hpp>

namespace daifud {

Answer borrower_card(Reading const& reading)
{
    auto const number = reading.path<ledger::BorrowerNumber>("borrower");
    if (!number) return std::unexpected{number.error()};
    auto const card = store::borrower(reading.database, reading.county, *number);
    if (!card) return ledger::refuse(ledger::Refusal::borrower_not_found, "borrower");
    return wire::to_json(*card);
}

} // namespace daifud
