// A row's columns: JSON values by the names of sql/migrations. What is read was proved when it was
// written; a column that is missing or of another type ends the reading with an exception.
#pragma once

#include "ledger/store/spelling.hpp"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace store {

/// A JSON null where there is no value.
template <class T, class Text>
boost::json::value value_or_null(std::optional<T> const& value, Text text)
{
    if (!value) return nullptr;
    return boost::json::value(text(*value));
}

inline boost::json::value date_or_null(std::optional<ledger::Date> const& date)
{
    return value_or_null(date, [](ledger::Date day) { return day.text(); });
}

template <class Enum> boost::json::value spelled_or_null(std::optional<Enum> const& value)
{
    return value_or_null(value, [](Enum each) { return spelled(each); });
}

inline boost::json::value rate_or_null(std::optional<ledger::Rate> const& rate)
{
    return value_or_null(rate, [](ledger::Rate each) { return each.ppm(); });
}

inline bool is_null_at(boost::json::object const& row, std::string_view column)
{
    return row.at(column).is_null();
}

inline std::string_view text_at(boost::json::object const& row, std::string_view column)
{
    return row.at(column).as_string();
}

inline std::int64_t number_at(boost::json::object const& row, std::string_view column)
{
    return row.at(column).as_int64();
}

inline int int_at(boost::json::object const& row, std::string_view column)
{
    return static_cast<int>(number_at(row, column));
}

inline ledger::Money fen_at(boost::json::object const& row, std::string_view column)
{
    return ledger::Money::fen(number_at(row, column));
}

inline ledger::Date day_at(boost::json::object const& row, std::string_view column)
{
    return stored<ledger::Date>(text_at(row, column));
}

template <class Enum> Enum enum_at(boost::json::object const& row, std::string_view column)
{
    return enum_from<Enum>(text_at(row, column));
}

inline ledger::Rate rate_at(boost::json::object const& row, std::string_view column)
{
    return ledger::Rate::ppm(number_at(row, column));
}

/// Nothing where the column is null, else what `read` finds in it.
template <class Read>
auto at_if_any(boost::json::object const& row, std::string_view column, Read read)
    -> std::optional<decltype(read(row, column))>
{
    if (is_null_at(row, column)) return std::nullopt;
    return read(row, column);
}

/// The texts of a column that is a JSON array of them.
inline std::vector<std::string> texts_in(std::string_view column)
{
    std::vector<std::string> texts;
    boost::json::value const list = boost::json::parse({column.data(), column.size()});
    for (auto const& text : list.as_array()) texts.emplace_back(text.as_string());
    return texts;
}

} // namespace store
