// What the walk leaves in each account, the account that each position lives in, and the entry
// between two such states. Income is what was received plus what the books show as receivable, so
// a waiver, non-accrual and a write-off need no entry of their own. Debit positions and credit
// positions grow by the same amount whatever happens; JournalEntry::balanced checks it again.
#include "ledger/lending/walk.hpp"

#include <array>

namespace ledger {

namespace {

enum class Key : std::uint8_t { none = 1, loan, fund };

struct Line {
    Position position;
    char const* code; ///< of the API and the column in the books
    char const* account;
    Side normal;
    Key key;
};

using enum Position;
constexpr std::array<Line, position_count> lines{{
    {bank, "bank", "1002", Side::debit, Key::none},
    {principal_normal, "principal_normal", "1303.01", Side::debit, Key::loan},
    {principal_overdue, "principal_overdue", "1303.02", Side::debit, Key::loan},
    {principal_non_accrual, "principal_non_accrual", "1303.03", Side::debit, Key::loan},
    {interest_receivable, "interest_receivable", "1132.01", Side::debit, Key::loan},
    {penalty_receivable, "penalty_receivable", "1132.02", Side::debit, Key::loan},
    {compound_receivable, "compound_receivable", "1132.03", Side::debit, Key::loan},
    {cost_receivable, "cost_receivable", "1221.02", Side::debit, Key::loan},
    {subsidy_due, "subsidy_due", "1221.01", Side::debit, Key::loan},
    {subsidy_claimed, "subsidy_claimed", "1221.03", Side::debit, Key::loan},
    {impairment, "impairment", "6701", Side::debit, Key::none},
    {memo_interest, "memo_interest", "9001", Side::debit, Key::loan},
    {memo_written_off, "memo_written_off", "9002", Side::debit, Key::loan},
    {memo_subsidy, "memo_subsidy", "9003", Side::debit, Key::loan},
    {overpayment, "overpayment", "2241.01", Side::credit, Key::loan},
    {loss_allowance, "loss_allowance", "1304", Side::credit, Key::loan},
    {compensation, "compensation", "2702", Side::credit, Key::loan},
    {interest_income, "interest_income", "6011.01", Side::credit, Key::none},
    {penalty_income, "penalty_income", "6011.02", Side::credit, Key::none},
    {compound_income, "compound_income", "6011.03", Side::credit, Key::none},
    {subsidy_income, "subsidy_income", "6051", Side::credit, Key::none},
    {memo_contra, "memo_contra", "9099", Side::credit, Key::none},
    {fund_available, "fund_available", "2314.01", Side::credit, Key::fund},
    {fund_reserved, "fund_reserved", "2314.02", Side::credit, Key::fund},
    {fund_lent, "fund_lent", "2314.03", Side::credit, Key::fund},
    {fund_written_off, "fund_written_off", "2314.04", Side::credit, Key::fund},
    {risk_fund_available, "risk_fund_available", "2701", Side::credit, Key::fund},
}};

constexpr std::array<Position, position_count> positions_in_order = [] {
    std::array<Position, position_count> all{};
    for (std::size_t n = 0; n < position_count; ++n) all[n] = lines[n].position;
    return all;
}();

constexpr bool is_in_order = [] {
    for (std::size_t n = 0; n < position_count; ++n) {
        if (static_cast<std::size_t>(lines[n].position) != n) return false;
    }
    return true;
}();
static_assert(is_in_order);

Line const& line_of(Position position)
{
    return lines[static_cast<std::size_t>(position)];
}

std::string subkey_of(Key key, Loan const& loan)
{
    switch (key) {
    case Key::none: return {};
    case Key::loan: return loan.number.text();
    case Key::fund: return loan.fund.text();
    }
    LEDGER_ASSERT(!"a key that is not in the list");
}

} // namespace

std::span<Position const> all_positions()
{
    return positions_in_order;
}

std::string_view code_of(Position position)
{
    return line_of(position).code;
}

AccountName account_of(Position position, Loan const& loan)
{
    Line const& line = line_of(position);
    auto code = AccountCode::parse(line.account);
    LEDGER_ASSERT(code.has_value());
    return {std::move(*code), subkey_of(line.key, loan)};
}

Side normal_side_of(Position position)
{
    return line_of(position).normal;
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

/// Provided, less what write-offs used, plus what was recovered of it.
Money Walk::allowance() const
{
    Money const lost = written_off_.principal + written_off_.cost - written_off_by_risk_fund_;
    Money const regained = recovered_.principal + recovered_.cost - recovered_to_risk_fund_;
    return provided_ - lost + regained;
}

/// What the risk fund bears of the principal still lent: in proportion, rounded up until all is
/// repaid.
Money Walk::compensation() const
{
    if (compensated_.is_zero() || state_.written_off_on) return {};
    Wide const of = compensated_of_.fen();
    Wide const share = Wide{compensated_.fen()} * principal_lent().fen();
    return Money::fen(static_cast<std::int64_t>((share + of - 1) / of));
}

Money Walk::principal_lent() const
{
    return debt_.principal_due + debt_.principal_not_due;
}

/// Principal, and the unpaid charges that the books show.
void Walk::put_assets(Positions& held) const
{
    bool const is_off = state_.written_off_on.has_value();
    bool const is_accrual = !is_off && !non_accrual_since();
    Money const lent = principal_lent();
    Money const overdue = debt_.unpaid_principal_overdue(now_);
    Owed const owed = debt_.owed();
    if (!is_off && !is_accrual) {
        held[principal_non_accrual] = lent;
    } else if (!is_off) {
        held[principal_overdue] = overdue;
        held[principal_normal] = lent - overdue;
    }
    if (!is_off) held[cost_receivable] = owed.cost;
    if (is_accrual) {
        held[interest_receivable] = owed.interest;
        held[penalty_receivable] = owed.penalty;
        held[compound_receivable] = owed.compound;
    } else if (!is_off) {
        held[memo_interest] = owed.interest + owed.penalty + owed.compound;
    } else {
        held[memo_written_off] = this->owed().total();
    }
}

void Walk::put_income(Positions& held) const
{
    held[interest_income] = interest_paid_ + recovered_.interest + held[interest_receivable];
    held[penalty_income] = debt_.penalty.paid + recovered_.penalty + held[penalty_receivable];
    held[compound_income] = debt_.compound.paid + recovered_.compound + held[compound_receivable];
    if (scheme_) {
        Money const due = subsidy();
        if (scheme_->paid_to == SubsidyPaidTo::lender) {
            held[Position::subsidy_due] = due - subsidy_claimed_;
            held[Position::subsidy_claimed] = subsidy_claimed_ - subsidy_received_;
            held[subsidy_income] = due;
        } else {
            held[memo_subsidy] = due - subsidy_received_;
        }
    }
}

Positions Walk::positions() const
{
    Positions held;
    put_assets(held);
    put_income(held);
    held[bank] = received_ + subsidy_received_ - state_.disbursed - refunded_ - cost_charged_;
    held[overpayment] = overpaid_ + held_total();
    held[impairment] = provided_;
    held[loss_allowance] = allowance();
    held[Position::compensation] = compensation();
    held[risk_fund_available] =
        recovered_to_risk_fund_ - written_off_by_risk_fund_ - held[Position::compensation];
    held[memo_contra] = held[memo_interest] + held[memo_written_off] + held[memo_subsidy];
    held[fund_lent] = principal_lent();
    held[fund_reserved] = reserved();
    held[fund_written_off] = written_off_.principal - recovered_.principal;
    held[fund_available] = principal_paid_ + recovered_.principal - state_.disbursed - reserved();
    Money debits;
    Money credits;
    for (Position const position : all_positions()) {
        (normal_side_of(position) == Side::debit ? debits : credits) += held[position];
    }
    LEDGER_ASSERT(debits == credits);
    return held;
}

} // namespace ledger
