// Text that people read, as it may enter the books: trimmed, valid UTF-8, one line, counted in
// characters. It does not normalise, translate or judge what is said.
#include "ledger/core/utf8.hpp"
#include "ledger/identity.hpp"

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

bool is_control(char32_t point)
{
    if (point < 0x20 || (point >= 0x7F && point <= 0x9F)) return true; // C0, DEL, C1
    if (point == 0x2028 || point == 0x2029) return true; // line and paragraph separators
    // Direction overrides can make a name or an amount on a screen read otherwise than it is.
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

} // namespace

Result<std::string> checked_text(std::string_view text, int limit)
{
    std::string_view const kept = trimmed(text);
    if (kept.empty()) return refuse(Refusal::text_missing);
    auto const points = code_points(kept);
    if (!points) return refuse(Refusal::utf8_invalid);
    for (char32_t const point : *points) {
        if (is_control(point)) return refuse(Refusal::text_has_control_characters);
    }
    if (limit < 0 || points->size() > static_cast<std::size_t>(limit)) {
        return refuse(Refusal::text_too_long, {}, std::to_string(limit));
    }
    return std::string{kept};
}

} // namespace ledger
