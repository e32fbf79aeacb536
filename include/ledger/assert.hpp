// LEDGER_ASSERT states what must be true whatever the user typed. It is never compiled out: a
// ledger that has lost an invariant stops the request before it writes. It throws Bug, which the
// service catches once a request; nothing in the core catches it.
#pragma once

#include <stdexcept>

namespace ledger {

class Bug : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

[[noreturn]] void assertion_failed(char const* claim, char const* file, int line);

} // namespace ledger

#define LEDGER_ASSERT(claim)                                                                       \
    ((claim) ? static_cast<void>(0) : ::ledger::assertion_failed(#claim, __FILE__, __LINE__))
