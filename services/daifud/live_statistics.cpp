// One thread: wait for the bell, compute, tell everybody, rest.
#include "daifud/live_statistics.hpp"

#include "daifud/fault_text.hpp"

#include "http/log.hpp"

#include "store/queries.hpp"
#include "wire/answers.hpp"
#include "wire/json.hpp"

#include "ledger/seal.hpp"

#include <boost/json/object.hpp>

namespace daifud {

namespace {

constexpr std::size_t id_digest_characters = 16;

} // namespace

LiveStatistics::LiveStatistics(std::string database, ledger::CountyCode county, Standby* standby,
                               http::Metrics& metrics)
    : database_{std::move(database)}
    , county_{std::move(county)}
    , standby_{standby}
    , outstanding_{metrics.gauge("ledger_outstanding_yuan", "Outstanding principal")}
    , overdue_{metrics.gauge("ledger_overdue_yuan", "Overdue principal")}
    , par30_{metrics.gauge("ledger_par30_yuan", "Portfolio at risk over 30 days")}
    , led_{metrics.gauge("ledger_households_led", "Households that are led")}
    , exited_{metrics.gauge("ledger_households_exited", "Households led out of poverty")}
    , thread_{[this] { run(); }}
{
    // A commit is not on the standby yet when its bell rings: it rings again when that has come on.
    if (standby_ != nullptr) standby_->listen([this] { changed(); });
}

LiveStatistics::~LiveStatistics()
{
    if (standby_ != nullptr) standby_->listen({});
    {
        std::lock_guard const lock{mutex_};
        is_stopping_ = true;
    }
    bell_.notify_all();
    thread_.join();
}

void LiveStatistics::changed()
{
    {
        std::lock_guard const lock{mutex_};
        is_changed_ = true;
    }
    bell_.notify_one();
}

std::shared_ptr<http::Stream> LiveStatistics::subscribe(std::string const& last_event_id)
{
    auto stream = std::make_shared<http::Stream>();
    std::lock_guard const lock{mutex_};
    if (!last_event_.empty() && last_event_id != last_id_) stream->push(last_event_);
    streams_.push_back(stream);
    return stream;
}

/// False: the end.
bool LiveStatistics::wait()
{
    std::unique_lock lock{mutex_};
    bell_.wait(lock, [this] { return is_changed_ || is_stopping_; });
    is_changed_ = false;
    return !is_stopping_;
}

void LiveStatistics::run()
{
    store::Database database{database_, store::Role::reader};
    std::optional<store::Database> copy;
    if (standby_ != nullptr) copy.emplace(standby_->database(), store::Role::reader);
    while (wait()) {
        bool const is_standby = standby_ != nullptr && standby_->is_used();
        try {
            compute(is_standby ? *copy : database, is_standby);
        } catch (std::exception const& fault) {
            http::log(http::LogLevel::warning, "statistics.not_computed",
                      {{"what", log_text_of(fault)}});
            if (is_standby) {
                standby_->failed();
                changed();
            }
        }
        std::unique_lock lock{mutex_};
        bell_.wait_for(lock, live_interval, [this] { return is_stopping_; });
    }
}

void LiveStatistics::compute(store::Database& database, bool is_standby)
{
    // The number first: figures that are newer than their number are told again, never missed.
    auto const status = store::county(database, county_);
    if (!status) return;
    // What the primary has told is not taken back by a standby that does not know it yet.
    if (is_standby && status->entries < last_entries_) return;
    auto const lent = store::portfolio(database, county_, {}, {}, ledger::Dimension::county);
    auto const led = store::leading(database, county_, {}, ledger::Dimension::county);
    if (!lent || lent->empty() || led.empty()) return;
    auto const yuan = [](ledger::Money money) { return static_cast<double>(money.fen()) / 100; };
    outstanding_.set(yuan(lent->back().outstanding));
    overdue_.set(yuan(lent->back().overdue));
    par30_.set(yuan(lent->back().par30));
    led_.set(static_cast<double>(led.back().led.households));
    exited_.set(static_cast<double>(led.back().exited.households));
    boost::json::object const figures{{"county", county_.text()},
                                      {"entry_number", status->entries},
                                      {"portfolio", wire::to_json(lent->back())},
                                      {"leading", wire::to_json(led.back())}};
    // What moved no unit (a benefit) changes figures and no entry's number: both name the event.
    std::string const text = wire::text_of(figures);
    std::string const digest = ledger::hex(ledger::file_digest(text));
    std::string const id =
        std::to_string(status->entries) + "-" + digest.substr(0, id_digest_characters);
    last_entries_ = status->entries;
    tell(id, http::event_text(id, "statistics", text));
}

void LiveStatistics::tell(std::string id, std::string event)
{
    std::lock_guard const lock{mutex_};
    if (event == last_event_) return;
    std::erase_if(streams_, [&](std::weak_ptr<http::Stream> const& weak) {
        auto const stream = weak.lock();
        return !stream || !stream->push(event);
    });
    last_id_ = std::move(id);
    last_event_ = std::move(event);
}

} // namespace daifud
