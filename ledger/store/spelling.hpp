// How enumerations and values are written in the books, and read back with a check: what is stored
// was proved when it was written, so anything else is an IntegrityFault, never a refusal.
#pragma once

#include "ledger/journal.hpp"
#include "ledger/loan.hpp"
#include "ledger/programme.hpp"
#include "ledger/register_fact.hpp"
#include "ledger/schedule.hpp"
#include "ledger/seal.hpp"
#include "store/database.hpp"
#include "store/execute.hpp"
#include "store/queries.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace store {

template <class Enum> using Spellings = std::span<std::pair<Enum, std::string_view> const>;

/// Every value with its spelling; the enumerators' own names. Specialised in spelling.cpp.
template <class Enum> Spellings<Enum> spellings();
template <> Spellings<ledger::Method> spellings();
template <> Spellings<ledger::InterestBasis> spellings();
template <> Spellings<ledger::InterestPer> spellings();
template <> Spellings<ledger::PeriodUnit> spellings();
template <> Spellings<ledger::DayCount> spellings();
template <> Spellings<ledger::MonthEnd> spellings();
template <> Spellings<ledger::Rounding> spellings();
template <> Spellings<ledger::RemainderTo> spellings();
template <> Spellings<ledger::Stub> spellings();
template <> Spellings<ledger::DueDay> spellings();
template <> Spellings<ledger::RateReset> spellings();
template <> Spellings<ledger::DebtComponent> spellings();
template <> Spellings<ledger::AllocateBy> spellings();
template <> Spellings<ledger::InAdvance> spellings();
template <> Spellings<ledger::Compounding> spellings();
template <> Spellings<ledger::RiskClass> spellings();
template <> Spellings<ledger::ProvisionAt> spellings();
template <> Spellings<ledger::SubsidyKind> spellings();
template <> Spellings<ledger::SubsidyPaidTo> spellings();
template <> Spellings<ledger::Side> spellings();
template <> Spellings<ledger::Unit> spellings();
template <> Spellings<ledger::AccountClass> spellings();
template <> Spellings<ledger::Subledger> spellings();
template <> Spellings<ledger::Cause> spellings();
template <> Spellings<ledger::DigestAlgorithm> spellings();
template <> Spellings<ledger::Standing> spellings();
template <> Spellings<ledger::Way> spellings();
template <> Spellings<ledger::ExitStep> spellings();
template <> Spellings<ledger::PovertyCause> spellings();
template <> Spellings<ledger::Ruling> spellings();
template <> Spellings<ledger::RetainedKind> spellings();
template <> Spellings<ledger::RetainedFrom> spellings();
template <> Spellings<ledger::RegisterKind> spellings();
template <> Spellings<ledger::Membership> spellings();
template <> Spellings<ledger::Kinship> spellings();
template <> Spellings<ledger::PlanIndicator> spellings();
template <> Spellings<ledger::VillageAspect> spellings();
template <> Spellings<ledger::Report> spellings();

template <class Enum> std::string_view spelled(Enum value)
{
    for (auto const& [candidate, text] : spellings<Enum>())
        if (candidate == value) return text;
    throw IntegrityFault{"a value without a spelling"};
}

template <class Enum> Enum enum_from(std::string_view text)
{
    for (auto const& [value, spelling] : spellings<Enum>())
        if (spelling == text) return value;
    throw IntegrityFault{"the books hold an unknown word: " + std::string{text}};
}

/// The value as the books hold it, checked by the same parser that let it in.
template <class Parsed> Parsed stored(std::string_view text)
{
    auto parsed = Parsed::parse(text);
    if (!parsed) throw IntegrityFault{"the books hold a value that cannot be read"};
    return std::move(*parsed);
}

/// "{"a","b"}": a text[] parameter.
template <class Texts> std::string array_of(Texts const& texts)
{
    std::string literal = "{";
    for (std::string const& text : texts) {
        if (literal.size() > 1) literal += ',';
        literal += '"';
        for (char c : text) {
            if (c == '"' || c == '\\') literal += '\\';
            literal += c;
        }
        literal += '"';
    }
    return literal + "}";
}

/// Throws IntegrityFault where it is no digest.
ledger::Digest digest_from_hex(std::string_view);

/// Microseconds since 1970 as SQL gives them (instant_sql) and takes them.
inline constexpr char const* instant_sql = "(extract(epoch FROM recorded_at) * 1000000)::bigint";
std::string instant_text(Instant); ///< "2026-11-24 04:32:58.123456+00"
inline std::optional<std::string> text_of(std::optional<Instant> const& instant)
{
    return instant ? std::optional{instant_text(*instant)} : std::nullopt;
}
inline std::optional<std::string> text_of(std::optional<ledger::Date> const& day)
{
    return day ? std::optional{day->text()} : std::nullopt;
}
/// A parameter that may be null: the text it points to must outlive the query.
inline char const* or_null(std::optional<std::string> const& text)
{
    return text ? text->c_str() : nullptr;
}

} // namespace store
