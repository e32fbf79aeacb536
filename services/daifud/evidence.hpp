// The files that are evidence, as requests and answers.
#pragma once

#include "daifud/adapt.hpp"
#include "daifud/reading.hpp"
#include "daifud/service.hpp"

#include "store/execute.hpp"
#include "store/registers.hpp"

namespace daifud {

/// A file in the body, what is to be known of it in the query: taken_on, place, description.
/// Refuses idempotency_key_missing and _malformed, county_not_found, evidence_type_wrong (none of
/// the three types, or not what Content-Type says), field_missing, date_malformed, text_too_long …
ledger::Result<store::Envelope> evidence_envelope(Service const&, http::Request const&);

/// The file under {digest}, as it was kept. Refuses evidence_not_found, evidence_damaged.
ledger::Result<Document> evidence_file(Reading const&, store::EvidenceFiles const&);

} // namespace daifud
