// Rows of facts: borrowers, funds, loans with their terms. Column names are those of
// sql/migrations; a term that is absent is null there.
#include "ledger/store/rows.hpp"

#include "ledger/store/columns.hpp"
#include "ledger/store/pinyin.hpp"

namespace store {

namespace json = boost::json;
using ledger::Date;
using ledger::Money;
using ledger::Rate;

namespace {

json::array dates(std::vector<Date> const& days)
{
    json::array texts;
    for (Date const day : days) texts.emplace_back(day.text());
    return texts;
}

void add_rates(json::object& row, ledger::Terms const& terms)
{
    json::array from, ppm;
    for (auto const& step : terms.rate_steps) {
        from.emplace_back(step.from.text());
        ppm.emplace_back(step.annual_rate.ppm());
    }
    row["annual_rate_ppm"] = terms.annual_rate.ppm();
    row["rate_step_from"] = std::move(from);
    row["rate_step_ppm"] = std::move(ppm);
    if (!terms.pricing) return;
    row["pricing_reset"] = spelled(terms.pricing->reset);
    row["pricing_tier"] = terms.pricing->tier;
    row["pricing_points_ppm"] = terms.pricing->points_ppm;
    row["pricing_multiple_ppm"] = terms.pricing->multiple_ppm;
}

/// One element a part in each column.
void add_principal_plan(json::object& row, ledger::Terms const& terms)
{
    json::array on, count, unit, share, amount;
    for (auto const& part : terms.principal_plan) {
        on.push_back(date_or_null(part.on));
        count.push_back(value_or_null(part.after, [](auto const& after) { return after.count; }));
        unit.push_back(
            value_or_null(part.after, [](auto const& after) { return spelled(after.unit); }));
        share.emplace_back(part.share_ppm);
        amount.emplace_back(part.amount.fen());
    }
    row["part_on"] = std::move(on);
    row["part_after_count"] = std::move(count);
    row["part_after_unit"] = std::move(unit);
    row["part_share_ppm"] = std::move(share);
    row["part_amount_fen"] = std::move(amount);
}

void add_terms(json::object& row, ledger::Terms const& terms)
{
    row["principal_fen"] = terms.principal.fen();
    add_rates(row, terms);
    row["method"] = spelled(terms.method);
    row["interest"] = spelled(terms.interest);
    row["day_count"] = spelled(terms.day_count);
    row["interest_per"] = spelled(terms.interest_per);
    row["every_count"] = terms.every.count;
    row["every_unit"] = spelled(terms.every.unit);
    row["instalments"] = terms.instalments;
    row["first_due_on"] = date_or_null(terms.first_due_on);
    row["due_on"] = dates(terms.due_on);
    row["settlement_day"] = value_or_null(terms.settlement_day, [](int day) { return day; });
    row["matures_on"] = date_or_null(terms.matures_on);
    row["stub"] = spelled(terms.stub);
    row["due_day"] = spelled(terms.due_day);
    row["interest_follows"] = terms.interest_follows;
    row["month_end"] = spelled(terms.month_end);
    row["instalment_fen"] = value_or_null(terms.instalment, [](Money m) { return m.fen(); });
    row["principal_every"] = terms.principal_every;
    add_principal_plan(row, terms);
    row["grace_principal"] = terms.grace.principal;
    row["grace_interest_payment"] = terms.grace.interest_payment;
    row["grace_interest_free"] = terms.grace.interest_free;
    row["instalment_multiple_fen"] = terms.instalment_multiple.fen();
    row["down_payment_ppm"] = terms.down_payment.ppm();
    row["rounding"] = spelled(terms.rounding);
    row["remainder_to"] = spelled(terms.remainder_to);
    if (!terms.subsidy_scheme.empty()) row["subsidy_scheme"] = terms.subsidy_scheme;
}

// --- reading back

void read_rates(json::object const& row, ledger::Terms& terms)
{
    terms.annual_rate = rate_at(row, "annual_rate_ppm");
    auto const& from = row.at("rate_step_from").as_array();
    auto const& ppm = row.at("rate_step_ppm").as_array();
    for (std::size_t i = 0; i < from.size(); ++i)
        terms.rate_steps.push_back(
            {stored<Date>(from[i].as_string()), Rate::ppm(ppm.at(i).as_int64())});
    if (is_null_at(row, "pricing_reset")) return;
    terms.pricing = {enum_at<ledger::RateReset>(row, "pricing_reset"),
                     std::string{text_at(row, "pricing_tier")},
                     number_at(row, "pricing_points_ppm"), number_at(row, "pricing_multiple_ppm")};
}

void read_principal_plan(json::object const& row, ledger::Terms& terms)
{
    auto const& on = row.at("part_on").as_array();
    auto const& count = row.at("part_after_count").as_array();
    auto const& unit = row.at("part_after_unit").as_array();
    auto const& share = row.at("part_share_ppm").as_array();
    auto const& amount = row.at("part_amount_fen").as_array();
    for (std::size_t i = 0; i < share.size(); ++i) {
        ledger::PrincipalPart part;
        if (!on.at(i).is_null()) part.on = stored<Date>(on[i].as_string());
        if (!count.at(i).is_null())
            part.after = {static_cast<int>(count[i].as_int64()),
                          enum_from<ledger::PeriodUnit>(unit.at(i).as_string())};
        part.share_ppm = share[i].as_int64();
        part.amount = Money::fen(amount.at(i).as_int64());
        terms.principal_plan.push_back(part);
    }
}

ledger::Terms terms_from(json::object const& row)
{
    ledger::Terms terms;
    terms.principal = fen_at(row, "principal_fen");
    read_rates(row, terms);
    terms.method = enum_at<ledger::Method>(row, "method");
    terms.interest = enum_at<ledger::InterestBasis>(row, "interest");
    terms.day_count = enum_at<ledger::DayCount>(row, "day_count");
    terms.interest_per = enum_at<ledger::InterestPer>(row, "interest_per");
    terms.every = {int_at(row, "every_count"), enum_at<ledger::PeriodUnit>(row, "every_unit")};
    terms.instalments = int_at(row, "instalments");
    terms.first_due_on = at_if_any(row, "first_due_on", day_at);
    for (auto const& day : row.at("due_on").as_array())
        terms.due_on.push_back(stored<Date>(day.as_string()));
    terms.settlement_day = at_if_any(row, "settlement_day", int_at);
    terms.matures_on = at_if_any(row, "matures_on", day_at);
    terms.stub = enum_at<ledger::Stub>(row, "stub");
    terms.due_day = enum_at<ledger::DueDay>(row, "due_day");
    terms.interest_follows = row.at("interest_follows").as_bool();
    terms.month_end = enum_at<ledger::MonthEnd>(row, "month_end");
    terms.instalment = at_if_any(row, "instalment_fen", fen_at);
    terms.principal_every = int_at(row, "principal_every");
    read_principal_plan(row, terms);
    terms.grace = {int_at(row, "grace_principal"), int_at(row, "grace_interest_payment"),
                   int_at(row, "grace_interest_free")};
    terms.instalment_multiple = fen_at(row, "instalment_multiple_fen");
    terms.down_payment = rate_at(row, "down_payment_ppm");
    terms.rounding = enum_at<ledger::Rounding>(row, "rounding");
    terms.remainder_to = enum_at<ledger::RemainderTo>(row, "remainder_to");
    if (!is_null_at(row, "subsidy_scheme")) terms.subsidy_scheme = text_at(row, "subsidy_scheme");
    return terms;
}

void read_history(json::object const& row, ledger::Loan& loan)
{
    for (auto const& value : row.at("events").as_array()) {
        loan.events.push_back(event_from(value.as_object()));
        if (loan.events.back().sequence != static_cast<int>(loan.events.size()))
            throw IntegrityFault{"a loan's events have a gap: " + loan.number.text()};
    }
    if (auto const& position = row.at("position"); !position.is_null()) {
        auto const& held = position.as_object();
        for (auto const p : ledger::all_positions())
            loan.booked[p] = fen_at(held, ledger::code_of(p));
        loan.recognised_on = at_if_any(held, "recognised_on", day_at);
    }
}

} // namespace

json::object row_of(ledger::Borrower const& borrower)
{
    return {{"borrower_number", borrower.number.text()},
            {"name", borrower.name},
            {"household_number", borrower.household.text()},
            {"village_code", borrower.village.text()},
            {"party_branch", borrower.party_branch},
            {"registered_on", borrower.registered_on.text()},
            {"name_initials", pinyin_initials(borrower.name)}};
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
                     {"renewal", loan.renewal}};
    if (loan.renews) row["renews"] = loan.renews->text();
    add_terms(row, loan.terms);
    return row;
}

ledger::Loan loan_from(json::object const& row, std::shared_ptr<ledger::Programme const> programme)
{
    ledger::Loan loan;
    loan.number = stored<ledger::LoanNumber>(text_at(row, "loan_number"));
    loan.borrower = stored<ledger::BorrowerNumber>(text_at(row, "borrower_number"));
    loan.fund = stored<ledger::FundCode>(text_at(row, "fund_code"));
    loan.proposed_on = day_at(row, "proposed_on");
    loan.purpose = text_at(row, "purpose");
    loan.industry = text_at(row, "industry");
    loan.village = stored<ledger::UnitCode>(text_at(row, "village_code"));
    loan.terms = terms_from(row);
    loan.rules_version = int_at(row, "rules_version");
    if (!is_null_at(row, "renews"))
        loan.renews = stored<ledger::LoanNumber>(text_at(row, "renews"));
    loan.renewal = int_at(row, "renewal");
    loan.programme = std::move(programme);
    if (loan.programme->rules_of_version(loan.rules_version) == nullptr)
        throw IntegrityFault{"a loan's rules are not there: " + loan.number.text()};
    if (!loan.terms.subsidy_scheme.empty() &&
        loan.programme->subsidy_scheme(loan.terms.subsidy_scheme) == nullptr)
        throw IntegrityFault{"a loan's subsidy scheme is not there: " + loan.number.text()};
    read_history(row, loan);
    return loan;
}

} // namespace store
