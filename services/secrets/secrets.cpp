#include "secrets/secrets.hpp"

#include <sodium.h>

#include <array>
#include <new>
#include <stdexcept>

namespace secrets {

namespace {

constexpr unsigned long long passes = 2;
constexpr std::size_t memory_bytes = std::size_t{19} * 1024 * 1024;

/// Of a password that nobody has: what a name is checked against that nobody bears.
std::string const& nobodys_hash()
{
    static std::string const hash = password_hash(random_token());
    return hash;
}

std::string random_text(std::size_t count, std::size_t group)
{
    // Without 0 O 1 l I and the like.
    static constexpr std::string_view alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0 && i % group == 0) text += '-';
        text += alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
    }
    return text;
}

unsigned char const* bytes_of(std::string_view text)
{
    return reinterpret_cast<unsigned char const*>(text.data());
}

} // namespace

std::string password_hash(std::string_view password)
{
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str(text.data(), password.data(), password.size(), passes, memory_bytes) != 0)
        throw std::bad_alloc{};
    return text.data();
}

bool fits(std::string_view password, std::string const& hash)
{
    std::string const& judged = hash.empty() ? nobodys_hash() : hash;
    return crypto_pwhash_str_verify(judged.c_str(), password.data(), password.size()) == 0 &&
           !hash.empty();
}

std::string stretched(std::string_view text, std::string_view salt)
{
    static_assert(salt_bytes == crypto_pwhash_SALTBYTES);
    if (salt.size() != salt_bytes) throw std::invalid_argument{"a salt of another length"};
    std::string bytes(32, '\0');
    if (crypto_pwhash(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                      text.size(), bytes_of(salt), passes, memory_bytes,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc{};
    return bytes;
}

std::string random_bytes(std::size_t count)
{
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string random_token()
{
    auto const bytes = random_bytes(32);
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::array<char, sodium_base64_ENCODED_LEN(32, variant)> text{};
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
    return text.data();
}

std::string random_password()
{
    return random_text(16, 4);
}

std::string random_recovery_code()
{
    return random_text(10, 5);
}

ledger::Digest digest_of(std::string_view secret)
{
    return ledger::file_digest(secret);
}

} // namespace secrets
