// Terminal habits live here and nowhere else.
#include "daifu/console.hpp"

#include "ledger/core/utf8.hpp"
#include "wire/answers.hpp"
#include "wire/json.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace daifu {

namespace {

struct Range {
    char32_t first, last;
};
/// Unicode East Asian Width W and F, in the blocks that appear in these registers.
constexpr std::array<Range, 11> wide{{{0x1100, 0x115F},
                                      {0x2E80, 0x303E},
                                      {0x3041, 0xA4CF},
                                      {0xA960, 0xA97F},
                                      {0xAC00, 0xD7A3},
                                      {0xF900, 0xFAFF},
                                      {0xFE30, 0xFE6F},
                                      {0xFF00, 0xFF60},
                                      {0xFFE0, 0xFFE6},
                                      {0x1F300, 0x1F64F},
                                      {0x20000, 0x3FFFD}}};
constexpr std::array<Range, 3> weightless{{{0x0300, 0x036F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}}};

bool is_in(std::span<Range const> ranges, char32_t point)
{
    return std::ranges::any_of(ranges, [point](Range const& range) {
        return point >= range.first && point <= range.last;
    });
}

std::string padded(std::string const& cell, std::size_t width, Align align)
{
    std::string const space(width - std::min(width, display_width(cell)), ' ');
    return align == Align::right ? space + cell : cell + space;
}

/// Why standard output did not take something; the work goes on and finish_output says so.
int output_error = 0;

void note_output_error()
{
    if (output_error == 0) output_error = errno;
}

constexpr auto line_interval = std::chrono::seconds{5};
constexpr auto bar_interval = std::chrono::milliseconds{100};
constexpr std::size_t bar_width = 30;

} // namespace

std::size_t display_width(std::string_view utf8)
{
    std::size_t width = 0;
    while (!utf8.empty()) {
        auto const point = ledger::take_code_point(utf8);
        if (!point) {
            utf8.remove_prefix(1);
            ++width;
        } else if (!is_in(weightless, *point)) {
            width += is_in(wide, *point) ? 2 : 1;
        }
    }
    return width;
}

Table::Table(std::vector<std::string> headings, std::vector<Align> aligns)
    : headings_{std::move(headings)}
    , aligns_{std::move(aligns)}
{
    aligns_.resize(headings_.size(), Align::left);
}

void Table::row(std::vector<std::string> cells)
{
    cells.resize(headings_.size());
    rows_.push_back(std::move(cells));
}

std::string Table::text() const
{
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < headings_.size(); ++i) {
        std::size_t width = display_width(headings_[i]);
        for (auto const& row : rows_) width = std::max(width, display_width(row[i]));
        widths.push_back(width);
    }
    auto const line = [&](std::vector<std::string> const& cells) {
        std::string text;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) text += "  ";
            text += padded(cells[i], widths[i], aligns_[i]);
        }
        text.erase(text.find_last_not_of(' ') + 1);
        return text + "\n";
    };
    std::string rule;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (i > 0) rule += "  ";
        for (std::size_t n = 0; n < widths[i]; ++n) rule += "─";
    }
    rule += "\n";
    std::string text = line(headings_) + rule;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (std::ranges::find(ruled_, i) != ruled_.end()) text += rule;
        text += line(rows_[i]);
    }
    return text;
}

std::string grouped(std::string_view decimal)
{
    bool const is_negative = decimal.starts_with('-');
    if (is_negative) decimal.remove_prefix(1);
    std::string_view const whole = decimal.substr(0, decimal.find('.'));
    std::string text = is_negative ? "-" : "";
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (i > 0 && (whole.size() - i) % 3 == 0) text += ',';
        text += whole[i];
    }
    return text + std::string{decimal.substr(whole.size())};
}

Progress::Progress(std::string label, bool is_silent)
    : label_{std::move(label)}
    , is_silent_{is_silent}
    , is_terminal_{isatty(STDERR_FILENO) == 1}
{
}

Progress::~Progress()
{
    if (has_line_ && is_terminal_) std::fputs("\r\x1b[K", stderr);
}

void Progress::show(std::size_t done, std::size_t all)
{
    if (is_silent_ || all == 0) return;
    auto const now = std::chrono::steady_clock::now();
    bool const is_first = said_at_ == std::chrono::steady_clock::time_point{};
    if (is_first && !is_terminal_) {
        said_at_ = now; // quick work says nothing
        return;
    }
    std::chrono::steady_clock::duration const interval =
        is_terminal_ ? std::chrono::steady_clock::duration{bar_interval} : line_interval;
    if (!is_first && now - said_at_ < interval) return;
    said_at_ = now;
    has_line_ = true;
    std::size_t const percent = std::min<std::size_t>(done * 100 / all, 100);
    if (!is_terminal_) {
        std::fprintf(stderr, "%s %zu/%zu (%zu%%)\n", label_.c_str(), done, all, percent);
        return;
    }
    std::size_t const filled = bar_width * percent / 100;
    std::string bar;
    for (std::size_t i = 0; i < bar_width; ++i) bar += i < filled ? "█" : "░";
    std::fprintf(stderr, "\r\x1b[K%s %s %3zu%%  %zu/%zu", label_.c_str(), bar.c_str(), percent,
                 done, all);
    std::fflush(stderr);
}

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string{count == 1 ? one : many};
}

bool may_colour(int descriptor)
{
    char const* const no_colour = std::getenv("NO_COLOR");
    return isatty(descriptor) == 1 && (no_colour == nullptr || *no_colour == '\0');
}

bool print(std::string_view text)
{
    if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size()) return true;
    note_output_error();
    return false;
}

void print(boost::json::object const& answer)
{
    print(wire::pretty_text_of(answer));
    print("\n");
}

namespace {

std::string red(std::string_view text)
{
    bool const coloured = may_colour(STDERR_FILENO);
    return (coloured ? "\x1b[31m" : "") + std::string{text} + (coloured ? "\x1b[0m" : "");
}

void say_no(std::string_view word, ledger::Refused const& refused, std::string_view detail)
{
    std::string text = red(word) + "  " + std::string{ledger::name_of(refused.code)};
    if (!refused.field.empty()) text += "  [" + refused.field + "]";
    text += "\n  " + ledger::chinese(refused) + "\n  " + ledger::english(refused) + "\n";
    if (!detail.empty()) text += "  " + std::string{detail} + "\n";
    std::fputs(text.c_str(), stderr);
}

} // namespace

FileFault::FileFault(ledger::Refusal code, std::string const& path)
    : std::runtime_error{path}
    , refused{code, path, std::strerror(errno)}
{
}

Exit refuse_aloud(ledger::Refused const& refused, bool as_json)
{
    if (as_json) {
        print(wire::to_json(refused));
    } else {
        say_no("被拒绝 refused", refused, {});
    }
    return Exit::refused;
}

Exit usage_aloud(ledger::Refused const& refused, std::string_view hint, bool as_json)
{
    if (as_json) {
        print(wire::to_json(refused));
    } else {
        say_no("用法不对 usage", refused, hint);
    }
    return Exit::usage;
}

Exit fault_aloud(ledger::Refused const& refused, std::string_view what, bool as_json)
{
    if (as_json) {
        auto answer = wire::to_json(refused);
        if (!what.empty()) answer["detail"] = what;
        print(answer);
    } else {
        say_no("故障 fault", refused, what);
    }
    return Exit::fault;
}

Exit finish_output(Exit exit)
{
    if (std::fflush(stdout) != 0) note_output_error();
    if (output_error == 0) return exit;
    if (output_error != EPIPE) {
        say_no("故障 fault",
               {ledger::Refusal::file_not_writable, "标准输出 standard output",
                std::strerror(output_error)},
               {});
    }
    return Exit::fault;
}

ledger::Result<std::optional<ledger::Date>> optional_day(std::string const& text,
                                                         std::string_view field)
{
    if (text.empty()) return std::optional<ledger::Date>{};
    auto day = ledger::Date::parse(text);
    if (day) return *day;
    day.error().field = field;
    return std::unexpected{day.error()};
}

ledger::Result<std::optional<ledger::Date>>
optional_past_day(std::string const& text, std::string_view field, ledger::Date latest)
{
    auto day = optional_day(text, field);
    if (day && *day && **day > latest) {
        return ledger::refuse(ledger::Refusal::date_in_future, std::string{field}, latest.text());
    }
    return day;
}

ledger::Result<std::optional<store::Instant>> optional_instant(std::string const& text,
                                                               std::string_view field)
{
    if (text.empty()) return std::optional<store::Instant>{};
    auto instant = wire::instant_of(text);
    if (instant) return *instant;
    instant.error().field = field;
    return std::unexpected{instant.error()};
}

ledger::Date business_day()
{
    constexpr auto shanghai = std::chrono::hours{8};
    auto const now = std::chrono::system_clock::now() + shanghai;
    return ledger::Date{std::chrono::floor<std::chrono::days>(now)};
}

} // namespace daifu
