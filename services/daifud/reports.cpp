// The work report of a township and a year: as JSON, as a page that prints, as a worksheet.
#include "daifud/handlers.hpp"

#include "daifud/places.hpp"

#include "http/problem.hpp"
#include "reports/work_report.hpp"

#include <boost/json/object.hpp>

namespace daifud {

namespace {

constexpr std::string_view xlsx_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

ledger::Result<reports::WorkReport> asked_report(Reading const& reading)
{
    auto const township = township_of(reading);
    if (!township) return std::unexpected{township.error()};
    auto const year = reading.number_or("year", 1901, 2199, reading.today.year());
    if (!year) return std::unexpected{year.error()};
    return reports::work_report(reading.database, reading.county, *township, *year, reading.today);
}

} // namespace

Answer work_report(Reading const& reading)
{
    auto const report = asked_report(reading);
    if (!report) return std::unexpected{report.error()};
    return reports::json_of(*report);
}

ledger::Result<Document> work_report_page(Reading const& reading)
{
    auto const report = asked_report(reading);
    if (!report) return std::unexpected{report.error()};
    return Document{reports::html_of(*report), http::html_type, {}};
}

ledger::Result<Document> work_report_sheet(Reading const& reading)
{
    auto const report = asked_report(reading);
    if (!report) return std::unexpected{report.error()};
    std::string const of = report->township.empty() ? reading.county.text() : report->township;
    return Document{reports::xlsx_of(*report), xlsx_type,
                    "work-report-" + of + "-" + std::to_string(report->year) + ".xlsx"};
}

} // namespace daifud
