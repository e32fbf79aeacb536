// The keys that seal what must not be read in the database: a file outside of it, a line a key.
// Whoever adds a key need not stop the service: it reads the file again when the file has changed.
#pragma once

#include "store/sealing.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace secrets {

class KeyRing final : public store::Sealing {
  public:
    explicit KeyRing(std::string file);
    ~KeyRing() override;
    KeyRing(KeyRing const&) = delete;
    KeyRing& operator=(KeyRing const&) = delete;

    /// Reads it, or makes it with a first key where there is none, as the first use would. Throws
    /// std::runtime_error, here or there, where the file cannot be read or made, others may read
    /// it, or it holds no keys.
    void load();
    /// Adds a key, which seals from then on; its number. The file is replaced whole.
    int add();
    /// Takes away every key but the newest: what they sealed is lost for ever.
    void keep_newest();
    std::vector<int> numbers() const;
    /// 32 bytes of a text under a key that never turns, for what cannot be made again: the hashes
    /// of secrets that only their owners know.
    std::string peppered(std::string_view text) const;

    store::SealingKey newest() const override;
    std::string seal(std::string_view text, std::string_view about) const override;
    std::optional<std::string> open(std::string_view sealed, std::string_view about) const override;
    std::vector<std::string> indexes(std::string_view text, std::string_view about) const override;

  private:
    /// One key's two: what seals and what indexes. Wiped when it goes.
    struct Key;
    /// By number; 0 is the pepper's.
    using Keys = std::map<int, std::shared_ptr<Key const>>;

    static std::shared_ptr<Key const> random_key();
    void load_locked() const;
    Keys keys() const;
    Keys read_file() const;
    void write(Keys const&) const;

    std::string const file_;
    mutable std::mutex mutex_;
    mutable Keys keys_;
    mutable std::int64_t read_version_ = 0; ///< of the file that was read last
};

} // namespace secrets
