// The places that a request names: none, or one that exists.
#pragma once

#include "daifud/reading.hpp"

#include <string>

namespace daifud {

/// Its nine-digit code; empty when none is given. Refuses identifier_malformed, township_not_found.
ledger::Result<std::string> township_of(Reading const&);
/// Refuses township_not_found of a code of nine digits, else village_not_found, naming `field`.
ledger::Result<void> check_place(Reading const&, std::string const& code, std::string_view field);

} // namespace daifud
