// Small pieces shared by the files that write answers: an absent value as null, a list under its
// name. Only .cpp files of this folder include it, because it brings Boost.JSON whole. A value is
// always made with parentheses: braces make an array of it.
#pragma once

#include "wire/answers.hpp"
#include "wire/terms.hpp"

#include <boost/json.hpp>

#include <optional>
#include <ranges>
#include <span>

namespace wire {

inline boost::json::value or_null(std::optional<ledger::Money> const& amount)
{
    return amount ? boost::json::value(amount->text()) : boost::json::value{};
}

inline boost::json::value or_null(std::optional<ledger::Date> const& day)
{
    return day ? boost::json::value(day->text()) : boost::json::value{};
}

/// An empty text says that there is none.
inline boost::json::value or_null(std::string const& text)
{
    return text.empty() ? boost::json::value{} : boost::json::value(text);
}

/// [to_json(each), …]
template <std::ranges::input_range Items> boost::json::array list_of(Items const& items)
{
    boost::json::array list;
    for (auto const& item : items) list.push_back(to_json(item));
    return list;
}

/// {name: [to_json(each), …]}
template <std::ranges::input_range Items>
boost::json::object listed(std::string_view name, Items const& items)
{
    boost::json::object answer;
    answer[boost::json::string_view{name.data(), name.size()}] = list_of(items);
    return answer;
}

/// The definitions of the figures of a report.
boost::json::array indicator_list(ledger::Report);

} // namespace wire
