// What encoding a file from a township is in. Spreadsheets there write UTF-8 (with or without a
// byte order mark) or GB18030. The answer is strict: bytes that are valid UTF-8 are UTF-8, else
// bytes that are valid GB18030 are that, else the file is refused; nothing is guessed or replaced.
#pragma once

#include "ledger/refusal.hpp"

#include <string>
#include <string_view>

namespace registers {

enum class Encoding : std::uint8_t { utf8 = 1, utf8_with_mark, gb18030 };

/// What tells a spreadsheet that a file is UTF-8.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// "UTF-8", "UTF-8 with BOM", "GB18030".
std::string_view name_of(Encoding);

struct Decoded {
    std::string text; ///< valid UTF-8 without a byte order mark
    Encoding encoding{};
};

/// Refuses csv_encoding_unknown.
ledger::Result<Decoded> to_utf8(std::string_view bytes);

/// True when every sequence is shortest-form UTF-8 of a scalar value.
bool is_utf8(std::string_view);

} // namespace registers
