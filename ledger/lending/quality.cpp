// The quality of a loan: two folds, and its events of the span. No rule of its own.
#include "ledger/quality.hpp"

#include <numeric>

namespace ledger {

namespace {

/// Amounts of the loan's events of one kind in force, by value date within the span.
template <class What> Money sum_within(Loan const& loan, Span span)
{
    Money sum;
    for (LoanEvent const* event : events_in_force(loan.events, span.until.plus_days(-1))) {
        auto const* what = std::get_if<What>(&event->what);
        if (what && event->value_on >= span.from) sum += what->amount;
    }
    return sum;
}

void add_dues(Quality& sums, LoanState const& state, Span span)
{
    for (InstalmentState const& each : state.instalments) {
        Date const due_on = each.planned.due_on;
        if (due_on < span.from || due_on >= span.until) continue;
        Money const asked = each.principal_due + each.interest_due;
        sums.due += asked;
        sums.collected += std::min(asked, each.principal_paid + each.interest_paid);
        if (each.paid_on && *each.paid_on <= due_on) sums.collected_on_time += asked;
    }
}

} // namespace

Money Quality::outstanding() const
{
    return std::accumulate(principal.begin(), principal.end(), Money{});
}

Money Quality::non_performing() const
{
    auto const of = [this](RiskClass each) {
        return principal[static_cast<std::size_t>(each) - 1];
    };
    return of(RiskClass::substandard) + of(RiskClass::doubtful) + of(RiskClass::loss);
}

Quality& Quality::operator+=(Quality const& other)
{
    for (std::size_t n = 0; n < principal.size(); ++n) {
        principal[n] += other.principal[n];
        loans[n] += other.loans[n];
    }
    provisions += other.provisions;
    due += other.due;
    collected += other.collected;
    collected_on_time += other.collected_on_time;
    subsidy_due += other.subsidy_due;
    subsidy_claimed += other.subsidy_claimed;
    subsidy_received += other.subsidy_received;
    return *this;
}

Money subsidy_due(Loan const& loan, Span span)
{
    if (loan.terms.subsidy_scheme.empty()) return {};
    return fold(loan, span.until).subsidy - fold(loan, span.from).subsidy;
}

Money subsidy_claimed(Loan const& loan, Span span)
{
    return sum_within<SubsidyClaimed>(loan, span);
}

Money subsidy_received(Loan const& loan, Span span)
{
    return sum_within<SubsidyReceived>(loan, span);
}

Quality quality(Loan const& loan, Span span)
{
    LEDGER_ASSERT(span.from < span.until);
    LoanState const state = fold(loan, span.until.plus_days(-1));
    Quality sums;
    Money const principal = state.positions.principal();
    if (principal > Money{}) {
        auto const at = static_cast<std::size_t>(state.risk_class) - 1;
        sums.principal[at] = principal;
        sums.loans[at] = 1;
    }
    sums.provisions = state.positions[Position::loss_allowance];
    add_dues(sums, state, span);
    sums.subsidy_due = subsidy_due(loan, span);
    sums.subsidy_claimed = subsidy_claimed(loan, span);
    sums.subsidy_received = subsidy_received(loan, span);
    return sums;
}

} // namespace ledger
