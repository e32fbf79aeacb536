// What a change of the rules adds, as rows by the names of their tables; the reverse of
// programme_rows.cpp. What the law or a document says is as sourced as the document.
#include "store/changes.hpp"

#include "ledger/store/rows.hpp"
#include "ledger/store/spelling.hpp"

#include <boost/json.hpp>

namespace store {

namespace json = boost::json;

namespace {

template <class Value> json::value or_null(std::optional<Value> const& value)
{
    return value ? json::value(*value) : json::value{};
}

json::object row_of(ledger::ProgrammeRules const& rules)
{
    return {
        {"version", rules.version},
        {"loan_cap_fen", rules.loan_cap.fen()},
        {"term_limit_months", rules.term_limit_months},
        {"rate_floor_ppm", rules.rate_floor.ppm()},
        {"rate_ceiling_ppm", rules.rate_ceiling.ppm()},
        {"penalty_margin_ppm", or_null(rules.penalty_margin_ppm)},
        {"misuse_margin_ppm", rules.misuse_margin_ppm},
        {"compounding", spelled(rules.compounding)},
        {"allocation_order", components_of(rules.allocation_order)},
        {"allocation_by", spelled(rules.allocation_order.by)},
        {"non_accrual_allocation_order", components_of(rules.non_accrual_allocation_order)},
        {"non_accrual_allocation_by", spelled(rules.non_accrual_allocation_order.by)},
        {"in_advance", spelled(rules.in_advance)},
        {"non_accrual_after_days", rules.non_accrual_after_days},
        {"provision_at", spelled(rules.provision_at)},
        {"renewals_limit", rules.renewals_limit},
        {"approval_valid_days", rules.approval_valid_days},
        {"long_term_extension_limit_months", rules.long_term_extension_limit_months},
        {"compensation_after_days", rules.compensation_after_days},
        {"compensation_share_ppm", rules.compensation_share_ppm},
    };
}

json::object row_of(ledger::ClassFloor const& row)
{
    return {{"days_late", row.days_late}, {"risk_class", spelled(row.floor)}};
}

json::object row_of(ledger::ProvisionRate const& row)
{
    return {{"risk_class", spelled(row.risk_class)}, {"rate_ppm", row.rate_ppm}};
}

json::object row_of(ledger::LeadingRules const& rules)
{
    return {
        {"notice_days", rules.notice_days},
        {"sustained_months", rules.sustained_months},
        {"on_relative", spelled(rules.on_relative)},
        {"on_exited_before", spelled(rules.on_exited_before)},
        {"on_led_by_another", spelled(rules.on_led_by_another)},
        {"on_registered_later", spelled(rules.on_registered_later)},
    };
}

json::object row_of(ledger::PovertyLine const& row)
{
    return {{"year", row.year}, {"per_head_fen", row.per_head.fen()}};
}

json::object row_of(ledger::ApprovalBand const& row)
{
    return {{"at_least_fen", row.at_least.fen()}, {"checkers", row.checkers}};
}

json::object row_of(ledger::RetentionRule const& row)
{
    return {{"what", spelled(row.what)},
            {"months", row.months},
            {"counted_from", spelled(row.counted_from)}};
}

/// The rows of what one document changes; columns that a table has not are left out by SQL.
class Rows {
  public:
    explicit Rows(ledger::RuleChange const& change)
        : change_{change}
    {
    }
    void add(char const* table, json::object row)
    {
        row["effective_from"] = change_.effective_from.text();
        row["document"] = change_.document;
        row["is_sourced"] = true;
        auto& list = rows_[table];
        if (!list.is_array()) list = json::array{};
        list.as_array().push_back(std::move(row));
    }
    template <class List> void add_all(char const* table, List const& list)
    {
        for (auto const& each : list) add(table, row_of(each));
    }
    std::string text() const { return json::serialize(rows_); }

  private:
    ledger::RuleChange const& change_;
    json::object rows_;
};

void add_scheme(Rows& rows, ledger::SubsidyScheme const& scheme, ledger::Programme const& now)
{
    if (now.subsidy_scheme(scheme.code) == nullptr) {
        json::value const cap =
            scheme.principal_cap ? json::value(scheme.principal_cap->fen()) : json::value{};
        rows.add("subsidy_scheme", {{"code", scheme.code},
                                    {"paid_to", spelled(scheme.paid_to)},
                                    {"principal_cap_fen", cap},
                                    {"days_cap", scheme.days_cap}});
    }
    for (ledger::SubsidyStep const& step : scheme.steps) {
        rows.add("subsidy_step", {{"code", scheme.code},
                                  {"from_on", step.from.text()},
                                  {"kind", spelled(step.kind)},
                                  {"ppm", step.ppm},
                                  {"cap_ppm", or_null(step.cap_ppm)},
                                  {"tier", step.tier}});
    }
}

} // namespace

std::string rows_of(ledger::RuleChange const& change, ledger::Programme const& now)
{
    Rows rows{change};
    rows.add_all("programme_rules", change.adds.rules);
    rows.add_all("class_floor", change.adds.class_floors);
    rows.add_all("provision_rate", change.adds.provision_rates);
    for (auto const& scheme : change.adds.subsidy_schemes) add_scheme(rows, scheme, now);
    for (auto const day : change.holidays)
        rows.add("holiday", {{"day", day.text()}, {"is_worked", false}});
    for (auto const day : change.working_days)
        rows.add("holiday", {{"day", day.text()}, {"is_worked", true}});
    rows.add_all("leading_rules", change.adds.leading_rules);
    rows.add_all("poverty_line", change.adds.poverty_lines);
    rows.add_all("approval_band", change.adds.approval_bands);
    rows.add_all("retention_rule", change.adds.retention_rules);
    return rows.text();
}

} // namespace store
