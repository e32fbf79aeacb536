// Money arrives in a fund: Dr 1002 bank, Cr 2314.01 available.
// Refuses, after the shared ones: amount_must_be_positive, fund_not_found, amount_too_large (the
// fund's balance would pass the limit of an amount).
#include "ledger/lending/decisions.hpp"

namespace ledger {

namespace {

AccountCode chart_line(char const* code)
{
    auto parsed = AccountCode::parse(code);
    LEDGER_ASSERT(parsed.has_value());
    return std::move(*parsed);
}

} // namespace

Result<Effects> pay_into_fund(Situation const& now, PayIntoFund const& command)
{
    if (auto dates = check_dates(now, command.value_on, "value_on"); !dates) {
        return std::unexpected{dates.error()};
    }
    if (command.amount <= Money{}) return refuse(Refusal::amount_must_be_positive, "amount");
    if (!now.fund) return refuse(Refusal::fund_not_found, "fund");
    if (now.fund->available.fen() > money_limit_fen - command.amount.fen()) {
        return refuse(Refusal::amount_too_large, "amount", Money::fen(money_limit_fen).text());
    }

    // From here it must succeed.
    Effects effects;
    effects.fund = now.fund;
    effects.fund->available += command.amount;
    effects.entry = JournalEntry::balanced(
        Cause::fund_payment, command.value_on, now.booked_on, "资金到账 " + command.document,
        {debit({chart_line("1002"), {}}, command.amount),
         credit({chart_line("2314.01"), command.fund.text()}, command.amount)});
    return effects;
}

} // namespace ledger
