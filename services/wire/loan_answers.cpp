// A loan and its parts as JSON: the receipt, the card, the journal entry, the explanation.
#include "services/wire/parts.hpp"
#include "wire/answers.hpp"
#include "wire/choices.hpp"
#include "wire/happenings.hpp"
#include "wire/programme.hpp"
#include "wire/terms.hpp"

#include <algorithm>

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

/// The events of the days up to the state's, each repayment with how it was used; null where it is
/// not in force.
json::array events_json(Loan const& loan, LoanState const& state)
{
    json::array events;
    for (LoanEvent const& event : loan.events) {
        if (event.value_on > state.as_of) continue;
        json::object out = to_json(event);
        auto const used = std::ranges::find(state.allocations, event.sequence,
                                            &std::pair<int, Allocation>::first);
        out["allocation"] =
            used == state.allocations.end() ? json::value{} : json::value(to_json(used->second));
        auto const reversal = std::ranges::find_if(loan.events, [&event](LoanEvent const& later) {
            auto const* const reversed = std::get_if<Reversed>(&later.what);
            return reversed != nullptr && reversed->sequence == event.sequence;
        });
        bool const is_reversed = reversal != loan.events.end();
        out["is_reversed"] = is_reversed;
        out["reversed_by"] = is_reversed ? json::value(reversal->sequence) : json::value{};
        events.push_back(std::move(out));
    }
    return events;
}

/// Which figures of the portfolio at risk count the loan; a written-off one is off the books.
json::object at_risk_json(LoanState const& state)
{
    bool const is_lent = state.positions.principal() > Money{};
    auto const later_than = [&](int days) { return is_lent && state.days_past_due > days; };
    return {
        {"par1", later_than(0)},
        {"par30", later_than(30)},
        {"par90", later_than(90)},
        {"par180", later_than(180)},
        {"is_rescheduled", state.rescheduled_on.has_value()},
    };
}

} // namespace

json::object to_json(store::Receipt const& receipt)
{
    json::object out;
    out["command"] = receipt.command;
    out["subject"] = receipt.subject;
    out["entry_number"] = receipt.entry_number ? json::value(*receipt.entry_number) : json::value{};
    out["event_sequence"] =
        receipt.event_sequence ? json::value(*receipt.event_sequence) : json::value{};
    out["booked_on"] = receipt.booked_on.text();
    out["value_on"] = or_null(receipt.value_on);
    out["recorded_at"] = rfc3339(receipt.recorded_at);
    out["allocation"] =
        receipt.allocation ? json::value(to_json(*receipt.allocation)) : json::value{};
    out["principal_outstanding"] = or_null(receipt.principal_outstanding);
    out["fund_available"] = or_null(receipt.fund_available);
    out["entry_digest"] = or_null(receipt.entry_digest);
    out["warnings"] = list_of(receipt.warnings);
    return out;
}

json::object to_json(store::Closing const& closing)
{
    json::array failed;
    for (auto const& [loan, refused] : closing.failed) {
        failed.push_back(json::object{{"loan", loan.text()}, {"refusal", to_json(refused)}});
    }
    return {
        {"day", closing.day.text()},
        {"accruals_posted", closing.accruals_posted},
        {"provisions_posted", closing.provisions_posted},
        {"approvals_expired", closing.approvals_expired},
        {"failed", std::move(failed)},
        {"was_closed_already", closing.was_closed_already},
    };
}

json::object closings_json(std::span<store::Closing const> closings)
{
    return listed("closings", closings);
}

json::object to_json(Allocation const& allocation)
{
    return {
        {"cost", allocation.cost.text()},           {"penalty", allocation.penalty.text()},
        {"compound", allocation.compound.text()},   {"interest", allocation.interest.text()},
        {"principal", allocation.principal.text()}, {"overpayment", allocation.overpayment.text()},
        {"order", to_json(allocation.order)},       {"by", name_of(allocation.order.by)},
    };
}

json::object to_json(Owed const& owed)
{
    return {
        {"cost", owed.cost.text()},           {"penalty", owed.penalty.text()},
        {"compound", owed.compound.text()},   {"interest", owed.interest.text()},
        {"principal", owed.principal.text()},
    };
}

json::object to_json(Positions const& positions)
{
    json::object out;
    for (Position const position : all_positions()) {
        std::string_view const code = code_of(position);
        out[json::string_view{code.data(), code.size()}] = positions[position].text();
    }
    return out;
}

json::object to_json(InstalmentState const& state)
{
    Instalment const& planned = state.planned;
    return {
        {"number", planned.number},
        {"from", planned.span.from.text()},
        {"until", planned.span.until.text()},
        {"days", planned.days},
        {"due_on", planned.due_on.text()},
        {"planned_principal", planned.principal.text()},
        {"planned_interest", planned.interest.text()},
        {"principal_due", state.principal_due.text()},
        {"interest_due", state.interest_due.text()},
        {"principal_paid", state.principal_paid.text()},
        {"interest_paid", state.interest_paid.text()},
        {"interest_waived", state.interest_waived.text()},
        {"paid_on", or_null(state.paid_on)},
    };
}

json::object to_json(LoanEvent const& event)
{
    json::object out;
    out["sequence"] = event.sequence;
    out["type"] = code_of(event.what);
    out["value_on"] = event.value_on.text();
    out["booked_on"] = event.booked_on.text();
    describe(out, event.what);
    out["document"] = or_null(event.document);
    out["reason"] = or_null(event.reason);
    return out;
}

json::object to_json(Posting const& posting)
{
    return {
        {"account", posting.account.code.text()},
        {"subkey", or_null(posting.account.subkey)},
        {"side", name_of(posting.side)},
        {"unit", code_of(posting.unit)},
        {"amount", minor_units_text(posting.minor_units, code_of(posting.unit))},
    };
}

json::object to_json(JournalEntry const& entry)
{
    return {
        {"cause", code_of(entry.cause())},       {"value_on", entry.value_on().text()},
        {"booked_on", entry.booked_on().text()}, {"narrative", entry.narrative()},
        {"postings", list_of(entry.postings())},
    };
}

json::object to_json(Input const& input)
{
    return {{"name", input.name}, {"value", input.value}};
}

json::object to_json(Basis const& basis)
{
    return {
        {"name", basis.name},
        {"rules_version",
         basis.rules_version == 0 ? json::value{} : json::value(basis.rules_version)},
        {"document", or_null(basis.document)},
    };
}

json::object to_json(Explanation const& step)
{
    return {
        {"from", step.from.text()},
        {"on", step.on.text()},
        {"figure", step.figure},
        {"formula", step.formula},
        {"formula_english", step.formula_english},
        {"inputs", list_of(step.inputs)},
        {"exact_fen", or_null(step.exact)},
        {"amount", step.amount.text()},
        {"event_sequence",
         step.event_sequence == 0 ? json::value{} : json::value(step.event_sequence)},
        {"bases", list_of(step.bases)},
        {"entries", json::array(step.entries.begin(), step.entries.end())},
    };
}

json::object to_json(LoanState const& state)
{
    json::object out;
    out["as_of"] = state.as_of.text();
    out["status"] = code_of(state.status);
    out["approved"] = state.approved.text();
    out["reserved_through"] = or_null(state.reserved_through);
    out["disbursed"] = state.disbursed.text();
    out["disbursed_on"] = or_null(state.disbursed_on);
    out["matures_on"] = or_null(state.matures_on);
    out["annual_rate"] = state.annual_rate.text();
    out["principal_outstanding"] = state.positions.principal().text();
    out["days_past_due"] = state.days_past_due;
    out["oldest_unpaid_due_on"] = or_null(state.oldest_unpaid_due_on);
    out["risk_class"] = code_of(state.risk_class);
    out["at_risk"] = at_risk_json(state);
    out["non_accrual_since"] = or_null(state.non_accrual_since);
    out["written_off_on"] = or_null(state.written_off_on);
    out["rescheduled_on"] = or_null(state.rescheduled_on);
    out["extensions"] = state.extensions;
    out["subsidy"] = state.subsidy.text();
    out["owed"] = to_json(state.owed);
    out["payoff"] = state.payoff.text();
    out["positions"] = to_json(state.positions);
    out["instalments"] = list_of(state.instalments);
    return out;
}

json::object loan_card_json(Loan const& loan, LoanState const& state)
{
    json::object out;
    out["loan"] = loan.number.text();
    out["borrower"] = loan.borrower.text();
    out["fund"] = loan.fund.text();
    out["proposed_on"] = loan.proposed_on.text();
    out["purpose"] = loan.purpose;
    out["industry"] = loan.industry;
    out["village"] = loan.village.text();
    out["renews"] = loan.renews ? json::value(loan.renews->text()) : json::value{};
    out["renewal"] = loan.renewal;
    out["rules"] = to_json(loan.rules());
    out["terms"] = to_json(loan.terms);
    out["signed_rate"] = loan.terms.annual_rate.text();
    for (auto const& member : to_json(state)) out[member.key()] = member.value();
    out["booked_positions"] = to_json(loan.booked);
    out["recognised_on"] = or_null(loan.recognised_on);
    out["events"] = events_json(loan, state);
    return out;
}

json::object payoff_json(Loan const& loan, LoanState const& state)
{
    return {
        {"loan", loan.number.text()},
        {"on", state.as_of.text()},
        {"status", code_of(state.status)},
        {"payoff", state.payoff.text()},
        {"held", (state.owed.total() - state.payoff).text()},
        {"owed", to_json(state.owed)},
        {"days_past_due", state.days_past_due},
        {"annual_rate", state.annual_rate.text()},
    };
}

json::object preview_json(std::string_view command, Preview const& preview)
{
    json::array changes;
    for (AllocationChange const& change : preview.allocations) {
        json::object out;
        out["sequence"] = change.sequence;
        out["before"] = change.before ? json::value(to_json(*change.before)) : json::value{};
        out["after"] = change.after ? json::value(to_json(*change.after)) : json::value{};
        changes.push_back(std::move(out));
    }
    return {
        {"command", command},
        {"as_of", preview.before.as_of.text()},
        {"before", to_json(preview.before)},
        {"after", to_json(preview.after)},
        {"entry", preview.entry ? json::value(to_json(*preview.entry)) : json::value{}},
        {"allocations", std::move(changes)},
    };
}

json::object explanation_json(Loan const& loan, Date as_of, std::span<Explanation const> steps)
{
    return {
        {"loan", loan.number.text()},
        {"as_of", as_of.text()},
        {"steps", list_of(steps)},
    };
}

} // namespace wire
