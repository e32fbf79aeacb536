// The programme's rules and dated tables as JSON, as a county entered them.
#include "services/wire/parts.hpp"
#include "wire/answers.hpp"
#include "wire/choices.hpp"
#include "wire/programme.hpp"

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

json::object step_json(SubsidyStep const& step)
{
    json::object out;
    out["from"] = step.from.text();
    out["kind"] = name_of(step.kind);
    switch (step.kind) {
    case SubsidyKind::none: break;
    case SubsidyKind::share:
    case SubsidyKind::points:
    case SubsidyKind::spread: out["percent"] = signed_percent_text(step.ppm); break;
    }
    if (step.cap_ppm) out["cap_percent"] = Rate::ppm(*step.cap_ppm).text();
    if (!step.tier.empty()) out["tier"] = step.tier;
    return out;
}

json::object row_json(ClassFloor const& row)
{
    return {
        {"effective_from", row.effective_from.text()},
        {"days_late", row.days_late},
        {"risk_class", name_of(row.floor)},
    };
}

json::object row_json(ProvisionRate const& row)
{
    return {
        {"effective_from", row.effective_from.text()},
        {"risk_class", name_of(row.risk_class)},
        {"rate_percent", Rate::ppm(row.rate_ppm).text()},
    };
}

json::object row_json(SubsidyScheme const& scheme)
{
    json::array steps;
    for (SubsidyStep const& step : scheme.steps) steps.push_back(step_json(step));
    json::object out;
    out["code"] = scheme.code;
    out["paid_to"] = name_of(scheme.paid_to);
    out["principal_cap"] = or_null(scheme.principal_cap);
    out["days_cap"] = scheme.days_cap == 0 ? json::value{} : json::value(scheme.days_cap);
    out["steps"] = std::move(steps);
    return out;
}

json::object row_json(store::Holiday const& holiday)
{
    return {{"day", holiday.day.text()}, {"is_worked", holiday.is_worked}};
}

/// {name: [row with its document, …]}
template <class Row>
json::object authorised(std::string_view name, std::span<store::Authorised<Row> const> rows)
{
    json::array list;
    for (store::Authorised<Row> const& each : rows) {
        json::object out = row_json(each.row);
        out["document"] = or_null(each.document);
        out["is_sourced"] = each.is_sourced;
        list.push_back(std::move(out));
    }
    json::object answer;
    answer[json::string_view{name.data(), name.size()}] = std::move(list);
    return answer;
}

} // namespace

json::object to_json(ProgrammeRules const& rules)
{
    json::object out;
    out["version"] = rules.version;
    out["effective_from"] = rules.effective_from.text();
    out["document"] = rules.document;
    out["is_sourced"] = rules.is_sourced;
    out["loan_cap"] = rules.loan_cap.text();
    out["term_limit_months"] = rules.term_limit_months;
    out["rate_floor"] = rules.rate_floor.text();
    out["rate_ceiling"] = rules.rate_ceiling.text();
    out["charges_penalty"] = rules.penalty_margin_ppm.has_value();
    out["penalty_margin_percent"] = rules.penalty_margin_ppm
                                        ? json::value(Rate::ppm(*rules.penalty_margin_ppm).text())
                                        : json::value{};
    out["misuse_margin_percent"] = Rate::ppm(rules.misuse_margin_ppm).text();
    out["compounding"] = name_of(rules.compounding);
    out["allocation_order"] = to_json(rules.allocation_order);
    out["allocate_by"] = name_of(rules.allocation_order.by);
    out["non_accrual_allocation_order"] = to_json(rules.non_accrual_allocation_order);
    out["non_accrual_allocate_by"] = name_of(rules.non_accrual_allocation_order.by);
    out["in_advance"] = name_of(rules.in_advance);
    out["non_accrual_after_days"] = rules.non_accrual_after_days;
    out["provision_at"] = name_of(rules.provision_at);
    out["renewals_limit"] = rules.renewals_limit;
    out["approval_valid_days"] = rules.approval_valid_days;
    out["long_term_extension_limit_months"] = rules.long_term_extension_limit_months;
    out["compensation_after_days"] = rules.compensation_after_days;
    out["compensation_share_percent"] = Rate::ppm(rules.compensation_share_ppm).text();
    return out;
}

json::object to_json(BaseRate const& row)
{
    return {
        {"effective_from", row.effective_from.text()},
        {"tier", row.tier},
        {"rate", row.rate.text()},
        {"is_sourced", row.is_sourced},
    };
}

json::object to_json(SubsidyLine const& line)
{
    return {
        {"from", line.span.from.text()},    {"until", line.span.until.text()},
        {"eligible", line.eligible.text()}, {"rate", Rate::ppm(line.rate_ppm).text()},
        {"exact_fen", line.exact.text()},
    };
}

json::object to_json(store::SubsidyClaim const& claim)
{
    return {
        {"loan", claim.loan.text()},
        {"borrower", claim.borrower.text()},
        {"borrower_name", claim.borrower_name},
        {"scheme", claim.scheme},
        {"paid_to", name_of(claim.paid_to)},
        {"due", claim.due.text()},
        {"claimed", claim.claimed.text()},
        {"received", claim.received.text()},
        {"unclaimed", claim.unclaimed.text()},
        {"lines", list_of(claim.lines)},
    };
}

json::object programme_rules_json(std::span<ProgrammeRules const> rules)
{
    return listed("rules", rules);
}

json::object base_rates_json(std::span<BaseRate const> rates)
{
    return listed("rates", rates);
}

json::object class_floors_json(std::span<store::Authorised<ClassFloor> const> rows)
{
    return authorised("floors", rows);
}

json::object provision_rates_json(std::span<store::Authorised<ProvisionRate> const> rows)
{
    return authorised("rates", rows);
}

json::object subsidy_schemes_json(std::span<store::Authorised<SubsidyScheme> const> rows)
{
    return authorised("schemes", rows);
}

json::object holidays_json(std::span<store::Authorised<store::Holiday> const> rows)
{
    return authorised("days", rows);
}

json::object subsidy_claims_json(Date from, Date until, std::span<store::SubsidyClaim const> claims)
{
    Money due, claimed, received, unclaimed;
    for (store::SubsidyClaim const& claim : claims) {
        due += claim.due;
        claimed += claim.claimed;
        received += claim.received;
        unclaimed += claim.unclaimed;
    }
    json::object out;
    out["from"] = from.text();
    out["until"] = until.text();
    out["claims"] = list_of(claims);
    out["totals"] = json::object{
        {"due", due.text()},
        {"claimed", claimed.text()},
        {"received", received.text()},
        {"unclaimed", unclaimed.text()},
    };
    return out;
}

} // namespace wire
