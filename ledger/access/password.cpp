// What a password must not be. The words are those that lists of stolen passwords begin with, as
// far as twelve characters can be made of them.
#include "ledger/access.hpp"

#include <algorithm>
#include <array>

namespace ledger {

namespace {

/// Whatever is left of a common password when digits and signs are taken off is one of these, or
/// some of them in a row.
constexpr std::array common_words{
    "password", "passw",    "qwerty",   "asdf",     "zxcv",       "letmein",   "iloveyou",
    "welcome",  "admin",    "root",     "user",     "login",      "abc",       "monkey",
    "dragon",   "woaini",   "aini",     "mima",     "wangji",     "daifu",     "dangyuan",
    "fengqing", "zhongguo", "china",    "lincang",  "yunnan",     "nonghu",    "daikuan",
    "test",     "changeme", "secret",   "qazwsx",   "qwertyuiop", "asdfghjkl", "zxcvbnm",
    "superman", "football", "princess", "sunshine", "master",     "hello",     "love",
    "access",   "shadow",   "baseball", "trustno",  "company",    "internet"};

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

int characters(std::string_view utf8)
{
    return static_cast<int>(std::ranges::count_if(
        utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Letters in lower case; whatever else there is, left out.
std::string letters_of(std::string_view text)
{
    std::string letters;
    for (char const c : text) {
        char const small = lower(c);
        bool const is_ascii = static_cast<unsigned char>(c) < 0x80U;
        if ((small >= 'a' && small <= 'z') || !is_ascii) letters += small;
    }
    return letters;
}

/// Nothing is left when the longest common words are taken off its beginning, one after another.
bool is_made_of_common_words(std::string letters)
{
    while (!letters.empty()) {
        std::size_t longest = 0;
        for (std::string_view const word : common_words)
            if (letters.starts_with(word)) longest = std::max(longest, word.size());
        if (longest == 0) return false;
        letters.erase(0, longest);
    }
    return true; // digits and signs alone too
}

std::size_t distinct_bytes(std::string_view text)
{
    std::set<char> const seen{text.begin(), text.end()};
    return seen.size();
}

constexpr std::size_t distinct_least = 5;

} // namespace

Result<void> check_password(std::string_view password, UserName const& user)
{
    int const length = characters(password);
    if (length < password_least)
        return refuse(Refusal::password_too_short, "password", std::to_string(password_least));
    if (length > password_most)
        return refuse(Refusal::password_too_long, "password", std::to_string(password_most));
    auto const letters = letters_of(password);
    auto const name = letters_of(user.text());
    bool const holds_name = name.size() >= 3 && letters.find(name) != std::string::npos;
    if (holds_name || is_made_of_common_words(letters) || distinct_bytes(password) < distinct_least)
        return refuse(Refusal::password_guessable, "password");
    return {};
}

} // namespace ledger
