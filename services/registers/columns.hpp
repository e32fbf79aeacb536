// The registers that can be imported and their columns. A file is recognised by its header; each
// column may be headed in Chinese or by its English field name (the API's), in any order. A header
// that fits no register, or lacks, doubles or invents a column, is refused by name; columns without
// a heading after the last one are no columns.
#pragma once

#include "ledger/refusal.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace registers {

enum class Register : std::uint8_t {
    funds = 1,
    borrowers,
    loans,
    repayments,
    households,
    leading, ///< who leads which household: one row a claim
    exits, ///< how a household left poverty: one row an exit, with all of its steps; what it rests
           ///< on, incomes and surveys, has registers of its own
    incomes, ///< a household's income of a year by its four kinds
    persons, ///< who lives in a household
    surveys, ///< what a visit found: causes, labour, safeguards, the pairing official
    branches,
    members,
    points,       ///< balances, as a branch recorded them on a day
    poor_members, ///< 贫困党员户台账
    targets,
    responsibilities,
    village_facts,
};

/// "funds" …
std::string_view code_of(Register);
std::span<Register const> all_registers();
/// "资金登记簿" …
std::string_view chinese_of(Register);

struct Column {
    std::string_view field;   ///< "repaid_on"
    std::string_view chinese; ///< "还款日期"
    bool is_required = true;  ///< the column must be there
    bool is_telling = false;  ///< a header with it is this register's
};

/// In the order in which the registers are written.
std::span<Column const> columns_of(Register);

/// Present in files of what was left out; ignored when they are imported again.
inline constexpr std::string_view reason_column = "原因";

/// Which cell of a row belongs to which column.
class Header {
  public:
    /// Refuses csv_register_unknown; then csv_column_twice, csv_column_unknown and
    /// csv_column_missing, with the column, or its position when it is unnamed, as field.
    static ledger::Result<Header> recognise(std::vector<std::string> const& cells);

    Register kind() const { return kind_; }
    std::size_t width() const { return width_; }
    /// Where the field's cell is, or -1 when the file has no such column.
    int position(std::string_view field) const;
    /// The heading as the file writes it; the Chinese one when the file has no such column.
    std::string heading(std::string_view field) const;

  private:
    Header() = default;
    Register kind_{};
    std::size_t width_ = 0;
    std::vector<std::string> headings_; ///< as written
    std::vector<int> positions_;        ///< by column of columns_of(kind_)
};

} // namespace registers
