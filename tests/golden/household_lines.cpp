// Happenings by their verbs; figures counted household by household.
#include "tests/golden/household_lines.hpp"

#include "ledger/words.hpp"

#include <algorithm>

namespace ledger::test {

namespace {

template <class Enum, class All> Enum one_named(Words& words, All const& all)
{
    std::string const word = words.next();
    auto const found = std::ranges::find(all, word, [](Enum each) { return code_of(each); });
    if (found == all.end()) words.fail("no choice " + word);
    return *found;
}

Way way(Words& words)
{
    std::string const word = words.next();
    for (int n = 1; n <= static_cast<int>(Way::other); ++n) {
        if (code_of(static_cast<Way>(n)) == word) return static_cast<Way>(n);
    }
    words.fail("no way " + word);
}

HouseholdRegistered registration(Words& words)
{
    HouseholdRegistered what;
    what.village = words.must(UnitCode::parse("530921206201"));
    what.standing = one_named<Standing>(words, all_standings);
    what.persons = words.number();
    what.head = words.next();
    return what;
}

LeadingClaimed claim(Words& words)
{
    LeadingClaimed what;
    what.loan = words.name<LoanNumber>();
    what.way = way(words);
    if (words.reads("share")) what.share = words.must(parse_share(words.next()));
    what.is_relative = words.reads("relative");
    return what;
}

SharesAgreed shares(Words& words)
{
    SharesAgreed what;
    while (words.has_more() && !words.reads("end")) {
        int const claim = words.number();
        what.shares.emplace_back(claim, words.must(parse_share(words.next())));
    }
    return what;
}

ExitStepTaken step(Words& words)
{
    ExitStepTaken what;
    what.step = one_named<ExitStep>(words, all_exit_steps);
    what.person = words.next();
    if (words.reads("until")) what.until = words.date();
    if (words.reads("year")) what.income_year = words.number();
    return what;
}

using Reader = HouseholdHappening (*)(Words&);
std::map<std::string, Reader> const verbs{
    {"registers", [](Words& w) -> HouseholdHappening { return registration(w); }},
    {"counts", [](Words& w) -> HouseholdHappening { return PersonsCounted{w.number()}; }},
    {"stands",
     [](Words& w) -> HouseholdHappening {
         return StandingRecorded{one_named<Standing>(w, all_standings)};
     }},
    {"dissolves", [](Words&) -> HouseholdHappening { return HouseholdDissolved{}; }},
    {"claims", [](Words& w) -> HouseholdHappening { return claim(w); }},
    {"verifies",
     [](Words& w) -> HouseholdHappening {
         return LeadingVerified{w.number(), "信贷员甲", "村民乙", "复兴村", std::string(64, 'a')};
     }},
    {"withdraws", [](Words& w) -> HouseholdHappening { return ClaimWithdrawn{w.number()}; }},
    {"ends", [](Words& w) -> HouseholdHappening { return SupportEnded{w.number()}; }},
    {"shares", [](Words& w) -> HouseholdHappening { return shares(w); }},
    {"benefits",
     [](Words& w) -> HouseholdHappening {
         int const claim = w.number();
         return BenefitBrought{claim, w.yuan(), {}};
     }},
    {"steps", [](Words& w) -> HouseholdHappening { return step(w); }},
    {"relapses", [](Words&) -> HouseholdHappening { return Relapsed{}; }},
    {"earns",
     [](Words& w) -> HouseholdHappening {
         int const year = w.number();
         return IncomeRecorded{{year, w.yuan(), {}, {}, {}}};
     }},
    {"surveyed",
     [](Words&) -> HouseholdHappening { return Surveyed{{{}, 2, true, true, true, {}}}; }},
};

struct Count {
    int households = 0, persons = 0;
    void add(bool counts, HouseholdState const& state)
    {
        if (!counts) return;
        households += 1;
        persons += state.persons;
    }
    std::string text() const
    {
        return std::to_string(households) + " 户 " + std::to_string(persons) + " 人";
    }
};

} // namespace

HouseholdHappening household_happening(std::string const& verb, Words& words)
{
    auto const found = verbs.find(verb);
    if (found == verbs.end()) words.fail("no verb " + verb);
    return found->second(words);
}

std::string leading_figures(std::map<HouseholdNumber, Household> const& households, Date on)
{
    Count led, poor, exited, sustained, relapsed;
    for (auto const& [number, household] : households) {
        HouseholdState const state = fold(household, on);
        auto const any = [&state](auto const& is) { return std::ranges::any_of(state.claims, is); };
        auto const counts = [](Claim const& c) { return c.verified_on && !c.is_withdrawn; };
        auto const is_out = [&](Claim const& c) {
            return counts(c) && c.was_poor() && c.exited_on && !c.relapsed_on;
        };
        led.add(any([&](Claim const& c) { return counts(c) && c.is_in_force(); }), state);
        poor.add(any([&](Claim const& c) { return counts(c) && c.was_poor(); }), state);
        exited.add(any(is_out), state);
        sustained.add(
            any([&](Claim const& c) { return is_out(c) && add_months(*c.exited_on, 12) <= on; }),
            state);
        relapsed.add(any([&](Claim const& c) {
                         return counts(c) && c.was_poor() && c.relapsed_on.has_value();
                     }),
                     state);
    }
    return "带动 " + led.text() + "；建档立卡 " + poor.text() + "；脱贫 " + exited.text() +
           "；稳定 " + sustained.text() + "；返贫 " + relapsed.text();
}

std::string household_card(Household const& household, Date on)
{
    HouseholdState const state = fold(household, on);
    std::string text = "    " + std::string{chinese_word("standing", code_of(state.standing))} +
                       " " + std::to_string(state.persons) + " 人，未带动 " +
                       share_text(state.unled()) + "\n";
    for (Claim const& claim : state.claims) {
        text += "    申报 " + std::to_string(claim.sequence) + " " + claim.borrower.text() + " " +
                std::string{chinese_word("way", code_of(claim.way))} + " " +
                share_text(claim.share);
        if (claim.verified_on) text += "，核实于 " + claim.verified_on->text();
        if (claim.until) {
            text += (claim.is_withdrawn ? "，撤回于 " : "，结束于 ") + claim.until->text();
        }
        if (claim.exited_on) text += "，脱贫于 " + claim.exited_on->text();
        if (claim.relapsed_on) text += "，返贫于 " + claim.relapsed_on->text();
        if (!claim.brought.is_zero()) text += "，增收 " + claim.brought.text();
        text += "\n";
    }
    return text;
}

} // namespace ledger::test
