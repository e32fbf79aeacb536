// The list itself.
#include "wire/industries.hpp"

#include <algorithm>
#include <array>

namespace wire {

namespace {

constexpr std::array<Industry, 8> industries{{
    {"tea", "茶叶"},
    {"walnut", "核桃"},
    {"cattle", "养牛"},
    {"pigs", "养猪"},
    {"sugar_cane", "甘蔗"},
    {"nutmeg", "肉豆蔻"},
    {"e_commerce", "电商"},
    {"other", "其他"},
}};

std::string joined(std::string_view Industry::* text)
{
    std::string list;
    for (Industry const& industry : industries) {
        if (!list.empty()) list += ", ";
        list += industry.*text;
    }
    return list;
}

} // namespace

std::span<Industry const> all_industries()
{
    return industries;
}

bool is_industry(std::string_view code)
{
    return std::ranges::find(industries, code, &Industry::code) != industries.end();
}

std::string_view industry_name(std::string_view code)
{
    auto const found = std::ranges::find(industries, code, &Industry::code);
    return found == industries.end() ? code : found->chinese;
}

std::string industry_codes()
{
    return joined(&Industry::code);
}

std::string industry_names()
{
    return joined(&Industry::chinese);
}

} // namespace wire
