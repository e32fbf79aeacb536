// Figures of the programme, and what each of them means.
#include "daifud/handlers.hpp"

#include "daifud/later_entries.hpp"
#include "daifud/places.hpp"

#include "reports/statistics_csv.hpp"
#include "store/queries.hpp"
#include "wire/answers.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <vector>

namespace daifud {

using ledger::Dimension;
using ledger::Report;

namespace {

/// The last day, or the one through which the books are kept.
ledger::Result<ledger::Date> last_day(Reading const& reading)
{
    auto const as_of = reading.date("as_of");
    if (!as_of) return std::unexpected{as_of.error()};
    return as_of->value_or(books_day(reading));
}

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
std::vector<store::PortfolioLine> within(std::vector<store::PortfolioLine> lines, Dimension by,
                                         std::string const& township)
{
    bool const has_places = by == Dimension::township || by == Dimension::village;
    if (has_places && !township.empty()) {
        std::erase_if(lines, [&](store::PortfolioLine const& line) {
            return !line.key.empty() && !line.key.starts_with(township);
        });
    }
    return lines;
}

} // namespace

ledger::Date books_day(Reading const& reading)
{
    return store::books_day(reading.database, reading.county).value_or(reading.today);
}

ledger::Result<Dimension> dimension(Reading const& reading, Report report, Dimension fallback)
{
    auto const* const code = reading.value("by");
    return code ? ledger::dimension_of(report, *code) : fallback;
}

Answer portfolio(Reading const& reading)
{
    auto const from = reading.date("from");
    if (!from) return std::unexpected{from.error()};
    auto const asked_until = reading.date("until");
    if (!asked_until) return std::unexpected{asked_until.error()};
    auto const until = asked_until->value_or(books_day(reading).plus_days(1));
    auto const by = dimension(reading, Report::portfolio);
    if (!by) return std::unexpected{by.error()};
    auto const township = township_of(reading);
    if (!township) return std::unexpected{township.error()};
    auto const known_at = reading.instant("known_at");
    if (!known_at) return std::unexpected{known_at.error()};
    auto lines = store::portfolio(reading.database, reading.county, *from, until, *by, *known_at);
    if (!lines) return std::unexpected{lines.error()};
    auto out = wire::portfolio_json(within(*std::move(lines), *by, *township), *from, until, *by);
    wire::add_knowledge(out, *known_at, later_entries(reading, *known_at, until, false));
    return out;
}

namespace {

/// A series of either kind: the same questions, the same way of telling what was known.
template <class Points>
Answer series(Reading const& reading, bool with_households,
              ledger::Result<Points> (*query)(store::Database&, ledger::CountyCode const&,
                                              ledger::Span, ledger::PeriodUnit,
                                              std::optional<store::Instant>),
              boost::json::object (*answer)(std::span<typename Points::value_type const>,
                                            ledger::PeriodUnit))
{
    auto const span = wanted_span(reading);
    if (!span) return std::unexpected{span.error()};
    auto const wanted = reading.choice<ledger::PeriodUnit>("step");
    if (!wanted) return std::unexpected{wanted.error()};
    auto const known_at = reading.instant("known_at");
    if (!known_at) return std::unexpected{known_at.error()};
    auto const step = wanted->value_or(ledger::PeriodUnit::month);
    auto const points = query(reading.database, reading.county, *span, step, *known_at);
    if (!points) return std::unexpected{points.error()};
    auto out = answer(*points, step);
    wire::add_knowledge(out, *known_at,
                        later_entries(reading, *known_at, span->until, with_households));
    return out;
}

} // namespace

Answer portfolio_series(Reading const& reading)
{
    return series(reading, false, store::portfolio_series, wire::series_json);
}

Answer leading_series(Reading const& reading)
{
    return series(reading, true, store::leading_series, wire::leading_series_json);
}

Answer quality(Reading const& reading)
{
    auto const span = wanted_span(reading);
    if (!span) return std::unexpected{span.error()};
    auto const by = dimension(reading, Report::quality);
    if (!by) return std::unexpected{by.error()};
    auto const known_at = reading.instant("known_at");
    if (!known_at) return std::unexpected{known_at.error()};
    auto const lines = store::quality(reading.database, reading.county, *span, *by, *known_at);
    if (!lines) return std::unexpected{lines.error()};
    auto out = wire::quality_json(*lines, *span, *by);
    wire::add_knowledge(out, *known_at, later_entries(reading, *known_at, span->until, false));
    return out;
}

Answer fund_statistics(Reading const& reading)
{
    auto const as_of = last_day(reading);
    if (!as_of) return std::unexpected{as_of.error()};
    auto const known_at = reading.instant("known_at");
    if (!known_at) return std::unexpected{known_at.error()};
    auto const lines = store::fund_figures(reading.database, reading.county, *as_of, *known_at);
    auto out = wire::fund_figures_json(lines, *as_of);
    auto const until = as_of->plus_days(1);
    wire::add_knowledge(out, *known_at, later_entries(reading, *known_at, until, false));
    return out;
}

Answer statistic(Reading const& reading, Answer (*answer)(Reading const&))
{
    for (auto const& [name, latest] :
         {std::pair{"as_of", reading.today}, std::pair{"until", reading.today.plus_days(1)}})
    {
        auto const day = reading.date(name);
        if (!day) return std::unexpected{day.error()};
        if (*day && **day > latest) {
            return ledger::refuse(ledger::Refusal::date_in_future, name, latest.text());
        }
    }
    return answer(reading);
}

ledger::Result<Document> statistics_table(Reading const& reading, Answer (*answer)(Reading const&))
{
    auto const answered = statistic(reading, answer);
    if (!answered) return std::unexpected{answered.error()};
    std::string_view const path = reading.request.route;
    return Document{reports::statistics_csv(*answered), "text/csv; charset=utf-8",
                    std::string{path.substr(path.rfind('/') + 1)}};
}

Answer leading(Reading const& reading)
{
    auto const as_of = last_day(reading);
    if (!as_of) return std::unexpected{as_of.error()};
    auto const by = dimension(reading, Report::leading);
    if (!by) return std::unexpected{by.error()};
    auto const known_at = reading.instant("known_at");
    if (!known_at) return std::unexpected{known_at.error()};
    auto const lines = store::leading(reading.database, reading.county, *as_of, *by, *known_at);
    auto out = wire::leading_json(lines, *as_of, *by);
    auto const until = as_of->plus_days(1);
    wire::add_knowledge(out, *known_at, later_entries(reading, *known_at, until, true));
    return out;
}

} // namespace daifud
