#include "secrets/key_ring.hpp"

#include "secrets/secrets.hpp"

#include <sodium.h>

#include <array>
#include <charconv>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace secrets {

namespace {

constexpr std::size_t key_bytes = crypto_kdf_KEYBYTES;
constexpr std::size_t number_bytes = 4;
constexpr std::size_t index_bytes = 32;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr char const* file_says =
    "# The keys of Daifu, a number and a key a line; the last one seals, 0 never turns.\n"
    "# Keep a copy apart from the database's.\n";
constexpr int pepper_number = 0;

using Bytes = std::array<unsigned char, key_bytes>;

unsigned char const* bytes_of(std::string_view text)
{
    return reinterpret_cast<unsigned char const*>(text.data());
}
unsigned char* bytes_of(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}

std::string number_text(int number)
{
    std::string text(number_bytes, '\0');
    for (std::size_t i = 0; i < number_bytes; ++i)
        text[i] = static_cast<char>(static_cast<unsigned>(number) >> (24 - 8 * i));
    return text;
}

constexpr int base64_variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::string text_of(Bytes const& bytes)
{
    std::array<char, sodium_base64_ENCODED_LEN(key_bytes, base64_variant)> text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), base64_variant);
    return text.data();
}

std::optional<Bytes> bytes_in(std::string const& text)
{
    Bytes bytes{};
    std::size_t length = 0;
    bool const is_read = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(),
                                           nullptr, &length, nullptr, base64_variant) == 0;
    return is_read && length == key_bytes ? std::optional{bytes} : std::nullopt;
}

/// Changes whenever the file is replaced; 0: there is none.
std::int64_t version_of(std::string const& file)
{
    struct stat about{};
    if (::stat(file.c_str(), &about) != 0) return 0;
    return static_cast<std::int64_t>(about.st_ino) * 1'000'003 + about.st_mtim.tv_sec * 1'000'000 +
           about.st_mtim.tv_nsec / 1000;
}

void write_whole(int file, std::string const& text, std::string const& name)
{
    bool const is_whole =
        ::write(file, text.data(), text.size()) == std::ssize(text) && ::fsync(file) == 0;
    ::close(file);
    if (!is_whole) throw std::runtime_error{"the key file cannot be written: " + name};
}

} // namespace

namespace {

/// One program at a time changes the file.
class FileLock {
  public:
    explicit FileLock(std::string const& file)
        : descriptor_{::open((file + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)}
    {
        if (descriptor_ < 0 || ::flock(descriptor_, LOCK_EX) != 0)
            throw std::runtime_error{"the key file cannot be locked: " + file};
    }
    ~FileLock() { ::close(descriptor_); }
    FileLock(FileLock const&) = delete;
    FileLock& operator=(FileLock const&) = delete;

  private:
    int const descriptor_;
};

/// A name in a folder is safe once the folder is.
void sync_folder_of(std::string const& file)
{
    auto const folder = std::filesystem::path{file}.parent_path();
    int const opened = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
    bool const is_synced = opened >= 0 && ::fsync(opened) == 0;
    if (opened >= 0) ::close(opened);
    if (!is_synced)
        throw std::runtime_error{"the folder of the key file cannot be synced: " + file};
}

} // namespace

struct KeyRing::Key {
    Bytes master{}, sealing{}, indexing{};

    explicit Key(Bytes const& bytes)
        : master{bytes}
    {
        static constexpr char context[crypto_kdf_CONTEXTBYTES + 1] = "daifu-pd";
        crypto_kdf_derive_from_key(sealing.data(), sealing.size(), 1, context, master.data());
        crypto_kdf_derive_from_key(indexing.data(), indexing.size(), 2, context, master.data());
    }
    ~Key()
    {
        for (Bytes* const each : {&master, &sealing, &indexing})
            sodium_memzero(each->data(), each->size());
    }
    Key(Key const&) = delete;
    Key& operator=(Key const&) = delete;

    std::string index(std::string_view text, std::string_view about) const
    {
        std::string const said = std::string{about} + '\n' + std::string{text};
        std::string digest(index_bytes, '\0');
        crypto_generichash(bytes_of(digest), digest.size(), bytes_of(said), said.size(),
                           indexing.data(), indexing.size());
        return digest;
    }
};

namespace {

int number_in(std::string_view sealed)
{
    unsigned number = 0;
    for (char const c : sealed.substr(0, number_bytes))
        number = number << 8 | static_cast<unsigned char>(c);
    return static_cast<int>(number);
}

} // namespace

std::shared_ptr<KeyRing::Key const> KeyRing::random_key()
{
    Bytes bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    auto const key = std::make_shared<Key const>(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return key;
}

KeyRing::KeyRing(std::string file)
    : file_{std::move(file)}
{
}

KeyRing::~KeyRing() = default;

KeyRing::Keys KeyRing::read_file() const
{
    int const found = ::open(file_.c_str(), O_RDONLY | O_CLOEXEC);
    if (found < 0) throw std::runtime_error{"the key file cannot be read: " + file_};
    struct stat about{};
    bool const is_private = ::fstat(found, &about) == 0 && (about.st_mode & 0077U) == 0;
    ::close(found);
    if (!is_private) throw std::runtime_error{"others may read the key file: chmod 600 " + file_};
    std::ifstream in{file_};
    Keys keys;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.starts_with('#')) continue;
        std::istringstream words{line};
        int number = 0;
        std::string text;
        bool const is_line = static_cast<bool>(words >> number >> text) && number >= 0;
        auto const bytes = is_line ? bytes_in(text) : std::nullopt;
        if (!bytes || keys.contains(number))
            throw std::runtime_error{"the key file holds a line that is no key: " + file_};
        keys.emplace(number, std::make_shared<Key const>(*bytes));
    }
    if (keys.size() < 2 || !keys.contains(pepper_number))
        throw std::runtime_error{"the key file holds no key: " + file_};
    return keys;
}

void KeyRing::write(Keys const& keys) const
{
    std::string text = file_says;
    for (auto const& [number, key] : keys)
        text += std::to_string(number) + " " + text_of(key->master) + "\n";
    std::string const fresh = file_ + ".new";
    ::unlink(fresh.c_str());
    int const made = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0) throw std::runtime_error{"the key file cannot be made: " + file_};
    struct stat about{};
    // Whose the file was, his it stays: the service may run as another user than who adds a key.
    if (::stat(file_.c_str(), &about) == 0 && ::fchown(made, about.st_uid, about.st_gid) != 0) {
        ::close(made);
        throw std::runtime_error{"the key file would change its owner: " + file_};
    }
    write_whole(made, text, file_);
    sodium_memzero(text.data(), text.size());
    if (::rename(fresh.c_str(), file_.c_str()) != 0)
        throw std::runtime_error{"the key file cannot be replaced: " + file_};
    sync_folder_of(file_);
}

void KeyRing::load()
{
    std::lock_guard const lock{mutex_};
    load_locked();
}

void KeyRing::load_locked() const
{
    if (version_of(file_) == 0) {
        std::error_code ignored;
        std::filesystem::create_directories(std::filesystem::path{file_}.parent_path(), ignored);
        write({{pepper_number, random_key()}, {1, random_key()}});
    }
    read_version_ = version_of(file_);
    keys_ = read_file();
}

KeyRing::Keys KeyRing::keys() const
{
    std::lock_guard const lock{mutex_};
    if (keys_.empty()) load_locked();
    if (auto const version = version_of(file_); version != 0 && version != read_version_) {
        try {
            keys_ = read_file();
            read_version_ = version;
        } catch (std::runtime_error const&) {
            // Half-written by somebody's editor, say: what is known goes on sealing.
        }
    }
    return keys_;
}

int KeyRing::add()
{
    keys(); // there is a file from here on
    FileLock const alone{file_};
    Keys all = read_file();
    int const number = all.rbegin()->first + 1;
    all.emplace(number, random_key());
    write(all);
    return number;
}

void KeyRing::keep_newest()
{
    FileLock const alone{file_};
    Keys const all = read_file();
    write({*all.begin(), *all.rbegin()});
}

std::vector<int> KeyRing::numbers() const
{
    std::vector<int> all;
    for (auto const& [number, key] : keys())
        if (number != pepper_number) all.push_back(number);
    return all;
}

std::string KeyRing::peppered(std::string_view text) const
{
    return keys().at(pepper_number)->index(text, "pepper");
}

store::SealingKey KeyRing::newest() const
{
    auto const all = keys();
    return {all.rbegin()->first, all.rbegin()->second->index("fingerprint", "key")};
}

std::string KeyRing::seal(std::string_view text, std::string_view about) const
{
    auto const all = keys();
    auto const& [number, key] = *all.rbegin();
    std::string sealed = number_text(number) + random_bytes(nonce_bytes);
    sealed.resize(number_bytes + nonce_bytes + text.size() + tag_bytes);
    unsigned long long length = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        bytes_of(sealed) + number_bytes + nonce_bytes, &length, bytes_of(text), text.size(),
        bytes_of(about), about.size(), nullptr, bytes_of(sealed) + number_bytes,
        key->sealing.data());
    return sealed;
}

std::optional<std::string> KeyRing::open(std::string_view sealed, std::string_view about) const
{
    constexpr std::size_t least = number_bytes + nonce_bytes + tag_bytes;
    if (sealed.size() < least) return std::nullopt;
    auto const all = keys();
    auto const found = all.find(number_in(sealed));
    if (found == all.end()) return std::nullopt;
    std::string text(sealed.size() - least, '\0');
    unsigned long long length = 0;
    bool const is_whole =
        crypto_aead_xchacha20poly1305_ietf_decrypt(
            bytes_of(text), &length, nullptr, bytes_of(sealed) + number_bytes + nonce_bytes,
            sealed.size() - number_bytes - nonce_bytes, bytes_of(about), about.size(),
            bytes_of(sealed) + number_bytes, found->second->sealing.data()) == 0;
    if (!is_whole) return std::nullopt;
    return text;
}

std::vector<std::string> KeyRing::indexes(std::string_view text, std::string_view about) const
{
    std::vector<std::string> all;
    auto const ring = keys();
    for (auto key = ring.rbegin(); key != ring.rend(); ++key)
        if (key->first != pepper_number) all.push_back(key->second->index(text, about));
    return all;
}

} // namespace secrets
