// What a county has ruled, as programme.programme_for_engine gives it. Order is the view's.
#include "ledger/store/columns.hpp"
#include "ledger/store/rows.hpp"

#include <algorithm>

namespace store {

namespace json = boost::json;

namespace {

ledger::ProgrammeRules rules_from(json::object const& row)
{
    ledger::ProgrammeRules rules;
    rules.version = int_at(row, "version");
    rules.effective_from = day_at(row, "effective_from");
    rules.document = text_at(row, "document");
    rules.is_sourced = row.at("is_sourced").as_bool();
    rules.loan_cap = fen_at(row, "loan_cap_fen");
    rules.term_limit_months = int_at(row, "term_limit_months");
    rules.rate_floor = rate_at(row, "rate_floor_ppm");
    rules.rate_ceiling = rate_at(row, "rate_ceiling_ppm");
    rules.penalty_margin_ppm = at_if_any(row, "penalty_margin_ppm", number_at);
    rules.misuse_margin_ppm = number_at(row, "misuse_margin_ppm");
    rules.compounding = enum_at<ledger::Compounding>(row, "compounding");
    rules.allocation_order =
        allocation_order_from(row.at("allocation_order").as_array(), text_at(row, "allocation_by"));
    rules.non_accrual_allocation_order =
        allocation_order_from(row.at("non_accrual_allocation_order").as_array(),
                              text_at(row, "non_accrual_allocation_by"));
    rules.in_advance = enum_at<ledger::InAdvance>(row, "in_advance");
    rules.non_accrual_after_days = int_at(row, "non_accrual_after_days");
    rules.provision_at = enum_at<ledger::ProvisionAt>(row, "provision_at");
    rules.renewals_limit = int_at(row, "renewals_limit");
    rules.approval_valid_days = int_at(row, "approval_valid_days");
    rules.long_term_extension_limit_months = int_at(row, "long_term_extension_limit_months");
    rules.compensation_after_days = int_at(row, "compensation_after_days");
    rules.compensation_share_ppm = number_at(row, "compensation_share_ppm");
    return rules;
}

ledger::BaseRate base_rate_from(json::object const& row)
{
    return {day_at(row, "effective_from"), std::string{text_at(row, "tier")},
            rate_at(row, "rate_ppm"), row.at("is_sourced").as_bool()};
}

ledger::ClassFloor class_floor_from(json::object const& row)
{
    return {day_at(row, "effective_from"), int_at(row, "days_late"),
            enum_at<ledger::RiskClass>(row, "risk_class")};
}

ledger::ProvisionRate provision_rate_from(json::object const& row)
{
    return {day_at(row, "effective_from"), enum_at<ledger::RiskClass>(row, "risk_class"),
            number_at(row, "rate_ppm")};
}

ledger::SubsidyScheme subsidy_scheme_from(json::object const& row)
{
    ledger::SubsidyScheme scheme;
    scheme.code = text_at(row, "code");
    scheme.document = text_at(row, "document");
    scheme.paid_to = enum_at<ledger::SubsidyPaidTo>(row, "paid_to");
    scheme.principal_cap = at_if_any(row, "principal_cap_fen", fen_at);
    scheme.days_cap = int_at(row, "days_cap");
    for (auto const& value : row.at("steps").as_array()) {
        auto const& step = value.as_object();
        scheme.steps.push_back({day_at(step, "from_on"), enum_at<ledger::SubsidyKind>(step, "kind"),
                                number_at(step, "ppm"), at_if_any(step, "cap_ppm", number_at),
                                std::string{text_at(step, "tier")}});
    }
    return scheme;
}

ledger::LeadingRules leading_rules_from(json::object const& row)
{
    return {day_at(row, "effective_from"),
            std::string{text_at(row, "document")},
            row.at("is_sourced").as_bool(),
            int_at(row, "notice_days"),
            int_at(row, "sustained_months"),
            enum_at<ledger::Ruling>(row, "on_relative"),
            enum_at<ledger::Ruling>(row, "on_exited_before"),
            enum_at<ledger::Ruling>(row, "on_led_by_another"),
            enum_at<ledger::Ruling>(row, "on_registered_later")};
}

ledger::PovertyLine poverty_line_from(json::object const& row)
{
    return {int_at(row, "year"), fen_at(row, "per_head_fen"), row.at("is_sourced").as_bool()};
}

ledger::ApprovalBand approval_band_from(json::object const& row)
{
    return {day_at(row, "effective_from"), fen_at(row, "at_least_fen"), int_at(row, "checkers"),
            std::string{text_at(row, "document")}, row.at("is_sourced").as_bool()};
}

ledger::RetentionRule retention_rule_from(json::object const& row)
{
    return {day_at(row, "effective_from"),
            enum_at<ledger::RetainedKind>(row, "what"),
            int_at(row, "months"),
            enum_at<ledger::RetainedFrom>(row, "counted_from"),
            std::string{text_at(row, "document")},
            row.at("is_sourced").as_bool()};
}

Holiday holiday_from(json::object const& row)
{
    return {day_at(row, "day"), row.at("is_worked").as_bool()};
}

template <class Row>
std::vector<Row> rows_in(json::object const& body, char const* table,
                         Row (*read)(json::object const&))
{
    std::vector<Row> rows;
    for (auto const& value : body.at(table).as_array()) rows.push_back(read(value.as_object()));
    return rows;
}

template <class Row>
std::vector<Authorised<Row>> authorised_in(json::object const& body, char const* table,
                                           Row (*read)(json::object const&))
{
    std::vector<Authorised<Row>> rows;
    for (auto const& value : body.at(table).as_array()) {
        auto const& row = value.as_object();
        rows.push_back(
            {read(row), std::string{text_at(row, "document")}, row.at("is_sourced").as_bool()});
    }
    return rows;
}

template <class Row> std::vector<Row> plain(std::vector<Authorised<Row>> const& rows)
{
    std::vector<Row> plain;
    for (auto const& each : rows) plain.push_back(each.row);
    return plain;
}

} // namespace

json::array components_of(ledger::AllocationOrder const& order)
{
    json::array components;
    for (auto const component : order.components) components.emplace_back(spelled(component));
    return components;
}

ledger::AllocationOrder allocation_order_from(json::array const& components, std::string_view by)
{
    ledger::AllocationOrder order;
    if (components.size() != order.components.size())
        throw IntegrityFault{"an allocation order does not name every component once"};
    std::ranges::transform(components, order.components.begin(), [](json::value const& component) {
        return enum_from<ledger::DebtComponent>(component.as_string());
    });
    order.by = enum_from<ledger::AllocateBy>(by);
    return order;
}

ProgrammeTables programme_tables_from(json::object const& body)
{
    return {rows_in(body, "rules", rules_from),
            rows_in(body, "base_rates", base_rate_from),
            authorised_in(body, "class_floors", class_floor_from),
            authorised_in(body, "provision_rates", provision_rate_from),
            authorised_in(body, "subsidy_schemes", subsidy_scheme_from),
            authorised_in(body, "holidays", holiday_from),
            rows_in(body, "leading_rules", leading_rules_from),
            rows_in(body, "poverty_lines", poverty_line_from),
            rows_in(body, "approval_bands", approval_band_from),
            rows_in(body, "retention_rules", retention_rule_from)};
}

ledger::Programme programme_of(ProgrammeTables const& tables)
{
    std::vector<ledger::Date> holidays, make_up_days;
    for (auto const& each : tables.holidays)
        (each.row.is_worked ? make_up_days : holidays).push_back(each.row.day);
    auto calendar = ledger::WorkingCalendar::of(std::move(holidays), std::move(make_up_days));
    if (!calendar) throw IntegrityFault{"the books hold holidays that make no calendar"};
    return {tables.rules,
            tables.base_rates,
            plain(tables.class_floors),
            plain(tables.provision_rates),
            plain(tables.subsidy_schemes),
            std::move(*calendar),
            tables.leading_rules,
            tables.poverty_lines,
            tables.approval_bands,
            tables.retention_rules};
}

} // namespace store
