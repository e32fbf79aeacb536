// A loan is its terms and its events; everything else is fold(loan, as_of). The fold is pure and
// cheap. The entry of a command is the difference of two folds: positions after, minus positions
// booked so far, so a payment in order, a payment entered three weeks late and a reversal are one
// mechanism. Status, arrears and class are derived, never stored as the truth.
#pragma once

#include "ledger/identity.hpp"
#include "ledger/journal.hpp"
#include "ledger/schedule.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace ledger {

/// What a loan's events moved in each of the accounts that it touches. Each position belongs to one
/// line of the chart (see account_of) and is counted on that line's normal side.
enum class Position : std::uint8_t {
    bank = 0,            ///< 1002: received minus paid out
    principal_normal,    ///< 1303.01
    principal_overdue,   ///< 1303.02: fallen due and unpaid, from the day after the due date
    interest_receivable, ///< 1132.01: recognised and unpaid
    penalty_receivable,  ///< 1132.02
    overpayment,         ///< 2241.01: what the borrower paid above everything owed
    interest_income,     ///< 6011.01
    penalty_income,      ///< 6011.02
    fund_available,      ///< 2314.01: negative for what this loan reserves or has out
    fund_reserved,       ///< 2314.02
    fund_lent,           ///< 2314.03: always the loan's outstanding principal
};
inline constexpr std::size_t position_count = 11;

class Positions {
  public:
    Money& operator[](Position p) { return held_[static_cast<std::size_t>(p)]; }
    Money operator[](Position p) const { return held_[static_cast<std::size_t>(p)]; }
    Money principal() const
    {
        return (*this)[Position::principal_normal] + (*this)[Position::principal_overdue];
    }
    friend bool operator==(Positions const&, Positions const&) = default;

  private:
    std::array<Money, position_count> held_{};
};

/// All positions in order, for loops.
std::span<Position const> all_positions();
/// "principal_normal" …: the column name in the books and the field name in the API.
std::string_view code_of(Position);

// --- events, past participles; each is something that happened to the loan on its value date
struct Approved {
    Money amount;
    friend bool operator==(Approved const&, Approved const&) = default;
};
struct Disbursed {
    Money amount;
    friend bool operator==(Disbursed const&, Disbursed const&) = default;
};
struct Repaid {
    Money amount;
    friend bool operator==(Repaid const&, Repaid const&) = default;
};
struct Reversed {
    int sequence = 0; ///< of the event that is reversed
    friend bool operator==(Reversed const&, Reversed const&) = default;
};
using Happening = std::variant<Approved, Disbursed, Repaid, Reversed>;

/// "approved", "disbursed", "repaid", "reversed".
std::string_view code_of(Happening const&);

struct LoanEvent {
    int sequence = 0; ///< 1, 2, 3 … in the order of entry; ties on a value date keep it
    Date value_on;    ///< when it takes effect
    Date booked_on;   ///< the business day it was entered on
    Happening what;
    friend bool operator==(LoanEvent const&, LoanEvent const&) = default;
};

inline constexpr int events_per_loan_limit = 5000; ///< a repayment a day for thirteen years

/// How one repayment was used.
struct Allocation {
    Money penalty;
    Money interest;
    Money principal;
    Money overpayment;
    Money total() const { return penalty + interest + principal + overpayment; }
    friend bool operator==(Allocation const&, Allocation const&) = default;
};

enum class LoanStatus : std::uint8_t {
    proposed = 1,
    approved,  ///< approved, not or not wholly disbursed, nothing outstanding yet
    active,    ///< principal or something else is owed
    settled,   ///< disbursed and nothing is owed
    withdrawn, ///< its approval was reversed
};
std::string_view code_of(LoanStatus);

/// One instalment as it stands: what fell due and what was paid towards it.
struct InstalmentState {
    Instalment planned;  ///< as the schedule of the disbursements has it
    Money principal_due; ///< after early repayments
    Money interest_due;  ///< on the principal actually outstanding; zero until the period ended
    Money principal_paid;
    Money interest_paid;         ///< in advance too: may pass interest_due until the period ended
    std::optional<Date> paid_on; ///< the value date that settled it
    friend bool operator==(InstalmentState const&, InstalmentState const&) = default;
};

/// The loan as of a date: the result of the fold.
struct LoanState {
    Date as_of;
    LoanStatus status = LoanStatus::proposed;
    Positions positions;
    Money approved; ///< approved amount in force
    Money disbursed;
    std::vector<InstalmentState> instalments;
    std::vector<std::pair<int, Allocation>> allocations; ///< by event sequence, repayments only
    std::optional<Date> disbursed_on;                    ///< first disbursement in force
    std::optional<Date> oldest_unpaid_due_on; ///< due date of the oldest instalment not fully paid,
                                              ///< in the future when nothing is late; empty if none
    int days_past_due = 0;                    ///< as_of - oldest_unpaid_due_on where positive
    Money payoff;                             ///< what settles everything on as_of
};

/// A loan as the store keeps it. Immutable facts, the events, and what the books hold so far.
struct Loan {
    LoanNumber number;
    BorrowerNumber borrower;
    FundCode fund;
    Date proposed_on;
    std::string purpose;  ///< free text, e.g. 养牛
    std::string industry; ///< code of the industry list: cattle, tea, walnut …
    UnitCode village;     ///< the borrower's, at signing
    Terms terms;
    int rules_version = 0;               ///< of the programme rules that it was signed under
    std::int64_t penalty_margin_ppm = 0; ///< frozen from those rules
    AllocationOrder allocation_order = AllocationOrder::interest_first;

    std::vector<LoanEvent> events; ///< in order of sequence
    Positions booked;              ///< what the journal holds for this loan
    std::optional<Date>
        recognised_on; ///< the date through which `booked` is a fold; empty: nothing
};

/// The loan as of a date: its events in force with value date <= as_of, in (value date, sequence)
/// order. Reversed events and their reversals are left out. Asserts that the loan's events were
/// accepted by decide. Pure; tens of microseconds.
LoanState fold(Loan const&, Date as_of);

/// Is the day one on which the closing accrues this loan: a month's end, a due date or the day
/// after one, while the books hold something owed?
bool accrual_due_on(Loan const&, Date day);

/// The account that a position of this loan lives in: 1303, 1132 and 2241 under the loan's number,
/// 2314 under the fund's code, bank and income without a subkey.
AccountName account_of(Position, Loan const&);
Side normal_side_of(Position);

/// The entry that takes the books from `before` to `after`, or nothing when they are equal.
std::optional<JournalEntry> entry_between(Loan const&, Positions const& before,
                                          Positions const& after, Cause, Date value_on,
                                          Date booked_on, std::string narrative);

} // namespace ledger
