// The work report as a page that prints on A4: black on white, the head of the table repeated on
// every sheet, lines for the signatures. Everything that is put into it is escaped.
#include "reports/work_report.hpp"

#include <algorithm>
#include <utility>

namespace reports {

namespace {

std::string escaped(std::string_view text)
{
    std::string out;
    for (char const c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

constexpr std::string_view style = R"(<style>
@page{size:A4;margin:16mm 14mm}
body{margin:0 auto;max-width:182mm;color:#000;background:#fff;
 font:10.5pt/1.45 "Noto Serif CJK SC","Songti SC","SimSun",serif}
h1{font-size:17pt;text-align:center;margin:6mm 0 1mm}
p{text-align:center;margin:0 0 4mm;font-size:9.5pt}
table{border-collapse:collapse;width:100%}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{border:.5pt solid #000;padding:1.2mm 2mm;text-align:left;vertical-align:top}
th{font-weight:600;background:#eee;white-space:nowrap}
th.section{padding-top:3mm;background:#fff;font-size:12pt}
td.figure{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}
small{font-size:8.5pt;color:#333}
footer{margin-top:10mm;display:flex;justify-content:space-between;font-size:10pt}
</style>
)";

std::string cell(std::string const& text)
{
    return "<td class=\"figure\">" + text + "</td>";
}

/// The target and the share of it that is reached; nothing where nothing is planned.
std::string target_of(WorkReportLine const& line)
{
    if (line.target.empty()) return {};
    return escaped(shown(line.target, line.indicator->unit)) + "<br><small>" +
           escaped(shown(line.share, ledger::CountingUnit::parts_per_million)) + "%</small>";
}

std::string row_of(WorkReportLine const& line)
{
    ledger::Indicator const& each = *line.indicator;
    return "<tr><td>" + escaped(each.chinese) + " <small lang=\"en\">" + escaped(each.english) +
           "</small><br><small>" + escaped(each.definition) + "</small></td><td>" +
           escaped(each.chinese_unit) + "</td><td>" + escaped(chinese_of(timing_of(each))) +
           "</td>" + cell(escaped(shown(line.value, each.unit))) + cell(target_of(line)) +
           cell(escaped(shown(line.before, each.unit))) +
           cell(escaped(shown(line.change, each.unit))) + "</tr>\n";
}

} // namespace

std::string html_of(WorkReport const& report)
{
    std::string const title = title_of(report);
    std::string html = "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                       "<title>" +
                       escaped(title) + "</title>\n";
    html += style;
    html += "</head>\n<body>\n<h1>" + escaped(title) + "</h1>\n<p>" + escaped(preface_of(report)) +
            "</p>\n<div class=\"wide\"><table>\n<thead><tr><th>指标</th><th>单位</th><th>口径</th>"
            "<th>数值</th><th>目标</th><th>上年同项</th><th>增减</th></tr></thead>\n"
            "<tbody>\n";
    ledger::Report section{};
    for (WorkReportLine const& line : report.lines) {
        if (std::exchange(section, line.indicator->report) != line.indicator->report) {
            html += "<tr><th class=\"section\" colspan=\"7\">" +
                    escaped(ledger::chinese_of(section)) + " <small lang=\"en\">" +
                    escaped(ledger::english_of(section)) + "</small></th></tr>\n";
        }
        html += row_of(line);
    }
    html += "</tbody>\n</table></div>\n<footer><span>填报人：</span><span>审核人：</span>"
            "<span>日期：　　年　　月　　日</span></footer>\n</body>\n</html>\n";
    return html;
}

} // namespace reports
