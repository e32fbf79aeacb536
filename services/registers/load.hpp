// Brings a plan into the books, through the same execute as every other command: all or nothing, in
// one database transaction, so a refused row leaves the books as they were. With `skip_bad` the
// rows that are wrong are left out and named, and the rest is booked. A row that is in the books
// already answers its first receipt again and books nothing.
//
// Until the county's books are opened each row is booked on its own day; afterwards it is booked on
// the business day, with its own day as the value date.
#pragma once

#include "registers/plan.hpp"
#include "store/execute.hpp"

#include <functional>
#include <map>

namespace registers {

struct LoadOptions {
    bool dry_run = false;  ///< decide everything, write nothing
    bool skip_bad = false; ///< leave out what is wrong instead of refusing everything
    ledger::Date today;    ///< the business day
    std::string actor = "import";
    /// Called now and then with commands done and commands in all.
    std::function<void(std::size_t done, std::size_t all)> progress;
};

struct CommandCount {
    std::size_t booked = 0;
    std::size_t booked_already = 0; ///< by an earlier import of the same row
};

struct LoadReport {
    bool is_written = false;          ///< false: a dry run, or refused whole
    std::vector<RowProblem> problems; ///< of the plan and of the books, in the order of rows
    std::size_t rows = 0;             ///< in all files
    std::size_t rows_left_out = 0;    ///< with a problem
    std::map<std::string, CommandCount> commands; ///< by code; what was, or would be, booked
};

/// Rounds of leaving rows out: each takes at least one row away, and what depends on a row that is
/// left out falls in the same round, so two are usual; the bound is for what nobody foresaw.
inline constexpr int skip_rounds_limit = 50;

/// Throws as store::execute does. Refuses county_not_found.
ledger::Result<LoadReport> load(store::Database& app, store::Database& reader,
                                ledger::CountyCode const&, Plan const&, LoadOptions const&);

} // namespace registers
