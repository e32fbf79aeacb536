// What every handler needs, put together once by main: configuration, the writer, the pools, the
// figures, the business day.
#pragma once

#include "daifud/config.hpp"
#include "daifud/doorman.hpp"
#include "daifud/live_statistics.hpp"
#include "daifud/standby.hpp"
#include "daifud/workers.hpp"
#include "daifud/writer.hpp"

#include "http/metrics.hpp"

#include "secrets/key_ring.hpp"
#include "store/evidence_files.hpp"

#include "ledger/calendar.hpp"
#include "ledger/identity.hpp"

#include <chrono>
#include <mutex>
#include <set>

namespace daifud {

/// Counties whose books are known to exist, so that a read does not ask twice.
class KnownCounties {
  public:
    bool holds(store::Database&, ledger::CountyCode const&);

  private:
    std::mutex mutex_;
    std::set<ledger::CountyCode> known_;
};

/// Closings that may wait; one runs at a time, and a second for the same day finds it done.
inline constexpr std::size_t closer_queue_limit = 16;
/// Self-checks that may wait; each reads all the books.
inline constexpr std::size_t auditor_queue_limit = 4;

/// Sign-ins that may wait for the one thread that hashes; beyond it 429.
inline constexpr std::size_t signing_queue_limit = 32;

/// Borrowers who may wait for the kiosk's one thread.
inline constexpr std::size_t kiosk_queue_limit = 16;

struct Service {
    explicit Service(Config);

    /// Today in Asia/Shanghai, or the day that the configuration says.
    ledger::Date business_day() const;
    /// ledger_refusals_total{code}.
    void count_refusal(ledger::Refusal);

    Config const config;
    http::Metrics metrics;
    KnownCounties counties;
    store::EvidenceFiles evidence;
    std::shared_ptr<secrets::KeyRing> keys; ///< main loads them
    std::unique_ptr<Standby> standby;       ///< null: there is none
    LiveStatistics live;
    Writer writer;
    Workers readers;
    std::unique_ptr<Workers> standby_readers; ///< with `standby`; what fails there, readers do
    Workers closer;
    Workers auditor;
    Workers signing; ///< hashes passwords
    Workers people;  ///< what else needs the role access
    Workers desk;    ///< what waits for a second person, and what is personal
    Workers kiosk;   ///< hashes what borrowers prove themselves with; its role reads no table
    Doorman doorman;
};

/// The civil day in Asia/Shanghai, which is UTC+8 without summer time since 1992.
ledger::Date shanghai_day(std::chrono::system_clock::time_point);

} // namespace daifud
