// From a write's request to the envelope that the books take: media type, idempotency key, JSON,
// command, and the digest by which a repeated request is recognised.
#pragma once

#include "daifud/service.hpp"

#include "http/message.hpp"

#include "store/execute.hpp"

#include <boost/json/fwd.hpp>

#include <string>

namespace daifud {

inline constexpr std::size_t key_least = 8;
inline constexpr std::size_t key_most = 80;

/// Refuses content_type_unsupported, then whatever wire::parse_object refuses.
ledger::Result<boost::json::object> body_of(http::Request const&);

/// Refuses idempotency_key_missing, idempotency_key_malformed.
ledger::Result<std::string> key_of(http::Request const&);

/// The command in the body and the path. Refuses what body_of and wire::command_from refuse.
ledger::Result<ledger::Command> command_of(http::Request const&, std::string const& code,
                                           ledger::Date business_day);

/// In this order: county_not_found, the key's refusals, the body's, the command's.
ledger::Result<store::Envelope> envelope_of(Service const&, http::Request const&,
                                            std::string const& command);

/// SHA-256 of method, route, the path's parameters and the body as it was received, each with its
/// length before it.
ledger::Digest request_digest(http::Request const&);

/// Runs the closing that the envelope asks for.
http::Response closing_answer(store::Envelope const&, store::Database&);

} // namespace daifud
