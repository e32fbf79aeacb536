// Rates as text, and interest as an exact amount: principal x rate x time, nothing rounded. Which
// day counts, and when the result is rounded, is the caller's rule.
#include "ledger/rate.hpp"

#include "ledger/core/decimal.hpp"

namespace ledger {

Result<Rate> Rate::parse(std::string_view percent)
{
    auto const parts = scan_decimal(percent, 4);
    if (!parts) return refuse(Refusal::rate_malformed);
    if (parts->is_negative) return refuse(Refusal::rate_negative);
    if (parts->whole.size() > 4) return refuse(Refusal::rate_malformed); // 1,000 % has four digits
    std::int64_t const parsed_ppm = scaled(*parts, 4); // 1 % is 10,000 ppm: four decimals
    if (parsed_ppm > rate_limit_ppm) return refuse(Refusal::rate_malformed);
    return Rate::ppm(parsed_ppm);
}

std::string Rate::text() const
{
    std::string text = fixed_point(ppm_, 4);
    for (int spare = 2; spare > 0 && text.back() == '0'; --spare) text.pop_back();
    return text;
}

Exact interest_for(Money principal, Rate rate, Span span, DayCount count)
{
    return interest_for(principal, rate, year_fraction(span, count));
}

Exact interest_for(Money principal, Rate rate, YearFraction years)
{
    return Exact{principal} * Exact{rate.ppm(), 1'000'000} *
           Exact{years.numerator, years.denominator};
}

} // namespace ledger
