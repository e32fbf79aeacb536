// rules, rate, class, provision, scheme, step, leading, poverty, holiday, workday.
#include "tests/golden/programme_lines.hpp"

#include <algorithm>
#include <map>

namespace ledger::test {

namespace {

std::int64_t margin(Words& words)
{
    return words.must(Rate::parse(words.next())).ppm();
}

Compounding compounding(Words& words)
{
    static constexpr std::array choices{
        std::pair{"none", Compounding::none},
        std::pair{"simple", Compounding::simple},
        std::pair{"by_settlement", Compounding::by_settlement},
    };
    return words.one_of(choices);
}

InAdvance in_advance(Words& words)
{
    static constexpr std::array choices{
        std::pair{"fewer_instalments", InAdvance::fewer_instalments},
        std::pair{"smaller_instalments", InAdvance::smaller_instalments},
        std::pair{"next_instalment", InAdvance::next_instalment},
    };
    return words.one_of(choices);
}

ProvisionAt provision_at(Words& words)
{
    static constexpr std::array choices{
        std::pair{"never", ProvisionAt::never},
        std::pair{"month_end", ProvisionAt::month_end},
        std::pair{"quarter_end", ProvisionAt::quarter_end},
    };
    return words.one_of(choices);
}

using Setter = void (*)(Words&, ProgrammeRules&);
std::map<std::string, Setter> const settings{
    {"cap", [](Words& w, ProgrammeRules& r) { r.loan_cap = w.yuan(); }},
    {"term", [](Words& w, ProgrammeRules& r) { r.term_limit_months = w.number(); }},
    {"margin", [](Words& w, ProgrammeRules& r) { r.penalty_margin_ppm = margin(w); }},
    {"no_penalty", [](Words&, ProgrammeRules& r) { r.penalty_margin_ppm.reset(); }},
    {"misuse", [](Words& w, ProgrammeRules& r) { r.misuse_margin_ppm = margin(w); }},
    {"compounding", [](Words& w, ProgrammeRules& r) { r.compounding = compounding(w); }},
    {"order", [](Words& w, ProgrammeRules& r) { r.allocation_order = w.order(); }},
    {"non_accrual", [](Words& w, ProgrammeRules& r) { r.non_accrual_after_days = w.number(); }},
    {"non_accrual_order",
     [](Words& w, ProgrammeRules& r) { r.non_accrual_allocation_order = w.order(); }},
    {"in_advance", [](Words& w, ProgrammeRules& r) { r.in_advance = in_advance(w); }},
    {"provision", [](Words& w, ProgrammeRules& r) { r.provision_at = provision_at(w); }},
    {"approval_days", [](Words& w, ProgrammeRules& r) { r.approval_valid_days = w.number(); }},
    {"renewals", [](Words& w, ProgrammeRules& r) { r.renewals_limit = w.number(); }},
    {"compensation_after",
     [](Words& w, ProgrammeRules& r) { r.compensation_after_days = w.number(); }},
    {"compensation_share",
     [](Words& w, ProgrammeRules& r) { r.compensation_share_ppm = w.percent().ppm(); }},
};

ProgrammeRules rules(Words& words)
{
    ProgrammeRules rules;
    rules.version = 1;
    rules.effective_from = Date{2012, 1, 1};
    rules.rate_ceiling = Rate::ppm(240'000);
    while (words.has_more()) {
        std::string const key = words.next();
        auto const setting = settings.find(key);
        if (setting == settings.end()) words.fail("no rule " + key);
        setting->second(words, rules);
    }
    return rules;
}

SubsidyScheme scheme(Words& words)
{
    SubsidyScheme scheme;
    scheme.code = words.next();
    scheme.document = "贴息办法1号";
    while (words.has_more()) {
        if (words.reads("paid_to_borrower")) {
            scheme.paid_to = SubsidyPaidTo::borrower;
        } else if (words.reads("cap")) {
            scheme.principal_cap = words.yuan();
        } else if (words.reads("days")) {
            scheme.days_cap = words.number();
        } else {
            words.fail("no term of a scheme");
        }
    }
    return scheme;
}

SubsidyStep step(Words& words)
{
    static constexpr std::array kinds{
        std::pair{"none", SubsidyKind::none},
        std::pair{"share", SubsidyKind::share},
        std::pair{"points", SubsidyKind::points},
        std::pair{"spread", SubsidyKind::spread},
    };
    SubsidyStep step;
    step.from = words.date();
    step.kind = words.one_of(kinds);
    if (step.kind != SubsidyKind::none) step.ppm = words.signed_percent();
    if (step.kind == SubsidyKind::spread) step.tier = words.next();
    if (words.reads("cap")) step.cap_ppm = words.percent().ppm();
    return step;
}

void add_step(Words& words, Programme& programme)
{
    auto const found =
        std::ranges::find(programme.subsidy_schemes, words.next(), &SubsidyScheme::code);
    if (found == programme.subsidy_schemes.end()) words.fail("no such scheme");
    found->steps.push_back(step(words));
}

void add_days(Words& words, std::vector<Date>& days)
{
    Date const from = words.date();
    Date const last = words.has_more() ? words.date() : from;
    for (Date day = from; day <= last; day = day.plus_days(1)) days.push_back(day);
}

/// One ruling for everything suspicious.
LeadingRules leading_rules(Words& words)
{
    static constexpr std::array choices{
        std::pair{"ignore", Ruling::ignore},
        std::pair{"warn", Ruling::warn},
        std::pair{"refuse", Ruling::refuse},
    };
    Ruling const ruling = words.one_of(choices);
    return {Date{2012, 1, 1}, "办法1号", true, 7, 12, ruling, ruling, ruling, ruling};
}

} // namespace

bool read_programme_line(std::string const& line, Programme& programme, std::vector<Date>& holidays,
                         std::vector<Date>& make_up_days)
{
    Words words{line};
    if (words.reads("rules")) {
        programme.rules = {rules(words)};
    } else if (words.reads("rate")) {
        Date const from = words.date();
        std::string const tier = words.next();
        programme.base_rates.push_back({from, tier, words.percent(), true});
    } else if (words.reads("class")) {
        Date const from = words.date();
        int const days = words.number();
        programme.class_floors.push_back({from, days, words.risk_class()});
    } else if (words.reads("provision")) {
        Date const from = words.date();
        RiskClass const risk_class = words.risk_class();
        programme.provision_rates.push_back({from, risk_class, words.percent().ppm()});
    } else if (words.reads("scheme")) {
        programme.subsidy_schemes.push_back(scheme(words));
    } else if (words.reads("step")) {
        add_step(words, programme);
    } else if (words.reads("leading")) {
        programme.leading_rules = {leading_rules(words)};
    } else if (words.reads("poverty")) {
        int const year = words.number();
        programme.poverty_lines.push_back({year, words.yuan(), true});
    } else if (words.reads("holiday")) {
        add_days(words, holidays);
    } else if (words.reads("workday")) {
        add_days(words, make_up_days);
    } else {
        return false;
    }
    return true;
}

} // namespace ledger::test
