// Funds and what is left in them.
#include "daifud/handlers.hpp"

#include "store/queries.hpp"
#include "wire/answers.hpp"

#include <boost/json/object.hpp>

namespace daifud {

Answer fund_list(Reading const& reading)
{
    return wire::funds_json(store::funds(reading.database, reading.county));
}

} // namespace daifud
