// Who asks: one thread with one connection finds out for all that wait, with one query, so that a
// right that was taken away is gone with the next request and asking costs little. No timer:
// whoever comes alone is asked for at once. The same thread writes into the trail whom it had to
// turn away.
#pragma once

#include "http/metrics.hpp"

#include "store/access.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace daifud {

/// Requests that may wait to be let in; beyond it: 503 service_busy.
inline constexpr std::size_t door_queue_limit = 2'000;
/// Asked about by one query.
inline constexpr std::size_t door_batch_limit = 500;

class Doorman {
  public:
    /// What was found, on the doorman's thread; a refusal: nobody can be let in now. Must not
    /// throw.
    using Answer =
        std::move_only_function<void(ledger::Result<std::optional<store::Admitted>> const&)>;
    using Then = std::move_only_function<void()>;

    Doorman(std::string database, http::Metrics&);
    /// Answers whoever waits, then ends.
    ~Doorman();
    Doorman(Doorman const&) = delete;
    Doorman& operator=(Doorman const&) = delete;

    /// False when too many wait; the answer is then never called.
    bool submit(store::Asked, Answer);
    /// Writes it into the trail, then goes on: also where the trail cannot be written, which is
    /// logged.
    void tell(ledger::CountyCode, store::TrailRecord, Then);

  private:
    struct Waiting {
        store::Asked asked;
        Answer answer;
    };
    struct Told {
        ledger::CountyCode county;
        store::TrailRecord record;
        Then then;
    };
    void run();
    /// Whoever waits and whatever was told, up to the cap each; both empty: the doorman ends.
    std::pair<std::vector<Waiting>, std::vector<Told>> take();
    static void answer(store::Database& access, std::vector<Waiting>&);
    static void write(store::Database& access, std::vector<Told>&);

    std::string const database_;
    http::Gauge depth_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Waiting> queue_;
    std::deque<Told> told_; ///< bounded by the requests that are let in
    bool is_stopping_ = false;
    std::thread thread_;
};

} // namespace daifud
