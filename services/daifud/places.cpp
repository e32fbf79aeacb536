// Looks a township up among the county's administrative units.
#include "daifud/places.hpp"

#include "store/queries.hpp"

#include <algorithm>

namespace daifud {

namespace {

constexpr std::size_t township_digits = 9;

} // namespace

ledger::Result<std::string> township_of(Reading const& reading)
{
    auto const code = reading.query<ledger::UnitCode>("township");
    if (!code) return std::unexpected{code.error()};
    if (code->is_empty()) return std::string{};
    if (code->text().size() != township_digits)
        return ledger::refuse(ledger::Refusal::township_not_found, "township");
    if (auto there = check_place(reading, code->text(), "township"); !there)
        return std::unexpected{there.error()};
    return code->text();
}

ledger::Result<void> check_place(Reading const& reading, std::string const& code,
                                 std::string_view field)
{
    auto const units = store::administrative_units(reading.database, reading.county);
    if (std::ranges::find(units, code, &store::AdministrativeUnit::code) != units.end()) return {};
    bool const is_township = code.size() == township_digits;
    return ledger::refuse(is_township ? ledger::Refusal::township_not_found
                                      : ledger::Refusal::village_not_found,
                          std::string{field});
}

} // namespace daifud
