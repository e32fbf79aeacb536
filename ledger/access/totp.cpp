#include "ledger/totp.hpp"

#include "ledger/assert.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace ledger {

std::string totp_code(std::string_view secret, std::int64_t step)
{
    std::array<unsigned char, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i)
        counter[i] = static_cast<unsigned char>(step >> (56 - 8 * i));
    std::array<unsigned char, 20> mac{};
    unsigned length = 0;
    auto const* const made = HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()),
                                  counter.data(), counter.size(), mac.data(), &length);
    LEDGER_ASSERT(made != nullptr);
    LEDGER_ASSERT(length == mac.size());
    // RFC 4226, 5.3: 31 bits from where the last four say.
    std::size_t const at = mac.back() & 0x0FU;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8U | mac[at + i];
    number = (number & 0x7FFFFFFFU) % 1'000'000U;
    auto const digits = std::to_string(number);
    return std::string(totp_digits - digits.size(), '0') + digits;
}

std::optional<std::int64_t> totp_step_of(std::string_view secret, std::string_view code,
                                         std::int64_t now_s, std::int64_t last_step)
{
    if (code.size() != totp_digits) return std::nullopt;
    std::int64_t const now = now_s / totp_step_s;
    for (std::int64_t const step : {now, now - 1, now + 1}) {
        auto const wanted = totp_code(secret, step);
        bool const is_it = CRYPTO_memcmp(wanted.data(), code.data(), wanted.size()) == 0;
        if (is_it && step > last_step) return step;
    }
    return std::nullopt;
}

std::string base32(std::string_view bytes)
{
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (char const byte : bytes) {
        held = held << 8U | static_cast<unsigned char>(byte);
        for (bits += 8; bits >= 5; bits -= 5) text += alphabet[held >> (bits - 5) & 31U];
    }
    if (bits > 0) text += alphabet[held << (5 - bits) & 31U];
    return text;
}

std::string totp_uri(std::string_view user, std::string_view secret)
{
    return "otpauth://totp/Daifu:" + std::string{user} + "?secret=" + base32(secret) +
           "&issuer=Daifu";
}

} // namespace ledger
