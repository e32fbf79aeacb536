// The books themselves: the county's state, an entry, the trial balance, the self-check.
#include "daifud/handlers.hpp"

#include "store/evidence_files.hpp"
#include "store/registers.hpp"

#include "store/queries.hpp"
#include "wire/answers.hpp"

#include <boost/json/object.hpp>

namespace daifud {

using ledger::Refusal;
using ledger::refuse;

Answer county_card(Reading const& reading)
{
    auto const status = store::county(reading.database, reading.county);
    if (!status) return refuse(Refusal::county_not_found, "Daifu-County");
    return wire::to_json(*status);
}

Answer entry_card(Reading const& reading)
{
    auto const number = reading.path_number("number");
    if (!number) return std::unexpected{number.error()};
    auto const card = store::entry(reading.database, reading.county, *number);
    if (!card) return refuse(Refusal::entry_not_found, "number");
    return wire::to_json(*card);
}

Answer trial_balance(Reading const& reading)
{
    auto const through = reading.date("booked_through");
    if (!through) return std::unexpected{through.error()};
    auto const as_of = reading.date("as_of");
    if (!as_of) return std::unexpected{as_of.error()};
    if (*through && *as_of) return refuse(Refusal::argument_not_wanted, "as_of");
    auto const known_at = reading.instant("known_at");
    if (!known_at) return std::unexpected{known_at.error()};
    store::BalanceDay const day{*through, *as_of, *known_at};
    return wire::trial_balance_json(store::trial_balance(reading.database, reading.county, day),
                                    day);
}

Answer self_check(Reading const& reading, store::EvidenceFiles const& evidence)
{
    auto checks = store::doctor(reading.database, reading.county);
    checks.push_back(store::check_evidence(reading.database, reading.county, evidence));
    return wire::doctor_json(checks);
}

} // namespace daifud
