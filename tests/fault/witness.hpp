// Looks at the books while they are being written and while what writes them is killed: in every
// snapshot, debits equal credits in each entry and in all of them together, for each unit (A4). It
// reads as an auditor does and survives the server's death.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace fault {

class Witness {
  public:
    /// Begins at once, on a thread of its own.
    explicit Witness(std::string url);
    ~Witness();
    Witness(Witness const&) = delete;
    Witness& operator=(Witness const&) = delete;

    /// Ends it; what it saw that must never be seen, in words.
    std::vector<std::string> finish();
    /// How many snapshots it has looked at.
    std::int64_t snapshots() const { return snapshots_; }

  private:
    void watch();

    std::string url_;
    std::atomic<bool> is_over_ = false;
    std::atomic<std::int64_t> snapshots_ = 0;
    std::vector<std::string> found_; ///< the thread's, until it has ended
    std::thread thread_;
};

/// One snapshot's violations of A4.
std::vector<std::string> unbalanced_in(std::string const& url);

} // namespace fault
