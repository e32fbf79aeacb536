// See naive_plan.hpp. Days are looked at one by one wherever that is possible.
#include "tests/property/naive_plan.hpp"

#include <algorithm>

namespace ledger::test {

std::int64_t rounded(Rational const& value, Rounding rounding)
{
    Integer const top = numerator(value);
    Integer const bottom = denominator(value);
    Integer const floor = top / bottom;
    Rational const rest = value - Rational{floor};
    Rational const half{1, 2};
    bool up = false;
    if (rounding == Rounding::half_up) up = rest >= half;
    if (rounding == Rounding::half_even) up = rest > half || (rest == half && floor % 2 != 0);
    if (rounding == Rounding::up) up = rest > 0;
    Integer const whole = floor + (up ? 1 : 0);
    return whole.convert_to<std::int64_t>();
}

namespace {

Date step(Date origin, Frequency const& every, int steps, MonthEnd month_end)
{
    int const count = steps * every.count;
    if (every.unit == PeriodUnit::day) return origin.plus_days(count);
    if (every.unit == PeriodUnit::week) return origin.plus_days(7 * count);
    int months = count;
    if (every.unit == PeriodUnit::quarter) months *= 3;
    if (every.unit == PeriodUnit::year) months *= 12;
    return add_months(origin, months, month_end);
}

} // namespace

NaivePlan::NaivePlan(Terms const& signed_terms, Programme const& programme)
    : terms{signed_terms}
    , programme_{programme}
{
    rates_[Date{1, 1, 1}] = terms.annual_rate;
}

Date NaivePlan::stepped(Date origin, int steps) const
{
    return step(origin, terms.every, steps, terms.month_end);
}

Date NaivePlan::moved(Date nominal) const
{
    auto const walk = [&](int direction) {
        Date day = nominal;
        while (!programme_.calendar.is_working(day)) day = day.plus_days(direction);
        return day;
    };
    bool const is_later = terms.due_day == DueDay::next || terms.due_day == DueDay::next_in_month;
    if (terms.due_day == DueDay::stays) return nominal;
    Date const day = walk(is_later ? 1 : -1);
    bool const stays_in_month =
        terms.due_day == DueDay::next_in_month || terms.due_day == DueDay::previous_in_month;
    if (stays_in_month && day.month() != nominal.month()) return walk(is_later ? -1 : 1);
    return day;
}

bool NaivePlan::is_settlement_day(Date day) const
{
    if (terms.every.unit == PeriodUnit::quarter && day.month() % 3 != 0) return false;
    auto const wanted = static_cast<unsigned>(*terms.settlement_day);
    return day.day() == wanted || (day.day() < wanted && day.is_month_end());
}

NaivePlan::Days NaivePlan::by_settlement_day(Date origin, Date matures_on) const
{
    Days days;
    std::optional<Date> last;
    for (Date day = origin; day <= matures_on; day = day.plus_days(1)) {
        if (is_settlement_day(day)) {
            if (last) days.add_step(*last, day);
            last = day;
            if (day > origin) days.due.push_back(day);
        }
    }
    if (days.due.empty() || days.due.back() != matures_on) days.due.push_back(matures_on);
    return days;
}

NaivePlan::Days NaivePlan::by_steps(Date origin) const
{
    Days days;
    for (int n = 1; n <= terms.instalments; ++n) {
        Date const on =
            terms.first_due_on ? stepped(*terms.first_due_on, n - 1) : stepped(origin, n);
        if (!days.due.empty())
            days.add_step(days.due.back(), on);
        else if (on == stepped(origin, 1))
            days.add_step(origin, on);
        days.due.push_back(on);
    }
    return days;
}

NaivePlan::Days NaivePlan::forward(Date origin, std::optional<Date> first, Date matures_on,
                                   Stub stub) const
{
    Days days;
    for (int n = 1;; ++n) {
        Date const on = first ? stepped(*first, n - 1) : stepped(origin, n);
        if (on > matures_on) break;
        if (!days.due.empty())
            days.add_step(days.due.back(), on);
        else if (on == stepped(origin, 1))
            days.add_step(origin, on);
        days.due.push_back(on);
    }
    bool const is_odd = days.due.empty() || days.due.back() != matures_on;
    if (is_odd && stub == Stub::last_long && !days.due.empty()) days.due.pop_back();
    if (is_odd) days.due.push_back(matures_on);
    return days;
}

NaivePlan::Days NaivePlan::backward(Date origin) const
{
    Days days;
    Date later = *terms.matures_on;
    for (int n = 1; later > origin; ++n) {
        days.due.insert(days.due.begin(), later);
        Date const on = stepped(*terms.matures_on, -n);
        days.add_step(on, later);
        later = on;
    }
    bool const is_odd = later != origin;
    if (is_odd && terms.stub == Stub::first_long && days.due.size() > 1) {
        days.due.erase(days.due.begin());
    }
    return days;
}

NaivePlan::Days NaivePlan::regular_days(Date origin) const
{
    if (!terms.due_on.empty()) return {terms.due_on, {}};
    if (terms.settlement_day) {
        return by_settlement_day(origin, terms.matures_on ? *terms.matures_on
                                                          : stepped(origin, terms.instalments));
    }
    if (!terms.matures_on) return by_steps(origin);
    bool const is_backward = terms.stub == Stub::first_short || terms.stub == Stub::first_long;
    if (is_backward) return backward(origin);
    return forward(origin, terms.first_due_on, *terms.matures_on, terms.stub);
}

bool NaivePlan::has_interest_dates() const
{
    return !terms.due_on.empty() || terms.matures_on || terms.instalments > 0;
}

void NaivePlan::append(Days const& days, Date origin, Date from, Grace const& grace, int number)
{
    Date nominal_from = origin;
    bool const by_period = terms.interest_per == InterestPer::period;
    if (terms.method == Method::at_maturity) {
        bool is_whole = by_period;
        for (Date const on : days.due) {
            is_whole = is_whole && days.is_step(nominal_from, on);
            nominal_from = on;
        }
        NaivePeriod period;
        period.from = from;
        period.nominal = days.due.back();
        period.due_on = moved(days.due.back());
        period.until = terms.interest_follows ? period.due_on : days.due.back();
        if (is_whole) period.whole_steps = static_cast<int>(days.due.size());
        periods.push_back(period);
        return;
    }
    for (Date const on : days.due) {
        NaivePeriod period;
        period.from = from;
        period.nominal = on;
        period.due_on = moved(on);
        period.until = terms.interest_follows ? period.due_on : on;
        if (by_period && days.is_step(nominal_from, on)) period.whole_steps = 1;
        period.is_interest_free = number < grace.interest_free;
        period.asks_interest = number >= grace.interest_payment;
        period.asks_principal =
            number >= grace.principal && (number + 1) % terms.principal_every == 0;
        periods.push_back(period);
        from = period.until;
        nominal_from = on;
        ++number;
    }
    periods.back().asks_principal = true;
    periods.back().asks_interest = true;
}

/// The dates of principal go between the dates of interest; a date of principal alone asks for no
/// interest, unless there are no other dates. The last part is the maturity.
void NaivePlan::append_parts(Date origin)
{
    Days days;
    if (has_interest_dates()) days = regular_days(origin);
    std::erase_if(days.steps, [&](auto const& each) { // a date that a long period swallowed
        bool const starts = each.first == origin || std::ranges::count(days.due, each.first) > 0;
        return !starts || std::ranges::count(days.due, each.second) == 0;
    });
    std::set<Date> interest_on{days.due.begin(), days.due.end()};
    std::map<Date, std::int64_t> weights;
    for (PrincipalPart const& part : terms.principal_plan) {
        Date const on = part.on ? *part.on : step(origin, *part.after, 1, terms.month_end);
        weights[on] = part.share_ppm > 0 ? part.share_ppm : part.amount.fen();
        if (std::ranges::find(days.due, on) == days.due.end()) days.due.push_back(on);
    }
    std::ranges::sort(days.due);
    while (days.due.back() > weights.rbegin()->first) days.due.pop_back();
    std::size_t row = periods.size();
    append(days, origin, origin, terms.grace, 0);
    for (Date const on : days.due) {
        bool const has_part = weights.contains(on);
        periods[row].weight = has_part ? weights[on] : 0;
        periods[row].asks_principal &= has_part;
        bool const is_last = row + 1 == periods.size();
        if (!interest_on.empty() && !interest_on.contains(on) && !is_last) {
            periods[row].asks_interest = false;
        }
        ++row;
    }
}

void NaivePlan::begin(Date disbursed_on)
{
    disbursed_on_ = disbursed_on;
    if (terms.down_payment > Rate{}) {
        NaivePeriod at_once{disbursed_on, disbursed_on, disbursed_on, disbursed_on};
        at_once.is_down_payment = true;
        periods.push_back(at_once);
        first_planned_ = 1;
    }
    if (terms.method == Method::principal_plan)
        append_parts(disbursed_on);
    else
        append(regular_days(disbursed_on), disbursed_on, disbursed_on, terms.grace, 0);
    for (RateStep const& each : terms.rate_steps) rates_[each.from] = each.annual_rate;
    find_resets(disbursed_on);
}

int NaivePlan::months_between(Date from, Date until)
{
    int months = 0;
    while (add_months(from, months) < until) ++months;
    return months;
}

/// Base rate x multiple, cut to a ppm, + points; never below zero.
std::optional<Rate> NaivePlan::priced(Date on, int months) const
{
    Pricing const& pricing = *terms.pricing;
    auto const base = pricing.tier.empty() ? programme_.base_rate_for(months, on)
                                           : programme_.base_rate(pricing.tier, on);
    if (!base) return std::nullopt;
    std::int64_t const ppm = base->ppm() * pricing.multiple_ppm / 1'000'000 + pricing.points_ppm;
    return Rate::ppm(std::clamp<std::int64_t>(ppm, 0, rate_limit_ppm));
}

void NaivePlan::find_resets(Date after)
{
    if (!terms.pricing || terms.pricing->reset == RateReset::never) return;
    int const months = months_between(disbursed_on_, matures_on());
    RateReset const reset = terms.pricing->reset;
    int const every = reset == RateReset::monthly ? 1 : reset == RateReset::quarterly ? 3 : 12;
    int next = every;
    for (Date day = disbursed_on_.plus_days(1); day < matures_on(); day = day.plus_days(1)) {
        bool is_reset = reset == RateReset::new_year && day.month() == 1 && day.day() == 1;
        if (reset != RateReset::new_year && day == add_months(disbursed_on_, next)) {
            is_reset = true;
            next += every;
        }
        if (is_reset && day > after) rates_[day] = *priced(day, months);
    }
}

void NaivePlan::change_rate(Date from, Rate annual_rate)
{
    rates_[from] = annual_rate;
}

Rate NaivePlan::rate(Date day) const
{
    return std::prev(rates_.upper_bound(day))->second;
}

bool NaivePlan::rate_changes(Date from, Date until) const
{
    for (Date day = from; day < until; day = day.plus_days(1)) {
        if (rate(day) != rate(day.plus_days(-1))) return true;
    }
    return false;
}

Rational NaivePlan::share_of_year(NaivePeriod const& period, Date day) const
{
    if (period.is_interest_free) return 0;
    if (period.whole_steps > 0) {
        return whole(period, Rate::ppm(1'000'000)) / (period.until - period.from);
    }
    YearFraction const before = year_fraction({period.from, day}, terms.day_count);
    YearFraction const after = year_fraction({period.from, day.plus_days(1)}, terms.day_count);
    if (before.denominator == after.denominator) {
        return Rational{after.numerator - before.numerator, after.denominator};
    }
    return Rational{after.numerator, after.denominator} -
           Rational{before.numerator, before.denominator};
}

Rational NaivePlan::night(NaivePeriod const& period, Date day) const
{
    return Rational{rate(day).ppm(), 1'000'000} * share_of_year(period, day);
}

Rational NaivePlan::whole(NaivePeriod const& period, Rate annual_rate) const
{
    if (period.is_interest_free) return 0;
    Rational const ppm{annual_rate.ppm(), 1'000'000};
    if (period.whole_steps == 0) {
        YearFraction const years = year_fraction({period.from, period.until}, terms.day_count);
        return ppm * Rational{years.numerator, years.denominator};
    }
    std::int64_t in_a_year = 1;
    if (terms.every.unit == PeriodUnit::month) in_a_year = 12;
    if (terms.every.unit == PeriodUnit::quarter) in_a_year = 4;
    if (terms.every.unit == PeriodUnit::week) in_a_year = 52;
    if (terms.every.unit == PeriodUnit::day) {
        in_a_year = 365;
        DayCount const count = terms.day_count;
        if (count == DayCount::actual_364) in_a_year = 364;
        if (count == DayCount::actual_360 || count == DayCount::thirty_360_us ||
            count == DayCount::thirty_e_360 || count == DayCount::months_days_360)
        {
            in_a_year = 360;
        }
    }
    return ppm * Rational{std::int64_t{terms.every.count} * period.whole_steps, in_a_year};
}

Rational NaivePlan::penalty_share(Date day) const
{
    switch (terms.day_count) {
    case DayCount::actual_360:
    case DayCount::thirty_360_us:
    case DayCount::thirty_e_360:
    case DayCount::months_days_360: return Rational{1, 360};
    case DayCount::actual_364: return Rational{1, 364};
    case DayCount::actual_365:
    case DayCount::thirty_365: return Rational{1, 365};
    case DayCount::actual_actual_isda:
    case DayCount::actual_actual_afb: return Rational{1, day.ymd().year().is_leap() ? 366 : 365};
    }
    return 0;
}

/// The steps go on from the old maturity; the new one is the last. Bare due dates, one payment at
/// maturity and a plan of principal alone have no steps: one row is added, or the row is longer.
void NaivePlan::extend(Extended const& what)
{
    Date const old_maturity = matures_on();
    Date const priced_from = what.priced_from.value_or(old_maturity);
    NaivePeriod& last = periods.back();
    if (terms.method == Method::at_maturity) {
        last.nominal = what.until;
        last.due_on = moved(what.until);
        last.until = terms.interest_follows ? last.due_on : what.until;
        last.whole_steps = 0;
    } else {
        int const number = number_of(periods.size() - 1);
        last.asks_principal =
            number >= terms.grace.principal && (number + 1) % terms.principal_every == 0;
        std::int64_t const weight = last.weight;
        last.weight = 0;
        Date const from = last.until;
        Days days;
        if (!terms.due_on.empty() || !has_interest_dates())
            days.due = {what.until};
        else if (terms.settlement_day)
            days = by_settlement_day(last.nominal, what.until);
        else
            days = forward(last.nominal, std::nullopt, what.until, Stub::last_short);
        append(days, last.nominal, from, Grace{}, number + 1);
        periods.back().weight = weight;
    }
    if (!what.annual_rate && !terms.pricing) return;
    forget_rates_after(priced_from);
    if (what.annual_rate) return change_rate(priced_from, *what.annual_rate);
    change_rate(priced_from, *priced(priced_from, months_between(disbursed_on_, what.until)));
    find_resets(priced_from);
}

void NaivePlan::forget_rates_after(Date day)
{
    rates_.erase(rates_.upper_bound(day), rates_.end());
}

void NaivePlan::plan_anew(NewPlan const& plan, Date on, std::size_t row)
{
    Date const from = row > 0 ? std::max(on, periods[row - 1].until) : on;
    periods.resize(row);
    first_planned_ = row;
    terms.method = plan.method;
    terms.every = plan.every;
    terms.instalments = plan.instalments;
    terms.first_due_on = plan.first_due_on;
    terms.grace = {plan.grace_principal, 0, 0};
    terms.due_on.clear();
    terms.principal_plan.clear();
    terms.settlement_day.reset();
    terms.matures_on.reset();
    terms.stub = Stub::last_short;
    terms.instalment.reset();
    terms.instalment_multiple = Money{};
    terms.down_payment = Rate{};
    terms.remainder_to = RemainderTo::last;
    terms.principal_every = 1;
    append(by_steps(on), on, from, terms.grace, 0);
    if (!plan.annual_rate && !terms.pricing) return;
    forget_rates_after(on);
    if (plan.annual_rate)
        change_rate(on, *plan.annual_rate);
    else
        find_resets(on);
}

} // namespace ledger::test
