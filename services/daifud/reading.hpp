// A read as its handler sees it: where it reads, for which county, on which day, and the parameters
// of its address already parsed or refused by name.
#pragma once

#include "http/message.hpp"

#include "ledger/calendar.hpp"
#include "ledger/identity.hpp"

#include "store/database.hpp"
#include "wire/choices.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace daifud {

struct Reading {
    http::Request const& request;
    store::Database& database;
    ledger::CountyCode const& county;
    ledger::Date today; ///< the business day

    /// A {name} of the path as an identifier.
    template <class Name> ledger::Result<Name> path(std::string_view name) const
    {
        return named(Name::parse(request.parameters.find(name)->second), name);
    }
    /// A query parameter as an identifier; empty when it is not given.
    template <class Name> ledger::Result<Name> query(std::string_view name) const
    {
        auto const* const text = value(name);
        return text == nullptr ? Name{} : named(Name::parse(*text), name);
    }
    /// A query parameter as it is written; empty when it is not given. Refuses what
    /// ledger::checked_text does.
    ledger::Result<std::string> text(std::string_view name, int limit) const;
    /// An entry's number in the path.
    ledger::Result<std::int64_t> path_number(std::string_view name) const;
    ledger::Result<std::optional<ledger::Date>> date(std::string_view name) const;
    /// Refuses field_missing where it is not given.
    ledger::Result<ledger::Date> wanted_date(std::string_view name) const;
    ledger::Result<ledger::Date> date_or_today(std::string_view name) const;
    ledger::Result<std::optional<store::Instant>> instant(std::string_view name) const;
    /// A query parameter that is one of an enumeration's names; nothing when it is not given.
    /// Refuses choice_unknown.
    template <class Enum> ledger::Result<std::optional<Enum>> choice(std::string_view name) const
    {
        auto const* const text = value(name);
        if (text == nullptr) return std::nullopt;
        if (auto const found = wire::enum_named<Enum>(*text)) return found;
        return ledger::refuse(ledger::Refusal::choice_unknown, std::string{name},
                              wire::all_names<Enum>());
    }
    ledger::Result<int> number_or(std::string_view name, int least, int most, int fallback) const;
    /// "true" or "false"; anything else is choice_unknown.
    ledger::Result<bool> truth_or(std::string_view name, bool fallback) const;

    /// The query parameter as it is written, or nullptr.
    std::string const* value(std::string_view name) const;

  private:
    template <class T>
    static ledger::Result<T> named(ledger::Result<T> parsed, std::string_view name)
    {
        if (!parsed) parsed.error().field = name;
        return parsed;
    }
};

} // namespace daifud
