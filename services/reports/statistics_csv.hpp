// A statistic as a table that a spreadsheet opens: what the API answers as JSON, line by line.
#pragma once

#include <boost/json/fwd.hpp>

#include <string>

namespace reports {

/// Of an answer of /v1/statistics/…: its lines (points, targets) and then the county's, a column a
/// figure, headed by the indicator's Chinese name, its unit and its code. What the whole answer is
/// of (as_of, from, until, known_at) stands in every line. UTF-8 with a byte order mark, CR LF.
std::string statistics_csv(boost::json::object const& answer);

} // namespace reports
