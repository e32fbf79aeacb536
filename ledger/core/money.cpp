// Reads and writes amounts as decimal yuan. The syntax is one, whatever the user's locale; the sign
// and zero are not judged here, because each command says itself what it takes.
#include "ledger/money.hpp"

#include "ledger/core/decimal.hpp"

namespace ledger {

Result<Money> Money::parse(std::string_view yuan)
{
    auto const parts = scan_decimal(yuan, 2);
    if (!parts) return refuse(Refusal::amount_malformed);

    // 10^15 fen is 10^13 yuan, fourteen digits: what is longer is not worth converting.
    constexpr std::size_t most_digits = 14;
    auto const too_large = [] {
        return refuse(Refusal::amount_too_large, {}, Money::fen(money_limit_fen).text());
    };
    if (parts->whole.size() > most_digits) return too_large();
    std::int64_t const amount_fen = scaled(*parts, 2);
    if (amount_fen > money_limit_fen || amount_fen < -money_limit_fen) return too_large();
    return Money::fen(amount_fen);
}

std::string Money::text() const
{
    return fixed_point(fen_, 2);
}

} // namespace ledger
