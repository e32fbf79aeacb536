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
// after the origin (`every` is one month or one quarter) and the instalments are every settlement
// day strictly between origin and maturity (any month; for quarters March, June, September,
// December; a day that the month lacks is its last), then the maturity: their number follows from
// the dates. at_maturity has one instalment, on the last due date that the terms give.
// A period runs from the previous due date (the first from the origin) up to, not including, its
// own due date: [from, until). Holidays move nothing.
//
// Interest of a period = sum over stretches with one balance and one rate of balance x rate x time,
// exact, rounded once when it falls due. interest_per = day: time from day a to day b of the period
// is the day count's fraction from the period's first day to b minus that to a; so the parts of a
// period always add up to the period. interest_per = period: a period of exactly one step is
// `every.count` over 12 for months, 4 for quarters, 1 for years, 52 for weeks, and over the day
// count's year (360; else 365) for days, spread evenly over its actual days; a first or last
// period that is not one step long is measured by the day count. A rate step counts from its day
// on, in the middle of a period too. Disbursements on a due date belong to the next period.
//
// Flat interest is charged on the original principal (disbursed so far, less the down payment)
// throughout: the total is rounded once, each period's share after that, and the last period takes
// the difference.
//
// Principal. equal_principal: balance / instalments left, rounded, the last takes the rest.
// equal_instalments, declining: the level A solves balance + interest of the first period =
// A x (1 + D2 + D2 x D3 + ...), where Dk is one over one plus the exact interest of one fen in
// period k; A is rounded; principal = A - interest, never below zero nor above the balance; the
// last takes the rest. A period whose interest alone passes A asks for that interest only, and A is
// solved again after it. equal_instalments, flat: as equal_principal. interest_only, at_maturity:
// all with the last. A later disbursement plans what is left anew from the period that it falls in.
// `instalment` fixes A; the last takes the rest, larger or smaller; an instalment below the
// interest of a period is refused. `instalment_multiple` rounds A (or the share of principal) to a
// multiple, by `rounding`. When rounding up pays the principal early, the instalments that are left
// stay in the list with zero principal.
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

inline constexpr int instalments_limit = 600; ///< fifty years of months; a loop needs a bound

/// The terms that a loan is signed under; frozen at signing. Amounts in fen, rates in ppm a year.
struct Terms {
    Money principal;
    Rate annual_rate;
    std::vector<RateStep> rate_steps; ///< later rates, in date order; empty when fixed
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
    MonthEnd month_end = MonthEnd::clamp;
    std::optional<Money> instalment; ///< fixed amount for equal_instalments, else it is solved
    Grace grace;
    Money instalment_multiple; ///< zero, or instalments are rounded to a multiple of it
    Rate down_payment;         ///< share of the disbursement paid back on its day; below 100 %
    Rounding rounding = Rounding::half_up;
    RemainderTo remainder_to = RemainderTo::last; ///< `first` is refused: field_not_supported

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

/// The schedule of checked terms for disbursements in date order (at least one; their sum is at
/// most terms.principal). Refuses terms_contradict where due dates, a fixed instalment and
/// disbursements do not fit, and field_not_supported for a down payment with several disbursements.
Result<Schedule> schedule(Terms const&, std::vector<DisbursementPlan> const&);

} // namespace ledger
