// A throwaway PostgreSQL 15 cluster for one test executable: its own data directory, a Unix socket
// only, durable settings kept on (fsync, full pages). Started by the first test that asks, stopped
// by its pid when the process ends, also when a test fails or the process is killed. Each test
// takes its own database, copied from one that is migrated and holds the county 530921.
#pragma once

#include <memory>
#include <string>
#include <sys/types.h>

namespace test {

class Cluster {
  public:
    /// The process's cluster. First called from the main thread: the server dies with the thread
    /// that started it.
    static Cluster& instance();
    /// Another, whose databases are its own.
    static std::unique_ptr<Cluster> apart();
    /// A standby of one, copied as it is now, that follows it. It does not sync its copy: what it
    /// must survive is a kill, not the machine's end.
    static std::unique_ptr<Cluster> standby_of(Cluster const& primary);
    ~Cluster();
    Cluster(Cluster const&) = delete;
    Cluster& operator=(Cluster const&) = delete;

    /// A fresh database with the schema and the county 530921; the superuser's URL to it.
    std::string migrated_database();
    /// A fresh database with nothing in it.
    std::string empty_database();
    std::string url(std::string const& database) const;
    /// A statement outside a transaction, as the superuser.
    void run_sql(std::string const& url, std::string const& statement);

    /// Stops the server (fast: connections break) and starts it again on the same data.
    void restart();
    void stop();  ///< fast
    void crash(); ///< immediate: no checkpoint, recovery at the next start
    /// kill -9 of the postmaster and of every process of the cluster, until none is left: an
    /// orphaned backend would keep the shared memory and block the next start.
    void kill_all();
    void start();
    /// SIGSTOP to every process: connections stay and nothing answers. SIGCONT.
    void freeze() const;
    void thaw() const;

    pid_t pid() const { return pid_; }
    std::string const& directory() const { return directory_; }

  private:
    Cluster(); ///< an empty folder
    void create();
    std::string fresh_name();
    void wait_until_ready() const;
    /// To each process of the cluster; false when there is none.
    bool signal_all(int signal) const;

    std::string directory_;
    pid_t pid_ = 0;
    int databases_ = 0;
    bool has_template_ = false;
};

/// The database's name in a URL that the cluster gave.
std::string database_of(std::string const& url);

/// The server's process that the query names, asked there until it names one; throws when it does
/// not in time.
pid_t find_process(std::string const& url, std::string const& sql);

/// Shorthand for Cluster::instance().migrated_database().
std::string fresh_books();

} // namespace test
