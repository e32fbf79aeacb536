// Terms that contradict each other are refused before any arithmetic, by the name of the term in
// the API. Precedence: principal, remainder_to, instalments, every, rates, pricing, matures_on,
// stub, due_on, first_due_on, settlement_day, interest_per, instalment, grace, principal_every,
// instalment_multiple, down_payment_percent, principal_plan.
// What depends on the day of the disbursement is judged by the schedule.
#include "ledger/lending/due_dates.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

namespace ledger {

namespace {

/// Ten billion yuan. At any rate up to rate_limit_ppm over term_limit_years the interest is then
/// still an amount, so no user's terms can reach an assertion.
constexpr std::int64_t principal_limit_fen = 1'000'000'000'000;
constexpr std::int64_t whole_ppm = 1'000'000;
constexpr int days_limit = term_limit_years * 366;

/// `wanted` says what would fit in the API's own words: "every.count >= 1"; or which two terms
/// never stand together: "due_on / first_due_on".
std::unexpected<Refused> contradiction(char const* field, std::string wanted)
{
    return refuse(Refusal::terms_contradict, field, std::move(wanted));
}

std::int64_t days_at_least(Frequency const& every)
{
    switch (every.unit) {
    case PeriodUnit::day: return every.count;
    case PeriodUnit::week: return std::int64_t{7} * every.count;
    case PeriodUnit::month: return std::int64_t{30} * every.count;
    case PeriodUnit::quarter: return std::int64_t{91} * every.count;
    case PeriodUnit::year: return std::int64_t{365} * every.count;
    }
    LEDGER_ASSERT(!"a period unit that is not in the list");
}

bool is_amortised(Terms const& terms)
{
    return terms.method == Method::equal_instalments || terms.method == Method::equal_principal;
}

/// Is the number of instalments one of the terms, or does it follow from others?
bool counts_instalments(Terms const& terms)
{
    return !terms.matures_on && terms.method != Method::principal_plan;
}

template <class Range, class Projection = std::identity>
bool is_ascending(Range const& range, Projection projection = {})
{
    return std::ranges::adjacent_find(range, std::ranges::greater_equal{}, projection) ==
           range.end();
}

Result<void> checked_sizes(Terms const& terms)
{
    if (terms.principal <= Money{}) return refuse(Refusal::amount_must_be_positive, "principal");
    if (terms.principal.fen() > principal_limit_fen) {
        return refuse(Refusal::amount_too_large, "principal",
                      Money::fen(principal_limit_fen).text());
    }
    bool const is_flat = terms.interest == InterestBasis::flat;
    bool const has_equal_principal = terms.method == Method::equal_principal ||
                                     (terms.method == Method::equal_instalments && is_flat);
    if (terms.remainder_to == RemainderTo::first && !has_equal_principal) {
        return contradiction("remainder_to", "method = equal_principal | interest = flat");
    }
    if (terms.remainder_to == RemainderTo::first && terms.instalment) {
        return contradiction("remainder_to", "remainder_to = first / instalment");
    }
    if (counts_instalments(terms) && terms.instalments < 1) {
        return contradiction("instalments", "instalments >= 1");
    }
    if (terms.instalments < 0) return contradiction("instalments", "instalments >= 0");
    if (terms.matures_on && terms.instalments > 0) {
        return contradiction("instalments", "instalments / matures_on");
    }
    if (terms.instalments > instalments_limit) {
        return refuse(Refusal::too_many_instalments, "instalments",
                      std::to_string(instalments_limit));
    }
    if (terms.every.count < 1) return contradiction("every", "every.count >= 1");
    if (days_at_least(terms.every) * std::max(terms.instalments, 1) > days_limit) {
        return contradiction("every", "every × instalments <= " + std::to_string(term_limit_years) +
                                          " years");
    }
    if (!is_ascending(terms.rate_steps, &RateStep::from)) {
        return contradiction("rates", "rates[0].from < rates[1].from < …");
    }
    if (terms.pricing && !terms.rate_steps.empty()) {
        return contradiction("pricing", "pricing / rates");
    }
    if (terms.pricing && terms.pricing->multiple_ppm < 0) {
        return contradiction("pricing", "pricing.multiple_percent >= 0");
    }
    return {};
}

Result<void> checked_maturity(Terms const& terms)
{
    if (!terms.matures_on) {
        if (terms.stub == Stub::last_short) return {};
        return contradiction("stub", "stub = last_short | matures_on");
    }
    if (!terms.due_on.empty()) return contradiction("matures_on", "due_on / matures_on");
    if (terms.first_due_on && *terms.first_due_on > *terms.matures_on) {
        return contradiction("matures_on", "first_due_on <= matures_on");
    }
    bool const is_backward = terms.stub == Stub::first_short || terms.stub == Stub::first_long;
    if (is_backward && terms.first_due_on) {
        return contradiction("stub", "first_due_on / stub = first_short | first_long");
    }
    if (terms.settlement_day && terms.stub != Stub::last_short) {
        return contradiction("stub", "settlement_day / stub");
    }
    return {};
}

Result<void> checked_principal_plan(Terms const& terms)
{
    auto const& plan = terms.principal_plan;
    if (terms.method != Method::principal_plan) {
        if (!plan.empty()) {
            return contradiction("principal_plan", "method = principal_plan");
        }
        return {};
    }
    if (plan.empty()) return contradiction("principal_plan", "principal_plan >= 1");
    if (terms.down_payment > Rate{}) {
        return contradiction("down_payment_percent", "down_payment_percent / principal_plan");
    }
    std::string const sum = "sum = 100% | sum = " + terms.principal.text();
    Money amounts;
    std::int64_t shares = 0;
    Date last{1, 1, 1};
    for (PrincipalPart const& part : plan) {
        if (part.on.has_value() != plan.front().on.has_value() ||
            part.on.has_value() == part.after.has_value())
        {
            return contradiction("principal_plan", "on | after");
        }
        if (part.share_ppm < 0 || part.amount.is_negative() ||
            (part.share_ppm == 0) == part.amount.is_zero())
        {
            return contradiction("principal_plan", "percent > 0 | amount > 0.00");
        }
        if (part.share_ppm > whole_ppm - shares || part.amount > terms.principal - amounts) {
            return contradiction("principal_plan", sum);
        }
        if (part.after && (part.after->count < 1 || days_at_least(*part.after) > days_limit)) {
            return contradiction("principal_plan",
                                 "1 <= after <= " + std::to_string(term_limit_years) + " years");
        }
        Date const day = day_of(part, Date{2000, 1, 1}, terms.month_end);
        if (day <= last) return contradiction("principal_plan", "[0] < [1] < …");
        last = day;
        amounts += part.amount;
        shares += part.share_ppm;
    }
    bool const by_shares = amounts.is_zero() && shares == whole_ppm;
    bool const by_amounts = shares == 0 && amounts == terms.principal;
    if (!by_shares && !by_amounts) {
        return contradiction("principal_plan", sum);
    }
    return {};
}

Result<void> checked_dates(Terms const& terms)
{
    if (!terms.due_on.empty()) {
        if (std::cmp_not_equal(terms.due_on.size(), terms.instalments)) {
            return contradiction("due_on", "instalments = " + std::to_string(terms.due_on.size()));
        }
        if (!is_ascending(terms.due_on)) {
            return contradiction("due_on", "due_on[0] < due_on[1] < …");
        }
        if (terms.due_on.back() - terms.due_on.front() > days_limit) {
            return contradiction("due_on",
                                 "due_on <= " + std::to_string(term_limit_years) + " years");
        }
        if (terms.first_due_on) return contradiction("first_due_on", "due_on / first_due_on");
        if (terms.settlement_day) return contradiction("settlement_day", "due_on / settlement_day");
        if (terms.interest_per == InterestPer::period) {
            return contradiction("interest_per", "due_on / interest_per = period");
        }
    }
    bool const ends_nowhere =
        terms.method == Method::principal_plan && terms.instalments == 0 && !terms.matures_on;
    if (ends_nowhere && (terms.settlement_day || terms.first_due_on)) {
        return contradiction(terms.settlement_day ? "settlement_day" : "first_due_on",
                             "instalments | matures_on");
    }
    if (terms.settlement_day) {
        if (terms.first_due_on) {
            return contradiction("first_due_on", "settlement_day / first_due_on");
        }
        bool const is_a_day = *terms.settlement_day >= 1 && *terms.settlement_day <= 31;
        bool const is_settled = terms.every == Frequency{1, PeriodUnit::month} ||
                                terms.every == Frequency{1, PeriodUnit::quarter};
        if (!is_a_day) return contradiction("settlement_day", "1 <= settlement_day <= 31");
        if (!is_settled) {
            return contradiction("settlement_day", "every = 1 month | 1 quarter");
        }
    }
    return {};
}

Result<void> checked_plan(Terms const& terms)
{
    if (terms.instalment) {
        if (*terms.instalment <= Money{}) {
            return refuse(Refusal::amount_must_be_positive, "instalment");
        }
        bool const is_level =
            terms.method == Method::equal_instalments && terms.interest == InterestBasis::declining;
        if (!is_level && terms.method != Method::equal_principal) {
            return contradiction("instalment", "method = equal_instalments, interest = declining | "
                                               "method = equal_principal");
        }
    }
    Grace const& grace = terms.grace;
    int const most = terms.instalments > 0 ? terms.instalments : instalments_limit;
    if (grace.principal < 0 || grace.interest_payment < 0 || grace.interest_free < 0 ||
        grace.principal >= most || grace.interest_payment >= most || grace.interest_free > most)
    {
        return contradiction("grace", "principal, interest_payment < instalments; "
                                      "interest_free <= instalments");
    }
    if (terms.method == Method::at_maturity && !(grace == Grace{})) {
        return contradiction("grace", "grace / method = at_maturity");
    }
    if (terms.method == Method::principal_plan && grace.principal > 0) {
        return contradiction("grace", "grace.principal / method = principal_plan");
    }
    if (terms.principal_every < 1 || (terms.principal_every > 1 && !is_amortised(terms))) {
        return contradiction("principal_every", "method = equal_instalments | equal_principal");
    }
    if (terms.instalment_multiple.is_negative()) {
        return contradiction("instalment_multiple", "instalment_multiple >= 0.00");
    }
    if (!terms.instalment_multiple.is_zero() && !is_amortised(terms)) {
        return contradiction("instalment_multiple", "method = equal_instalments | equal_principal");
    }
    if (!terms.instalment_multiple.is_zero() && terms.instalment) {
        return contradiction("instalment_multiple", "instalment_multiple / instalment");
    }
    if (terms.down_payment.ppm() >= whole_ppm) {
        return contradiction("down_payment_percent", "down_payment_percent < 100");
    }
    return {};
}

} // namespace

Result<Terms> checked_terms(Terms terms)
{
    if (auto sizes = checked_sizes(terms); !sizes) return std::unexpected{sizes.error()};
    if (auto maturity = checked_maturity(terms); !maturity) {
        return std::unexpected{maturity.error()};
    }
    if (auto dates = checked_dates(terms); !dates) return std::unexpected{dates.error()};
    if (auto plan = checked_plan(terms); !plan) return std::unexpected{plan.error()};
    if (auto parts = checked_principal_plan(terms); !parts) return std::unexpected{parts.error()};
    return terms;
}

} // namespace ledger
