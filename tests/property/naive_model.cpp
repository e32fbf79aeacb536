// Night by night: on a due date what fell due is written down; then the day's events, in order;
// then, unless it is the last day, the night's interest on what has not fallen due and the night's
// penalty on what fell due and is unpaid.
#include "tests/property/naive_model.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <map>

namespace ledger::test {

namespace {

using Rational = boost::multiprecision::cpp_rational;
using Integer = boost::multiprecision::cpp_int;

std::int64_t rounded(Rational const& value, Rounding rounding)
{
    Integer const top = numerator(value);
    Integer const bottom = denominator(value);
    Integer const floor = top / bottom; // never negative here
    Rational const rest = value - Rational{floor};
    Rational const half{1, 2};
    bool up = false;
    if (rounding == Rounding::half_up) up = rest >= half;
    if (rounding == Rounding::half_even) up = rest > half || (rest == half && floor % 2 != 0);
    if (rounding == Rounding::up) up = rest > 0;
    Integer const whole = floor + (up ? 1 : 0);
    return whole.convert_to<std::int64_t>();
}

struct Row {
    Date from;
    Date due_on;
    bool is_whole_step = false;
    bool is_down_payment = false;
    int number = 0; // from 0, without the down payment
    std::int64_t planned_principal = 0;
    std::int64_t flat_interest = 0;
    std::int64_t principal_due = 0;
    std::int64_t interest_due = 0;
    std::int64_t principal_paid = 0;
    std::int64_t interest_paid = 0;
    bool has_fallen_due = false;
};

class Life {
  public:
    Life(Loan const& loan, Date as_of)
        : loan_{loan}
        , terms_{loan.terms}
        , as_of_{as_of}
    {
    }
    NaiveLoan live();

  private:
    void collect_events();
    Date step(Date origin, int steps) const;
    void lay_out_rows();
    void plan_principal();
    void plan_flat_interest();
    std::int64_t level(std::size_t row, std::int64_t balance, Rational const& interest) const;
    std::int64_t share_of_principal(std::size_t row, std::int64_t balance,
                                    Rational const& interest);
    Rational night(Row const&, Date) const;
    Rational annual_rate(Date) const;
    Rational penalty_night(Date) const;
    Row* running();
    Row* asked_row();
    void fall_due(Row&, Date today);
    void pay(std::int64_t cash);
    std::int64_t running_interest();
    std::int64_t penalty_recognised() const;
    NaiveLoan sum_up();

    Loan const& loan_;
    Terms const& terms_;
    Date as_of_;
    std::vector<LoanEvent> events_;
    std::vector<Row> rows_;
    bool level_is_known_ = false;
    std::int64_t level_ = 0;
    std::int64_t approved_ = 0;
    std::int64_t disbursed_ = 0;
    std::int64_t received_ = 0;
    std::int64_t overpaid_ = 0;
    std::int64_t not_due_ = 0;
    std::int64_t principal_paid_ = 0;
    std::int64_t penalty_paid_ = 0;
    Rational earned_;
    Rational penalty_;
};

void Life::collect_events()
{
    std::map<int, LoanEvent> left;
    for (LoanEvent const& event : loan_.events) left[event.sequence] = event;
    for (LoanEvent const& event : loan_.events) {
        if (auto const* reversed = std::get_if<Reversed>(&event.what)) {
            left.erase(reversed->sequence);
            left.erase(event.sequence);
        }
    }
    for (auto const& [sequence, event] : left) {
        if (event.value_on <= as_of_) events_.push_back(event);
    }
    std::ranges::stable_sort(events_, {}, &LoanEvent::value_on);
}

Date Life::step(Date origin, int steps) const
{
    int const count = steps * terms_.every.count;
    if (terms_.every.unit == PeriodUnit::day) return origin.plus_days(count);
    if (terms_.every.unit == PeriodUnit::week) return origin.plus_days(7 * count);
    int months = count;
    if (terms_.every.unit == PeriodUnit::quarter) months *= 3;
    if (terms_.every.unit == PeriodUnit::year) months *= 12;
    return add_months(origin, months, terms_.month_end);
}

void Life::lay_out_rows()
{
    Date const origin = std::ranges::find_if(events_, [](LoanEvent const& event) {
                            return std::holds_alternative<Disbursed>(event.what);
                        })->value_on;
    std::vector<Date> due;
    Date const maturity = step(origin, terms_.instalments);
    auto const is_settlement_day = [this](Date day) {
        if (terms_.every.unit == PeriodUnit::quarter && day.month() % 3 != 0) return false;
        auto const wanted = static_cast<unsigned>(*terms_.settlement_day);
        return day.day() == wanted || (day.day() < wanted && day.is_month_end());
    };
    if (terms_.settlement_day) {
        for (Date day = origin.plus_days(1); day < maturity; day = day.plus_days(1)) {
            if (is_settlement_day(day)) due.push_back(day);
        }
        due.push_back(maturity);
    } else if (terms_.first_due_on) {
        for (int n = 0; n < terms_.instalments; ++n) due.push_back(step(*terms_.first_due_on, n));
    } else {
        for (int n = 1; n <= terms_.instalments; ++n) due.push_back(step(origin, n));
    }
    if (terms_.method == Method::at_maturity) due = {due.back()};
    if (terms_.down_payment > Rate{}) {
        rows_.push_back({origin, origin, false, true});
    }
    Date from = origin;
    int number = 0;
    for (Date const on : due) {
        bool is_whole = true;
        if (terms_.settlement_day) is_whole = is_settlement_day(from) && is_settlement_day(on);
        if (terms_.first_due_on && number == 0) is_whole = step(origin, 1) == *terms_.first_due_on;
        rows_.push_back({from, on, is_whole, false, number++});
        from = on;
    }
}

Rational Life::annual_rate(Date day) const
{
    Rate rate = terms_.annual_rate;
    for (RateStep const& each : terms_.rate_steps) {
        if (each.from <= day) rate = each.annual_rate;
    }
    return Rational{rate.ppm(), 1'000'000};
}

/// What one fen earns in the night after `day`.
Rational Life::night(Row const& row, Date day) const
{
    if (!row.is_down_payment && row.number < terms_.grace.interest_free) return 0;
    if (terms_.interest_per == InterestPer::period && row.is_whole_step) {
        std::int64_t year = 1;
        if (terms_.every.unit == PeriodUnit::month) year = 12;
        if (terms_.every.unit == PeriodUnit::quarter) year = 4;
        if (terms_.every.unit == PeriodUnit::week) year = 52;
        if (terms_.every.unit == PeriodUnit::day) {
            bool const is_365 = terms_.day_count == DayCount::actual_365 ||
                                terms_.day_count == DayCount::actual_actual_isda;
            year = is_365 ? 365 : 360;
        }
        int const steps = terms_.method == Method::at_maturity ? terms_.instalments : 1;
        return annual_rate(day) *
               Rational{std::int64_t{terms_.every.count} * steps, year * (row.due_on - row.from)};
    }
    YearFraction const before = year_fraction({row.from, day}, terms_.day_count);
    YearFraction const after = year_fraction({row.from, day.plus_days(1)}, terms_.day_count);
    return annual_rate(day) * (Rational{after.numerator, after.denominator} -
                               Rational{before.numerator, before.denominator});
}

Rational Life::penalty_night(Date day) const
{
    Rational const times{1'000'000 + loan_.penalty_margin_ppm, 1'000'000};
    Rational share{1, terms_.day_count == DayCount::actual_365 ? 365 : 360};
    if (terms_.day_count == DayCount::actual_actual_isda) {
        share = Rational{1, day.ymd().year().is_leap() ? 366 : 365};
    }
    return annual_rate(day) * times * share;
}

std::int64_t Life::level(std::size_t row, std::int64_t balance, Rational const& interest) const
{
    Rational amount;
    if (terms_.method == Method::equal_instalments && terms_.interest == InterestBasis::declining) {
        Rational discount = 1;
        Rational sum = 1;
        for (std::size_t n = row + 1; n < rows_.size(); ++n) {
            Rational growth = 1;
            for (Date day = rows_[n].from; day < rows_[n].due_on; day = day.plus_days(1)) {
                growth += night(rows_[n], day);
            }
            discount /= growth;
            // Thirty digits are enough, and keep 24 periods of days from growing without end.
            Integer const scale = boost::multiprecision::pow(Integer{10}, 30);
            Integer const cut = numerator(discount) * scale / denominator(discount);
            discount = Rational{cut, scale};
            sum += discount;
        }
        amount = (balance + interest) / sum;
    } else {
        amount = Rational{balance, static_cast<std::int64_t>(rows_.size() - row)};
    }
    std::int64_t const multiple = terms_.instalment_multiple.fen();
    if (multiple == 0) return rounded(amount, terms_.rounding);
    return multiple * rounded(amount / multiple, terms_.rounding);
}

std::int64_t Life::share_of_principal(std::size_t row, std::int64_t balance,
                                      Rational const& interest)
{
    if (row + 1 == rows_.size()) return balance;
    if (rows_[row].number < terms_.grace.principal) return 0;
    if (terms_.method == Method::interest_only || terms_.method == Method::at_maturity) return 0;
    if (!level_is_known_) level_ = level(row, balance, interest);
    level_is_known_ = true;
    if (terms_.method == Method::equal_principal || terms_.interest == InterestBasis::flat) {
        return std::min(level_, balance);
    }
    std::int64_t const asked = rounded(interest, terms_.rounding);
    if (asked > level_) {
        level_is_known_ = false;
        return 0;
    }
    return std::min(level_ - asked, balance);
}

void Life::plan_principal()
{
    std::int64_t balance = 0;
    std::size_t next = 0;
    std::vector<LoanEvent> paid_out;
    for (LoanEvent const& event : events_) {
        if (std::holds_alternative<Disbursed>(event.what)) paid_out.push_back(event);
    }
    for (std::size_t n = 0; n < rows_.size(); ++n) {
        Rational interest;
        for (Date day = rows_[n].from;; day = day.plus_days(1)) {
            bool const is_over = day == rows_[n].due_on && !rows_[n].is_down_payment;
            if (is_over) break;
            for (; next < paid_out.size() && paid_out[next].value_on == day; ++next) {
                balance += std::get<Disbursed>(paid_out[next].what).amount.fen();
                level_is_known_ = false;
            }
            if (rows_[n].is_down_payment) break;
            interest += balance * night(rows_[n], day);
        }
        if (terms_.interest == InterestBasis::flat) interest = rows_[n].flat_interest;
        rows_[n].planned_principal =
            rows_[n].is_down_payment
                ? rounded(Rational{balance} * Rational{terms_.down_payment.ppm(), 1'000'000},
                          terms_.rounding)
                : share_of_principal(n, balance, interest);
        balance -= rows_[n].planned_principal;
    }
}

void Life::plan_flat_interest()
{
    std::vector<Rational> exact;
    Rational sum;
    for (Row const& row : rows_) {
        Rational interest;
        for (Date day = row.from; day < row.due_on; day = day.plus_days(1)) {
            std::int64_t original = 0;
            for (LoanEvent const& event : events_) {
                auto const* paid_out = std::get_if<Disbursed>(&event.what);
                if (paid_out && event.value_on <= day) original += paid_out->amount.fen();
            }
            original -= rounded(Rational{original} * Rational{terms_.down_payment.ppm(), 1'000'000},
                                terms_.rounding);
            interest += original * night(row, day);
        }
        exact.push_back(interest);
        sum += interest;
    }
    std::int64_t left = rounded(sum, terms_.rounding);
    for (std::size_t n = 0; n < rows_.size(); ++n) {
        std::int64_t share = std::min(left, rounded(exact[n], terms_.rounding));
        if (n + 1 == rows_.size()) share = left;
        rows_[n].flat_interest = share;
        left -= share;
    }
}

Row* Life::running()
{
    for (Row& row : rows_) {
        if (!row.has_fallen_due) return &row;
    }
    return nullptr;
}

Row* Life::asked_row()
{
    for (Row& row : rows_) {
        if (row.has_fallen_due) continue;
        if (row.is_down_payment || row.number >= terms_.grace.interest_payment) return &row;
    }
    return nullptr;
}

void Life::fall_due(Row& row, Date)
{
    row.principal_due = std::min(row.planned_principal, not_due_);
    not_due_ -= row.principal_due;
    if (row.is_down_payment || row.number >= terms_.grace.interest_payment) {
        row.interest_due = rounded(earned_, terms_.rounding);
        earned_ = 0;
    }
    row.has_fallen_due = true;
}

std::int64_t Life::running_interest()
{
    Row const* row = asked_row();
    return row ? rounded(earned_, terms_.rounding) - row->interest_paid : 0;
}

std::int64_t Life::penalty_recognised() const
{
    return rounded(penalty_, terms_.rounding);
}

void Life::pay(std::int64_t cash)
{
    received_ += cash;
    bool const principal_first = loan_.allocation_order == AllocationOrder::principal_first;
    auto const use = [&cash](std::int64_t owed, std::int64_t& paid) {
        std::int64_t const part = std::min(owed, cash);
        cash -= part;
        paid += part;
        return part;
    };
    auto const principal = [&](Row& row) {
        principal_paid_ += use(row.principal_due - row.principal_paid, row.principal_paid);
    };
    auto const interest = [&](Row& row) {
        use(row.interest_due - row.interest_paid, row.interest_paid);
    };
    if (!principal_first) use(penalty_recognised() - penalty_paid_, penalty_paid_);
    for (Row& row : rows_) {
        if (!row.has_fallen_due) break;
        if (principal_first) principal(row);
        interest(row);
        if (!principal_first) principal(row);
    }
    if (principal_first) use(penalty_recognised() - penalty_paid_, penalty_paid_);
    if (Row* row = asked_row()) {
        use(running_interest(), row->interest_paid);
        not_due_ -= use(not_due_, principal_paid_);
    }
    overpaid_ += cash;
}

NaiveLoan Life::sum_up()
{
    std::int64_t overdue = 0;
    std::int64_t unpaid_interest = running_interest();
    std::int64_t income = 0;
    NaiveLoan result;
    for (Row const& row : rows_) {
        if (!row.has_fallen_due) break;
        unpaid_interest += row.interest_due - row.interest_paid;
        income += row.interest_due;
        if (row.due_on < as_of_) overdue += row.principal_due - row.principal_paid;
        bool const is_unpaid =
            row.principal_due > row.principal_paid || row.interest_due > row.interest_paid;
        if (is_unpaid && result.days_past_due == 0) result.days_past_due = as_of_ - row.due_on;
    }
    if (asked_row()) income += rounded(earned_, terms_.rounding);
    std::int64_t const lent = disbursed_ - principal_paid_;
    std::int64_t const penalty = penalty_recognised();
    Positions& held = result.positions;
    held[Position::bank] = Money::fen(received_ - disbursed_);
    held[Position::principal_normal] = Money::fen(lent - overdue);
    held[Position::principal_overdue] = Money::fen(overdue);
    held[Position::interest_receivable] = Money::fen(unpaid_interest);
    held[Position::penalty_receivable] = Money::fen(penalty - penalty_paid_);
    held[Position::overpayment] = Money::fen(overpaid_);
    held[Position::interest_income] = Money::fen(income);
    held[Position::penalty_income] = Money::fen(penalty);
    held[Position::fund_available] = Money::fen(principal_paid_ - approved_);
    held[Position::fund_reserved] = Money::fen(approved_ - disbursed_);
    held[Position::fund_lent] = Money::fen(lent);
    result.payoff = Money::fen(lent + unpaid_interest + penalty - penalty_paid_);
    return result;
}

NaiveLoan Life::live()
{
    collect_events();
    bool const is_ever_disbursed = std::ranges::any_of(events_, [](LoanEvent const& event) {
        return std::holds_alternative<Disbursed>(event.what);
    });
    if (is_ever_disbursed) {
        lay_out_rows();
        if (terms_.interest == InterestBasis::flat) plan_flat_interest();
        plan_principal();
    }
    if (events_.empty()) return sum_up();
    for (Date day = events_.front().value_on;; day = day.plus_days(1)) {
        for (Row& row : rows_) {
            if (row.due_on == day && !row.is_down_payment) fall_due(row, day);
        }
        for (LoanEvent const& event : events_) {
            if (event.value_on != day) continue;
            if (auto const* yes = std::get_if<Approved>(&event.what))
                approved_ += yes->amount.fen();
            if (auto const* out = std::get_if<Disbursed>(&event.what)) {
                disbursed_ += out->amount.fen();
                not_due_ += out->amount.fen();
                if (rows_.front().is_down_payment && !rows_.front().has_fallen_due) {
                    fall_due(rows_.front(), day);
                }
            }
            if (auto const* in = std::get_if<Repaid>(&event.what)) pay(in->amount.fen());
        }
        if (day == as_of_) return sum_up();
        if (disbursed_ == 0) continue;
        std::int64_t unpaid = 0;
        for (Row const& row : rows_) {
            if (row.has_fallen_due) unpaid += row.principal_due - row.principal_paid;
        }
        if (unpaid > 0) penalty_ += unpaid * penalty_night(day);
        Row const* row = running();
        if (!row || not_due_ == 0) continue;
        if (terms_.interest == InterestBasis::declining) {
            earned_ += not_due_ * night(*row, day);
        } else {
            Row const even{row->from, row->due_on, row->is_whole_step, false,
                           terms_.grace.interest_free};
            Rational whole;
            for (Date each = row->from; each < row->due_on; each = each.plus_days(1)) {
                whole += night(even, each) / annual_rate(each);
            }
            if (whole > 0)
                earned_ += row->flat_interest * (night(even, day) / annual_rate(day)) / whole;
        }
    }
}

} // namespace

NaiveLoan live_through(Loan const& loan, Date as_of)
{
    return Life{loan, as_of}.live();
}

} // namespace ledger::test
