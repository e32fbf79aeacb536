// The queue before the books, and what a fault of the database means to those who wait: they are
// told to try again with the same key, which is always safe.
#include "daifud/writer.hpp"

#include "daifud/fault_text.hpp"

#include "http/log.hpp"

#include "ledger/assert.hpp"

#include <chrono>

namespace daifud {

using ledger::Refusal;
using ledger::Refused;

namespace {

std::vector<store::Outcome> refused_all(std::size_t count, Refusal code)
{
    return std::vector<store::Outcome>(count, store::Outcome{Refused{code, {}, {}}});
}

} // namespace

Writer::Writer(std::string database, std::shared_ptr<store::Sealing const> sealing,
               std::size_t queue_limit, http::Metrics& metrics, std::function<void()> committed)
    : database_{std::move(database)}
    , sealing_{std::move(sealing)}
    , queue_limit_{queue_limit}
    , committed_{std::move(committed)}
    , depth_{metrics.gauge("ledger_queue_depth", "Commands that wait to be booked")}
    , batch_{metrics.histogram("ledger_batch_size", "Commands booked by one commit",
                               http::Buckets::sizes)}
    , seconds_{metrics.histogram("ledger_commit_seconds", "Time of one batch, loaded to committed",
                                 http::Buckets::seconds)}
    , entries_{metrics.counter("ledger_entries_total", "Journal entries booked")}
    , thread_{[this] { run(); }}
{
}

Writer::~Writer()
{
    {
        std::lock_guard const lock{mutex_};
        is_stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

bool Writer::submit(store::Envelope envelope, Answer answer)
{
    {
        std::lock_guard const lock{mutex_};
        if (is_stopping_ || queue_.size() >= queue_limit_) return false;
        queue_.push_back({std::move(envelope), std::move(answer)});
        depth_.set(static_cast<double>(queue_.size()));
    }
    changed_.notify_one();
    return true;
}

/// Everything that waits, up to the cap; empty: the writer ends.
std::vector<Writer::Waiting> Writer::take()
{
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return is_stopping_ || !queue_.empty(); });
    std::vector<Waiting> batch;
    while (!queue_.empty() && batch.size() < store::batch_limit_interactive) {
        batch.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    depth_.set(static_cast<double>(queue_.size()));
    return batch;
}

/// The outcomes of the batch; never throws. A connection that broke while nobody used it shows only
/// now, so the batch is tried once more: the keys make that safe.
std::vector<store::Outcome> Writer::booked(store::Database& database,
                                           std::span<store::Envelope const> envelopes)
{
    for (bool is_retry = false;; is_retry = true) {
        try {
            return store::execute(database, envelopes);
        } catch (store::DatabaseUnavailable const& fault) {
            http::log(http::LogLevel::warning, "database.unavailable",
                      {{"what", log_text_of(fault)}});
            if (is_retry) return refused_all(envelopes.size(), Refusal::database_unavailable);
        } catch (std::exception const& fault) {
            http::log(http::LogLevel::error, "batch.failed",
                      {{"what", log_text_of(fault)},
                       {"commands", static_cast<std::int64_t>(envelopes.size())}});
            return envelopes.size() == 1 ? refused_all(1, Refusal::internal_fault)
                                         : booked_one_by_one(database, envelopes);
        }
    }
}

/// One command of the batch broke it; its neighbours shall not suffer.
std::vector<store::Outcome> Writer::booked_one_by_one(store::Database& database,
                                                      std::span<store::Envelope const> envelopes)
{
    std::vector<store::Outcome> outcomes;
    for (std::size_t i = 0; i < envelopes.size(); ++i) {
        auto one = booked(database, envelopes.subspan(i, 1));
        outcomes.push_back(std::move(one.front()));
    }
    return outcomes;
}

void Writer::run()
{
    store::Database database{database_, store::Role::app};
    database.seal_with(sealing_);
    for (;;) {
        auto batch = take();
        if (batch.empty()) return;
        std::vector<store::Envelope> envelopes;
        for (auto& waiting : batch) envelopes.push_back(std::move(waiting.envelope));
        auto const began = std::chrono::steady_clock::now();
        auto outcomes = booked(database, envelopes);
        LEDGER_ASSERT(outcomes.size() == batch.size());
        seconds_.observe(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
        batch_.observe(static_cast<double>(batch.size()));
        bool has_booked = false;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            auto const* const receipt = std::get_if<store::Receipt>(&outcomes[i].answer);
            bool const is_new = receipt != nullptr && !outcomes[i].is_replay;
            if (is_new && receipt->entry_number) entries_.increment();
            has_booked |= is_new;
            batch[i].answer(std::move(outcomes[i]));
        }
        if (has_booked) committed_();
    }
}

} // namespace daifud
