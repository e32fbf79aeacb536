// Terms that contradict each other are refused before any arithmetic, by the name of the term in
// the API. Precedence: principal, remainder_to, instalments, every, rates, due_on, first_due_on,
// settlement_day, interest_per, instalment, grace, instalment_multiple, down_payment_percent.
// What depends on the day of the disbursement is judged by the schedule.
#include "ledger/schedule.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

namespace ledger {

namespace {

/// Ten billion yuan. At any rate up to rate_limit_ppm over term_limit_years the interest is then
/// still an amount, so no user's terms can reach an assertion.
constexpr std::int64_t principal_limit_fen = 1'000'000'000'000;
/// instalments_limit months; a term of days, weeks or years is held to the same.
constexpr int term_limit_years = 50;
constexpr std::int64_t whole_ppm = 1'000'000;

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
    if (terms.remainder_to == RemainderTo::first) {
        return refuse(Refusal::field_not_supported, "remainder_to");
    }
    if (terms.instalments < 1) return contradiction("instalments", "instalments >= 1");
    if (terms.instalments > instalments_limit) {
        return refuse(Refusal::too_many_instalments, "instalments",
                      std::to_string(instalments_limit));
    }
    if (terms.every.count < 1) return contradiction("every", "every.count >= 1");
    if (days_at_least(terms.every) * terms.instalments > term_limit_years * 366) {
        return contradiction("every", "every × instalments <= " + std::to_string(term_limit_years) +
                                          " years");
    }
    if (!is_ascending(terms.rate_steps, &RateStep::from)) {
        return contradiction("rates", "rates[0].from < rates[1].from < …");
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
        if (terms.due_on.back() - terms.due_on.front() > term_limit_years * 366) {
            return contradiction("due_on",
                                 "due_on <= " + std::to_string(term_limit_years) + " years");
        }
        if (terms.first_due_on) return contradiction("first_due_on", "due_on / first_due_on");
        if (terms.settlement_day) return contradiction("settlement_day", "due_on / settlement_day");
        if (terms.interest_per == InterestPer::period) {
            return contradiction("interest_per", "due_on / interest_per = period");
        }
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
        if (terms.method != Method::equal_instalments || terms.interest == InterestBasis::flat) {
            return contradiction("instalment", "method = equal_instalments, interest = declining");
        }
    }
    Grace const& grace = terms.grace;
    if (grace.principal < 0 || grace.interest_payment < 0 || grace.interest_free < 0 ||
        grace.principal >= terms.instalments || grace.interest_payment >= terms.instalments ||
        grace.interest_free > terms.instalments)
    {
        return contradiction("grace", "principal, interest_payment < instalments; "
                                      "interest_free <= instalments");
    }
    if (terms.method == Method::at_maturity && !(grace == Grace{})) {
        return contradiction("grace", "grace / method = at_maturity");
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
    if (auto dates = checked_dates(terms); !dates) return std::unexpected{dates.error()};
    if (auto plan = checked_plan(terms); !plan) return std::unexpected{plan.error()};
    return terms;
}

} // namespace ledger
