// Starts PostgreSQL as a child of the test process. PostgreSQL refuses root, so as root the child
// becomes the user postgres first. Parent-death signal: a killed test leaves no server behind.
#include "tests/support/cluster.hpp"

#include "tests/support/people.hpp"

#include "store/database.hpp"
#include "store/execute.hpp"
#include "store/migrate.hpp"

#include "ledger/store/session.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <grp.h>
#include <pwd.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace test {
namespace {

constexpr char const* programs = "/usr/lib/postgresql/15/bin/";
constexpr int start_limit_ms = 60'000;
constexpr int kill_limit_ms = 60'000; // a killed process ends at once, if its disk answers
constexpr int find_limit_ms = 20'000;

void become_postgres()
{
    if (geteuid() != 0) return;
    passwd const* user = getpwnam("postgres");
    if (user == nullptr || initgroups("postgres", user->pw_gid) != 0 || setgid(user->pw_gid) != 0 ||
        setuid(user->pw_uid) != 0)
        _exit(126);
}

/// Runs a PostgreSQL program with its output in the cluster's log.
pid_t launch(std::vector<std::string> arguments, std::string const& directory)
{
    std::string const log = directory + "/log";
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    pid_t const parent = getpid();
    pid_t const child = fork();
    if (child < 0) throw std::runtime_error{"fork failed"};
    if (child > 0) return child;

    setpgid(0, 0); // Ctrl+C at the terminal reaches the test alone
    become_postgres();
    prctl(PR_SET_PDEATHSIG, SIGINT);
    if (getppid() != parent) _exit(125);
    int const out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    execv(argv[0], argv.data());
    _exit(127);
}

int wait_for(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

/// For a killed child: until it is waited for, its number stands in the socket's lock as that of
/// a living server, and the next start would refuse.
void reap_within_limit(pid_t child)
{
    auto const until = std::chrono::steady_clock::now() + std::chrono::milliseconds{kill_limit_ms};
    while (waitpid(child, nullptr, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > until)
            throw std::runtime_error{"a killed server has not ended"};
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
}

std::string log_of(std::string const& directory)
{
    std::ifstream in{directory + "/log"};
    return {std::istreambuf_iterator<char>{in}, {}};
}

} // namespace

Cluster& Cluster::instance()
{
    static auto const cluster = apart();
    return *cluster;
}

std::unique_ptr<Cluster> Cluster::apart()
{
    std::unique_ptr<Cluster> made{new Cluster};
    made->create();
    return made;
}

std::unique_ptr<Cluster> Cluster::standby_of(Cluster const& primary)
{
    std::unique_ptr<Cluster> made{new Cluster};
    int const status = wait_for(
        launch({std::string{programs} + "pg_basebackup", "-D", made->directory_ + "/data", "-d",
                primary.url("postgres"), "-R", "-c", "fast", "-X", "stream", "--no-sync"},
               made->directory_));
    if (status != 0) throw std::runtime_error{"no standby: " + log_of(made->directory_)};
    std::ofstream{made->directory_ + "/data/postgresql.auto.conf", std::ios::app}
        << "fsync = off\nwal_retrieve_retry_interval = 100ms\n";
    made->start();
    return made;
}

Cluster::Cluster()
{
    std::string pattern = std::filesystem::temp_directory_path() / "daifu-test-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"mkdtemp failed"};
    directory_ = pattern;
    if (geteuid() == 0) {
        passwd const* user = getpwnam("postgres");
        if (user == nullptr || chown(pattern.c_str(), user->pw_uid, user->pw_gid) != 0)
            throw std::runtime_error{"there is no user postgres to run the server"};
    }
}

void Cluster::create()
{
    std::string const data = directory_ + "/data";
    int const status =
        wait_for(launch({std::string{programs} + "initdb", "-D", data, "-U", "postgres", "-A",
                         "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"},
                        directory_));
    if (status != 0) throw std::runtime_error{"initdb failed: " + log_of(directory_)};
    start();
}

Cluster::~Cluster()
{
    if (pid_ != 0) stop();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

void Cluster::start()
{
    pid_ = launch({std::string{programs} + "postgres", "-D", directory_ + "/data", "-c",
                   "listen_addresses=", "-c", "unix_socket_directories=" + directory_, "-c",
                   "max_connections=120", "-c", "shared_buffers=64MB", "-c", "max_wal_size=512MB",
                   "-c", "deadlock_timeout=200ms", "-c", "autovacuum_naptime=5s"},
                  directory_);
    wait_until_ready();
}

void Cluster::wait_until_ready() const
{
    auto const until = std::chrono::steady_clock::now() + std::chrono::milliseconds{start_limit_ms};
    while (std::chrono::steady_clock::now() < until) {
        try {
            pqxx::connection connection{url("postgres")};
            return;
        } catch (pqxx::pqxx_exception const&) {
        }
        if (waitpid(pid_, nullptr, WNOHANG) != 0) break;
        std::this_thread::sleep_for(
            std::chrono::milliseconds{20}); // the server has no signal for it
    }
    throw std::runtime_error{"PostgreSQL did not start: " + log_of(directory_)};
}

void Cluster::stop()
{
    kill(pid_, SIGINT);
    wait_for(pid_);
    pid_ = 0;
}

void Cluster::crash()
{
    // Immediate shutdown: the postmaster ends its backends and waits for them, without a
    // checkpoint.
    kill(pid_, SIGQUIT);
    wait_for(pid_);
    pid_ = 0;
}

void Cluster::kill_all()
{
    kill(pid_, SIGKILL);
    while (signal_all(SIGKILL)) {
    }
    reap_within_limit(pid_);
    pid_ = 0;
}

void Cluster::freeze() const
{
    kill(pid_, SIGSTOP); // first, so that it starts nobody meanwhile
    signal_all(SIGSTOP);
}

void Cluster::thaw() const
{
    signal_all(SIGCONT);
}

bool Cluster::signal_all(int signal) const
{
    // Every process of a cluster has the data directory as its working directory.
    auto const data = std::filesystem::path{directory_ + "/data"};
    bool is_any_there = false;
    std::error_code ignored;
    for (auto const& process : std::filesystem::directory_iterator{"/proc", ignored}) {
        if (std::filesystem::read_symlink(process.path() / "cwd", ignored) != data) continue;
        is_any_there = true;
        kill(std::stoi(process.path().filename().string()), signal);
    }
    return is_any_there;
}

void Cluster::restart()
{
    stop();
    start();
}

std::string Cluster::url(std::string const& database) const
{
    return "host=" + directory_ + " user=postgres dbname=" + database;
}

std::string Cluster::fresh_name()
{
    return "books_" + std::to_string(++databases_);
}

std::string Cluster::empty_database()
{
    std::string const name = fresh_name();
    pqxx::connection connection{url("postgres")};
    pqxx::nontransaction create{connection};
    create.exec("CREATE DATABASE " + name + " TEMPLATE template0");
    return url(name);
}

std::string Cluster::migrated_database()
{
    pqxx::connection connection{url("postgres")};
    pqxx::nontransaction create{connection};
    if (!has_template_) {
        create.exec("CREATE DATABASE daifu_template TEMPLATE template0");
        store::Database owner{url("daifu_template"), store::Role::owner};
        store::migrate(owner);
        store::create_county(owner, *ledger::CountyCode::parse("530921"));
        add_people(url("daifu_template"));
        has_template_ = true;
    }
    std::string const name = fresh_name();
    create.exec("CREATE DATABASE " + name + " TEMPLATE daifu_template");
    return url(name);
}

void Cluster::run_sql(std::string const& url, std::string const& statement)
{
    pqxx::connection connection{url};
    pqxx::nontransaction{connection}.exec(statement);
}

std::string database_of(std::string const& url)
{
    return url.substr(url.rfind("dbname=") + 7);
}

pid_t find_process(std::string const& url, std::string const& sql)
{
    auto const until = std::chrono::steady_clock::now() + std::chrono::milliseconds{find_limit_ms};
    pqxx::connection connection{url};
    pqxx::nontransaction look{connection};
    while (std::chrono::steady_clock::now() < until) {
        auto const rows = look.exec(sql);
        if (!rows.empty()) return rows[0][0].as<pid_t>();
    }
    throw std::runtime_error{"no such process of the server: " + sql};
}

std::string fresh_books()
{
    return Cluster::instance().migrated_database();
}

} // namespace test
