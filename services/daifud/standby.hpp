// A standby of the books' server, from which statistics and public pages read so that the primary
// is left to the counter. It is behind by a little: how far is measured all the time, and where it
// is further behind than the bound allows, or away, it is not used. Nothing that is confirmed or
// booked ever reads there.
#pragma once

#include "http/metrics.hpp"

#include "store/snapshot.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace daifud {

/// Between two looks at both servers' places in the log.
inline constexpr std::chrono::milliseconds standby_interval{250};
/// Places of the primary that are remembered until the standby has come so far; beyond it every
/// second one is forgotten, which makes the standby look older than it is, never younger.
inline constexpr std::size_t places_limit = 1'024;

/// How far a standby has come: of when is what it shows? It compares places in the log, by one
/// clock: an idle primary is no lag, and clocks that differ between machines are none either.
class Lag {
  public:
    using Instant = std::chrono::steady_clock::time_point;

    /// At `seen_at` the primary stood there, and the standby afterwards here. Two of different
    /// clusters, or one that is no standby (any more), show nothing that is known to be true.
    void look(Instant seen_at, store::LogPlace const& primary, store::LogPlace const& standby);
    /// It could not be asked, or did not answer a reading.
    void forget() { complete_at_.reset(); }
    /// What was committed up to then is there; nothing: nobody knows.
    std::optional<Instant> complete_at() const { return complete_at_; }

  private:
    struct Place {
        Instant seen_at;
        std::int64_t position;
    };
    std::deque<Place> ahead_; ///< where the primary was, in order, and the standby is not yet
    std::optional<Instant> complete_at_;
};

class Standby {
  public:
    Standby(std::string primary, std::string standby, std::chrono::milliseconds bound,
            http::Metrics&);
    ~Standby();
    Standby(Standby const&) = delete;
    Standby& operator=(Standby const&) = delete;

    /// It is within the bound now. A change of it is logged, once.
    bool is_used();
    /// A reading failed there: it is not used until the next look says better.
    void failed();
    /// Nothing: nobody knows.
    std::optional<std::chrono::milliseconds> lag();
    /// ledger_reader_lag_seconds and ledger_reader_is_used, as they are now.
    void show();

    std::string const& database() const { return database_; }
    /// From now on `moved` is called, on a thread of its own, when the standby has come further;
    /// {}: no more, and it is not being called when this returns. It must not wait.
    void listen(std::function<void()> moved);

  private:
    void run();
    void look(store::Database& primary, store::Database& standby);
    bool wait();

    std::string const primary_, database_;
    std::chrono::milliseconds const bound_;
    http::Gauge lag_seconds_, is_used_;
    http::Counter failures_;
    std::mutex mutex_;
    std::condition_variable bell_;
    Lag lag_;
    std::optional<bool> was_used_; ///< as the log says
    bool has_looked_ = false;
    std::string trouble_; ///< why it could not be asked
    std::function<void()> moved_;
    std::int64_t position_ = 0;
    bool is_stopping_ = false;
    std::thread thread_;
};

} // namespace daifud
