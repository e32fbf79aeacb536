// Splits a total into shares whose sum is the total to the fen, for every input. Where the odd fen
// go is said by the caller or by the listed order, never by rounding each share on its own.
#include "ledger/money.hpp"
#include "ledger/wide.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace ledger {

namespace {

Money sum_of(std::span<Money const> shares)
{
    return std::accumulate(shares.begin(), shares.end(), Money{});
}

} // namespace

std::vector<Money> split_evenly(Money total, int parts, RemainderTo remainder_to)
{
    LEDGER_ASSERT(parts >= 1);
    Money const share = Money::fen(total.fen() / parts);
    Money const remainder = Money::fen(total.fen() % parts);
    std::vector<Money> shares(static_cast<std::size_t>(parts), share);
    switch (remainder_to) {
    case RemainderTo::first: shares.front() += remainder; break;
    case RemainderTo::last: shares.back() += remainder; break;
    }
    LEDGER_ASSERT(sum_of(shares) == total);
    return shares;
}

std::vector<Money> split_by_weights(Money total, std::span<std::int64_t const> weights)
{
    LEDGER_ASSERT(std::ranges::all_of(weights, [](std::int64_t weight) { return weight >= 0; }));
    Wide const whole = std::accumulate(weights.begin(), weights.end(), Wide{0});
    LEDGER_ASSERT(whole > 0);

    std::vector<Money> shares;
    shares.reserve(weights.size());
    Money left = total;
    for (std::int64_t const weight : weights) {
        // 10^15 x 2^63 is below 10^34; Wide holds 10^38.
        shares.push_back(Money::fen(static_cast<std::int64_t>(Wide{total.fen()} * weight / whole)));
        left -= shares.back();
    }
    // Each share above zero lost less than one fen, so one round over those always suffices.
    Money const one = Money::fen(left.is_negative() ? -1 : 1);
    for (std::size_t n = 0; n < shares.size() && !left.is_zero(); ++n) {
        if (weights[n] == 0) continue;
        shares[n] += one;
        left -= one;
    }
    LEDGER_ASSERT(sum_of(shares) == total);
    return shares;
}

} // namespace ledger
