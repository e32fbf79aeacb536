// Opening a fund: an empty one; money comes with pay_into_fund.
// Refuses, after the shared ones: text_missing (name, document), fund_already_open.
#include "ledger/lending/decisions.hpp"

namespace ledger {

Result<Effects> open_fund(Situation const& now, OpenFund const& command)
{
    if (auto dates = check_dates(now, {}, ""); !dates) return std::unexpected{dates.error()};
    if (command.name.empty()) return refuse(Refusal::text_missing, "name");
    if (command.document.empty()) return refuse(Refusal::text_missing, "document");
    if (now.fund) return refuse(Refusal::fund_already_open, "fund");

    Effects effects;
    effects.fund = Fund{command.fund, command.name, command.document, now.booked_on, {}, {}};
    return effects;
}

} // namespace ledger
