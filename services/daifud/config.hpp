// What can be set, in one TOML file and in DAIFU_… variables (which win). One table holds every key
// with its meaning, so the file, the variables and --help cannot differ. A key that does not exist
// refuses to start: a limit with a spelling mistake would be no limit.
#pragma once

#include "http/limits.hpp"
#include "http/log.hpp"

#include "ledger/calendar.hpp"
#include "ledger/identity.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace daifud {

/// Services listen below the ephemeral range: during an outage, clients that reconnect could take
/// a port of it as their own.
inline constexpr int highest_port = 32'767;

struct Config {
    std::string address = "127.0.0.1"; ///< loopback only: a proxy before it speaks TLS
    std::uint16_t port = 8080;
    std::string database = "postgresql:///daifu";
    std::string reader_database; ///< a standby of it, for statistics; empty: there is none
    ledger::CountyCode county;   ///< 530921 unless set
    std::string evidence_directory = "var/evidence"; ///< where the files that are evidence lie
    std::string key_file = "var/keys/daifu.key"; ///< seals what must not be read in the database
    bool is_behind_proxy = false;                ///< who asks is the last of X-Forwarded-For
    std::string docs_directory = "tools/node_modules/swagger-ui-dist";
    std::string web_directory = "build/web"; ///< the pages for the browser, as they were built
    std::vector<std::string> allowed_hosts{"localhost", "127.0.0.1", "[::1]"};
    http::LogLevel log_level = http::LogLevel::info;
    std::optional<http::LogForm> log_form; ///< empty: aligned on a terminal, else JSON
    bool allow_clock_override = false;
    std::optional<ledger::Date> today; ///< DAIFU_TODAY, only where it is allowed

    int readers = 4;                              ///< connections for reading
    std::size_t writer_queue = 2'000;             ///< commands that wait; four full batches
    std::size_t reader_queue = 1'000;             ///< reads that wait: a few seconds' worth
    std::chrono::milliseconds reader_lag{10'000}; ///< a standby that is older is not read from
    http::Limits limits;
};

/// Why the service does not start, in a sentence with the key's name.
class ConfigFault : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// By name; nullptr: not set.
using Environment = std::function<char const*(char const* name)>;

/// `file` is TOML text; empty: the defaults. Throws ConfigFault.
Config config_from(std::string_view file, Environment const&);

/// One paragraph a key, with its default and its variable.
std::string config_help();

} // namespace daifud
