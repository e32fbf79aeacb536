// The books themselves: the county's state, an entry, the trial balance, the self-check.
#include "daifud/handlers.hpp"

#include "daifud/places.hpp"

#include "store/evidence_files.hpp"
#include "store/registers.hpp"

#include "store/queries.hpp"
#include "wire/answers.hpp"

#include <boost/json/object.hpp>

#include <limits>

namespace daifud {

using ledger::Refusal;
using ledger::refuse;

namespace {

constexpr int actor_text_limit = 40;
constexpr int subject_text_limit = 60;

} // namespace

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

Answer entry_list(Reading const& reading)
{
    auto const township = township_of(reading);
    if (!township) return std::unexpected{township.error()};
    auto const day = reading.date("booked_on");
    if (!day) return std::unexpected{day.error()};
    auto const actor = reading.text("actor", actor_text_limit);
    if (!actor) return std::unexpected{actor.error()};
    auto const subject = reading.text("subject", subject_text_limit);
    if (!subject) return std::unexpected{subject.error()};
    // The journal is found by its day or its subject; nobody reads it from end to end for a name.
    bool const is_wide = !*day && subject->empty();
    if (is_wide && (!actor->empty() || !township->empty()))
        return refuse(Refusal::field_missing, "booked_on");
    auto const before = reading.number_or("before", 1, std::numeric_limits<int>::max(), 0);
    if (!before) return std::unexpected{before.error()};
    auto const limit = reading.number_or("limit", 1, store::page_limit, store::EntryFilter{}.limit);
    if (!limit) return std::unexpected{limit.error()};
    return wire::entries_json(store::entries(reading.database, reading.county,
                                             {*day, *actor, *subject, *township, *before, *limit}),
                              *limit);
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
