// Persons are dealt so that they add up; leaders take households of their own township that nobody
// leads yet; every third of them does.
#include "demo/households.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace demo {

namespace {

using ledger::Date;
using ledger::Money;
using ledger::Way;

constexpr std::size_t ordinary_households = 160;
constexpr std::size_t most_led = 4;
constexpr std::size_t one_leader_in = 3;
constexpr std::size_t township_digits = 9;
constexpr Date exits_begin{2016, 10, 10};
constexpr int exit_takes_days = 40; ///< with its notice
constexpr std::int64_t line_2016_yuan = 2'952;

std::string numbered(char const* prefix, std::size_t number)
{
    std::string const digits = std::to_string(number);
    return prefix + std::string(4 - digits.size(), '0') + digits;
}

/// Persons of each poor household: one to seven, and together as many as were published.
std::vector<int> persons(Dice& dice)
{
    std::vector<int> persons;
    int left = poor_persons_published;
    for (std::size_t i = 0; i < poor_households_published; ++i) {
        persons.push_back(dice.between(2, 5));
        left -= persons.back();
    }
    while (left != 0) {
        int const step = left > 0 ? 1 : -1;
        int& some = persons[dice.below(persons.size())];
        if (some + step < 1 || some + step > 7) continue;
        some += step;
        left -= step;
    }
    return persons;
}

std::string head_of(std::size_t number, Dice& dice)
{
    constexpr std::array<std::string_view, 12> surnames{"李", "杨", "张", "王", "赵", "周",
                                                        "陈", "段", "字", "鲁", "毕", "苏"};
    // A surname and the household's number: nobody takes that for somebody.
    return std::string{surnames[dice.below(surnames.size())]} + "某" + std::to_string(number);
}

/// The first two of each kind, whom the published member leads.
bool is_neighbour(std::size_t i)
{
    return i < 2 || (i >= poor_households_published && i < poor_households_published + 2);
}

std::vector<InventedHousehold> register_of(Facts const& facts, Village const& published, Dice& dice)
{
    std::vector<InventedHousehold> households;
    auto const counts = persons(dice);
    for (std::size_t i = 0; i < poor_households_published + ordinary_households; ++i) {
        bool const is_poor = i < poor_households_published;
        InventedHousehold household;
        household.number =
            is_poor ? numbered("N", i + 1) : numbered("P", i + 1 - poor_households_published);
        household.head = head_of(i + 1, dice);
        household.village = is_neighbour(i) ? published : facts.villages[i % facts.villages.size()];
        household.standing = is_poor ? ledger::Standing::poor : ledger::Standing::ordinary;
        household.persons = is_poor ? counts[i] : dice.between(2, 6);
        households.push_back(std::move(household));
    }
    return households;
}

Way way_for(std::string const& industry, Dice& dice)
{
    static std::map<std::string, std::vector<Way>> const usual{
        {"cattle", {Way::on_trust, Way::on_trust, Way::employment}},
        {"pigs", {Way::on_trust, Way::guidance}},
        {"tea", {Way::guaranteed_purchase, Way::employment, Way::cooperative}},
        {"walnut", {Way::guaranteed_purchase, Way::land_lease}},
        {"sugar_cane", {Way::land_lease, Way::employment}},
        {"nutmeg", {Way::guidance, Way::cooperative}},
        {"e_commerce", {Way::e_commerce}},
    };
    auto const found = usual.find(industry);
    return found == usual.end() ? Way::other : dice.one_of(found->second);
}

class Leading {
  public:
    Leading(std::vector<InventedHousehold> const& households, Dice& dice)
        : households_{households}
        , dice_{dice}
    {
        for (std::size_t i = 0; i < households.size(); ++i) {
            if (is_neighbour(i)) continue;
            free_[households[i].village.code.substr(0, township_digits)].push_back(i);
        }
        for (auto& [township, some] : free_) dice_.shuffle(some);
    }

    void lead(Member const& member, PlannedLoan const& loan, bool is_published)
    {
        std::size_t const count =
            is_published ? led_by_published_member : 1 + dice_.below(most_led);
        for (std::size_t n = 0; n < count; ++n) {
            if (is_published) {
                // Two of the poor and two of the others, beside him.
                claim(n < 2 ? n : poor_households_published + n - 2, loan, false);
                continue;
            }
            auto& some = free_[member.village.code.substr(0, township_digits)];
            if (some.empty()) return;
            claim(some.back(), loan, true);
            some.pop_back();
        }
    }

    /// Another member of the township takes the other half of some households.
    void share(PlannedLoan const& loan, std::size_t of)
    {
        InventedClaim& first = claims_[of];
        if (first.loan == loan.number || !first.share.empty() || first.ended_on ||
            first.withdrawn_on || first.since > loan.disbursed_on)
            return;
        first.share = "0.5";
        InventedClaim second = claim_under(first.household, loan);
        second.share = "0.5";
        claims_.push_back(std::move(second));
    }

    std::vector<InventedClaim> take() { return std::move(claims_); }
    std::vector<InventedClaim> const& claims() const { return claims_; }

  private:
    InventedClaim claim_under(std::size_t household, PlannedLoan const& loan)
    {
        InventedClaim claim;
        claim.household = household;
        claim.loan = loan.number;
        claim.way = way_for(loan.industry, dice_);
        claim.since = loan.disbursed_on.plus_days(dice_.between(3, 40));
        claim.promised = Money::yuan(100 * dice_.between(10, 60));
        return claim;
    }

    void claim(std::size_t household, PlannedLoan const& loan, bool may_fail)
    {
        InventedClaim claim = claim_under(household, loan);
        int const thrown = may_fail ? dice_.between(1, 100) : 1;
        if (thrown <= 90) {
            claim.verified_on = claim.since.plus_days(dice_.between(10, 60));
            claim.brought_on = claim.verified_on->plus_days(dice_.between(90, 300));
            claim.brought = Money::yuan(10 * dice_.between(50, 500));
        } else if (thrown <= 95) {
            claim.withdrawn_on = claim.since.plus_days(dice_.between(10, 60));
            claim.reason = "没有实际带动";
        }
        if (thrown > 82 && thrown <= 90) {
            claim.ended_on = claim.brought_on->plus_days(dice_.between(30, 200));
            claim.reason = "合同期满";
        }
        claims_.push_back(std::move(claim));
    }

    std::vector<InventedHousehold> const& households_;
    Dice& dice_;
    std::map<std::string, std::vector<std::size_t>> free_; ///< by township
    std::vector<InventedClaim> claims_;
};

/// A quarter of the poor households that were led before the autumn of 2016, some of which fall
/// back a year later.
std::vector<InventedExit> exits_of(std::vector<InventedHousehold> const& households,
                                   std::vector<InventedClaim> const& claims, Dice& dice)
{
    std::vector<InventedExit> exits;
    std::set<std::size_t> chosen;
    for (InventedClaim const& claim : claims) {
        bool const is_poor = households[claim.household].standing == ledger::Standing::poor;
        bool const is_led = claim.verified_on && *claim.verified_on < exits_begin;
        if (!is_poor || !is_led || !dice.happens(25)) continue;
        if (!chosen.insert(claim.household).second) continue;
        InventedExit exit;
        exit.household = claim.household;
        std::int64_t const per_head = line_2016_yuan + 10 * dice.between(5, 150);
        exit.income = Money::yuan(per_head * households[claim.household].persons);
        exit.proposed_on = exits_begin.plus_days(dice.between(0, 20));
        if (dice.happens(6)) {
            exit.relapsed_on = exit.proposed_on.plus_days(exit_takes_days + dice.between(120, 300));
        }
        exits.push_back(exit);
    }
    return exits;
}

ledger::Income by_kinds(int year, Money whole, Dice& dice)
{
    ledger::Income income;
    income.year = year;
    income.wages = Money::yuan(whole.fen() / 100 * dice.between(20, 40) / 100);
    income.transfers = Money::yuan(whole.fen() / 100 * dice.between(5, 15) / 100);
    income.production = whole - income.wages - income.transfers;
    return income;
}

/// Of each poor household that is led: the year before that began, and the year in which it did,
/// both put down in the January after; of each that left poverty the income that its exit rests on.
std::vector<InventedIncome> incomes_of(std::vector<InventedHousehold> const& households,
                                       std::vector<InventedClaim> const& claims,
                                       std::vector<InventedExit> const& exits, Dice& dice)
{
    std::vector<InventedIncome> incomes;
    std::set<std::size_t> done, exited;
    for (InventedExit const& exit : exits) {
        exited.insert(exit.household);
        incomes.push_back({exit.household, by_kinds(2016, exit.income, dice), exit.proposed_on});
    }
    for (InventedClaim const& claim : claims) {
        InventedHousehold const& household = households[claim.household];
        bool const is_poor = household.standing == ledger::Standing::poor;
        if (!is_poor || !claim.verified_on || !done.insert(claim.household).second) continue;
        std::int64_t per_head = 10 * dice.between(150, 260);
        for (int const year : {claim.since.year() - 1, claim.since.year()}) {
            auto const income = by_kinds(year, Money::yuan(per_head * household.persons), dice);
            bool const is_known = year == 2016 && exited.contains(claim.household);
            if (!is_known) incomes.push_back({claim.household, income, Date{year + 1, 1, 20}});
            per_head += 10 * dice.between(-10, 120);
        }
    }
    return incomes;
}

std::vector<InventedSurvey> surveys_of(std::vector<InventedHousehold> const& households,
                                       std::vector<InventedIncome> const& incomes, Dice& dice)
{
    using enum ledger::PovertyCause;
    std::vector<ledger::PovertyCause> const usual{illness, disability, schooling, land,
                                                  skills,  funds,      labour,    roads};
    std::vector<InventedSurvey> surveys;
    std::set<std::size_t> done;
    for (InventedIncome const& each : incomes) {
        if (!done.insert(each.household).second) continue;
        int const persons = households[each.household].persons;
        surveys.push_back({each.household, dice.one_of(usual),
                           dice.between(0, std::min(persons, 3)), false, Date{2015, 1, 10}});
    }
    return surveys;
}

/// The visit before each exit.
std::vector<InventedSurvey> revisits_of(std::vector<InventedSurvey> const& surveys,
                                        std::vector<InventedExit> const& exits)
{
    std::vector<InventedSurvey> revisits;
    for (InventedExit const& exit : exits) {
        InventedSurvey found =
            *std::ranges::find(surveys, exit.household, &InventedSurvey::household);
        found.has_medical_care = true;
        found.surveyed_on = exit.proposed_on.plus_days(-2);
        revisits.push_back(found);
    }
    return revisits;
}

} // namespace

Households households(Facts const& facts, std::vector<Member> const& members,
                      std::vector<PlannedLoan> const& loans, Dice& dice)
{
    Households result;
    result.households = register_of(facts, members.front().village, dice);
    Leading leading{result.households, dice};
    for (std::size_t i = 0; i < loans.size(); ++i) {
        if (i == 0 || dice.below(one_leader_in) == 0) {
            leading.lead(members[loans[i].member], loans[i], i == 0);
        }
    }
    for (std::size_t n = 0; n < 8; ++n) {
        std::size_t const of =
            led_by_published_member + dice.below(leading.claims().size() - led_by_published_member);
        leading.share(loans[loans.size() - 1 - n], of);
    }
    result.claims = leading.take();
    result.exits = exits_of(result.households, result.claims, dice);
    result.incomes = incomes_of(result.households, result.claims, result.exits, dice);
    result.surveys = surveys_of(result.households, result.incomes, dice);
    result.revisits = revisits_of(result.surveys, result.exits);
    return result;
}

} // namespace demo
