#include "bench/served.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>

namespace bench {

namespace {

bool is_free(std::uint16_t port)
{
    int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    where.sin_port = htons(port);
    bool const is_bound =
        socket >= 0 && ::bind(socket, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0;
    ::close(socket);
    return is_bound;
}

/// A port of the loopback that nobody listens on now, below those that connections take.
std::uint16_t free_port()
{
    std::random_device random;
    std::uniform_int_distribution<int> below_ephemeral{20'000, 32'767};
    constexpr int tries = 100;
    for (int i = 0; i < tries; ++i) {
        auto const port = static_cast<std::uint16_t>(below_ephemeral(random));
        if (is_free(port)) return port;
    }
    throw ProgramFailed{"no free port"};
}

std::string text_of(std::string const& path)
{
    std::ifstream file{path};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// What every request has; wrk runs one copy for each of its threads. `delay` makes the clients as
/// a whole ask so many times a second, at random instants as people do.
constexpr char const* wrk_frame = R"lua(
local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end
function init()
  sent = 0
  math.randomseed(RUN * 100 + number)
  headers = { ["Authorization"] = "Bearer TOKEN", ["Content-Type"] = "application/json" }
end
function loan() return LOANS[math.random(1, #LOANS)] end
function key()
  sent = sent + 1
  return "bench-STAMP-" .. RUN .. "-" .. number .. "-" .. sent
end
function delayed(mean_ms) return math.floor(-math.log(1 - math.random()) * mean_ms + 0.5) end
function done(summary, latency)
  local failed = summary.errors
  io.write(string.format("measured %d %d %d %d %d %d\n", summary.requests, summary.duration,
    failed.status + failed.connect + failed.read + failed.write + failed.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
)lua";

std::string replaced(std::string text, std::string const& what, std::string const& by)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

} // namespace

Served::Served(ServiceSetup setup)
    : setup_{std::move(setup)}
    , port_{free_port()}
{
    if (!is_installed("wrk")) throw ProgramFailed{"wrk is not installed (Debian: wrk)"};
    folder_.file("daifud.toml", "listen = \"127.0.0.1:" + std::to_string(port_) +
                                    "\"\ndatabase = \"" + setup_.database + "\"\nkey_file = \"" +
                                    setup_.key_file + "\"\ncounty = \"" + setup_.county +
                                    "\"\nevidence_directory = \"" + folder_.path() +
                                    "/evidence\"\nallow_clock_override = true\n"
                                    "[limits]\nconnections_per_address = 1000\n");
    std::string loans = "LOANS = {";
    for (auto const& loan : setup_.loans) loans += "\"" + loan + "\",\n";
    folder_.file("loans.lua", loans + "}\n");
    start();
}

void Served::start()
{
    std::string const config = folder_.path() + "/daifud.toml";
    std::string const log_file = folder_.path() + "/log";
    pid_ = fork();
    if (pid_ < 0) throw ProgramFailed{"fork failed"};
    if (pid_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        int const out = ::open(log_file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        dup2(out, 1);
        dup2(out, 2);
        setenv("DAIFU_TODAY", setup_.day.c_str(), 1);
        execl(setup_.program.c_str(), setup_.program.c_str(), "--config", config.c_str(),
              static_cast<char*>(nullptr));
        _exit(127);
    }
    constexpr int tries = 600;
    for (int i = 0; i < tries; ++i) {
        if (log().find("service.started") != std::string::npos) return;
        if (waitpid(pid_, nullptr, WNOHANG) == pid_) {
            pid_ = 0;
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    throw ProgramFailed{setup_.program + " did not start: " + log()};
}

Served::~Served()
{
    if (pid_ <= 0) return;
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
}

std::string Served::log() const
{
    return text_of(folder_.path() + "/log");
}

Measured Served::repay(int clients, double seconds, double a_second)
{
    return wrk(R"lua(
function request()
  headers["Idempotency-Key"] = key()
  return wrk.format("POST", "/v1/loans/" .. loan() .. "/repayments", headers,
    '{"amount":"1.00"}')
end
)lua",
               clients, seconds, a_second);
}

Measured Served::read(std::string const& target, int clients, double seconds)
{
    auto const address = replaced("\"" + target + "\"", "{loan}", "\" .. loan() .. \"");
    return wrk("function request() return wrk.format(\"GET\", " + address + ", headers) end\n",
               clients, seconds, 0);
}

Measured Served::wrk(std::string const& request, int clients, double seconds, double a_second)
{
    ++runs_;
    auto script = "dofile(\"" + folder_.path() + "/loans.lua\")\nRUN = " + std::to_string(runs_) +
                  "\n" + wrk_frame + request;
    if (a_second > 0)
        script += "function delay() return delayed(" + std::to_string(1000.0 * clients / a_second) +
                  ") end\n";
    script = replaced(replaced(script, "TOKEN", setup_.token), "STAMP",
                      std::to_string(pid_) + "-" + std::to_string(port_));
    auto const said = output_of(
        "wrk -t " + std::to_string(std::min(2, clients)) + " -c " + std::to_string(clients) +
        " -d " + std::to_string(std::max(1, static_cast<int>(std::lround(seconds)))) +
        "s --timeout 30s -s " + shell_quoted(folder_.file("wrk.lua", script)) +
        " http://127.0.0.1:" + std::to_string(port_) + " 2>&1");
    auto const at = said.find("measured ");
    if (at == std::string::npos) throw ProgramFailed{"wrk said no figures: " + said};
    std::istringstream figures{said.substr(at + 9)};
    double requests = 0, microseconds = 0, failed = 0, p50 = 0, p99 = 0, p999 = 0;
    figures >> requests >> microseconds >> failed >> p50 >> p99 >> p999;
    if (failed > 0)
        throw ProgramFailed{std::to_string(static_cast<int>(failed)) +
                            " requests were not answered as they should be: " + said};
    if (requests < 1) throw ProgramFailed{"nothing was answered in time: " + said};
    return {1e6 * requests / microseconds, Latency{p50 / 1000, p99 / 1000, p999 / 1000}};
}

std::int64_t Served::resident_bytes() const
{
    auto const status = text_of("/proc/" + std::to_string(pid_) + "/status");
    auto const at = status.find("VmRSS:");
    return at == std::string::npos ? 0 : 1024 * std::stoll(status.substr(at + 6));
}

} // namespace bench
