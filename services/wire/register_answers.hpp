// The registers beside the households as JSON, under the rules of wire/answers.hpp: pages with the
// cursor of the next, what is counted against the plan, what the poor villages have.
#pragma once

#include "ledger/register_fact.hpp"
#include "store/registers.hpp"

#include <boost/json/fwd.hpp>

#include <span>

namespace wire {

boost::json::object to_json(store::BranchLine const&);
boost::json::object to_json(store::MemberLine const&);
boost::json::object to_json(store::PoorMemberLine const&);
boost::json::object to_json(store::PersonLine const&);
/// With the share that is reached, in percent.
boost::json::object to_json(store::TargetLine const&);
boost::json::object to_json(store::ResponsibilityLine const&);
boost::json::object to_json(store::VillageLine const&);
/// With those that have not, and the shares that have, in percent.
boost::json::object to_json(store::CoverageLine const&);

boost::json::object to_json(store::ReachLine const&);

/// {as_of, branches: […], next: cursor | null} and so on: the page under its name.
boost::json::object branches_json(std::span<store::BranchLine const>, ledger::Date as_of,
                                  int limit);
boost::json::object members_json(std::span<store::MemberLine const>, ledger::Date as_of, int limit);
boost::json::object poor_members_json(std::span<store::PoorMemberLine const>, ledger::Date as_of,
                                      int limit);
boost::json::object persons_json(std::span<store::PersonLine const>, ledger::Date as_of, int limit);
boost::json::object targets_json(std::span<store::TargetLine const>, ledger::Date as_of, int limit);
boost::json::object responsibilities_json(std::span<store::ResponsibilityLine const>,
                                          ledger::Date as_of, int limit);
boost::json::object villages_json(std::span<store::VillageLine const>, ledger::Date as_of,
                                  int limit);
/// {as_of, targets: […]}
boost::json::object plan_json(std::span<store::TargetLine const>, ledger::Date as_of);
/// {as_of, county, lines: […]}. Asserts that the county's line is there, as the last.
boost::json::object village_coverage_json(std::span<store::CoverageLine const>, ledger::Date as_of);
/// {as_of, county, lines: […], indicators: [definitions]}
boost::json::object reach_json(std::span<store::ReachLine const>, ledger::Date as_of);
/// {register, subject, facts: [{sequence, type, value_on, booked_on, …, is_reversed}]}
boost::json::object register_json(ledger::Register const&);

/// {evidence: [{digest, media_type, bytes, taken_on, place, description, kept_on, shows}], next}
boost::json::object to_json(store::EvidenceLine const&);
boost::json::object evidence_json(std::span<store::EvidenceLine const>, int limit);

} // namespace wire
