// The terms of a loan as JSON, one reading for a proposal, a preview and a replay. What each key
// means, with a worked example, is in services/api/schedule-and-replay.md.
#pragma once

#include "wire/json.hpp"

#include <boost/json/fwd.hpp>

namespace wire {

/// Reads the keys of terms from an object that may hold others too (the caller's), and checks them
/// with ledger::checked_terms. The reader keeps any refusal; the fields are relative to its path.
ledger::Result<ledger::Terms> terms_from(ObjectReader&);

/// Every term, the defaults too; terms_from reads it back to equal terms.
boost::json::object to_json(ledger::Terms const&);

} // namespace wire
