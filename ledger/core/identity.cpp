// The syntax of business identifiers. They are compared exactly: no folding of case, no trimming,
// so that one contract can never be written in two ways.
#include "ledger/identity.hpp"

#include <algorithm>

namespace ledger {

namespace {

constexpr std::size_t longest_identifier =
    40; // wider than any contract number in use; fits a column

bool is_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_identifier_character(char c)
{
    return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.';
}

} // namespace

Result<std::string> checked_identifier(std::string_view text)
{
    // A letter or a digit first: ".." is a path to many clients and "-x" an option.
    if (text.empty() || text.size() > longest_identifier || !is_letter_or_digit(text.front()) ||
        !std::ranges::all_of(text, is_identifier_character))
    {
        return refuse(Refusal::identifier_malformed);
    }
    return std::string{text};
}

} // namespace ledger
