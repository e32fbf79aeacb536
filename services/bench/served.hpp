// The same repayments through the service: daifud as a child of this process on a free port of the
// loopback, and wrk as its clients.
#pragma once

#include "bench/programs.hpp"
#include "bench/row.hpp"

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace bench {

struct ServiceSetup {
    std::string program; ///< daifud
    std::string database;
    std::string key_file;
    std::string county; ///< of whose books wrk repays
    std::string day;    ///< the business day
    std::string token;  ///< of an officer
    std::vector<std::string> loans;
};

class Served {
  public:
    /// Starts it and waits until it is ready. Throws ProgramFailed, also where wrk is missing.
    explicit Served(ServiceSetup);
    ~Served();
    Served(Served const&) = delete;
    Served& operator=(Served const&) = delete;

    /// Repayments of one yuan by so many clients, as fast as they are answered; or, with a pace, so
    /// many a second in all. A refused one is a ProgramFailed.
    Measured repay(int clients, double seconds, double a_second = 0);
    /// Readings of one address; "{loan}" in it is another loan each time.
    Measured read(std::string const& target, int clients, double seconds);

    /// What it holds in memory now.
    std::int64_t resident_bytes() const;

  private:
    Measured wrk(std::string const& request, int clients, double seconds, double a_second);
    void start();
    std::string log() const;

    ServiceSetup const setup_;
    Folder folder_;
    std::uint16_t port_ = 0;
    pid_t pid_ = 0;
    int runs_ = 0;
};

} // namespace bench
