// Each form is taken apart here and handed to the core's own parser, so that a date or an amount
// means in a file exactly what it means in the API.
#include "registers/values.hpp"

#include "ledger/words.hpp"

#include "ledger/core/utf8.hpp"
#include "wire/choices.hpp"
#include "wire/industries.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace registers {

using ledger::Refusal;
using ledger::refuse;

namespace {

constexpr std::array<std::string_view, 4> spaces{" ", "\t", "\u3000", "\u00A0"};

struct UnitName {
    std::string_view name;
    ledger::PeriodUnit unit;
};
constexpr std::array<UnitName, 13> period_names{{
    {"天", ledger::PeriodUnit::day},
    {"日", ledger::PeriodUnit::day},
    {"周", ledger::PeriodUnit::week},
    {"个月", ledger::PeriodUnit::month},
    {"月", ledger::PeriodUnit::month},
    {"季度", ledger::PeriodUnit::quarter},
    {"季", ledger::PeriodUnit::quarter},
    {"年", ledger::PeriodUnit::year},
    {"day", ledger::PeriodUnit::day},
    {"week", ledger::PeriodUnit::week},
    {"month", ledger::PeriodUnit::month},
    {"quarter", ledger::PeriodUnit::quarter},
    {"year", ledger::PeriodUnit::year},
}};

inline constexpr int period_count_limit = 600; ///< as many months as a schedule has instalments
inline constexpr std::size_t shown_characters = 40;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// Takes 1 to `most` digits off the front.
std::optional<std::string_view> take_digits(std::string_view& rest, std::size_t most)
{
    std::size_t count = 0;
    while (count < rest.size() && count < most && is_digit(rest[count])) ++count;
    if (count == 0) return std::nullopt;
    std::string_view const digits = rest.substr(0, count);
    rest.remove_prefix(count);
    return digits;
}

bool take(std::string_view& rest, std::string_view expected)
{
    if (!rest.starts_with(expected)) return false;
    rest.remove_prefix(expected.size());
    return true;
}

std::string two_digits(std::string_view digits)
{
    return (digits.size() == 1 ? "0" : "") + std::string{digits};
}

/// "1,234,567.89" without its commas; unchanged when they are not between groups of three.
std::string without_thousands_commas(std::string_view text)
{
    std::string_view const whole = text.substr(0, text.find('.'));
    std::string plain;
    std::size_t until_comma = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        std::size_t const left = whole.size() - i;
        if (whole[i] == ',') {
            if (left % 4 != 0 || until_comma == 0 || until_comma > 3) return std::string{text};
            until_comma = 0;
            continue;
        }
        plain += whole[i];
        ++until_comma;
    }
    return plain + std::string{text.substr(whole.size())};
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (std::string_view const space : spaces) {
            if (text.starts_with(space)) {
                text.remove_prefix(space.size());
                changed = true;
            }
            if (text.ends_with(space)) {
                text.remove_suffix(space.size());
                changed = true;
            }
        }
    }
    return text;
}

bool looks_like_formula(std::string_view cell)
{
    if (cell.empty()) return false;
    if (cell.front() == '\t' || cell.front() == '\r') return true;
    std::string_view const text = trimmed(cell);
    constexpr std::array<std::string_view, 8> openers{"=", "+", "-", "@", "＝", "＋", "－", "＠"};
    return std::ranges::any_of(openers,
                               [&](std::string_view opener) { return text.starts_with(opener); });
}

std::string inert(std::string cell)
{
    return looks_like_formula(cell) ? "'" + cell : cell;
}

std::string_view content_of(std::string_view cell)
{
    std::string_view text = trimmed(cell);
    return take(text, "'") ? trimmed(text) : text;
}

bool is_scientific_notation(std::string_view text)
{
    auto const all_digits = [](std::string_view part) {
        return !part.empty() && std::ranges::all_of(part, is_digit);
    };
    std::size_t const power = text.find("E+");
    if (power == std::string_view::npos || !all_digits(text.substr(power + 2))) return false;
    std::string_view const number = text.substr(0, power);
    std::size_t const point = number.find('.');
    return all_digits(number.substr(0, point)) &&
           (point == std::string_view::npos || all_digits(number.substr(point + 1)));
}

ledger::Result<ledger::Date> date_of(std::string_view text)
{
    constexpr std::array<std::array<std::string_view, 3>, 4> forms{
        {{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}}};
    for (auto const& [first, second, last] : forms) {
        std::string_view rest = text;
        auto const year = take_digits(rest, 4);
        if (!year || year->size() != 4 || !take(rest, first)) continue;
        auto const month = take_digits(rest, 2);
        if (!month || !take(rest, second)) continue;
        auto const day = take_digits(rest, 2);
        if (!day || !take(rest, last) || !rest.empty()) continue;
        return ledger::Date::parse(std::string{*year} + "-" + two_digits(*month) + "-" +
                                   two_digits(*day));
    }
    return refuse(Refusal::date_malformed);
}

ledger::Result<ledger::Money> money_of(std::string_view text)
{
    constexpr std::array<std::string_view, 2> yuan_signs{"￥", "¥"};
    for (std::string_view const sign : yuan_signs) {
        if (take(text, sign)) break;
    }
    return ledger::Money::parse(without_thousands_commas(text));
}

ledger::Result<ledger::Money> positive_money_of(std::string_view text)
{
    auto const amount = money_of(text);
    if (!amount) return amount;
    if (*amount <= ledger::Money{}) return refuse(Refusal::amount_must_be_positive);
    return amount;
}

ledger::Result<ledger::Rate> rate_of(std::string_view text)
{
    if (text.ends_with('%')) text.remove_suffix(1);
    return ledger::Rate::parse(text);
}

ledger::Result<int> number_of(std::string_view text, int least, int most)
{
    int number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool const is_whole = error == std::errc{} && end == text.data() + text.size();
    if (!is_whole || !is_digit(text.front()) || number < least || number > most) {
        return refuse(Refusal::number_malformed, {},
                      std::to_string(least) + "–" + std::to_string(most));
    }
    return number;
}

ledger::Result<ledger::Method> method_of(std::string_view text)
{
    using enum ledger::Method;
    // A row has no room for the parts of a plan of principal.
    for (auto const method : {equal_instalments, equal_principal, interest_only, at_maturity}) {
        if (text == wire::name_of(method) || text == chinese_of(method)) return method;
    }
    if (text == "到期一次还本付息") return at_maturity;
    return refuse(Refusal::choice_unknown, {}, "等额本息, 等额本金, 按期付息到期还本, 利随本清");
}

std::string_view chinese_of(ledger::Method method)
{
    return ledger::chinese_word("method", wire::name_of(method));
}

ledger::Result<ledger::Frequency> frequency_of(std::string_view text)
{
    if (text == "半年") return ledger::Frequency{6, ledger::PeriodUnit::month};
    std::string_view rest = text;
    int count = 1;
    if (auto const digits = take_digits(rest, 3)) {
        auto const number = number_of(*digits, 1, period_count_limit);
        if (!number) return std::unexpected{number.error()};
        count = *number;
    }
    rest = trimmed(rest);
    for (UnitName const& row : period_names) {
        if (rest == row.name) return ledger::Frequency{count, row.unit};
    }
    return refuse(Refusal::choice_unknown, {}, "月, 季, 半年, 年, 12个月");
}

std::string_view chinese_of_industry(std::string_view code)
{
    return wire::industry_name(code);
}

ledger::Result<std::string> industry_of(std::string_view text)
{
    for (wire::Industry const& industry : wire::all_industries()) {
        if (text == industry.code || text == industry.chinese) return std::string{industry.code};
    }
    return refuse(Refusal::choice_unknown, {}, wire::industry_names());
}

namespace {

/// By the word of the vocabulary or by the code.
template <class Enum>
ledger::Result<Enum> worded(std::string_view vocabulary, std::string_view text)
{
    std::string words;
    for (auto const& row : wire::enum_names<Enum>()) {
        auto const word = ledger::chinese_word(vocabulary, row.name);
        if (text == row.name || text == word) return row.value;
        words.append(words.empty() ? "" : ", ").append(word);
    }
    return refuse(Refusal::choice_unknown, {}, std::move(words));
}

} // namespace

ledger::Result<ledger::Standing> standing_of(std::string_view text)
{
    return worded<ledger::Standing>("standing", text);
}

ledger::Result<std::vector<ledger::PovertyCause>> causes_of(std::string_view text)
{
    std::vector<ledger::PovertyCause> causes;
    while (!text.empty()) {
        std::size_t at = text.size(), width = 0;
        for (std::string_view const mark : {"、", ";", "；"}) {
            auto const found = text.find(mark);
            if (found < at) {
                at = found;
                width = mark.size();
            }
        }
        auto const cause = worded<ledger::PovertyCause>("poverty_cause", text.substr(0, at));
        if (!cause) return std::unexpected{cause.error()};
        if (std::ranges::find(causes, *cause) != causes.end()) return refuse(Refusal::choice_twice);
        causes.push_back(*cause);
        text.remove_prefix(at + width);
    }
    return causes;
}

ledger::Result<ledger::Way> way_of(std::string_view text)
{
    return worded<ledger::Way>("way", text);
}

ledger::Result<ledger::Membership> membership_of(std::string_view text)
{
    return worded<ledger::Membership>("membership", text);
}

ledger::Result<ledger::Kinship> kinship_of(std::string_view text)
{
    return worded<ledger::Kinship>("kinship", text);
}

ledger::Result<ledger::PlanIndicator> plan_indicator_of(std::string_view text)
{
    return worded<ledger::PlanIndicator>("plan_indicator", text);
}

ledger::Result<ledger::VillageAspect> village_aspect_of(std::string_view text)
{
    return worded<ledger::VillageAspect>("village_aspect", text);
}

ledger::Result<bool> truth_of(std::string_view text)
{
    if (text == "是" || text == "有" || text == "yes") return true;
    if (text == "否" || text == "无" || text == "no") return false;
    return refuse(Refusal::choice_unknown, {}, "是, 否");
}

std::string shown(std::string_view text)
{
    std::string result;
    std::size_t characters = 0;
    while (!text.empty()) {
        if (++characters > shown_characters) return result + "…";
        std::string_view const before = text;
        auto const point = ledger::take_code_point(text);
        if (!point) {
            text.remove_prefix(1);
            result += "?";
        } else if (*point < 0x20 || (*point >= 0x7F && *point < 0xA0)) {
            result += "␤";
        } else {
            result += before.substr(0, before.size() - text.size());
        }
    }
    return result;
}

std::string masked_id(std::string_view text)
{
    constexpr std::size_t kept_front = 6, kept_back = 4, long_enough = 14;
    auto const points = ledger::code_points(text);
    std::size_t const length = points ? points->size() : text.size();
    bool const is_plain = std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7F'; });
    if (!is_plain || length < long_enough) {
        return std::string(std::min<std::size_t>(length, shown_characters), '*');
    }
    std::string masked{text.substr(0, kept_front)};
    masked.append(std::min(text.size() - kept_front - kept_back, shown_characters), '*');
    return masked + std::string{text.substr(text.size() - kept_back)};
}

} // namespace registers
