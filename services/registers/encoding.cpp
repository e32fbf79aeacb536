// UTF-8 is checked by the core's own reader (shortest forms, no surrogates); GB18030 is converted
// by iconv, which stops at the first sequence that the standard does not know.
#include "registers/encoding.hpp"

#include "ledger/assert.hpp"
#include "ledger/core/utf8.hpp"

#include <iconv.h>
#include <memory>
#include <stdexcept>

namespace registers {

using ledger::Refusal;

namespace {

/// What the bytes are that a spreadsheet saved as something else than CSV.
std::string_view name_of_other(std::string_view bytes)
{
    using namespace std::string_view_literals;
    if (bytes.starts_with("PK\3\4"sv) || bytes.starts_with("\xD0\xCF\x11\xE0"sv)) {
        return "Excel 工作簿 (workbook)";
    }
    if (bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\xFE\xFF"sv) || bytes.contains('\0'))
    {
        return "UTF-16";
    }
    return {};
}

struct CloseConverter {
    void operator()(iconv_t converter) const { iconv_close(converter); }
};
using Converter = std::unique_ptr<std::remove_pointer_t<iconv_t>, CloseConverter>;

ledger::Result<std::string> from_gb18030(std::string_view bytes)
{
    iconv_t const opened = iconv_open("UTF-8", "GB18030");
    if (opened == iconv_t(-1)) throw std::runtime_error("this system's iconv lacks GB18030");
    Converter const converter{opened};
    std::string text(bytes.size() * 2 + 16, '\0'); // two bytes of GB18030 become at most three
    char* in = const_cast<char*>(bytes.data());    // iconv's signature; it does not write here
    std::size_t in_left = bytes.size();
    char* out = text.data();
    std::size_t out_left = text.size();
    if (iconv(converter.get(), &in, &in_left, &out, &out_left) == std::size_t(-1)) {
        return ledger::refuse(Refusal::csv_encoding_unknown, {},
                              "未知编码 (neither UTF-8 nor GB18030)");
    }
    text.resize(text.size() - out_left);
    return text;
}

} // namespace

std::string_view name_of(Encoding encoding)
{
    switch (encoding) {
    case Encoding::utf8: return "UTF-8";
    case Encoding::utf8_with_mark: return "UTF-8 with BOM";
    case Encoding::gb18030: return "GB18030";
    }
    throw ledger::Bug("an encoding without a name");
}

bool is_utf8(std::string_view text)
{
    while (!text.empty()) {
        if (!ledger::take_code_point(text)) return false;
    }
    return true;
}

ledger::Result<Decoded> to_utf8(std::string_view bytes)
{
    if (auto const other = name_of_other(bytes); !other.empty()) {
        return ledger::refuse(Refusal::csv_encoding_unknown, {}, std::string{other});
    }
    if (is_utf8(bytes)) {
        if (bytes.starts_with(byte_order_mark)) {
            return Decoded{std::string{bytes.substr(byte_order_mark.size())},
                           Encoding::utf8_with_mark};
        }
        return Decoded{std::string{bytes}, Encoding::utf8};
    }
    auto text = from_gb18030(bytes);
    if (!text) return std::unexpected{text.error()};
    return Decoded{std::move(*text), Encoding::gb18030};
}

} // namespace registers
