// When instalments fall due. Every month step is counted from the original day, so a loan of the
// 31st never drifts. It knows no amount: what falls due with a date is the plan's.
#include "ledger/lending/due_dates.hpp"

namespace ledger {

namespace {

constexpr int steps_limit = 20'000; ///< days in fifty years: a loop needs a bound

/// With a first due date the steps go on from it, else from the disbursement.
Date regular_due_date(Terms const& terms, Date disbursed_on, int number)
{
    return terms.first_due_on
               ? stepped(*terms.first_due_on, terms.every, number - 1, terms.month_end)
               : stepped(disbursed_on, terms.every, number, terms.month_end);
}

std::vector<DueDate> by_frequency(Terms const& terms, Date disbursed_on)
{
    std::vector<DueDate> due;
    for (int n = 1; n <= terms.instalments; ++n) {
        due.push_back({regular_due_date(terms, disbursed_on, n), true});
    }
    due.front().ends_whole_period =
        stepped(disbursed_on, terms.every, 1, terms.month_end) == due.front().on;
    return due;
}

std::vector<DueDate> by_settlement_day(Terms const& terms, Date disbursed_on, Date matures_on)
{
    bool const quarterly = terms.every.unit == PeriodUnit::quarter;
    int const day = *terms.settlement_day;
    auto const next = [=](Date after) { return next_settlement_day(after, day, quarterly); };
    auto const is_settlement_day = [next](Date date) { return next(date.plus_days(-1)) == date; };

    std::vector<DueDate> due;
    bool starts_on_one = is_settlement_day(disbursed_on);
    for (Date on = next(disbursed_on); on < matures_on; on = next(on)) {
        due.push_back({on, starts_on_one});
        starts_on_one = true;
    }
    due.push_back({matures_on, starts_on_one && is_settlement_day(matures_on)});
    return due;
}

std::vector<DueDate> forward_to_maturity(Terms const& terms, Date disbursed_on, Date matures_on)
{
    std::vector<DueDate> due;
    Date last = disbursed_on;
    for (int n = 1; n <= steps_limit; ++n) {
        Date const on = regular_due_date(terms, disbursed_on, n);
        if (on > matures_on) break;
        bool const is_whole = n > 1 || stepped(disbursed_on, terms.every, 1, terms.month_end) == on;
        due.push_back({on, is_whole});
        last = on;
    }
    if (last == matures_on) return due;
    if (terms.stub == Stub::last_long && !due.empty()) due.pop_back();
    due.push_back({matures_on, false});
    return due;
}

std::vector<DueDate> back_from_maturity(Terms const& terms, Date disbursed_on, Date matures_on)
{
    std::vector<DueDate> due;
    Date first = matures_on;
    for (int n = 0; n <= steps_limit && first > disbursed_on; ++n) {
        due.push_back({first, true});
        first = stepped(matures_on, terms.every, -(n + 1), terms.month_end);
    }
    if (first != disbursed_on) { // the first period is not a whole step
        if (terms.stub == Stub::first_long && due.size() > 1) due.pop_back();
        due.back().ends_whole_period = false;
    }
    std::ranges::reverse(due);
    return due;
}

std::vector<DueDate> by_maturity(Terms const& terms, Date disbursed_on)
{
    Date const matures_on = *terms.matures_on;
    if (terms.settlement_day) return by_settlement_day(terms, disbursed_on, matures_on);
    bool const is_backward = terms.stub == Stub::first_short || terms.stub == Stub::first_long;
    return is_backward ? back_from_maturity(terms, disbursed_on, matures_on)
                       : forward_to_maturity(terms, disbursed_on, matures_on);
}

/// The dates of a plan of principal among the dates of interest: a date of principal alone asks for
/// no interest, and the last part is the maturity.
std::vector<DueDate> with_parts(std::vector<DueDate> due, Terms const& terms, Date disbursed_on)
{
    bool const has_interest_dates = !due.empty();
    for (DueDate& each : due) each.asks_principal = false;
    for (PrincipalPart const& part : terms.principal_plan) {
        Date const on = day_of(part, disbursed_on, terms.month_end);
        Money const weight = part.share_ppm > 0 ? Money::fen(part.share_ppm) : part.amount;
        auto found = std::ranges::lower_bound(due, on, {}, &DueDate::on);
        if (found == due.end() || found->on != on) {
            if (found != due.end()) found->ends_whole_period = false; // it is cut in two
            found = due.insert(found, DueDate{on, false, !has_interest_dates, true, {}});
        }
        found->asks_principal = true;
        found->part = weight;
    }
    Date const last = day_of(terms.principal_plan.back(), disbursed_on, terms.month_end);
    std::erase_if(due, [last](DueDate const& each) { return each.on > last; });
    due.back().asks_interest = true;
    return due;
}

/// A month may be shorter than thirty days, or not: parts by steps of two kinds depend on the day.
Result<void> check_order_of_parts(Terms const& terms, Date disbursed_on)
{
    Date last = disbursed_on;
    for (PrincipalPart const& part : terms.principal_plan) {
        Date const on = day_of(part, disbursed_on, terms.month_end);
        if (on <= last) {
            return refuse(Refusal::terms_contradict, "principal_plan",
                          on.text() + " > " + last.text());
        }
        last = on;
    }
    return {};
}

bool has_interest_dates(Terms const& terms)
{
    return !terms.due_on.empty() || terms.matures_on || terms.instalments > 0;
}

std::vector<DueDate> regular_due_dates(Terms const& terms, Date disbursed_on)
{
    std::vector<DueDate> due;
    if (!terms.due_on.empty()) {
        for (Date const on : terms.due_on) due.push_back({on, false});
        return due;
    }
    if (terms.matures_on) return by_maturity(terms, disbursed_on);
    if (terms.settlement_day) {
        return by_settlement_day(
            terms, disbursed_on,
            stepped(disbursed_on, terms.every, terms.instalments, terms.month_end));
    }
    return by_frequency(terms, disbursed_on);
}

} // namespace

Date stepped(Date origin, Frequency every, int steps, MonthEnd month_end)
{
    int const count = every.count * steps;
    switch (every.unit) {
    case PeriodUnit::day: return origin.plus_days(count);
    case PeriodUnit::week: return origin.plus_days(7 * count);
    case PeriodUnit::month: return add_months(origin, count, month_end);
    case PeriodUnit::quarter: return add_months(origin, 3 * count, month_end);
    case PeriodUnit::year: return add_months(origin, 12 * count, month_end);
    }
    LEDGER_ASSERT(!"a period unit that is not in the list");
}

Date day_of(PrincipalPart const& part, Date disbursed_on, MonthEnd month_end)
{
    return part.on ? *part.on : stepped(disbursed_on, *part.after, 1, month_end);
}

Result<std::vector<DueDate>> due_dates(Terms const& terms, Date disbursed_on)
{
    if (terms.matures_on && *terms.matures_on <= disbursed_on) {
        return refuse(Refusal::terms_contradict, "matures_on",
                      terms.matures_on->text() + " > " + disbursed_on.text());
    }
    if (terms.matures_on && *terms.matures_on > add_months(disbursed_on, 12 * term_limit_years)) {
        return refuse(Refusal::terms_contradict, "matures_on",
                      "matures_on <= " + std::to_string(term_limit_years) + " years");
    }
    std::vector<DueDate> due;
    if (has_interest_dates(terms)) due = regular_due_dates(terms, disbursed_on);
    if (terms.method == Method::principal_plan) {
        if (auto const order = check_order_of_parts(terms, disbursed_on); !order) {
            return std::unexpected{order.error()};
        }
        due = with_parts(std::move(due), terms, disbursed_on);
    }
    if (std::cmp_greater(due.size(), instalments_limit)) {
        return refuse(Refusal::too_many_instalments, "instalments",
                      std::to_string(instalments_limit));
    }
    char const* field = !terms.due_on.empty()                    ? "due_on"
                        : terms.method == Method::principal_plan ? "principal_plan"
                                                                 : "first_due_on";
    if (due.front().on <= disbursed_on) {
        return refuse(Refusal::terms_contradict, field,
                      due.front().on.text() + " > " + disbursed_on.text());
    }
    Date const latest = add_months(disbursed_on, 12 * (term_limit_years + 1));
    if (due.back().on > latest) { // a long first period may add a year
        return refuse(Refusal::terms_contradict, field,
                      due.back().on.text() + " <= " + latest.text());
    }
    return due;
}

std::vector<DueDate> later_due_dates(Terms const& terms, Date old_maturity, Date new_maturity)
{
    bool const has_steps = terms.due_on.empty() && has_interest_dates(terms);
    if (!has_steps || terms.method == Method::at_maturity) {
        return {{new_maturity, false}};
    }
    if (terms.settlement_day) return by_settlement_day(terms, old_maturity, new_maturity);
    Terms on_from_there = terms;
    on_from_there.first_due_on.reset();
    on_from_there.stub = Stub::last_short;
    return forward_to_maturity(on_from_there, old_maturity, new_maturity);
}

} // namespace ledger
