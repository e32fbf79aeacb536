// Strict UTF-8 decoding by RFC 3629, section 4.
#include "ledger/core/utf8.hpp"

#include <cstddef>

namespace ledger {

std::optional<char32_t> take_code_point(std::string_view& rest)
{
    if (rest.empty()) return std::nullopt;
    auto const byte = [&rest](std::size_t n) { return static_cast<unsigned char>(rest[n]); };

    unsigned char const lead = byte(0);
    std::size_t length = 0;
    char32_t point = 0;
    char32_t smallest = 0; // a smaller point in this length is an overlong form
    if (lead < 0x80) {
        length = 1, point = lead;
    } else if ((lead & 0xE0) == 0xC0) {
        length = 2, point = lead & 0x1FU, smallest = 0x80;
    } else if ((lead & 0xF0) == 0xE0) {
        length = 3, point = lead & 0x0FU, smallest = 0x800;
    } else if ((lead & 0xF8) == 0xF0) {
        length = 4, point = lead & 0x07U, smallest = 0x10000;
    } else {
        return std::nullopt;
    }
    if (rest.size() < length) return std::nullopt;
    for (std::size_t n = 1; n < length; ++n) {
        if ((byte(n) & 0xC0) != 0x80) return std::nullopt;
        point = (point << 6) | (byte(n) & 0x3FU);
    }
    bool const is_surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (point < smallest || is_surrogate || point > 0x10FFFF) return std::nullopt;
    rest.remove_prefix(length);
    return point;
}

std::optional<std::u32string> code_points(std::string_view text)
{
    std::u32string points;
    while (!text.empty()) {
        auto const point = take_code_point(text);
        if (!point) return std::nullopt;
        points.push_back(*point);
    }
    return points;
}

} // namespace ledger
