// The registers beside the households: lists as of a day, what is counted against the plan, what
// the poor villages have, and the history of one subject.
#include "daifud/handlers.hpp"

#include "daifud/later_entries.hpp"
#include "daifud/places.hpp"

#include "store/registers.hpp"
#include "wire/answers.hpp"
#include "wire/register_answers.hpp"

#include <boost/json/object.hpp>

namespace daifud {

namespace {

/// The day, the township, the cursor and the size of a page.
ledger::Result<store::RegisterFilter> filter_of(Reading const& reading)
{
    auto const as_of = reading.date_or_today("as_of");
    if (!as_of) return std::unexpected{as_of.error()};
    auto const township = township_of(reading);
    if (!township) return std::unexpected{township.error()};
    auto const after = reading.query<ledger::SubjectName>("after");
    if (!after) return std::unexpected{after.error()};
    auto const known_at = reading.instant("known_at");
    if (!known_at) return std::unexpected{known_at.error()};
    store::RegisterFilter filter;
    auto const limit = reading.number_or("limit", 1, store::page_limit, filter.limit);
    if (!limit) return std::unexpected{limit.error()};
    return store::RegisterFilter{*as_of, *township, after->text(), *limit, *known_at};
}

/// A list that takes the filter alone.
template <class Line>
Answer list(Reading const& reading,
            std::vector<Line> (*query)(store::Database&, ledger::CountyCode const&,
                                       store::RegisterFilter const&),
            boost::json::object (*answer)(std::span<Line const>, ledger::Date, int))
{
    auto const filter = filter_of(reading);
    if (!filter) return std::unexpected{filter.error()};
    return answer(query(reading.database, reading.county, *filter), filter->as_of, filter->limit);
}

} // namespace

Answer branch_list(Reading const& reading)
{
    return list(reading, store::branches, wire::branches_json);
}

Answer member_list(Reading const& reading)
{
    auto const branch = reading.query<ledger::BranchCode>("branch");
    if (!branch) return std::unexpected{branch.error()};
    auto const filter = filter_of(reading);
    if (!filter) return std::unexpected{filter.error()};
    return wire::members_json(
        store::members(reading.database, reading.county, branch->text(), *filter), filter->as_of,
        filter->limit);
}

Answer poor_member_list(Reading const& reading)
{
    return list(reading, store::poor_members, wire::poor_members_json);
}

Answer person_list(Reading const& reading)
{
    auto const household = reading.query<ledger::HouseholdNumber>("household");
    if (!household) return std::unexpected{household.error()};
    auto const filter = filter_of(reading);
    if (!filter) return std::unexpected{filter.error()};
    return wire::persons_json(
        store::persons(reading.database, reading.county, household->text(), *filter), filter->as_of,
        filter->limit);
}

Answer target_list(Reading const& reading)
{
    return list(reading, store::targets, wire::targets_json);
}

Answer responsibility_list(Reading const& reading)
{
    auto const overdue = reading.truth_or("overdue", false);
    if (!overdue) return std::unexpected{overdue.error()};
    auto const filter = filter_of(reading);
    if (!filter) return std::unexpected{filter.error()};
    return wire::responsibilities_json(
        store::responsibilities(reading.database, reading.county, *overdue, *filter), filter->as_of,
        filter->limit);
}

Answer village_list(Reading const& reading)
{
    return list(reading, store::villages, wire::villages_json);
}

Answer village_coverage(Reading const& reading)
{
    auto const as_of = reading.date_or_today("as_of");
    if (!as_of) return std::unexpected{as_of.error()};
    auto const known_at = reading.instant("known_at");
    if (!known_at) return std::unexpected{known_at.error()};
    return wire::village_coverage_json(
        store::village_coverage(reading.database, reading.county, *as_of, *known_at), *as_of);
}

Answer reach(Reading const& reading)
{
    auto const as_of = reading.date_or_today("as_of");
    if (!as_of) return std::unexpected{as_of.error()};
    auto const known_at = reading.instant("known_at");
    if (!known_at) return std::unexpected{known_at.error()};
    auto out =
        wire::reach_json(store::reach(reading.database, reading.county, *as_of, *known_at), *as_of);
    wire::add_knowledge(out, *known_at,
                        later_entries(reading, *known_at, as_of->plus_days(1), true));
    return out;
}

Answer plan(Reading const& reading)
{
    auto const as_of = reading.date_or_today("as_of");
    if (!as_of) return std::unexpected{as_of.error()};
    constexpr int every_year = 0;
    auto const year =
        reading.number_or("year", ledger::target_year_least, ledger::target_year_most, every_year);
    if (!year) return std::unexpected{year.error()};
    auto const known_at = reading.instant("known_at");
    if (!known_at) return std::unexpected{known_at.error()};
    return wire::plan_json(store::plan(reading.database, reading.county, *as_of, *year, *known_at),
                           *as_of);
}

Answer register_facts(Reading const& reading)
{
    auto const kind = reading.choice<ledger::RegisterKind>("register");
    if (!kind) return std::unexpected{kind.error()};
    if (!*kind) return ledger::refuse(ledger::Refusal::field_missing, "register");
    auto const name = reading.query<ledger::SubjectName>("subject");
    if (!name) return std::unexpected{name.error()};
    if (name->is_empty()) return ledger::refuse(ledger::Refusal::field_missing, "subject");
    auto const subject = store::subject(reading.database, reading.county, {**kind, name->text()});
    return wire::register_json(subject.value_or(ledger::Register{{**kind, name->text()}, {}}));
}

} // namespace daifud
