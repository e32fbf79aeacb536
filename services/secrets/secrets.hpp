// What proves people, made and checked by libsodium: password hashes, random tokens and passwords,
// and the key that seals what must be read again. Nothing here is logged or shown but what is made
// for the person himself.
#pragma once

#include "ledger/seal.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace secrets {

/// Argon2id with 19 MiB and two passes (OWASP Password Storage Cheat Sheet): about a tenth of a
/// second of one core, so whoever calls it bounds how many do. Throws std::bad_alloc.
std::string password_hash(std::string_view password);
/// Takes as long for a hash that is empty, which nothing fits: whoever tries names learns nothing.
bool fits(std::string_view password, std::string const& hash);

/// 32 random bytes as 43 characters of base64url.
std::string random_token();
/// Sixteen letters and digits in groups of four, 79 bits; none that is mistaken for another.
std::string random_password();
/// Ten characters, 49 bits, for the day the telephone is not at hand.
std::string random_recovery_code();
std::string random_bytes(std::size_t count);

/// What the books keep of a token or a recovery code.
ledger::Digest digest_of(std::string_view secret);

/// The key of a file outside the database.
class Key {
  public:
    explicit Key(std::string file);
    ~Key();
    Key(Key const&) = delete;
    Key& operator=(Key const&) = delete;

    /// Reads it, or makes it where there is none; before the first use. Throws std::runtime_error
    /// where the file cannot be read or made, others may read it, or it is no key.
    void load();
    /// XChaCha20-Poly1305 under a nonce of its own; `about` must be said again to open it.
    std::string seal(std::string_view text, std::string_view about) const;
    /// Nothing: another key, another `about`, or somebody changed it.
    std::optional<std::string> open(std::string_view sealed, std::string_view about) const;

  private:
    std::string const file_;
    bool is_loaded_ = false;
    std::array<unsigned char, 32> bytes_{};
};

} // namespace secrets
