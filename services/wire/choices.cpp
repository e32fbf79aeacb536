// The spellings themselves. A new enumerator without a row here trips the test that counts them.
#include "wire/choices.hpp"

#include <array>

namespace wire {

namespace {

using namespace ledger;

constexpr std::array<EnumName<Method>, 5> methods{{
    {Method::equal_instalments, "equal_instalments"},
    {Method::equal_principal, "equal_principal"},
    {Method::interest_only, "interest_only"},
    {Method::at_maturity, "at_maturity"},
    {Method::principal_plan, "principal_plan"},
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
constexpr std::array<EnumName<DayCount>, 9> day_counts{{
    {DayCount::actual_360, "actual_360"},
    {DayCount::actual_365, "actual_365"},
    {DayCount::actual_actual_isda, "actual_actual_isda"},
    {DayCount::thirty_360_us, "thirty_360_us"},
    {DayCount::thirty_e_360, "thirty_e_360"},
    {DayCount::months_days_360, "months_days_360"},
    {DayCount::actual_364, "actual_364"},
    {DayCount::actual_actual_afb, "actual_actual_afb"},
    {DayCount::thirty_365, "thirty_365"},
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
constexpr std::array<EnumName<Stub>, 4> stubs{{
    {Stub::last_short, "last_short"},
    {Stub::last_long, "last_long"},
    {Stub::first_short, "first_short"},
    {Stub::first_long, "first_long"},
}};
constexpr std::array<EnumName<RateReset>, 5> rate_resets{{
    {RateReset::never, "never"},
    {RateReset::monthly, "monthly"},
    {RateReset::quarterly, "quarterly"},
    {RateReset::anniversary, "anniversary"},
    {RateReset::new_year, "new_year"},
}};
constexpr std::array<EnumName<DueDay>, 5> due_days{{
    {DueDay::stays, "stays"},
    {DueDay::next, "next"},
    {DueDay::previous, "previous"},
    {DueDay::next_in_month, "next_in_month"},
    {DueDay::previous_in_month, "previous_in_month"},
}};
constexpr std::array<EnumName<DebtComponent>, 5> debt_components{{
    {DebtComponent::cost, "cost"},
    {DebtComponent::penalty, "penalty"},
    {DebtComponent::compound, "compound"},
    {DebtComponent::interest, "interest"},
    {DebtComponent::principal, "principal"},
}};
constexpr std::array<EnumName<AllocateBy>, 2> allocate_bys{{
    {AllocateBy::instalment, "instalment"},
    {AllocateBy::component, "component"},
}};
constexpr std::array<EnumName<InAdvance>, 3> in_advances{{
    {InAdvance::fewer_instalments, "fewer_instalments"},
    {InAdvance::smaller_instalments, "smaller_instalments"},
    {InAdvance::next_instalment, "next_instalment"},
}};
constexpr std::array<EnumName<Compounding>, 3> compoundings{{
    {Compounding::none, "none"},
    {Compounding::simple, "simple"},
    {Compounding::by_settlement, "by_settlement"},
}};
constexpr std::array<EnumName<RiskClass>, 5> risk_classes{{
    {RiskClass::normal, "normal"},
    {RiskClass::special_mention, "special_mention"},
    {RiskClass::substandard, "substandard"},
    {RiskClass::doubtful, "doubtful"},
    {RiskClass::loss, "loss"},
}};
constexpr std::array<EnumName<ProvisionAt>, 3> provision_days{{
    {ProvisionAt::never, "never"},
    {ProvisionAt::month_end, "month_end"},
    {ProvisionAt::quarter_end, "quarter_end"},
}};
constexpr std::array<EnumName<SubsidyKind>, 4> subsidy_kinds{{
    {SubsidyKind::none, "none"},
    {SubsidyKind::share, "share"},
    {SubsidyKind::points, "points"},
    {SubsidyKind::spread, "spread"},
}};
constexpr std::array<EnumName<SubsidyPaidTo>, 2> subsidy_payees{{
    {SubsidyPaidTo::lender, "lender"},
    {SubsidyPaidTo::borrower, "borrower"},
}};
constexpr std::array<EnumName<UsualOrder>, 2> usual_orders{{
    {UsualOrder::interest_first, "interest_first"},
    {UsualOrder::principal_first, "principal_first"},
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
constexpr std::array<EnumName<Subledger>, 5> subledgers{{
    {Subledger::none, "none"},
    {Subledger::loan, "loan"},
    {Subledger::fund, "fund"},
    {Subledger::village, "village"},
    {Subledger::borrower, "borrower"},
}};
constexpr std::array<EnumName<CountingUnit>, 7> counting_units{{
    {CountingUnit::fen, "yuan"}, // counted in fen, written in yuan
    {CountingUnit::borrower, "borrower"},
    {CountingUnit::household, "household"},
    {CountingUnit::loan, "loan"},
    {CountingUnit::parts_per_million, "percent"}, // counted in ppm, written in percent
    {CountingUnit::person, "person"},
    {CountingUnit::number, "number"},
}};
constexpr std::array<EnumName<Standing>, 7> standings{{
    {Standing::ordinary, "ordinary"},
    {Standing::poor, "poor"},
    {Standing::exited, "exited"},
    {Standing::unstable, "unstable"},
    {Standing::marginal, "marginal"},
    {Standing::sudden_hardship, "sudden_hardship"},
    {Standing::relapsed, "relapsed"},
}};
constexpr std::array<EnumName<Way>, 10> ways{{
    {Way::employment, "employment"},
    {Way::dividends, "dividends"},
    {Way::land_lease, "land_lease"},
    {Way::guaranteed_purchase, "guaranteed_purchase"},
    {Way::guidance, "guidance"},
    {Way::on_trust, "on_trust"},
    {Way::cooperative, "cooperative"},
    {Way::mutual_aid, "mutual_aid"},
    {Way::e_commerce, "e_commerce"},
    {Way::other, "other"},
}};
constexpr std::array<EnumName<ExitStep>, 6> exit_steps{{
    {ExitStep::proposed, "proposed"},
    {ExitStep::reviewed, "reviewed"},
    {ExitStep::signed_off, "signed_off"},
    {ExitStep::noticed, "noticed"},
    {ExitStep::checked, "checked"},
    {ExitStep::approved, "approved"},
}};
constexpr std::array<EnumName<PovertyCause>, 13> poverty_causes{{
    {PovertyCause::illness, "illness"},
    {PovertyCause::disability, "disability"},
    {PovertyCause::schooling, "schooling"},
    {PovertyCause::disaster, "disaster"},
    {PovertyCause::marriage, "marriage"},
    {PovertyCause::land, "land"},
    {PovertyCause::water, "water"},
    {PovertyCause::skills, "skills"},
    {PovertyCause::funds, "funds"},
    {PovertyCause::labour, "labour"},
    {PovertyCause::roads, "roads"},
    {PovertyCause::motivation, "motivation"},
    {PovertyCause::other, "other"},
}};
constexpr std::array<EnumName<Ruling>, 3> rulings{{
    {Ruling::ignore, "ignore"},
    {Ruling::warn, "warn"},
    {Ruling::refuse, "refuse"},
}};
constexpr std::array<EnumName<RetainedKind>, 4> retained_kinds{{
    {RetainedKind::kiosk_secret, "kiosk_secret"},
    {RetainedKind::phone, "phone"},
    {RetainedKind::bank_account, "bank_account"},
    {RetainedKind::resident_id, "resident_id"},
}};
constexpr std::array<EnumName<RetainedFrom>, 2> retained_froms{{
    {RetainedFrom::closing, "closing"},
    {RetainedFrom::year_end, "year_end"},
}};
constexpr std::array<EnumName<RegisterKind>, 7> register_kinds{{
    {RegisterKind::branch, "branch"},
    {RegisterKind::member, "member"},
    {RegisterKind::target, "target"},
    {RegisterKind::responsibility, "responsibility"},
    {RegisterKind::village, "village"},
    {RegisterKind::evidence, "evidence"},
    {RegisterKind::person, "person"},
}};
constexpr std::array<EnumName<Membership>, 3> memberships{{
    {Membership::full, "full"},
    {Membership::probationary, "probationary"},
    {Membership::left, "left"},
}};
constexpr std::array<EnumName<Kinship>, 9> kinships{{
    {Kinship::head, "head"},
    {Kinship::spouse, "spouse"},
    {Kinship::child, "child"},
    {Kinship::child_in_law, "child_in_law"},
    {Kinship::grandchild, "grandchild"},
    {Kinship::parent, "parent"},
    {Kinship::grandparent, "grandparent"},
    {Kinship::sibling, "sibling"},
    {Kinship::other, "other"},
}};
constexpr std::array<EnumName<PlanIndicator>, 4> plan_indicators{{
    {PlanIndicator::households, "households"},
    {PlanIndicator::member_households, "member_households"},
    {PlanIndicator::persons, "persons"},
    {PlanIndicator::members, "members"},
}};
constexpr std::array<EnumName<VillageAspect>, 4> village_aspects{{
    {VillageAspect::poor_village, "poor_village"},
    {VillageAspect::project_plan, "project_plan"},
    {VillageAspect::share_cooperation, "share_cooperation"},
    {VillageAspect::collective_income, "collective_income"},
}};
constexpr std::array<EnumName<UserRole>, 4> user_roles{{
    {UserRole::officer, "officer"},
    {UserRole::checker, "checker"},
    {UserRole::auditor, "auditor"},
    {UserRole::administrator, "administrator"},
}};
constexpr std::array<EnumName<store::TokenScope>, 3> token_scopes{{
    {store::TokenScope::read, "read"},
    {store::TokenScope::write, "write"},
    {store::TokenScope::confirm, "confirm"},
}};
constexpr std::array<EnumName<store::PendingStatus>, 6> pending_statuses{{
    {store::PendingStatus::waiting, "waiting"},
    {store::PendingStatus::approved, "approved"},
    {store::PendingStatus::booked, "booked"},
    {store::PendingStatus::refused, "refused"},
    {store::PendingStatus::withdrawn, "withdrawn"},
    {store::PendingStatus::sent_back, "sent_back"},
}};
constexpr std::array<EnumName<Report>, 5> reports{{
    {Report::portfolio, "portfolio"},
    {Report::leading, "leading"},
    {Report::quality, "quality"},
    {Report::funds, "funds"},
    {Report::reach, "reach"},
}};
constexpr std::array<EnumName<PartKind>, 9> part_kinds{{
    {PartKind::loan, "loan"},
    {PartKind::borrower, "borrower"},
    {PartKind::household, "household"},
    {PartKind::township, "township"},
    {PartKind::village, "village"},
    {PartKind::branch, "branch"},
    {PartKind::fund, "fund"},
    {PartKind::responsibility, "responsibility"},
    {PartKind::target, "target"},
}};
constexpr std::array<EnumName<Timing>, 3> timings{{
    {Timing::period, "period"},
    {Timing::end, "end"},
    {Timing::ever, "ever"},
}};
constexpr std::array<EnumName<Aggregation>, 5> aggregations{{
    {Aggregation::sum, "sum"},
    {Aggregation::mean, "mean"},
    {Aggregation::median, "median"},
    {Aggregation::largest, "largest"},
    {Aggregation::ratio, "ratio"},
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
template <> std::span<EnumName<Stub> const> enum_names()
{
    return stubs;
}
template <> std::span<EnumName<RateReset> const> enum_names()
{
    return rate_resets;
}
template <> std::span<EnumName<DueDay> const> enum_names()
{
    return due_days;
}
template <> std::span<EnumName<DebtComponent> const> enum_names()
{
    return debt_components;
}
template <> std::span<EnumName<AllocateBy> const> enum_names()
{
    return allocate_bys;
}
template <> std::span<EnumName<InAdvance> const> enum_names()
{
    return in_advances;
}
template <> std::span<EnumName<Compounding> const> enum_names()
{
    return compoundings;
}
template <> std::span<EnumName<RiskClass> const> enum_names()
{
    return risk_classes;
}
template <> std::span<EnumName<ProvisionAt> const> enum_names()
{
    return provision_days;
}
template <> std::span<EnumName<SubsidyKind> const> enum_names()
{
    return subsidy_kinds;
}
template <> std::span<EnumName<SubsidyPaidTo> const> enum_names()
{
    return subsidy_payees;
}
template <> std::span<EnumName<UsualOrder> const> enum_names()
{
    return usual_orders;
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
template <> std::span<EnumName<Standing> const> enum_names()
{
    return standings;
}
template <> std::span<EnumName<Way> const> enum_names()
{
    return ways;
}
template <> std::span<EnumName<ExitStep> const> enum_names()
{
    return exit_steps;
}
template <> std::span<EnumName<PovertyCause> const> enum_names()
{
    return poverty_causes;
}
template <> std::span<EnumName<Ruling> const> enum_names()
{
    return rulings;
}
template <> std::span<EnumName<RetainedKind> const> enum_names()
{
    return retained_kinds;
}
template <> std::span<EnumName<RetainedFrom> const> enum_names()
{
    return retained_froms;
}
template <> std::span<EnumName<RegisterKind> const> enum_names()
{
    return register_kinds;
}
template <> std::span<EnumName<Membership> const> enum_names()
{
    return memberships;
}
template <> std::span<EnumName<Kinship> const> enum_names()
{
    return kinships;
}
template <> std::span<EnumName<PlanIndicator> const> enum_names()
{
    return plan_indicators;
}
template <> std::span<EnumName<VillageAspect> const> enum_names()
{
    return village_aspects;
}
template <> std::span<EnumName<UserRole> const> enum_names()
{
    return user_roles;
}
template <> std::span<EnumName<store::TokenScope> const> enum_names()
{
    return token_scopes;
}
template <> std::span<EnumName<store::PendingStatus> const> enum_names()
{
    return pending_statuses;
}
template <> std::span<EnumName<Report> const> enum_names()
{
    return reports;
}
template <> std::span<EnumName<PartKind> const> enum_names()
{
    return part_kinds;
}
template <> std::span<EnumName<Timing> const> enum_names()
{
    return timings;
}
template <> std::span<EnumName<Aggregation> const> enum_names()
{
    return aggregations;
}

} // namespace wire
