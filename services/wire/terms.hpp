// The terms of a loan as JSON, one reading for a proposal, a preview and a replay. What each key
// means, with a worked example, is in services/api/schedule-and-replay.md.
#pragma once

#include "wire/json.hpp"

#include <boost/json/fwd.hpp>

namespace wire {

/// Reads the keys of terms from an object that may hold others too (the caller's), and checks them
/// with ledger::checked_terms. The reader keeps any refusal; the fields are relative to its path.
ledger::Result<ledger::Terms> terms_from(ObjectReader&);

/// The same of a loan in the books, which may name a scheme of the county: `subsidy_scheme`.
ledger::Result<ledger::Terms> loan_terms_from(ObjectReader&);

/// {count, unit}
ledger::Frequency frequency_from(ObjectReader&, std::string_view key);
boost::json::object to_json(ledger::Frequency const&);

/// "-1.50" for -15,000 ppm.
std::string signed_percent_text(std::int64_t ppm);

/// Every term, the defaults too; loan_terms_from reads it back to equal terms. Of a rate that
/// follows the base rates the rule of pricing only: the rate itself is the loan's.
boost::json::object to_json(ledger::Terms const&);

} // namespace wire
