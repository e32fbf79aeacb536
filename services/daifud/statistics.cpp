// Figures of the programme, and what each of them means.
#include "daifud/handlers.hpp"

#include "daifud/places.hpp"

#include "store/queries.hpp"
#include "wire/answers.hpp"

#include <boost/json/object.hpp>

#include <vector>

namespace daifud {

Answer portfolio(Reading const& reading)
{
    auto const from = reading.date("from");
    if (!from) return std::unexpected{from.error()};
    auto const until = reading.date("until");
    if (!until) return std::unexpected{until.error()};
    auto const township = township_of(reading);
    if (!township) return std::unexpected{township.error()};
    auto lines = store::portfolio(reading.database, reading.county, *from, *until);
    if (!lines) return std::unexpected{lines.error()};
    // One township: its line alone; the county's line, which has no code, stays.
    std::erase_if(*lines, [&](store::PortfolioLine const& line) {
        return !township->empty() && !line.township.empty() && line.township != *township;
    });
    return wire::portfolio_json(*lines, *from, *until);
}

Answer leading(Reading const& reading)
{
    auto const as_of = reading.date("as_of");
    if (!as_of) return std::unexpected{as_of.error()};
    auto const wanted = reading.choice<store::LeadingBy>("by");
    if (!wanted) return std::unexpected{wanted.error()};
    auto const by = wanted->value_or(store::LeadingBy::township);
    return wire::leading_json(store::leading(reading.database, reading.county, *as_of, by),
                              *as_of, by);
}

Answer indicator_parts(Reading const& reading)
{
    auto const as_of = reading.date("as_of");
    if (!as_of) return std::unexpected{as_of.error()};
    auto const township = township_of(reading);
    if (!township) return std::unexpected{township.error()};
    auto const after = reading.query<ledger::LoanNumber>("after");
    if (!after) return std::unexpected{after.error()};
    auto const limit = reading.number_or("limit", 1, store::page_limit, store::PartFilter{}.limit);
    if (!limit) return std::unexpected{limit.error()};
    auto const& code = reading.request.parameters.at("code");
    auto const parts = store::parts_of(reading.database, reading.county, code, *as_of,
                                       {*township, after->text(), *limit});
    if (!parts) return std::unexpected{parts.error()};
    return wire::parts_json(*ledger::indicator_named(code), *as_of, *parts, *limit);
}

Answer indicators(Reading const&)
{
    return wire::indicators_json();
}

} // namespace daifud
