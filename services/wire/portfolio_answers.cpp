// The figures of lending as JSON: by group, step by step through time, and how good the loans are.
#include "services/wire/parts.hpp"
#include "wire/answers.hpp"
#include "wire/choices.hpp"

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

json::object figures_of(Quality const& quality)
{
    json::array classes;
    for (std::size_t n = 0; n < all_risk_classes.size(); ++n) {
        classes.push_back(json::object{
            {"risk_class", name_of(all_risk_classes[n])},
            {"loans", quality.loans[n]},
            {"principal", quality.principal[n].text()},
        });
    }
    Money const bad = quality.non_performing();
    return {
        {"classes", std::move(classes)},
        {"non_performing", bad.text()},
        {"non_performing_rate", percent_text(bad, quality.outstanding())},
        {"provisions", quality.provisions.text()},
        {"coverage", percent_text(quality.provisions, bad)},
        {"due", quality.due.text()},
        {"collected", quality.collected.text()},
        {"collected_on_time", quality.collected_on_time.text()},
        {"collected_on_time_rate", percent_text(quality.collected_on_time, quality.due)},
        {"subsidy_due", quality.subsidy_due.text()},
        {"subsidy_claimed", quality.subsidy_claimed.text()},
        {"subsidy_received", quality.subsidy_received.text()},
    };
}

/// {by, county, lines, indicators}
template <class Line>
json::object by_group(std::span<Line const> lines, store::PortfolioBy by, Report report)
{
    json::object out = with_county(lines, report);
    out["by"] = name_of(by);
    return out;
}

} // namespace

std::string percent_text(std::int64_t part, std::int64_t whole)
{
    if (whole == 0) return Rate{}.text();
    Wide const twice_ppm = Wide{2'000'000} * part;
    Wide const rounded_ppm = (twice_ppm + whole) / (Wide{2} * whole);
    return Rate::ppm(static_cast<std::int64_t>(rounded_ppm)).text();
}

Money average(Money whole, std::int64_t count)
{
    if (count == 0) return {};
    std::int64_t const half = whole.fen() < 0 ? -count : count;
    return Money::fen((2 * whole.fen() + half) / (2 * count));
}

json::object to_json(store::PortfolioLine const& line)
{
    return {
        {"key", or_null(line.key)},
        {"name", line.name},
        {"borrowers", line.borrowers},
        {"households", line.households},
        {"loans", line.loans},
        {"lent", line.lent.text()},
        {"average_loan", average(line.lent, line.loans).text()},
        {"median_loan", line.median.text()},
        {"largest_loan", line.largest.text()},
        {"repaid", line.repaid.text()},
        {"interest_received", line.interest.text()},
        {"outstanding", line.outstanding.text()},
        {"overdue", line.overdue.text()},
        {"par1", line.par1.text()},
        {"par30", line.par30.text()},
        {"par90", line.par90.text()},
        {"par180", line.par180.text()},
        {"rescheduled", line.rescheduled.text()},
        {"par1_with_rescheduled", line.par1_with_rescheduled.text()},
        {"par30_with_rescheduled", line.par30_with_rescheduled.text()},
        {"par90_with_rescheduled", line.par90_with_rescheduled.text()},
        {"par180_with_rescheduled", line.par180_with_rescheduled.text()},
        {"written_off", line.written_off.text()},
        {"recovered", line.recovered.text()},
        {"overdue_rate", percent_text(line.overdue, line.outstanding)},
        {"par30_rate", percent_text(line.par30, line.outstanding)},
        {"par90_rate", percent_text(line.par90, line.outstanding)},
    };
}

json::object to_json(store::QualityLine const& line)
{
    json::object out = figures_of(line.quality);
    out["key"] = or_null(line.key);
    out["name"] = line.name;
    return out;
}

json::object portfolio_json(std::span<store::PortfolioLine const> lines, std::optional<Date> from,
                            std::optional<Date> until, store::PortfolioBy by)
{
    json::object out = by_group(lines, by, Report::portfolio);
    out["from"] = or_null(from);
    out["until"] = or_null(until);
    return out;
}

void add_knowledge(json::object& out, std::optional<store::Instant> known_at,
                   store::LaterEntries const& later)
{
    out["known_at"] = known_at ? json::value(rfc3339(*known_at)) : json::value{};
    if (!known_at) {
        out["later_entries"] = nullptr;
        return;
    }
    json::array entries;
    for (store::LaterEntry const& entry : later.first) {
        entries.push_back(json::object{
            {"entry_number", entry.number},
            {"recorded_at", rfc3339(entry.recorded_at)},
            {"value_on", entry.value_on.text()},
            {"booked_on", entry.booked_on.text()},
            {"cause", entry.cause},
            {"subject", entry.subject},
            {"narrative", entry.narrative},
        });
    }
    out["later_entries"] = {{"count", later.count}, {"entries", std::move(entries)}};
}

json::object to_json(store::FundFigures const& line)
{
    store::FundLine const& fund = line.fund;
    return {
        {"key", or_null(fund.code)},
        {"name", fund.name},
        {"fund_paid_in", fund.paid_in.text()},
        {"fund_available", fund.available.text()},
        {"fund_reserved", fund.reserved.text()},
        {"fund_lent", fund.lent.text()},
        {"fund_written_off", fund.written_off.text()},
        {"fund_use_rate", percent_text(fund.reserved + fund.lent, fund.paid_in)},
        {"risk_paid_in", fund.risk_paid_in.text()},
        {"risk_available", fund.risk_available.text()},
        {"cap_use_rate", percent_text(line.approved, line.caps)},
        {"loans_at_cap", line.loans_at_cap},
    };
}

json::object fund_figures_json(std::span<store::FundFigures const> lines, std::optional<Date> as_of)
{
    json::object out = with_county(lines, Report::funds);
    out["as_of"] = or_null(as_of);
    return out;
}

json::object quality_json(std::span<store::QualityLine const> lines, Span span,
                          store::PortfolioBy by)
{
    json::object out = by_group(lines, by, Report::quality);
    out["from"] = span.from.text();
    out["until"] = span.until.text();
    return out;
}

json::object series_json(std::span<store::SeriesPoint const> points, PeriodUnit step)
{
    return through_time(points, name_of(step), Report::portfolio);
}

} // namespace wire
