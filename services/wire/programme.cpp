// Rules and dated tables from JSON. Which keys exist, which may be left out and what they then are
// stands here once. Rows of a table may come in any order; they are sorted by their days.
#include "wire/programme.hpp"

#include "services/wire/programme_parts.hpp"
#include "wire/choices.hpp"
#include "wire/terms.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <tuple>

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

inline constexpr int term_months = 12 * 300;    ///< every date that can be written
constexpr char const* replay_scheme = "replay"; ///< the code of the one subsidy scheme

void read_base_rates(ObjectReader& from, Programme& programme)
{
    if (!from.has("base_rates")) return;
    for (ObjectReader& row : from.objects("base_rates", 1, base_rates_limit)) {
        BaseRate rate;
        rate.effective_from = row.date("from");
        rate.tier = row.text("tier", tier_limit);
        rate.rate = row.rate("annual_rate");
        programme.base_rates.push_back(std::move(rate));
    }
    std::ranges::stable_sort(programme.base_rates, {}, &BaseRate::effective_from);
}

void read_calendar(ObjectReader& from, Programme& programme)
{
    auto const dates = [&from](std::string_view key) {
        return from.has(key) ? from.dates(key, 1, static_cast<int>(calendar_dates_limit))
                             : std::vector<Date>{};
    };
    auto holidays = dates("holidays");
    auto working_days = dates("working_days");
    auto calendar = WorkingCalendar::of(std::move(holidays), std::move(working_days));
    if (calendar) {
        programme.calendar = *std::move(calendar);
    } else {
        from.blame(calendar.error().code, "holidays", calendar.error().limit);
    }
}

void read_allocation(ObjectReader& from, ProgrammeRules& rules)
{
    if (from.has("allocation_order")) {
        rules.allocation_order.components = components_from(from, "allocation_order");
    }
    rules.allocation_order.by = from.choice_or("allocate_by", rules.allocation_order.by);
    rules.non_accrual_allocation_order = rules.allocation_order;
    if (from.has("non_accrual_allocation_order")) {
        rules.non_accrual_allocation_order.components =
            components_from(from, "non_accrual_allocation_order");
    }
    rules.in_advance = from.choice_or("in_advance", rules.in_advance);
}

void read_penalty(ObjectReader& from, ProgrammeRules& rules)
{
    rules.penalty_margin_ppm = from.rate_or("penalty_margin_percent", Rate{}).ppm();
    if (!from.truth_or("charges_penalty", true)) {
        if (from.has("penalty_margin_percent")) {
            from.blame(Refusal::terms_contradict, "charges_penalty",
                       "charges_penalty = true | penalty_margin_percent");
        }
        rules.penalty_margin_ppm.reset();
    }
    rules.misuse_margin_ppm =
        from.rate_or("misuse_margin_percent", Rate::ppm(rules.misuse_margin_ppm)).ppm();
    rules.compounding = from.choice_or("compounding", rules.compounding);
}

void read_class_tables(ObjectReader& from, Programme& programme)
{
    if (from.has("class_floors")) {
        for (ObjectReader& row : from.objects("class_floors", 1, table_rows_limit)) {
            Date const since = row.date("from");
            int const days_late = row.integer("days_late", 0, days_limit);
            programme.class_floors.push_back(
                {since, days_late, row.choice<RiskClass>("risk_class")});
        }
        std::ranges::stable_sort(programme.class_floors, {}, [](ClassFloor const& row) {
            return std::tuple{row.effective_from, row.days_late};
        });
    }
    if (!from.has("provision_rates")) return;
    for (ObjectReader& row : from.objects("provision_rates", 1, table_rows_limit)) {
        Date const since = row.date("from");
        auto const risk_class = row.choice<RiskClass>("risk_class");
        programme.provision_rates.push_back({since, risk_class, row.rate("rate_percent").ppm()});
    }
    std::ranges::stable_sort(programme.provision_rates, {}, &ProvisionRate::effective_from);
}

void read_subsidy(ObjectReader& request, Programme& programme)
{
    if (!request.has("subsidy")) return;
    ObjectReader from = request.object("subsidy");
    SubsidyScheme scheme;
    scheme.code = scheme.document = replay_scheme;
    scheme.paid_to = from.choice<SubsidyPaidTo>("paid_to");
    if (from.has("principal_cap")) scheme.principal_cap = from.positive_money("principal_cap");
    scheme.days_cap = from.integer_or("days_cap", 1, days_limit, 0);
    for (ObjectReader& row : from.objects("steps", 1, table_rows_limit)) {
        scheme.steps.push_back(step_from(row));
    }
    std::ranges::stable_sort(scheme.steps, {}, &SubsidyStep::from);
    programme.subsidy_schemes.push_back(std::move(scheme));
}

} // namespace

Programme tables_from(ObjectReader& from)
{
    Programme programme;
    read_base_rates(from, programme);
    read_calendar(from, programme);
    return programme;
}

Programme programme_from(ObjectReader& from)
{
    Programme programme = tables_from(from);
    ProgrammeRules rules;
    rules.version = 1;
    rules.effective_from = Date{1900, 1, 1};
    rules.document = "replay";
    rules.loan_cap = Money::fen(money_limit_fen);
    rules.term_limit_months = term_months;
    rules.rate_ceiling = Rate::ppm(rate_limit_ppm);
    read_penalty(from, rules);
    read_allocation(from, rules);
    rules.non_accrual_after_days =
        from.integer_or("non_accrual_after_days", 0, days_limit, rules.non_accrual_after_days);
    rules.approval_valid_days =
        from.integer_or("approval_valid_days", 0, days_limit, rules.approval_valid_days);
    rules.compensation_after_days =
        from.integer_or("compensation_after_days", 0, days_limit, rules.compensation_after_days);
    rules.compensation_share_ppm =
        from.rate_or("compensation_share_percent", Rate::ppm(rules.compensation_share_ppm)).ppm();
    programme.rules.push_back(std::move(rules));
    read_class_tables(from, programme);
    read_subsidy(from, programme);
    return programme;
}

json::array to_json(AllocationOrder const& order)
{
    json::array components;
    for (DebtComponent const component : order.components) {
        components.emplace_back(json::string_view{name_of(component)});
    }
    return components;
}

} // namespace wire
