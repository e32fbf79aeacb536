// A connection to PostgreSQL, without a libpqxx type in sight. One connection belongs to one thread
// at a time. A broken connection throws DatabaseUnavailable and is reopened by the next use.
#pragma once

#include "ledger/identity.hpp"
#include "store/sealing.hpp"

#include <memory>
#include <stdexcept>
#include <string>

namespace store {

/// The world broke: no connection, a full disk, a failed commit whose outcome is known to be "not
/// booked". Retry with the same idempotency key is always safe.
class DatabaseUnavailable : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The database refused what the core should have refused first, or holds what it must not:
/// a bug, or somebody changed it by hand.
class IntegrityFault : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// What a connection may do; the database enforces it (sql/roles).
enum class Role { owner = 1, app, reader, auditor, access, kiosk };

class Database {
  public:
    /// `url` is a libpq URI or connection string whose login may take the role.
    /// Connects at first use. `connect_timeout_s` bounds each attempt.
    Database(std::string url, Role role, int connect_timeout_s = 5);
    ~Database();
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;

    /// True when a trivial query answers; never throws.
    bool is_reachable();

    /// From now on readings see this township and nothing else, until another is named; empty: the
    /// whole county that they are asked for. The database enforces it (sql/functions/50).
    void confine_to(ledger::UnitCode township) { confined_to_ = std::move(township); }
    ledger::UnitCode const& confined_to() const { return confined_to_; }

    /// What seals the personal data that goes through this connection.
    void seal_with(std::shared_ptr<Sealing const> sealing) { sealing_ = std::move(sealing); }
    std::shared_ptr<Sealing const> const& shared_sealing() const { return sealing_; }
    /// Throws IntegrityFault where it was given none.
    Sealing const& sealing() const;

    struct Session; ///< defined in ledger/store only
    Session& session();

  private:
    std::unique_ptr<Session> session_;
    ledger::UnitCode confined_to_;
    std::shared_ptr<Sealing const> sealing_;
};

/// A connection confined for as long as this lives.
class Confined {
  public:
    Confined(Database& database, ledger::UnitCode township)
        : database_{database}
    {
        database_.confine_to(std::move(township));
    }
    ~Confined() { database_.confine_to({}); }
    Confined(Confined const&) = delete;
    Confined& operator=(Confined const&) = delete;

  private:
    Database& database_;
};

} // namespace store
