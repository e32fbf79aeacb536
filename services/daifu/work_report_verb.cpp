// The work report on the terminal, as a worksheet and as a page.
#include "daifu/verbs.hpp"

#include "reports/work_report.hpp"

#include <boost/json.hpp>

#include <fstream>

namespace daifu {

namespace {

void write_file(std::string const& path, std::string const& bytes)
{
    std::ofstream out{path, std::ios::binary};
    out << bytes;
    out.flush();
    if (!out) throw FileFault{ledger::Refusal::file_not_writable, path};
}

std::string report_text(reports::WorkReport const& report)
{
    using enum Align;
    Table table{{"指标 indicator", "单位", "本年 this year", "目标 target", "完成% reached",
                 "上年 last year"},
                {left, left, right, right, right, right}};
    for (reports::WorkReportLine const& line : report.lines) {
        table.row(
            {std::string{line.indicator->chinese} + " " + std::string{line.indicator->english},
             std::string{line.indicator->chinese_unit}, grouped(line.value), grouped(line.target),
             line.share, grouped(line.before)});
    }
    std::string const of = report.township.empty() ? report.county_name : report.township_name;
    return "述职表 Work report  " + of + "  " + std::to_string(report.year) + "  截至 as of " +
           report.as_of.text() + "\n" + table.text();
}

} // namespace

Exit report_work(Settings const& settings, WorkReportArguments const& arguments)
{
    Books books{settings};
    if (auto const county = books.status(); !county) {
        return refuse_aloud(county.error(), settings.json);
    }
    ledger::Date const today = business_day();
    int const year = arguments.year == 0 ? today.year() : arguments.year;
    if (year < 1901 || year > 2199) {
        return refuse_aloud({ledger::Refusal::number_malformed, "--year", "1901 – 2199"},
                            settings.json);
    }
    auto const report =
        reports::work_report(books.reader(), books.county(), arguments.township, year, today);
    if (!report) return refuse_aloud(report.error(), settings.json);
    if (!arguments.xlsx.empty()) write_file(arguments.xlsx, reports::xlsx_of(*report));
    if (!arguments.html.empty()) write_file(arguments.html, reports::html_of(*report));
    if (settings.json) {
        print(reports::json_of(*report));
    } else {
        print(report_text(*report));
    }
    return Exit::done;
}

} // namespace daifu
