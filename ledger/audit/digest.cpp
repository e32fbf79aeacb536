// Digests by OpenSSL: SHA-256, or SM3 (GB/T 32905) where national cryptography is asked for. A leaf
// is hashed behind a 0x00 byte (RFC 9162), so that it can never be taken for a node of the tree.
#include "ledger/seal.hpp"

#include <openssl/evp.h>

#include <memory>

namespace ledger {

std::string_view code_of(DigestAlgorithm algorithm)
{
    switch (algorithm) {
    case DigestAlgorithm::sha256: return "sha256";
    case DigestAlgorithm::sm3: return "sm3";
    }
    LEDGER_ASSERT(!"a digest algorithm that does not exist");
    return {};
}

namespace {

Digest digest_of(std::span<std::uint8_t const> before, std::span<std::uint8_t const> bytes,
                 DigestAlgorithm algorithm)
{
    std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> const context{EVP_MD_CTX_new(),
                                                                     EVP_MD_CTX_free};
    auto const* method = algorithm == DigestAlgorithm::sha256 ? EVP_sha256() : EVP_sm3();
    Digest digest{};
    unsigned int size = 0;
    LEDGER_ASSERT(context != nullptr);
    LEDGER_ASSERT(EVP_DigestInit_ex(context.get(), method, nullptr) == 1);
    LEDGER_ASSERT(EVP_DigestUpdate(context.get(), before.data(), before.size()) == 1);
    LEDGER_ASSERT(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1);
    LEDGER_ASSERT(EVP_DigestFinal_ex(context.get(), digest.data(), &size) == 1);
    LEDGER_ASSERT(size == digest.size());
    return digest;
}

} // namespace

Digest leaf_digest(std::span<std::uint8_t const> bytes, DigestAlgorithm algorithm)
{
    std::uint8_t const leaf = 0x00;
    return digest_of({&leaf, 1}, bytes, algorithm);
}

Digest file_digest(std::string_view bytes)
{
    return digest_of({}, {reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size()},
                     DigestAlgorithm::sha256);
}

std::string hex(Digest const& digest)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(digest.size() * 2);
    for (std::uint8_t byte : digest) {
        text += digits[byte >> 4];
        text += digits[byte & 0x0f];
    }
    return text;
}

} // namespace ledger
