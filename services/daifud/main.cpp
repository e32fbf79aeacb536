// The composition root of daifud: reads the configuration, starts the parts, serves until a signal,
// and ends them in order. It decides nothing else.
#include "daifud/config.hpp"
#include "daifud/gate.hpp"
#include "daifud/routes.hpp"
#include "daifud/service.hpp"

#include "http/log.hpp"
#include "http/problem.hpp"
#include "http/record.hpp"
#include "http/server.hpp"

#include "wire/answers.hpp"
#include "wire/json.hpp"

#include <boost/json/object.hpp>

#include <sodium.h>
#include <sys/resource.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

/// Exit codes, as the command line's: done, usage, fault.
enum class Exit { done = 0, usage = 2, fault = 3 };

constexpr std::string_view usage = R"(daifud - the ledger service of a county's loan programme

Usage
  daifud [--config FILE] [--check]

  --config FILE   the settings, in TOML (example: services/daifud/daifud.example.toml);
                  without it every default applies
  --check         read the settings, say whether they are sound, and end
  --help          this page

Description
  Serves the HTTP API of the books (reference: /docs) from a PostgreSQL database that
  `daifu migrate` has prepared. SIGTERM or SIGINT stops it: what is in flight is answered
  first. While the database is away it keeps running: /healthz answers 200, /readyz 503, and
  requests 503 with Retry-After.

Settings (and the variables that override them)
)";

std::string read_file(std::string const& name)
{
    std::ifstream file{name, std::ios::binary};
    if (!file) throw daifud::ConfigFault{"cannot read " + name};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Each connection takes a descriptor.
void raise_descriptor_limit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

std::string problem_text(ledger::Refused const& refused, int status, std::string_view request_id,
                         std::string_view instance)
{
    return wire::text_of(wire::problem_json(refused, status, request_id, instance));
}

http::Options options(daifud::Service& service)
{
    http::Options all;
    all.limits = service.config.limits;
    all.allowed_hosts = service.config.allowed_hosts;
    all.allowed_hosts.push_back(service.config.address);
    all.is_behind_proxy = service.config.is_behind_proxy;
    all.problem = problem_text;
    all.gate = daifud::gate(service);
    all.finished = [&service](http::Request const& request, http::Response const& response,
                              std::chrono::microseconds took) {
        if (response.refused) service.count_refusal(response.refused->code);
        http::record(service.metrics, request, response, took);
    };
    all.fault = [](std::string const& what) {
        http::log(http::LogLevel::error, "service.fault", {{"what", what}});
    };
    return all;
}

/// Somebody still waits for an answer that did not come within the drain deadline. What was not
/// committed is not booked, what was is found again by its key.
[[noreturn]] void give_up()
{
    http::log(http::LogLevel::error, "service.gave_up");
    http::stop_log();
    std::_Exit(static_cast<int>(Exit::fault));
}

Exit serve(daifud::Config const& config)
{
    auto const by_default =
        http::stdout_is_a_terminal() ? http::LogForm::aligned : http::LogForm::json;
    http::start_log(config.log_level, config.log_form.value_or(by_default));
    {
        daifud::Service service{config};
        service.keys->load();
        http::Server server{http::Router{daifud::routes(service)}, options(service)};
        auto const port = server.listen(config.address, config.port);
        http::log(http::LogLevel::info, "service.started",
                  {{"address", config.address},
                   {"port", std::int64_t{port}},
                   {"county", config.county.text()},
                   {"business_day", service.business_day().text()}});
        bool const is_drained =
            server.run([] { http::log(http::LogLevel::info, "service.stopping"); });
        if (!is_drained) give_up();
    }
    http::log(http::LogLevel::info, "service.stopped");
    http::stop_log();
    return Exit::done;
}

Exit run(std::vector<std::string> const& arguments)
{
    std::string file;
    bool is_check = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--help") {
            std::cout << usage << daifud::config_help();
            return Exit::done;
        }
        if (arguments[i] == "--check") {
            is_check = true;
        } else if (arguments[i] == "--config" && i + 1 < arguments.size()) {
            file = arguments[++i];
        } else {
            throw daifud::ConfigFault{"unknown argument " + arguments[i] + " (see --help)"};
        }
    }
    auto const config = daifud::config_from(file.empty() ? "" : read_file(file),
                                            [](char const* name) { return std::getenv(name); });
    if (is_check) return Exit::done;
    return serve(config);
}

} // namespace

int main(int count, char** arguments)
{
    try {
        if (sodium_init() < 0) throw std::runtime_error{"the system has no randomness"};
        raise_descriptor_limit();
        return static_cast<int>(run({arguments + 1, arguments + count}));
    } catch (daifud::ConfigFault const& fault) {
        std::cerr << "daifud: " << fault.what() << '\n';
        return static_cast<int>(Exit::usage);
    } catch (std::exception const& fault) {
        http::stop_log();
        std::cerr << "daifud: " << fault.what() << '\n';
        return static_cast<int>(Exit::fault);
    }
}
