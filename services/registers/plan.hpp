// From files to commands, without the books: every file is decoded, recognised and read, every cell
// checked, and the good rows become commands in the order of their days. What is wrong is named by
// file, line, column, value and rule; personal ids are masked. A row is good as a whole or not at
// all. Nothing here reads a clock or a database.
//
// A row's idempotency keys come from what it says, so the same row never books twice whatever file
// it is in. Two equal payments on one day exist: equal repayments (loan, day, amount) in one file
// are told apart by a different 备注 and counted 1, 2, …; with the same 备注 the second is
// refused as row_twice_in_file. The remark itself is not part of the key, so it can be edited
// later.
#pragma once

#include "ledger/command.hpp"
#include "ledger/seal.hpp"
#include "registers/columns.hpp"
#include "registers/encoding.hpp"

#include <span>
#include <string>
#include <vector>

namespace registers {

/// Files in one import: a township sends a register of each kind a year.
inline constexpr std::size_t files_limit = 100;
/// Characters of a remark or a reason.
inline constexpr int remark_limit = 200;
/// Characters of a name, a document number, a party branch, a purpose.
inline constexpr int name_limit = 60;
inline constexpr int document_limit = 100;
inline constexpr int purpose_limit = 200;

struct SourceFile {
    std::string name; ///< as the messages name it
    std::string bytes;
};

/// What is wrong with one cell, one row or one file.
struct RowProblem {
    std::string file;
    int line = 0;       ///< of the file, from 1
    std::string column; ///< heading; empty when the whole row or file is meant
    std::string value;  ///< as it may be shown: shortened, ids masked
    ledger::Refused refused;
    int row = -1; ///< into Plan::rows; -1 when the file as a whole is meant
};

struct PlannedFile {
    std::string name;
    Encoding encoding{};
    char delimiter = ',';
    Register kind{};
    std::vector<std::string> header;   ///< cells as written
    std::vector<std::string> headings; ///< by column of columns_of(kind), for messages
    std::size_t rows = 0;
};

struct PlannedRow {
    std::size_t file = 0;
    int line = 0;
    std::vector<std::string> cells; ///< as written
    bool is_good = true;
};

struct PlannedCommand {
    std::size_t row = 0;
    ledger::Date value_on;
    ledger::Date booked_on; ///< while history may be booked on its own days
    int rank = 0;           ///< order within a day
    ledger::Command command;
    std::string key;
    ledger::Digest content{};
    /// The key of the command whose event this one names (a reversal its repayment, a verification
    /// its claim): its sequence is not known yet.
    std::string names;
};

/// The command, where it records a happening of that kind: recorded<ledger::Repaid>(command).
template <class What> ledger::RecordEvent const* recorded(ledger::Command const& command)
{
    auto const* const event = std::get_if<ledger::RecordEvent>(&command);
    return event != nullptr && std::holds_alternative<What>(event->what) ? event : nullptr;
}

/// The same of what happens to a household.
template <class What> ledger::RecordHouseholdEvent const* happened(ledger::Command const& command)
{
    auto const* const event = std::get_if<ledger::RecordHouseholdEvent>(&command);
    return event != nullptr && std::holds_alternative<What>(event->what) ? event : nullptr;
}

struct Plan {
    std::vector<PlannedFile> files;
    std::vector<PlannedRow> rows;
    std::vector<PlannedCommand> commands; ///< of good rows, in the order of their days
    std::vector<RowProblem> problems;     ///< in the order of files and lines
};

/// `today` is the business day: no row may lie after it.
Plan plan(std::span<SourceFile const>, ledger::Date today);

/// The heading of the column that a refusal of this command is about.
std::string column_for(Plan const&, PlannedCommand const&, std::string_view refused_field);
/// The problem that a refusal of this command is, with its cell.
RowProblem problem_of(Plan const&, PlannedCommand const&, ledger::Refused const&);

/// A CSV file of the rows that were left out of one file.
struct LeftOut {
    std::size_t file = 0; ///< into Plan::files
    std::string bytes;
};

/// The rows of these problems, one a file that they came from: the same columns plus the reason;
/// UTF-8 with a byte order mark, so that a spreadsheet opens it, and nothing that it would
/// evaluate.
std::vector<LeftOut> left_out_files(Plan const&, std::span<RowProblem const>);

} // namespace registers
