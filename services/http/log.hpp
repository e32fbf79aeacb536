// One line an event: JSON to a file or a pipe, an aligned line to a terminal, the same fields in
// both. Written by a thread of its own, so that a slow disk delays no request. Nobody's name, id or
// free text is ever a field; what a request asked for is told by its route and the books' own
// numbers.
#pragma once

#include "http/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace http {

enum class LogLevel : std::uint8_t { debug = 1, info, warning, error };
enum class LogForm : std::uint8_t { json = 1, aligned };

/// Lines that wait for the disk; beyond it the oldest are dropped rather than requests delayed.
inline constexpr std::size_t log_queue_limit = 8'192;

/// Until it is called, lines are dropped (tests of the kit want silence).
void start_log(LogLevel least, LogForm);
/// Writes what waits.
void stop_log();

/// "repay.booked", {loan: …}. Time and level are added.
void log(LogLevel, std::string_view event, std::vector<LogField> fields = {});

/// The line as `log` would write it, without its line break.
std::string log_line(LogForm, LogLevel, std::string_view time, std::string_view event,
                     std::vector<LogField> const&);

/// True when standard output is a terminal.
bool stdout_is_a_terminal();

} // namespace http
