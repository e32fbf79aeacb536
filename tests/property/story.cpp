// A loan in words for the message of a failure: what differs from plain terms and rules, then the
// events.
#include "tests/property/random_life.hpp"

#include <sstream>

namespace ledger::test {

namespace {

struct Detail {
    std::string operator()(Reversed const& what) const { return std::to_string(what.sequence); }
    std::string operator()(Repaid const& what) const
    {
        int const in_advance = what.in_advance ? static_cast<int>(*what.in_advance) : 0;
        return what.amount.text() + " in_advance " + std::to_string(in_advance);
    }
    std::string operator()(Waived const& what) const
    {
        return std::string{code_of(what.component)} + " " + what.amount.text();
    }
    std::string operator()(RateChanged const& what) const { return what.annual_rate.text(); }
    std::string operator()(Extended const& what) const
    {
        return "until " + what.until.text() +
               (what.annual_rate ? " at " + what.annual_rate->text() : "") +
               (what.priced_from ? " from " + what.priced_from->text() : "");
    }
    std::string operator()(Rescheduled const& what) const
    {
        NewPlan const& plan = what.plan;
        return "method " + std::to_string(static_cast<int>(plan.method)) + " every " +
               std::to_string(plan.every.count) + " u" +
               std::to_string(static_cast<int>(plan.every.unit)) + " x" +
               std::to_string(plan.instalments) + " grace " + std::to_string(plan.grace_principal) +
               (plan.first_due_on ? " first " + plan.first_due_on->text() : "") +
               (plan.annual_rate ? " at " + plan.annual_rate->text() : "");
    }
    std::string operator()(InterestPaused const& what) const { return what.until.text(); }
    std::string operator()(Classified const& what) const
    {
        return what.risk_class ? std::string{code_of(*what.risk_class)} : "by lateness";
    }
    template <class What>
        requires requires(What what) { what.amount; }
    std::string operator()(What const& what) const
    {
        return what.amount.text();
    }
    std::string operator()(auto const&) const { return {}; }
};

void tell_dates(std::ostream& story, Terms const& terms)
{
    story << " every " << terms.every.count << " u" << static_cast<int>(terms.every.unit) << " x"
          << terms.instalments;
    if (terms.first_due_on) story << " first " << terms.first_due_on->text();
    for (Date const on : terms.due_on) story << " due " << on.text();
    if (terms.settlement_day) story << " settled on " << *terms.settlement_day;
    if (terms.matures_on) {
        story << " matures " << terms.matures_on->text() << " stub "
              << static_cast<int>(terms.stub);
    }
    story << " due_day " << static_cast<int>(terms.due_day)
          << (terms.interest_follows ? " follows" : " stays") << " month_end "
          << static_cast<int>(terms.month_end);
    for (PrincipalPart const& part : terms.principal_plan) {
        story << "\n  part "
              << (part.on ? part.on->text()
                          : std::to_string(part.after->count) + " u" +
                                std::to_string(static_cast<int>(part.after->unit)))
              << " " << part.share_ppm << " " << part.amount.text();
    }
}

void tell_terms(std::ostream& story, Terms const& terms)
{
    story << terms.principal.text() << " at " << terms.annual_rate.text() << " method "
          << static_cast<int>(terms.method)
          << (terms.interest == InterestBasis::flat ? " flat" : "") << " day_count "
          << static_cast<int>(terms.day_count)
          << (terms.interest_per == InterestPer::period ? " by period" : "") << " rounding "
          << static_cast<int>(terms.rounding) << "\n ";
    tell_dates(story, terms);
    story << "\n  grace " << terms.grace.principal << " " << terms.grace.interest_payment << " "
          << terms.grace.interest_free << " principal_every " << terms.principal_every
          << " multiple " << terms.instalment_multiple.text() << " down "
          << terms.down_payment.text();
    if (terms.instalment) story << " instalment " << terms.instalment->text();
    if (terms.remainder_to == RemainderTo::first) story << " remainder first";
    for (RateStep const& step : terms.rate_steps) {
        story << "\n  rate " << step.annual_rate.text() << " from " << step.from.text();
    }
    if (terms.pricing) {
        story << "\n  reset " << static_cast<int>(terms.pricing->reset) << " "
              << terms.pricing->tier << " " << terms.pricing->multiple_ppm << " + "
              << terms.pricing->points_ppm;
    }
}

} // namespace

std::string story_of(Loan const& loan)
{
    std::ostringstream story;
    story << "proposed " << loan.proposed_on.text() << ": ";
    tell_terms(story, loan.terms);
    ProgrammeRules const& rules = loan.rules();
    story << "\n  penalty " << rules.penalty_margin_ppm.value_or(-1) << " misuse "
          << rules.misuse_margin_ppm << " compounding " << static_cast<int>(rules.compounding)
          << " in_advance " << static_cast<int>(rules.in_advance) << " non_accrual "
          << rules.non_accrual_after_days;
    if (auto const* scheme = loan.programme->subsidy_scheme(loan.terms.subsidy_scheme)) {
        story << "\n  subsidy to " << static_cast<int>(scheme->paid_to) << " days "
              << scheme->days_cap << " cap "
              << (scheme->principal_cap ? scheme->principal_cap->text() : "none");
        for (SubsidyStep const& step : scheme->steps) {
            story << " | " << step.from.text() << " kind " << static_cast<int>(step.kind) << " "
                  << step.ppm;
        }
    }
    for (LoanEvent const& event : loan.events) {
        story << "\n  " << event.sequence << " " << event.value_on.text() << " "
              << code_of(event.what) << " " << std::visit(Detail{}, event.what);
    }
    return story.str();
}

} // namespace ledger::test
