// The spellings themselves. A new enumerator without a row here trips the test that counts them.
#include "wire/choices.hpp"

#include <array>

namespace wire {

namespace {

using namespace ledger;

constexpr std::array<EnumName<Method>, 4> methods{{
    {Method::equal_instalments, "equal_instalments"},
    {Method::equal_principal, "equal_principal"},
    {Method::interest_only, "interest_only"},
    {Method::at_maturity, "at_maturity"},
}};
constexpr std::array<EnumName<InterestBasis>, 2> interest_bases{{
    {InterestBasis::declining, "declining"},
    {InterestBasis::flat, "flat"},
}};
constexpr std::array<EnumName<InterestPer>, 2> interest_pers{{
    {InterestPer::day, "day"},
    {InterestPer::period, "period"},
}};
constexpr std::array<EnumName<PeriodUnit>, 5> period_units{{
    {PeriodUnit::day, "day"},
    {PeriodUnit::week, "week"},
    {PeriodUnit::month, "month"},
    {PeriodUnit::quarter, "quarter"},
    {PeriodUnit::year, "year"},
}};
constexpr std::array<EnumName<DayCount>, 6> day_counts{{
    {DayCount::actual_360, "actual_360"},
    {DayCount::actual_365, "actual_365"},
    {DayCount::actual_actual_isda, "actual_actual_isda"},
    {DayCount::thirty_360_us, "thirty_360_us"},
    {DayCount::thirty_e_360, "thirty_e_360"},
    {DayCount::months_days_360, "months_days_360"},
}};
constexpr std::array<EnumName<MonthEnd>, 2> month_ends{{
    {MonthEnd::clamp, "clamp"},
    {MonthEnd::roll, "roll"},
}};
constexpr std::array<EnumName<Rounding>, 4> roundings{{
    {Rounding::half_up, "half_up"},
    {Rounding::half_even, "half_even"},
    {Rounding::down, "down"},
    {Rounding::up, "up"},
}};
constexpr std::array<EnumName<RemainderTo>, 2> remainders{{
    {RemainderTo::first, "first"},
    {RemainderTo::last, "last"},
}};
constexpr std::array<EnumName<AllocationOrder>, 2> allocation_orders{{
    {AllocationOrder::interest_first, "interest_first"},
    {AllocationOrder::principal_first, "principal_first"},
}};
constexpr std::array<EnumName<Side>, 2> sides{{
    {Side::debit, "debit"},
    {Side::credit, "credit"},
}};
constexpr std::array<EnumName<AccountClass>, 6> account_classes{{
    {AccountClass::asset, "asset"},
    {AccountClass::liability, "liability"},
    {AccountClass::equity, "equity"},
    {AccountClass::income, "income"},
    {AccountClass::expense, "expense"},
    {AccountClass::memo, "memo"},
}};
constexpr std::array<EnumName<Subledger>, 3> subledgers{{
    {Subledger::none, "none"},
    {Subledger::loan, "loan"},
    {Subledger::fund, "fund"},
}};
constexpr std::array<EnumName<CountingUnit>, 5> counting_units{{
    {CountingUnit::fen, "yuan"}, // counted in fen, written in yuan
    {CountingUnit::borrower, "borrower"},
    {CountingUnit::household, "household"},
    {CountingUnit::loan, "loan"},
    {CountingUnit::parts_per_million, "percent"}, // counted in ppm, written in percent
}};

} // namespace

template <> std::span<EnumName<Method> const> enum_names()
{
    return methods;
}
template <> std::span<EnumName<InterestBasis> const> enum_names()
{
    return interest_bases;
}
template <> std::span<EnumName<InterestPer> const> enum_names()
{
    return interest_pers;
}
template <> std::span<EnumName<PeriodUnit> const> enum_names()
{
    return period_units;
}
template <> std::span<EnumName<DayCount> const> enum_names()
{
    return day_counts;
}
template <> std::span<EnumName<MonthEnd> const> enum_names()
{
    return month_ends;
}
template <> std::span<EnumName<Rounding> const> enum_names()
{
    return roundings;
}
template <> std::span<EnumName<RemainderTo> const> enum_names()
{
    return remainders;
}
template <> std::span<EnumName<AllocationOrder> const> enum_names()
{
    return allocation_orders;
}
template <> std::span<EnumName<Side> const> enum_names()
{
    return sides;
}
template <> std::span<EnumName<AccountClass> const> enum_names()
{
    return account_classes;
}
template <> std::span<EnumName<Subledger> const> enum_names()
{
    return subledgers;
}
template <> std::span<EnumName<CountingUnit> const> enum_names()
{
    return counting_units;
}

} // namespace wire
