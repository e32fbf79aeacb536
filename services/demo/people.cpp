// Names are a common surname, a crop or a thing of the hills, and a numeral, each used once, so
// that nobody takes them for somebody. No surname 罗: the two other names of the county's report
// are those of real people, and so is his, whose loan is published.
#include "demo/people.hpp"

#include "ledger/identity.hpp"

#include <algorithm>
#include <array>

namespace demo {

namespace {

constexpr std::string_view published_member = "罗先国";
constexpr std::string_view published_village = "530921206204";
constexpr std::string_view region_and_birth = "53092119000101";

std::string numbered(std::string_view prefix, std::size_t number, std::size_t width)
{
    std::string const digits = std::to_string(number);
    return std::string{prefix} + std::string(width - digits.size(), '0') + digits;
}

/// 复兴村民委员会 -> 复兴村; 龙泉社区居民委员会 -> 龙泉社区.
std::string short_name(std::string const& village)
{
    for (std::string_view const ending : {"居民委员会", "民委员会"}) {
        if (village.ends_with(ending)) return village.substr(0, village.size() - ending.size());
    }
    return village;
}

/// A village for each member: every village has some, the rest fall where the dice say.
std::vector<Village> homes(Facts const& facts, Dice& dice)
{
    std::vector<Village> homes;
    while (homes.size() < members_published) {
        homes.insert(homes.end(), facts.villages.begin(), facts.villages.end());
    }
    auto const rest = homes.begin() + static_cast<std::ptrdiff_t>(facts.villages.size());
    std::vector<Village> others{rest, homes.end()};
    dice.shuffle(others);
    std::ranges::copy(others, rest);
    homes.resize(members_published);
    dice.shuffle(homes);
    return homes;
}

} // namespace

std::string branch_name(Village const& village)
{
    return short_name(village.name) + "党支部";
}

std::vector<std::string> invented_names(Dice& dice)
{
    constexpr std::array<std::string_view, 24> surnames{
        "李", "杨", "张", "王", "赵", "周", "陈", "段", "字", "鲁", "毕", "苏",
        "高", "马", "何", "郭", "董", "施", "熊", "穆", "茶", "白", "普", "禹"};
    constexpr std::array<std::string_view, 12> things{"茶", "桃", "蔗", "蔻", "云", "竹",
                                                      "松", "溪", "岭", "禾", "果", "泉"};
    constexpr std::array<std::string_view, 10> numerals{"一", "二", "三", "四", "五",
                                                        "六", "七", "八", "九", "十"};
    std::vector<std::string> names;
    for (std::string_view const surname : surnames) {
        for (std::string_view const thing : things) {
            for (std::string_view const numeral : numerals) {
                names.push_back(std::string{surname}.append(thing).append(numeral));
            }
        }
    }
    dice.shuffle(names);
    return names;
}

std::string invented_resident_id(std::string const& county, std::size_t number)
{
    constexpr std::size_t births_a_day = 1000;
    ledger::Date const born =
        ledger::Date{1900, 1, 1}.plus_days(static_cast<int>(number / births_a_day));
    std::string digits = born.text();
    std::erase(digits, '-');
    std::string const first_17 = county + digits + numbered("", number % births_a_day, 3);
    return first_17 + ledger::resident_id_check_digit(first_17);
}

std::vector<Member> members(Facts const& facts, Dice& dice)
{
    auto const names = invented_names(dice);
    auto places = homes(facts, dice);
    auto const published = std::ranges::find(places, published_village, &Village::code);
    LEDGER_ASSERT(published != places.end());
    std::iter_swap(published, places.begin());
    std::vector<Member> members;
    for (std::size_t i = 0; i < members_published; ++i) {
        std::string const first_17 = numbered(region_and_birth, i + 1, 3);
        Member member;
        member.number = numbered("B", i + 1, 4);
        member.name = i == 0 ? std::string{published_member} : names[i];
        member.resident_id = first_17 + ledger::resident_id_check_digit(first_17);
        member.household = numbered("H", i + 1, 4);
        member.village = places[i];
        member.party_branch = branch_name(places[i]);
        members.push_back(std::move(member));
    }
    return members;
}

} // namespace demo
