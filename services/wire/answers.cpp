// The answers of the reads, one overload a query struct and one function a list.
#include "wire/answers.hpp"
#include "services/wire/parts.hpp"
#include "wire/choices.hpp"

#include <map>

namespace json = boost::json;

namespace wire {

using namespace ledger;

json::object to_json(store::CountyStatus const& county)
{
    return {
        {"county", county.county.text()},
        {"name", county.name},
        {"opened_on", or_null(county.opened_on)},
        {"closed_through", or_null(county.closed_through)},
        {"entries", county.entries},
        {"borrowers", county.borrowers},
        {"loans", county.loans},
        {"digest_algorithm", county.digest_algorithm},
    };
}

namespace {

/// Null where it is not recorded.
json::value masked(store::BorrowerCard const& card, ledger::PersonalKind kind)
{
    auto const found = card.masked.find(kind);
    return found == card.masked.end() ? json::value{} : json::value(found->second);
}

} // namespace

json::object to_json(store::BorrowerCard const& card)
{
    json::array loans;
    for (LoanNumber const& loan : card.loans) loans.emplace_back(loan.text());
    return {
        {"borrower", card.borrower.number.text()},
        {"name", card.borrower.name},
        {"resident_id", masked(card, ledger::PersonalKind::resident_id)},
        {"phone", masked(card, ledger::PersonalKind::phone)},
        {"bank_account", masked(card, ledger::PersonalKind::bank_account)},
        {"household", card.borrower.household.text()},
        {"village", card.borrower.village.text()},
        {"village_name", card.village_name},
        {"township_name", card.township_name},
        {"party_branch", card.borrower.party_branch},
        {"registered_on", card.borrower.registered_on.text()},
        {"loans", std::move(loans)},
    };
}

json::object to_json(store::FundLine const& fund)
{
    return {
        {"fund", fund.code},
        {"name", fund.name},
        {"document", fund.document},
        {"paid_in", fund.paid_in.text()},
        {"available", fund.available.text()},
        {"reserved", fund.reserved.text()},
        {"lent", fund.lent.text()},
        {"written_off", fund.written_off.text()},
        {"risk_paid_in", fund.risk_paid_in.text()},
        {"risk_available", fund.risk_available.text()},
    };
}

json::object to_json(store::LoanLine const& line)
{
    return {
        {"loan", line.number},
        {"borrower", line.borrower},
        {"borrower_name", line.borrower_name},
        {"township", line.township},
        {"township_name", line.township_name},
        {"village_name", line.village_name},
        {"purpose", line.purpose},
        {"industry", line.industry},
        {"principal", line.principal.text()},
        {"disbursed", line.disbursed.text()},
        {"outstanding", line.outstanding.text()},
        {"overdue", line.overdue.text()},
        {"disbursed_on", or_null(line.disbursed_on)},
        {"next_due_on", or_null(line.next_due_on)},
        {"status", line.status},
        {"days_past_due", line.days_past_due},
        {"rescheduled_on", or_null(line.rescheduled_on)},
        {"written_off_on", or_null(line.written_off_on)},
        {"renews", or_null(line.renews)},
        {"reserved_through", or_null(line.reserved_through)},
    };
}

json::object to_json(store::StatementLine const& line)
{
    return {
        {"entry_number", line.entry_number},
        {"booked_on", line.booked_on.text()},
        {"value_on", line.value_on.text()},
        {"recorded_at", rfc3339(line.recorded_at)},
        {"cause", line.cause},
        {"narrative", line.narrative},
        {"account", line.account_code},
        {"account_name", line.account_name},
        {"subkey", or_null(line.subkey)},
        {"side", line.side},
        {"amount", line.amount.text()},
    };
}

json::object to_json(store::EntryCard const& card)
{
    EntryRecord const& record = card.record;
    json::object out;
    out["entry_number"] = record.entry_number;
    out["county"] = record.county.text();
    out["recorded_at"] = rfc3339(record.recorded_at);
    out["actor"] = record.actor;
    out["idempotency_key"] = record.idempotency_key;
    out["subject"] = record.subject;
    out["event_sequence"] =
        record.event_sequence == 0 ? json::value{} : json::value(record.event_sequence);
    for (auto const& member : to_json(record.entry)) out[member.key()] = member.value();
    out["digest"] = card.digest;
    out["algorithm"] = card.algorithm;
    return out;
}

json::object to_json(store::EntryLine const& line)
{
    return {
        {"entry_number", line.entry_number},
        {"cause", line.cause},
        {"value_on", line.value_on.text()},
        {"booked_on", line.booked_on.text()},
        {"recorded_at", rfc3339(line.recorded_at)},
        {"actor", line.actor},
        {"subject", line.subject},
        {"event_sequence",
         line.event_sequence == 0 ? json::value{} : json::value(line.event_sequence)},
        {"narrative", line.narrative},
        {"debits", line.debits.text()},
        {"bank", line.bank.text()},
        {"borrower_name", line.borrower_name},
        {"village", line.village},
    };
}

json::object to_json(ChartLine const& line)
{
    return {
        {"code", line.code.text()},
        {"chinese", line.chinese},
        {"english", line.english},
        {"account_class", name_of(line.account_class)},
        {"normal_side", name_of(line.normal_side)},
        {"subledger", name_of(line.subledger)},
    };
}

json::object to_json(store::TrialBalanceLine const& line)
{
    return {
        {"code", line.code.text()},
        {"chinese", line.chinese},
        {"english", line.english},
        {"account_class", line.account_class},
        {"normal_side", line.normal_side},
        {"unit", line.unit},
        {"debits", minor_units_text(line.debits, line.unit)},
        {"credits", minor_units_text(line.credits, line.unit)},
        {"balance", minor_units_text(line.balance, line.unit)},
        {"accounts", line.accounts},
    };
}

json::object to_json(store::AccountBalance const& line)
{
    return {
        {"account", line.account.code.text()},
        {"subkey", or_null(line.account.subkey)},
        {"unit", line.unit},
        {"debits", minor_units_text(line.debits, line.unit)},
        {"credits", minor_units_text(line.credits, line.unit)},
    };
}

json::object to_json(store::AdministrativeUnit const& unit)
{
    return {
        {"code", unit.code},
        {"name", unit.name},
        {"parent_code", or_null(unit.parent_code)},
    };
}

json::object to_json(store::Check const& check)
{
    json::array violations;
    for (std::string const& violation : check.violations) violations.emplace_back(violation);
    return {
        {"code", check.code},
        {"chinese", check.chinese},
        {"english", check.english},
        {"examined", check.examined},
        {"is_sound", check.violation_count == 0},
        {"violation_count", check.violation_count},
        {"violations", std::move(violations)},
    };
}

json::object funds_json(std::span<store::FundLine const> funds)
{
    return listed("funds", funds);
}

json::object loans_json(std::span<store::LoanLine const> lines, int limit)
{
    json::object out = listed("loans", lines);
    bool const is_full = !lines.empty() && std::cmp_greater_equal(lines.size(), limit);
    out["next"] = is_full ? json::value(lines.back().number) : json::value{};
    return out;
}

json::object entries_json(std::span<store::EntryLine const> lines, int limit)
{
    json::object out = listed("entries", lines);
    bool const is_full = !lines.empty() && std::cmp_greater_equal(lines.size(), limit);
    out["next"] = is_full ? json::value(lines.back().entry_number) : json::value{};
    return out;
}

json::object statement_json(LoanNumber const& loan, std::span<store::StatementLine const> lines)
{
    json::object out;
    out["loan"] = loan.text();
    out["lines"] = list_of(lines);
    return out;
}

json::object chart_json(std::span<ChartLine const> lines)
{
    return listed("accounts", lines);
}

namespace {

void add_day(json::object& out, store::BalanceDay const& day)
{
    out["booked_through"] = or_null(day.booked_through);
    out["as_of"] = or_null(day.as_of);
    out["known_at"] = day.known_at ? json::value(rfc3339(*day.known_at)) : json::value{};
}

} // namespace

json::object trial_balance_json(std::span<store::TrialBalanceLine const> lines,
                                store::BalanceDay const& day)
{
    struct Sums {
        std::int64_t debits = 0;
        std::int64_t credits = 0;
    };
    std::map<std::string, Sums> by_unit;
    for (store::TrialBalanceLine const& line : lines) {
        Sums& sums = by_unit[line.unit];
        sums.debits += line.debits;
        sums.credits += line.credits;
    }
    json::array totals;
    for (auto const& [unit, sums] : by_unit) {
        totals.push_back(json::object{
            {"unit", unit},
            {"debits", minor_units_text(sums.debits, unit)},
            {"credits", minor_units_text(sums.credits, unit)},
            {"is_balanced", sums.debits == sums.credits},
        });
    }
    json::object out;
    add_day(out, day);
    out["lines"] = list_of(lines);
    out["totals"] = std::move(totals);
    return out;
}

json::object account_balances_json(std::span<store::AccountBalance const> lines,
                                   store::BalanceDay const& day)
{
    auto out = listed("accounts", lines);
    add_day(out, day);
    return out;
}

json::object administrative_units_json(std::span<store::AdministrativeUnit const> units)
{
    return listed("units", units);
}

json::object doctor_json(std::span<store::Check const> checks)
{
    bool is_sound = true;
    for (store::Check const& check : checks) is_sound = is_sound && check.violation_count == 0;
    json::object out;
    out["is_sound"] = is_sound;
    out["checks"] = list_of(checks);
    return out;
}

} // namespace wire
