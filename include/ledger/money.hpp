// Money is a whole number of fen (1/100 yuan), checked at every step. There is no floating point
// and no implicit number: an amount that would pass the limit trips an assertion, an amount typed
// by a user that passes it is refused when it is parsed.
#pragma once

#include "ledger/assert.hpp"
#include "ledger/refusal.hpp"

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ledger {

/// The largest single amount: 10^15 fen, ten trillion yuan. Sums of 9,000 of them still fit int64.
inline constexpr std::int64_t money_limit_fen = 1'000'000'000'000'000;

class Money {
  public:
    constexpr Money() = default;

    /// From fen; may be negative (a difference). Asserts |fen| <= money_limit_fen.
    static constexpr Money fen(std::int64_t fen)
    {
        LEDGER_ASSERT(fen >= -money_limit_fen && fen <= money_limit_fen);
        Money money;
        money.fen_ = fen;
        return money;
    }
    static constexpr Money yuan(std::int64_t yuan)
    {
        LEDGER_ASSERT(yuan >= -money_limit_fen / 100 && yuan <= money_limit_fen / 100);
        return fen(yuan * 100);
    }

    /// From a decimal string in yuan: optional minus, digits without needless leading zeros, at
    /// most two decimals; nothing else. Zero and negative are read; commands decide on the sign.
    /// Refuses amount_malformed, amount_too_large.
    static Result<Money> parse(std::string_view yuan);

    constexpr std::int64_t fen() const { return fen_; }
    /// Decimal yuan, always two decimals: "-1234.50".
    std::string text() const;

    constexpr bool is_zero() const { return fen_ == 0; }
    constexpr bool is_negative() const { return fen_ < 0; }

    friend constexpr Money operator+(Money a, Money b) { return fen(a.fen_ + b.fen_); }
    friend constexpr Money operator-(Money a, Money b) { return fen(a.fen_ - b.fen_); }
    friend constexpr Money operator-(Money a) { return fen(-a.fen_); }
    constexpr Money& operator+=(Money other) { return *this = *this + other; }
    constexpr Money& operator-=(Money other) { return *this = *this - other; }
    friend constexpr auto operator<=>(Money, Money) = default;

  private:
    std::int64_t fen_ = 0;
};

/// Where the fen that do not divide evenly go.
enum class RemainderTo : std::uint8_t { first = 1, last };

/// Splits a total (negative too) into `parts` amounts that differ only in the remainder, which goes
/// whole to the first or the last; the sum is exact. parts >= 1.
std::vector<Money> split_evenly(Money total, int parts, RemainderTo);

/// Splits a total (negative too) in proportion to weights >= 0, not all zero: each share is cut
/// towards zero, then one fen at a time goes to the shares in listed order, never to one of weight
/// zero. The sum is exact.
std::vector<Money> split_by_weights(Money total, std::span<std::int64_t const> weights);

/// Amount in Chinese capitals (支付结算办法 annex 1): 人民币壹仟肆佰零玖元伍角整. Always 整 after
/// 元 or 角, never after 分. Asserts the amount is not negative; zero is 人民币零元整.
std::string in_capitals(Money);
/// Reads capitals back, with or without 人民币, 整 (or 正) and the 零 that annex 1 leaves to the
/// writer, with 圆 for 元 and the traditional 貳 陸 萬 億 圓; nothing else, so that a changed
/// character does not pass unseen. Refuses capital_amount_malformed, amount_too_large.
Result<Money> parse_capitals(std::string_view);

} // namespace ledger
