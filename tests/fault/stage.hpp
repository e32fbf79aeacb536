// The books before a fault: eight loans that many clients repay at once, and the service before
// them.
#pragma once

#include "tests/support/daifud.hpp"

#include "ledger/identity.hpp"
#include "ledger/money.hpp"

#include <cstdint>
#include <string>

namespace fault {

inline constexpr int loans = 8;

/// L1 to L8.
ledger::LoanNumber loan_number(int n);
std::string repayments_of(ledger::LoanNumber const&);
std::string body_of(ledger::Money);

/// Eight loans of 100,000.00, out since the business day that test::Daifud starts with.
void set_the_stage(std::string const& url);
test::DaifudSetup setup_for(std::string const& url);

/// Batches that the service has decided in memory since it started.
std::int64_t batches_drafted(std::uint16_t port);

/// The service has found the database again. Nothing but the answer itself tells.
void wait_until_ready(std::uint16_t port);

/// The server's process that writes to the books now: it has the county's row, or waits for it.
pid_t writer_of(std::string const& url);

} // namespace fault
