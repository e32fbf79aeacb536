// Proposing a loan: nothing is booked; the terms, the version of the programme's rules in force on
// the day, its penalty margin and its allocation order are frozen with the loan.
// Refuses, after the shared ones: what checked_terms refuses, borrower_not_found, fund_not_found,
// loan_already_proposed, no_rule_in_force, loan_above_cap, term_above_limit, rate_outside_band.
// With fixed due dates only their span is held against the limit of the term here; Disburse judges
// the whole term from the day of the first disbursement.
#include "ledger/lending/decisions.hpp"
#include "ledger/lending/plan.hpp"

namespace ledger {

namespace {

bool is_term_above(Terms const& terms, Date proposed_on, int limit_months)
{
    if (!terms.due_on.empty()) {
        return terms.due_on.back() > add_months(terms.due_on.front(), limit_months);
    }
    Date const from = terms.first_due_on.value_or(proposed_on);
    Terms from_first = terms;
    from_first.first_due_on.reset();
    if (terms.first_due_on) --from_first.instalments;
    if (from_first.instalments == 0) return false;
    return maturity_of(from_first, from) > add_months(from, limit_months);
}

Result<void> check_rules(ProposeLoan const& command, ProgrammeRules const& rules)
{
    Terms const& terms = command.terms;
    if (terms.principal > rules.loan_cap) {
        return refuse(Refusal::loan_above_cap, "principal", rules.loan_cap.text());
    }
    if (is_term_above(terms, command.proposed_on, rules.term_limit_months)) {
        return refuse(Refusal::term_above_limit, "instalments",
                      std::to_string(rules.term_limit_months));
    }
    auto const is_outside = [&rules](Rate rate) {
        return rate < rules.rate_floor || rate > rules.rate_ceiling;
    };
    std::string const band = rules.rate_floor.text() + " - " + rules.rate_ceiling.text();
    if (is_outside(terms.annual_rate)) {
        return refuse(Refusal::rate_outside_band, "annual_rate", band);
    }
    for (RateStep const& step : terms.rate_steps) {
        if (is_outside(step.annual_rate)) return refuse(Refusal::rate_outside_band, "rates", band);
    }
    return {};
}

/// The command's own name for a field of its terms.
std::unexpected<Refused> refused_in_terms(Refused refused)
{
    refused.field.insert(0, "terms.");
    return std::unexpected{std::move(refused)};
}

} // namespace

Result<Effects> propose(Situation const& now, ProposeLoan const& command)
{
    if (auto dates = check_dates(now, command.proposed_on, "proposed_on"); !dates) {
        return std::unexpected{dates.error()};
    }
    auto terms = checked_terms(command.terms);
    if (!terms) return refused_in_terms(terms.error());
    if (!now.borrower) return refuse(Refusal::borrower_not_found, "borrower");
    if (!now.fund) return refuse(Refusal::fund_not_found, "fund");
    if (now.loan) return refuse(Refusal::loan_already_proposed, "loan");
    ProgrammeRules const* rules = rules_on(now.books->rules, command.proposed_on);
    if (!rules) return refuse(Refusal::no_rule_in_force, "proposed_on");
    if (auto ruled = check_rules(command, *rules); !ruled) return refused_in_terms(ruled.error());

    Loan loan;
    loan.number = command.loan;
    loan.borrower = command.borrower;
    loan.fund = command.fund;
    loan.proposed_on = command.proposed_on;
    loan.purpose = command.purpose;
    loan.industry = command.industry;
    loan.village = now.borrower->village;
    loan.terms = std::move(*terms);
    loan.rules_version = rules->version;
    loan.penalty_margin_ppm = rules->penalty_margin_ppm;
    loan.allocation_order = rules->allocation_order;
    Effects effects;
    effects.loan = std::move(loan);
    return effects;
}

} // namespace ledger
