// rule_change.hpp: which rules can be made, by a table of refusals.
#include "ledger/rule_change.hpp"

#include "tests/support/outcome.hpp"
#include "tests/support/show.hpp"

#include <catch2/catch.hpp>

using namespace ledger;

namespace {

Date const today{2026, 11, 28}, first{2027, 1, 1};

Programme in_force()
{
    Programme now;
    ProgrammeRules rules;
    rules.version = 1;
    rules.effective_from = Date{2015, 1, 1};
    rules.rate_ceiling = Rate::ppm(150'000);
    now.rules = {rules, rules};
    now.rules[1].version = 2;
    now.rules[1].effective_from = Date{2027, 3, 1}; // ruled already, not yet begun
    now.class_floors = {{Date{2015, 1, 1}, 0, RiskClass::special_mention}};
    now.subsidy_schemes = {{"full",
                            "1号",
                            SubsidyPaidTo::lender,
                            {},
                            0,
                            {{Date{2026, 1, 1}, SubsidyKind::share, 1'000'000, {}, ""}}}};
    now.calendar = WorkingCalendar::of({Date{2027, 1, 1}}, {}).value();
    now.poverty_lines = {{2026, Money::fen(400'000), true}};
    now.retention_rules = {
        {Date{2012, 1, 1}, RetainedKind::phone, 36, RetainedFrom::closing, "民法典", false}};
    return now;
}

RuleChange change_from(Date since)
{
    RuleChange change;
    change.document = "凤组发〔2026〕9号";
    change.effective_from = since;
    return change;
}

/// "" or "code field limit".
std::string refusal_of(RuleChange const& change)
{
    auto const checked = check_rule_change(change, in_force(), today);
    if (checked) return "";
    auto const& refused = checked.error();
    return std::string{name_of(refused.code)} + " " + refused.field + " " + refused.limit;
}

template <class Fill> std::string refusal_of(Date since, Fill fill)
{
    auto change = change_from(since);
    fill(change, change.adds);
    return refusal_of(change);
}

} // namespace

TEST_CASE("A rule begins after today and after the row before it, and is made once")
{
    auto const rules = [](RuleChange& change, Programme& adds) {
        adds.rules = {in_force().rules[0]};
        adds.rules[0].effective_from = change.effective_from;
    };
    CHECK(refusal_of(change_from(first)) == "rule_change_empty  ");
    CHECK(refusal_of(today, rules) == "date_too_early effective_from 2026-11-29");
    CHECK(refusal_of(first, rules) == "date_too_early effective_from 2027-03-02");
    CHECK(refusal_of(Date{2027, 3, 1}, rules) == "date_too_early effective_from 2027-03-02");
    CHECK(refusal_of(Date{2027, 3, 2}, rules) == "");
    CHECK(refusal_of(first, [](auto& change, auto&) { change.holidays = {first}; }) ==
          "rule_made_already holidays 2027-01-01");
    CHECK(refusal_of(first, [](auto& change, auto&) { change.working_days = {today}; }) ==
          "date_too_early working_days 2027-01-01");
    CHECK(refusal_of(first, [](auto& change, auto&) { change.holidays = {Date{2027, 1, 4}}; }) ==
          "");
    CHECK(refusal_of(first, [](auto&, auto& adds) {
              adds.poverty_lines = {{2026, Money::fen(1), true}};
          }) == "rule_made_already poverty_lines 2026: 4000.00");
    CHECK(refusal_of(first, [](auto&, auto& adds) {
              adds.poverty_lines = {{2020, Money::fen(1), true}};
          }) == "rule_made_already poverty_lines 2026: 4000.00");
    CHECK(refusal_of(Date{2206, 1, 1}, rules) == "date_too_late effective_from 2036-11-28");
    CHECK(refusal_of(first, [](auto& change, auto&) { change.holidays = {Date{2206, 1, 1}}; }) ==
          "date_too_late holidays 2036-11-28");
    auto const kept = [](int months) {
        return [months](RuleChange& change, Programme& adds) {
            adds.retention_rules = {{change.effective_from, RetainedKind::phone, months,
                                     RetainedFrom::closing, "某法", true}};
        };
    };
    CHECK(refusal_of(first, kept(60)) == "");
    // Beside the steps that there are, of a scheme that is known.
    auto const step = [](Date since) {
        return [since](RuleChange&, Programme& adds) {
            adds.subsidy_schemes = {{"full",
                                     "2号",
                                     SubsidyPaidTo::lender,
                                     {},
                                     0,
                                     {{since, SubsidyKind::none, 0, {}, ""}}}};
        };
    };
    CHECK(refusal_of(first, step(today)) ==
          "date_too_early subsidy_schemes[0].steps[0].from 2027-01-01");
    CHECK(refusal_of(first, step(first)) == "");
    CHECK(refusal_of(first, step(Date{2206, 1, 1})) == "date_too_late subsidy_schemes 2036-11-28");
    CHECK(refusal_of(first, [](auto&, auto& adds) {
              adds.subsidy_schemes = {{"new",
                                       "2号",
                                       SubsidyPaidTo::lender,
                                       {},
                                       0,
                                       {{first, SubsidyKind::spread, 0, {}, "lpr_1yr"}}}};
          }) == "no_base_rate_in_force subsidy_schemes[0].steps lpr_1yr");
}

TEST_CASE("Rules that contradict themselves are refused with what must hold")
{
    CHECK(refusal_of(Date{2028, 1, 1}, [](RuleChange& change, Programme& adds) {
              adds.rules = {in_force().rules[0]};
              adds.rules[0].effective_from = change.effective_from;
              adds.rules[0].rate_floor = Rate::ppm(150'001);
          }) == "rules_contradict rules.rate_floor rate_floor <= rate_ceiling");
    CHECK(refusal_of(first, [](auto&, auto& adds) {
              adds.class_floors = {{first, 90, RiskClass::substandard},
                                   {first, 30, RiskClass::doubtful}};
          }) == "rules_contradict class_floors days_late ↑, risk_class ↑");
    auto const rates = [](std::vector<RiskClass> const& classes) {
        return [classes](RuleChange&, Programme& adds) {
            for (RiskClass const each : classes) adds.provision_rates.push_back({first, each, 1});
        };
    };
    using enum RiskClass;
    CHECK(refusal_of(first, rates({normal, normal, substandard, doubtful, loss})) ==
          "rules_contradict provision_rates normal … loss, 1 ×");
    CHECK(refusal_of(first, rates({normal, special_mention, substandard, doubtful, loss})) == "");
    auto const bands = [](std::vector<int> const& yuan) {
        return [yuan](RuleChange& change, Programme& adds) {
            for (int const each : yuan)
                adds.approval_bands.push_back(
                    {change.effective_from, Money::fen(each * 100), 2, "9号", true});
        };
    };
    CHECK(refusal_of(first, bands({50'000, 50'000})) ==
          "rules_contradict approval_bands at_least ↑");
    CHECK(refusal_of(first, bands({0, 50'000})) == "");
    CHECK(refusal_of(first, bands({-1, 50'000})) ==
          "rules_contradict approval_bands[0].at_least >= 0");
    Date const spare{2027, 1, 4};
    CHECK(refusal_of(first, [&](auto& change, auto&) { change.holidays = {spare, spare}; }) ==
          "rules_contradict holidays 2027-01-04 1 ×");
    CHECK(refusal_of(first, [&](auto& change, auto&) {
              change.holidays = {spare};
              change.working_days = {spare};
          }) == "holiday_also_worked holidays 2027-01-04");
    auto const kept_twice = [](RuleChange& change, Programme& adds) {
        adds.retention_rules.assign(2, {change.effective_from, RetainedKind::phone, 1,
                                        RetainedFrom::closing, "某法", true});
    };
    CHECK(refusal_of(first, kept_twice) == "rules_contradict retention_rules what 1 ×");
}
