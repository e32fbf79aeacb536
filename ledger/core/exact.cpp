// Exact rational amounts. Most of a loan's interest fits 128 bits, where a step is a few machine
// instructions: fractions are kept there unreduced, reduced when a step would overflow, and moved
// to big integers only when that does not help (the powers in an annuity). Both ways give the same
// values; nothing is rounded except by round_to_fen.
#include "ledger/rate.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <compare>
#include <optional>
#include <utility>

namespace ledger {

namespace mp = boost::multiprecision;

/// A value beyond 128 bits, in lowest terms with a denominator above zero.
struct Exact::Big {
    mp::cpp_rational value;
};

namespace {

constexpr Wide magnitude(Wide value)
{
    return value < 0 ? -value : value;
}

Wide greatest_common_divisor(Wide a, Wide b)
{
    a = magnitude(a);
    b = magnitude(b);
    while (b != 0) a = std::exchange(b, a % b);
    return a;
}

/// Below 2^126, so that signs may be turned freely: the lowest 128-bit integer has no opposite.
constexpr Wide wide_limit = Wide{1} << 126;

bool add_fits(Wide a, Wide b, Wide& sum)
{
    return !__builtin_add_overflow(a, b, &sum) && sum < wide_limit && sum > -wide_limit;
}

bool multiply_fits(Wide a, Wide b, Wide& product)
{
    return !__builtin_mul_overflow(a, b, &product) && product < wide_limit && product > -wide_limit;
}

/// The fen next to a value, chosen by what is left beyond `fen`, which was cut towards zero.
struct Cut {
    std::int64_t fen = 0;
    bool is_negative = false;
    bool is_whole = false;
    std::strong_ordering half; ///< what is left, against one half
};

Money rounded(Cut const& cut, Rounding rounding)
{
    bool const is_odd = cut.fen % 2 != 0;
    std::int64_t const away = cut.fen + (cut.is_negative ? -1 : 1);
    switch (rounding) {
    case Rounding::half_up: return Money::fen(cut.half >= 0 ? away : cut.fen);
    case Rounding::half_even:
        return Money::fen(cut.half > 0 || (cut.half == 0 && is_odd) ? away : cut.fen);
    case Rounding::down: return Money::fen(cut.fen);
    case Rounding::up: return Money::fen(cut.is_whole ? cut.fen : away);
    }
    LEDGER_ASSERT(!"a rounding that is not in the list");
}

} // namespace

/// The steps that see inside an Exact.
struct Exact::Steps {
    using Small = std::optional<Exact>;

    static Exact made(Wide numerator, Wide denominator)
    {
        Exact exact;
        exact.numerator_ = numerator;
        exact.denominator_ = denominator;
        return exact;
    }

    static mp::cpp_rational big(Exact const& exact)
    {
        if (exact.big_) return exact.big_->value;
        return {mp::cpp_int{exact.numerator_}, mp::cpp_int{exact.denominator_}};
    }

    /// Back to 128 bits when the value fits, so that one large step does not slow the rest.
    static Exact from_big(mp::cpp_rational value)
    {
        static mp::cpp_int const limit{wide_limit};
        mp::cpp_int const numerator = mp::numerator(value);
        mp::cpp_int const denominator = mp::denominator(value);
        if (mp::abs(numerator) < limit && denominator < limit) {
            return made(numerator.convert_to<Wide>(), denominator.convert_to<Wide>());
        }
        Exact exact;
        exact.big_ = std::make_shared<Big const>(Big{std::move(value)});
        return exact;
    }

    static Exact reduced(Exact const& exact)
    {
        Wide const divisor = greatest_common_divisor(exact.numerator_, exact.denominator_);
        return made(exact.numerator_ / divisor, exact.denominator_ / divisor);
    }

    static Small sum(Exact const& a, Exact const& b)
    {
        Wide numerator = 0;
        if (a.denominator_ == b.denominator_) {
            if (!add_fits(a.numerator_, b.numerator_, numerator)) return {};
            return made(numerator, a.denominator_);
        }
        // One denominator often divides the other, which keeps long sums from growing.
        Exact const& coarse = a.denominator_ < b.denominator_ ? a : b;
        Exact const& fine = a.denominator_ < b.denominator_ ? b : a;
        if (fine.denominator_ % coarse.denominator_ == 0) {
            Wide const factor = fine.denominator_ / coarse.denominator_;
            if (!multiply_fits(coarse.numerator_, factor, numerator) ||
                !add_fits(numerator, fine.numerator_, numerator))
            {
                return {};
            }
            return made(numerator, fine.denominator_);
        }
        Wide left = 0;
        Wide right = 0;
        Wide denominator = 0;
        if (!multiply_fits(a.numerator_, b.denominator_, left) ||
            !multiply_fits(b.numerator_, a.denominator_, right) ||
            !multiply_fits(a.denominator_, b.denominator_, denominator) ||
            !add_fits(left, right, numerator))
        {
            return {};
        }
        return made(numerator, denominator);
    }

    static Small product(Exact const& a, Exact const& b)
    {
        Wide numerator = 0;
        Wide denominator = 0;
        if (!multiply_fits(a.numerator_, b.numerator_, numerator) ||
            !multiply_fits(a.denominator_, b.denominator_, denominator))
        {
            return {};
        }
        return made(numerator, denominator);
    }

    /// The step in 128 bits; if it overflows, again in lowest terms; if it still does, in full.
    template <class SmallStep, class BigStep>
    static Exact of(Exact const& a, Exact const& b, SmallStep small_step, BigStep big_step)
    {
        if (!a.big_ && !b.big_) {
            if (auto result = small_step(a, b)) return *result;
            if (auto result = small_step(reduced(a), reduced(b))) return *result;
        }
        return from_big(big_step(big(a), big(b)));
    }

    static std::strong_ordering compare(Exact const& a, Exact const& b)
    {
        Wide left = 0;
        Wide right = 0;
        if (!a.big_ && !b.big_ && multiply_fits(a.numerator_, b.denominator_, left) &&
            multiply_fits(b.numerator_, a.denominator_, right))
        {
            return left <=> right;
        }
        return big(a).compare(big(b)) <=> 0;
    }

    static Exact negated(Exact const& exact)
    {
        if (exact.big_) return from_big(-exact.big_->value);
        return made(-exact.numerator_, exact.denominator_);
    }

    /// One over the value, its sign kept on the numerator.
    static Exact inverse(Exact const& exact)
    {
        if (exact.big_) return from_big(1 / exact.big_->value);
        if (exact.numerator_ > 0) return made(exact.denominator_, exact.numerator_);
        return made(-exact.denominator_, -exact.numerator_);
    }
};

Exact::Exact(std::int64_t numerator, std::int64_t denominator)
    : numerator_{numerator}
    , denominator_{denominator}
{
    LEDGER_ASSERT(denominator > 0);
}

Exact Exact::fraction(Wide numerator, Wide denominator)
{
    LEDGER_ASSERT(denominator > 0);
    LEDGER_ASSERT(denominator < wide_limit);
    LEDGER_ASSERT(numerator < wide_limit && numerator > -wide_limit);
    return Steps::made(numerator, denominator);
}

Exact operator+(Exact const& a, Exact const& b)
{
    return Exact::Steps::of(a, b, Exact::Steps::sum,
                            [](auto const& x, auto const& y) { return mp::cpp_rational{x + y}; });
}

Exact operator-(Exact const& a, Exact const& b)
{
    return a + Exact::Steps::negated(b);
}

Exact operator*(Exact const& a, Exact const& b)
{
    return Exact::Steps::of(a, b, Exact::Steps::product,
                            [](auto const& x, auto const& y) { return mp::cpp_rational{x * y}; });
}

Exact operator/(Exact const& a, Exact const& b)
{
    LEDGER_ASSERT(!b.is_zero());
    return a * Exact::Steps::inverse(b);
}

bool operator==(Exact const& a, Exact const& b)
{
    return Exact::Steps::compare(a, b) == 0;
}

bool operator<(Exact const& a, Exact const& b)
{
    return Exact::Steps::compare(a, b) < 0;
}

bool Exact::is_zero() const
{
    return !big_ && numerator_ == 0;
}

Money round_to_fen(Exact const& exact, Rounding rounding)
{
    if (exact.big_) {
        mp::cpp_int const denominator = mp::denominator(exact.big_->value);
        mp::cpp_int quotient;
        mp::cpp_int rest;
        mp::divide_qr(mp::cpp_int{mp::numerator(exact.big_->value)}, denominator, quotient, rest);
        LEDGER_ASSERT(mp::abs(quotient) <= money_limit_fen);
        mp::cpp_int const twice = 2 * mp::abs(rest);
        return rounded({quotient.convert_to<std::int64_t>(), exact.big_->value < 0, rest == 0,
                        twice.compare(denominator) <=> 0},
                       rounding);
    }
    Wide const quotient = exact.numerator_ / exact.denominator_;
    Wide const rest = magnitude(exact.numerator_ % exact.denominator_);
    LEDGER_ASSERT(magnitude(quotient) <= money_limit_fen);
    return rounded({static_cast<std::int64_t>(quotient), exact.numerator_ < 0, rest == 0,
                    rest <=> exact.denominator_ - rest},
                   rounding);
}

std::string Exact::text() const
{
    mp::cpp_rational const value = Steps::big(*this);
    return mp::numerator(value).str() + "/" + mp::denominator(value).str();
}

} // namespace ledger
