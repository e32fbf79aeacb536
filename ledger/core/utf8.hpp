// Strict UTF-8, one code point at a time: overlong forms, surrogates, and everything above U+10FFFF
// are invalid, as RFC 3629 has it. No normalisation, no repair.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ledger {

/// Takes the first code point off `rest`; nothing when `rest` is empty or does not start with one
/// (then `rest` is left as it was).
std::optional<char32_t> take_code_point(std::string_view& rest);

/// All code points, or nothing when the text is not valid UTF-8.
std::optional<std::u32string> code_points(std::string_view);

} // namespace ledger
