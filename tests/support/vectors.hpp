// Tables that more than one program reads: tests/vectors/*.json, in the source tree. The C++ suites
// and the web pages check the same rows, so that a form and the ledger never disagree on an input.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ledger::test {

/// One row: column name to text. Every cell of these files is text.
class Vector {
  public:
    explicit Vector(std::map<std::string, std::string, std::less<>> cells)
        : cells_{std::move(cells)}
    {
    }
    bool has(std::string_view column) const { return cells_.contains(column); }
    /// Fails the test when the row lacks the column.
    std::string const& operator[](std::string_view column) const;
    /// What should come of the row: its `refusal`, or else its cell in `column`.
    std::string const& expected(std::string_view column) const;

  private:
    std::map<std::string, std::string, std::less<>> cells_;
};

/// The rows of one table of tests/vectors/<file>.json; never none.
std::vector<Vector> vectors(std::string_view file, std::string_view table);

} // namespace ledger::test
