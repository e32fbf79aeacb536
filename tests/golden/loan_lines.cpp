// Proposals by their terms, events by their verbs.
#include "tests/golden/loan_lines.hpp"

#include <map>

namespace ledger::test {

namespace {

RateReset reset(Words& words)
{
    static constexpr std::array choices{
        std::pair{"never", RateReset::never},
        std::pair{"monthly", RateReset::monthly},
        std::pair{"quarterly", RateReset::quarterly},
        std::pair{"anniversary", RateReset::anniversary},
        std::pair{"new_year", RateReset::new_year},
    };
    return words.one_of(choices);
}

PrincipalPart part(Words& words)
{
    PrincipalPart part;
    part.after = words.frequency();
    part.share_ppm = words.percent().ppm();
    return part;
}

using Setter = void (*)(Words&, ProposeLoan&);
std::map<std::string, Setter> const settings{
    {"settle", [](Words& w, ProposeLoan& c) { c.terms.settlement_day = w.number(); }},
    {"by_period", [](Words&, ProposeLoan& c) { c.terms.interest_per = InterestPer::period; }},
    {"first", [](Words& w, ProposeLoan& c) { c.terms.first_due_on = w.date(); }},
    {"matures", [](Words& w, ProposeLoan& c) { c.terms.matures_on = w.date(); }},
    {"grace", [](Words& w, ProposeLoan& c) { c.terms.grace.principal = w.number(); }},
    {"next_working_day", [](Words&, ProposeLoan& c) { c.terms.due_day = DueDay::next; }},
    {"part", [](Words& w, ProposeLoan& c) { c.terms.principal_plan.push_back(part(w)); }},
    {"reprices",
     [](Words& w, ProposeLoan& c) {
         c.terms.pricing.emplace();
         c.terms.pricing->reset = reset(w);
     }},
    {"points", [](Words& w, ProposeLoan& c) { c.terms.pricing->points_ppm = w.signed_percent(); }},
    {"scheme", [](Words& w, ProposeLoan& c) { c.terms.subsidy_scheme = w.next(); }},
    {"fund", [](Words& w, ProposeLoan& c) { c.fund = w.name<FundCode>(); }},
    {"borrower", [](Words& w, ProposeLoan& c) { c.borrower = w.name<BorrowerNumber>(); }},
    {"renews", [](Words& w, ProposeLoan& c) { c.renews = w.name<LoanNumber>(); }},
};

Extended extension(Words& words)
{
    Extended what;
    what.until = words.date();
    if (words.reads("at")) what.annual_rate = words.percent();
    if (words.reads("from")) what.priced_from = words.date();
    return what;
}

Rescheduled rescheduling(Words& words)
{
    NewPlan plan;
    plan.method = words.method();
    plan.instalments = words.number();
    plan.every.unit = words.unit();
    if (words.reads("first")) plan.first_due_on = words.date();
    if (words.reads("grace")) plan.grace_principal = words.number();
    if (words.reads("at")) plan.annual_rate = words.percent();
    return {plan};
}

Repaid repayment(Words& words)
{
    Repaid what{words.yuan(), {}};
    if (words.reads("fewer_instalments")) what.in_advance = InAdvance::fewer_instalments;
    if (words.reads("smaller_instalments")) what.in_advance = InAdvance::smaller_instalments;
    if (words.reads("next_instalment")) what.in_advance = InAdvance::next_instalment;
    return what;
}

Waived waiver(Words& words)
{
    DebtComponent const component = words.component();
    return {component, words.yuan()};
}

Classified classification(Words& words)
{
    if (words.reads("by_days")) return {};
    Classified what{words.risk_class(), false};
    what.has_second_person = words.reads("with_second_person");
    return what;
}

using Reader = Happening (*)(Words&);
std::map<std::string, Reader> const verbs{
    {"approves", [](Words& w) -> Happening { return Approved{w.yuan()}; }},
    {"disburses", [](Words& w) -> Happening { return Disbursed{w.yuan()}; }},
    {"repays", [](Words& w) -> Happening { return repayment(w); }},
    {"refunds", [](Words& w) -> Happening { return OverpaymentRefunded{w.yuan()}; }},
    {"waives", [](Words& w) -> Happening { return waiver(w); }},
    {"costs", [](Words& w) -> Happening { return CostCharged{w.yuan()}; }},
    {"bears", [](Words& w) -> Happening { return RateChanged{w.percent()}; }},
    {"extends", [](Words& w) -> Happening { return extension(w); }},
    {"reschedules", [](Words& w) -> Happening { return rescheduling(w); }},
    {"pauses", [](Words& w) -> Happening { return InterestPaused{w.date()}; }},
    {"misused", [](Words&) -> Happening { return MisuseDeclared{}; }},
    {"classed", [](Words& w) -> Happening { return classification(w); }},
    {"provides", [](Words&) -> Happening { return Provisioned{}; }},
    {"written_off", [](Words&) -> Happening { return WrittenOff{}; }},
    {"recovers", [](Words& w) -> Happening { return Recovered{w.yuan()}; }},
    {"compensated", [](Words& w) -> Happening { return Compensated{w.yuan()}; }},
    {"claims", [](Words& w) -> Happening { return SubsidyClaimed{w.yuan()}; }},
    {"subsidised", [](Words& w) -> Happening { return SubsidyReceived{w.yuan()}; }},
    {"lapses", [](Words&) -> Happening { return ApprovalExpired{}; }},
};

} // namespace

ProposeLoan proposal(Words& words, LoanNumber loan, Date on)
{
    ProposeLoan command;
    command.loan = std::move(loan);
    command.borrower = words.must(BorrowerNumber::parse("B"));
    command.fund = words.must(FundCode::parse("F"));
    command.proposed_on = on;
    Terms& terms = command.terms;
    terms.principal = words.yuan();
    if (!words.reads("base_rate"))
        terms.annual_rate = words.percent();
    else
        terms.pricing.emplace();
    terms.method = words.method();
    terms.instalments = words.number();
    terms.every.unit = words.unit();
    while (words.has_more()) {
        std::string const key = words.next();
        auto const setting = settings.find(key);
        if (setting == settings.end()) words.fail("no term " + key);
        setting->second(words, command);
    }
    return command;
}

Happening happening(std::string const& verb, Words& words)
{
    auto const found = verbs.find(verb);
    if (found == verbs.end()) words.fail("no verb " + verb);
    return found->second(words);
}

} // namespace ledger::test
