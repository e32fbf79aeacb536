// The decisions about the registers. Internal; the contract is ledger/decide.hpp.
#pragma once

#include "ledger/decide.hpp"

namespace ledger {

Result<Effects> record(Situation const&, RecordFact const&);
Result<Effects> reverse(Situation const&, ReverseFact const&);

/// Appends an event with the next sequence number. Refuses too_many_facts.
Result<Register> with_event(Register, RegisterEvent);

} // namespace ledger
