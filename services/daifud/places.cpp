// Looks a township up among the county's administrative units.
#include "daifud/places.hpp"

#include "store/queries.hpp"

#include <algorithm>

namespace daifud {

ledger::Result<std::string> township_of(Reading const& reading)
{
    auto const code = reading.query<ledger::UnitCode>("township");
    if (!code) return std::unexpected{code.error()};
    if (code->is_empty()) return std::string{};
    auto const units = store::administrative_units(reading.database, reading.county);
    bool const exists = std::ranges::any_of(units, [&](store::AdministrativeUnit const& unit) {
        return unit.code == code->text() && unit.parent_code == reading.county.text();
    });
    if (!exists) return ledger::refuse(ledger::Refusal::township_not_found, "township");
    return code->text();
}

} // namespace daifud
