// The second factor: a code of six digits for every half minute (RFC 6238, SHA-1, as telephones
// have it). A code is good once: whoever takes one remembers its step.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ledger {

inline constexpr int totp_step_s = 30;
inline constexpr int totp_digits = 6;
inline constexpr std::size_t totp_secret_bytes = 20; ///< of SHA-1's size (RFC 4226, 4)

/// The code of a step: seconds since 1970 divided by totp_step_s. `secret` is bytes.
std::string totp_code(std::string_view secret, std::int64_t step);
/// The step whose code it is, of those next to `now_s` (one before, one after: a clock may differ)
/// that come after `last_step`; nothing: a wrong code, or one that was used.
std::optional<std::int64_t> totp_step_of(std::string_view secret, std::string_view code,
                                         std::int64_t now_s, std::int64_t last_step);
/// Base 32 (RFC 4648) without padding, as telephones take it.
std::string base32(std::string_view bytes);
/// otpauth://totp/Daifu:USER?secret=…&issuer=Daifu, for a QR code.
std::string totp_uri(std::string_view user, std::string_view secret);

} // namespace ledger
