// Figures of the programme, and what each of them means.
#include "daifud/handlers.hpp"

#include "daifud/places.hpp"

#include "store/queries.hpp"
#include "wire/answers.hpp"

#include <boost/json/object.hpp>

#include <vector>

namespace daifud {

using store::PortfolioBy;

namespace {

ledger::Result<ledger::Span> wanted_span(Reading const& reading)
{
    auto const from = reading.wanted_date("from");
    if (!from) return std::unexpected{from.error()};
    auto const until = reading.wanted_date("until");
    if (!until) return std::unexpected{until.error()};
    return ledger::Span{*from, *until};
}

/// Of lines by township or village those of one township; the county's line, which has no key,
/// stays.
std::vector<store::PortfolioLine> within(std::vector<store::PortfolioLine> lines, PortfolioBy by,
                                         std::string const& township)
{
    bool const has_places = by == PortfolioBy::township || by == PortfolioBy::village;
    if (has_places && !township.empty()) {
        std::erase_if(lines, [&](store::PortfolioLine const& line) {
            return !line.key.empty() && !line.key.starts_with(township);
        });
    }
    return lines;
}

/// What the books came to know since then, where a figure is asked as it was known.
store::LaterEntries later(Reading const& reading, std::optional<store::Instant> known_at,
                          std::optional<ledger::Date> until, bool with_households)
{
    if (!known_at) return {};
    return store::entries_since(reading.database, reading.county, *known_at, until,
                                with_households);
}

} // namespace

Answer portfolio(Reading const& reading)
{
    auto const from = reading.date("from");
    if (!from) return std::unexpected{from.error()};
    auto const until = reading.date("until");
    if (!until) return std::unexpected{until.error()};
    auto const wanted = reading.choice<PortfolioBy>("by");
    if (!wanted) return std::unexpected{wanted.error()};
    auto const township = township_of(reading);
    if (!township) return std::unexpected{township.error()};
    auto const known_at = reading.instant("known_at");
    if (!known_at) return std::unexpected{known_at.error()};
    auto const by = wanted->value_or(PortfolioBy::township);
    auto lines = store::portfolio(reading.database, reading.county, *from, *until, by, *known_at);
    if (!lines) return std::unexpected{lines.error()};
    auto out = wire::portfolio_json(within(*std::move(lines), by, *township), *from, *until, by);
    wire::add_knowledge(out, *known_at, later(reading, *known_at, *until, false));
    return out;
}

Answer portfolio_series(Reading const& reading)
{
    auto const span = wanted_span(reading);
    if (!span) return std::unexpected{span.error()};
    auto const wanted = reading.choice<ledger::PeriodUnit>("step");
    if (!wanted) return std::unexpected{wanted.error()};
    auto const step = wanted->value_or(ledger::PeriodUnit::month);
    auto const points = store::portfolio_series(reading.database, reading.county, *span, step);
    if (!points) return std::unexpected{points.error()};
    return wire::series_json(*points, step);
}

Answer quality(Reading const& reading)
{
    auto const span = wanted_span(reading);
    if (!span) return std::unexpected{span.error()};
    auto const wanted = reading.choice<PortfolioBy>("by");
    if (!wanted) return std::unexpected{wanted.error()};
    auto const by = wanted->value_or(PortfolioBy::township);
    auto const lines = store::quality(reading.database, reading.county, *span, by);
    if (!lines) return std::unexpected{lines.error()};
    return wire::quality_json(*lines, *span, by);
}

Answer leading(Reading const& reading)
{
    auto const as_of = reading.date("as_of");
    if (!as_of) return std::unexpected{as_of.error()};
    auto const wanted = reading.choice<store::LeadingBy>("by");
    if (!wanted) return std::unexpected{wanted.error()};
    auto const known_at = reading.instant("known_at");
    if (!known_at) return std::unexpected{known_at.error()};
    auto const by = wanted->value_or(store::LeadingBy::township);
    auto const lines = store::leading(reading.database, reading.county, *as_of, by, *known_at);
    auto out = wire::leading_json(lines, *as_of, by);
    auto const until = *as_of ? std::optional{(*as_of)->plus_days(1)} : std::nullopt;
    wire::add_knowledge(out, *known_at, later(reading, *known_at, until, true));
    return out;
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
