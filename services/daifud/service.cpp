// Puts the parts of the service together. The order of the members is the order of their starting;
// they end in reverse, each after doing what it had accepted.
#include "daifud/service.hpp"

#include "store/queries.hpp"

namespace daifud {

namespace {

/// What this binary is; set by the build.
#ifndef DAIFU_VERSION
#define DAIFU_VERSION "0"
#endif

} // namespace

bool KnownCounties::holds(store::Database& database, ledger::CountyCode const& county)
{
    {
        std::lock_guard const lock{mutex_};
        if (known_.contains(county)) return true;
    }
    if (!store::county(database, county)) return false;
    std::lock_guard const lock{mutex_};
    known_.insert(county);
    return true;
}

Service::Service(Config settings)
    : config{std::move(settings)}
    , evidence{config.evidence_directory}
    , keys{std::make_shared<secrets::KeyRing>(config.key_file)}
    , standby{config.reader_database.empty()
                  ? nullptr
                  : std::make_unique<Standby>(config.database, config.reader_database,
                                              config.reader_lag, metrics)}
    , live{config.database, config.county, standby.get(), metrics}
    , writer{config.database, keys, config.writer_queue, metrics, [this] { live.changed(); }}
    , readers{{"reader", config.database, store::Role::reader, config.readers, config.reader_queue,
               keys},
              metrics}
    , standby_readers{standby
                          ? std::make_unique<Workers>(
                                WorkersSetup{"standby", config.reader_database, store::Role::reader,
                                             config.readers, config.reader_queue, keys},
                                metrics)
                          : nullptr}
    , closer{{"closer", config.database, store::Role::app, 1, closer_queue_limit}, metrics}
    , auditor{{"auditor", config.database, store::Role::auditor, 1, auditor_queue_limit}, metrics}
    , signing{{"signing", config.database, store::Role::access, 1, signing_queue_limit}, metrics}
    , people{{"people", config.database, store::Role::access, 1, config.reader_queue}, metrics}
    , desk{{"desk", config.database, store::Role::app, 1, config.reader_queue, keys}, metrics}
    , kiosk{{"kiosk", config.database, store::Role::kiosk, 1, kiosk_queue_limit, keys}, metrics}
    , doorman{config.database, metrics}
{
    metrics.gauge("daifu_build_info", "The version that runs", "version", DAIFU_VERSION).set(1);
    for (auto const code : ledger::all_refusals()) {
        metrics.counter("ledger_refusals_total", "Refusals sent, by code", "code",
                        ledger::name_of(code));
    }
}

void Service::count_refusal(ledger::Refusal code)
{
    metrics
        .counter("ledger_refusals_total", "Refusals sent, by code", "code", ledger::name_of(code))
        .increment();
}

ledger::Date Service::business_day() const
{
    if (config.today) return *config.today;
    return shanghai_day(std::chrono::system_clock::now());
}

ledger::Date shanghai_day(std::chrono::system_clock::time_point instant)
{
    return ledger::Date{std::chrono::floor<std::chrono::days>(instant + std::chrono::hours{8})};
}

} // namespace daifud
