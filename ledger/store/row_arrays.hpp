// Rows as PostgreSQL reads them fastest: array literals of composite values, for the kinds of rows
// that nearly every batch has. What is rare stays JSON, and that is sent beside them.
#pragma once

#include <boost/json.hpp>

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace store {

struct RowColumn {
    std::string_view name;
    bool is_bytes = false; ///< its JSON is hexadecimal digits
};

/// A kind of row: its name in a batch, the composite type ledger.append_batch takes it as, and the
/// attributes of that type in their order.
struct RowKind {
    std::string_view name, type;
    std::span<RowColumn const> columns;
};

inline constexpr std::size_t row_kinds_in_arrays = 7;
/// In the order of append_batch's arguments.
std::array<RowKind, row_kinds_in_arrays> const& rows_in_arrays();

/// The literal of an array of the kind's rows, each of which has its columns in the kind's order. A
/// column that a row leaves out is null; one that the kind does not have there is a bug.
std::string array_literal(RowKind const&, boost::json::array const& rows);

/// What append_batch is called with.
struct BatchText {
    std::string rest; ///< JSON: what the batch says of itself, and the rare rows
    std::array<std::string, row_kinds_in_arrays> arrays;
};
BatchText batch_text(boost::json::object batch);

} // namespace store
