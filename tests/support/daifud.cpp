// Fork, exec, a pipe for the log, a thread that reads it. The parent-death signal and a process
// group of its own keep a failed test from leaving a service behind.
#include "tests/support/daifud.hpp"

#include "tests/support/keys.hpp"

#include <arpa/inet.h>
#include <csignal>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <random>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace test {

namespace {

std::string const binary = std::string{DAIFU_BINARY_DIR} + "/daifud";

/// Ours without any DAIFU_ variable of the caller's shell, and those of the test.
std::vector<std::string> clean_environment(std::vector<std::string> more)
{
    for (char** entry = environ; *entry != nullptr; ++entry) {
        std::string_view const text{*entry};
        if (!text.starts_with("DAIFU_")) more.emplace_back(text);
    }
    return more;
}

std::vector<char*> pointers(std::vector<std::string>& texts)
{
    std::vector<char*> all;
    for (auto& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

/// The child's pid; its output goes to `out`.
pid_t launch(std::vector<std::string> arguments, std::vector<std::string> environment, int out)
{
    arguments.insert(arguments.begin(), binary);
    auto const argv = pointers(arguments);
    auto const envp = pointers(environment);
    pid_t const parent = getpid();
    pid_t const child = fork();
    if (child < 0) throw std::runtime_error{"fork failed"};
    if (child > 0) return child;
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(125);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    execve(binary.c_str(), argv.data(), envp.data());
    _exit(127);
}

int exit_code(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

/// What the child wrote, collected by a thread until the pipe ends.
struct Daifud::Output {
    explicit Output(int read_end)
        : reader{[this, read_end] { collect(read_end); }}
    {
    }
    ~Output() { reader.join(); }

    void collect(int read_end)
    {
        char bytes[4'096];
        for (ssize_t count = 0; (count = ::read(read_end, bytes, sizeof bytes)) > 0;) {
            std::lock_guard const lock{mutex};
            text.append(bytes, static_cast<std::size_t>(count));
            changed.notify_all();
        }
        ::close(read_end);
        std::lock_guard const lock{mutex};
        has_ended = true;
        changed.notify_all();
    }

    std::mutex mutable mutex;
    std::condition_variable mutable changed;
    std::string text;
    bool has_ended = false;
    std::thread reader;
};

std::uint16_t free_port()
{
    static std::mt19937 random{std::random_device{}()};
    std::uniform_int_distribution<int> any{20'000, 32'000};
    for (int attempt = 0; attempt < 200; ++attempt) {
        auto const port = static_cast<std::uint16_t>(any(random));
        int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(port);
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        bool const is_free = ::bind(socket, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0;
        ::close(socket);
        if (is_free) return port;
    }
    throw std::runtime_error{"no free port"};
}

Daifud::Daifud(DaifudSetup setup)
    : setup_{std::move(setup)}
    , port_{free_port()}
{
    std::string pattern = std::filesystem::temp_directory_path() / "daifud-test-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
    directory_ = pattern;
    std::ofstream config{directory_ + "/daifud.toml"};
    config << "listen = \"127.0.0.1:" << port_ << "\"\n"
           << "database = \"" << setup_.database << "\"\n"
           << "log_form = \"json\"\n"
           << "key_file = \"" << key_file() << "\"\n"
           << "evidence_directory = \"" << directory_ << "/evidence\"\n"
           << "docs_directory = \"" << DAIFU_SOURCE_DIR << "/tools/node_modules/swagger-ui-dist\"\n"
           << "allow_clock_override = " << (setup_.today.empty() ? "false" : "true") << '\n'
           << setup_.settings << "\n[limits]\n"
           << (setup_.limits.find("connections_per_address") == std::string::npos
                   ? "connections_per_address = 1000\n"
                   : "")
           << setup_.limits << '\n';
    config.close();
    start();
}

Daifud::~Daifud()
{
    if (pid_ != 0) kill();
    output_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

void Daifud::start()
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error{"no pipe"};
    auto environment = clean_environment(setup_.environment);
    if (!setup_.today.empty()) environment.push_back("DAIFU_TODAY=" + setup_.today);
    output_.reset();
    pid_ = launch({"--config", directory_ + "/daifud.toml"}, std::move(environment), ends[1]);
    ::close(ends[1]);
    output_ = std::make_unique<Output>(ends[0]);
    if (!wait_for_log("service.started")) {
        auto const said = log();
        kill();
        throw std::runtime_error{"daifud did not start: " + said};
    }
}

void Daifud::ask_to_stop()
{
    ::kill(pid_, SIGTERM);
}

int Daifud::wait()
{
    auto const code = exit_code(pid_);
    pid_ = 0;
    return code;
}

int Daifud::stop()
{
    ask_to_stop();
    return wait();
}

void Daifud::kill()
{
    ::kill(pid_, SIGKILL);
    static_cast<void>(wait());
}

std::string Daifud::log() const
{
    std::lock_guard const lock{output_->mutex};
    return output_->text;
}

bool Daifud::wait_for_log(std::string const& text, std::size_t from,
                          std::chrono::milliseconds bound) const
{
    auto const is_there = [&] { return output_->text.find(text, from) != std::string::npos; };
    std::unique_lock lock{output_->mutex};
    output_->changed.wait_for(lock, bound, [&] { return output_->has_ended || is_there(); });
    return is_there();
}

Ended run_daifud(std::vector<std::string> arguments, std::vector<std::string> environment)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error{"no pipe"};
    pid_t const pid =
        launch(std::move(arguments), clean_environment(std::move(environment)), ends[1]);
    ::close(ends[1]);
    Ended ended;
    char bytes[4'096];
    for (ssize_t count = 0; (count = ::read(ends[0], bytes, sizeof bytes)) > 0;) {
        ended.output.append(bytes, static_cast<std::size_t>(count));
    }
    ::close(ends[0]);
    ended.code = exit_code(pid);
    return ended;
}

} // namespace test
