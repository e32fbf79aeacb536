// Three statistics, asked for two years, put side by side.
#include "reports/work_report.hpp"

#include "wire/answers.hpp"

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

template <class Line>
void add_figures(Figures& figures, std::vector<Line> const& lines, std::string const& township)
{
    auto const found = std::ranges::find(lines, township, &Line::key);
    if (found == lines.end()) return; // nothing of it in that township
    for (auto const& member : wire::to_json(*found)) {
        if (!member.value().is_array()) {
            figures.emplace(std::string{member.key()}, text_of(member.value()));
        }
    }
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
    Figures led;
    add_figures(
        led, store::leading(reader, county, span.until.plus_days(-1), store::LeadingBy::township),
        township);
    figures.merge(led);
    return figures;
}

std::string figure(Figures const& figures, ledger::Indicator const& indicator)
{
    auto const found = figures.find(std::string{indicator.code});
    return found == figures.end() ? "0" : found->second;
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
        report.lines.push_back({&indicator, figure(*now, indicator), figure(*before, indicator)});
    }
    return report;
}

json::object json_of(WorkReport const& report)
{
    json::array lines;
    for (WorkReportLine const& line : report.lines) {
        lines.push_back(json::object{
            {"code", line.indicator->code},
            {"chinese", line.indicator->chinese},
            {"english", line.indicator->english},
            {"chinese_unit", line.indicator->chinese_unit},
            {"value", line.value},
            {"before", line.before},
        });
    }
    auto const or_null = [](std::string const& text) {
        return text.empty() ? json::value{} : json::value(text);
    };
    return {
        {"township", or_null(report.township)},
        {"township_name", or_null(report.township_name)},
        {"year", report.year},
        {"as_of", report.as_of.text()},
        {"lines", std::move(lines)},
    };
}

} // namespace reports
