// A branch a village; the borrowers are its members, and of every twelfth poor household the head
// is one too, in some of them a second person. Who leads is answered for by the township.
#include "demo/party.hpp"

#include "ledger/register_fact.hpp"
#include "ledger/words.hpp"

#include <algorithm>
#include <map>

namespace demo {

namespace {

using ledger::Date;
using Row = std::vector<std::string>;

constexpr Date registered_on{2015, 1, 1};
constexpr Date listed_on{2015, 12, 31};
constexpr Date planned_on{2016, 1, 15};
constexpr Date counted_on{2016, 6, 30}; ///< the points
constexpr Date due_on{2016, 12, 31};
constexpr char const* plan_document = "演示文号〔2016〕1号";
constexpr std::size_t village_of_branch = 6; ///< digits of the village in its branch's code
constexpr std::size_t villages_planned = 31; ///< of the poor ones; not published

template <class Code> std::string chinese(std::string_view vocabulary, Code code)
{
    return std::string{ledger::chinese_word(vocabulary, ledger::code_of(code))};
}

std::string branch_of(Village const& village)
{
    return "ZB" + village.code.substr(village.code.size() - village_of_branch);
}

std::string numbered(char const* prefix, std::size_t number)
{
    std::string const digits = std::to_string(number);
    return prefix + std::string(4 - digits.size(), '0') + digits;
}

struct PoorMember {
    std::string number, name;
    std::size_t household = 0; ///< into the households
};

/// The first households of the list have two members.
std::vector<PoorMember> poor_members(Households const& all)
{
    constexpr std::size_t every = poor_households_published / poor_member_households_published;
    std::vector<PoorMember> members;
    for (std::size_t i = 0; i < poor_member_households_published; ++i) {
        std::size_t const household = i * every;
        bool const has_two = i < poor_members_published - poor_member_households_published;
        std::string const head = all.households[household].head;
        members.push_back({numbered("T", members.size() + 1), head, household});
        if (has_two) members.push_back({numbered("T", members.size() + 1), head + "乙", household});
    }
    return members;
}

InventedRegister branches(std::vector<Member> const& members, std::vector<PoorMember> const& poor,
                          Households const& all)
{
    std::map<std::string, Row> rows; ///< by branch
    auto const add = [&](Village const& village) {
        rows.try_emplace(branch_of(village), Row{branch_of(village), branch_name(village),
                                                 village.code, registered_on.text()});
    };
    for (Member const& member : members) add(member.village);
    for (PoorMember const& member : poor) add(all.households[member.household].village);
    InventedRegister result{"branches.csv", registers::Register::branches, {}};
    for (auto& [branch, row] : rows) result.rows.push_back(std::move(row));
    return result;
}

InventedRegister members_register(std::vector<Member> const& members,
                                  std::vector<PoorMember> const& poor, Households const& all,
                                  Dice& dice)
{
    InventedRegister result{"members.csv", registers::Register::members, {}};
    auto const add = [&](std::string const& number, std::string const& name, Village const& home) {
        bool const is_new = dice.happens(4);
        Date const joined_on = is_new ? Date{2014, 1, 1}.plus_days(dice.between(0, 300))
                                      : Date{1970, 1, 1}.plus_days(dice.between(0, 15'000));
        auto const membership =
            is_new ? ledger::Membership::probationary : ledger::Membership::full;
        result.rows.push_back({number, name, branch_of(home), joined_on.text(),
                               chinese("membership", membership), registered_on.text(), ""});
    };
    for (Member const& member : members) add(member.number, member.name, member.village);
    for (PoorMember const& member : poor) {
        add(member.number, member.name, all.households[member.household].village);
    }
    return result;
}

InventedRegister points_of(InventedRegister const& members, Dice& dice)
{
    InventedRegister result{"points.csv", registers::Register::points, {}};
    for (Row const& member : members.rows) {
        result.rows.push_back(
            {member.front(), std::to_string(dice.between(40, 120)), counted_on.text()});
    }
    return result;
}

InventedRegister poor_list(std::vector<PoorMember> const& poor, Households const& all)
{
    InventedRegister result{"poor_members.csv", registers::Register::poor_members, {}};
    for (PoorMember const& member : poor) {
        result.rows.push_back(
            {member.number, all.households[member.household].number, listed_on.text(), "", ""});
    }
    return result;
}

struct Planned {
    ledger::PlanIndicator indicator;
    int count;
};
constexpr std::array plan_2016{
    Planned{ledger::PlanIndicator::households, static_cast<int>(poor_households_published)},
    Planned{ledger::PlanIndicator::member_households,
            static_cast<int>(poor_member_households_published)},
    Planned{ledger::PlanIndicator::persons, poor_persons_published},
    Planned{ledger::PlanIndicator::members, static_cast<int>(poor_members_published)},
};

InventedRegister targets(std::string const& county)
{
    InventedRegister result{"targets.csv", registers::Register::targets, {}};
    for (Planned const& planned : plan_2016) {
        result.rows.push_back({chinese("plan_indicator", planned.indicator), county, "2016",
                               std::to_string(planned.count), plan_document, planned_on.text()});
    }
    return result;
}

/// The poor villages: every fourth of the county's, so that each township has some.
std::vector<Village> poor_villages(Facts const& facts)
{
    std::vector<Village> villages;
    std::size_t const every = facts.villages.size() / poor_villages_published;
    for (std::size_t i = 0; i < poor_villages_published; ++i) {
        villages.push_back(facts.villages[i * every]);
    }
    return villages;
}

InventedRegister village_facts(std::vector<Village> const& villages, Dice& dice)
{
    using ledger::VillageAspect;
    InventedRegister result{"village_facts.csv", registers::Register::village_facts, {}};
    auto const add = [&](Village const& village, VillageAspect aspect, bool has, int yuan) {
        result.rows.push_back({village.code, chinese("village_aspect", aspect), has ? "有" : "无",
                               has && yuan > 0 ? std::to_string(yuan) : "", registered_on.text(),
                               ""});
    };
    for (std::size_t i = 0; i < villages.size(); ++i) {
        add(villages[i], VillageAspect::poor_village, true, 0);
        add(villages[i], VillageAspect::project_plan, i < villages_planned,
            10'000 * dice.between(50, 300));
        add(villages[i], VillageAspect::share_cooperation, i >= without_cooperation_published,
            10'000 * dice.between(5, 60));
        // From the other end, so that some villages have one and not the other.
        add(villages[i], VillageAspect::collective_income,
            i < villages.size() - without_income_published, 1'000 * dice.between(2, 40));
    }
    return result;
}

/// The plan, each poor village and each exit that was begun has one who answers for it; a few of
/// the households' were not done in time, nor some of the villages'.
InventedRegister responsibilities(std::string const& county, std::vector<Village> const& villages,
                                  Households const& all, Dice& dice)
{
    InventedRegister result{"responsibilities.csv", registers::Register::responsibilities, {}};
    auto const add = [&](Row about, std::string const& person, Row what, Date deadline,
                         std::string const& fulfilled_on) {
        Row row{numbered("R", result.rows.size() + 1)};
        row.insert(row.end(), about.begin(), about.end());
        row.push_back(person);
        row.insert(row.end(), what.begin(), what.end());
        bool const is_done = !fulfilled_on.empty();
        row.insert(row.end(),
                   {deadline.text(), planned_on.text(), fulfilled_on, is_done ? "已完成" : ""});
        result.rows.push_back(std::move(row));
    };
    for (Planned const& planned : plan_2016) {
        ledger::TargetName const target{planned.indicator, *ledger::UnitCode::parse(county), 2016};
        add({"", "", target.text()}, "演示县领导", {"完成计划", "统筹调度", "年底前全部完成"},
            due_on, "");
    }
    for (Village const& village : villages) {
        std::string const done =
            dice.happens(70) ? due_on.plus_days(-dice.between(5, 90)).text() : std::string{};
        add({"", village.code, ""}, "演示镇干部" + std::to_string(dice.between(1, 13)),
            {"发展村级集体经济", "联系挂包", "有项目有收入"}, due_on, done);
    }
    for (InventedExit const& exit : all.exits) {
        bool const is_late = dice.happens(10);
        std::string const done = exit.proposed_on.plus_days(is_late ? 120 : 40).text();
        add({all.households[exit.household].number, "", ""},
            "演示帮扶干部" + std::to_string(dice.between(1, 60)),
            {"结对帮扶", "落实产业与保障", "按程序脱贫"}, due_on, done);
    }
    return result;
}

} // namespace

std::vector<InventedRegister> party_registers(Facts const& facts,
                                              std::vector<Member> const& members,
                                              Households const& all, Dice& dice)
{
    constexpr std::size_t county_digits = 6;
    std::string const county = facts.villages.front().code.substr(0, county_digits);
    auto const poor = poor_members(all);
    auto const villages = poor_villages(facts);
    auto recorded = members_register(members, poor, all, dice);
    auto points = points_of(recorded, dice);
    return {branches(members, poor, all),
            std::move(recorded),
            std::move(points),
            poor_list(poor, all),
            targets(county),
            village_facts(villages, dice),
            responsibilities(county, villages, all, dice)};
}

} // namespace demo
