// How the command line speaks: tables whose columns line up although Chinese characters are two
// columns wide, progress on long work, refusals in both languages. With --json everything that a
// program reads is on standard output as one object; people's progress goes to standard error.
#pragma once

#include "ledger/calendar.hpp"
#include "ledger/refusal.hpp"
#include "store/execute.hpp"

#include <boost/json/fwd.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace daifu {

/// What the process answers.
enum class Exit : int { done = 0, refused = 1, usage = 2, fault = 3 };

/// Columns on a terminal: East Asian wide characters take two, combining ones none.
std::size_t display_width(std::string_view utf8);

enum class Align : std::uint8_t { left = 1, right };

class Table {
  public:
    /// One Align a column; missing ones are left.
    explicit Table(std::vector<std::string> headings, std::vector<Align> aligns = {});
    void row(std::vector<std::string> cells);
    /// A rule before the next row, for a total.
    void rule() { ruled_.push_back(rows_.size()); }
    std::string text() const;

  private:
    std::vector<std::string> headings_;
    std::vector<Align> aligns_;
    std::vector<std::vector<std::string>> rows_;
    std::vector<std::size_t> ruled_;
};

/// "1234567.89" as "1,234,567.89".
std::string grouped(std::string_view decimal);

/// A bar on a terminal, a line now and then elsewhere, nothing with --json. Writes to stderr.
class Progress {
  public:
    Progress(std::string label, bool is_silent);
    ~Progress();
    Progress(Progress const&) = delete;
    Progress& operator=(Progress const&) = delete;
    void show(std::size_t done, std::size_t all);

  private:
    std::string label_;
    bool is_silent_;
    bool is_terminal_;
    bool has_line_ = false;
    std::chrono::steady_clock::time_point said_at_{};
};

/// Whether a stream may be coloured: it is a terminal and NO_COLOR is not set.
bool may_colour(int descriptor);

/// False when the world does not take it; finish_output says so in the end.
bool print(std::string_view text);
void print(boost::json::object const& answer);

/// Flushes standard output. `exit`, or Exit::fault, said on stderr, when the world did not take all
/// of it (a reader that went away, as head does, is not talked about).
Exit finish_output(Exit exit);

/// A refusal to stderr in both languages, or as an object on stdout with --json. Exit::refused.
Exit refuse_aloud(ledger::Refused const&, bool as_json);
/// Arguments that cannot be understood, likewise; `hint` says where the help is. Exit::usage.
Exit usage_aloud(ledger::Refused const&, std::string_view hint, bool as_json);
/// A fault of the world, likewise, with its reason. Exit::fault.
Exit fault_aloud(ledger::Refused const&, std::string_view what, bool as_json);

/// What the world broke, with the refusal that names it and the file that is meant.
class FileFault : public std::runtime_error {
  public:
    /// With errno's reason.
    FileFault(ledger::Refusal code, std::string const& path);
    ledger::Refused refused;
};

/// Arguments that cannot be understood, thrown while they are read.
struct UsageFault {
    ledger::Refused refused;
};

/// "1 row", "2 rows".
std::string counted(std::size_t count, std::string_view one, std::string_view many);

/// An option that is a day, or nothing when it is not given. Refuses date_malformed on the field.
ledger::Result<std::optional<ledger::Date>> optional_day(std::string const& text,
                                                         std::string_view field);
/// The same of a day that has been. Refuses date_in_future (after `latest`).
ledger::Result<std::optional<ledger::Date>>
optional_past_day(std::string const& text, std::string_view field, ledger::Date latest);
/// The same of an instant, RFC 3339.
ledger::Result<std::optional<store::Instant>> optional_instant(std::string const& text,
                                                               std::string_view field);

/// The business day: the civil day in Asia/Shanghai, which keeps UTC+8 all year.
ledger::Date business_day();

} // namespace daifu
