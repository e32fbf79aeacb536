// Rows of what happened to a loan. Each kind fills its own columns and leaves the others null; the
// constraints of ledger.loan_event say the same list.
#include "ledger/store/columns.hpp"
#include "ledger/store/rows.hpp"

#include <array>

namespace store {

namespace json = boost::json;

namespace {

/// The columns of a kind, beside those of every event.
struct Fill {
    json::object& row;

    void amount(ledger::Money money) const { row["amount_fen"] = money.fen(); }

    void operator()(ledger::Approved const& what) const { amount(what.amount); }
    void operator()(ledger::Disbursed const& what) const { amount(what.amount); }
    void operator()(ledger::Repaid const& what) const
    {
        amount(what.amount);
        row["in_advance"] = spelled_or_null(what.in_advance);
    }
    void operator()(ledger::Reversed const& what) const { row["target_sequence"] = what.sequence; }
    void operator()(ledger::OverpaymentRefunded const& what) const { amount(what.amount); }
    void operator()(ledger::Waived const& what) const
    {
        amount(what.amount);
        row["component"] = spelled(what.component);
    }
    void operator()(ledger::CostCharged const& what) const { amount(what.amount); }
    void operator()(ledger::RateChanged const& what) const
    {
        row["rate_ppm"] = what.annual_rate.ppm();
    }
    void operator()(ledger::Extended const& what) const
    {
        row["rate_ppm"] = rate_or_null(what.annual_rate);
        row["until_on"] = what.until.text();
        row["priced_from"] = date_or_null(what.priced_from);
    }
    void operator()(ledger::Rescheduled const& what) const
    {
        row["rate_ppm"] = rate_or_null(what.plan.annual_rate);
        row["plan_method"] = spelled(what.plan.method);
        row["plan_every_count"] = what.plan.every.count;
        row["plan_every_unit"] = spelled(what.plan.every.unit);
        row["plan_instalments"] = what.plan.instalments;
        row["plan_first_due_on"] = date_or_null(what.plan.first_due_on);
        row["plan_grace_principal"] = what.plan.grace_principal;
    }
    void operator()(ledger::InterestPaused const& what) const
    {
        row["until_on"] = what.until.text();
    }
    void operator()(ledger::MisuseDeclared const&) const {}
    void operator()(ledger::Classified const& what) const
    {
        row["risk_class"] = spelled_or_null(what.risk_class);
        row["has_second_person"] = what.has_second_person;
    }
    void operator()(ledger::Provisioned const&) const {}
    void operator()(ledger::WrittenOff const&) const {}
    void operator()(ledger::Recovered const& what) const { amount(what.amount); }
    void operator()(ledger::Compensated const& what) const { amount(what.amount); }
    void operator()(ledger::SubsidyClaimed const& what) const { amount(what.amount); }
    void operator()(ledger::SubsidyReceived const& what) const { amount(what.amount); }
    void operator()(ledger::ApprovalExpired const&) const {}
};

// --- reading back

using Read = ledger::Happening (*)(json::object const&);

template <class What> ledger::Happening of_amount(json::object const& row)
{
    return What{fen_at(row, "amount_fen")};
}

template <class What> ledger::Happening of_nothing(json::object const&)
{
    return What{};
}

ledger::Happening repaid(json::object const& row)
{
    return ledger::Repaid{fen_at(row, "amount_fen"),
                          at_if_any(row, "in_advance", enum_at<ledger::InAdvance>)};
}

ledger::Happening reversed(json::object const& row)
{
    return ledger::Reversed{int_at(row, "target_sequence")};
}

ledger::Happening waived(json::object const& row)
{
    return ledger::Waived{enum_at<ledger::DebtComponent>(row, "component"),
                          fen_at(row, "amount_fen")};
}

ledger::Happening rate_changed(json::object const& row)
{
    return ledger::RateChanged{rate_at(row, "rate_ppm")};
}

ledger::Happening extended(json::object const& row)
{
    return ledger::Extended{day_at(row, "until_on"), at_if_any(row, "rate_ppm", rate_at),
                            at_if_any(row, "priced_from", day_at)};
}

ledger::Happening rescheduled(json::object const& row)
{
    return ledger::Rescheduled{
        {enum_at<ledger::Method>(row, "plan_method"),
         {int_at(row, "plan_every_count"), enum_at<ledger::PeriodUnit>(row, "plan_every_unit")},
         int_at(row, "plan_instalments"),
         at_if_any(row, "plan_first_due_on", day_at),
         int_at(row, "plan_grace_principal"),
         at_if_any(row, "rate_ppm", rate_at)}};
}

ledger::Happening interest_paused(json::object const& row)
{
    return ledger::InterestPaused{day_at(row, "until_on")};
}

ledger::Happening classified(json::object const& row)
{
    return ledger::Classified{at_if_any(row, "risk_class", enum_at<ledger::RiskClass>),
                              row.at("has_second_person").as_bool()};
}

constexpr std::pair<std::string_view, Read> readers[] = {
    {"approved", of_amount<ledger::Approved>},
    {"disbursed", of_amount<ledger::Disbursed>},
    {"repaid", repaid},
    {"reversed", reversed},
    {"overpayment_refunded", of_amount<ledger::OverpaymentRefunded>},
    {"waived", waived},
    {"cost_charged", of_amount<ledger::CostCharged>},
    {"rate_changed", rate_changed},
    {"extended", extended},
    {"rescheduled", rescheduled},
    {"interest_paused", interest_paused},
    {"misuse_declared", of_nothing<ledger::MisuseDeclared>},
    {"classified", classified},
    {"provisioned", of_nothing<ledger::Provisioned>},
    {"written_off", of_nothing<ledger::WrittenOff>},
    {"recovered", of_amount<ledger::Recovered>},
    {"compensated", of_amount<ledger::Compensated>},
    {"subsidy_claimed", of_amount<ledger::SubsidyClaimed>},
    {"subsidy_received", of_amount<ledger::SubsidyReceived>},
    {"approval_expired", of_nothing<ledger::ApprovalExpired>},
};
static_assert(std::size(readers) == std::variant_size_v<ledger::Happening>);

ledger::Happening happening_from(json::object const& row)
{
    auto const kind = text_at(row, "kind");
    for (auto const& [name, read] : readers)
        if (name == kind) return read(row);
    throw IntegrityFault{"the books hold an unknown kind of event"};
}

} // namespace

json::object row_of(ledger::LoanNumber const& loan, ledger::LoanEvent const& event)
{
    json::object row{{"loan_number", loan.text()},
                     {"sequence", event.sequence},
                     {"kind", ledger::code_of(event.what)},
                     {"value_on", event.value_on.text()},
                     {"booked_on", event.booked_on.text()}};
    std::visit(Fill{row}, event.what);
    row["document"] = event.document;
    row["reason"] = event.reason;
    return row;
}

ledger::LoanEvent event_from(json::object const& row)
{
    return {int_at(row, "sequence"),
            day_at(row, "value_on"),
            day_at(row, "booked_on"),
            happening_from(row),
            std::string{text_at(row, "document")},
            std::string{text_at(row, "reason")}};
}

} // namespace store
