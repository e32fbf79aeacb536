// Of somebody who works in one township: whether what an address names lies in it. The books are
// asked, because an address does not tell.
#pragma once

#include "daifud/gate.hpp"
#include "daifud/reading.hpp"

namespace daifud {

/// Refuses not_own_township: also of what has no place, and of what is not there.
ledger::Result<void> check_object(Reading const&);

} // namespace daifud
