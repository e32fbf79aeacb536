// The books of the counties as this connection's last batches left them in memory: what they loaded
// and what they did. They are the database's own state as long as nobody else has written, which
// the county's batch number tells; so a batch loads only what it has not met before, and its cost
// does not grow with the history of what it touches.
#pragma once

#include "ledger/store/batch.hpp"

#include <cstdint>
#include <map>
#include <optional>

namespace store {

/// Loans, borrowers, households and registers of a county; beyond it nothing is kept and loading
/// begins anew.
inline constexpr std::size_t kept_limit = 20'000;

/// The books as the last batch left them, and where the county stood then.
struct Kept {
    CountyState state;
    ledger::WorkingBooks books;
    std::uint64_t epoch = 0; ///< the session's; in another one they rest on what did not happen
};

class KeptBooks {
  public:
    /// Takes out what was kept; whoever fails puts nothing back.
    std::optional<Kept> take(ledger::CountyCode const&);
    void keep(ledger::CountyCode const&, Kept);
    /// Null: nothing is kept.
    Kept const* of(ledger::CountyCode const&) const;

  private:
    std::map<ledger::CountyCode, Kept> kept_;
};

/// The session's, made at first use.
KeptBooks& kept_of(Database::Session&);

} // namespace store
