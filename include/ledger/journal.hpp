// A journal entry: a booking date, a value date, a cause and postings whose debits equal their
// credits in each unit. JournalEntry::balanced is the only way to make one, so an unbalanced entry
// cannot be represented; there is no setter. Only store::execute keeps entries.
#pragma once

#include "ledger/account.hpp"
#include "ledger/calendar.hpp"
#include "ledger/money.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ledger {

/// Why an entry exists; the name is stored with it.
enum class Cause : std::uint8_t {
    fund_payment = 1, ///< money paid into a fund
    approval,         ///< reserves the fund
    disbursement,
    repayment,
    accrual,           ///< interest, penalty and reclassification recognised at a closing
    reversal,          ///< 冲正（红冲）
    risk_fund_payment, ///< money for the risk-compensation fund
    refund,            ///< of an overpayment
    waiver,
    cost,            ///< costs of collection advanced
    change_of_terms, ///< rate, extension, rescheduling, pause, misuse
    classification,
    provision,
    write_off,
    recovery,
    compensation,       ///< 代偿
    subsidy,            ///< claimed or received
    household_register, ///< a household or its persons issued, moved or taken back
    standing,           ///< a household's way into, out of and back into poverty
    leading,            ///< a household led: claimed, verified, shared, ended
    expiry,             ///< an approval lapsed: what it reserved is available again
};

/// "fund_payment", "approval" …
std::string_view code_of(Cause);

struct Posting {
    AccountName account;
    Side side{};
    Unit unit = Unit::cny;
    std::int64_t minor_units = 0; ///< > 0, <= money_limit_fen

    friend bool operator==(Posting const&, Posting const&) = default;
};

Posting debit(AccountName, Money);
Posting credit(AccountName, Money);

inline constexpr int postings_per_entry_limit = 64; ///< an entry is one business fact, not a batch

class JournalEntry {
  public:
    /// The only constructor. Postings are merged per (account, side, unit), zero amounts dropped.
    /// Asserts: at least two postings remain, none is negative or above the limit, at most
    /// postings_per_entry_limit, debits equal credits in each unit, value_on <= booked_on.
    static JournalEntry balanced(Cause, Date value_on, Date booked_on, std::string narrative,
                                 std::vector<Posting>);

    Cause cause() const { return cause_; }
    Date value_on() const { return value_on_; }
    Date booked_on() const { return booked_on_; }
    std::string const& narrative() const { return narrative_; }
    std::span<Posting const> postings() const { return postings_; }

  private:
    JournalEntry() = default;
    Cause cause_{};
    Date value_on_;
    Date booked_on_;
    std::string narrative_;
    std::vector<Posting> postings_; ///< debits first, each side in account order
};

} // namespace ledger
