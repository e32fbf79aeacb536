// Terms <-> JSON. Which keys exist, which may be left out and what they then are stands here once;
// whether terms agree with each other is ledger::checked_terms' to say.
#include "wire/terms.hpp"

#include <boost/json.hpp>

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

inline constexpr int rate_steps_limit = 120;        ///< a rate a month for ten years
inline constexpr int every_count_limit = 1000;      ///< days, the smallest unit: nearly three years
inline constexpr int readable_instalments = 10'000; ///< read, then refused: too_many_instalments

/// `annual_rate`, or `rates` in date order, or both: then annual_rate holds before the first step.
void read_rates(ObjectReader& from, Terms& terms)
{
    if (!from.has("rates")) {
        terms.annual_rate = from.rate("annual_rate");
        return;
    }
    for (ObjectReader& step : from.objects("rates", 1, rate_steps_limit)) {
        Date const since = step.date("from");
        terms.rate_steps.push_back({since, step.rate("annual_rate")});
    }
    Rate const first = terms.rate_steps.empty() ? Rate{} : terms.rate_steps.front().annual_rate;
    terms.annual_rate = from.rate_or("annual_rate", first);
}

void read_due_dates(ObjectReader& from, Terms& terms)
{
    if (from.has("every")) {
        ObjectReader every = from.object("every");
        terms.every.count = every.integer("count", 1, every_count_limit);
        terms.every.unit = every.choice<PeriodUnit>("unit");
    }
    if (from.has("due_on")) terms.due_on = from.dates("due_on", 1, readable_instalments);
    int const listed = static_cast<int>(terms.due_on.size());
    terms.instalments = listed == 0
                            ? from.integer("instalments", 1, readable_instalments)
                            : from.integer_or("instalments", 1, readable_instalments, listed);
    if (from.has("first_due_on")) terms.first_due_on = from.date("first_due_on");
    if (from.has("settlement_day")) terms.settlement_day = from.integer("settlement_day", 1, 31);
    terms.month_end = from.choice_or("month_end", terms.month_end);
}

void read_grace(ObjectReader& from, Terms& terms)
{
    if (!from.has("grace")) return;
    ObjectReader grace = from.object("grace");
    terms.grace.principal = grace.integer_or("principal", 0, instalments_limit, 0);
    terms.grace.interest_payment = grace.integer_or("interest_payment", 0, instalments_limit, 0);
    terms.grace.interest_free = grace.integer_or("interest_free", 0, instalments_limit, 0);
}

void read_amounts(ObjectReader& from, Terms& terms)
{
    if (from.has("instalment")) terms.instalment = from.positive_money("instalment");
    if (from.has("instalment_multiple")) {
        terms.instalment_multiple = from.positive_money("instalment_multiple");
    }
    terms.down_payment = from.rate_or("down_payment_percent", Rate{});
    terms.rounding = from.choice_or("rounding", terms.rounding);
    terms.remainder_to = from.choice_or("remainder_to", terms.remainder_to);
}

json::array rates_json(std::vector<RateStep> const& steps)
{
    json::array rates;
    for (RateStep const& step : steps) {
        rates.push_back(
            json::object{{"from", step.from.text()}, {"annual_rate", step.annual_rate.text()}});
    }
    return rates;
}

json::array dates_json(std::vector<Date> const& dates)
{
    json::array texts;
    for (Date const date : dates) texts.emplace_back(date.text());
    return texts;
}

} // namespace

Result<Terms> terms_from(ObjectReader& from)
{
    Terms terms;
    terms.principal = from.positive_money("principal");
    read_rates(from, terms);
    terms.method = from.choice<Method>("method");
    terms.interest = from.choice_or("interest", terms.interest);
    terms.day_count = from.choice_or("day_count", terms.day_count);
    terms.interest_per = from.choice_or("interest_per", terms.interest_per);
    read_due_dates(from, terms);
    read_grace(from, terms);
    read_amounts(from, terms);
    if (!from.is_good()) return std::unexpected{*from.first_refusal()};

    auto checked = checked_terms(std::move(terms));
    if (!checked) {
        from.blame(checked.error());
        return std::unexpected{*from.first_refusal()};
    }
    return checked;
}

json::object to_json(Terms const& terms)
{
    json::object out;
    out["principal"] = terms.principal.text();
    bool const first_step_holds_from_the_start =
        !terms.rate_steps.empty() && terms.rate_steps.front().annual_rate == terms.annual_rate;
    if (!first_step_holds_from_the_start) out["annual_rate"] = terms.annual_rate.text();
    if (!terms.rate_steps.empty()) out["rates"] = rates_json(terms.rate_steps);
    out["method"] = name_of(terms.method);
    out["interest"] = name_of(terms.interest);
    out["day_count"] = name_of(terms.day_count);
    out["interest_per"] = name_of(terms.interest_per);
    out["every"] = json::object{{"count", terms.every.count}, {"unit", name_of(terms.every.unit)}};
    out["instalments"] = terms.instalments;
    if (terms.first_due_on) out["first_due_on"] = terms.first_due_on->text();
    if (!terms.due_on.empty()) out["due_on"] = dates_json(terms.due_on);
    if (terms.settlement_day) out["settlement_day"] = *terms.settlement_day;
    out["month_end"] = name_of(terms.month_end);
    if (terms.instalment) out["instalment"] = terms.instalment->text();
    out["grace"] = json::object{{"principal", terms.grace.principal},
                                {"interest_payment", terms.grace.interest_payment},
                                {"interest_free", terms.grace.interest_free}};
    if (!terms.instalment_multiple.is_zero()) {
        out["instalment_multiple"] = terms.instalment_multiple.text();
    }
    if (terms.down_payment != Rate{}) out["down_payment_percent"] = terms.down_payment.text();
    out["rounding"] = name_of(terms.rounding);
    out["remainder_to"] = name_of(terms.remainder_to);
    return out;
}

} // namespace wire
