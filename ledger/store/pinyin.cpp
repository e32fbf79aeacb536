// ICU's transliteration of Han by CLDR, in its edition for names.
#include "ledger/store/pinyin.hpp"

#include "ledger/assert.hpp"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>

namespace store {

namespace {

icu::Transliterator const& to_pinyin()
{
    static std::unique_ptr<icu::Transliterator> const made = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> found{icu::Transliterator::createInstance(
            "Han-Latin/Names; Latin-ASCII; Lower", UTRANS_FORWARD, status)};
        LEDGER_ASSERT(U_SUCCESS(status) && found);
        return found;
    }();
    return *made;
}

} // namespace

std::string pinyin_initials(std::string_view name)
{
    auto text = icu::UnicodeString::fromUTF8({name.data(), static_cast<std::int32_t>(name.size())});
    to_pinyin().transliterate(text);
    std::string initials;
    bool is_new = true;
    for (std::int32_t i = 0; i < text.length(); ++i) {
        char16_t const c = text[i];
        bool const is_letter = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        if (is_letter && is_new) initials += static_cast<char>(c);
        is_new = !is_letter;
    }
    return initials;
}

} // namespace store
