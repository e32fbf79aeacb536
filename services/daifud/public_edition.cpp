// The public edition over HTTP: the same for everybody, so it may be cached.
#include "daifud/handlers.hpp"

#include "reports/public_edition.hpp"

#include <boost/json/object.hpp>

namespace daifud {

Answer public_statistics(Reading const& reading)
{
    auto const edition = reports::public_edition(reading.database, reading.county, reading.today);
    if (!edition) return std::unexpected{edition.error()};
    return reports::json_of(*edition);
}

ledger::Result<Document> public_statistics_csv(Reading const& reading)
{
    auto const edition = reports::public_edition(reading.database, reading.county, reading.today);
    if (!edition) return std::unexpected{edition.error()};
    return Document{reports::csv_of(*edition), "text/csv; charset=utf-8",
                    "daifu-" + edition->county.text() + "-" + edition->as_of.text() + ".csv"};
}

} // namespace daifud
