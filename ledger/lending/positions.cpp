// What the walk leaves in each account, the account that each position lives in, and the entry
// between two such states. Debit positions and credit positions grow by the same amount whatever
// happens, so an entry made here balances by construction; JournalEntry::balanced checks it again.
#include "ledger/lending/walk.hpp"

#include <array>

namespace ledger {

namespace {

constexpr std::array<Position, position_count> positions_in_order{
    Position::bank,
    Position::principal_normal,
    Position::principal_overdue,
    Position::interest_receivable,
    Position::penalty_receivable,
    Position::overpayment,
    Position::interest_income,
    Position::penalty_income,
    Position::fund_available,
    Position::fund_reserved,
    Position::fund_lent,
};

char const* chart_code_of(Position position)
{
    switch (position) {
    case Position::bank: return "1002";
    case Position::principal_normal: return "1303.01";
    case Position::principal_overdue: return "1303.02";
    case Position::interest_receivable: return "1132.01";
    case Position::penalty_receivable: return "1132.02";
    case Position::overpayment: return "2241.01";
    case Position::interest_income: return "6011.01";
    case Position::penalty_income: return "6011.02";
    case Position::fund_available: return "2314.01";
    case Position::fund_reserved: return "2314.02";
    case Position::fund_lent: return "2314.03";
    }
    LEDGER_ASSERT(!"a position that is not in the list");
}

std::string subkey_of(Position position, Loan const& loan)
{
    switch (position) {
    case Position::bank:
    case Position::interest_income:
    case Position::penalty_income: return {};
    case Position::principal_normal:
    case Position::principal_overdue:
    case Position::interest_receivable:
    case Position::penalty_receivable:
    case Position::overpayment: return loan.number.text();
    case Position::fund_available:
    case Position::fund_reserved:
    case Position::fund_lent: return loan.fund.text();
    }
    LEDGER_ASSERT(!"a position that is not in the list");
}

LoanStatus status_of(Loan const& loan, LoanState const& state)
{
    if (state.disbursed_on) {
        bool const is_owed = !state.payoff.is_zero();
        return is_owed ? LoanStatus::active : LoanStatus::settled;
    }
    if (!state.approved.is_zero()) return LoanStatus::approved;
    bool const was_approved = std::ranges::any_of(loan.events, [&](LoanEvent const& event) {
        return std::holds_alternative<Approved>(event.what) && event.value_on <= state.as_of;
    });
    return was_approved ? LoanStatus::withdrawn : LoanStatus::proposed;
}

bool is_asked(InstalmentState const& row)
{
    return row.principal_due > row.principal_paid || row.interest_due > row.interest_paid;
}

} // namespace

std::span<Position const> all_positions()
{
    return positions_in_order;
}

std::string_view code_of(Position position)
{
    switch (position) {
    case Position::bank: return "bank";
    case Position::principal_normal: return "principal_normal";
    case Position::principal_overdue: return "principal_overdue";
    case Position::interest_receivable: return "interest_receivable";
    case Position::penalty_receivable: return "penalty_receivable";
    case Position::overpayment: return "overpayment";
    case Position::interest_income: return "interest_income";
    case Position::penalty_income: return "penalty_income";
    case Position::fund_available: return "fund_available";
    case Position::fund_reserved: return "fund_reserved";
    case Position::fund_lent: return "fund_lent";
    }
    LEDGER_ASSERT(!"a position that is not in the list");
}

std::string_view code_of(LoanStatus status)
{
    switch (status) {
    case LoanStatus::proposed: return "proposed";
    case LoanStatus::approved: return "approved";
    case LoanStatus::active: return "active";
    case LoanStatus::settled: return "settled";
    case LoanStatus::withdrawn: return "withdrawn";
    }
    LEDGER_ASSERT(!"a status that is not in the list");
}

AccountName account_of(Position position, Loan const& loan)
{
    auto code = AccountCode::parse(chart_code_of(position));
    LEDGER_ASSERT(code.has_value());
    return {std::move(*code), subkey_of(position, loan)};
}

Side normal_side_of(Position position)
{
    switch (position) {
    case Position::bank:
    case Position::principal_normal:
    case Position::principal_overdue:
    case Position::interest_receivable:
    case Position::penalty_receivable: return Side::debit;
    case Position::overpayment:
    case Position::interest_income:
    case Position::penalty_income:
    case Position::fund_available:
    case Position::fund_reserved:
    case Position::fund_lent: return Side::credit;
    }
    LEDGER_ASSERT(!"a position that is not in the list");
}

std::optional<JournalEntry> entry_between(Loan const& loan, Positions const& before,
                                          Positions const& after, Cause cause, Date value_on,
                                          Date booked_on, std::string narrative)
{
    if (before == after) return std::nullopt;
    std::vector<Posting> postings;
    for (Position const position : all_positions()) {
        Money const grown = after[position] - before[position];
        if (grown.is_zero()) continue;
        Side const normal = normal_side_of(position);
        Side const side = grown.is_negative() ? opposite(normal) : normal;
        Money const amount = grown.is_negative() ? -grown : grown;
        postings.push_back({account_of(position, loan), side, Unit::cny, amount.fen()});
    }
    return JournalEntry::balanced(cause, value_on, booked_on, std::move(narrative),
                                  std::move(postings));
}

Positions Walk::positions() const
{
    Money overdue;
    Money interest_due;
    for (std::size_t n = debt_.oldest_unpaid; n < debt_.fallen_due; ++n) {
        InstalmentState const& row = debt_.rows[n];
        interest_due += row.interest_due - row.interest_paid;
        if (row.planned.due_on < as_of_) overdue += row.principal_due - row.principal_paid;
    }
    Money const lent = state_.disbursed - principal_paid_;
    LEDGER_ASSERT(lent == debt_.principal_due + debt_.principal_not_due);
    Money running = debt_.running_interest;
    if (debt_.interest_row < debt_.rows.size()) {
        running += debt_.rows[debt_.interest_row].interest_paid;
    }

    Positions held;
    held[Position::bank] = received_ - state_.disbursed;
    held[Position::principal_overdue] = overdue;
    held[Position::principal_normal] = lent - overdue;
    held[Position::interest_receivable] = interest_due + debt_.running_interest;
    held[Position::penalty_receivable] = debt_.penalty;
    held[Position::overpayment] = overpaid_;
    held[Position::interest_income] = interest_recognised_ + running;
    held[Position::penalty_income] = debt_.penalty + penalty_paid_;
    held[Position::fund_lent] = lent;
    held[Position::fund_reserved] = state_.approved - state_.disbursed;
    held[Position::fund_available] = principal_paid_ - state_.approved;
    Money debits;
    Money credits;
    for (Position const position : all_positions()) {
        (normal_side_of(position) == Side::debit ? debits : credits) += held[position];
    }
    LEDGER_ASSERT(debits == credits);
    return held;
}

LoanState Walk::state() const
{
    LoanState result = state_;
    result.positions = positions();
    result.instalments = debt_.rows;
    result.payoff = result.positions.principal() + result.positions[Position::interest_receivable] +
                    result.positions[Position::penalty_receivable];
    for (std::size_t n = debt_.oldest_unpaid; n < debt_.rows.size(); ++n) {
        InstalmentState const& row = debt_.rows[n];
        bool const is_late_or_due = n < debt_.fallen_due && is_asked(row);
        bool const is_to_come = n >= debt_.fallen_due && !debt_.principal_not_due.is_zero() &&
                                (row.principal_due > Money{} || row.planned.interest > Money{});
        if (is_late_or_due || is_to_come) {
            result.oldest_unpaid_due_on = row.planned.due_on;
            result.days_past_due = std::max(0, as_of_ - row.planned.due_on);
            break;
        }
    }
    result.status = status_of(loan_, result);
    return result;
}

} // namespace ledger
