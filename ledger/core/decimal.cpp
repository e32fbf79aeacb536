// Scans and writes plain decimals. Never through floating point, never through the locale.
#include "ledger/core/decimal.hpp"

#include "ledger/assert.hpp"

#include <algorithm>
#include <cstdint>

namespace ledger {

namespace {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_digits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

} // namespace

std::optional<Decimal> scan_decimal(std::string_view text, std::size_t decimals)
{
    Decimal parts;
    if (text.starts_with('-')) {
        parts.is_negative = true;
        text.remove_prefix(1);
    }
    auto const point = text.find('.');
    parts.whole = text.substr(0, point);
    if (!is_digits(parts.whole)) return std::nullopt;
    if (parts.whole.size() > 1 && parts.whole.front() == '0') return std::nullopt;
    if (point == std::string_view::npos) return parts;

    parts.fraction = text.substr(point + 1);
    if (!is_digits(parts.fraction)) return std::nullopt;
    if (parts.fraction.size() > decimals) return std::nullopt;
    return parts;
}

std::int64_t scaled(Decimal const& parts, std::size_t decimals)
{
    LEDGER_ASSERT(parts.fraction.size() <= decimals);
    LEDGER_ASSERT(parts.whole.size() + decimals <= 18); // every number of 18 digits fits int64
    std::int64_t value = 0;
    for (char const c : parts.whole) value = value * 10 + (c - '0');
    for (char const c : parts.fraction) value = value * 10 + (c - '0');
    for (std::size_t n = parts.fraction.size(); n < decimals; ++n) value *= 10;
    return parts.is_negative ? -value : value;
}

std::string fixed_point(std::int64_t value, std::size_t decimals)
{
    LEDGER_ASSERT(decimals >= 1);
    std::string text = std::to_string(value);
    std::size_t const sign = value < 0 ? 1 : 0;
    if (text.size() < sign + decimals + 1) {
        text.insert(sign, sign + decimals + 1 - text.size(), '0');
    }
    text.insert(text.size() - decimals, 1, '.');
    return text;
}

} // namespace ledger
