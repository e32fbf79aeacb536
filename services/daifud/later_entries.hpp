// What the books came to know since an instant, beside a figure that is asked as it was known then.
#pragma once

#include "daifud/gate.hpp"
#include "daifud/reading.hpp"

#include "store/queries.hpp"

namespace daifud {

/// Of days before `until` (empty: of any). Nothing where a figure is asked as it is known now.
inline store::LaterEntries later_entries(Reading const& reading,
                                         std::optional<store::Instant> known_at,
                                         std::optional<ledger::Date> until, bool with_households)
{
    if (!known_at) return {};
    auto later =
        store::entries_since(reading.database, reading.county, *known_at, until, with_households);
    // Who may not read the county's journal is told how many there are, not which.
    bool const reads_all = reading.request.caller &&
                           reads_everywhere(caller_of(reading.request).admitted.who, "read_books");
    if (!reads_all) later.first.clear();
    return later;
}

} // namespace daifud
