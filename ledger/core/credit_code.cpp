// Unified social credit codes of organisations by GB 32100-2015: 18 characters out of 31, the last
// one a check character with the weights 3^n modulo 31. It does not judge the issuing authority or
// the region, whose tables change.
#include "ledger/identity.hpp"

#include <algorithm>
#include <array>

namespace ledger {

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"; // no I, O, S, V, Z
constexpr std::size_t length = 18;

} // namespace

Result<CreditCode> CreditCode::parse(std::string_view text)
{
    auto const is_of_alphabet = [](char c) { return alphabet.contains(c); };
    if (text.size() != length || !std::ranges::all_of(text, is_of_alphabet)) {
        return refuse(Refusal::credit_code_malformed);
    }
    constexpr std::array<std::size_t, length - 1> weights{1,  3,  9,  27, 19, 26, 16, 17, 20,
                                                          29, 25, 13, 8,  24, 10, 30, 28};
    std::size_t sum = 0;
    for (std::size_t n = 0; n < weights.size(); ++n) sum += weights[n] * alphabet.find(text[n]);
    if (alphabet[(31 - sum % 31) % 31] != text.back()) {
        return refuse(Refusal::credit_code_check_digit_wrong);
    }
    CreditCode checked;
    checked.text_ = text;
    return checked;
}

} // namespace ledger
