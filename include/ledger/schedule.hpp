// A repayment schedule is computed from terms and disbursements by one function, used for the
// officer's preview, for the loan that is then created and for `daifu schedule`: they cannot
// differ. Every schedule sums to the fen: the principal column is the principal, the remainder goes
// to the instalment that the terms name.
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
    Rate down_payment;         ///< share of the principal paid on the first day, as percent
    Rounding rounding = Rounding::half_up;
    RemainderTo remainder_to = RemainderTo::last;

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
/// ledger/lending/terms.cpp. Refuses terms_contradict (field names the term), too_many_instalments,
/// amount_must_be_positive, field_not_supported.
Result<Terms> checked_terms(Terms);

/// The schedule of checked terms for disbursements in date order (at least one; their sum is at
/// most terms.principal). Refuses terms_contradict where due dates and disbursements do not fit.
Result<Schedule> schedule(Terms const&, std::vector<DisbursementPlan> const&);

} // namespace ledger
