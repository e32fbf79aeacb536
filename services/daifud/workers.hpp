// A fixed number of threads with one database connection each, and one bounded queue before them.
// The network thread never waits for them: a full queue says so at once.
#pragma once

#include "http/metrics.hpp"

#include "store/database.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace daifud {

struct WorkersSetup {
    std::string name; ///< "reader", in the metrics
    std::string database;
    store::Role role{};
    int threads = 1;
    std::size_t queue_limit = 1;
    std::shared_ptr<store::Sealing const> sealing{}; ///< of what is personal; null: it sees none
};

class Workers {
  public:
    /// Must not throw: what a job answers on a fault is its own business.
    using Job = std::move_only_function<void(store::Database&)>;

    Workers(WorkersSetup, http::Metrics&);
    /// Does what is queued, then ends.
    ~Workers();
    Workers(Workers const&) = delete;
    Workers& operator=(Workers const&) = delete;

    /// False when the queue is full; the job is then gone.
    bool submit(Job);
    /// What waits here waits there from now on; what finds no room there is gone.
    void hand_waiting_to(Workers&);

  private:
    void run();

    WorkersSetup const setup_;
    http::Gauge in_use_;
    http::Gauge waiting_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> queue_;
    int busy_ = 0;
    bool is_stopping_ = false;
    std::vector<std::thread> threads_;
};

} // namespace daifud
