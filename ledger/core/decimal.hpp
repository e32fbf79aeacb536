// The one decimal syntax of the ledger's inputs, shared by amounts and rates: an optional minus,
// digits without needless leading zeros, and at most a few decimals after a point. It knows no
// plus, exponent, space, thousands separator or full-width digit, and it does not convert: a number
// that is too long for an integer is still well formed here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ledger {

/// The parts of a decimal, as views into the text that was scanned.
struct Decimal {
    bool is_negative = false;
    std::string_view whole;    ///< at least one digit; "0" or no leading zero
    std::string_view fraction; ///< digits after the point; empty when there is no point
};

/// The parts, or nothing when the text is not a decimal with at most `decimals` decimals.
std::optional<Decimal> scan_decimal(std::string_view text, std::size_t decimals);

/// The whole and the fraction padded to `decimals` digits, as one integer: "1.5", 2 -> 150.
/// Asserts that the digits fit int64.
std::int64_t scaled(Decimal const&, std::size_t decimals);

/// `value` with `decimals` (at least 1) digits after the point: -150, 2 -> "-1.50".
std::string fixed_point(std::int64_t value, std::size_t decimals);

} // namespace ledger
