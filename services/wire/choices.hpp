// How the enumerations of the core are spelled outside: one table an enumeration, read both ways,
// lower_snake, the enumerators' own names. The tables are in choices.cpp; a spelling that was
// published never changes.
#pragma once

#include "ledger/access.hpp"
#include "ledger/account.hpp"
#include "ledger/household.hpp"
#include "ledger/indicator.hpp"
#include "ledger/programme.hpp"
#include "ledger/register_fact.hpp"
#include "ledger/schedule.hpp"
#include "store/access.hpp"
#include "store/pending.hpp"
#include "store/queries.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wire {

/// The two orders of allocation that have a name.
enum class UsualOrder : std::uint8_t { interest_first = 1, principal_first };

template <class Enum> struct EnumName {
    Enum value;
    std::string_view name;
};

/// Every value of the enumeration in declared order. Specialised for those below only.
template <class Enum> std::span<EnumName<Enum> const> enum_names();

template <> std::span<EnumName<ledger::Method> const> enum_names();
template <> std::span<EnumName<ledger::InterestBasis> const> enum_names();
template <> std::span<EnumName<ledger::InterestPer> const> enum_names();
template <> std::span<EnumName<ledger::PeriodUnit> const> enum_names();
template <> std::span<EnumName<ledger::DayCount> const> enum_names();
template <> std::span<EnumName<ledger::MonthEnd> const> enum_names();
template <> std::span<EnumName<ledger::Rounding> const> enum_names();
template <> std::span<EnumName<ledger::RemainderTo> const> enum_names();
template <> std::span<EnumName<ledger::Stub> const> enum_names();
template <> std::span<EnumName<ledger::RateReset> const> enum_names();
template <> std::span<EnumName<ledger::DueDay> const> enum_names();
template <> std::span<EnumName<ledger::DebtComponent> const> enum_names();
template <> std::span<EnumName<ledger::AllocateBy> const> enum_names();
template <> std::span<EnumName<ledger::InAdvance> const> enum_names();
template <> std::span<EnumName<ledger::Compounding> const> enum_names();
template <> std::span<EnumName<ledger::RiskClass> const> enum_names();
template <> std::span<EnumName<ledger::ProvisionAt> const> enum_names();
template <> std::span<EnumName<ledger::SubsidyKind> const> enum_names();
template <> std::span<EnumName<ledger::SubsidyPaidTo> const> enum_names();
template <> std::span<EnumName<UsualOrder> const> enum_names();
template <> std::span<EnumName<ledger::Side> const> enum_names();
template <> std::span<EnumName<ledger::AccountClass> const> enum_names();
template <> std::span<EnumName<ledger::Subledger> const> enum_names();
template <> std::span<EnumName<ledger::CountingUnit> const> enum_names();
template <> std::span<EnumName<ledger::Report> const> enum_names();
template <> std::span<EnumName<ledger::UserRole> const> enum_names();
template <> std::span<EnumName<store::TokenScope> const> enum_names();
template <> std::span<EnumName<store::PendingStatus> const> enum_names();
template <> std::span<EnumName<ledger::Standing> const> enum_names();
template <> std::span<EnumName<ledger::Way> const> enum_names();
template <> std::span<EnumName<ledger::ExitStep> const> enum_names();
template <> std::span<EnumName<ledger::PovertyCause> const> enum_names();
template <> std::span<EnumName<ledger::Ruling> const> enum_names();
template <> std::span<EnumName<ledger::RetainedKind> const> enum_names();
template <> std::span<EnumName<ledger::RetainedFrom> const> enum_names();
template <> std::span<EnumName<ledger::RegisterKind> const> enum_names();
template <> std::span<EnumName<ledger::Membership> const> enum_names();
template <> std::span<EnumName<ledger::Kinship> const> enum_names();
template <> std::span<EnumName<ledger::PlanIndicator> const> enum_names();
template <> std::span<EnumName<ledger::VillageAspect> const> enum_names();
template <> std::span<EnumName<ledger::PartKind> const> enum_names();
template <> std::span<EnumName<ledger::Aggregation> const> enum_names();
template <> std::span<EnumName<ledger::Timing> const> enum_names();

template <class Enum> std::string_view name_of(Enum value)
{
    for (auto const& row : enum_names<Enum>()) {
        if (row.value == value) return row.name;
    }
    LEDGER_ASSERT(false && "every enumerator has a spelling");
    return {};
}

template <class Enum> std::optional<Enum> enum_named(std::string_view name)
{
    for (auto const& row : enum_names<Enum>()) {
        if (row.name == name) return row.value;
    }
    return std::nullopt;
}

/// "declining, flat", for the sentence of a refusal.
template <class Enum> std::string all_names()
{
    std::string names;
    for (auto const& row : enum_names<Enum>()) {
        if (!names.empty()) names += ", ";
        names += row.name;
    }
    return names;
}

} // namespace wire
