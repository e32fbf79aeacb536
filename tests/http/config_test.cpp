// The configuration: what is read, what refuses to start, and that the example is the default.
#include "daifud/config.hpp"
#include "daifud/service.hpp"

#include "tests/support/daifud.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

namespace {

using Variables = std::map<std::string, std::string>;

/// What is wrong; empty: nothing.
std::string fault_of(std::string const& file, Variables const& variables = {})
{
    try {
        auto const config = daifud::config_from(file, [&](char const* name) -> char const* {
            auto const found = variables.find(name);
            return found == variables.end() ? nullptr : found->second.c_str();
        });
        static_cast<void>(config);
        return {};
    } catch (daifud::ConfigFault const& fault) {
        return fault.what();
    }
}

} // namespace

TEST_CASE("A configuration that cannot be meant refuses to start and names the key")
{
    struct Row {
        char const* file;
        Variables variables;
        char const* names; ///< in the fault; empty: it is sound
    };
    std::vector<Row> const rows{
        {"", {}, ""},
        {"listen = \"127.0.0.1:9000\"", {}, ""},
        {"listen = \"[::1]:9000\"", {}, ""},
        {"listen = \"0.0.0.0:8080\"", {}, "listen must be a loopback address"},
        {"listen = \"192.168.1.5:8080\"", {}, "listen must be a loopback address"},
        {"listen = \"127.0.0.1:32768\"", {}, "listen must be a loopback address"},
        {"listen = \"127.0.0.1:0\"", {}, "listen must be a loopback address"},
        {"listen = \"127.0.0.1\"", {}, "listen must be a loopback address"},
        {"lisen = \"127.0.0.1:8080\"", {}, "no setting named lisen"},
        {"[limits]\nbody = 1", {}, "no setting named limits.body"},
        {"[limit]\nbody_bytes = 1", {}, "no setting named limit.body_bytes"},
        {"[limits]\nbody_bytes = 0", {}, "limits.body_bytes must be a whole number from 1024"},
        {"[limits]\nbody_bytes = \"many\"", {}, "limits.body_bytes must be a whole number"},
        {"[limits]\nread_deadline_ms = 1.5", {}, "limits.read_deadline_ms has a type"},
        {"county = \"凤庆\"", {}, "county must be a county code"},
        {"readers = 0", {}, "readers must be a whole number from 1 to 64"},
        {"log_level = \"loud\"", {}, "log_level must be debug"},
        {"allow_clock_override = \"perhaps\"", {}, "allow_clock_override must be true or false"},
        {"behind_proxy = 1", {}, "behind_proxy must be true or false"},
        {"reader_database = \"postgresql://node-2/daifu\"", {}, ""},
        {"", {{"DAIFU_LIMITS_READER_LAG_MS", "999"}}, "from 1000 to 600000"},
        {"database = ", {}, "not TOML: line 1"},
        {"", {{"DAIFU_LISTEN", "0.0.0.0:80"}}, "DAIFU_LISTEN must be a loopback address"},
        {"", {{"DAIFU_LIMITS_BODY_BYTES", "2048"}}, ""},
        {"", {{"DAIFU_TODAY", "2016-08-31"}}, "allow_clock_override is not"},
        {"allow_clock_override = true", {{"DAIFU_TODAY", "2016-08-31"}}, ""},
        {"allow_clock_override = true", {{"DAIFU_TODAY", "2016-02-30"}}, "DAIFU_TODAY must be"},
    };
    for (auto const& row : rows) {
        INFO(row.file);
        auto const fault = fault_of(row.file, row.variables);
        INFO(fault);
        if (*row.names == '\0') {
            CHECK(fault.empty());
        } else {
            CHECK(fault.find(row.names) != std::string::npos);
        }
    }
}

TEST_CASE("The example names every setting and holds the defaults")
{
    std::ifstream file{std::string{DAIFU_SOURCE_DIR} + "/services/daifud/daifud.example.toml"};
    std::string const text{std::istreambuf_iterator<char>{file}, {}};
    auto const nothing = [](char const*) -> char const* { return nullptr; };
    auto const example = daifud::config_from(text, nothing);
    auto const defaults = daifud::config_from("", nothing);
    CHECK(example.port == defaults.port);
    CHECK(example.database == defaults.database);
    CHECK(example.county == defaults.county);
    CHECK(example.allowed_hosts == defaults.allowed_hosts);
    CHECK(example.readers == defaults.readers);
    CHECK(example.writer_queue == defaults.writer_queue);
    CHECK(example.limits.body_bytes == defaults.limits.body_bytes);
    CHECK(example.limits.connections_per_address == defaults.limits.connections_per_address);
    auto const help = daifud::config_help();
    std::size_t settings = 0;
    for (std::size_t at = 0; (at = help.find("  (DAIFU_", at)) != std::string::npos; ++at) {
        auto const line = help.rfind('\n', at) + 1;
        auto key = help.substr(line + 2, at - line - 2);
        key = key.substr(key.find('.') + 1);
        INFO(key);
        CHECK(text.find("\n" + key + " = ") != std::string::npos);
        ++settings;
    }
    CHECK(settings >= 19);
}

TEST_CASE("The business day changes at midnight in Asia/Shanghai")
{
    using namespace std::chrono;
    auto const day = sys_days{year{2016} / 8 / 31};
    CHECK(daifud::shanghai_day(day + 15h + 59min + 59s).text() == "2016-08-31");
    CHECK(daifud::shanghai_day(day + 16h).text() == "2016-09-01");
}

TEST_CASE("daifud says how it is used, and refuses what it does not know")
{
    auto const help = test::run_daifud({"--help"});
    CHECK(help.code == 0);
    CHECK(help.output.find("limits.read_deadline_ms  (DAIFU_LIMITS_READ_DEADLINE_MS)") !=
          std::string::npos);
    CHECK(test::run_daifud({"--frobnicate"}).code == 2);
    CHECK(test::run_daifud({"--config", "/nowhere.toml"}).code == 2);
    auto const open = test::run_daifud({"--check"}, {"DAIFU_LISTEN=0.0.0.0:8080"});
    CHECK(open.code == 2);
    CHECK(open.output.find("what speaks TLS stands before it") != std::string::npos);
    CHECK(test::run_daifud({"--check"}).code == 0);
}
