// The ?township= of a list: empty, or one that exists.
#pragma once

#include "daifud/reading.hpp"

#include <string>

namespace daifud {

/// Its nine-digit code; empty when none is given. Refuses identifier_malformed, township_not_found.
ledger::Result<std::string> township_of(Reading const&);

} // namespace daifud
