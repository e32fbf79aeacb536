// Turns a failed LEDGER_ASSERT into a Bug that names the claim and its place.
// It does not log and does not end the process: the service decides what a lost invariant costs.
#include "ledger/assert.hpp"

#include <string>

namespace ledger {

void assertion_failed(char const* claim, char const* file, int line)
{
    throw Bug{std::string{file} + ":" + std::to_string(line) + ": this must be true: " + claim};
}

} // namespace ledger
