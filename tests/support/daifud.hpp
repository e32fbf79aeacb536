// The real daifud as a child of the test process, on a free port of the loopback, with its own
// configuration in a temporary folder. It dies with the test. Its log is read as it is written.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

namespace test {

struct DaifudSetup {
    std::string database;                 ///< URL of the books
    std::string today = "2016-08-31";     ///< the business day; empty: the clock's
    std::string settings;                 ///< more lines of TOML, before [limits]
    std::string limits;                   ///< lines under [limits]
    std::vector<std::string> environment; ///< NAME=value
};

/// A port of the loopback that nobody listens on now, below the ephemeral range.
std::uint16_t free_port();

class Daifud {
  public:
    /// Starts it and waits until it listens. Throws with its output when it ends instead.
    explicit Daifud(DaifudSetup);
    ~Daifud();
    Daifud(Daifud const&) = delete;
    Daifud& operator=(Daifud const&) = delete;

    std::uint16_t port() const { return port_; }
    /// Where it keeps evidence.
    std::string evidence_directory() const { return directory_ + "/evidence"; }
    pid_t pid() const { return pid_; }

    /// SIGTERM; its exit code (-1: it was killed by a signal).
    int stop();
    /// SIGTERM, without waiting.
    void ask_to_stop();
    /// Waits until it has ended; its exit code.
    int wait();
    /// SIGKILL, and waits.
    void kill();
    /// Again, on the same port and books.
    void start();

    /// Everything it wrote so far.
    std::string log() const;
    /// Waits until its log holds the text after `from`; false after the bound.
    bool wait_for_log(std::string const& text, std::size_t from = 0,
                      std::chrono::milliseconds bound = std::chrono::seconds{60}) const;

  private:
    struct Output;
    DaifudSetup const setup_;
    std::string directory_;
    std::uint16_t port_ = 0;
    pid_t pid_ = 0;
    std::unique_ptr<Output> output_;
};

/// Runs the built daifud with arguments until it ends: exit code and everything it wrote.
struct Ended {
    int code = 0;
    std::string output;
};
Ended run_daifud(std::vector<std::string> arguments, std::vector<std::string> environment = {});

} // namespace test
