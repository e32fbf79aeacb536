// A loan is its terms and its events; everything else is fold(loan, as_of). The fold is pure and
// cheap. The entry of a command is the difference of two folds: positions after, minus positions
// booked so far, so a payment in order, a payment entered three weeks late and a reversal are one
// mechanism. Status, arrears and class are derived, never stored as the truth.
#pragma once

#include "ledger/history.hpp"
#include "ledger/identity.hpp"
#include "ledger/journal.hpp"
#include "ledger/schedule.hpp"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace ledger {

class Walk; // internal to ledger/lending

/// What a loan's events moved in each of the accounts that it touches. Each position belongs to one
/// line of the chart (see account_of) and is counted on that line's normal side.
enum class Position : std::uint8_t {
    bank = 0,              ///< 1002: received minus paid out
    principal_normal,      ///< 1303.01
    principal_overdue,     ///< 1303.02: fallen due and unpaid, from the day after the due date
    principal_non_accrual, ///< 1303.03: all principal of a non-accrual loan
    interest_receivable,   ///< 1132.01: recognised and unpaid; none while non-accrual
    penalty_receivable,    ///< 1132.02
    compound_receivable,   ///< 1132.03
    cost_receivable,       ///< 1221.02: costs of collection advanced and not repaid
    subsidy_due,           ///< 1221.01: subsidy that the lender may claim
    subsidy_claimed,       ///< 1221.03: claimed and not received
    impairment,            ///< 6701: provided less released
    memo_interest,         ///< 9001: unpaid interest, penalty and compound of a non-accrual loan
    memo_written_off,      ///< 9002: what a written-off loan still owes
    memo_subsidy,          ///< 9003: subsidy due to the borrower and not received
    overpayment,           ///< 2241.01: the borrower's money that nothing has used
    loss_allowance,        ///< 1304: provided, less what write-offs used, plus recoveries
    compensation,          ///< 2702: paid by the risk fund on this loan and not returned
    interest_income,       ///< 6011.01
    penalty_income,        ///< 6011.02
    compound_income,       ///< 6011.03
    subsidy_income,        ///< 6051
    memo_contra,           ///< 9099
    fund_available,        ///< 2314.01: negative for what this loan reserves or has out
    fund_reserved,         ///< 2314.02
    fund_lent,             ///< 2314.03: always the loan's outstanding principal
    fund_written_off,      ///< 2314.04: principal written off and not recovered
    risk_fund_available,   ///< 2701: negative for what the risk fund has paid on this loan
};
inline constexpr std::size_t position_count = 27;

class Positions {
  public:
    Money& operator[](Position p) { return held_[static_cast<std::size_t>(p)]; }
    Money operator[](Position p) const { return held_[static_cast<std::size_t>(p)]; }
    Money principal() const
    {
        return (*this)[Position::principal_normal] + (*this)[Position::principal_overdue] +
               (*this)[Position::principal_non_accrual];
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
/// 审批失效: what is not paid out by the last day that the rules give is reserved no longer.
struct ApprovalExpired {
    friend bool operator==(ApprovalExpired const&, ApprovalExpired const&) = default;
};
/// 放款: the whole or a tranche.
struct Disbursed {
    Money amount;
    friend bool operator==(Disbursed const&, Disbursed const&) = default;
};
struct Repaid {
    Money amount;
    std::optional<InAdvance> in_advance{}; ///< what money paid in advance does; empty: as the rules
    friend bool operator==(Repaid const&, Repaid const&) = default;
};
/// Money that the borrower paid above everything owed goes back to him.
struct OverpaymentRefunded {
    Money amount;
    friend bool operator==(OverpaymentRefunded const&, OverpaymentRefunded const&) = default;
};
/// 减免 of penalty, compound interest or interest that is unpaid (for interest: fallen due first,
/// then accrued).
struct Waived {
    DebtComponent component{}; ///< penalty, compound or interest
    Money amount;
    friend bool operator==(Waived const&, Waived const&) = default;
};
/// Costs of collection that the lender paid and the borrower owes.
struct CostCharged {
    Money amount;
    friend bool operator==(CostCharged const&, CostCharged const&) = default;
};
/// Another contract rate from the value date on.
struct RateChanged {
    Rate annual_rate;
    friend bool operator==(RateChanged const&, RateChanged const&) = default;
};
/// 展期: a later maturity, priced anew from `priced_from` on.
struct Extended {
    Date until;                        ///< the new maturity
    std::optional<Rate> annual_rate{}; ///< empty: that of the tier which the whole term reaches,
                                       ///< where the rate follows the base rates, else unchanged
    std::optional<Date> priced_from{}; ///< empty: the old maturity
    friend bool operator==(Extended const&, Extended const&) = default;
};
/// How the principal that is left is repaid after a rescheduling (重组).
struct NewPlan {
    Method method = Method::equal_instalments;
    Frequency every;
    int instalments = 1;
    std::optional<Date> first_due_on; ///< else one step after the value date
    int grace_principal = 0;          ///< instalments without principal
    std::optional<Rate> annual_rate;  ///< from the value date on; empty: as before
    friend bool operator==(NewPlan const&, NewPlan const&) = default;
};
/// All principal, what is overdue too, is planned anew; interest that fell due stays due.
struct Rescheduled {
    NewPlan plan;
    friend bool operator==(Rescheduled const&, Rescheduled const&) = default;
};
/// 停息: nothing accrues from the value date up to, not including, `until`.
struct InterestPaused {
    Date until;
    friend bool operator==(InterestPaused const&, InterestPaused const&) = default;
};
/// 挪用: the misuse margin of the rules counts from the value date until nothing is owed.
struct MisuseDeclared {
    friend bool operator==(MisuseDeclared const&, MisuseDeclared const&) = default;
};
/// A class set by hand. Alone it can only be worse than lateness gives; with a second person it may
/// be better, until lateness gives a worse one than on the day it was set.
struct Classified {
    std::optional<RiskClass> risk_class; ///< empty: lateness decides again
    bool has_second_person = false;
    friend bool operator==(Classified const&, Classified const&) = default;
};
/// The loss allowance is set to rate(class) x principal; the difference is booked.
struct Provisioned {
    friend bool operator==(Provisioned const&, Provisioned const&) = default;
};
/// 核销，账销案存: off the books, owed all the same.
struct WrittenOff {
    friend bool operator==(WrittenOff const&, WrittenOff const&) = default;
};
/// 收回已核销: principal first, then interest, penalty, compound and costs.
struct Recovered {
    Money amount;
    friend bool operator==(Recovered const&, Recovered const&) = default;
};
/// 代偿: the risk-compensation fund bears this much; the borrower owes as before.
struct Compensated {
    Money amount;
    friend bool operator==(Compensated const&, Compensated const&) = default;
};
struct SubsidyClaimed {
    Money amount;
    friend bool operator==(SubsidyClaimed const&, SubsidyClaimed const&) = default;
};
struct SubsidyReceived {
    Money amount;
    friend bool operator==(SubsidyReceived const&, SubsidyReceived const&) = default;
};
using Happening = std::variant<Approved, Disbursed, Repaid, Reversed, OverpaymentRefunded, Waived,
                               CostCharged, RateChanged, Extended, Rescheduled, InterestPaused,
                               MisuseDeclared, Classified, Provisioned, WrittenOff, Recovered,
                               Compensated, SubsidyClaimed, SubsidyReceived, ApprovalExpired>;

/// "approved", "disbursed", "repaid", "reversed", "overpayment_refunded" …
std::string_view code_of(Happening const&);

struct LoanEvent {
    int sequence = 0; ///< 1, 2, 3 … in the order of entry; ties on a value date keep it
    Date value_on;    ///< when it takes effect
    Date booked_on;   ///< the business day it was entered on
    Happening what;
    std::string document{}; ///< number of the paper that authorises it; may be empty
    std::string reason{};   ///< in words; may be empty
    friend bool operator==(LoanEvent const&, LoanEvent const&) = default;
};

inline constexpr int events_per_loan_limit = 5000; ///< a repayment a day for thirteen years

/// How one repayment or recovery was used.
struct Allocation {
    Money cost;
    Money penalty;
    Money compound;
    Money interest;
    Money principal;
    Money overpayment;     ///< held: for instalments to come, or above everything owed
    AllocationOrder order; ///< that was followed, kept with the receipt
    Money total() const { return cost + penalty + compound + interest + principal + overpayment; }
    friend bool operator==(Allocation const&, Allocation const&) = default;
};

enum class LoanStatus : std::uint8_t {
    proposed = 1,
    approved,    ///< approved, not or not wholly disbursed, nothing outstanding yet
    active,      ///< principal or something else is owed
    settled,     ///< disbursed and nothing is owed
    withdrawn,   ///< its approval was reversed
    written_off, ///< off the books; owed all the same until recovered
    expired,     ///< its approval lapsed before anything was paid out
};
std::string_view code_of(LoanStatus);

/// One instalment as it stands: what fell due and what was paid towards it.
struct InstalmentState {
    Instalment planned;  ///< as the plan had it when it fell due, or has it now; of a loan whose
                         ///< subsidy goes to the lender, interest before the subsidy
    Money principal_due; ///< what of it was or will be asked for
    Money interest_due;  ///< on the principal actually outstanding; zero until it fell due
    Money principal_paid;
    Money interest_paid;         ///< in advance too: may pass interest_due until it fell due
    Money interest_waived;       ///< in advance too
    std::optional<Date> paid_on; ///< the value date that settled it
    friend bool operator==(InstalmentState const&, InstalmentState const&) = default;
};

/// What the borrower owes, whether the books show it (accrual) or the memo accounts do.
struct Owed {
    Money cost, penalty, compound, interest, principal;
    Money total() const { return cost + penalty + compound + interest + principal; }
    friend bool operator==(Owed const&, Owed const&) = default;
};

/// The loan as of a date: the result of the fold.
struct LoanState {
    Date as_of;
    LoanStatus status = LoanStatus::proposed;
    Positions positions;
    Money approved; ///< approved amount in force: what lapsed is left out
    /// The last day on which what is reserved may be paid out; empty: nothing is reserved, or the
    /// rules give no such day.
    std::optional<Date> reserved_through;
    Money disbursed;
    Rate annual_rate; ///< contract rate in force on as_of
    std::vector<InstalmentState> instalments;
    std::vector<std::pair<int, Allocation>> allocations; ///< by event sequence: repayments and
                                                         ///< recoveries
    std::optional<Date> disbursed_on;                    ///< first disbursement in force
    std::optional<Date> matures_on;                      ///< after extensions
    std::optional<Date> oldest_unpaid_due_on; ///< due date of the oldest instalment not fully paid,
                                              ///< in the future when nothing is late; empty if none
    int days_past_due = 0;                    ///< as_of - oldest_unpaid_due_on where positive
    std::optional<Date> non_accrual_since;
    std::optional<Date> written_off_on;
    std::optional<Date> rescheduled_on; ///< the last rescheduling: PAR is reported with and without
    int extensions = 0;
    RiskClass risk_class = RiskClass::normal;
    Money subsidy; ///< of the interest recognised so far, since the beginning
    Owed owed;
    Money payoff; ///< what settles everything on as_of: owed.total() less what is held for the
                  ///< borrower's instalments
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
    int rules_version = 0;                      ///< of the programme rules that it was signed under
    std::optional<LoanNumber> renews;           ///< 续贷: the loan that it follows
    int renewal = 0;                            ///< how many renewals it stands at the end of
    std::shared_ptr<Programme const> programme; ///< never null once in the books

    std::vector<LoanEvent> events;     ///< in order of sequence
    Positions booked;                  ///< what the journal holds for this loan
    std::optional<Date> recognised_on; ///< `booked` is the fold as of this day; empty: nothing

    /// A cache, never the truth: the walk through all events above, so that one in order costs
    /// no second walk. May always be dropped.
    std::shared_ptr<Walk const> walked;

    /// A cache like it: the walks through the first events in order of value date, every so many of
    /// them, so that an entry in the past walks again only from the last one before it.
    std::vector<std::shared_ptr<Walk const>> milestones;

    /// The rules that it was signed under. Asserts that the programme holds that version.
    ProgrammeRules const& rules() const;
};

/// The loan as of a date: its events in force with value date <= as_of, in (value date, sequence)
/// order. Reversed events and their reversals are left out. Asserts that the loan's events were
/// accepted by decide. Pure; tens of microseconds.
LoanState fold(Loan const&, Date as_of);

/// What the day's closing asks of a loan. Nothing is accrued that is recognised already.
struct ClosingWork {
    bool accrue = false;    ///< a month's end, a due date, the day after one, a change of status
    bool expire = false;    ///< the last day of an approval that is not, or not wholly, paid out
    bool provision = false; ///< the rules' day of provisioning, and the allowance differs
};
ClosingWork closing_work_on(Loan const&, Date day);

/// What the loan's interest subsidy is for the days [from, until), before rounding and rounded:
/// one line a stretch with one eligible principal and one rate of subsidy.
struct SubsidyLine {
    Span span;
    Money eligible;            ///< principal that the scheme covers
    std::int64_t rate_ppm = 0; ///< of subsidy a year
    Exact exact;               ///< fen
    friend bool operator==(SubsidyLine const&, SubsidyLine const&) = default;
};
std::vector<SubsidyLine> subsidy_lines(Loan const&, Span);

/// The account that a position of this loan lives in: 1303, 1132, 1221, 2241, 2702 and the memo
/// accounts under the loan's number, 2314 and 2701 under the fund's code, bank, allowance, income
/// and expense without a subkey.
AccountName account_of(Position, Loan const&);
Side normal_side_of(Position);

/// The entry that takes the books from `before` to `after`, or nothing when they are equal.
std::optional<JournalEntry> entry_between(Loan const&, Positions const& before,
                                          Positions const& after, Cause, Date value_on,
                                          Date booked_on, std::string narrative);

} // namespace ledger
