// A Rate is parts per million a year: 4.75 % is 47,500 ppm. Interest is exact (a rational of big
// integers) inside one computation and leaves it only through round_to_fen, once, in a named
// direction. Boost.Multiprecision costs seconds a file, so it stays behind Exact and never enters a
// header.
#pragma once

#include "ledger/calendar.hpp"
#include "ledger/money.hpp"
#include "ledger/wide.hpp"

#include <memory>

namespace ledger {

/// 1,000 % a year: no rule of any programme comes near it.
inline constexpr std::int64_t rate_limit_ppm = 10'000'000;

class Rate {
  public:
    constexpr Rate() = default;
    /// Asserts 0 <= ppm <= rate_limit_ppm.
    static constexpr Rate ppm(std::int64_t ppm)
    {
        LEDGER_ASSERT(ppm >= 0 && ppm <= rate_limit_ppm);
        Rate rate;
        rate.ppm_ = ppm;
        return rate;
    }
    /// From a percent string with at most four decimals and no sign, at most "1000": "4.75".
    /// Refuses rate_malformed, rate_negative.
    static Result<Rate> parse(std::string_view percent);

    constexpr std::int64_t ppm() const { return ppm_; }
    /// Percent with no trailing zeros beyond two decimals: "4.75", "4.8125".
    std::string text() const;

    friend constexpr auto operator<=>(Rate, Rate) = default;

  private:
    std::int64_t ppm_ = 0;
};

enum class Rounding : std::uint8_t { half_up = 1, half_even, down, up };

/// An exact rational amount of fen. Immutable value; copying is cheap.
class Exact {
  public:
    Exact() = default;
    Exact(Money money)
        : numerator_{money.fen()}
    {
    }
    Exact(std::int64_t numerator, std::int64_t denominator); ///< denominator > 0
    /// The same from 128 bits: sums of principal x rate x days that were added up elsewhere.
    /// Asserts denominator > 0 and |numerator|, denominator below 2^126.
    static Exact fraction(Wide numerator, Wide denominator);

    friend Exact operator+(Exact const&, Exact const&);
    friend Exact operator-(Exact const&, Exact const&);
    friend Exact operator*(Exact const&, Exact const&);
    friend Exact operator/(Exact const&, Exact const&); ///< asserts divisor != 0
    friend bool operator==(Exact const&, Exact const&);
    friend bool operator<(Exact const&, Exact const&);
    bool is_zero() const;

    /// Half up means away from zero at exactly one half; down is towards zero, up away from zero.
    friend Money round_to_fen(Exact const&, Rounding);
    /// Numerator/denominator in lowest terms, for explanations: "1250000/3".
    std::string text() const;

  private:
    struct Big;
    struct Steps;
    Wide numerator_ = 0; ///< with the denominator the value, perhaps unreduced, unless big_ is set
    Wide denominator_ = 1;
    std::shared_ptr<Big const> big_; ///< the value when it does not fit 128 bits
};

Money round_to_fen(Exact const&, Rounding);

/// principal x rate x (days in the span by the count); exact. The first day counts, the last does
/// not. 银发〔1999〕77号: daily rate = annual / 360 for actual/360.
Exact interest_for(Money principal, Rate, Span, DayCount);
/// principal x rate x the given fraction of a year (numerator/denominator).
Exact interest_for(Money principal, Rate, YearFraction);

} // namespace ledger
