// Proposing a loan: nothing is booked; the terms, the version of the programme's rules in force on
// the day are frozen with the loan, and so is the rate of the day where it follows the base rates.
// Refuses, after the shared ones: what checked_terms refuses, borrower_not_found, fund_not_found,
// loan_already_proposed, no_rule_in_force, what signed_terms refuses (subsidy_scheme_not_found,
// dates that do not fit, no_base_rate_in_force), loan_above_cap, term_above_limit,
// rate_outside_band, of a renewal loan_not_found, renewal_of_another_borrower, renewal_above_limit.
// With fixed due dates only their span is held against the limit of the term here; Disburse judges
// the whole term from the day of the first disbursement.
#include "ledger/lending/decisions.hpp"
#include "ledger/lending/due_dates.hpp"

namespace ledger {

namespace {

bool is_term_above(Terms const& terms, Date proposed_on, int limit_months)
{
    if (terms.matures_on) return *terms.matures_on > add_months(proposed_on, limit_months);
    if (terms.method == Method::principal_plan) {
        Date const from = terms.principal_plan.front().on.value_or(proposed_on);
        return day_of(terms.principal_plan.back(), from, terms.month_end) >
               add_months(from, limit_months);
    }
    if (!terms.due_on.empty()) {
        return terms.due_on.back() > add_months(terms.due_on.front(), limit_months);
    }
    Date const from = terms.first_due_on.value_or(proposed_on);
    Terms from_first = terms;
    from_first.first_due_on.reset();
    if (terms.first_due_on) --from_first.instalments;
    if (from_first.instalments == 0) return false;
    return stepped(from, from_first.every, from_first.instalments, from_first.month_end) >
           add_months(from, limit_months);
}

Result<void> check_rules(Terms const& terms, Date proposed_on, ProgrammeRules const& rules)
{
    if (terms.principal > rules.loan_cap) {
        return refuse(Refusal::loan_above_cap, "principal", rules.loan_cap.text());
    }
    if (is_term_above(terms, proposed_on, rules.term_limit_months)) {
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

Result<void> check_renewal(Situation const& now, ProposeLoan const& command,
                           ProgrammeRules const& rules)
{
    if (!command.renews) return {};
    if (!now.renewed) return refuse(Refusal::loan_not_found, "renews");
    if (now.renewed->borrower != command.borrower) {
        return refuse(Refusal::renewal_of_another_borrower, "renews", now.renewed->borrower.text());
    }
    if (now.renewed->renewal >= rules.renewals_limit) {
        return refuse(Refusal::renewal_above_limit, "renews", std::to_string(rules.renewals_limit));
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
    Programme const& programme = *now.books->programme;
    ProgrammeRules const* rules = rules_on(programme.rules, command.proposed_on);
    if (!rules) return refuse(Refusal::no_rule_in_force, "proposed_on");
    terms = signed_terms(std::move(*terms), command.proposed_on, programme);
    if (!terms) return refused_in_terms(terms.error());
    if (auto ruled = check_rules(*terms, command.proposed_on, *rules); !ruled) {
        return refused_in_terms(ruled.error());
    }
    if (auto renewed = check_renewal(now, command, *rules); !renewed) {
        return std::unexpected{renewed.error()};
    }

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
    loan.programme = now.books->programme;
    loan.renews = command.renews;
    if (now.renewed) loan.renewal = now.renewed->renewal + 1;
    Effects effects;
    effects.loan = std::move(loan);
    return effects;
}

} // namespace ledger
