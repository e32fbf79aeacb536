#include "ledger/personal.hpp"

#include "ledger/assert.hpp"
#include "ledger/core/utf8.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace ledger {

namespace {

constexpr std::size_t mobile_digits = 11;
constexpr std::size_t landline_least = 10, landline_most = 12;
constexpr std::size_t account_least = 8, account_most = 32;
constexpr std::string_view country = "+86";

/// Half-width digits, and a plus in front; nothing where there is another character. Spaces and
/// hyphens are how people group them.
std::optional<std::string> digits_of(std::string_view text)
{
    auto const points = code_points(text);
    if (!points) return std::nullopt;
    std::string digits;
    for (char32_t const point : *points) {
        if (point == U' ' || point == U'\u3000' || point == U'-') continue;
        if (point >= U'０' && point <= U'９') {
            digits += static_cast<char>('0' + (point - U'０'));
        } else if ((point >= U'0' && point <= U'9') || (point == U'+' && digits.empty())) {
            digits += static_cast<char>(point);
        } else {
            return std::nullopt;
        }
    }
    return digits;
}

std::string shown(std::string const& text, std::size_t head, char const* between)
{
    return text.substr(0, head) + between + text.substr(text.size() - personal_tail);
}

} // namespace

std::string_view code_of(PersonalKind kind)
{
    switch (kind) {
    case PersonalKind::resident_id: return "resident_id";
    case PersonalKind::phone: return "phone";
    case PersonalKind::bank_account: return "bank_account";
    }
    LEDGER_ASSERT(!"a kind of personal data that is not in the list");
}

Result<PersonalKind> personal_kind_named(std::string_view code)
{
    for (PersonalKind const kind : all_personal_kinds)
        if (code_of(kind) == code) return kind;
    return refuse(Refusal::choice_unknown, "what", "resident_id, phone, bank_account");
}

Result<PhoneNumber> PhoneNumber::parse(std::string_view text)
{
    auto digits = digits_of(text);
    if (digits && digits->starts_with(country)) digits->erase(0, country.size());
    bool const is_mobile =
        digits && digits->size() == mobile_digits && digits->front() == '1' && (*digits)[1] >= '3';
    bool const is_landline = digits && digits->size() >= landline_least &&
                             digits->size() <= landline_most && digits->front() == '0';
    if (!is_mobile && !is_landline) return refuse(Refusal::phone_malformed, "phone");
    PhoneNumber phone;
    phone.text_ = *std::move(digits);
    return phone;
}

std::string PhoneNumber::masked() const
{
    constexpr std::size_t head = 3;
    return text_.empty() ? std::string{} : shown(text_, head, "****");
}

Result<BankAccount> BankAccount::parse(std::string_view text)
{
    auto digits = digits_of(text);
    bool const is_good = digits && digits->size() >= account_least &&
                         digits->size() <= account_most && digits->front() != '+';
    if (!is_good) return refuse(Refusal::bank_account_malformed, "bank_account");
    BankAccount account;
    account.text_ = *std::move(digits);
    return account;
}

std::string BankAccount::masked() const
{
    return text_.empty() ? std::string{} : shown(text_, 0, "…");
}

std::string masked_name(std::string_view name)
{
    std::vector<std::string_view> characters;
    for (std::string_view rest = name; !rest.empty();) {
        std::string_view const before = rest;
        if (!take_code_point(rest)) return {};
        characters.push_back(before.substr(0, before.size() - rest.size()));
    }
    if (characters.empty()) return {};
    std::string text{characters.front()};
    for (std::size_t i = 1; i + 1 < characters.size(); ++i) text += "＊";
    if (characters.size() == 2) return text + "＊";
    return characters.size() > 2 ? text.append(characters.back()) : text;
}

} // namespace ledger
