// Whether a change of the rules can be made: after today, after the row before it, in itself whole.
#include "ledger/rule_change.hpp"

#include <algorithm>
#include <ranges>

namespace ledger {

namespace {

using Checked = Result<void>;

Checked contradicts(std::string field, std::string must_hold)
{
    return refuse(Refusal::rules_contradict, std::move(field), std::move(must_hold));
}

/// A table of a day comes after every table of before.
template <class Rows> Checked later_than(Rows&& rows, Date since, char const* field)
{
    for (auto const& row : rows) {
        if (row.effective_from >= since)
            return refuse(Refusal::date_too_early, field, row.effective_from.plus_days(1).text());
    }
    return {};
}

template <class Rows, class Key> bool is_ascending(Rows const& rows, Key key)
{
    return std::ranges::adjacent_find(rows, std::ranges::greater_equal{}, key) == rows.end();
}

Checked check_rules(RuleChange const& change, Programme const& now)
{
    if (change.adds.rules.empty()) return {};
    ProgrammeRules const& rules = change.adds.rules.front();
    if (rules.rate_floor > rules.rate_ceiling)
        return contradicts("rules.rate_floor", "rate_floor <= rate_ceiling");
    if (rules.compensation_share_ppm > 1'000'000)
        return contradicts("rules.compensation_share_percent", "<= 100");
    return later_than(now.rules, change.effective_from, "effective_from");
}

Checked check_floors(RuleChange const& change, Programme const& now)
{
    auto const& rows = change.adds.class_floors;
    if (rows.empty()) return {};
    if (!is_ascending(rows, &ClassFloor::days_late) || !is_ascending(rows, &ClassFloor::floor))
        return contradicts("class_floors", "days_late ↑, risk_class ↑");
    return later_than(now.class_floors, change.effective_from, "effective_from");
}

Checked check_provisions(RuleChange const& change, Programme const& now)
{
    auto const& rows = change.adds.provision_rates;
    if (rows.empty()) return {};
    bool const each_once =
        rows.size() == all_risk_classes.size() && is_ascending(rows, &ProvisionRate::risk_class);
    if (!each_once) return contradicts("provision_rates", "normal … loss, 1 ×");
    if (std::ranges::any_of(rows, [](auto const& row) { return row.rate_ppm > 1'000'000; }))
        return contradicts("provision_rates", "<= 100");
    return later_than(now.provision_rates, change.effective_from, "effective_from");
}

Checked check_scheme(SubsidyScheme const& scheme, std::string const& field, Programme const& now,
                     Date since)
{
    if (scheme.steps.empty()) return contradicts(field + ".steps", ">= 1");
    if (!is_ascending(scheme.steps, &SubsidyStep::from))
        return contradicts(field + ".steps", "from ↑");
    Date first = since;
    if (auto const* known = now.subsidy_scheme(scheme.code); known && !known->steps.empty())
        first = std::max(first, known->steps.back().from.plus_days(1));
    if (scheme.steps.front().from < first)
        return refuse(Refusal::date_too_early, field + ".steps[0].from", first.text());
    for (SubsidyStep const& step : scheme.steps) {
        if (step.kind == SubsidyKind::spread && !now.base_rate(step.tier, step.from))
            return refuse(Refusal::no_base_rate_in_force, field + ".steps", step.tier);
    }
    return {};
}

Checked check_schemes(RuleChange const& change, Programme const& now)
{
    auto const& schemes = change.adds.subsidy_schemes;
    for (std::size_t at = 0; at < schemes.size(); ++at) {
        auto const field = "subsidy_schemes[" + std::to_string(at) + "]";
        if (auto const good = check_scheme(schemes[at], field, now, change.effective_from); !good)
            return good;
    }
    std::vector<std::string> codes;
    for (auto const& scheme : schemes) codes.push_back(scheme.code);
    std::ranges::sort(codes);
    if (std::ranges::adjacent_find(codes) != codes.end())
        return contradicts("subsidy_schemes", "code 1 ×");
    return {};
}

Checked check_days(RuleChange const& change, Programme const& now)
{
    for (auto const& [field, days] :
         {std::pair{"holidays", &change.holidays}, std::pair{"working_days", &change.working_days}})
    {
        for (Date const day : *days) {
            if (day < change.effective_from)
                return refuse(Refusal::date_too_early, field, change.effective_from.text());
            if (now.calendar.names(day))
                return refuse(Refusal::rule_made_already, field, day.text());
        }
    }
    auto days = change.holidays;
    days.insert(days.end(), change.working_days.begin(), change.working_days.end());
    std::ranges::sort(days);
    auto const twice = std::ranges::adjacent_find(days);
    auto const calendar = now.calendar.with(change.holidays, change.working_days);
    if (!calendar) return refuse(calendar.error().code, "holidays", calendar.error().limit);
    if (twice != days.end()) return contradicts("holidays", twice->text() + " 1 ×");
    return {};
}

Checked check_poverty_lines(RuleChange const& change, Programme const& now)
{
    auto const& rows = change.adds.poverty_lines;
    if (!is_ascending(rows, &PovertyLine::year)) return contradicts("poverty_lines", "year ↑");
    // A year before the last one would change what its households were judged by.
    if (rows.empty() || now.poverty_lines.empty()) return {};
    PovertyLine const& last = now.poverty_lines.back();
    if (rows.front().year <= last.year)
        return refuse(Refusal::rule_made_already, "poverty_lines",
                      std::to_string(last.year) + ": " + last.per_head.text());
    return {};
}

Checked check_bands(RuleChange const& change, Programme const& now)
{
    auto const& rows = change.adds.approval_bands;
    if (rows.empty()) return {};
    if (rows.front().at_least < Money{}) return contradicts("approval_bands[0].at_least", ">= 0");
    if (!is_ascending(rows, &ApprovalBand::at_least))
        return contradicts("approval_bands", "at_least ↑");
    return later_than(now.approval_bands, change.effective_from, "effective_from");
}

Checked check_retention(RuleChange const& change, Programme const& now)
{
    auto const& rows = change.adds.retention_rules;
    if (!is_ascending(rows, &RetentionRule::what))
        return contradicts("retention_rules", "what 1 ×");
    for (RetentionRule const& row : rows) {
        auto same = now.retention_rules | std::views::filter([&](RetentionRule const& known) {
                        return known.what == row.what;
                    });
        if (auto const good = later_than(same, change.effective_from, "effective_from"); !good)
            return good;
    }
    return {};
}

/// The latest day that the change names, by its field.
Checked not_too_late(RuleChange const& change, Date today)
{
    Date const last = add_months(today, 12 * rule_years_ahead);
    auto const check = [&](std::string field, Date day) -> Checked {
        if (day <= last) return {};
        return refuse(Refusal::date_too_late, std::move(field), last.text());
    };
    if (auto const good = check("effective_from", change.effective_from); !good) return good;
    for (auto const& scheme : change.adds.subsidy_schemes)
        for (SubsidyStep const& step : scheme.steps)
            if (auto const good = check("subsidy_schemes", step.from); !good) return good;
    for (Date const day : change.holidays)
        if (auto const good = check("holidays", day); !good) return good;
    for (Date const day : change.working_days)
        if (auto const good = check("working_days", day); !good) return good;
    for (PovertyLine const& row : change.adds.poverty_lines)
        if (auto const good = check("poverty_lines", Date{row.year, 1, 1}); !good) return good;
    return {};
}

bool is_empty(RuleChange const& change)
{
    Programme const& adds = change.adds;
    return adds.rules.empty() && adds.class_floors.empty() && adds.provision_rates.empty() &&
           adds.subsidy_schemes.empty() && adds.leading_rules.empty() &&
           adds.poverty_lines.empty() && adds.approval_bands.empty() &&
           adds.retention_rules.empty() && change.holidays.empty() && change.working_days.empty();
}

} // namespace

Result<void> check_rule_change(RuleChange const& change, Programme const& now, Date today)
{
    if (is_empty(change)) return refuse(Refusal::rule_change_empty);
    if (change.effective_from <= today)
        return refuse(Refusal::date_too_early, "effective_from", today.plus_days(1).text());
    if (auto const good = not_too_late(change, today); !good) return good;
    for (auto const check : {check_rules, check_floors, check_provisions, check_schemes, check_days,
                             check_poverty_lines, check_bands, check_retention})
    {
        if (auto const good = check(change, now); !good) return good;
    }
    if (change.adds.leading_rules.empty()) return {};
    return later_than(now.leading_rules, change.effective_from, "effective_from");
}

} // namespace ledger
