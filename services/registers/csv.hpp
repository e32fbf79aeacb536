// CSV as spreadsheets write it, by libcsv in its strict mode: comma or TAB (whichever the first
// line has more of), quotes doubled inside quotes, CR LF, LF or CR. Every row knows the line of the
// file that it starts on, also after cells with line breaks in them. Cells are kept exactly as
// written.
#pragma once

#include "ledger/refusal.hpp"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace registers {

/// Rows of data in one file; a county has thousands a year, a province's history fits.
inline constexpr std::size_t csv_rows_limit = 1'000'000;
/// Bytes of one file: a million rows of a register are far below it.
inline constexpr std::size_t csv_bytes_limit = 512U * 1024U * 1024U;
/// Cells of one row: the widest register has a quarter of it.
inline constexpr std::size_t csv_cells_limit = 100;

struct CsvRow {
    int line = 0; ///< of the file, from 1, where the row starts
    std::vector<std::string> cells;
};

struct CsvTable {
    char delimiter = ',';
    std::vector<CsvRow> rows; ///< the first is the header; rows without any content are left out
};

/// Why the whole file cannot be read, and where.
struct CsvFault {
    int line = 0;
    ledger::Refused refused;
};

/// `text` is UTF-8. Refuses csv_quote_unfinished, csv_too_large, csv_row_width_wrong (beyond
/// csv_cells_limit).
std::expected<CsvTable, CsvFault> read_csv(std::string_view text);

/// One cell as CSV: quoted where it must be.
std::string csv_cell(std::string_view);
/// One line with its line break (CR LF).
std::string csv_line(std::vector<std::string> const& cells, char delimiter = ',');

} // namespace registers
