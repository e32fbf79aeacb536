// What is personal of a borrower beside his name, and how much of it is shown. Like a ResidentId,
// none of it has an operator<<: only masked() prints. Pure.
#pragma once

#include "ledger/refusal.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace ledger {

enum class PersonalKind : std::uint8_t { resident_id = 1, phone, bank_account };
inline constexpr std::array all_personal_kinds{PersonalKind::resident_id, PersonalKind::phone,
                                               PersonalKind::bank_account};
/// "resident_id", "phone", "bank_account".
std::string_view code_of(PersonalKind);
/// Refuses choice_unknown (field "what", the codes).
Result<PersonalKind> personal_kind_named(std::string_view code);

/// A telephone of the mainland: eleven digits that begin with 1 (mobile), or an area code with its
/// 0 and seven or eight digits. Spaces, hyphens, full-width digits and a leading +86 are taken.
class PhoneNumber {
  public:
    /// Refuses phone_malformed.
    static Result<PhoneNumber> parse(std::string_view);
    /// "138****3015".
    std::string masked() const;
    std::string const& reveal() const { return text_; } ///< for storage only
    friend auto operator<=>(PhoneNumber const&, PhoneNumber const&) = default;

  private:
    std::string text_;
};

/// A bank account or card: 8 to 32 digits. Spaces and full-width digits are taken. The check digit
/// of cards is not asked for: passbooks of rural banks have none.
class BankAccount {
  public:
    /// Refuses bank_account_malformed.
    static Result<BankAccount> parse(std::string_view);
    /// "…3015".
    std::string masked() const;
    std::string const& reveal() const { return text_; } ///< for storage only
    friend auto operator<=>(BankAccount const&, BankAccount const&) = default;

  private:
    std::string text_;
};

/// 李＊华, 李＊: the first and the last character; of two the first.
std::string masked_name(std::string_view name);

inline constexpr std::size_t personal_tail = 4; ///< characters that are shown and looked up by

} // namespace ledger
