// The lines of a story that say what happens to a loan: its proposal, and every event. One word a
// command, the words that an officer would use.
#pragma once

#include "ledger/command.hpp"

#include "tests/golden/words.hpp"

namespace ledger::test {

/// "100000.00 4.75% equal_instalments 24 month …": the terms of a proposal.
ProposeLoan proposal(Words&, LoanNumber, Date on);
/// What the verb says happened; the words after it are read. Throws where there is no such verb.
Happening happening(std::string const& verb, Words&);

} // namespace ledger::test
