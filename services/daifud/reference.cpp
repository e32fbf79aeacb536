// What the books rest on: chart of accounts, programme rules and dated tables, base rates,
// townships and villages.
#include "daifud/handlers.hpp"

#include "store/queries.hpp"
#include "wire/answers.hpp"
#include "wire/rule_change.hpp"

#include <boost/json/object.hpp>

namespace daifud {

Answer chart_of_accounts(Reading const& reading)
{
    return wire::chart_json(store::chart_of_accounts(reading.database, reading.county));
}

Answer programme_rules(Reading const& reading)
{
    return wire::programme_rules_json(store::programme_rules(reading.database, reading.county));
}

Answer base_rates(Reading const& reading)
{
    return wire::base_rates_json(store::base_rates(reading.database));
}

Answer class_floors(Reading const& reading)
{
    return wire::class_floors_json(
        store::programme_tables(reading.database, reading.county).class_floors);
}

Answer provision_rates(Reading const& reading)
{
    return wire::provision_rates_json(
        store::programme_tables(reading.database, reading.county).provision_rates);
}

Answer subsidy_schemes(Reading const& reading)
{
    return wire::subsidy_schemes_json(
        store::programme_tables(reading.database, reading.county).subsidy_schemes);
}

Answer holidays(Reading const& reading)
{
    return wire::holidays_json(store::programme_tables(reading.database, reading.county).holidays);
}

Answer leading_rules(Reading const& reading)
{
    return wire::leading_rules_json(
        store::programme_tables(reading.database, reading.county).leading_rules);
}

Answer poverty_lines(Reading const& reading)
{
    return wire::poverty_lines_json(
        store::programme_tables(reading.database, reading.county).poverty_lines);
}

Answer approval_bands(Reading const& reading)
{
    return wire::approval_bands_json(
        store::programme_tables(reading.database, reading.county).approval_bands);
}

Answer retention_rules(Reading const& reading)
{
    return wire::retention_rules_json(
        store::programme_tables(reading.database, reading.county).retention_rules);
}

Answer administrative_units(Reading const& reading)
{
    return wire::administrative_units_json(
        store::administrative_units(reading.database, reading.county));
}

} // namespace daifud
