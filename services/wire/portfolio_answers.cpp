// The figures of lending as JSON: by group, step by step through time, and how good the loans are.
#include "services/wire/parts.hpp"
#include "wire/answers.hpp"
#include "wire/choices.hpp"

#include "ledger/core/decimal.hpp"

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

json::object figures_of(Quality const& quality)
{
    Money const bad = quality.non_performing();
    json::object out;
    for (std::size_t n = 0; n < all_risk_classes.size(); ++n) {
        std::string const risk_class{name_of(all_risk_classes[n])};
        out["principal_" + risk_class] = quality.principal[n].text();
        out["loans_" + risk_class] = quality.loans[n];
    }
    out["non_performing"] = bad.text();
    out["non_performing_rate"] = percent(bad, quality.outstanding());
    out["provisions"] = quality.provisions.text();
    out["coverage"] = percent(quality.provisions, bad);
    out["due"] = quality.due.text();
    out["collected"] = quality.collected.text();
    out["collected_on_time"] = quality.collected_on_time.text();
    out["collected_on_time_rate"] = percent(quality.collected_on_time, quality.due);
    out["subsidy_due"] = quality.subsidy_due.text();
    out["subsidy_claimed"] = quality.subsidy_claimed.text();
    out["subsidy_received"] = quality.subsidy_received.text();
    return out;
}

} // namespace

json::value percent(std::int64_t part, std::int64_t whole)
{
    if (whole == 0) return {};
    Wide const twice_ppm = Wide{2'000'000} * part;
    Wide const rounded_ppm = (twice_ppm + whole) / (Wide{2} * whole);
    std::string text = fixed_point(static_cast<std::int64_t>(rounded_ppm), 4);
    for (int spare = 2; spare > 0 && text.back() == '0'; --spare) text.pop_back();
    return json::value(text);
}

json::value average(Money whole, std::int64_t count)
{
    if (count == 0) return {};
    std::int64_t const half = whole.fen() < 0 ? -count : count;
    return json::value(Money::fen((2 * whole.fen() + half) / (2 * count)).text());
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
        {"average_loan", average(line.lent, line.loans)},
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
        {"overdue_rate", percent(line.overdue, line.outstanding)},
        {"par30_rate", percent(line.par30, line.outstanding)},
        {"par90_rate", percent(line.par90, line.outstanding)},
    };
}

json::object to_json(store::QualityLine const& line)
{
    json::object out{{"key", or_null(line.key)}, {"name", line.name}};
    for (auto const& figure : figures_of(line.quality)) out.emplace(figure.key(), figure.value());
    return out;
}

json::object portfolio_json(std::span<store::PortfolioLine const> lines, std::optional<Date> from,
                            std::optional<Date> until, ledger::Dimension by)
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
            {"entry_number", entry.number ? json::value(*entry.number) : json::value{}},
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
        {"fund_use_rate", percent(fund.reserved + fund.lent, fund.paid_in)},
        {"risk_paid_in", fund.risk_paid_in.text()},
        {"risk_available", fund.risk_available.text()},
        {"cap_approved", line.approved.text()},
        {"cap_total", line.caps.text()},
        {"cap_use_rate", percent(line.approved, line.caps)},
        {"loans_at_cap", line.loans_at_cap},
    };
}

json::object fund_figures_json(std::span<store::FundFigures const> lines, std::optional<Date> as_of)
{
    json::object out = by_group(lines, Dimension::fund, Report::funds);
    out["as_of"] = or_null(as_of);
    return out;
}

json::object quality_json(std::span<store::QualityLine const> lines, Span span,
                          ledger::Dimension by)
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
