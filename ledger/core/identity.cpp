// The syntax of business identifiers. They are compared exactly: no folding of case, no trimming,
// so that one contract can never be written in two ways.
#include "ledger/identity.hpp"

#include <algorithm>

namespace ledger {

namespace {

constexpr std::size_t longest_identifier =
    40; // wider than any contract number in use; fits a column

bool is_identifier_character(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_' || c == '.';
}

} // namespace

Result<std::string> checked_identifier(std::string_view text)
{
    if (text.empty() || text.size() > longest_identifier ||
        !std::ranges::all_of(text, is_identifier_character))
    {
        return refuse(Refusal::identifier_malformed);
    }
    return std::string{text};
}

} // namespace ledger
