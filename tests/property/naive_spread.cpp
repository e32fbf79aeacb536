// How the slow model plans principal: the level of equal instalments, equal shares, parts. Solved
// when something makes it new, kept otherwise.
#include "tests/property/naive_life.hpp"

#include <algorithm>

namespace ledger::test {

bool NaiveLife::is_level() const
{
    return plan_.terms.method == Method::equal_instalments &&
           plan_.terms.interest == InterestBasis::declining;
}

std::size_t NaiveLife::next_asked(std::size_t row) const
{
    while (!rows_[row].period.asks_principal) ++row;
    return row;
}

std::int64_t NaiveLife::asked_rows(std::size_t row) const
{
    std::int64_t count = 0;
    for (std::size_t n = row; n <= final_row(); ++n) {
        if (rows_[n].period.asks_principal) ++count;
    }
    return count;
}

/// The amount that, paid with each row that asks for principal, leaves nothing after the last.
Rational NaiveLife::level_instalment(std::size_t row, std::int64_t balance,
                                     Rational const& interest) const
{
    Rate const rate = plan_.rate(rows_[row].period.until.plus_days(-1));
    Rational discount = 1;
    Rational sum = 1;
    for (std::size_t n = row + 1; n <= final_row(); ++n) {
        if (!rows_[n].period.asks_principal) continue;
        discount /= 1 + plan_.whole(rows_[n].period, rate);
        // Forty digits are enough, and keep the fraction from growing without end.
        Integer const scale = boost::multiprecision::pow(Integer{10}, 40);
        Integer const cut = numerator(discount) * scale / denominator(discount);
        discount = Rational{cut, scale};
        sum += discount;
    }
    return (balance + interest) / sum;
}

std::int64_t NaiveLife::level(std::size_t row, std::int64_t balance, Rational const& interest) const
{
    Terms const& terms = plan_.terms;
    if (terms.instalment) return terms.instalment->fen();
    Rational amount{balance, asked_rows(row)};
    Rounding rounding = terms.rounding;
    if (is_level())
        amount = level_instalment(row, balance, interest);
    else if (terms.remainder_to == RemainderTo::first)
        rounding = Rounding::down;
    std::int64_t const multiple = terms.instalment_multiple.fen();
    if (multiple == 0) return rounded(amount, rounding);
    return multiple * rounded(amount / multiple, rounding);
}

/// Shares by weight, cut; then a fen each to those that have a weight, in order.
std::vector<std::int64_t> NaiveLife::parts(std::size_t row, std::int64_t balance) const
{
    Integer whole = 0;
    for (std::size_t n = row; n < rows_.size(); ++n) whole += rows_[n].period.weight;
    std::vector<std::int64_t> shares(rows_.size());
    if (whole == 0) {
        shares.back() = balance;
        return shares;
    }
    std::int64_t left = balance;
    for (std::size_t n = row; n < rows_.size(); ++n) {
        Integer const share = Integer{balance} * rows_[n].period.weight / whole;
        shares[n] = share.convert_to<std::int64_t>();
        left -= shares[n];
    }
    for (std::size_t n = row; left > 0; ++n) {
        if (rows_[n].period.weight == 0) continue;
        ++shares[n];
        --left;
    }
    return shares;
}

std::size_t NaiveLife::final_row() const
{
    return final_row_.value_or(rows_.size() - 1);
}

Rational NaiveLife::nights_of(std::size_t row, std::int64_t balance, Date today) const
{
    std::int64_t const base = plan_.terms.interest == InterestBasis::flat ? flat_base_ : balance;
    NaivePeriod const& period = rows_[row].period;
    Rational interest = 0;
    for (Date day = std::max(today, period.from); day < period.until; day = day.plus_days(1)) {
        if (!is_paused(day)) interest += base * plan_.night(period, day);
    }
    return interest;
}

/// Lives through the rows to come as they are planned, and says which is the last to repay.
std::size_t NaiveLife::row_that_pays_off(Date today) const
{
    NaiveLife then{*this};
    auto row = static_cast<std::size_t>(then.open_row() - then.rows_.data());
    std::int64_t balance = not_due_;
    Rational interest = earned_ + nights_of(row, balance, today);
    for (;; ++row) {
        balance -= then.principal_of(row, balance, interest);
        if (balance == 0) return row;
        interest = nights_of(row + 1, balance, today);
    }
}

void NaiveLife::plan_from_nothing()
{
    solved_for_.reset();
    final_row_.reset();
    is_repriced_ = false;
}

void NaiveLife::solve(std::size_t row, std::int64_t balance, Rational const& interest)
{
    bool const has_another_rate =
        solved_for_ && is_level() &&
        (is_repriced_ ||
         (*solved_for_ != row &&
          plan_.rate_changes(rows_[*solved_for_].period.until, rows_[row].period.until)));
    if (solved_for_ && !has_another_rate) return;
    is_repriced_ = false;
    solved_for_ = row;
    remainder_ = 0;
    Method const method = plan_.terms.method;
    if (method == Method::principal_plan) parts_ = parts(row, balance);
    bool const is_amortised =
        method == Method::equal_instalments || method == Method::equal_principal;
    if (!is_amortised) return;
    level_ = level(row, balance, interest);
    if (!is_level() && plan_.terms.remainder_to == RemainderTo::first) {
        remainder_ = balance - level_ * asked_rows(row);
    }
}

/// Money in advance that is to leave fewer instalments keeps the level that was: that of the next
/// row that asks, as if the money had not come.
void NaiveLife::solve_before_payment(Date today)
{
    auto const open = static_cast<std::size_t>(open_row() - rows_.data());
    std::size_t const row = next_asked(open);
    Rational const earned = row == open ? earned_ : Rational{0};
    solve(row, not_due_, earned + nights_of(row, not_due_, today));
}

std::int64_t NaiveLife::principal_of(std::size_t row, std::int64_t balance,
                                     Rational const& interest)
{
    if (balance == 0) return 0;
    Terms const& terms = plan_.terms;
    if (rows_[row].period.is_down_payment) {
        Rational const share = Rational{disbursed_} * Rational{terms.down_payment.ppm(), 1'000'000};
        return std::min(rounded(share, terms.rounding), balance);
    }
    if (row == final_row()) return balance;
    if (!rows_[row].period.asks_principal) return 0;
    if (terms.method == Method::interest_only || terms.method == Method::at_maturity) return 0;
    solve(row, balance, interest);
    if (terms.method == Method::principal_plan) return std::min(parts_[row], balance);
    if (!is_level()) {
        return std::min(level_ + (solved_for_ == row ? remainder_ : 0), balance);
    }
    std::int64_t const asked = rounded(interest, terms.rounding);
    if (asked <= level_) return std::min(level_ - asked, balance);
    if (!terms.instalment && terms.instalment_multiple.is_zero()) solved_for_.reset();
    return 0;
}

} // namespace ledger::test
