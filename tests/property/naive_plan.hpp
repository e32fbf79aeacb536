// The days of a loan for the slow model: on which days something falls due, which days' interest an
// instalment carries, and what one fen earns in one night. Written from the contract in
// ledger/schedule.hpp and ledger/loan.hpp alone; it shares no code with ledger/lending. The day
// counts and the month steps of ledger/calendar.hpp have properties of their own.
#pragma once

#include "ledger/loan.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <map>
#include <set>

namespace ledger::test {

using Rational = boost::multiprecision::cpp_rational;
using Integer = boost::multiprecision::cpp_int;

/// Never negative here.
std::int64_t rounded(Rational const&, Rounding);

struct NaivePeriod {
    Date from;
    Date until;
    Date due_on;
    Date nominal{};      ///< before any holiday
    int whole_steps = 0; ///< > 0: interest by period, spread evenly over its days
    bool is_down_payment = false;
    bool is_interest_free = false;
    bool asks_interest = true;
    bool asks_principal = true;
    std::int64_t weight = 0; ///< of its part of a principal plan

    Date closes_on() const { return std::min(until, due_on); }
};

class NaivePlan {
  public:
    NaivePlan(Terms const&, Programme const&);
    void begin(Date disbursed_on);
    void extend(Extended const&);
    /// Rows from `row` on are planned anew.
    void plan_anew(NewPlan const&, Date on, std::size_t row);
    void change_rate(Date from, Rate);

    Date matures_on() const { return periods.back().due_on; }
    Rate rate(Date) const;
    bool rate_changes(Date from, Date until) const;
    /// What one fen earns in the night after `day`, at a rate of 1 a year.
    Rational share_of_year(NaivePeriod const&, Date day) const;
    /// The same at the contract's rate.
    Rational night(NaivePeriod const&, Date day) const;
    /// What one fen earns in the whole period at one rate.
    Rational whole(NaivePeriod const&, Rate) const;
    /// The night's share of a year for penalty and compound interest.
    Rational penalty_share(Date day) const;
    Date stepped(Date origin, int steps) const;
    /// Of the rows since the last plan, from 0; the down payment has none.
    int number_of(std::size_t row) const { return static_cast<int>(row - first_planned_); }

    Terms terms;
    std::vector<NaivePeriod> periods;

  private:
    /// Days on which something falls due, before holidays, and which pairs of days are one step.
    struct Days {
        std::vector<Date> due;
        std::set<std::pair<Date, Date>> steps;
        void add_step(Date from, Date until) { steps.insert({from, until}); }
        bool is_step(Date from, Date until) const { return steps.contains({from, until}); }
    };
    Days regular_days(Date origin) const;
    Days by_steps(Date origin) const;
    Days by_settlement_day(Date origin, Date matures_on) const;
    Days forward(Date origin, std::optional<Date> first, Date matures_on, Stub) const;
    Days backward(Date origin) const;
    bool is_settlement_day(Date) const;
    bool has_interest_dates() const;
    void append(Days const&, Date origin, Date from, Grace const&, int number);
    void append_parts(Date origin);
    Date moved(Date) const;
    /// Of the days after `after`.
    void find_resets(Date after);
    void forget_rates_after(Date);
    std::optional<Rate> priced(Date on, int months) const;
    static int months_between(Date from, Date until);

    Programme const& programme_;
    std::map<Date, Rate> rates_;
    Date disbursed_on_;
    std::size_t first_planned_ = 0;
};

} // namespace ledger::test
