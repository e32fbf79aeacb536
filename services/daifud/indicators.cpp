// What each figure means, and what it counts.
#include "daifud/handlers.hpp"

#include "daifud/later_entries.hpp"
#include "daifud/places.hpp"

#include "store/queries.hpp"
#include "wire/answers.hpp"

#include <boost/json/object.hpp>

namespace daifud {

namespace {

using ledger::Dimension;
using ledger::Refusal;

constexpr int key_limit = 120; ///< characters; the longest name of a branch

/// The group: its dimension and its key go together.
ledger::Result<void> read_group(Reading const& reading, ledger::Indicator const& indicator,
                                store::PartFilter& filter)
{
    auto const by = dimension(reading, indicator.report, Dimension::county);
    if (!by) return std::unexpected{by.error()};
    auto const key = reading.text("key", key_limit);
    if (!key) return std::unexpected{key.error()};
    filter.by = *by;
    filter.key = *key;
    if (filter.by == Dimension::county) {
        if (filter.key.empty()) return {};
        return ledger::refuse(Refusal::field_missing, "by");
    }
    if (filter.key.empty()) return ledger::refuse(Refusal::field_missing, "key");
    bool const is_place = filter.by == Dimension::township || filter.by == Dimension::village;
    return is_place ? check_place(reading, filter.key, "key") : ledger::Result<void>{};
}

ledger::Result<store::PartFilter> filter_of(Reading const& reading,
                                            ledger::Indicator const& indicator)
{
    store::PartFilter filter;
    if (auto group = read_group(reading, indicator, filter); !group)
        return std::unexpected{group.error()};
    auto const from = reading.date("from");
    if (!from) return std::unexpected{from.error()};
    auto const as_of = reading.date("as_of");
    if (!as_of) return std::unexpected{as_of.error()};
    auto const after = reading.text("after", key_limit);
    if (!after) return std::unexpected{after.error()};
    auto const limit = reading.number_or("limit", 1, store::page_limit, filter.limit);
    if (!limit) return std::unexpected{limit.error()};
    auto const known_at = reading.instant("known_at");
    if (!known_at) return std::unexpected{known_at.error()};
    filter.from = *from;
    filter.as_of = as_of->value_or(books_day(reading));
    filter.after = *after;
    filter.limit = *limit;
    filter.known_at = *known_at;
    return filter;
}

} // namespace

Answer indicators(Reading const&)
{
    return wire::indicators_json();
}

Answer indicator_parts(Reading const& reading)
{
    auto const& code = reading.request.parameters.at("code");
    static ledger::Indicator const unknown{};
    auto const* const found = ledger::indicator_named(code);
    auto const filter = filter_of(reading, found ? *found : unknown);
    if (!filter) return std::unexpected{filter.error()};
    auto const parts = store::parts_of(reading.database, reading.county, code, *filter);
    if (!parts) return std::unexpected{parts.error()};
    auto out = wire::parts_json(*found, *filter, *parts);
    wire::add_knowledge(out, filter->known_at,
                        later_entries(reading, filter->known_at, filter->as_of->plus_days(1),
                                      counts_households(found->report)));
    return out;
}

} // namespace daifud
