// The canonical encoding of an entry and its digest. The encoding covers every field of the entry
// and its postings, length-prefixed, with a format version, so that no field can be left out,
// joined or reordered unseen (peers' chains left out the effective date). It is the leaf of the
// later seal.
#pragma once

#include "ledger/journal.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ledger {

enum class DigestAlgorithm : std::uint8_t { sha256 = 1, sm3 };
std::string_view code_of(DigestAlgorithm); ///< "sha256", "sm3"

using Digest = std::array<std::uint8_t, 32>;

/// What surrounds an entry in the books.
struct EntryRecord {
    CountyCode county;
    std::int64_t entry_number = 0; ///< gapless from 1 in its county
    std::chrono::sys_time<std::chrono::microseconds> recorded_at;
    std::string actor; ///< who or what entered it
    std::string idempotency_key;
    std::string subject;    ///< loan number or fund code
    int event_sequence = 0; ///< of the loan event; 0 when there is none
    JournalEntry entry;
};

inline constexpr std::uint8_t canonical_format_version = 1;

/// Format 1, all integers big-endian: version byte; then each field as u32 length + bytes, numbers
/// as i64 in 8 bytes, dates as ISO text; the count of postings and each posting's account code,
/// subkey, side, unit, minor units. Golden bytes in tests/unit.
std::vector<std::uint8_t> canonical_encoding(EntryRecord const&);

/// Merkle leaf digest by RFC 9162: hash of 0x00 and the bytes. OpenSSL EVP.
Digest leaf_digest(std::span<std::uint8_t const>, DigestAlgorithm);
/// SHA-256 of a file's bytes, as any other program computes it.
Digest file_digest(std::string_view bytes);
std::string hex(Digest const&);

} // namespace ledger
