// The one writer: commands queue, one thread with one connection takes whatever waits when its
// previous commit returns, and has it booked as a batch. No timer, so an idle service commits at
// once and a busy one commits many at a time. Everybody is answered after the commit only.
#pragma once

#include "http/metrics.hpp"

#include "store/execute.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
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
    void run();
    std::vector<Waiting> take();
    std::vector<store::Outcome> booked(store::Database&, std::span<store::Envelope const>);
    std::vector<store::Outcome> booked_one_by_one(store::Database&,
                                                  std::span<store::Envelope const>);

    std::string const database_;
    std::shared_ptr<store::Sealing const> const sealing_;
    std::size_t const queue_limit_;
    std::function<void()> const committed_;
    http::Gauge depth_;
    http::Histogram batch_;
    http::Histogram seconds_;
    http::Counter entries_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Waiting> queue_;
    bool is_stopping_ = false;
    std::thread thread_;
};

} // namespace daifud
