// The units that the ledger counts. Yuan are not the only thing that must never be counted twice:
// households and persons are posted with the same discipline, each balanced in its own unit.
#pragma once

#include <cstdint>
#include <string_view>

namespace ledger {

enum class Unit : std::uint8_t {
    cny = 1,   ///< minor unit 1 fen = 1/100 yuan
    household, ///< minor unit 1/10 000 household, so that shares of one household are exact
    person,    ///< minor unit 1/10 000 person
};

/// "CNY", "HOUSEHOLD", "PERSON".
std::string_view code_of(Unit);
/// Minor units in one whole: 100 or 10 000.
std::int64_t minor_units_in(Unit);

} // namespace ledger
