// Parses what an address says; every refusal names its parameter.
#include "daifud/reading.hpp"

#include "wire/answers.hpp"

#include <charconv>
#include <limits>

namespace daifud {

using ledger::Refusal;
using ledger::refuse;
using ledger::Result;

namespace {

Result<std::int64_t> number_within(std::string_view text, std::int64_t least, std::int64_t most,
                                   std::string_view name)
{
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool const is_number = error == std::errc{} && end == text.data() + text.size();
    if (is_number && number >= least && number <= most) return number;
    return refuse(Refusal::number_malformed, std::string{name},
                  std::to_string(least) + ".." + std::to_string(most));
}

} // namespace

std::string const* Reading::value(std::string_view name) const
{
    auto const found = request.query_values.find(name);
    return found == request.query_values.end() ? nullptr : &found->second;
}

Result<std::string> Reading::text(std::string_view name, int limit) const
{
    auto const* const text = value(name);
    return text == nullptr ? std::string{} : named(ledger::checked_text(*text, limit), name);
}

Result<std::int64_t> Reading::path_number(std::string_view name) const
{
    return number_within(request.parameters.find(name)->second, 1,
                         std::numeric_limits<std::int64_t>::max(), name);
}

Result<std::optional<ledger::Date>> Reading::date(std::string_view name) const
{
    auto const* const text = value(name);
    if (text == nullptr) return std::nullopt;
    auto const date = named(ledger::Date::parse(*text), name);
    if (!date) return std::unexpected{date.error()};
    return *date;
}

Result<std::optional<store::Instant>> Reading::instant(std::string_view name) const
{
    auto const* const text = value(name);
    if (text == nullptr) return std::nullopt;
    auto const instant = named(wire::instant_of(*text), name);
    if (!instant) return std::unexpected{instant.error()};
    return *instant;
}

Result<ledger::Date> Reading::date_or_today(std::string_view name) const
{
    auto const date_given = date(name);
    if (!date_given) return std::unexpected{date_given.error()};
    return date_given->value_or(today);
}

Result<ledger::Date> Reading::wanted_date(std::string_view name) const
{
    auto const date_given = date(name);
    if (!date_given) return std::unexpected{date_given.error()};
    if (!*date_given) return refuse(Refusal::field_missing, std::string{name});
    return **date_given;
}

Result<int> Reading::number_or(std::string_view name, int least, int most, int fallback) const
{
    auto const* const text = value(name);
    if (text == nullptr) return fallback;
    auto const number = number_within(*text, least, most, name);
    if (!number) return std::unexpected{number.error()};
    return static_cast<int>(*number);
}

Result<bool> Reading::truth_or(std::string_view name, bool fallback) const
{
    auto const* const text = value(name);
    if (text == nullptr) return fallback;
    if (*text == "true" || *text == "false") return *text == "true";
    return refuse(Refusal::choice_unknown, std::string{name}, "true, false");
}

} // namespace daifud
