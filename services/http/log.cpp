// Formats and writes log lines. spdlog moves them to its own thread; the escaping is Boost.JSON's,
// because a line is a JSON document and not a pattern.
#include "http/log.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace http {

namespace json = boost::json;

namespace {

struct Output {
    std::shared_ptr<spdlog::details::thread_pool> threads;
    std::shared_ptr<spdlog::async_logger> logger;
    LogLevel least = LogLevel::info;
    LogForm form = LogForm::json;
};

/// The process writes one log; it is set once by main before any other thread exists.
Output& output()
{
    static Output the_output;
    return the_output;
}

std::string_view name_of(LogLevel level)
{
    switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
    case LogLevel::error: return "error";
    }
    return "error";
}

json::value value_of(LogField const& field)
{
    if (auto const* const text = std::get_if<std::string>(&field.value)) return json::value(*text);
    if (auto const* const number = std::get_if<std::int64_t>(&field.value)) return *number;
    return std::get<bool>(field.value);
}

/// UTC with milliseconds.
std::string now_text()
{
    auto const now = std::chrono::system_clock::now();
    auto const ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch());
    std::time_t const seconds = ms.count() / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    auto const length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::array<char, 8> fraction{};
    std::snprintf(fraction.data(), fraction.size(), ".%03dZ", static_cast<int>(ms.count() % 1000));
    return std::string{text.data(), length} + fraction.data();
}

/// Words stay bare; what holds a space, a quote or a control character is quoted.
std::string aligned_value(LogField const& field)
{
    auto const text = json::serialize(value_of(field));
    bool const is_bare = text.size() > 2 && text.front() == '"' &&
                         text.find_first_of(" \\=", 1) == std::string::npos;
    return is_bare ? text.substr(1, text.size() - 2) : text;
}

std::string padded(std::string text, std::size_t width)
{
    if (text.size() < width) text.append(width - text.size(), ' ');
    return text;
}

} // namespace

std::string log_line(LogForm form, LogLevel level, std::string_view time, std::string_view event,
                     std::vector<LogField> const& fields)
{
    if (form == LogForm::json) {
        json::object line{{"time", time}, {"level", name_of(level)}, {"event", event}};
        for (auto const& field : fields) line[field.name] = value_of(field);
        return json::serialize(line);
    }
    std::string line{time.size() >= 23 ? time.substr(11, 12) : time};
    line += ' ' + padded(std::string{name_of(level)}, 8) + padded(std::string{event}, 20);
    for (auto const& field : fields) {
        line += ' ' + std::string{field.name} + '=' + aligned_value(field);
    }
    return line;
}

void start_log(LogLevel least, LogForm form)
{
    auto& out = output();
    out.least = least;
    out.form = form;
    out.threads = std::make_shared<spdlog::details::thread_pool>(log_queue_limit, 1);
    out.logger = std::make_shared<spdlog::async_logger>(
        "daifud", std::make_shared<spdlog::sinks::stdout_sink_mt>(), out.threads,
        spdlog::async_overflow_policy::overrun_oldest);
    out.logger->set_pattern("%v");
    out.logger->set_level(spdlog::level::trace);
    out.logger->flush_on(spdlog::level::trace);
}

void stop_log()
{
    auto& out = output();
    if (out.logger) out.logger->flush();
    out.logger.reset();
    out.threads.reset(); // joins after writing what waits
}

void log(LogLevel level, std::string_view event, std::vector<LogField> fields)
{
    auto& out = output();
    if (!out.logger || level < out.least) return;
    auto const line = log_line(out.form, level, now_text(), event, fields);
    out.logger->log(spdlog::level::info, spdlog::string_view_t{line.data(), line.size()});
}

bool stdout_is_a_terminal()
{
    return isatty(STDOUT_FILENO) == 1;
}

} // namespace http
