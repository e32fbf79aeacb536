// A story as it is kept for those who live it: texts with gaps. What a life fills in is named by
// tokens, which are found where the engine's rows bear the story's own names.
#pragma once

#include "ledger/journal.hpp"
#include "ledger/store/staging.hpp"
#include "store/generate.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace store {

enum class Gap : std::uint8_t {
    county,
    loan,
    borrower,
    household,
    village,
    entry_number,
    digest,
    version, ///< of a position
    fund     ///< what is available of it, in fen
};
inline constexpr std::size_t gaps = 9;
/// What a life fills the gaps with.
using Filling = std::array<std::string, gaps>;

/// The gap's name in a story's text.
std::string_view token_of(Gap);

/// Text and gaps in turn.
class Pattern {
  public:
    Pattern() = default;
    explicit Pattern(std::string_view text);
    void append_to(std::string& out, Filling const&) const;
    std::string filled(Filling const&) const;
    bool has(Gap) const;

  private:
    std::string first_;
    std::vector<std::pair<Gap, std::string>> rest_; ///< a gap and what follows it
};

struct StoryPosting {
    ledger::AccountCode code;
    Pattern subkey;
    ledger::Side side{};
    ledger::Unit unit{};
    std::int64_t minor_units = 0;
    /// Of an account that only this life has: which of them, and its balance afterwards, which is
    /// the same in every life. Nothing: an account of the county.
    std::optional<std::size_t> own;
    std::int64_t own_balance = 0;
};

struct StoryEntry {
    ledger::Cause cause{};
    ledger::Date value_on;
    std::string actor, narrative;
    Pattern idempotency_key, subject;
    int event_sequence = 0;
    std::vector<StoryPosting> postings;
};

/// One deed.
struct StoryStep {
    ledger::Date on;
    bool registers_borrower = false;
    std::string party_branch; ///< of the borrower
    std::vector<std::pair<Staged, Pattern>> rows;
    std::optional<StoryEntry> entry;
};

/// An account that a life alone has.
struct OwnAccount {
    ledger::AccountCode code;
    Pattern subkey;
};

struct DecidedStory {
    std::vector<StoryStep> steps;
    std::vector<OwnAccount> own;
};

struct DecidedStories {
    DecidedStory opening;
    std::vector<DecidedStory> lives;
};

/// In the evening of the day, in Shanghai.
Instant recorded_on(ledger::Date);

} // namespace store
