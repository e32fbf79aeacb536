// What a file is, by its first bytes, and how it is named.
#include "ledger/register_fact.hpp"

#include <algorithm>

namespace ledger {

namespace {

using namespace std::string_view_literals;

struct Signature {
    MediaType type;
    std::string_view bytes;
};
// JFIF and Exif share the first three (ITU T.81 B.1.1.3); PNG's eight are ISO/IEC 15948 5.2; PDF's
// are ISO 32000-1 7.5.2.
constexpr std::array signatures{
    Signature{MediaType::jpeg, "\xFF\xD8\xFF"sv},
    Signature{MediaType::png, "\x89PNG\r\n\x1A\n"sv},
    Signature{MediaType::pdf, "%PDF-"sv},
};
constexpr std::size_t digest_digits = 64;

} // namespace

std::string_view code_of(MediaType type)
{
    switch (type) {
    case MediaType::jpeg: return "image/jpeg";
    case MediaType::png: return "image/png";
    case MediaType::pdf: return "application/pdf";
    }
    LEDGER_ASSERT(!"a type of file that is not in the list");
}

std::optional<MediaType> media_type_of(std::string_view bytes)
{
    for (Signature const& signature : signatures) {
        if (bytes.starts_with(signature.bytes)) return signature.type;
    }
    return std::nullopt;
}

bool is_file_digest(std::string_view text)
{
    return text.size() == digest_digits && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

Result<SubjectName> SubjectName::parse(std::string_view text)
{
    SubjectName name;
    if (is_file_digest(text)) {
        name.text_ = text;
        return name;
    }
    auto checked = checked_identifier(text);
    if (!checked) return std::unexpected{checked.error()};
    name.text_ = std::move(*checked);
    return name;
}

} // namespace ledger
