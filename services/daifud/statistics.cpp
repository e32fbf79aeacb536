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

Answer indicators(Reading const&)
{
    return wire::indicators_json();
}

} // namespace daifud
