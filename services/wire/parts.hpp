// Small pieces shared by the files that write answers: an absent value as null, a list under its
// name. Only .cpp files of this folder include it, because it brings Boost.JSON whole. A value is
// always made with parentheses: braces make an array of it.
#pragma once

#include "wire/answers.hpp"
#include "wire/choices.hpp"
#include "wire/group_name.hpp"
#include "wire/terms.hpp"

#include <boost/json.hpp>

#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <vector>

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

inline boost::json::array texts(std::vector<std::string> const& list)
{
    boost::json::array out;
    for (std::string const& text : list) out.emplace_back(text);
    return out;
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

/// Whole divided by a count, to the fen, half away from zero; null of nothing: no average is zero.
boost::json::value average(ledger::Money whole, std::int64_t count);
/// part / whole as percent to four decimals, half up; null of nothing.
boost::json::value percent(std::int64_t part, std::int64_t whole);
inline boost::json::value percent(ledger::Money part, ledger::Money whole)
{
    return percent(part.fen(), whole.fen());
}

/// The definitions of the figures of a report.
boost::json::array indicator_list(ledger::Report);

/// {step, points: [{from, until, and the figures of the county}], indicators}
template <class Point>
boost::json::object through_time(std::span<Point const> points, std::string_view step,
                                 ledger::Report report)
{
    boost::json::array list;
    for (Point const& point : points) {
        boost::json::object each;
        each["from"] = point.span.from.text();
        each["until"] = point.span.until.text();
        for (auto const& figure : to_json(point.line)) each.emplace(figure.key(), figure.value());
        each.erase("key");
        each.erase("name");
        list.push_back(std::move(each));
    }
    boost::json::object out;
    out["step"] = boost::json::string_view{step.data(), step.size()};
    out["points"] = std::move(list);
    out["indicators"] = indicator_list(report);
    return out;
}

/// {by, county: the last line, lines: the others, indicators}, each line with its name in words.
/// Asserts that there is a last line.
template <class Line>
boost::json::object by_group(std::span<Line const> lines, ledger::Dimension by,
                             ledger::Report report)
{
    LEDGER_ASSERT(!lines.empty());
    boost::json::array list;
    for (Line const& line : lines.first(lines.size() - 1)) {
        boost::json::object each = to_json(line);
        std::string const key{each.at("key").is_null() ? "" : each.at("key").as_string()};
        each["name"] = group_name(by, key, std::string{each.at("name").as_string()});
        list.push_back(std::move(each));
    }
    boost::json::object out;
    out["by"] = code_of(by);
    out["county"] = to_json(lines.back());
    out["lines"] = std::move(list);
    out["indicators"] = indicator_list(report);
    return out;
}

} // namespace wire
