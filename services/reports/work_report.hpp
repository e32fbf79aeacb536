// The work report of a township (述职): every indicator of a year beside its target and the year
// before, as a table that a screen, a printer and a spreadsheet show alike. No figure is computed
// here: each is what the statistics answer, under its indicator's code.
#pragma once

#include "ledger/indicator.hpp"
#include "store/queries.hpp"

#include <boost/json/fwd.hpp>

#include <string>
#include <vector>

namespace reports {

struct WorkReportLine {
    ledger::Indicator const* indicator = nullptr; ///< never null
    /// Of the year, as the statistics write it: "1234.50", "12", "4.75"; empty: nothing can be
    /// said.
    std::string value;
    std::string before; ///< of the year before
    std::string change; ///< value less before; empty where one of them is
    std::string target; ///< planned for the year; empty: nothing is planned of it
    std::string share;  ///< of the target that is reached, percent; empty likewise
};

struct WorkReport {
    std::string county_name;
    std::string township;      ///< nine digits, or empty: the county
    std::string township_name; ///< empty of the county
    int year = 0;
    ledger::Date as_of; ///< its last day, or the day through which the books are kept
    ledger::Date printed_on;
    std::int64_t entries = 0;          ///< that the books had: two prints of one number are alike
    std::vector<WorkReportLine> lines; ///< in the order of the indicators
};

/// Flows of the calendar year, stocks at its end (today's in a year that is under way). Refuses
/// county_not_found, township_not_found, date_in_future (a year that has not begun on `today`).
ledger::Result<WorkReport> work_report(store::Database& reader, ledger::CountyCode const&,
                                       std::string const& township, int year, ledger::Date today);

/// A figure for people: "1,234.50", a percentage with two decimals, "—" where nothing can be said.
std::string shown(std::string const& figure, ledger::CountingUnit);
/// 本年, 期末, 累计: the days of a line's figures.
std::string_view chinese_of(ledger::Timing);
/// The report's name with its place and year.
std::string title_of(WorkReport const&);
/// What stands under the title: as of when, and how to read the figures.
std::string preface_of(WorkReport const&);

/// {township, township_name, year, as_of, printed_on, entries, lines: [{code, chinese, english,
/// chinese_unit, timing, value, before, change, target, share}]}
boost::json::object json_of(WorkReport const&);
/// A worksheet that opens in a spreadsheet and prints on one page wide; .xlsx.
std::string xlsx_of(WorkReport const&);
/// A page of its own for A4, without scripts.
std::string html_of(WorkReport const&);

} // namespace reports
