#include "wire/rule_change.hpp"

#include "services/wire/parts.hpp"
#include "services/wire/programme_parts.hpp"
#include "wire/choices.hpp"
#include "wire/commands.hpp"
#include "wire/programme.hpp"

#include <boost/json.hpp>

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

inline constexpr int code_limit = 40;     ///< of a scheme
inline constexpr int months_limit = 1200; ///< a century
inline constexpr int schemes_limit = 20;
inline constexpr int bands_limit = 10;
inline constexpr int first_year = 1900, last_year = 9999;
inline constexpr int renewals_most = 100;
inline constexpr int two_persons = 2;

void read_limits(ObjectReader& from, ProgrammeRules& rules)
{
    if (from.has("loan_cap")) rules.loan_cap = from.positive_money("loan_cap");
    rules.term_limit_months =
        from.integer_or("term_limit_months", 1, months_limit, rules.term_limit_months);
    rules.rate_floor = from.rate_or("rate_floor", rules.rate_floor);
    rules.rate_ceiling = from.rate_or("rate_ceiling", rules.rate_ceiling);
    rules.renewals_limit =
        from.integer_or("renewals_limit", 0, renewals_most, rules.renewals_limit);
    rules.approval_valid_days =
        from.integer_or("approval_valid_days", 0, days_limit, rules.approval_valid_days);
    rules.long_term_extension_limit_months =
        from.integer_or("long_term_extension_limit_months", 0, months_limit,
                        rules.long_term_extension_limit_months);
}

void read_margins(ObjectReader& from, ProgrammeRules& rules)
{
    if (from.has("penalty_margin_percent"))
        rules.penalty_margin_ppm = from.rate("penalty_margin_percent").ppm();
    if (!from.truth_or("charges_penalty", rules.penalty_margin_ppm.has_value())) {
        if (from.has("penalty_margin_percent"))
            from.blame(Refusal::rules_contradict, "charges_penalty",
                       "charges_penalty = true | penalty_margin_percent");
        rules.penalty_margin_ppm.reset();
    } else if (!rules.penalty_margin_ppm) {
        rules.penalty_margin_ppm = from.rate("penalty_margin_percent").ppm();
    }
    rules.misuse_margin_ppm =
        from.rate_or("misuse_margin_percent", Rate::ppm(rules.misuse_margin_ppm)).ppm();
    rules.compounding = from.choice_or("compounding", rules.compounding);
}

void read_orders(ObjectReader& from, ProgrammeRules& rules)
{
    for (auto const& [components, by, order] :
         {std::tuple{"allocation_order", "allocate_by", &rules.allocation_order},
          std::tuple{"non_accrual_allocation_order", "non_accrual_allocate_by",
                     &rules.non_accrual_allocation_order}})
    {
        if (from.has(components)) order->components = components_from(from, components);
        order->by = from.choice_or(by, order->by);
    }
    rules.in_advance = from.choice_or("in_advance", rules.in_advance);
}

void read_rules(ObjectReader& request, RuleChange& change, Programme const& now)
{
    if (!request.has("rules")) return;
    ObjectReader from = request.object("rules");
    auto const* before = rules_on(now.rules, change.effective_from);
    ProgrammeRules rules = before ? *before : ProgrammeRules{};
    rules.version = static_cast<int>(now.rules.size()) + 1;
    rules.effective_from = change.effective_from;
    rules.document = change.document;
    rules.is_sourced = true;
    read_limits(from, rules);
    read_margins(from, rules);
    read_orders(from, rules);
    rules.non_accrual_after_days =
        from.integer_or("non_accrual_after_days", 0, days_limit, rules.non_accrual_after_days);
    rules.provision_at = from.choice_or("provision_at", rules.provision_at);
    rules.compensation_after_days =
        from.integer_or("compensation_after_days", 0, days_limit, rules.compensation_after_days);
    rules.compensation_share_ppm =
        from.rate_or("compensation_share_percent", Rate::ppm(rules.compensation_share_ppm)).ppm();
    change.adds.rules.push_back(std::move(rules));
}

void read_tables(ObjectReader& from, RuleChange& change)
{
    Date const since = change.effective_from;
    if (from.has("class_floors")) {
        for (ObjectReader& row : from.objects("class_floors", 1, table_rows_limit)) {
            int const days_late = row.integer("days_late", 0, days_limit);
            change.adds.class_floors.push_back(
                {since, days_late, row.choice<RiskClass>("risk_class")});
        }
    }
    if (!from.has("provision_rates")) return;
    int const classes = static_cast<int>(all_risk_classes.size());
    for (ObjectReader& row : from.objects("provision_rates", classes, classes)) {
        auto const risk_class = row.choice<RiskClass>("risk_class");
        change.adds.provision_rates.push_back({since, risk_class, row.rate("rate_percent").ppm()});
    }
}

void read_schemes(ObjectReader& request, RuleChange& change, Programme const& now)
{
    if (!request.has("subsidy_schemes")) return;
    for (ObjectReader& from : request.objects("subsidy_schemes", 1, schemes_limit)) {
        SubsidyScheme scheme;
        scheme.code = from.text("code", code_limit);
        scheme.document = change.document;
        if (now.subsidy_scheme(scheme.code) == nullptr) {
            scheme.paid_to = from.choice<SubsidyPaidTo>("paid_to");
            if (from.has("principal_cap"))
                scheme.principal_cap = from.positive_money("principal_cap");
            scheme.days_cap = from.integer_or("days_cap", 1, days_limit, 0);
        }
        for (ObjectReader& row : from.objects("steps", 1, table_rows_limit))
            scheme.steps.push_back(step_from(row));
        change.adds.subsidy_schemes.push_back(std::move(scheme));
    }
}

void read_leading(ObjectReader& request, RuleChange& change, Programme const& now)
{
    if (!request.has("leading_rules")) return;
    ObjectReader from = request.object("leading_rules");
    auto const* before = now.leading_rules_on(change.effective_from);
    LeadingRules rules = before ? *before : LeadingRules{};
    rules.effective_from = change.effective_from;
    rules.document = change.document;
    rules.is_sourced = true;
    rules.notice_days = from.integer_or("notice_days", 0, days_limit, rules.notice_days);
    rules.sustained_months =
        from.integer_or("sustained_months", 0, months_limit, rules.sustained_months);
    rules.on_relative = from.choice_or("on_relative", rules.on_relative);
    rules.on_exited_before = from.choice_or("on_exited_before", rules.on_exited_before);
    rules.on_led_by_another = from.choice_or("on_led_by_another", rules.on_led_by_another);
    rules.on_registered_later = from.choice_or("on_registered_later", rules.on_registered_later);
    change.adds.leading_rules.push_back(std::move(rules));
}

void read_lists(ObjectReader& from, RuleChange& change)
{
    Date const since = change.effective_from;
    auto const dates = [&from](std::string_view key) {
        return from.has(key) ? from.dates(key, 1, table_rows_limit) : std::vector<Date>{};
    };
    change.holidays = dates("holidays");
    change.working_days = dates("working_days");
    if (from.has("poverty_lines")) {
        for (ObjectReader& row : from.objects("poverty_lines", 1, table_rows_limit)) {
            int const year = row.integer("year", first_year, last_year);
            change.adds.poverty_lines.push_back({year, row.positive_money("per_head"), true});
        }
    }
    if (from.has("approval_bands")) {
        for (ObjectReader& row : from.objects("approval_bands", 1, bands_limit)) {
            Money const at_least = row.money("at_least");
            change.adds.approval_bands.push_back(
                {since, at_least, row.integer("checkers", 1, two_persons), change.document, true});
        }
    }
    if (!from.has("retention_rules")) return;
    int const kinds = static_cast<int>(enum_names<RetainedKind>().size());
    for (ObjectReader& row : from.objects("retention_rules", 1, kinds)) {
        auto const what = row.choice<RetainedKind>("what");
        int const months = row.integer("months", 0, months_limit);
        change.adds.retention_rules.push_back(
            {since, what, months, row.choice<RetainedFrom>("counted_from"), change.document, true});
    }
}

json::object to_json(ApprovalBand const& row)
{
    return {{"effective_from", row.effective_from.text()},
            {"at_least", row.at_least.text()},
            {"checkers", row.checkers},
            {"document", row.document},
            {"is_sourced", row.is_sourced}};
}

json::object to_json(RetentionRule const& row)
{
    return {{"effective_from", row.effective_from.text()},
            {"what", name_of(row.what)},
            {"months", row.months},
            {"counted_from", name_of(row.counted_from)},
            {"document", row.document},
            {"is_sourced", row.is_sourced}};
}

template <class Row> json::array list_of_rows(std::span<Row const> rows)
{
    json::array list;
    for (Row const& row : rows) list.push_back(to_json(row));
    return list;
}

} // namespace

RuleChange rule_change_from(ObjectReader& from, Programme const& now)
{
    RuleChange change;
    change.document = from.text("document", document_limit);
    change.effective_from = from.date("effective_from");
    if (!from.is_good())
        from.expect_anything(); // which version the rest goes by is not known
    else {
        read_rules(from, change, now);
        read_tables(from, change);
        read_schemes(from, change, now);
        read_leading(from, change, now);
        read_lists(from, change);
    }
    return change;
}

json::object approval_bands_json(std::span<ApprovalBand const> rows)
{
    return {{"bands", list_of_rows(rows)}};
}

json::object retention_rules_json(std::span<RetentionRule const> rows)
{
    return {{"rules", list_of_rows(rows)}};
}

} // namespace wire
