// The names and the fineness of the units. What a unit counts is said in the header; nothing here
// converts one into another, because nothing may.
#include "ledger/unit.hpp"

#include "ledger/assert.hpp"

namespace ledger {

std::string_view code_of(Unit unit)
{
    switch (unit) {
    case Unit::cny: return "CNY";
    case Unit::household: return "HOUSEHOLD";
    case Unit::person: return "PERSON";
    }
    LEDGER_ASSERT(!"a unit that is not in the list");
}

std::int64_t minor_units_in(Unit unit)
{
    switch (unit) {
    case Unit::cny: return 100;
    case Unit::household:
    case Unit::person: return 10'000;
    }
    LEDGER_ASSERT(!"a unit that is not in the list");
}

} // namespace ledger
