// The county's main figures as they change: computed after commits on a thread and a connection of
// their own, at most five times a second, sent to everybody who listens, and kept as gauges. A
// commit only rings a bell; whoever listens slowly is let go (http/stream.hpp).
#pragma once

#include "daifud/standby.hpp"

#include "http/metrics.hpp"
#include "http/stream.hpp"

#include "ledger/identity.hpp"
#include "store/database.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace daifud {

/// Between two computations, however many commits there are.
inline constexpr std::chrono::milliseconds live_interval{200};

class LiveStatistics {
  public:
    /// Reads from the standby while that is used; null: there is none.
    LiveStatistics(std::string database, ledger::CountyCode, Standby*, http::Metrics&);
    ~LiveStatistics();
    LiveStatistics(LiveStatistics const&) = delete;
    LiveStatistics& operator=(LiveStatistics const&) = delete;

    /// The books may have changed. From any thread; never waits.
    void changed();

    /// From now on what changes; at once what is known, unless the client has seen that event.
    std::shared_ptr<http::Stream> subscribe(std::string const& last_event_id);

  private:
    void run();
    bool wait();
    void compute(store::Database&, bool is_standby);
    void tell(std::string id, std::string event);

    std::string const database_;
    ledger::CountyCode const county_;
    Standby* const standby_;
    http::Gauge outstanding_, overdue_, par30_, led_, exited_;
    std::mutex mutex_;
    std::condition_variable bell_;
    bool is_changed_ = true; ///< the first figures are computed at the start
    bool is_stopping_ = false;
    std::string last_id_, last_event_;
    std::int64_t last_entries_ = 0; ///< that was told
    std::vector<std::weak_ptr<http::Stream>> streams_;
    std::thread thread_;
};

} // namespace daifud
