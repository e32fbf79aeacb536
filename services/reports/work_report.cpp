// Every statistic, asked for two years, put side by side.
#include "reports/work_report.hpp"

#include "store/registers.hpp"
#include "wire/answers.hpp"
#include "wire/register_answers.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <map>

namespace reports {

namespace json = boost::json;
using ledger::Date;
using ledger::Refusal;

namespace {

/// Figures by the indicator's code.
using Figures = std::map<std::string, std::string>;

std::string text_of(json::value const& figure)
{
    if (figure.is_string()) return std::string{figure.as_string()};
    return json::serialize(figure);
}

template <class Line> void add_line(Figures& figures, Line const& line)
{
    for (auto const& member : wire::to_json(line)) {
        if (!member.value().is_array()) {
            figures.emplace(std::string{member.key()}, text_of(member.value()));
        }
    }
}

template <class Line>
void add_figures(Figures& figures, std::vector<Line> const& lines, std::string const& township)
{
    auto const found = std::ranges::find(lines, township, &Line::key);
    if (found != lines.end()) add_line(figures, *found); // else nothing of it in that township
}

/// Of a span whose last day is the day of the stocks.
ledger::Result<Figures> figures_of(store::Database& reader, ledger::CountyCode const& county,
                                   std::string const& township, ledger::Span span)
{
    Figures figures;
    auto const lent = store::portfolio(reader, county, span.from, span.until);
    if (!lent) return std::unexpected{lent.error()};
    add_figures(figures, *lent, township);
    auto const good = store::quality(reader, county, span, store::PortfolioBy::township);
    if (!good) return std::unexpected{good.error()};
    add_figures(figures, *good, township);
    // Loans and lent are those of the year above; the statistics of leading have them since ever.
    Figures others;
    Date const as_of = span.until.plus_days(-1);
    add_figures(others, store::leading(reader, county, as_of, store::LeadingBy::township),
                township);
    add_figures(others, store::reach(reader, county, as_of), township);
    if (township.empty()) { // a fund is the county's
        add_line(others, store::fund_figures(reader, county, as_of).back());
    }
    figures.merge(others);
    return figures;
}

constexpr std::string_view planned_prefix = "planned_";
constexpr std::string_view reached_prefix = "reached_";
constexpr std::string_view rate_suffix = "_rate";

/// A target and the share of it that is reached stand in the line of what was reached.
bool is_shown(ledger::Indicator const& indicator, std::string const& township)
{
    if (indicator.report == ledger::Report::funds) return township.empty();
    bool const is_share =
        indicator.code.starts_with(reached_prefix) && indicator.code.ends_with(rate_suffix);
    return !indicator.code.starts_with(planned_prefix) && !is_share;
}

std::string figure(Figures const& figures, std::string const& code)
{
    auto const found = figures.find(code);
    return found == figures.end() ? "0" : found->second;
}

WorkReportLine line_of(ledger::Indicator const& indicator, Figures const& now,
                       Figures const& before)
{
    std::string const code{indicator.code};
    WorkReportLine line{&indicator, figure(now, code), figure(before, code), {}, {}};
    if (!code.starts_with(reached_prefix)) return line;
    std::string const target =
        figure(now, std::string{planned_prefix} + code.substr(reached_prefix.size()));
    if (target == "0") return line;
    line.target = target;
    line.share = figure(now, code + std::string{rate_suffix});
    return line;
}

ledger::Result<std::string> township_name(store::Database& reader, ledger::CountyCode const& county,
                                          std::string const& township)
{
    if (township.empty()) return std::string{};
    for (auto const& unit : store::administrative_units(reader, county)) {
        if (unit.code == township) return unit.name;
    }
    return ledger::refuse(Refusal::township_not_found, "township");
}

} // namespace

ledger::Result<WorkReport> work_report(store::Database& reader, ledger::CountyCode const& county,
                                       std::string const& township, int year, Date today)
{
    auto const status = store::county(reader, county);
    if (!status) return ledger::refuse(Refusal::county_not_found, "county", county.text());
    auto name = township_name(reader, county, township);
    if (!name) return std::unexpected{name.error()};
    Date const first{year, 1, 1};
    if (first > today) return ledger::refuse(Refusal::date_in_future, "year", today.text());
    Date const until = std::min(Date{year + 1, 1, 1}, today.plus_days(1));
    auto const now = figures_of(reader, county, township, {first, until});
    if (!now) return std::unexpected{now.error()};
    auto const before = figures_of(reader, county, township, {Date{year - 1, 1, 1}, first});
    if (!before) return std::unexpected{before.error()};

    WorkReport report{status->name, township, *std::move(name), year, until.plus_days(-1), {}};
    for (ledger::Indicator const& indicator : ledger::all_indicators()) {
        if (is_shown(indicator, township))
            report.lines.push_back(line_of(indicator, *now, *before));
    }
    return report;
}

json::object json_of(WorkReport const& report)
{
    auto const or_null = [](std::string const& text) {
        return text.empty() ? json::value{} : json::value(text);
    };
    json::array lines;
    for (WorkReportLine const& line : report.lines) {
        lines.push_back(json::object{
            {"code", line.indicator->code},
            {"chinese", line.indicator->chinese},
            {"english", line.indicator->english},
            {"chinese_unit", line.indicator->chinese_unit},
            {"value", line.value},
            {"before", line.before},
            {"target", or_null(line.target)},
            {"share", or_null(line.share)},
        });
    }
    return {
        {"township", or_null(report.township)},
        {"township_name", or_null(report.township_name)},
        {"year", report.year},
        {"as_of", report.as_of.text()},
        {"lines", std::move(lines)},
    };
}

} // namespace reports
