// The one writer: commands queue, and whatever waits when the previous commit returns is booked as
// one batch. No timer, so an idle service commits at once and a busy one commits many at a time.
// Where very many wait, the next batch is decided while the database still writes the one before
// it. Everybody is answered after the commit only.
#pragma once

#include "http/metrics.hpp"

#include "store/draft.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace daifud {

class Writer {
  public:
    /// Called once, on the writer's thread; must not throw.
    using Answer = std::move_only_function<void(store::Outcome)>;

    /// `committed` is called on the writer's thread after each commit that booked something.
    Writer(std::string database, std::shared_ptr<store::Sealing const> sealing,
           std::size_t queue_limit, http::Metrics&, std::function<void()> committed);
    /// Books what is queued, then ends.
    ~Writer();
    Writer(Writer const&) = delete;
    Writer& operator=(Writer const&) = delete;

    /// False when the queue is full; the answer is then never called.
    bool submit(store::Envelope, Answer);

  private:
    struct Waiting {
        store::Envelope envelope;
        Answer answer;
    };
    /// A batch on its way from the thread that decides to the one that writes.
    struct Job {
        std::vector<store::Envelope> envelopes;
        std::vector<Answer> answers;
        store::DraftPtr draft; ///< null: it goes the long way
        std::chrono::steady_clock::time_point began;
    };
    void decide();
    void write();
    bool is_wanted() const;
    std::optional<Job> take();
    void hand_over(Job);
    std::optional<Job> take_over();
    void finish(Job&, std::vector<store::Outcome>);
    std::vector<store::Outcome> written(Job&);
    void take_lease(ledger::CountyCode const&);
    std::vector<store::Outcome> booked(std::span<store::Envelope const>);
    std::vector<store::Outcome> booked_one_by_one(std::span<store::Envelope const>);

    std::size_t const queue_limit_;
    std::function<void()> const committed_;
    http::Gauge depth_;
    http::Histogram batch_;
    http::Histogram seconds_;
    http::Counter entries_;
    http::Counter drafts_;
    http::Counter long_ways_;
    http::Gauge lease_;
    /// Its connection is the writing thread's. Its memory is whose who holds `books_`.
    store::Database database_;
    std::mutex books_;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Waiting> queue_;
    std::optional<Job> next_; ///< decided, not yet being written
    bool is_writing_ = false;
    bool is_stopping_ = false;
    bool is_decided_ = false; ///< nothing will be decided any more
    std::thread decider_, writer_;
};

} // namespace daifud
