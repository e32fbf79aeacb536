// Every statistic, asked for two years, put side by side.
#include "reports/work_report.hpp"

#include "ledger/assert.hpp"
#include "ledger/core/decimal.hpp"
#include "store/registers.hpp"
#include "wire/answers.hpp"
#include "wire/choices.hpp"
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
    if (figure.is_null()) return {};
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
    auto const good = store::quality(reader, county, span, ledger::Dimension::township);
    if (!good) return std::unexpected{good.error()};
    add_figures(figures, *good, township);
    // Loans and lent are those of the year above; the statistics of leading have them since ever.
    Figures others;
    Date const as_of = span.until.plus_days(-1);
    add_figures(others, store::leading(reader, county, as_of, ledger::Dimension::township),
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

/// A township without loans has no line of quality: its sums are zero, and of a ratio or a mean
/// nothing can be said.
std::string figure(Figures const& figures, std::string const& code)
{
    auto const found = figures.find(code);
    if (found != figures.end()) return found->second;
    auto const* indicator = ledger::indicator_named(code);
    LEDGER_ASSERT(indicator != nullptr);
    if (indicator->aggregation != ledger::Aggregation::sum) return {};
    return indicator->unit == ledger::CountingUnit::fen ? ledger::Money{}.text() : "0";
}

std::size_t places_of(std::string const& number)
{
    auto const point = number.find('.');
    return point == std::string::npos ? 0 : number.size() - point - 1;
}

/// "1.5" with three places is 1,500. Asserts that it is a decimal with no more.
std::int64_t minor_units(std::string const& number, std::size_t places)
{
    auto const decimal = ledger::scan_decimal(number, places);
    LEDGER_ASSERT(decimal.has_value());
    return ledger::scaled(*decimal, places);
}

/// One decimal less another, with as many places as the longer one; empty where one of them is.
std::string difference(std::string const& value, std::string const& before)
{
    if (value.empty() || before.empty()) return {};
    std::size_t const places = std::max(places_of(value), places_of(before));
    std::int64_t const change = minor_units(value, places) - minor_units(before, places);
    return places == 0 ? std::to_string(change) : ledger::fixed_point(change, places);
}

WorkReportLine line_of(ledger::Indicator const& indicator, Figures const& now,
                       Figures const& before)
{
    std::string const code{indicator.code};
    WorkReportLine line;
    line.indicator = &indicator;
    line.value = figure(now, code);
    line.before = figure(before, code);
    line.change = difference(line.value, line.before);
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

    WorkReport report{status->name,        township, *std::move(name), year,
                      until.plus_days(-1), today,    status->entries,  {}};
    for (ledger::Indicator const& indicator : ledger::all_indicators()) {
        if (is_shown(indicator, township))
            report.lines.push_back(line_of(indicator, *now, *before));
    }
    return report;
}

std::string shown(std::string const& figure, ledger::CountingUnit unit)
{
    if (figure.empty()) return "—";
    std::string text = figure;
    if (unit == ledger::CountingUnit::parts_per_million) {
        constexpr std::int64_t ppm_a_hundredth = 100;
        std::int64_t const ppm = minor_units(figure, 4);
        std::int64_t const half = ppm < 0 ? -ppm_a_hundredth / 2 : ppm_a_hundredth / 2;
        text = ledger::fixed_point((ppm + half) / ppm_a_hundredth, 2);
    }
    auto const point = std::min(text.find('.'), text.size());
    std::size_t const first = text.starts_with('-') ? 1 : 0;
    for (std::size_t at = point; at > first + 3;) {
        at -= 3;
        text.insert(at, ",");
    }
    return text;
}

std::string_view chinese_of(ledger::Timing timing)
{
    switch (timing) {
    case ledger::Timing::period: return "本年";
    case ledger::Timing::end: return "期末";
    case ledger::Timing::ever: return "累计";
    }
    LEDGER_ASSERT(!"a timing that is not in the list");
}

std::string title_of(WorkReport const& report)
{
    std::string const& of = report.township.empty() ? report.county_name : report.township_name;
    return of + " " + std::to_string(report.year) + " 年带富工作述职表";
}

std::string preface_of(WorkReport const& report)
{
    return "数字来自总账，不是填报；截至 " + report.as_of.text() + "，账上共 " +
           std::to_string(report.entries) + " 张凭证；制表日期 " + report.printed_on.text() +
           "。带动、建档立卡、脱贫三项各自统计，不相加；「累计」是历年合计。";
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
            {"timing", wire::name_of(ledger::timing_of(*line.indicator))},
            {"value", or_null(line.value)},
            {"before", or_null(line.before)},
            {"change", or_null(line.change)},
            {"target", or_null(line.target)},
            {"share", or_null(line.share)},
        });
    }
    return {
        {"township", or_null(report.township)},
        {"township_name", or_null(report.township_name)},
        {"year", report.year},
        {"as_of", report.as_of.text()},
        {"printed_on", report.printed_on.text()},
        {"entries", report.entries},
        {"lines", std::move(lines)},
    };
}

} // namespace reports
