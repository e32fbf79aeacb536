// Money arrives in a fund: Dr 1002 bank, Cr 2314.01 available; or in the risk-compensation fund
// that stands behind it: Dr 1002, Cr 2701. Refuses, after the shared ones: amount_must_be_positive,
// fund_not_found, amount_too_large (the fund's balance would pass the limit of an amount).
#include "ledger/lending/decisions.hpp"

namespace ledger {

namespace {

AccountCode chart_line(char const* code)
{
    auto parsed = AccountCode::parse(code);
    LEDGER_ASSERT(parsed.has_value());
    return std::move(*parsed);
}

struct Payment {
    Cause cause;
    char const* account;
    char const* narrative;
    Money Fund::* balance;
};
constexpr Payment into_fund{Cause::fund_payment, "2314.01", "资金到账 ", &Fund::available};
constexpr Payment into_risk_fund{Cause::risk_fund_payment, "2701", "风险补偿金到账 ",
                                 &Fund::risk_available};

Result<Effects> paid_in(Situation const& now, PayIntoFund const& command, Payment const& payment)
{
    if (auto dates = check_dates(now, command.value_on, "value_on"); !dates) {
        return std::unexpected{dates.error()};
    }
    if (command.amount <= Money{}) return refuse(Refusal::amount_must_be_positive, "amount");
    if (!now.fund) return refuse(Refusal::fund_not_found, "fund");
    Money const before = (*now.fund).*payment.balance;
    if (before.fen() > money_limit_fen - command.amount.fen()) {
        return refuse(Refusal::amount_too_large, "amount", Money::fen(money_limit_fen).text());
    }

    // From here it must succeed.
    Effects effects;
    effects.fund = now.fund;
    (*effects.fund).*payment.balance = before + command.amount;
    effects.entry = JournalEntry::balanced(
        payment.cause, command.value_on, now.booked_on, payment.narrative + command.document,
        {debit({chart_line("1002"), {}}, command.amount),
         credit({chart_line(payment.account), command.fund.text()}, command.amount)});
    return effects;
}

} // namespace

Result<Effects> pay_into_fund(Situation const& now, PayIntoFund const& command)
{
    return paid_in(now, command, into_fund);
}

Result<Effects> pay_into_risk_fund(Situation const& now, PayIntoRiskFund const& command)
{
    return paid_in(now, {command.fund, command.amount, command.value_on, command.document},
                   into_risk_fund);
}

} // namespace ledger
