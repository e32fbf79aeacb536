// What a borrower proves himself with at the kiosk: six digits, or four of twelve pictures in
// order, which whoever reads little remembers. Set at the counter, before an officer. Pure.
#pragma once

#include "ledger/identity.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ledger {

enum class KioskSecretKind : std::uint8_t { pin = 1, pictures };
/// "pin", "pictures".
std::string_view code_of(KioskSecretKind);

/// A picture of the wall: its code, and what people call it.
struct KioskPicture {
    std::string_view code, chinese;
};
inline constexpr std::size_t kiosk_pictures_shown = 12;
inline constexpr std::size_t kiosk_pictures_chosen = 4;
inline constexpr std::size_t kiosk_pin_digits = 6;
/// The twelve, in the order in which they are shown.
std::span<KioskPicture const> kiosk_pictures();

/// Like a ResidentId it has no operator<<.
class KioskSecret {
  public:
    /// Six digits, full-width ones too. Refuses kiosk_secret_malformed (field "pin").
    static Result<KioskSecret> of_pin(std::string_view);
    /// Four codes in order, 20,736 ways. Refuses kiosk_secret_malformed (field "pictures").
    static Result<KioskSecret> of_pictures(std::span<std::string const>);
    KioskSecretKind kind() const { return kind_; }
    /// For hashing only.
    std::string const& reveal() const { return text_; }

  private:
    KioskSecretKind kind_{};
    std::string text_;
};

/// Refuses kiosk_secret_guessable: one picture four times, a digit that repeats, digits in a row,
/// or a part of the borrower's own number (birthday, its end).
Result<void> check_kiosk_secret(KioskSecret const&, ResidentId const& of_whom);

} // namespace ledger
