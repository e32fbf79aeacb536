// From terms to periods, and how time runs inside each. A whole period (InterestPer::period) is
// spread evenly over its actual days; a first or last period that is shorter or longer than one
// step, and everything under InterestPer::day, is measured by the day count, always from the
// period's first day.
#include "ledger/lending/contract.hpp"

#include "ledger/lending/due_dates.hpp"

namespace ledger {

namespace {

constexpr std::int64_t actual_units_a_year = 365 * 366;

/// The first rate holds from here: no date that can be entered comes before it.
constexpr Date before_all_days{1, 1, 1};

std::int64_t day_count_units_a_year(DayCount count)
{
    switch (count) {
    case DayCount::actual_360:
    case DayCount::thirty_360_us:
    case DayCount::thirty_e_360:
    case DayCount::months_days_360: return 360;
    case DayCount::actual_364: return 364;
    case DayCount::actual_365:
    case DayCount::thirty_365: return 365;
    case DayCount::actual_actual_isda:
    case DayCount::actual_actual_afb: return actual_units_a_year;
    }
    LEDGER_ASSERT(!"a day count that is not in the list");
}

bool is_actual_actual(DayCount count)
{
    return day_count_units_a_year(count) == actual_units_a_year;
}

std::int64_t day_count_units(Span span, DayCount count)
{
    if (count == DayCount::actual_360 || count == DayCount::actual_365) {
        return span.until - span.from;
    }
    YearFraction const years = year_fraction(span, count);
    return years.numerator * (day_count_units_a_year(count) / years.denominator);
}

std::int64_t units_in_a_year(PeriodUnit unit, DayCount count)
{
    switch (unit) {
    case PeriodUnit::day: return is_actual_actual(count) ? 365 : day_count_units_a_year(count);
    case PeriodUnit::week: return 52;
    case PeriodUnit::month: return 12;
    case PeriodUnit::quarter: return 4;
    case PeriodUnit::year: return 1;
    }
    LEDGER_ASSERT(!"a period unit that is not in the list");
}

/// How the period measures time: evenly for `whole_steps` steps, else by the day count.
void measure(Period& period, Terms const& terms, int whole_steps)
{
    period.units_a_year = day_count_units_a_year(terms.day_count);
    period.units_a_day = 0;
    if (terms.interest_per != InterestPer::period || whole_steps == 0) return;
    period.units_a_year =
        units_in_a_year(terms.every.unit, terms.day_count) * (period.span.until - period.span.from);
    period.units_a_day = std::int64_t{terms.every.count} * whole_steps;
}

/// The down payment: a row without days on the day of the disbursement.
Period down_payment_period(Terms const& terms, Date on)
{
    Period period;
    period.is_down_payment = true;
    period.span = {on, on};
    period.nominal = period.due_on = on;
    measure(period, terms, 0);
    return period;
}

Period period_to(DueDate const& due, Date from, Terms const& terms, WorkingCalendar const& calendar)
{
    Period period;
    period.nominal = due.on;
    period.due_on = moved(due.on, terms.due_day, calendar);
    period.span = {from, terms.interest_follows ? period.due_on : due.on};
    period.is_interest_asked = due.asks_interest;
    period.is_principal_asked = due.asks_principal;
    period.part = due.part;
    return period;
}

/// Moved dates must stay in order; steps of single days may run into each other.
Result<void> check_order(std::vector<Period> const& periods)
{
    for (std::size_t n = 0; n < periods.size(); ++n) {
        bool const is_after = n == 0 || (periods[n - 1].due_on < periods[n].due_on &&
                                         periods[n - 1].closes_on() < periods[n].closes_on());
        bool const has_days = periods[n].span.from < periods[n].closes_on();
        if (!is_after || !(has_days || periods[n].is_down_payment)) {
            return refuse(Refusal::terms_contradict, "due_day",
                          periods[n].due_on.text() + " / every");
        }
    }
    return {};
}

/// `number`: of the first of them in its plan, from 0; the down payment is not counted.
std::vector<Period> periods_to(std::vector<DueDate> const& due, Date from, Terms const& terms,
                               WorkingCalendar const& calendar, int number = 0)
{
    std::vector<Period> periods;
    if (terms.method == Method::at_maturity) {
        bool const is_whole =
            std::ranges::all_of(due, [](DueDate const& each) { return each.ends_whole_period; });
        periods.push_back(period_to(due.back(), from, terms, calendar));
        measure(periods.back(), terms, is_whole ? static_cast<int>(due.size()) : 0);
        return periods;
    }
    for (DueDate const& each : due) {
        Period period = period_to(each, from, terms, calendar);
        measure(period, terms, each.ends_whole_period ? 1 : 0);
        period.is_interest_free = number < terms.grace.interest_free;
        period.is_interest_asked &= number >= terms.grace.interest_payment;
        period.is_principal_asked &= number >= terms.grace.principal;
        period.is_principal_asked &= (number + 1) % terms.principal_every == 0;
        from = period.span.until;
        periods.push_back(period);
        ++number;
    }
    periods.back().is_interest_asked = true; // a grace that is longer than the loan ends with it
    periods.back().is_principal_asked = true;
    return periods;
}

Rate priced(Pricing const& pricing, Rate base)
{
    Wide const ppm = Wide{base.ppm()} * pricing.multiple_ppm / 1'000'000 + pricing.points_ppm;
    return Rate::ppm(static_cast<std::int64_t>(std::clamp<Wide>(ppm, 0, rate_limit_ppm)));
}

/// The days after the first on which the rate is looked up again, up to the maturity.
std::vector<Date> reset_days(RateReset reset, Date first, Date matures_on)
{
    std::vector<Date> days;
    auto const every = [&](int months) {
        for (int n = 1;; ++n) {
            Date const on = add_months(first, n * months);
            if (on >= matures_on) return;
            days.push_back(on);
        }
    };
    switch (reset) {
    case RateReset::never: break;
    case RateReset::monthly: every(1); break;
    case RateReset::quarterly: every(3); break;
    case RateReset::anniversary: every(12); break;
    case RateReset::new_year:
        for (int year = first.year() + 1; Date{year, 1, 1} < matures_on; ++year) {
            days.push_back(Date{year, 1, 1});
        }
        break;
    }
    return days;
}

/// What the tier's table gives on a day.
Result<Rate> priced_on(Pricing const& pricing, int months, Date on, Programme const& programme)
{
    auto const base = pricing.tier.empty() ? programme.base_rate_for(months, on)
                                           : programme.base_rate(pricing.tier, on);
    if (!base) return refuse(Refusal::no_base_rate_in_force, "pricing", on.text());
    return priced(pricing, *base);
}

/// The rates of the reset days after `from`, of the tier that the term reaches: up to the nominal
/// maturity, or a holiday that is announced later would change the tier of what is long accrued.
/// One that is the same as before stands there too: it ends a rate changed by hand.
Result<std::vector<RateStep>> resets_after(Date from, Pricing const& pricing, Date first,
                                           Date nominal, Date matures_on,
                                           Programme const& programme)
{
    std::vector<RateStep> steps;
    int const months = months_until(first, nominal);
    for (Date const on : reset_days(pricing.reset, first, matures_on)) {
        if (on <= from) continue;
        auto const rate = priced_on(pricing, months, on, programme);
        if (!rate) return std::unexpected{rate.error()};
        steps.push_back({on, *rate});
    }
    return steps;
}

/// The contract's rates up to a day, that day not counted, and these from it on.
void replace_rates(Contract& contract, Date from, std::vector<RateStep> const& later)
{
    std::erase_if(contract.rates, [from](RateStep const& step) { return step.from >= from; });
    contract.rates.insert(contract.rates.end(), later.begin(), later.end());
}

/// Fixed, by the terms' own steps, or looked up again on each reset day.
Result<void> resolve_rates(Contract& contract, Date first, Programme const& programme)
{
    Terms const& terms = contract.terms;
    contract.rates = {{before_all_days, terms.annual_rate}};
    for (RateStep const& step : terms.rate_steps) {
        if (step.from <= contract.rates.front().from) continue;
        contract.rates.push_back(step);
    }
    if (!terms.pricing) return {};
    auto const resets = resets_after(first, *terms.pricing, first, contract.periods.back().nominal,
                                     contract.matures_on(), programme);
    if (!resets) return std::unexpected{resets.error()};
    contract.rates.insert(contract.rates.end(), resets->begin(), resets->end());
    return {};
}

} // namespace

int months_until(Date from, Date until)
{
    int const months = 12 * (until.year() - from.year()) + static_cast<int>(until.month()) -
                       static_cast<int>(from.month());
    return add_months(from, months) < until ? months + 1 : months;
}

Result<Date> maturity_of(Terms const& terms, Date disbursed_on, WorkingCalendar const& calendar)
{
    auto const due = due_dates(terms, disbursed_on);
    if (!due) return std::unexpected{due.error()};
    return moved(due->back().on, terms.due_day, calendar);
}

Result<Terms> signed_terms(Terms terms, Date signed_on, Programme const& programme)
{
    if (!terms.subsidy_scheme.empty() && !programme.subsidy_scheme(terms.subsidy_scheme)) {
        return refuse(Refusal::subsidy_scheme_not_found, "subsidy_scheme");
    }
    if (!terms.pricing) return terms;
    auto const due = due_dates(terms, signed_on);
    if (!due) return std::unexpected{due.error()};
    auto const rate =
        priced_on(*terms.pricing, months_until(signed_on, due->back().on), signed_on, programme);
    if (!rate) return std::unexpected{rate.error()};
    terms.annual_rate = *rate;
    return terms;
}

Result<Contract> contract_of(Terms const& terms, Date disbursed_on, Programme const& programme)
{
    auto const due = due_dates(terms, disbursed_on);
    if (!due) return std::unexpected{due.error()};
    Contract contract{terms, {}, {}, 0};
    if (terms.down_payment > Rate{}) {
        contract.periods.push_back(down_payment_period(terms, disbursed_on));
        contract.first_planned = 1;
    }
    for (Period const& period : periods_to(*due, disbursed_on, terms, programme.calendar)) {
        contract.periods.push_back(period);
    }
    if (auto const order = check_order(contract.periods); !order) {
        return std::unexpected{order.error()};
    }
    if (auto const rates = resolve_rates(contract, disbursed_on, programme); !rates) {
        return std::unexpected{rates.error()};
    }
    return contract;
}

Contract with_rate(Contract contract, Date from, Rate rate)
{
    auto const at = std::ranges::lower_bound(contract.rates, from, {}, &RateStep::from);
    if (at != contract.rates.end() && at->from == from)
        at->annual_rate = rate;
    else
        contract.rates.insert(at, {from, rate});
    return contract;
}

Result<Extension> priced_extension(Contract const& contract, Extended const& asked,
                                   Date disbursed_on, Programme const& programme)
{
    Date const from = asked.priced_from.value_or(contract.matures_on());
    Extension extension{asked.until, from, {}};
    if (asked.annual_rate) extension.rates = {{from, *asked.annual_rate}};
    if (asked.annual_rate || !contract.terms.pricing) return extension;
    Pricing const& pricing = *contract.terms.pricing;
    auto const rate = priced_on(pricing, months_until(disbursed_on, asked.until), from, programme);
    if (!rate) return std::unexpected{rate.error()};
    // Up to the day on which the new maturity falls due, as at signing: it may move off a holiday.
    Date const matures_on = moved(asked.until, contract.terms.due_day, programme.calendar);
    auto const resets =
        resets_after(from, pricing, disbursed_on, asked.until, matures_on, programme);
    if (!resets) return std::unexpected{resets.error()};
    extension.rates = {{from, *rate}};
    extension.rates.insert(extension.rates.end(), resets->begin(), resets->end());
    return extension;
}

Result<Contract> extended(Contract const& before, Extension const& extension,
                          WorkingCalendar const& calendar)
{
    Contract after = before;
    Terms const& terms = before.terms;
    Period& last = after.periods.back();
    if (terms.method == Method::at_maturity) {
        Period const longer = period_to({extension.until, false}, last.span.from, terms, calendar);
        last.span = longer.span;
        last.nominal = longer.nominal;
        last.due_on = longer.due_on;
        measure(last, terms, 0);
    } else {
        Terms no_grace = terms;
        no_grace.grace = {};
        auto const due = later_due_dates(terms, last.nominal, extension.until);
        int const number = static_cast<int>(before.periods.size() - before.first_planned) - 1;
        auto added = periods_to(due, last.span.until, no_grace, calendar, number + 1);
        last.is_principal_asked =
            number >= terms.grace.principal && (number + 1) % terms.principal_every == 0;
        added.back().part = last.part;
        last.part = Money{};
        after.periods.insert(after.periods.end(), added.begin(), added.end());
    }
    if (auto const order = check_order(after.periods); !order) {
        return std::unexpected{order.error()};
    }
    if (!extension.rates.empty()) replace_rates(after, extension.priced_from, extension.rates);
    return after;
}

Result<Contract> rescheduled(Contract const& before, NewPlan const& plan, std::size_t row, Date on,
                             Date disbursed_on, Programme const& programme)
{
    Contract after = before;
    after.periods.resize(row);
    Terms& terms = after.terms;
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
    after.first_planned = row;
    if (auto const checked = checked_terms(terms); !checked) {
        return std::unexpected{checked.error()};
    }
    auto const due = due_dates(terms, on);
    if (!due) return std::unexpected{due.error()};
    // The days up to the end of the last row were asked for with it.
    Date const from = row > 0 ? std::max(on, before.periods[row - 1].span.until) : on;
    auto const added = periods_to(*due, from, terms, programme.calendar);
    after.periods.insert(after.periods.end(), added.begin(), added.end());
    if (auto const order = check_order(after.periods); !order) {
        return std::unexpected{order.error()};
    }
    if (plan.annual_rate) {
        replace_rates(after, on, {{on, *plan.annual_rate}});
    } else if (terms.pricing) {
        auto const resets =
            resets_after(on, *terms.pricing, disbursed_on, after.periods.back().nominal,
                         after.matures_on(), programme);
        if (!resets) return std::unexpected{resets.error()};
        replace_rates(after, on.plus_days(1), *resets);
    }
    return after;
}

Rate Contract::rate_on(Date day) const
{
    auto const next = std::ranges::upper_bound(rates, day, {}, &RateStep::from);
    LEDGER_ASSERT(next != rates.begin());
    return std::prev(next)->annual_rate;
}

bool Contract::rate_changes(Span span) const
{
    auto step = std::ranges::lower_bound(rates, span.from, {}, &RateStep::from);
    if (step == rates.begin()) ++step;
    for (; step != rates.end() && step->from < span.until; ++step) {
        if (step->annual_rate != std::prev(step)->annual_rate) return true;
    }
    return false;
}

std::int64_t units_until(Period const& period, Date date, DayCount count)
{
    if (period.units_a_day > 0) return period.units_a_day * (date - period.span.from);
    return day_count_units({period.span.from, date}, count);
}

Wide growth(Contract const& contract, Period const& period, Date from, Date until)
{
    if (period.is_interest_free || from >= until) return 0;
    DayCount const count = contract.terms.day_count;
    Wide sum = 0;
    std::int64_t before = units_until(period, from, count);
    for_each_rate(contract.rates, from, until, [&](Date, Date to, Rate rate) {
        std::int64_t const units = units_until(period, to, count);
        sum += Wide{rate.ppm()} * (units - before);
        before = units;
    });
    return sum;
}

Wide whole_growth(Contract const& contract, Period const& period, Rate rate)
{
    if (period.is_interest_free) return 0;
    return Wide{rate.ppm()} * units_until(period, period.span.until, contract.terms.day_count);
}

std::int64_t penalty_units(Date from, Date until, DayCount count)
{
    // AFB counts from a period's first day and is not additive; penalty knows no periods.
    if (is_actual_actual(count)) {
        return day_count_units({from, until}, DayCount::actual_actual_isda);
    }
    return until - from;
}

std::int64_t penalty_units_a_year(DayCount count)
{
    return day_count_units_a_year(count);
}

} // namespace ledger
