// What PostgreSQL really did for the statements of a database: its own plans with the rows that
// they met, which the module auto_explain writes into the server's log, also those of statements
// inside functions and triggers.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace test {

/// One place of a plan where a table was read.
struct TableRead {
    std::string table;
    std::string how;       ///< "Seq Scan", "Index Scan", "Bitmap Index Scan" …
    std::string index;     ///< empty for a Seq Scan
    std::string condition; ///< what the index was asked for; empty: for everything
    double rows = 0;       ///< met, in all loops, also those that a filter took away
    std::string statement; ///< that the plan is of

    bool operator==(TableRead const&) const = default;
};

class PlanLog {
  public:
    /// Of every session that begins from now on in the database at the superuser's URL.
    explicit PlanLog(std::string const& url);

    /// What tables were read since the last call. A statement is in the log before its answer.
    std::vector<TableRead> new_reads();

  private:
    std::string const path_;
    std::size_t read_ = 0;
};

} // namespace test
