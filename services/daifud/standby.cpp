// One thread looks at both servers' places in the log; whoever wants to read asks how old that is.
#include "daifud/standby.hpp"

#include "daifud/fault_text.hpp"

#include "http/log.hpp"

#include <limits>

namespace daifud {

using std::chrono::milliseconds;

void Lag::look(Instant seen_at, store::LogPlace const& primary, store::LogPlace const& standby)
{
    if (!standby.is_standby || primary.is_standby || standby.cluster != primary.cluster) {
        ahead_.clear();
        return forget();
    }
    // After a failover the new primary may stand before the place where the old one was.
    while (!ahead_.empty() && ahead_.back().position > primary.position) ahead_.pop_back();
    ahead_.push_back({seen_at, primary.position});
    while (!ahead_.empty() && ahead_.front().position <= standby.position) {
        complete_at_ = ahead_.front().seen_at;
        ahead_.pop_front();
    }
    if (ahead_.size() <= places_limit) return;
    std::size_t kept = 0;
    for (std::size_t at = 0; at < ahead_.size(); at += 2) ahead_[kept++] = ahead_[at];
    ahead_.resize(kept);
}

Standby::Standby(std::string primary, std::string standby, milliseconds bound,
                 http::Metrics& metrics)
    : primary_{std::move(primary)}
    , database_{std::move(standby)}
    , bound_{bound}
    , lag_seconds_{metrics.gauge("ledger_reader_lag_seconds",
                                 "Age of what the standby shows; infinite: not known")}
    , is_used_{metrics.gauge("ledger_reader_is_used", "1: statistics are read from the standby")}
    , failures_{metrics.counter("ledger_reader_failures_total",
                                "Readings that the standby did not answer; the primary did")}
    , thread_{[this] { run(); }}
{
}

Standby::~Standby()
{
    {
        std::lock_guard const lock{mutex_};
        is_stopping_ = true;
    }
    bell_.notify_all();
    thread_.join();
}

bool Standby::is_used()
{
    auto const age = lag();
    bool const is = age && *age <= bound_;
    std::lock_guard const lock{mutex_};
    if (was_used_ == is || !has_looked_) return is;
    was_used_ = is;
    std::vector<http::LogField> fields{{"bound_ms", std::int64_t{bound_.count()}}};
    if (age) fields.push_back({"lag_ms", std::int64_t{age->count()}});
    if (!is && !trouble_.empty()) fields.push_back({"what", trouble_});
    http::log(is ? http::LogLevel::info : http::LogLevel::warning,
              is ? "reader.used" : "reader.not_used", std::move(fields));
    return is;
}

void Standby::failed()
{
    failures_.increment();
    std::lock_guard const lock{mutex_};
    lag_.forget();
}

std::optional<milliseconds> Standby::lag()
{
    std::lock_guard const lock{mutex_};
    auto const complete_at = lag_.complete_at();
    if (!complete_at) return std::nullopt;
    return std::chrono::ceil<milliseconds>(std::chrono::steady_clock::now() - *complete_at);
}

void Standby::show()
{
    auto const age = lag();
    is_used_.set(is_used() ? 1 : 0);
    lag_seconds_.set(age ? std::chrono::duration<double>{*age}.count()
                         : std::numeric_limits<double>::infinity());
}

void Standby::listen(std::function<void()> moved)
{
    std::lock_guard const lock{mutex_};
    moved_ = std::move(moved);
}

void Standby::look(store::Database& primary, store::Database& standby)
{
    auto const trouble = [this](std::exception const& fault, bool is_standby_away) {
        std::lock_guard const lock{mutex_};
        trouble_ = log_text_of(fault);
        if (is_standby_away) lag_.forget();
    };
    // The primary first: what it has written by then, the standby has when it is asked, or lacks.
    auto const seen_at = std::chrono::steady_clock::now();
    store::LogPlace written, replayed;
    try {
        written = store::log_place(primary);
    } catch (std::exception const& fault) {
        return trouble(fault, false); // what is known of the standby grows older, that is all
    }
    try {
        replayed = store::log_place(standby);
    } catch (std::exception const& fault) {
        return trouble(fault, true);
    }
    std::lock_guard const lock{mutex_};
    lag_.look(seen_at, written, replayed);
    trouble_ = lag_.complete_at() || replayed.is_standby ? "" : "it is no standby";
    if (replayed.cluster != written.cluster) trouble_ = "it is a standby of another cluster";
    if (moved_ && replayed.position != position_) moved_();
    position_ = replayed.position;
}

/// False: the end.
bool Standby::wait()
{
    std::unique_lock lock{mutex_};
    bell_.wait_for(lock, standby_interval, [this] { return is_stopping_; });
    return !is_stopping_;
}

void Standby::run()
{
    store::Database primary{primary_, store::Role::reader};
    store::Database standby{database_, store::Role::reader};
    do {
        look(primary, standby);
        {
            std::lock_guard const lock{mutex_};
            has_looked_ = true;
        }
        is_used();
    } while (wait());
}

} // namespace daifud
