// Looking up what the county has ruled on a day. It knows no rule itself: the rows come from the
// county, each with its document.
#include "ledger/programme.hpp"

#include <algorithm>

namespace ledger {

namespace {

/// The tiers of the benchmark and of the LPR by the length of the term; the first whose bound the
/// term keeps and that the table holds on the day counts. 2014-11-22 merged the tiers; the LPR has
/// two.
struct Tier {
    int months_at_most;
    char const* code;
};
constexpr std::array tiers{
    Tier{12, "lpr_1y"},   Tier{600, "lpr_5y"},  Tier{6, "upto_6m"},
    Tier{12, "6m_to_1y"}, Tier{12, "upto_1y"},  Tier{36, "1y_to_3y"},
    Tier{60, "3y_to_5y"}, Tier{60, "1y_to_5y"}, Tier{600, "over_5y"},
};

} // namespace

ProgrammeRules const* rules_on(std::span<ProgrammeRules const> rules, Date date)
{
    ProgrammeRules const* in_force = nullptr;
    for (ProgrammeRules const& version : rules) {
        LEDGER_ASSERT(!in_force || in_force->effective_from < version.effective_from);
        if (version.effective_from > date) break;
        in_force = &version;
    }
    return in_force;
}

ProgrammeRules const* Programme::rules_of_version(int version) const
{
    auto const found = std::ranges::find(rules, version, &ProgrammeRules::version);
    return found == rules.end() ? nullptr : &*found;
}

SubsidyScheme const* Programme::subsidy_scheme(std::string_view code) const
{
    auto const found = std::ranges::find(subsidy_schemes, code, &SubsidyScheme::code);
    return found == subsidy_schemes.end() ? nullptr : &*found;
}

std::optional<Rate> Programme::base_rate(std::string_view tier, Date on) const
{
    std::optional<Rate> rate;
    for (BaseRate const& row : base_rates) {
        if (row.effective_from > on) break;
        if (row.tier == tier) rate = row.rate;
    }
    return rate;
}

std::optional<Rate> Programme::base_rate_for(int months, Date on) const
{
    BaseRate const* best = nullptr;
    for (Tier const& tier : tiers) {
        if (months > tier.months_at_most) continue;
        for (BaseRate const& row : base_rates) {
            if (row.effective_from > on) break;
            if (row.tier != tier.code) continue;
            if (!best || row.effective_from > best->effective_from) best = &row;
        }
    }
    return best ? std::optional{best->rate} : std::nullopt;
}

RiskClass Programme::class_floor(int days_late, Date on) const
{
    RiskClass floor = RiskClass::normal;
    Date table{};
    for (ClassFloor const& row : class_floors) {
        if (row.effective_from > on) break;
        if (row.effective_from != table) floor = RiskClass::normal; // a later table replaces all
        table = row.effective_from;
        if (days_late > row.days_late) floor = std::max(floor, row.floor);
    }
    return floor;
}

std::int64_t Programme::provision_rate_ppm(RiskClass risk_class, Date on) const
{
    std::int64_t rate = 0;
    for (ProvisionRate const& row : provision_rates) {
        if (row.effective_from > on) break;
        if (row.risk_class == risk_class) rate = row.rate_ppm;
    }
    return rate;
}

LeadingRules const* Programme::leading_rules_on(Date on) const
{
    LeadingRules const* found = nullptr;
    for (LeadingRules const& row : leading_rules) {
        if (row.effective_from <= on) found = &row;
    }
    return found;
}

std::optional<Money> Programme::poverty_line(int year) const
{
    std::optional<Money> found;
    for (PovertyLine const& row : poverty_lines) {
        if (row.year <= year) found = row.per_head;
    }
    return found;
}

std::string_view code_of(RiskClass risk_class)
{
    switch (risk_class) {
    case RiskClass::normal: return "normal";
    case RiskClass::special_mention: return "special_mention";
    case RiskClass::substandard: return "substandard";
    case RiskClass::doubtful: return "doubtful";
    case RiskClass::loss: return "loss";
    }
    LEDGER_ASSERT(!"a class that is not in the list");
}

std::string_view code_of(DebtComponent component)
{
    switch (component) {
    case DebtComponent::cost: return "cost";
    case DebtComponent::penalty: return "penalty";
    case DebtComponent::compound: return "compound";
    case DebtComponent::interest: return "interest";
    case DebtComponent::principal: return "principal";
    }
    LEDGER_ASSERT(!"a component that is not in the list");
}

} // namespace ledger
