// Rows by COPY. Tables whose rows are shut by row security take no COPY, not even their owner's, so
// the rows go to temporary tables of the same columns and from there, by one INSERT a table, to
// where they belong: past every policy, constraint and trigger of the table.
#pragma once

#include <boost/json.hpp>
#include <pqxx/pqxx>

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace store {

/// In the order in which one follows from the other.
enum class Staged : std::uint8_t {
    borrower,
    fund,
    loan,
    household,
    entry,
    account,
    posting,
    loan_event,
    loan_position,
    loan_standing,
    household_event,
    household_standing,
    answer,
};
inline constexpr std::size_t staged_tables = 13;

/// The table's name under the rows of a batch ("events" …), or nothing where a batch has no rows
/// that are written as they are.
std::string_view batch_name_of(Staged);

struct StagedColumn {
    std::string name;
    bool is_json = false; ///< holds an array as JSON, and not as one of SQL's
};

class Staging {
  public:
    /// Makes the temporary tables of the connection.
    explicit Staging(pqxx::transaction_base&);
    std::span<StagedColumn const> columns(Staged) const;
    /// COPY's text, a line a row, in the order of the columns.
    std::string& rows(Staged table) { return rows_[static_cast<std::size_t>(table)]; }
    /// The row as one of these lines. It has no other columns.
    std::string line(Staged, boost::json::object const& row) const;
    /// Writes the rows of a table and forgets them.
    void send(pqxx::transaction_base&, Staged);

  private:
    std::array<std::vector<StagedColumn>, staged_tables> columns_;
    std::array<std::string, staged_tables> rows_;
};

} // namespace store
