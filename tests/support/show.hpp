// How a failing test prints amounts, rates and dates: Catch2 and RapidCheck both look for these.
// There is none for a ResidentId, here or anywhere.
#pragma once

#include "ledger/calendar.hpp"
#include "ledger/money.hpp"
#include "ledger/rate.hpp"

#include <ostream>

namespace ledger {

inline std::ostream& operator<<(std::ostream& stream, Money money)
{
    return stream << money.text();
}

inline std::ostream& operator<<(std::ostream& stream, Rate rate)
{
    return stream << rate.text();
}

inline std::ostream& operator<<(std::ostream& stream, Date date)
{
    return stream << date.text();
}

inline std::ostream& operator<<(std::ostream& stream, Exact const& exact)
{
    return stream << exact.text();
}

inline std::ostream& operator<<(std::ostream& stream, Span span)
{
    return stream << "[" << span.from << ", " << span.until << ")";
}

inline std::ostream& operator<<(std::ostream& stream, YearFraction years)
{
    return stream << years.numerator << "/" << years.denominator;
}

} // namespace ledger
