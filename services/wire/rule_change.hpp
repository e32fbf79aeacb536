// A change of the rules from JSON, and the tables that it may add to as JSON. Keys and forms are in
// services/api/openapi.yaml (RuleChange).
#pragma once

#include "wire/json.hpp"

#include "ledger/rule_change.hpp"

#include <boost/json/fwd.hpp>

#include <span>

namespace wire {

/// What is left out of the rules is as the version in force on that day has it.
ledger::RuleChange rule_change_from(ObjectReader&, ledger::Programme const& now);

boost::json::object approval_bands_json(std::span<ledger::ApprovalBand const>);
boost::json::object retention_rules_json(std::span<ledger::RetentionRule const>);

} // namespace wire
