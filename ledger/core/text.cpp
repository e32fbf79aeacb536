// Text that people read, as it may enter the books: trimmed, valid UTF-8, one line, counted in
// characters. It does not normalise, translate or judge what is said.
#include "ledger/core/utf8.hpp"
#include "ledger/identity.hpp"

#include <algorithm>
#include <array>

namespace ledger {

namespace {

constexpr std::string_view ideographic_space = "\u3000";

std::string_view trimmed(std::string_view text)
{
    for (;;) {
        if (text.starts_with(' '))
            text.remove_prefix(1);
        else if (text.starts_with(ideographic_space))
            text.remove_prefix(ideographic_space.size());
        else if (text.ends_with(' '))
            text.remove_suffix(1);
        else if (text.ends_with(ideographic_space))
            text.remove_suffix(ideographic_space.size());
        else
            return text;
    }
}

struct Range {
    char32_t first;
    char32_t last;
};

/// Control and format characters (general categories Cc and Cf of Unicode 15, with the line and
/// paragraph separators). They are not seen, or make a name or an amount on a screen read otherwise
/// than it is.
constexpr std::array<Range, 22> unseen{{
    {0x0000, 0x001F},   {0x007F, 0x009F},   {0x00AD, 0x00AD},   {0x0600, 0x0605},
    {0x061C, 0x061C},   {0x06DD, 0x06DD},   {0x070F, 0x070F},   {0x0890, 0x0891},
    {0x08E2, 0x08E2},   {0x180E, 0x180E},   {0x200B, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F},   {0xFDD0, 0xFDEF},   {0xFEFF, 0xFEFF},   {0xFFF9, 0xFFFB},
    {0x110BD, 0x110BD}, {0x110CD, 0x110CD}, {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A}, {0xE0000, 0xE007F},
}};

/// Spaces and fillers: a text of nothing else cannot be read.
constexpr std::array<Range, 11> blank{{
    {0x0020, 0x0020},
    {0x00A0, 0x00A0},
    {0x115F, 0x1160},
    {0x1680, 0x1680},
    {0x2000, 0x200A},
    {0x202F, 0x202F},
    {0x205F, 0x205F},
    {0x2800, 0x2800},
    {0x3000, 0x3000},
    {0x3164, 0x3164},
    {0xFFA0, 0xFFA0},
}};

template <std::size_t Size> bool is_in(std::array<Range, Size> const& ranges, char32_t point)
{
    return std::ranges::any_of(
        ranges, [point](Range const& r) { return r.first <= point && point <= r.last; });
}

bool is_control(char32_t point)
{
    bool const is_noncharacter = (point & 0xFFFE) == 0xFFFE;
    return is_noncharacter || is_in(unseen, point);
}

} // namespace

Result<std::string> checked_text(std::string_view text, int limit)
{
    std::string_view const kept = trimmed(text);
    if (kept.empty()) return refuse(Refusal::text_missing);
    auto const points = code_points(kept);
    if (!points) return refuse(Refusal::utf8_invalid);
    bool const is_seen =
        std::ranges::any_of(*points, [](char32_t point) { return !is_in(blank, point); });
    if (!is_seen) return refuse(Refusal::text_missing);
    for (char32_t const point : *points) {
        if (is_control(point)) return refuse(Refusal::text_has_control_characters);
    }
    if (limit < 0 || points->size() > static_cast<std::size_t>(limit)) {
        return refuse(Refusal::text_too_long, {}, std::to_string(limit));
    }
    return std::string{kept};
}

} // namespace ledger
