// The queue before the books, and what a fault of the database means to those who wait: they are
// told to try again with the same key, which is always safe.
#include "daifud/writer.hpp"

#include "daifud/fault_text.hpp"

#include "http/log.hpp"

#include "ledger/assert.hpp"

#include <utility>

namespace daifud {

using ledger::Refusal;
using ledger::Refused;

namespace {

/// So many must wait before a batch is taken while another is being written: fewer are better off
/// in one commit together with those who come meanwhile.
constexpr std::size_t decide_ahead_from = 64;

std::vector<store::Outcome> refused_all(std::size_t count, Refusal code)
{
    return std::vector<store::Outcome>(count, store::Outcome{Refused{code, {}, {}}});
}

} // namespace

Writer::Writer(std::string database, std::shared_ptr<store::Sealing const> sealing,
               std::size_t queue_limit, http::Metrics& metrics, std::function<void()> committed)
    : queue_limit_{queue_limit}
    , committed_{std::move(committed)}
    , depth_{metrics.gauge("ledger_queue_depth", "Commands that wait to be booked")}
    , batch_{metrics.histogram("ledger_batch_size", "Commands booked by one commit",
                               http::Buckets::sizes)}
    , seconds_{metrics.histogram("ledger_commit_seconds", "Time of one batch, taken to committed",
                                 http::Buckets::seconds)}
    , entries_{metrics.counter("ledger_entries_total", "Journal entries booked")}
    , drafts_{metrics.counter("ledger_batches_drafted_total",
                              "Batches decided on the books in memory")}
    , long_ways_{metrics.counter("ledger_batches_loaded_total",
                                 "Batches that asked the database before they were decided")}
    , lease_{metrics.gauge("ledger_lease", "1: this service decides batches in memory; 0: another"
                                           " one does, and this one books behind it")}
    , database_{std::move(database), store::Role::app}
{
    database_.seal_with(std::move(sealing));
    decider_ = std::thread{[this] { decide(); }};
    writer_ = std::thread{[this] { write(); }};
}

Writer::~Writer()
{
    {
        std::lock_guard const lock{mutex_};
        is_stopping_ = true;
    }
    changed_.notify_all();
    decider_.join();
    writer_.join();
}

bool Writer::submit(store::Envelope envelope, Answer answer)
{
    {
        std::lock_guard const lock{mutex_};
        if (is_stopping_ || queue_.size() >= queue_limit_) return false;
        queue_.push_back({std::move(envelope), std::move(answer)});
        depth_.set(static_cast<double>(queue_.size()));
    }
    changed_.notify_all();
    return true;
}

/// Is it time to take a batch? Nobody waits for others where nothing is being written.
bool Writer::is_wanted() const
{
    if (next_) return false;
    return is_writing_ ? queue_.size() >= decide_ahead_from : !queue_.empty();
}

/// Everything that waits, up to the cap; none: the writer ends.
std::optional<Writer::Job> Writer::take()
{
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return is_wanted() || (is_stopping_ && queue_.empty()); });
    if (queue_.empty()) return std::nullopt;
    Job job{{}, {}, {}, std::chrono::steady_clock::now()};
    while (!queue_.empty() && job.envelopes.size() < store::batch_limit_interactive) {
        job.envelopes.push_back(std::move(queue_.front().envelope));
        job.answers.push_back(std::move(queue_.front().answer));
        queue_.pop_front();
    }
    depth_.set(static_cast<double>(queue_.size()));
    return job;
}

void Writer::hand_over(Job job)
{
    bool const is_drafted = job.draft != nullptr;
    std::unique_lock lock{mutex_};
    next_ = std::move(job);
    changed_.notify_all();
    // What goes the long way leaves other books in memory: a draft before it is done were in vain.
    if (!is_drafted) changed_.wait(lock, [this] { return !next_ && !is_writing_; });
}

void Writer::decide()
{
    while (auto job = take()) {
        {
            std::lock_guard const lock{books_};
            job->draft = store::draft(database_, job->envelopes);
        }
        hand_over(*std::move(job));
    }
    {
        std::lock_guard const lock{mutex_};
        is_decided_ = true;
    }
    changed_.notify_all();
}

/// The next decided batch; the one before it is written now.
std::optional<Writer::Job> Writer::take_over()
{
    std::unique_lock lock{mutex_};
    is_writing_ = false;
    changed_.notify_all();
    changed_.wait(lock, [this] { return next_ || is_decided_; });
    if (!next_) return std::nullopt;
    is_writing_ = true;
    auto job = std::exchange(next_, std::nullopt);
    changed_.notify_all();
    return job;
}

void Writer::write()
{
    while (auto job = take_over()) finish(*job, written(*job));
}

std::vector<store::Outcome> Writer::written(Job& job)
{
    if (job.draft) {
        if (auto outcomes = store::write(database_, *job.draft)) {
            drafts_.increment();
            return *std::move(outcomes);
        }
    }
    std::lock_guard const lock{books_};
    long_ways_.increment();
    auto outcomes = booked(job.envelopes);
    take_lease(job.envelopes.front().county);
    return outcomes;
}

/// Tried behind each batch that went the long way: that is where a lease is missed.
void Writer::take_lease(ledger::CountyCode const& county)
{
    try {
        lease_.set(store::take_lease(database_, county) ? 1 : 0);
    } catch (std::exception const& fault) {
        lease_.set(0);
        http::log(http::LogLevel::warning, "lease.not_taken", {{"what", log_text_of(fault)}});
    }
}

void Writer::finish(Job& job, std::vector<store::Outcome> outcomes)
{
    LEDGER_ASSERT(outcomes.size() == job.answers.size());
    seconds_.observe(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - job.began).count());
    batch_.observe(static_cast<double>(outcomes.size()));
    bool has_booked = false;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        auto const* const receipt = std::get_if<store::Receipt>(&outcomes[i].answer);
        bool const is_new = receipt != nullptr && !outcomes[i].is_replay;
        if (is_new && receipt->entry_number) entries_.increment();
        has_booked |= is_new;
        job.answers[i](std::move(outcomes[i]));
    }
    if (has_booked) committed_();
}

/// The outcomes of the batch; never throws. A connection that broke while nobody used it shows only
/// now, so the batch is tried once more: the keys make that safe.
std::vector<store::Outcome> Writer::booked(std::span<store::Envelope const> envelopes)
{
    for (bool is_retry = false;; is_retry = true) {
        try {
            return store::execute(database_, envelopes);
        } catch (store::DatabaseUnavailable const& fault) {
            http::log(http::LogLevel::warning, "database.unavailable",
                      {{"what", log_text_of(fault)}});
            if (is_retry) return refused_all(envelopes.size(), Refusal::database_unavailable);
        } catch (std::exception const& fault) {
            http::log(http::LogLevel::error, "batch.failed",
                      {{"what", log_text_of(fault)},
                       {"commands", static_cast<std::int64_t>(envelopes.size())}});
            return envelopes.size() == 1 ? refused_all(1, Refusal::internal_fault)
                                         : booked_one_by_one(envelopes);
        }
    }
}

/// One command of the batch broke it; its neighbours shall not suffer.
std::vector<store::Outcome> Writer::booked_one_by_one(std::span<store::Envelope const> envelopes)
{
    std::vector<store::Outcome> outcomes;
    for (std::size_t i = 0; i < envelopes.size(); ++i) {
        auto one = booked(envelopes.subspan(i, 1));
        outcomes.push_back(std::move(one.front()));
    }
    return outcomes;
}

} // namespace daifud
