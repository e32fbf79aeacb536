// What seals personal data before it is written and opens what may be read. Its keys lie outside
// the database; the store only says what is about whom.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace store {

/// The newest key, as the books remember it: with another one under its number nothing is written.
struct SealingKey {
    int number = 0;
    std::string fingerprint; ///< 32 bytes
};

class Sealing {
  public:
    virtual ~Sealing() = default;
    virtual SealingKey newest() const = 0;
    /// Under the newest key; begins with its number. `about` (table|column|row) must be said again
    /// to open it, so that nothing sealed can be moved to another row.
    virtual std::string seal(std::string_view text, std::string_view about) const = 0;
    /// Nothing: no key of that number, another `about`, or somebody changed it.
    virtual std::optional<std::string> open(std::string_view sealed,
                                            std::string_view about) const = 0;
    /// 32 bytes by which the same text is found again, under each key, the newest first. `about` is
    /// what kind of text it is.
    virtual std::vector<std::string> indexes(std::string_view text,
                                             std::string_view about) const = 0;
};

} // namespace store
