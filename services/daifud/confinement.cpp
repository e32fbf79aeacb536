#include "daifud/confinement.hpp"

#include "store/queries.hpp"

#include <algorithm>

namespace daifud {

namespace {

struct Object {
    std::string_view parameter;
    store::NamedObject what;
};
constexpr Object objects[]{
    {"loan", store::NamedObject::loan},           {"borrower", store::NamedObject::borrower},
    {"household", store::NamedObject::household}, {"number", store::NamedObject::entry},
    {"digest", store::NamedObject::evidence},
};

} // namespace

ledger::Result<void> check_object(Reading const& reading)
{
    if (!reading.request.caller) return {}; // open to everybody
    auto const& township = caller_of(reading.request).confined_to;
    if (township.is_empty()) return {};
    for (Object const& object : objects) {
        auto const named = reading.request.parameters.find(object.parameter);
        if (named == reading.request.parameters.end()) continue;
        auto const places =
            store::places_of(reading.database, reading.county, object.what, named->second);
        bool const is_own = std::ranges::any_of(places, [&township](auto const& place) {
            return ledger::check_place(township, place).has_value();
        });
        if (!is_own)
            return ledger::refuse(ledger::Refusal::not_own_township, std::string{object.parameter},
                                  township.text());
    }
    return {};
}

} // namespace daifud
