// The public edition: what the county publishes of the programme, by township, as of the last day
// that is closed and as the books knew it when that day ended, so that the edition of a day never
// changes; without a figure about fewer than five. What is owed is published of the county
// only: in a township it could be one neighbour's, when all others have paid. Each figure is what
// the statistics answer under its indicator's code.
#pragma once

#include "ledger/indicator.hpp"
#include "store/queries.hpp"

#include <boost/json/fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace reports {

struct PublicLine {
    std::string township; ///< nine digits; empty: the county
    std::string name;
    /// One an indicator, as the statistics write it; nothing: not published.
    std::vector<std::optional<std::string>> values;
};

struct PublicEdition {
    ledger::CountyCode county;
    ledger::Date as_of;                               ///< last value date that counts
    std::optional<store::Instant> recorded_through;   ///< of the last thing that the books knew
    std::vector<ledger::Indicator const*> indicators; ///< never null
    std::vector<PublicLine> townships;
    PublicLine whole;
};

/// As of the last closed day; where none is closed, of the day before `today`. Refuses
/// county_not_found.
ledger::Result<PublicEdition> public_edition(store::Database& reader, ledger::CountyCode const&,
                                             ledger::Date today);

/// {county, as_of, recorded_through, threshold, townships: [{township, name, lent …}], whole,
/// dictionary}; null where a figure is not published.
boost::json::object json_of(PublicEdition const&);
/// One line a township and the county, headed in Chinese, with * where a figure is not published;
/// UTF-8 with a byte order mark.
std::string csv_of(PublicEdition const&);

} // namespace reports
