// The threads that read. A connection that broke is opened again by its next use (store::Database).
#include "daifud/workers.hpp"

namespace daifud {

Workers::Workers(WorkersSetup setup, http::Metrics& metrics)
    : setup_{std::move(setup)}
    , in_use_{metrics.gauge("db_pool_in_use", "Connections at work, by pool", "pool", setup_.name)}
    , waiting_{metrics.gauge("db_pool_waiting", "Jobs that wait for a connection, by pool", "pool",
                             setup_.name)}
{
    for (int i = 0; i < setup_.threads; ++i) threads_.emplace_back([this] { run(); });
}

Workers::~Workers()
{
    {
        std::lock_guard const lock{mutex_};
        is_stopping_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
}

bool Workers::submit(Job job)
{
    {
        std::lock_guard const lock{mutex_};
        if (is_stopping_ || queue_.size() >= setup_.queue_limit) return false;
        queue_.push_back(std::move(job));
        waiting_.set(static_cast<double>(queue_.size()));
    }
    changed_.notify_one();
    return true;
}

void Workers::hand_waiting_to(Workers& other)
{
    std::deque<Job> waiting;
    {
        std::lock_guard const lock{mutex_};
        waiting.swap(queue_);
        waiting_.set(0);
    }
    for (Job& job : waiting) other.submit(std::move(job));
}

void Workers::run()
{
    store::Database database{setup_.database, setup_.role};
    database.seal_with(setup_.sealing);
    std::unique_lock lock{mutex_};
    for (;;) {
        changed_.wait(lock, [this] { return is_stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        auto job = std::move(queue_.front());
        queue_.pop_front();
        waiting_.set(static_cast<double>(queue_.size()));
        in_use_.set(++busy_);
        lock.unlock();
        job(database);
        job = nullptr; // what it holds is let go before the connection is called free
        lock.lock();
        in_use_.set(--busy_);
    }
}

} // namespace daifud
