// The programme's rules, effective-dated, each with the number of the document that authorises it.
// No rule book of the programme was found (shared facts, section 0), so nothing here is a constant:
// the county enters them. A loan freezes the version of the rules that it was signed under; the
// dated tables beside them (base rates, floors of the risk classes, provision rates, holidays,
// subsidy schemes) are facts of their days and hold for every loan.
#pragma once

#include "ledger/rate.hpp"
#include "ledger/working_calendar.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ledger {

/// What a borrower can owe, each settled by payments and reduced by waivers.
enum class DebtComponent : std::uint8_t {
    cost = 1,  ///< costs of collection that the lender advanced
    penalty,   ///< 罚息: overdue or misused principal
    compound,  ///< 复利: interest on interest that fell due and is unpaid
    interest,  ///< 利息: of the instalments, oldest first
    principal, ///< 本金: of the instalments, oldest first
};

/// "cost", "penalty", "compound", "interest", "principal".
std::string_view code_of(DebtComponent);

/// How a repayment goes through the instalments that fell due.
enum class AllocateBy : std::uint8_t {
    instalment = 1, ///< oldest instalment first, its components in order (horizontal)
    component,      ///< the first component of every instalment, then the next (vertical)
};

/// What a repayment settles, in which order. Costs, penalty and compound interest are sums of the
/// whole loan; by instalment, those named before interest and principal come first, the others
/// last.
struct AllocationOrder {
    std::array<DebtComponent, 5> components{};
    AllocateBy by = AllocateBy::instalment;
    friend bool operator==(AllocationOrder const&, AllocationOrder const&) = default;
};
/// 民法典 561: costs, then interest, then principal; instalment by instalment.
inline constexpr AllocationOrder interest_first{{DebtComponent::cost, DebtComponent::penalty,
                                                 DebtComponent::compound, DebtComponent::interest,
                                                 DebtComponent::principal},
                                                AllocateBy::instalment};
/// The older accounting rule for non-accrual loans: principal, then interest.
inline constexpr AllocationOrder principal_first{{DebtComponent::principal, DebtComponent::interest,
                                                  DebtComponent::compound, DebtComponent::penalty,
                                                  DebtComponent::cost},
                                                 AllocateBy::instalment};

/// What money does that is paid before anything it could settle has fallen due.
enum class InAdvance : std::uint8_t {
    fewer_instalments = 1, ///< accrued interest, then principal; instalments stay, the last go
    smaller_instalments,   ///< accrued interest, then principal; what is left is planned anew
    next_instalment,       ///< held (2241) and used by itself when instalments fall due
};

/// Interest on interest that fell due and is unpaid (银发〔1999〕77号, 银发〔2003〕251号).
enum class Compounding : std::uint8_t {
    none = 1,
    simple,        ///< on unpaid interest only
    by_settlement, ///< what is unpaid of it joins the base at each due date
};

/// Five classes, 贷款五级分类, from best to worst.
enum class RiskClass : std::uint8_t { normal = 1, special_mention, substandard, doubtful, loss };
inline constexpr std::array all_risk_classes{RiskClass::normal, RiskClass::special_mention,
                                             RiskClass::substandard, RiskClass::doubtful,
                                             RiskClass::loss};
/// "normal", "special_mention", "substandard", "doubtful", "loss".
std::string_view code_of(RiskClass);

/// When the closing runs the provisions.
enum class ProvisionAt : std::uint8_t { never = 1, month_end, quarter_end };

/// One version of the rules, in force from effective_from until the next version.
struct ProgrammeRules {
    int version = 0; ///< 1, 2, 3 … in order of effective_from
    Date effective_from;
    std::string document;    ///< the authorising document's number, or 待县里确认
    bool is_sourced = false; ///< false: unverified, shown as such
    Money loan_cap;          ///< for one loan
    int term_limit_months = 0;
    Rate rate_floor;
    Rate rate_ceiling;

    /// Overdue principal bears contract rate x (1 + margin); empty: nothing, unless it was misused.
    std::optional<std::int64_t> penalty_margin_ppm = 0;
    /// From a declared misuse on, principal bears contract rate x (1 + margin); of two margins the
    /// larger counts, never both (银发〔2003〕251号: 50 to 100 %).
    std::int64_t misuse_margin_ppm = 500'000;
    Compounding compounding = Compounding::none;
    AllocationOrder allocation_order = interest_first;
    AllocationOrder non_accrual_allocation_order = interest_first;
    InAdvance in_advance = InAdvance::fewer_instalments;
    /// A loan is non-accrual from the end of the day on which it is this many days late: 90 is the
    /// end of day 90, 91 the start of day 91 for every book that looks at days' ends; 0: never.
    int non_accrual_after_days = 90;
    ProvisionAt provision_at = ProvisionAt::never;
    int renewals_limit = 1; ///< how often a loan may follow from a renewed one

    /// An approval that was not paid out lapses at the end of the day that comes so many after it:
    /// its own day does not count (民法典 201). 0: it holds until it is paid out or taken back.
    int approval_valid_days = 0;

    /// 贷款通则: an extension adds at most the original term (terms up to a year), half of it (up
    /// to five years), or these months (longer), all extensions together.
    int long_term_extension_limit_months = 36;

    int compensation_after_days = 90;              ///< days late before the risk fund may pay
    std::int64_t compensation_share_ppm = 800'000; ///< of what is owed, at most
};

/// The version in force on the date, or nullptr. `rules` in order of effective_from.
ProgrammeRules const* rules_on(std::span<ProgrammeRules const> rules, Date);

/// One row of the table of base rates (benchmark until 2019-08-19, LPR after).
struct BaseRate {
    Date effective_from;
    std::string tier; ///< "upto_1y", "1y_to_5y", "lpr_1y" …
    Rate rate;
    bool is_sourced = false;
};

/// A loan more than `days_late` days late is at least in this class, from effective_from until the
/// table of a later day.
struct ClassFloor {
    Date effective_from;
    int days_late = 0; ///< strictly more than
    RiskClass floor{};
};

struct ProvisionRate {
    Date effective_from;
    RiskClass risk_class{};
    std::int64_t rate_ppm = 0; ///< of outstanding principal
};

enum class SubsidyKind : std::uint8_t {
    none = 1, ///< nothing from this day on
    share,    ///< this part of the interest (100 %: all of it)
    points,   ///< this many points a year, at most the rate
    spread,   ///< what is above base rate + `ppm` (negative: LPR - 150 points), at most cap_ppm
};
struct SubsidyStep {
    Date from; ///< by the day of accrual
    SubsidyKind kind = SubsidyKind::none;
    std::int64_t ppm = 0;                ///< share, points a year, or spread (may be negative)
    std::optional<std::int64_t> cap_ppm; ///< spread: points a year at most
    std::string tier;                    ///< spread: the base rate's tier
    friend bool operator==(SubsidyStep const&, SubsidyStep const&) = default;
};
/// Who the subsidy is paid to, and so what the borrower is asked for.
enum class SubsidyPaidTo : std::uint8_t {
    lender = 1, ///< the borrower is asked for the interest less the subsidy
    borrower,   ///< the borrower pays all of it; the subsidy, once received, is his (先付后补)
};
/// Ordinary interest only: never penalty or compound interest, never after maturity, while anything
/// that fell due is unpaid (from the night of its due date), or after a declared misuse. Kept as
/// dated rules with their document.
struct SubsidyScheme {
    std::string code;
    std::string document;
    SubsidyPaidTo paid_to = SubsidyPaidTo::lender;
    std::optional<Money> principal_cap; ///< of the principal outstanding, oldest tranche first
    int days_cap = 0;                   ///< days from each tranche's disbursement; 0: no cap
    std::vector<SubsidyStep> steps;     ///< in order of `from`
    friend bool operator==(SubsidyScheme const&, SubsidyScheme const&) = default;
};

/// What a suspicious claim to lead a household meets.
enum class Ruling : std::uint8_t { ignore = 1, warn, refuse };

/// How households are led and leave poverty, from effective_from until the next row.
struct LeadingRules {
    Date effective_from;
    std::string document;
    bool is_sourced = false;
    int notice_days = 7;               ///< of the notice of an exit, at least (厅字〔2016〕16号)
    int sustained_months = 12;         ///< after an exit without relapse
    Ruling on_relative = Ruling::warn; ///< the household is the borrower's relatives'
    Ruling on_exited_before = Ruling::warn;    ///< it had left poverty before the support began
    Ruling on_led_by_another = Ruling::warn;   ///< another borrower leads it
    Ruling on_registered_later = Ruling::warn; ///< it was entered after the support began
};

/// Net income a head below which a household is poor, for one calendar year.
struct PovertyLine {
    int year = 0;
    Money per_head;
    bool is_sourced = false;
};

/// From this amount on an approval or a payout wants so many other persons, from effective_from
/// until the bands of a later day.
struct ApprovalBand {
    Date effective_from;
    Money at_least;
    int checkers = 1; ///< one or two
    std::string document;
    bool is_sourced = false;
};

/// What is personal of a borrower beside his name.
enum class RetainedKind : std::uint8_t { kiosk_secret = 1, phone, bank_account, resident_id };
/// Where its time begins.
enum class RetainedFrom : std::uint8_t {
    closing = 1, ///< the day on which his last loan was settled: his account closes by itself
    year_end,    ///< the end of that day's year, as the archives count (79号令)
};
/// How long something personal is kept after its borrower's account closed; then it is erased, and
/// not before. From effective_from until the next row of its kind; without a row it is kept.
struct RetentionRule {
    Date effective_from;
    RetainedKind what{};
    int months = 0;
    RetainedFrom counted_from = RetainedFrom::closing;
    std::string document; ///< the law
    bool is_sourced = false;
};

/// Everything that the county has ruled and that its days were like.
struct Programme {
    std::vector<ProgrammeRules> rules;          ///< in order of effective_from
    std::vector<BaseRate> base_rates;           ///< in order of effective_from
    std::vector<ClassFloor> class_floors;       ///< in order of effective_from, days_late
    std::vector<ProvisionRate> provision_rates; ///< in order of effective_from
    std::vector<SubsidyScheme> subsidy_schemes;
    WorkingCalendar calendar;
    std::vector<LeadingRules> leading_rules;    ///< in order of effective_from
    std::vector<PovertyLine> poverty_lines;     ///< in order of year
    std::vector<ApprovalBand> approval_bands;   ///< in order of effective_from, at_least
    std::vector<RetentionRule> retention_rules; ///< in order of effective_from, what

    /// In force on the day, or nullptr.
    LeadingRules const* leading_rules_on(Date) const;
    /// Of the year, or of the last year before it for which there is one; empty: none is known.
    std::optional<Money> poverty_line(int year) const;
    ProgrammeRules const* rules_of_version(int version) const;
    SubsidyScheme const* subsidy_scheme(std::string_view code) const;
    /// The tier's rate in force on the day; empty: none is.
    std::optional<Rate> base_rate(std::string_view tier, Date) const;
    /// The rate on the day of the tier that a term of so many months belongs to.
    std::optional<Rate> base_rate_for(int months, Date) const;
    /// The class that lateness alone gives on the day; normal where no table is in force.
    RiskClass class_floor(int days_late, Date) const;
    /// ppm of outstanding principal; zero where no table is in force.
    std::int64_t provision_rate_ppm(RiskClass, Date) const;
};

} // namespace ledger
