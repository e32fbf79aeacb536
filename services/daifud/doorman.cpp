#include "daifud/doorman.hpp"

#include "daifud/fault_text.hpp"

#include "http/log.hpp"

#include <map>

namespace daifud {

using ledger::Refusal;

namespace {

using Found = std::vector<std::optional<store::Admitted>>;

/// Tried once more: a connection that broke while nobody used it shows only now.
ledger::Result<Found> found(store::Database& access, std::span<store::Asked const> asked)
{
    for (bool is_retry = false;; is_retry = true) {
        try {
            return store::admitted(access, asked);
        } catch (store::DatabaseUnavailable const& fault) {
            if (!is_retry) continue;
            http::log(http::LogLevel::warning, "database.unavailable",
                      {{"what", log_text_of(fault)}});
            return ledger::refuse(Refusal::database_unavailable);
        } catch (std::exception const& fault) {
            http::log(http::LogLevel::error, "admission.failed", {{"what", log_text_of(fault)}});
            return ledger::refuse(Refusal::internal_fault);
        }
    }
}

} // namespace

Doorman::Doorman(std::string database, http::Metrics& metrics)
    : database_{std::move(database)}
    , depth_{metrics.gauge("daifu_door_queue_depth", "Requests that wait to be let in")}
    , thread_{[this] { run(); }}
{
}

Doorman::~Doorman()
{
    {
        std::lock_guard const lock{mutex_};
        is_stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

bool Doorman::submit(store::Asked asked, Answer answer)
{
    {
        std::lock_guard const lock{mutex_};
        if (is_stopping_ || queue_.size() >= door_queue_limit) return false;
        queue_.push_back({std::move(asked), std::move(answer)});
        depth_.set(static_cast<double>(queue_.size()));
    }
    changed_.notify_one();
    return true;
}

void Doorman::tell(ledger::CountyCode county, store::TrailRecord record, Then then)
{
    {
        std::lock_guard const lock{mutex_};
        told_.push_back({std::move(county), std::move(record), std::move(then)});
    }
    changed_.notify_one();
}

namespace {

template <class Item> std::vector<Item> taken_from(std::deque<Item>& queue)
{
    std::vector<Item> all;
    while (!queue.empty() && all.size() < door_batch_limit) {
        all.push_back(std::move(queue.front()));
        queue.pop_front();
    }
    return all;
}

} // namespace

std::pair<std::vector<Doorman::Waiting>, std::vector<Doorman::Told>> Doorman::take()
{
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return is_stopping_ || !queue_.empty() || !told_.empty(); });
    std::pair all{taken_from(queue_), taken_from(told_)};
    depth_.set(static_cast<double>(queue_.size()));
    return all;
}

void Doorman::answer(store::Database& access, std::vector<Waiting>& waiting)
{
    if (waiting.empty()) return;
    std::vector<store::Asked> asked;
    for (auto const& each : waiting) asked.push_back(each.asked);
    auto const all = found(access, asked);
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        if (all)
            waiting[i].answer((*all)[i]);
        else
            waiting[i].answer(std::unexpected{all.error()});
        waiting[i].answer = nullptr; // a handler that gave up answers by letting go
    }
}

void Doorman::write(store::Database& access, std::vector<Told>& told)
{
    std::map<ledger::CountyCode, std::vector<store::TrailRecord>> by_county;
    for (Told& each : told) by_county[each.county].push_back(std::move(each.record));
    for (auto const& [county, records] : by_county) {
        try {
            store::append_trail(access, county, records);
        } catch (std::exception const& fault) {
            for (store::TrailRecord const& record : records) {
                http::log(http::LogLevel::error, "trail.failed",
                          {{"what", log_text_of(fault)},
                           {"actor", record.actor},
                           {"result", record.result},
                           {"request_id", record.request_id}});
            }
        }
    }
    for (Told& each : told) each.then();
}

void Doorman::run()
{
    store::Database access{database_, store::Role::access};
    for (;;) {
        auto [waiting, told] = take();
        if (waiting.empty() && told.empty()) return;
        answer(access, waiting);
        write(access, told);
    }
}

} // namespace daifud
