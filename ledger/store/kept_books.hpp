// The books of the counties as this connection's last batches left them in memory: what they loaded
// and what they did. They are the database's own state as long as nobody else has written, which
// the county's batch number tells; so a batch loads only what it has not met before, and its cost
// does not grow with the history of what it touches.
#pragma once

#include "ledger/working_books.hpp"

#include <cstdint>
#include <map>
#include <optional>

namespace store {

/// Loans, borrowers, households and registers of a county; beyond it nothing is kept and loading
/// begins anew.
inline constexpr std::size_t kept_limit = 20'000;

class KeptBooks {
  public:
    /// Takes out what was kept, where the county stands at this batch; whoever fails puts nothing
    /// back.
    std::optional<ledger::WorkingBooks> take(ledger::CountyCode const&, std::int64_t batch_number);
    void keep(ledger::CountyCode const&, std::int64_t batch_number, ledger::WorkingBooks);

  private:
    struct Kept {
        std::int64_t batch_number = 0;
        ledger::WorkingBooks books;
    };
    std::map<ledger::CountyCode, Kept> kept_;
};

} // namespace store
