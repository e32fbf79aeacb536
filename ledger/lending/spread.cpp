// The level of equal instalments is solved from the exact discount factors of the periods that are
// left, at the rate that holds at the end of the period it is solved in; it may therefore differ
// from the last instalment by rounding only.
#include "ledger/lending/spread.hpp"

namespace ledger {

namespace {

constexpr int discount_bits = 62; ///< a discount factor is below one; 600 of them fit a Wide

/// Rows from `row` to `last` that ask for principal; at least one, the last.
std::int64_t asked_rows(Contract const& contract, std::size_t row, std::size_t last)
{
    return std::count_if(contract.periods.begin() + static_cast<std::ptrdiff_t>(row),
                         contract.periods.begin() + static_cast<std::ptrdiff_t>(last) + 1,
                         [](Period const& period) { return period.is_principal_asked; });
}

Money rounded_level(Terms const& terms, Exact const& level, Rounding rounding)
{
    Money const multiple = terms.instalment_multiple;
    if (multiple.is_zero()) return round_to_fen(level, rounding);
    Money const times = round_to_fen(level / Exact{multiple}, rounding);
    return Money::fen(times.fen() * multiple.fen());
}

/// What is left, by the weights of the rows to come.
std::vector<Money> parts_of(Contract const& contract, RowToPlan const& at)
{
    std::vector<std::int64_t> weights;
    for (std::size_t n = at.row; n < contract.periods.size(); ++n) {
        weights.push_back(contract.periods[n].part.fen());
    }
    bool const is_known = std::ranges::any_of(weights, [](std::int64_t w) { return w > 0; });
    if (!is_known) weights.back() = 1;
    std::vector<Money> parts(at.row);
    auto const left = split_by_weights(at.balance, weights);
    parts.insert(parts.end(), left.begin(), left.end());
    return parts;
}

bool is_level_instalment(Terms const& terms)
{
    return terms.method == Method::equal_instalments && terms.interest == InterestBasis::declining;
}

} // namespace

/// Is there another rate, up to the row's end, than in the row that the level was solved for?
bool Spread::is_at_new_rate(Contract const& contract, std::size_t row) const
{
    if (!is_level_instalment(contract.terms) || row <= solved_for_) return false;
    return contract.rate_changes(
        {contract.periods[solved_for_].span.until, contract.periods[row].span.until});
}

/// The row that asks for all that is left.
std::size_t Spread::last_row(Contract const& contract) const
{
    return std::min(ends_with_, contract.periods.size() - 1);
}

void Spread::end_with(Contract const& contract, std::size_t row)
{
    Terms const& terms = contract.terms;
    bool const has_equal_rows =
        terms.method == Method::equal_instalments || terms.method == Method::equal_principal;
    if (has_equal_rows && !terms.instalment) ends_with_ = row;
}

/// A = (balance + this period's interest) / (1 + D2 + D2 D3 + ...), D being the discount factors of
/// the later periods: the instalment that leaves nothing after the last. A row that asks for no
/// principal pays its own interest and discounts nothing.
Exact Spread::level_instalment(Contract const& contract, RowToPlan const& at) const
{
    Rate const rate = contract.rate_on(contract.periods[at.row].span.until.plus_days(-1));
    Wide const one = Wide{1} << discount_bits;
    Wide discount = one;
    Wide sum = one;
    for (std::size_t n = at.row + 1; n <= last_row(contract); ++n) {
        Period const& period = contract.periods[n];
        if (!period.is_principal_asked) continue;
        Wide const divisor = interest_divisor(period);
        discount = discount * divisor / (divisor + whole_growth(contract, period, rate));
        sum += discount;
    }
    return (Exact{at.balance} + at.interest) / Exact::fraction(sum, one);
}

void Spread::solve(Contract const& contract, RowToPlan const& at)
{
    bool const is_known = solved_for_ != nothing;
    bool const has_new_rate = is_known && (is_repriced_ || is_at_new_rate(contract, at.row));
    if (is_known && !has_new_rate) return;
    Terms const& terms = contract.terms;
    is_repriced_ = false;
    solved_for_ = at.row;
    remainder_ = Money{};
    switch (terms.method) {
    case Method::interest_only:
    case Method::at_maturity: return;
    case Method::principal_plan: parts_ = parts_of(contract, at); return;
    case Method::equal_instalments:
        if (is_level_instalment(terms)) {
            level_ = terms.instalment
                         ? *terms.instalment
                         : rounded_level(terms, level_instalment(contract, at), terms.rounding);
            return;
        }
        [[fallthrough]];
    case Method::equal_principal:
        std::int64_t const rows = asked_rows(contract, at.row, last_row(contract));
        Exact const share = Exact{at.balance} / Exact{rows, 1};
        bool const to_first = terms.remainder_to == RemainderTo::first;
        level_ = terms.instalment
                     ? *terms.instalment
                     : rounded_level(terms, share, to_first ? Rounding::down : terms.rounding);
        if (to_first) remainder_ = at.balance - Money::fen(level_.fen() * rows);
        return;
    }
    LEDGER_ASSERT(!"a method that is not in the list");
}

Money Spread::from_level(Contract const& contract, RowToPlan const& at)
{
    Money const asked = round_to_fen(at.interest, contract.terms.rounding);
    if (asked <= level_) return std::min(level_ - asked, at.balance);
    // A long first period: its interest alone, the rest is levelled after it. A fixed or rounded
    // instalment stays what it is; the schedule refuses one that interest exceeds.
    bool const is_solved =
        !contract.terms.instalment && contract.terms.instalment_multiple.is_zero();
    if (is_solved) solved_for_ = nothing;
    return Money{};
}

Money Spread::principal_of(Contract const& contract, RowToPlan const& at)
{
    if (at.balance.is_zero()) return Money{};
    Terms const& terms = contract.terms;
    Period const& period = contract.periods[at.row];
    if (period.is_down_payment) {
        Exact const share = Exact{at.disbursed} * Exact{terms.down_payment.ppm(), 1'000'000};
        return std::min(round_to_fen(share, terms.rounding), at.balance);
    }
    if (at.row == last_row(contract)) return at.balance;
    if (!period.is_principal_asked) return Money{};
    solve(contract, at);
    switch (terms.method) {
    case Method::interest_only:
    case Method::at_maturity: return Money{};
    case Method::principal_plan: return std::min(parts_[at.row], at.balance);
    case Method::equal_instalments:
        if (is_level_instalment(terms)) return from_level(contract, at);
        [[fallthrough]];
    case Method::equal_principal: {
        Money const extra = solved_for_ == at.row ? remainder_ : Money{};
        return std::min(level_ + extra, at.balance);
    }
    }
    LEDGER_ASSERT(!"a method that is not in the list");
}

} // namespace ledger
