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
    Table table{{"指标 indicator", "单位", "口径 timing", "数值 value", "目标 target",
                 "完成% reached", "上年同项 last year", "增减 change"},
                {left, left, left, right, right, right, right, right}};
    for (reports::WorkReportLine const& line : report.lines) {
        ledger::Indicator const& each = *line.indicator;
        bool const has_target = !line.target.empty();
        table.row(
            {std::string{each.chinese} + " " + std::string{each.english},
             std::string{each.chinese_unit},
             std::string{reports::chinese_of(ledger::timing_of(each))},
             reports::shown(line.value, each.unit),
             has_target ? reports::shown(line.target, each.unit) : "",
             has_target ? reports::shown(line.share, ledger::CountingUnit::parts_per_million) : "",
             reports::shown(line.before, each.unit), reports::shown(line.change, each.unit)});
    }
    return "述职表 Work report  " + reports::title_of(report) + "\n" + reports::preface_of(report) +
           "\n" + table.text();
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
    if (!arguments.xlsx.empty() || !arguments.html.empty()) books.taken_out("work report");
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
