// A repayment schedule is computed from terms and disbursements by one function, used for the
// officer's preview, for the loan that is then created and for `daifu schedule`: they cannot
// differ. Every schedule sums to the fen: the principal column is the principal, the remainder goes
// to the instalment that the terms name.
//
// The exact meaning of the terms, so that anybody's case can be mapped onto them:
//
// Due dates. The origin is the day of the first disbursement. By default instalment k falls due
// k x `every` after it; with `first_due_on` instalment k falls due (k-1) x `every` after that day,
// so the first period may be short or long. Month steps are always counted from the original day.
// With `due_on` the dates are those. With `settlement_day` the loan matures instalments x `every`
// after the origin, or on `matures_on` (`every` is one month or one quarter), and the instalments
// are every settlement day strictly between origin and maturity (any month; for quarters March,
// June, September, December; a day that the month lacks is its last), then the maturity: their
// number follows from the dates. With `matures_on` the steps run from the origin (or first_due_on)
// to it, and the odd period is the last, by itself (last_short) or joined to the one before
// (last_long); or they run back from it, and the odd period is the first (first_short, first_long).
// at_maturity has one instalment, on the last due date that the terms give.
// A period runs from the previous due date (the first from the origin) up to, not including, its
// own due date: [from, until).
//
// Holidays. `due_day` says where a due date goes that is not a working day of the programme's
// calendar. With interest_follows the period ends on the moved day; without, it ends on the nominal
// day (interest for those days, whenever it is asked for): principal then stops bearing interest on
// the nominal day, or on the due date where that is earlier, and is late from the due date.
//
// Interest of a period = sum over stretches with one balance and one rate of balance x rate x time,
// exact, rounded once when it falls due. interest_per = day: time from day a to day b of the period
// is the day count's fraction from the period's first day to b minus that to a; so the parts of a
// period always add up to the period. interest_per = period: a period of exactly one step is
// `every.count` over 12 for months, 4 for quarters, 1 for years, 52 for weeks, and over the day
// count's year (360, 364; else 365) for days, spread evenly over its actual days; a first or last
// period that is not one step long is measured by the day count. A rate step counts from its day
// on, in the middle of a period too. Disbursements on a due date belong to the next period.
//
// Rates. `annual_rate`, then `rate_steps`; or `pricing`: the base rate of the tier on the day of
// signing x multiple + points, and looked up again on each reset day (monthly, quarterly and yearly
// steps from the first disbursement, or each 1 January) for the days from it on. Without `tier` it
// is the tier that the term from the first disbursement to the maturity belongs to.
//
// Flat interest is charged on the original principal (disbursed so far, less the down payment)
// throughout: the total is rounded once, each period's share after that, and the last period takes
// the difference, as long as principal is left and never below zero.
//
// Principal. equal_principal: balance / instalments left, rounded, the last takes the rest; with
// remainder_to = first the shares are cut and the first takes the rest; `instalment` fixes the
// share. equal_instalments, declining: the level A solves balance + interest of the first period =
// A x (1 + D2 + D2 x D3 + ...), where Dk is one over one plus the exact interest of one fen in
// period k at the rate in force at the end of the first; A is rounded; principal = A - interest,
// never below zero nor above the balance; the last takes the rest. A period whose interest alone
// passes A asks for that interest only, and A is solved again after it. equal_instalments, flat: as
// equal_principal. interest_only, at_maturity: all with the last. principal_plan: its parts on
// their days, by shares (of what is outstanding, in proportion to the shares left) or by amounts
// (in proportion, where less was disbursed); a day that is no interest date asks for principal
// only; the last part is the maturity. `principal_every` n: only every n-th instalment, and the
// last, asks for principal. A later disbursement and a rate step plan what is left anew from the
// period that they fall in. `instalment` fixes A; the last takes the rest, larger or smaller; an
// instalment below the interest of a period is refused. `instalment_multiple` rounds A (or the
// share of principal) to a multiple, by `rounding`. When rounding up pays the principal early, the
// instalments that are left stay in the list with zero principal.
//
// Grace counts instalments from the first, without the down payment. principal: no principal is
// planned, the rest is planned over the instalments after. interest_payment: interest accrues, is
// not asked for, and falls due, rounded once together, with the first instalment after; principal
// is planned as if it had been asked. interest_free: no interest accrues.
//
// `down_payment` is principal x percent, rounded, as an instalment 1 without days on the day of the
// (only) disbursement; the others follow as numbers 2 to instalments + 1.
#pragma once

#include "ledger/programme.hpp"

#include <optional>
#include <vector>

namespace ledger {

enum class Method : std::uint8_t {
    equal_instalments = 1, ///< 等额本息
    equal_principal,       ///< 等额本金
    interest_only,         ///< 按期付息到期还本
    at_maturity,           ///< 利随本清: everything with the last instalment
    principal_plan,        ///< 分期还本: principal on agreed days, by shares or amounts
};

enum class InterestBasis : std::uint8_t {
    declining = 1, ///< on the principal outstanding
    flat,          ///< on the original principal throughout
};

enum class InterestPer : std::uint8_t {
    day = 1, ///< by the day count, actual span of the period
    period,  ///< a whole period is a fixed part of a year (a month 1/12, a quarter 1/4 …)
};

enum class PeriodUnit : std::uint8_t { day = 1, week, month, quarter, year };

/// The span cut at the beginnings of calendar days, weeks (Monday), months, quarters or years: its
/// first and last part may be short. Refuses date_too_early (field "until": not after from) and
/// too_many_points (field "step").
Result<std::vector<Span>> calendar_steps(Span, PeriodUnit, int limit);

/// How often an instalment falls due.
struct Frequency {
    int count = 1; ///< > 0
    PeriodUnit unit = PeriodUnit::month;
    friend bool operator==(Frequency const&, Frequency const&) = default;
};

/// A rate from a day on.
struct RateStep {
    Date from;
    Rate annual_rate;
    friend bool operator==(RateStep const&, RateStep const&) = default;
};

struct DisbursementPlan {
    Date on;
    Money amount;
    friend bool operator==(DisbursementPlan const&, DisbursementPlan const&) = default;
};

/// Periods (in instalments, from the first) in which something is not asked for.
struct Grace {
    int principal = 0;        ///< no principal falls due
    int interest_payment = 0; ///< interest accrues and falls due with the first instalment after
    int interest_free = 0;    ///< no interest accrues
    friend bool operator==(Grace const&, Grace const&) = default;
};

/// A part of the principal and its day, of Method::principal_plan.
struct PrincipalPart {
    std::optional<Date> on;         ///< the day itself, or
    std::optional<Frequency> after; ///< so long after the first disbursement
    std::int64_t share_ppm = 0;     ///< of the principal, in a plan by shares
    Money amount;                   ///< in a plan by amounts
    friend bool operator==(PrincipalPart const&, PrincipalPart const&) = default;
};

/// Where the odd period goes when the term is not a whole number of steps.
enum class Stub : std::uint8_t {
    last_short = 1, ///< steps from the origin; what is left is a short last period
    last_long,      ///< what is left joins the last whole period
    first_short,    ///< steps back from the maturity; what is left is a short first period
    first_long,
};

/// Which rate a loan bears when it follows the table of base rates: the tier's rate on the day of
/// signing, and again on each reset day, x multiple + points.
enum class RateReset : std::uint8_t {
    never = 1,   ///< fixed at signing
    monthly,     ///< each month, on the day of the month of the first disbursement
    quarterly,   ///< every third month
    anniversary, ///< each year, on the day of the first disbursement
    new_year,    ///< on 1 January
};
struct Pricing {
    RateReset reset = RateReset::never;
    std::string tier;                      ///< empty: the tier that the whole term belongs to
    std::int64_t points_ppm = 0;           ///< added, may be negative; the rate is never below zero
    std::int64_t multiple_ppm = 1'000'000; ///< 1,000,000: the base rate itself
    friend bool operator==(Pricing const&, Pricing const&) = default;
};

inline constexpr int instalments_limit = 600; ///< fifty years of months; a loop needs a bound

/// The terms that a loan is signed under; frozen at signing. Amounts in fen, rates in ppm a year.
struct Terms {
    Money principal;
    Rate annual_rate;                 ///< with `pricing`: of the day of signing
    std::vector<RateStep> rate_steps; ///< later rates, in date order; empty when fixed
    std::optional<Pricing> pricing;   ///< the rate follows the base rates
    Method method = Method::equal_instalments;
    InterestBasis interest = InterestBasis::declining;
    DayCount day_count = DayCount::actual_360;
    InterestPer interest_per = InterestPer::day;
    Frequency every;
    int instalments = 1;
    std::optional<Date> first_due_on;  ///< else one period after the first disbursement
    std::vector<Date> due_on;          ///< explicit due dates; then `every` is not used
    std::optional<int> settlement_day; ///< due dates fall on this day of the month (the 20th); the
                                       ///< last instalment falls on the maturity day
    std::optional<Date> matures_on;    ///< the last due date; the number of instalments follows
    Stub stub = Stub::last_short;      ///< with matures_on
    DueDay due_day = DueDay::stays;    ///< where a due date goes that is not a working day
    bool interest_follows = true;      ///< the period ends on the moved day; else on the nominal
    std::vector<PrincipalPart> principal_plan; ///< in order of their days
    int principal_every = 1; ///< principal falls due with every so manieth instalment
    MonthEnd month_end = MonthEnd::clamp;
    std::optional<Money> instalment; ///< fixed amount for equal_instalments, fixed principal for
                                     ///< equal_principal; else it is solved
    Grace grace;
    Money instalment_multiple; ///< zero, or instalments are rounded to a multiple of it
    Rate down_payment;         ///< share of the disbursement paid back on its day; below 100 %
    Rounding rounding = Rounding::half_up;
    RemainderTo remainder_to = RemainderTo::last; ///< `first`: equal principal and flat only
    std::string subsidy_scheme; ///< code of the scheme of its interest subsidy; empty: none

    friend bool operator==(Terms const&, Terms const&) = default;
};

struct Instalment {
    int number = 0; ///< from 1
    Span span;      ///< the days whose interest this instalment carries
    int days = 0;   ///< as the day count sees them
    Date due_on;
    Money principal;
    Money interest;
    Money balance; ///< principal outstanding after it
    Money total() const { return principal + interest; }

    friend bool operator==(Instalment const&, Instalment const&) = default;
};

struct Schedule {
    std::vector<Instalment> instalments;
    Money principal; ///< totals
    Money interest;

    Date matures_on() const { return instalments.back().due_on; }
    friend bool operator==(Schedule const&, Schedule const&) = default;
};

/// Checks terms that contradict each other before any arithmetic; documented precedence in
/// ledger/lending/terms.cpp. `field` names the term by its key in the API. Refuses
/// amount_must_be_positive, amount_too_large (above ten billion yuan), field_not_supported,
/// terms_contradict, too_many_instalments.
Result<Terms> checked_terms(Terms);

/// Checked terms on the day of signing: a rate that follows the base rates is looked up and frozen.
/// Refuses subsidy_scheme_not_found, no_base_rate_in_force, and where dates do not fit
/// terms_contradict, too_many_instalments.
Result<Terms> signed_terms(Terms, Date signed_on, Programme const&);

/// The schedule of checked and signed terms for disbursements in date order (at least one; their
/// sum is at most terms.principal), as if every instalment were paid on its day. The programme
/// gives the calendar and the base rates. Refuses terms_contradict where due dates, a fixed
/// instalment and disbursements do not fit, and field_not_supported for a down payment with several
/// disbursements.
Result<Schedule> schedule(Terms const&, std::vector<DisbursementPlan> const&,
                          Programme const& = {});

} // namespace ledger
