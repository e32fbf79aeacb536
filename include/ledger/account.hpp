// The chart of accounts and the accounts under it. The chart is data
// (sql/seed/chart_of_accounts.csv) with the accountants' codes; the core knows only the few lines
// that its postings use, by role. Under a control account hang subaccounts named by a key (a loan,
// a fund, a village, a borrower); the control account is never posted to itself, so it equals the
// sum of its subaccounts at every instant.
#pragma once

#include "ledger/identity.hpp"
#include "ledger/unit.hpp"

#include <compare>
#include <string>

namespace ledger {

enum class Side : std::uint8_t { debit = 1, credit };

constexpr Side opposite(Side side)
{
    return side == Side::debit ? Side::credit : Side::debit;
}

enum class AccountClass : std::uint8_t { asset = 1, liability, equity, income, expense, memo };

/// What hangs under a line of the chart.
enum class Subledger : std::uint8_t { none = 1, loan, fund, village, borrower };

/// One account: a line of the chart and, where the line has a subledger, the key below it.
struct AccountName {
    AccountCode code;   ///< "1303.01"
    std::string subkey; ///< loan or borrower number, fund or village code; empty where the line has
                        ///< no subledger

    friend auto operator<=>(AccountName const&, AccountName const&) = default;
};

/// One line of the chart, effective-dated by its county.
struct ChartLine {
    AccountCode code;
    std::string chinese;
    std::string english;
    AccountClass account_class{};
    Side normal_side{};
    Subledger subledger{};
};

} // namespace ledger
