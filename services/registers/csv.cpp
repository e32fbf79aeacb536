// libcsv is fed one physical line at a time, so that the line number of each row is known; inside
// quotes a row runs on over several of them.
#include "registers/csv.hpp"

#include <algorithm>
#include <csv.h>
#include <new>
#include <optional>

namespace registers {

namespace {

int no_space(unsigned char)
{
    return 0; // cells are kept as they were written; trimming is the reader's business
}

class Parser {
  public:
    explicit Parser(char delimiter)
    {
        if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) {
            throw std::bad_alloc();
        }
        csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
        csv_set_space_func(&parser_, no_space);
        table_.delimiter = delimiter;
    }
    ~Parser() { csv_free(&parser_); }
    Parser(Parser const&) = delete;
    Parser& operator=(Parser const&) = delete;

    /// One physical line with its line break; false when it cannot be read.
    bool feed(std::string_view line)
    {
        ++line_;
        bool const is_blank = line.find_first_not_of("\r\n") == std::string_view::npos;
        if (!row_line_ && is_blank) return true; // between rows; libcsv would not report it
        if (!row_line_) row_line_ = line_;
        std::size_t const taken =
            csv_parse(&parser_, line.data(), line.size(), &Parser::on_cell, &Parser::on_row, this);
        if (taken != line.size()) fail(ledger::Refusal::csv_quote_unfinished);
        return !fault_;
    }

    bool finish()
    {
        if (csv_fini(&parser_, &Parser::on_cell, &Parser::on_row, this) != 0) {
            fail(ledger::Refusal::csv_quote_unfinished);
        }
        return !fault_;
    }

    CsvTable table() && { return std::move(table_); }
    CsvFault fault() const { return *fault_; }

  private:
    static void on_cell(void* text, std::size_t size, void* self)
    {
        static_cast<Parser*>(self)->take_cell(
            text ? std::string_view{static_cast<char const*>(text), size} : std::string_view{});
    }
    static void on_row(int, void* self) { static_cast<Parser*>(self)->take_row(); }

    void take_cell(std::string_view text)
    {
        if (cells_.size() >= csv_cells_limit) {
            fail(ledger::Refusal::csv_row_width_wrong, std::to_string(csv_cells_limit));
            return;
        }
        has_content_ = has_content_ || !text.empty();
        cells_.emplace_back(text);
    }

    void take_row()
    {
        int const line = row_line_.value_or(line_);
        row_line_.reset();
        if (has_content_) {
            if (table_.rows.size() > csv_rows_limit) {
                fail(ledger::Refusal::csv_too_large, std::to_string(csv_rows_limit));
            } else {
                table_.rows.push_back({line, std::move(cells_)});
            }
        }
        cells_.clear();
        has_content_ = false;
    }

    void fail(ledger::Refusal code, std::string limit = {})
    {
        if (!fault_) fault_ = CsvFault{row_line_.value_or(line_), {code, {}, std::move(limit)}};
    }

    csv_parser parser_{};
    CsvTable table_;
    std::vector<std::string> cells_;
    bool has_content_ = false;
    int line_ = 0;
    std::optional<int> row_line_; ///< where the row in progress started
    std::optional<CsvFault> fault_;
};

/// The next physical line with its break: LF, CR LF or CR.
std::string_view next_line(std::string_view& rest)
{
    std::size_t at = rest.find_first_of("\r\n");
    if (at == std::string_view::npos) {
        at = rest.size();
    } else {
        at += rest.substr(at).starts_with("\r\n") ? 2 : 1;
    }
    std::string_view const line = rest.substr(0, at);
    rest.remove_prefix(at);
    return line;
}

char delimiter_of(std::string_view text)
{
    std::string_view const first = next_line(text);
    return std::ranges::count(first, '\t') > std::ranges::count(first, ',') ? '\t' : ',';
}

} // namespace

std::expected<CsvTable, CsvFault> read_csv(std::string_view text)
{
    if (text.size() > csv_bytes_limit) {
        return std::unexpected{
            CsvFault{1, {ledger::Refusal::csv_too_large, {}, std::to_string(csv_rows_limit)}}};
    }
    Parser parser{delimiter_of(text)};
    while (!text.empty()) {
        if (!parser.feed(next_line(text))) return std::unexpected{parser.fault()};
    }
    if (!parser.finish()) return std::unexpected{parser.fault()};
    return std::move(parser).table();
}

std::string csv_cell(std::string_view text)
{
    if (text.find_first_of(",\"\r\n\t") == std::string_view::npos) return std::string{text};
    std::string quoted = "\"";
    for (char const c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string csv_line(std::vector<std::string> const& cells, char delimiter)
{
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line += delimiter;
        line += csv_cell(cells[i]);
    }
    return line + "\r\n";
}

} // namespace registers
