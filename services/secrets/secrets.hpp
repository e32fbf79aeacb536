// What proves people, made and checked by libsodium: password hashes, random tokens and passwords.
// Nothing here is logged or shown but what is made for the person himself.
#pragma once

#include "ledger/seal.hpp"

#include <string>
#include <string_view>

namespace secrets {

/// Argon2id with 19 MiB and two passes (OWASP Password Storage Cheat Sheet): about a tenth of a
/// second of one core, so whoever calls it bounds how many do. Throws std::bad_alloc.
std::string password_hash(std::string_view password);
/// Takes as long for a hash that is empty, which nothing fits: whoever tries names learns nothing.
bool fits(std::string_view password, std::string const& hash);

inline constexpr std::size_t salt_bytes = 16;
/// The raw Argon2id of a text under a salt, 32 bytes, with the same cost.
std::string stretched(std::string_view text, std::string_view salt);

/// 32 random bytes as 43 characters of base64url.
std::string random_token();
/// Sixteen letters and digits in groups of four, 79 bits; none that is mistaken for another.
std::string random_password();
/// Ten characters, 49 bits, for the day the telephone is not at hand.
std::string random_recovery_code();
std::string random_bytes(std::size_t count);

/// What the books keep of a token or a recovery code.
ledger::Digest digest_of(std::string_view secret);

} // namespace secrets
