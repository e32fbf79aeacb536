// The commands that most store tests begin with.
#include "tests/support/desk.hpp"

#include "tests/support/keys.hpp"

#include <catch2/catch.hpp>

namespace test {

std::string first_village()
{
    return "530921101001";
}

ledger::ResidentId invented_resident(int serial)
{
    std::string digits = std::to_string(1000 + serial).substr(1);
    std::string text = "53092119000101" + digits;
    text += ledger::resident_id_check_digit(text);
    return *ledger::ResidentId::parse(text);
}

ledger::Terms plain_terms()
{
    ledger::Terms terms;
    terms.principal = yuan("100000.00");
    terms.annual_rate = *ledger::Rate::parse("4.75");
    terms.method = ledger::Method::equal_instalments;
    terms.every = {1, ledger::PeriodUnit::month};
    terms.instalments = 24;
    return terms;
}

ledger::RegisterBorrower register_borrower(int n)
{
    std::string const digits = std::to_string(n);
    return {id<ledger::BorrowerNumber>("B" + digits),
            "甲" + digits,
            invented_resident(n),
            id<ledger::HouseholdNumber>("H" + digits),
            id<ledger::UnitCode>(first_village()),
            "复兴村党支部"};
}

ledger::ProposeLoan propose(int n, ledger::Date day)
{
    std::string const digits = std::to_string(n);
    return {loan_number("L" + digits),
            id<ledger::BorrowerNumber>("B" + digits),
            id<ledger::FundCode>("F1"),
            day,
            "养牛",
            "cattle",
            plain_terms()};
}

ledger::RecordEvent approve(ledger::LoanNumber const& loan, ledger::Money amount, ledger::Date day)
{
    return {loan, day, ledger::Approved{amount}};
}

ledger::RecordEvent disburse(ledger::LoanNumber const& loan, ledger::Money amount, ledger::Date day)
{
    return {loan, day, ledger::Disbursed{amount}};
}

ledger::RecordEvent repay(ledger::LoanNumber const& loan, ledger::Money amount, ledger::Date day)
{
    return {loan, day, ledger::Repaid{amount}};
}

ledger::RecordEvent event_on(ledger::LoanNumber const& loan, ledger::Date day,
                             ledger::Happening what)
{
    return {loan, day, std::move(what), "县扶〔2015〕1号", "镇里核实"};
}

Desk::Desk(std::string url, std::string prefix)
    : app{url, store::Role::app}
    , reader{url, store::Role::reader}
    , auditor{url, store::Role::auditor}
    , prefix_{std::move(prefix)}
{
    for (store::Database* const each : {&app, &reader, &auditor}) each->seal_with(sealing());
}

store::Envelope Desk::envelope(ledger::Command command, ledger::Date booked_on)
{
    store::Envelope envelope;
    envelope.county = fengqing();
    envelope.idempotency_key = prefix_ + "-key-" + std::to_string(++next_key_);
    envelope.actor = "clerk";
    envelope.booked_on = booked_on;
    envelope.command = std::move(command);
    return envelope;
}

store::Outcome Desk::one(ledger::Command command, ledger::Date booked_on)
{
    store::Envelope const sent = envelope(std::move(command), booked_on);
    store::ExecuteOptions options;
    options.on_fault = [this](std::string const& fault) { faults += fault + "\n"; };
    return store::execute(app, {&sent, 1}, options).front();
}

store::Receipt Desk::booked(ledger::Command command, ledger::Date booked_on)
{
    auto const outcome = one(std::move(command), booked_on);
    if (auto const* refused = std::get_if<ledger::Refused>(&outcome.answer)) {
        INFO(ledger::name_of(refused->code)
             << " " << refused->field << " " << refused->limit << "\n"
             << faults);
        REQUIRE(outcome.is_booked());
    }
    return std::get<store::Receipt>(outcome.answer);
}

ledger::Refusal Desk::refused(ledger::Command command, ledger::Date booked_on)
{
    auto const outcome = one(std::move(command), booked_on);
    REQUIRE_FALSE(outcome.is_booked());
    return std::get<ledger::Refused>(outcome.answer).code;
}

void Desk::open(int borrowers, ledger::Date day)
{
    booked(ledger::OpenFund{id<ledger::FundCode>("F1"), "扶贫再贷款资金", "待县里确认"}, day);
    booked(ledger::PayIntoFund{id<ledger::FundCode>("F1"), yuan("1000000.00"), day, "进账单"}, day);
    for (int n = 1; n <= borrowers; ++n) booked(register_borrower(n), day);
}

void Desk::lend(int n, ledger::Date day, char const* amount)
{
    auto const loan = loan_number("L" + std::to_string(n));
    booked(propose(n, day), day);
    booked(approve(loan, yuan(amount), day), day);
    booked(disburse(loan, yuan(amount), day), day);
}

std::string complaints(store::Database& auditor)
{
    std::string text;
    for (auto const& check : store::doctor(auditor, fengqing())) {
        if (check.violation_count == 0) continue;
        text += check.code + ":";
        for (auto const& violation : check.violations) text += " [" + violation + "]";
        text += "\n";
    }
    return text;
}

} // namespace test
