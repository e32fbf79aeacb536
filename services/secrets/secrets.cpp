#include "secrets/secrets.hpp"

#include "ledger/assert.hpp"

#include <sodium.h>

#include <fcntl.h>
#include <filesystem>
#include <new>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

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
unsigned char* bytes_of(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}

void make_key(std::string const& file, std::array<unsigned char, 32> const& bytes)
{
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path{file}.parent_path(), ignored);
    int const made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0) throw std::runtime_error{"the key file cannot be made: " + file};
    bool const is_whole =
        ::write(made, bytes.data(), bytes.size()) == std::ssize(bytes) && ::fsync(made) == 0;
    ::close(made);
    if (!is_whole) throw std::runtime_error{"the key file cannot be written: " + file};
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

Key::Key(std::string file)
    : file_{std::move(file)}
{
}

void Key::load()
{
    int const found = ::open(file_.c_str(), O_RDONLY | O_CLOEXEC);
    if (found < 0 && errno == ENOENT) {
        randombytes_buf(bytes_.data(), bytes_.size());
        make_key(file_, bytes_);
        is_loaded_ = true;
        return;
    }
    if (found < 0) throw std::runtime_error{"the key file cannot be read: " + file_};
    struct stat about{};
    bool const is_private = ::fstat(found, &about) == 0 && (about.st_mode & 0077U) == 0;
    bool const is_whole = about.st_size == std::ssize(bytes_) &&
                          ::read(found, bytes_.data(), bytes_.size()) == std::ssize(bytes_);
    ::close(found);
    if (!is_private) throw std::runtime_error{"others may read the key file: chmod 600 " + file_};
    if (!is_whole) throw std::runtime_error{"the key file is not 32 bytes: " + file_};
    is_loaded_ = true;
}

Key::~Key()
{
    sodium_memzero(bytes_.data(), bytes_.size());
}

std::string Key::seal(std::string_view text, std::string_view about) const
{
    LEDGER_ASSERT(is_loaded_);
    constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    std::string sealed = random_bytes(nonce_bytes);
    sealed.resize(nonce_bytes + text.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
    unsigned long long length = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        bytes_of(sealed) + nonce_bytes, &length, bytes_of(text), text.size(), bytes_of(about),
        about.size(), nullptr, bytes_of(sealed), bytes_.data());
    return sealed;
}

std::optional<std::string> Key::open(std::string_view sealed, std::string_view about) const
{
    LEDGER_ASSERT(is_loaded_);
    constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    constexpr std::size_t least = nonce_bytes + crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (sealed.size() < least) return std::nullopt;
    std::string text(sealed.size() - least, '\0');
    unsigned long long length = 0;
    bool const is_whole = crypto_aead_xchacha20poly1305_ietf_decrypt(
                              bytes_of(text), &length, nullptr, bytes_of(sealed) + nonce_bytes,
                              sealed.size() - nonce_bytes, bytes_of(about), about.size(),
                              bytes_of(sealed), bytes_.data()) == 0;
    if (!is_whole) return std::nullopt;
    return text;
}

} // namespace secrets
