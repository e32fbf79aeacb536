// Names as people type them without a Chinese keyboard.
#pragma once

#include <string>
#include <string_view>

namespace store {

/// The first letter of each syllable in pinyin, small: 李国华 is "lgh". Latin letters stay.
/// Surnames are read as surnames (单 is s, not d).
std::string pinyin_initials(std::string_view name);

} // namespace store
