// The spelling tables of the books. A spelling that was written never changes.
#include "ledger/store/spelling.hpp"

namespace store {

#define SPELL(Enum, value) {ledger::Enum::value, #value}

template <> Spellings<ledger::Method> spellings()
{
    static constexpr std::pair<ledger::Method, std::string_view> table[] = {
        SPELL(Method, equal_instalments), SPELL(Method, equal_principal),
        SPELL(Method, interest_only),     SPELL(Method, at_maturity),
        SPELL(Method, principal_plan),
    };
    return table;
}

template <> Spellings<ledger::InterestBasis> spellings()
{
    static constexpr std::pair<ledger::InterestBasis, std::string_view> table[] = {
        SPELL(InterestBasis, declining),
        SPELL(InterestBasis, flat),
    };
    return table;
}

template <> Spellings<ledger::InterestPer> spellings()
{
    static constexpr std::pair<ledger::InterestPer, std::string_view> table[] = {
        SPELL(InterestPer, day),
        SPELL(InterestPer, period),
    };
    return table;
}

template <> Spellings<ledger::PeriodUnit> spellings()
{
    static constexpr std::pair<ledger::PeriodUnit, std::string_view> table[] = {
        SPELL(PeriodUnit, day),     SPELL(PeriodUnit, week), SPELL(PeriodUnit, month),
        SPELL(PeriodUnit, quarter), SPELL(PeriodUnit, year),
    };
    return table;
}

template <> Spellings<ledger::DayCount> spellings()
{
    static constexpr std::pair<ledger::DayCount, std::string_view> table[] = {
        SPELL(DayCount, actual_360),         SPELL(DayCount, actual_365),
        SPELL(DayCount, actual_actual_isda), SPELL(DayCount, thirty_360_us),
        SPELL(DayCount, thirty_e_360),       SPELL(DayCount, months_days_360),
        SPELL(DayCount, actual_364),         SPELL(DayCount, actual_actual_afb),
        SPELL(DayCount, thirty_365),
    };
    return table;
}

template <> Spellings<ledger::MonthEnd> spellings()
{
    static constexpr std::pair<ledger::MonthEnd, std::string_view> table[] = {
        SPELL(MonthEnd, clamp),
        SPELL(MonthEnd, roll),
    };
    return table;
}

template <> Spellings<ledger::Rounding> spellings()
{
    static constexpr std::pair<ledger::Rounding, std::string_view> table[] = {
        SPELL(Rounding, half_up),
        SPELL(Rounding, half_even),
        SPELL(Rounding, down),
        SPELL(Rounding, up),
    };
    return table;
}

template <> Spellings<ledger::RemainderTo> spellings()
{
    static constexpr std::pair<ledger::RemainderTo, std::string_view> table[] = {
        SPELL(RemainderTo, first),
        SPELL(RemainderTo, last),
    };
    return table;
}

template <> Spellings<ledger::Stub> spellings()
{
    static constexpr std::pair<ledger::Stub, std::string_view> table[] = {
        SPELL(Stub, last_short),
        SPELL(Stub, last_long),
        SPELL(Stub, first_short),
        SPELL(Stub, first_long),
    };
    return table;
}

template <> Spellings<ledger::DueDay> spellings()
{
    static constexpr std::pair<ledger::DueDay, std::string_view> table[] = {
        SPELL(DueDay, stays),
        SPELL(DueDay, next),
        SPELL(DueDay, previous),
        SPELL(DueDay, next_in_month),
        SPELL(DueDay, previous_in_month),
    };
    return table;
}

template <> Spellings<ledger::RateReset> spellings()
{
    static constexpr std::pair<ledger::RateReset, std::string_view> table[] = {
        SPELL(RateReset, never),       SPELL(RateReset, monthly),  SPELL(RateReset, quarterly),
        SPELL(RateReset, anniversary), SPELL(RateReset, new_year),
    };
    return table;
}

template <> Spellings<ledger::DebtComponent> spellings()
{
    static constexpr std::pair<ledger::DebtComponent, std::string_view> table[] = {
        SPELL(DebtComponent, cost),      SPELL(DebtComponent, penalty),
        SPELL(DebtComponent, compound),  SPELL(DebtComponent, interest),
        SPELL(DebtComponent, principal),
    };
    return table;
}

template <> Spellings<ledger::AllocateBy> spellings()
{
    static constexpr std::pair<ledger::AllocateBy, std::string_view> table[] = {
        SPELL(AllocateBy, instalment),
        SPELL(AllocateBy, component),
    };
    return table;
}

template <> Spellings<ledger::InAdvance> spellings()
{
    static constexpr std::pair<ledger::InAdvance, std::string_view> table[] = {
        SPELL(InAdvance, fewer_instalments),
        SPELL(InAdvance, smaller_instalments),
        SPELL(InAdvance, next_instalment),
    };
    return table;
}

template <> Spellings<ledger::Compounding> spellings()
{
    static constexpr std::pair<ledger::Compounding, std::string_view> table[] = {
        SPELL(Compounding, none),
        SPELL(Compounding, simple),
        SPELL(Compounding, by_settlement),
    };
    return table;
}

template <> Spellings<ledger::RiskClass> spellings()
{
    static constexpr std::pair<ledger::RiskClass, std::string_view> table[] = {
        SPELL(RiskClass, normal),      SPELL(RiskClass, special_mention),
        SPELL(RiskClass, substandard), SPELL(RiskClass, doubtful),
        SPELL(RiskClass, loss),
    };
    return table;
}

template <> Spellings<ledger::ProvisionAt> spellings()
{
    static constexpr std::pair<ledger::ProvisionAt, std::string_view> table[] = {
        SPELL(ProvisionAt, never),
        SPELL(ProvisionAt, month_end),
        SPELL(ProvisionAt, quarter_end),
    };
    return table;
}

template <> Spellings<ledger::SubsidyKind> spellings()
{
    static constexpr std::pair<ledger::SubsidyKind, std::string_view> table[] = {
        SPELL(SubsidyKind, none),
        SPELL(SubsidyKind, share),
        SPELL(SubsidyKind, points),
        SPELL(SubsidyKind, spread),
    };
    return table;
}

template <> Spellings<ledger::SubsidyPaidTo> spellings()
{
    static constexpr std::pair<ledger::SubsidyPaidTo, std::string_view> table[] = {
        SPELL(SubsidyPaidTo, lender),
        SPELL(SubsidyPaidTo, borrower),
    };
    return table;
}

template <> Spellings<ledger::Side> spellings()
{
    static constexpr std::pair<ledger::Side, std::string_view> table[] = {
        SPELL(Side, debit),
        SPELL(Side, credit),
    };
    return table;
}

template <> Spellings<ledger::AccountClass> spellings()
{
    static constexpr std::pair<ledger::AccountClass, std::string_view> table[] = {
        SPELL(AccountClass, asset),  SPELL(AccountClass, liability), SPELL(AccountClass, equity),
        SPELL(AccountClass, income), SPELL(AccountClass, expense),   SPELL(AccountClass, memo),
    };
    return table;
}

template <> Spellings<ledger::Subledger> spellings()
{
    static constexpr std::pair<ledger::Subledger, std::string_view> table[] = {
        SPELL(Subledger, none),    SPELL(Subledger, loan),     SPELL(Subledger, fund),
        SPELL(Subledger, village), SPELL(Subledger, borrower),
    };
    return table;
}

template <> Spellings<ledger::Cause> spellings()
{
    static constexpr std::pair<ledger::Cause, std::string_view> table[] = {
        SPELL(Cause, fund_payment),
        SPELL(Cause, approval),
        SPELL(Cause, disbursement),
        SPELL(Cause, repayment),
        SPELL(Cause, accrual),
        SPELL(Cause, reversal),
        SPELL(Cause, risk_fund_payment),
        SPELL(Cause, refund),
        SPELL(Cause, waiver),
        SPELL(Cause, cost),
        SPELL(Cause, change_of_terms),
        SPELL(Cause, classification),
        SPELL(Cause, provision),
        SPELL(Cause, write_off),
        SPELL(Cause, recovery),
        SPELL(Cause, compensation),
        SPELL(Cause, subsidy),
        SPELL(Cause, household_register),
        SPELL(Cause, standing),
        SPELL(Cause, leading),
        SPELL(Cause, expiry),
    };
    return table;
}

template <> Spellings<ledger::DigestAlgorithm> spellings()
{
    static constexpr std::pair<ledger::DigestAlgorithm, std::string_view> table[] = {
        SPELL(DigestAlgorithm, sha256),
        SPELL(DigestAlgorithm, sm3),
    };
    return table;
}

template <> Spellings<ledger::Unit> spellings()
{
    static constexpr std::pair<ledger::Unit, std::string_view> table[] = {
        {ledger::Unit::cny, "CNY"},
        {ledger::Unit::household, "HOUSEHOLD"},
        {ledger::Unit::person, "PERSON"},
    };
    return table;
}

template <> Spellings<ledger::Standing> spellings()
{
    static constexpr std::pair<ledger::Standing, std::string_view> table[] = {
        SPELL(Standing, ordinary), SPELL(Standing, poor),     SPELL(Standing, exited),
        SPELL(Standing, unstable), SPELL(Standing, marginal), SPELL(Standing, sudden_hardship),
        SPELL(Standing, relapsed),
    };
    return table;
}

template <> Spellings<ledger::Way> spellings()
{
    static constexpr std::pair<ledger::Way, std::string_view> table[] = {
        SPELL(Way, employment),  SPELL(Way, dividends),
        SPELL(Way, land_lease),  SPELL(Way, guaranteed_purchase),
        SPELL(Way, guidance),    SPELL(Way, on_trust),
        SPELL(Way, cooperative), SPELL(Way, mutual_aid),
        SPELL(Way, e_commerce),  SPELL(Way, other),
    };
    return table;
}

template <> Spellings<ledger::ExitStep> spellings()
{
    static constexpr std::pair<ledger::ExitStep, std::string_view> table[] = {
        SPELL(ExitStep, proposed), SPELL(ExitStep, reviewed), SPELL(ExitStep, signed_off),
        SPELL(ExitStep, noticed),  SPELL(ExitStep, checked),  SPELL(ExitStep, approved),
    };
    return table;
}

template <> Spellings<ledger::PovertyCause> spellings()
{
    static constexpr std::pair<ledger::PovertyCause, std::string_view> table[] = {
        SPELL(PovertyCause, illness),   SPELL(PovertyCause, disability),
        SPELL(PovertyCause, schooling), SPELL(PovertyCause, disaster),
        SPELL(PovertyCause, marriage),  SPELL(PovertyCause, land),
        SPELL(PovertyCause, water),     SPELL(PovertyCause, skills),
        SPELL(PovertyCause, funds),     SPELL(PovertyCause, labour),
        SPELL(PovertyCause, roads),     SPELL(PovertyCause, motivation),
        SPELL(PovertyCause, other),
    };
    return table;
}

template <> Spellings<ledger::Ruling> spellings()
{
    static constexpr std::pair<ledger::Ruling, std::string_view> table[] = {
        SPELL(Ruling, ignore),
        SPELL(Ruling, warn),
        SPELL(Ruling, refuse),
    };
    return table;
}

template <> Spellings<ledger::RetainedKind> spellings()
{
    static constexpr std::pair<ledger::RetainedKind, std::string_view> table[] = {
        SPELL(RetainedKind, kiosk_secret),
        SPELL(RetainedKind, phone),
        SPELL(RetainedKind, bank_account),
        SPELL(RetainedKind, resident_id),
    };
    return table;
}

template <> Spellings<ledger::RetainedFrom> spellings()
{
    static constexpr std::pair<ledger::RetainedFrom, std::string_view> table[] = {
        SPELL(RetainedFrom, closing),
        SPELL(RetainedFrom, year_end),
    };
    return table;
}

template <> Spellings<ledger::RegisterKind> spellings()
{
    static constexpr std::pair<ledger::RegisterKind, std::string_view> table[] = {
        SPELL(RegisterKind, branch),  SPELL(RegisterKind, member),
        SPELL(RegisterKind, target),  SPELL(RegisterKind, responsibility),
        SPELL(RegisterKind, village), SPELL(RegisterKind, evidence),
        SPELL(RegisterKind, person),
    };
    return table;
}

template <> Spellings<ledger::MediaType> spellings()
{
    using ledger::MediaType;
    static constexpr std::pair<MediaType, std::string_view> table[] = {
        {MediaType::jpeg, "image/jpeg"},
        {MediaType::png, "image/png"},
        {MediaType::pdf, "application/pdf"},
    };
    return table;
}

template <> Spellings<ledger::Membership> spellings()
{
    static constexpr std::pair<ledger::Membership, std::string_view> table[] = {
        SPELL(Membership, full),
        SPELL(Membership, probationary),
        SPELL(Membership, left),
    };
    return table;
}
template <> Spellings<ledger::Kinship> spellings()
{
    static constexpr std::pair<ledger::Kinship, std::string_view> table[] = {
        SPELL(Kinship, head),         SPELL(Kinship, spouse),     SPELL(Kinship, child),
        SPELL(Kinship, child_in_law), SPELL(Kinship, grandchild), SPELL(Kinship, parent),
        SPELL(Kinship, grandparent),  SPELL(Kinship, sibling),    SPELL(Kinship, other),
    };
    return table;
}

template <> Spellings<ledger::PlanIndicator> spellings()
{
    static constexpr std::pair<ledger::PlanIndicator, std::string_view> table[] = {
        SPELL(PlanIndicator, households),
        SPELL(PlanIndicator, member_households),
        SPELL(PlanIndicator, persons),
        SPELL(PlanIndicator, members),
    };
    return table;
}

template <> Spellings<ledger::VillageAspect> spellings()
{
    static constexpr std::pair<ledger::VillageAspect, std::string_view> table[] = {
        SPELL(VillageAspect, poor_village),
        SPELL(VillageAspect, project_plan),
        SPELL(VillageAspect, share_cooperation),
        SPELL(VillageAspect, collective_income),
    };
    return table;
}

template <> Spellings<ledger::Report> spellings()
{
    using enum ledger::Report;
    static constexpr std::pair<ledger::Report, std::string_view> table[] = {
        {portfolio, "portfolio"}, {leading, "leading"}, {quality, "quality"},
        {funds, "funds"},         {reach, "reach"},
    };
    return table;
}

#undef SPELL

ledger::Digest digest_from_hex(std::string_view text)
{
    ledger::Digest digest{};
    if (text.size() != digest.size() * 2) throw IntegrityFault{"a digest of the wrong length"};
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] =
            static_cast<std::uint8_t>(std::stoi(std::string{text.substr(2 * i, 2)}, nullptr, 16));
    return digest;
}

std::string instant_text(Instant instant)
{
    auto const days = std::chrono::floor<std::chrono::days>(instant);
    std::chrono::hh_mm_ss const time{instant - days};
    auto padded = [](std::int64_t value, std::size_t width) {
        std::string text = std::to_string(value);
        return std::string(width - std::min(width, text.size()), '0') + text;
    };
    return ledger::Date{days}.text() + " " + padded(time.hours().count(), 2) + ":" +
           padded(time.minutes().count(), 2) + ":" + padded(time.seconds().count(), 2) + "." +
           padded(time.subseconds().count(), 6) + "+00";
}

} // namespace store
