// Households as JSON: the card, the list, who was led, and what a figure counts.
#include "services/wire/parts.hpp"
#include "wire/answers.hpp"
#include "wire/choices.hpp"
#include "wire/household_happenings.hpp"

#include <algorithm>

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

json::object to_json(Claim const& claim)
{
    return {
        {"claim", claim.sequence},
        {"loan", claim.loan.text()},
        {"borrower", claim.borrower.text()},
        {"way", name_of(claim.way)},
        {"share", share_text(claim.share)},
        {"promised", claim.promised.text()},
        {"brought", claim.brought.text()},
        {"is_relative", claim.is_relative},
        {"since", claim.since.text()},
        {"standing_then", name_of(claim.standing_then)},
        {"was_poor", claim.was_poor()},
        {"verified_on", or_null(claim.verified_on)},
        {"until", or_null(claim.until)},
        {"is_withdrawn", claim.is_withdrawn},
        {"is_in_force", claim.is_in_force()},
        {"exited_on", or_null(claim.exited_on)},
        {"relapsed_on", or_null(claim.relapsed_on)},
    };
}

json::object to_json(ExitRecord const& taken)
{
    return {
        {"step", name_of(taken.step)},
        {"on", taken.on.text()},
        {"person", taken.person},
        {"until", or_null(taken.until)},
    };
}

json::array incomes_json(HouseholdState const& state)
{
    json::array incomes;
    for (Income const& income : state.incomes) {
        incomes.push_back(json::object{
            {"year", income.year},
            {"wages", income.wages.text()},
            {"production", income.production.text()},
            {"property", income.property.text()},
            {"transfers", income.transfers.text()},
            {"total", income.total().text()},
            {"per_head", or_null(income_per_head(state, income.year))},
        });
    }
    return incomes;
}

json::value survey_json(std::optional<Survey> const& survey)
{
    if (!survey) return {};
    json::object out;
    describe(out, Surveyed{*survey});
    return out;
}

/// Of the days up to the card's.
json::array events_json(Household const& household, Date as_of)
{
    json::array events;
    for (HouseholdEvent const& event : household.events) {
        if (event.value_on > as_of) continue;
        json::object out{
            {"sequence", event.sequence},
            {"type", code_of(event.what)},
            {"value_on", event.value_on.text()},
            {"booked_on", event.booked_on.text()},
        };
        describe(out, event.what);
        out["document"] = or_null(event.document);
        out["reason"] = or_null(event.reason);
        out["is_reversed"] = is_reversed(household.events, event.sequence);
        events.push_back(std::move(out));
    }
    return events;
}

void add(json::object& out, std::string const& code, store::Counted const& counted)
{
    out["households_" + code] = counted.households;
    out["persons_" + code] = counted.persons;
}

} // namespace

json::object to_json(store::HouseholdLine const& line)
{
    return {
        {"household", line.number},
        {"head", line.head},
        {"township", line.township},
        {"township_name", line.township_name},
        {"village", line.village},
        {"village_name", line.village_name},
        {"standing", line.standing},
        {"persons", line.persons},
        {"registered_on", line.registered_on.text()},
        {"is_dissolved", line.is_dissolved},
        {"led_by", texts(line.led_by)},
        {"claimed_by", texts(line.claimed_by)},
    };
}

json::object to_json(store::LeadingLine const& line)
{
    json::object out{{"key", or_null(line.key)}, {"name", line.name}};
    add(out, "claimed", line.claimed);
    add(out, "led", line.led);
    add(out, "led_ever", line.led_ever);
    add(out, "led_poor", line.led_poor);
    add(out, "exited", line.exited);
    add(out, "sustained", line.sustained);
    add(out, "relapsed", line.relapsed);
    out["led_units"] = minor_units_text(line.led_units, code_of(Unit::household));
    out["leading_borrowers"] = line.borrowers;
    out["income_brought"] = line.brought.text();
    out["households_with_incomes"] = line.incomes;
    out["income_before"] = average(line.income_before, line.incomes);
    out["income_since"] = average(line.income_since, line.incomes);
    out["income_change"] = average(line.income_since - line.income_before, line.incomes);
    out["income_change_without"] = average(line.income_without - line.income_before, line.incomes);
    out["loans"] = line.loans ? json::value(*line.loans) : json::value{};
    out["loans_without_led"] =
        line.loans_without ? json::value(*line.loans_without) : json::value{};
    out["lent"] = or_null(line.lent);
    auto const lent_per = [&line](std::int64_t households) {
        return line.lent ? average(*line.lent, households) : json::value{};
    };
    out["lent_per_household_led"] = lent_per(line.led_ever.households);
    out["lent_per_household_exited"] = lent_per(line.exited.households);
    return out;
}

json::object household_card_json(Household const& household, HouseholdState const& state)
{
    json::array claims, steps;
    for (Claim const& claim : state.claims) claims.push_back(to_json(claim));
    for (ExitRecord const& taken : state.exit) steps.push_back(to_json(taken));
    return {
        {"household", household.number.text()},
        {"as_of", state.as_of.text()},
        {"is_registered", state.is_registered},
        {"registered_on", or_null(state.registered_on)},
        {"dissolved_on", or_null(state.dissolved_on)},
        {"head", or_null(state.head)},
        {"village", or_null(state.village.text())},
        {"standing", state.is_registered ? json::value(json::string_view{name_of(state.standing)})
                                         : json::value{}},
        {"standing_since",
         state.is_registered ? json::value(state.standing_since.text()) : json::value{}},
        {"persons", state.persons},
        {"unled", share_text(state.unled())},
        {"claims", std::move(claims)},
        {"exit_steps", std::move(steps)},
        {"incomes", incomes_json(state)},
        {"survey", survey_json(state.survey)},
        {"events", events_json(household, state.as_of)},
    };
}

json::object preview_json(std::string_view command, HouseholdPreview const& shown)
{
    return {
        {"command", command},
        {"as_of", shown.as_of.text()},
        {"before", household_card_json(shown.before, fold(shown.before, shown.as_of))},
        {"after", household_card_json(shown.after, fold(shown.after, shown.as_of))},
        {"entry", shown.entry ? json::value(to_json(*shown.entry)) : json::value{}},
        {"warnings", list_of(shown.warnings)},
    };
}

json::object households_json(std::span<store::HouseholdLine const> lines, int limit)
{
    json::object out = listed("households", lines);
    bool const is_full = !lines.empty() && std::cmp_greater_equal(lines.size(), limit);
    out["next"] = is_full ? json::value(lines.back().number) : json::value{};
    return out;
}

json::object leading_json(std::span<store::LeadingLine const> lines, std::optional<Date> as_of,
                          Dimension by)
{
    json::object out = by_group(lines, by, Report::leading);
    out["as_of"] = or_null(as_of);
    return out;
}

json::object leading_series_json(std::span<store::LeadingPoint const> points, PeriodUnit step)
{
    return through_time(points, name_of(step), Report::leading);
}

json::object leading_rules_json(std::span<LeadingRules const> rules)
{
    json::array list;
    for (LeadingRules const& row : rules) {
        list.push_back(json::object{
            {"effective_from", row.effective_from.text()},
            {"document", row.document},
            {"is_sourced", row.is_sourced},
            {"notice_days", row.notice_days},
            {"sustained_months", row.sustained_months},
            {"on_relative", name_of(row.on_relative)},
            {"on_exited_before", name_of(row.on_exited_before)},
            {"on_led_by_another", name_of(row.on_led_by_another)},
            {"on_registered_later", name_of(row.on_registered_later)},
        });
    }
    return {{"leading_rules", std::move(list)}};
}

json::object poverty_lines_json(std::span<PovertyLine const> lines)
{
    json::array list;
    for (PovertyLine const& line : lines) {
        list.push_back(json::object{
            {"year", line.year},
            {"per_head", line.per_head.text()},
            {"is_sourced", line.is_sourced},
        });
    }
    return {{"poverty_lines", std::move(list)}};
}

} // namespace wire
