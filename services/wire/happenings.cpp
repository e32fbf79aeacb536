// The fields of each kind of event, read and written side by side.
#include "wire/happenings.hpp"

#include "wire/choices.hpp"
#include "wire/terms.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

/// The kinds that are an amount and nothing else.
template <class What> Happening amount_only(ObjectReader& from)
{
    return What{from.positive_money("amount")};
}

/// The kinds that say all by having happened.
template <class What> Happening nothing(ObjectReader&)
{
    return What{};
}

Happening repaid(ObjectReader& from)
{
    Repaid what{from.positive_money("amount"), {}};
    if (from.has("in_advance")) what.in_advance = from.choice<InAdvance>("in_advance");
    return what;
}

Happening reversed(ObjectReader& from)
{
    return Reversed{from.integer("sequence", 1, events_per_loan_limit)};
}

Happening waived(ObjectReader& from)
{
    auto const component = from.choice<DebtComponent>("component");
    return Waived{component, from.positive_money("amount")};
}

Happening rate_changed(ObjectReader& from)
{
    return RateChanged{from.rate("annual_rate")};
}

Happening extended(ObjectReader& from)
{
    Extended what{from.date("until"), {}, {}};
    what.annual_rate = from.rate_or_nothing("annual_rate");
    what.priced_from = from.date_or_nothing("priced_from");
    return what;
}

Happening rescheduled(ObjectReader& from)
{
    NewPlan plan;
    plan.method = from.choice<Method>("method");
    if (plan.method == Method::principal_plan) { // its parts would have to come with it
        from.blame(Refusal::field_not_supported, "method");
    }
    if (from.has("every")) plan.every = frequency_from(from, "every");
    plan.instalments = from.integer("instalments", 1, instalments_limit);
    plan.first_due_on = from.date_or_nothing("first_due_on");
    plan.grace_principal = from.integer_or("grace_principal", 0, instalments_limit, 0);
    plan.annual_rate = from.rate_or_nothing("annual_rate");
    return Rescheduled{plan};
}

Happening interest_paused(ObjectReader& from)
{
    return InterestPaused{from.date("until")};
}

Happening classified(ObjectReader& from)
{
    Classified what;
    what.risk_class = from.choice_or_null<RiskClass>("risk_class");
    what.has_second_person = from.truth_or("has_second_person", false);
    return what;
}

// clang-format off
constexpr std::array<EventKind, std::variant_size_v<Happening>> kinds{{
    {"approved", "approve_loan", "approval", amount_only<Approved>},
    {"disbursed", "disburse", "disbursements", amount_only<Disbursed>},
    {"repaid", "repay", "repayments", repaid},
    {"reversed", "reverse", "reversals", reversed},
    {"overpayment_refunded", "refund_overpayment", "refunds", amount_only<OverpaymentRefunded>},
    {"waived", "waive", "waivers", waived},
    {"cost_charged", "charge_cost", "costs", amount_only<CostCharged>},
    {"rate_changed", "change_rate", "rate-changes", rate_changed},
    {"extended", "extend_loan", "extensions", extended},
    {"rescheduled", "reschedule_loan", "reschedulings", rescheduled},
    {"interest_paused", "pause_interest", "interest-pauses", interest_paused},
    {"misuse_declared", "declare_misuse", "misuse", nothing<MisuseDeclared>},
    {"classified", "classify_loan", "classifications", classified},
    {"provisioned", "provision_loan", "provisions", nothing<Provisioned>},
    {"written_off", "write_off", "write-off", nothing<WrittenOff>},
    {"recovered", "recover", "recoveries", amount_only<Recovered>},
    {"compensated", "compensate", "compensations", amount_only<Compensated>},
    {"subsidy_claimed", "claim_subsidy", "subsidy-claims", amount_only<SubsidyClaimed>},
    {"subsidy_received", "receive_subsidy", "subsidy-receipts", amount_only<SubsidyReceived>},
    {"approval_expired", "expire_approval", "approval-expiry", nothing<ApprovalExpired>},
}};
// clang-format on

json::value text_or_null(std::optional<Rate> const& rate)
{
    return rate ? json::value(rate->text()) : json::value{};
}

json::value text_or_null(std::optional<Date> const& day)
{
    return day ? json::value(day->text()) : json::value{};
}

struct Description {
    json::object& out;

    void operator()(Repaid const& what) const
    {
        out["amount"] = what.amount.text();
        if (what.in_advance) out["in_advance"] = name_of(*what.in_advance);
    }
    void operator()(Reversed const& what) const { out["reversed_sequence"] = what.sequence; }
    void operator()(Waived const& what) const
    {
        out["component"] = name_of(what.component);
        out["amount"] = what.amount.text();
    }
    void operator()(RateChanged const& what) const { out["annual_rate"] = what.annual_rate.text(); }
    void operator()(Extended const& what) const
    {
        out["until"] = what.until.text();
        out["annual_rate"] = text_or_null(what.annual_rate);
        out["priced_from"] = text_or_null(what.priced_from);
    }
    void operator()(Rescheduled const& what) const
    {
        out["method"] = name_of(what.plan.method);
        out["every"] = to_json(what.plan.every);
        out["instalments"] = what.plan.instalments;
        out["first_due_on"] = text_or_null(what.plan.first_due_on);
        out["grace_principal"] = what.plan.grace_principal;
        out["annual_rate"] = text_or_null(what.plan.annual_rate);
    }
    void operator()(InterestPaused const& what) const { out["until"] = what.until.text(); }
    void operator()(MisuseDeclared const&) const {}
    void operator()(Classified const& what) const
    {
        out["risk_class"] = what.risk_class
                                ? json::value(json::string_view{name_of(*what.risk_class)})
                                : json::value{};
        out["has_second_person"] = what.has_second_person;
    }
    void operator()(Provisioned const&) const {}
    void operator()(WrittenOff const&) const {}
    void operator()(ApprovalExpired const&) const {}
    /// The others are an amount and nothing else.
    void operator()(auto const& what) const { out["amount"] = what.amount.text(); }
};

} // namespace

std::span<EventKind const> event_kinds()
{
    return kinds;
}

EventKind const* event_kind_of_type(std::string_view type)
{
    auto const* const found = std::ranges::find(kinds, type, &EventKind::type);
    return found == kinds.end() ? nullptr : found;
}

EventKind const* event_kind_of_command(std::string_view command)
{
    auto const* const found = std::ranges::find(kinds, command, &EventKind::command);
    return found == kinds.end() ? nullptr : found;
}

std::string all_event_types()
{
    std::string types;
    for (EventKind const& kind : kinds) {
        if (!types.empty()) types += ", ";
        types += kind.type;
    }
    return types;
}

void describe(json::object& out, Happening const& what)
{
    std::visit(Description{out}, what);
}

} // namespace wire
