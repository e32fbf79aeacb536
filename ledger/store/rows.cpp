// Rows of facts: borrowers, funds, loans with their terms. Column names are those of
// sql/migrations; a term that is absent is null there.
#include "ledger/store/rows.hpp"

#include "ledger/store/spelling.hpp"

namespace store {

namespace json = boost::json;
using ledger::Date;
using ledger::Money;
using ledger::Rate;

namespace {

template <class T, class Text> json::value optional_value(std::optional<T> const& value, Text text)
{
    if (!value) return nullptr;
    return text(*value);
}

json::value date_or_null(std::optional<Date> const& date)
{
    return optional_value(date, [](Date d) { return json::value(d.text()); });
}

json::array dates(std::vector<Date> const& days)
{
    json::array texts;
    for (Date const day : days) texts.emplace_back(day.text());
    return texts;
}

void add_terms(json::object& row, ledger::Terms const& terms)
{
    json::array from, ppm;
    for (auto const& step : terms.rate_steps) {
        from.emplace_back(step.from.text());
        ppm.emplace_back(step.annual_rate.ppm());
    }
    row["principal_fen"] = terms.principal.fen();
    row["annual_rate_ppm"] = terms.annual_rate.ppm();
    row["rate_step_from"] = std::move(from);
    row["rate_step_ppm"] = std::move(ppm);
    row["method"] = spelled(terms.method);
    row["interest"] = spelled(terms.interest);
    row["day_count"] = spelled(terms.day_count);
    row["interest_per"] = spelled(terms.interest_per);
    row["every_count"] = terms.every.count;
    row["every_unit"] = spelled(terms.every.unit);
    row["instalments"] = terms.instalments;
    row["first_due_on"] = date_or_null(terms.first_due_on);
    row["due_on"] = dates(terms.due_on);
    row["settlement_day"] =
        optional_value(terms.settlement_day, [](int day) { return json::value(day); });
    row["month_end"] = spelled(terms.month_end);
    row["instalment_fen"] =
        optional_value(terms.instalment, [](Money m) { return json::value(m.fen()); });
    row["grace_principal"] = terms.grace.principal;
    row["grace_interest_payment"] = terms.grace.interest_payment;
    row["grace_interest_free"] = terms.grace.interest_free;
    row["instalment_multiple_fen"] = terms.instalment_multiple.fen();
    row["down_payment_ppm"] = terms.down_payment.ppm();
    row["rounding"] = spelled(terms.rounding);
    row["remainder_to"] = spelled(terms.remainder_to);
}

// --- reading back

std::string_view text_at(json::object const& row, std::string_view column)
{
    return row.at(column).as_string();
}

std::int64_t number_at(json::object const& row, std::string_view column)
{
    return row.at(column).as_int64();
}

int int_at(json::object const& row, std::string_view column)
{
    return static_cast<int>(number_at(row, column));
}

std::optional<Date> date_at(json::object const& row, std::string_view column)
{
    if (row.at(column).is_null()) return std::nullopt;
    return stored<Date>(text_at(row, column));
}

ledger::Terms terms_from(json::object const& row)
{
    ledger::Terms terms;
    terms.principal = Money::fen(number_at(row, "principal_fen"));
    terms.annual_rate = Rate::ppm(number_at(row, "annual_rate_ppm"));
    auto const& from = row.at("rate_step_from").as_array();
    auto const& ppm = row.at("rate_step_ppm").as_array();
    for (std::size_t i = 0; i < from.size(); ++i)
        terms.rate_steps.push_back(
            {stored<Date>(from[i].as_string()), Rate::ppm(ppm.at(i).as_int64())});
    terms.method = enum_from<ledger::Method>(text_at(row, "method"));
    terms.interest = enum_from<ledger::InterestBasis>(text_at(row, "interest"));
    terms.day_count = enum_from<ledger::DayCount>(text_at(row, "day_count"));
    terms.interest_per = enum_from<ledger::InterestPer>(text_at(row, "interest_per"));
    terms.every = {int_at(row, "every_count"),
                   enum_from<ledger::PeriodUnit>(text_at(row, "every_unit"))};
    terms.instalments = int_at(row, "instalments");
    terms.first_due_on = date_at(row, "first_due_on");
    for (auto const& day : row.at("due_on").as_array())
        terms.due_on.push_back(stored<Date>(day.as_string()));
    if (!row.at("settlement_day").is_null()) terms.settlement_day = int_at(row, "settlement_day");
    terms.month_end = enum_from<ledger::MonthEnd>(text_at(row, "month_end"));
    if (!row.at("instalment_fen").is_null())
        terms.instalment = Money::fen(number_at(row, "instalment_fen"));
    terms.grace = {int_at(row, "grace_principal"), int_at(row, "grace_interest_payment"),
                   int_at(row, "grace_interest_free")};
    terms.instalment_multiple = Money::fen(number_at(row, "instalment_multiple_fen"));
    terms.down_payment = Rate::ppm(number_at(row, "down_payment_ppm"));
    terms.rounding = enum_from<ledger::Rounding>(text_at(row, "rounding"));
    terms.remainder_to = enum_from<ledger::RemainderTo>(text_at(row, "remainder_to"));
    return terms;
}

ledger::Happening happening_from(json::object const& row)
{
    auto const kind = text_at(row, "kind");
    if (kind == "reversed") return ledger::Reversed{int_at(row, "target_sequence")};
    Money const amount = Money::fen(number_at(row, "amount_fen"));
    if (kind == "approved") return ledger::Approved{amount};
    if (kind == "disbursed") return ledger::Disbursed{amount};
    if (kind == "repaid") return ledger::Repaid{amount};
    throw IntegrityFault{"the books hold an unknown kind of event"};
}

} // namespace

json::object row_of(ledger::Borrower const& borrower)
{
    return {{"borrower_number", borrower.number.text()},
            {"name", borrower.name},
            {"resident_id", borrower.resident_id.reveal()},
            {"household_number", borrower.household.text()},
            {"village_code", borrower.village.text()},
            {"party_branch", borrower.party_branch},
            {"registered_on", borrower.registered_on.text()}};
}

json::object row_of(ledger::Fund const& fund)
{
    return {{"fund_code", fund.code.text()},
            {"name", fund.name},
            {"document", fund.document},
            {"opened_on", fund.opened_on.text()}};
}

json::object row_of(ledger::Loan const& loan)
{
    json::object row{{"loan_number", loan.number.text()},
                     {"borrower_number", loan.borrower.text()},
                     {"fund_code", loan.fund.text()},
                     {"proposed_on", loan.proposed_on.text()},
                     {"purpose", loan.purpose},
                     {"industry", loan.industry},
                     {"village_code", loan.village.text()},
                     {"rules_version", loan.rules_version},
                     {"penalty_margin_ppm", loan.penalty_margin_ppm},
                     {"allocation_order", spelled(loan.allocation_order)}};
    add_terms(row, loan.terms);
    return row;
}

ledger::Loan loan_from(json::object const& row)
{
    ledger::Loan loan;
    loan.number = stored<ledger::LoanNumber>(text_at(row, "loan_number"));
    loan.borrower = stored<ledger::BorrowerNumber>(text_at(row, "borrower_number"));
    loan.fund = stored<ledger::FundCode>(text_at(row, "fund_code"));
    loan.proposed_on = stored<Date>(text_at(row, "proposed_on"));
    loan.purpose = text_at(row, "purpose");
    loan.industry = text_at(row, "industry");
    loan.village = stored<ledger::UnitCode>(text_at(row, "village_code"));
    loan.terms = terms_from(row);
    loan.rules_version = int_at(row, "rules_version");
    loan.penalty_margin_ppm = number_at(row, "penalty_margin_ppm");
    loan.allocation_order = enum_from<ledger::AllocationOrder>(text_at(row, "allocation_order"));
    for (auto const& value : row.at("events").as_array()) {
        auto const& event = value.as_object();
        loan.events.push_back({int_at(event, "sequence"), stored<Date>(text_at(event, "value_on")),
                               stored<Date>(text_at(event, "booked_on")), happening_from(event)});
        if (loan.events.back().sequence != static_cast<int>(loan.events.size()))
            throw IntegrityFault{"a loan's events have a gap: " + loan.number.text()};
    }
    if (auto const& position = row.at("position"); !position.is_null()) {
        auto const& held = position.as_object();
        for (auto const p : ledger::all_positions())
            loan.booked[p] = Money::fen(number_at(held, ledger::code_of(p)));
        loan.recognised_on = date_at(held, "recognised_on");
    }
    return loan;
}

json::object standing_row(ledger::Loan const& loan, Date day, int sequence)
{
    auto const state = ledger::fold(loan, day);
    json::array due_on, fen;
    for (auto const& instalment : state.instalments) {
        Money const unpaid = instalment.principal_due - instalment.principal_paid;
        if (instalment.paid_on && unpaid.is_zero()) continue;
        due_on.emplace_back(instalment.planned.due_on.text());
        fen.emplace_back(unpaid.fen());
    }
    auto const& held = state.positions;
    Money const interest_received =
        held[ledger::Position::bank] + held.principal() - held[ledger::Position::overpayment];
    return {{"loan_number", loan.number.text()},
            {"effective_on", day.text()},
            {"sequence", sequence},
            {"status", ledger::code_of(state.status)},
            {"disbursed_fen", state.disbursed.fen()},
            {"disbursed_on", date_or_null(state.disbursed_on)},
            {"outstanding_fen", held.principal().fen()},
            {"interest_received_fen", interest_received.fen()},
            {"oldest_unpaid_due_on", date_or_null(state.oldest_unpaid_due_on)},
            {"unpaid_due_on", std::move(due_on)},
            {"unpaid_principal_fen", std::move(fen)}};
}

json::array standing_rows(ledger::Loan const& after, ledger::LoanEvent const& event)
{
    Date first = event.value_on;
    if (auto const* reversed = std::get_if<ledger::Reversed>(&event.what))
        for (auto const& other : after.events)
            if (other.sequence == reversed->sequence) first = std::min(first, other.value_on);
    std::vector<Date> days{first};
    for (auto const& other : after.events)
        if (other.value_on > first) days.push_back(other.value_on);
    std::ranges::sort(days);
    auto const repeated = std::ranges::unique(days);
    days.erase(repeated.begin(), repeated.end());
    json::array rows;
    for (Date const day : days) rows.push_back(standing_row(after, day, event.sequence));
    return rows;
}

} // namespace store
