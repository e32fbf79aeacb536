#include "daifud/pending_answers.hpp"

#include "daifud/gate.hpp"

#include "ledger/seal.hpp"
#include "store/queries.hpp"
#include "wire/answers.hpp"
#include "wire/choices.hpp"

#include <boost/json.hpp>

#include <limits>

namespace daifud {

namespace json = boost::json;
using ledger::Result;

namespace {

constexpr int name_limit = 40;

/// What is the same whenever it is booked: not what time alone changes.
json::object lasting(std::string const& effect)
{
    json::object all = json::parse(effect).as_object();
    json::object kept;
    for (char const* part : {"entry", "allocations", "warnings"})
        if (auto const found = all.find(part); found != all.end()) kept[part] = found->value();
    if (auto* const entry = kept.contains("entry") ? kept["entry"].if_object() : nullptr) {
        entry->erase("booked_on");
        entry->erase("narrative");
    }
    json::object const& after = all.at("after").as_object();
    for (char const* part : {"status", "approved", "disbursed", "matures_on", "annual_rate",
                             "risk_class", "written_off_on", "rescheduled_on", "extensions",
                             "standing", "persons", "claims", "exit_steps"})
        if (auto const found = after.find(part); found != after.end()) kept[part] = found->value();
    return kept;
}

template <class Preview> EffectOf effect_in(ledger::Command const& command, Preview const& shown)
{
    return {json::serialize(wire::preview_json(ledger::code_of(command), shown)), {}, {}};
}

Result<EffectOf> household_effect(store::Database& app, ledger::CountyCode const& county,
                                  ledger::Command const& command, ledger::Date booked_on,
                                  ledger::UnitCode const& confined_to)
{
    auto const shown = store::preview_household(app, county, command, booked_on, confined_to);
    if (!shown) return std::unexpected{shown.error()};
    auto effect = effect_in(command, *shown);
    effect.subject = shown->before.number.text();
    effect.place = ledger::fold(shown->before, shown->as_of).village;
    return effect;
}

Result<EffectOf> loan_effect(store::Database& app, ledger::CountyCode const& county,
                             ledger::Command const& command, ledger::Date booked_on,
                             ledger::UnitCode const& confined_to)
{
    auto const shown = store::preview(app, county, command, booked_on, confined_to);
    if (!shown) return std::unexpected{shown.error()};
    auto effect = effect_in(command, *shown);
    effect.subject = ledger::references(command).loan->text();
    auto const places = store::places_of(app, county, store::NamedObject::loan, effect.subject);
    if (!places.empty()) effect.place = places.front();
    return effect;
}

json::value parsed(std::string const& text)
{
    return text.empty() ? json::value{} : json::parse(text);
}

} // namespace

Result<EffectOf> effect_of(store::Database& app, ledger::CountyCode const& county,
                           ledger::Command const& command, ledger::Date booked_on,
                           ledger::UnitCode const& confined_to)
{
    bool const is_of_household = ledger::references(command).household.has_value();
    auto const find = is_of_household ? household_effect : loan_effect;
    return find(app, county, command, booked_on, confined_to);
}

bool is_same_effect(std::string const& then, std::string const& now)
{
    return lasting(then) == lasting(now);
}

std::string effect_digest(store::PendingLine const& line)
{
    return ledger::hex(ledger::file_digest(line.what.effect));
}

json::object pending_json(store::PendingLine const& line)
{
    json::array steps;
    for (store::PendingStep const& step : line.steps) {
        steps.push_back(json::object{{"outcome", step.outcome},
                                     {"actor", step.actor},
                                     {"reason", step.reason},
                                     {"stepped_at", step.stepped_at},
                                     {"effect_now", parsed(step.effect_now)}});
    }
    return {
        {"pending", line.number},
        {"status", code_of(line.status)},
        {"command", line.what.command},
        {"subject", line.what.subject},
        {"maker", line.what.maker},
        {"made_at", wire::rfc3339(line.made_at)},
        {"business_day", line.what.business_day.text()},
        {"place", line.what.place.is_empty() ? json::value{} : json::value(line.what.place.text())},
        {"body", parsed(line.what.body)},
        {"effect", parsed(line.what.effect)},
        {"effect_digest", effect_digest(line)},
        {"checkers", line.checkers},
        {"approvals", line.approvals},
        {"entry_number", line.entry_number ? json::value(*line.entry_number) : json::value{}},
        {"steps", std::move(steps)},
    };
}

Result<json::object> pending_page(Reading const& reading)
{
    store::PendingFilter filter;
    auto const status = reading.choice<store::PendingStatus>("status");
    if (!status) return std::unexpected{status.error()};
    filter.status = *status;
    auto const maker = reading.text("maker", name_limit);
    if (!maker) return std::unexpected{maker.error()};
    filter.maker = *maker;
    auto const township = reading.query<ledger::UnitCode>("township");
    if (!township) return std::unexpected{township.error()};
    filter.township = *township;
    auto const after = reading.number_or("after", 0, std::numeric_limits<int>::max(), 0);
    if (!after) return std::unexpected{after.error()};
    filter.after = *after;
    auto const limit = reading.number_or("limit", 1, store::page_limit, filter.limit);
    if (!limit) return std::unexpected{limit.error()};
    filter.limit = *limit;
    auto const lines = store::pending_list(reading.database, reading.county, filter);
    json::array list;
    for (store::PendingLine const& line : lines) list.push_back(pending_json(line));
    bool const is_full = std::cmp_equal(lines.size(), filter.limit);
    return json::object{{"pending", std::move(list)},
                        {"next", is_full ? json::value(lines.back().number) : json::value{}}};
}

} // namespace daifud
