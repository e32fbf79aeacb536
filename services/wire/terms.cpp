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
inline constexpr int tier_limit = 40;               ///< a tier's code: "upto_1y", "lpr_5y"
inline constexpr int scheme_limit = 40;             ///< a subsidy scheme's code
inline constexpr int readable_instalments = 10'000; ///< read, then refused: too_many_instalments

/// `annual_rate`, or `rates` in date order, or both: then annual_rate holds before the first step;
/// or `pricing`, and the rate follows the base rates.
void read_rates(ObjectReader& from, Terms& terms)
{
    if (from.has("pricing")) {
        if (from.has("annual_rate")) {
            from.blame(Refusal::terms_contradict, "annual_rate", "annual_rate / pricing");
        }
        ObjectReader pricing = from.object("pricing");
        terms.pricing.emplace();
        terms.pricing->reset = pricing.choice<RateReset>("reset");
        terms.pricing->tier = pricing.text_or_nothing("tier", tier_limit);
        if (pricing.has("points_percent")) {
            terms.pricing->points_ppm = pricing.signed_percent_ppm("points_percent");
        }
        terms.pricing->multiple_ppm =
            pricing.rate_or("multiple_percent", Rate::ppm(terms.pricing->multiple_ppm)).ppm();
    }
    if (!from.has("rates")) {
        if (!terms.pricing) terms.annual_rate = from.rate("annual_rate");
        return;
    }
    for (ObjectReader& step : from.objects("rates", 1, rate_steps_limit)) {
        Date const since = step.date("from");
        terms.rate_steps.push_back({since, step.rate("annual_rate")});
    }
    Rate const first = terms.rate_steps.empty() ? Rate{} : terms.rate_steps.front().annual_rate;
    terms.annual_rate = from.rate_or("annual_rate", first);
}

/// How many instalments: said, or what a list of due dates, a maturity or a plan of principal says.
int read_instalments(ObjectReader& from, Terms const& terms)
{
    bool const follows =
        !terms.due_on.empty() || terms.matures_on || terms.method == Method::principal_plan;
    if (!follows) return from.integer("instalments", 1, readable_instalments);
    int const listed = static_cast<int>(terms.due_on.size());
    return from.integer_or("instalments", 1, readable_instalments, listed);
}

void read_due_dates(ObjectReader& from, Terms& terms)
{
    if (from.has("every")) terms.every = frequency_from(from, "every");
    if (from.has("due_on")) terms.due_on = from.dates("due_on", 1, readable_instalments);
    terms.matures_on = from.date_or_nothing("matures_on");
    terms.instalments = read_instalments(from, terms);
    if (from.has("every") && terms.instalments == 0 && !terms.matures_on) {
        from.blame(Refusal::terms_contradict, "every", "instalments | matures_on");
    }
    terms.first_due_on = from.date_or_nothing("first_due_on");
    if (from.has("settlement_day")) terms.settlement_day = from.integer("settlement_day", 1, 31);
    terms.stub = from.choice_or("stub", terms.stub);
    terms.due_day = from.choice_or("due_day", terms.due_day);
    terms.interest_follows = from.truth_or("interest_follows", terms.interest_follows);
    terms.month_end = from.choice_or("month_end", terms.month_end);
}

PrincipalPart part_from(ObjectReader& from)
{
    PrincipalPart part;
    if (from.has("after")) part.after = frequency_from(from, "after");
    part.on = part.after ? from.date_or_nothing("on") : from.date("on");
    if (!from.has("amount")) {
        part.share_ppm = from.rate("share_percent").ppm();
        return part;
    }
    part.amount = from.positive_money("amount");
    if (from.has("share_percent")) {
        from.blame(Refusal::terms_contradict, "share_percent", "share_percent / amount");
    }
    return part;
}

void read_principal_plan(ObjectReader& from, Terms& terms)
{
    terms.principal_every =
        from.integer_or("principal_every", 1, instalments_limit, terms.principal_every);
    if (!from.has("principal_plan")) return;
    for (ObjectReader& part : from.objects("principal_plan", 1, instalments_limit)) {
        terms.principal_plan.push_back(part_from(part));
    }
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

json::object pricing_json(Pricing const& pricing)
{
    json::object out;
    out["reset"] = name_of(pricing.reset);
    if (!pricing.tier.empty()) out["tier"] = pricing.tier;
    out["points_percent"] = signed_percent_text(pricing.points_ppm);
    out["multiple_percent"] = Rate::ppm(pricing.multiple_ppm).text();
    return out;
}

json::array principal_plan_json(std::vector<PrincipalPart> const& plan)
{
    json::array parts;
    for (PrincipalPart const& part : plan) {
        json::object out;
        if (part.on) out["on"] = part.on->text();
        if (part.after) out["after"] = to_json(*part.after);
        if (part.amount.is_zero()) {
            out["share_percent"] = Rate::ppm(part.share_ppm).text();
        } else {
            out["amount"] = part.amount.text();
        }
        parts.push_back(std::move(out));
    }
    return parts;
}

void put_rates(json::object& out, Terms const& terms)
{
    if (terms.pricing) {
        out["pricing"] = pricing_json(*terms.pricing);
        return;
    }
    bool const first_step_holds_from_the_start =
        !terms.rate_steps.empty() && terms.rate_steps.front().annual_rate == terms.annual_rate;
    if (!first_step_holds_from_the_start) out["annual_rate"] = terms.annual_rate.text();
    if (!terms.rate_steps.empty()) out["rates"] = rates_json(terms.rate_steps);
}

void put_due_dates(json::object& out, Terms const& terms)
{
    // A plan of principal without dates of interest takes no step: it is refused when it is read.
    bool const has_steps = terms.instalments > 0 || terms.matures_on;
    if (has_steps || terms.every != Frequency{}) out["every"] = to_json(terms.every);
    if (terms.instalments > 0) out["instalments"] = terms.instalments;
    if (terms.first_due_on) out["first_due_on"] = terms.first_due_on->text();
    if (!terms.due_on.empty()) out["due_on"] = dates_json(terms.due_on);
    if (terms.matures_on) out["matures_on"] = terms.matures_on->text();
    if (terms.settlement_day) out["settlement_day"] = *terms.settlement_day;
    out["stub"] = name_of(terms.stub);
    out["due_day"] = name_of(terms.due_day);
    out["interest_follows"] = terms.interest_follows;
    out["month_end"] = name_of(terms.month_end);
}

} // namespace

std::string signed_percent_text(std::int64_t ppm)
{
    return ppm < 0 ? '-' + Rate::ppm(-ppm).text() : Rate::ppm(ppm).text();
}

Frequency frequency_from(ObjectReader& from, std::string_view key)
{
    ObjectReader reader = from.object(key);
    Frequency frequency;
    frequency.count = reader.integer("count", 1, every_count_limit);
    frequency.unit = reader.choice<PeriodUnit>("unit");
    return frequency;
}

json::object to_json(Frequency const& every)
{
    return {{"count", every.count}, {"unit", name_of(every.unit)}};
}

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
    read_principal_plan(from, terms);
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

Result<Terms> loan_terms_from(ObjectReader& from)
{
    std::string scheme = from.text_or_nothing("subsidy_scheme", scheme_limit);
    auto terms = terms_from(from);
    if (terms) terms->subsidy_scheme = std::move(scheme);
    return terms;
}

json::object to_json(Terms const& terms)
{
    json::object out;
    out["principal"] = terms.principal.text();
    put_rates(out, terms);
    out["method"] = name_of(terms.method);
    out["interest"] = name_of(terms.interest);
    out["day_count"] = name_of(terms.day_count);
    out["interest_per"] = name_of(terms.interest_per);
    put_due_dates(out, terms);
    if (!terms.principal_plan.empty()) {
        out["principal_plan"] = principal_plan_json(terms.principal_plan);
    }
    out["principal_every"] = terms.principal_every;
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
    if (!terms.subsidy_scheme.empty()) out["subsidy_scheme"] = terms.subsidy_scheme;
    return out;
}

} // namespace wire
