// Reads the configuration. TOML's own types are kept (a number is written as a number); a variable
// is the same value as text.
#include "daifud/config.hpp"

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>

namespace daifud {

namespace {

/// One key: it takes a text and says what is wrong with it, or nothing.
struct Setting {
    std::string_view key;
    std::string_view fallback;
    std::string_view meaning;
    std::function<std::string(Config&, std::string_view)> take;
};

std::string take_number(std::string_view text, std::size_t least, std::size_t most, auto const& set)
{
    std::size_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool const is_number = error == std::errc{} && end == text.data() + text.size();
    if (is_number && number >= least && number <= most) {
        set(number);
        return {};
    }
    return "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
}

auto size_of(std::size_t http::Limits::* limit, std::size_t least, std::size_t most)
{
    return [=](Config& config, std::string_view text) {
        return take_number(text, least, most,
                           [&](std::size_t number) { config.limits.*limit = number; });
    };
}

auto size_of(std::size_t Config::* limit, std::size_t least, std::size_t most)
{
    return [=](Config& config, std::string_view text) {
        return take_number(text, least, most, [&](std::size_t number) { config.*limit = number; });
    };
}

auto time_of(std::chrono::milliseconds http::Limits::* limit)
{
    return [=](Config& config, std::string_view text) {
        return take_number(text, 1, 600'000, [&](std::size_t number) {
            config.limits.*limit = std::chrono::milliseconds{number};
        });
    };
}

auto text_of(std::string Config::* text)
{
    return [=](Config& config, std::string_view value) -> std::string {
        config.*text = value;
        return value.empty() ? "a text" : "";
    };
}

auto truth_of(bool Config::* truth)
{
    return [=](Config& config, std::string_view text) -> std::string {
        config.*truth = text == "true";
        return text == "true" || text == "false" ? "" : "true or false";
    };
}

bool is_loopback(std::string_view address)
{
    return address == "::1" || address == "[::1]" || address.starts_with("127.");
}

std::string take_listen(Config& config, std::string_view text)
{
    static std::string const wanted = "a loopback address and a port below 32768, as "
                                      "127.0.0.1:8080 (passwords travel here: what speaks TLS "
                                      "stands before it)";
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos || !is_loopback(text.substr(0, colon))) return wanted;
    auto const address = text.substr(0, colon);
    config.address = address == "[::1]" ? "::1" : std::string{address};
    auto const fault =
        take_number(text.substr(colon + 1), 1, highest_port,
                    [&](std::size_t number) { config.port = static_cast<std::uint16_t>(number); });
    return fault.empty() ? "" : wanted;
}

std::string take_county(Config& config, std::string_view text)
{
    auto const county = ledger::CountyCode::parse(text);
    if (!county) return "a county code, as 530921";
    config.county = *county;
    return {};
}

std::string take_hosts(Config& config, std::string_view text)
{
    config.allowed_hosts.clear();
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find(',', at), text.size());
        if (end > at) config.allowed_hosts.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return config.allowed_hosts.empty() ? "at least one host name" : "";
}

std::string take_level(Config& config, std::string_view text)
{
    static std::map<std::string_view, http::LogLevel> const levels{
        {"debug", http::LogLevel::debug},
        {"info", http::LogLevel::info},
        {"warning", http::LogLevel::warning},
        {"error", http::LogLevel::error}};
    auto const found = levels.find(text);
    if (found == levels.end()) return "debug, info, warning or error";
    config.log_level = found->second;
    return {};
}

std::string take_form(Config& config, std::string_view text)
{
    config.log_form.reset();
    if (text == "json") config.log_form = http::LogForm::json;
    if (text == "aligned") config.log_form = http::LogForm::aligned;
    return config.log_form || text == "auto" ? "" : "auto, json or aligned";
}

std::string take_readers(Config& config, std::string_view text)
{
    return take_number(text, 1, 64,
                       [&](std::size_t number) { config.readers = static_cast<int>(number); });
}

std::string take_reader_database(Config& config, std::string_view url)
{
    config.reader_database = url;
    return {};
}

std::string take_reader_lag(Config& config, std::string_view text)
{
    return take_number(text, 1'000, 600'000, [&](std::size_t number) {
        config.reader_lag = std::chrono::milliseconds{number};
    });
}

std::vector<Setting> limits()
{
    using http::Limits;
    return {
        {"limits.writer_queue", "2000", "Commands that may wait; beyond it: 503 service_busy.",
         size_of(&Config::writer_queue, 1, 100'000)},
        {"limits.reader_queue", "1000", "Reads that may wait; beyond it: 503 service_busy.",
         size_of(&Config::reader_queue, 1, 100'000)},
        {"limits.reader_lag_ms", "10000",
         "How old a figure of the standby may be; beyond it the primary is asked.",
         take_reader_lag},
        {"limits.header_bytes", "8192", "Request line and headers.",
         size_of(&Limits::header_bytes, 512, 32'768)},
        {"limits.body_bytes", "65536", "Body of a request.",
         size_of(&Limits::body_bytes, 1'024, 1'048'576)},
        {"limits.large_bodies", "8",
         "Files of evidence that are received at once; beyond it: 503 service_busy.",
         size_of(&Limits::large_bodies, 1, 100)},
        {"limits.large_body_deadline_ms", "60000", "In place of read_deadline_ms for such a file.",
         time_of(&Limits::large_body_deadline)},
        {"limits.streams", "200", "Clients that receive events; beyond it: 503 service_busy.",
         size_of(&Limits::streams, 0, 10'000)},
        {"limits.read_deadline_ms", "5000", "From a request's first byte to its last.",
         time_of(&Limits::read_deadline)},
        {"limits.idle_deadline_ms", "30000", "Between two requests of a connection.",
         time_of(&Limits::idle_deadline)},
        {"limits.answer_deadline_ms", "75000",
         "From a request's last byte to its answer; then 503 database_unavailable.",
         time_of(&Limits::answer_deadline)},
        {"limits.write_deadline_ms", "15000", "From an answer's first byte to its last.",
         time_of(&Limits::write_deadline)},
        {"limits.drain_deadline_ms", "10000", "After SIGTERM, for what is in flight.",
         time_of(&Limits::drain_deadline)},
        {"limits.connections", "4000", "Connections in all.",
         size_of(&Limits::connections, 1, 100'000)},
        {"limits.connections_per_address", "64",
         "Connections from one address; a reverse proxy is one address: raise it there.",
         size_of(&Limits::connections_per_address, 1, 100'000)},
    };
}

std::vector<Setting> general()
{
    return {
        {"listen", "127.0.0.1:8080", "Loopback address and port (below 32768).", take_listen},
        {"database", "postgresql:///daifu",
         "libpq URL of the books; its login may take the roles app, reader, auditor and access.",
         text_of(&Config::database)},
        {"reader_database", "",
         "libpq URL of a standby of it, from which statistics and public pages are read as long as "
         "it keeps up (limits.reader_lag_ms); empty: there is none.",
         take_reader_database},
        {"county", "530921",
         "The county that a request means unless its Daifu-County says another.", take_county},
        {"evidence_directory", "var/evidence",
         "Where the files that are evidence lie; back it up with the database.",
         text_of(&Config::evidence_directory)},
        {"key_file", "var/keys/daifu.key",
         "The keys that seal resident ids, telephones, accounts and second factors in the "
         "database; "
         "made at the first start. Back them up apart from the database: without them all of it is "
         "lost.",
         text_of(&Config::key_file)},
        {"docs_directory", "tools/node_modules/swagger-ui-dist",
         "Where the files of Swagger UI lie; without them /docs shows its own text alone.",
         text_of(&Config::docs_directory)},
        {"web_directory", "build/web", "Where the built pages for the browser lie.",
         text_of(&Config::web_directory)},
        {"allowed_hosts", "localhost,127.0.0.1,[::1]",
         "Names that a Host header may bear (a list); anything else is refused.", take_hosts},
        {"behind_proxy", "false",
         "true: a reverse proxy stands before it, and the last address of X-Forwarded-For is the "
         "client's. Only where every client comes through a proxy that appends to it.",
         truth_of(&Config::is_behind_proxy)},
        {"log_level", "info", "debug, info, warning or error.", take_level},
        {"log_form", "auto", "json, aligned, or auto: aligned on a terminal.", take_form},
        {"allow_clock_override", "false",
         "true: the variable DAIFU_TODAY=YYYY-MM-DD is the business day. For tests and "
         "demonstrations; never for real books.",
         truth_of(&Config::allow_clock_override)},
        {"readers", "4", "Connections for reading.", take_readers},
    };
}

std::vector<Setting> const& settings()
{
    static std::vector<Setting> const all = [] {
        auto joined = general();
        for (Setting const& limit : limits()) joined.push_back(limit);
        return joined;
    }();
    return all;
}

/// limits.body_bytes -> DAIFU_LIMITS_BODY_BYTES.
std::string variable_of(std::string_view key)
{
    std::string name = "DAIFU_";
    for (char const c : key) {
        bool const is_lower = c >= 'a' && c <= 'z';
        name += c == '.' ? '_' : is_lower ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return name;
}

void take(Config& config, Setting const& setting, std::string_view value, std::string const& where)
{
    auto const wanted = setting.take(config, value);
    if (!wanted.empty()) throw ConfigFault{where + " must be " + wanted};
}

/// A TOML value as the text that a variable would hold.
std::string text_of_node(toml::node const& node, std::string const& key)
{
    if (auto const text = node.value_exact<std::string>()) return *text;
    if (auto const number = node.value_exact<std::int64_t>()) return std::to_string(*number);
    if (auto const truth = node.value_exact<bool>()) return *truth ? "true" : "false";
    std::string list;
    auto const* const array = node.as_array();
    if (array == nullptr) throw ConfigFault{key + " has a type that no setting has"};
    for (auto const& element : *array) {
        list += (list.empty() ? "" : ",") + element.value<std::string>().value_or("");
    }
    return list;
}

void take_table(Config& config, toml::table const& table, std::string const& prefix)
{
    for (auto const& [name, node] : table) {
        auto const key = prefix + std::string{name.str()};
        if (auto const* const inner = node.as_table(); inner != nullptr && prefix.empty()) {
            take_table(config, *inner, key + '.');
            continue;
        }
        auto const setting = std::ranges::find(settings(), key, &Setting::key);
        if (setting == settings().end()) throw ConfigFault{"there is no setting named " + key};
        take(config, *setting, text_of_node(node, key), key);
    }
}

} // namespace

Config config_from(std::string_view file, Environment const& environment)
{
    Config config;
    for (auto const& setting : settings()) {
        take(config, setting, setting.fallback, std::string{setting.key});
    }
    try {
        take_table(config, toml::parse(file), {});
    } catch (toml::parse_error const& error) {
        throw ConfigFault{"the configuration is not TOML: line " +
                          std::to_string(error.source().begin.line) + ": " +
                          std::string{error.description()}};
    }
    for (auto const& setting : settings()) {
        auto const variable = variable_of(setting.key);
        char const* const value = environment(variable.c_str());
        if (value != nullptr) take(config, setting, value, variable);
    }
    if (char const* const today = environment("DAIFU_TODAY")) {
        if (!config.allow_clock_override) {
            throw ConfigFault{"DAIFU_TODAY is set, but allow_clock_override is not"};
        }
        auto const date = ledger::Date::parse(today);
        if (!date) throw ConfigFault{"DAIFU_TODAY must be a date, as 2016-08-31"};
        config.today = *date;
    }
    return config;
}

std::string config_help()
{
    std::string text;
    for (auto const& setting : settings()) {
        text += "  " + std::string{setting.key} + "  (" + variable_of(setting.key) + ")\n      " +
                std::string{setting.meaning} + "\n      Default: " + std::string{setting.fallback} +
                "\n";
    }
    return text;
}

} // namespace daifud
