// Invented books of any size: each story of a loan is decided once by the engine, entry by entry,
// and then lived by any number of borrowers under numbers of their own. What a life shares with its
// story is copied, what the numbers change is made anew: entry numbers, accounts, running balances,
// the canonical encoding and its digest. The rows go by COPY and past append_batch, but through the
// same tables with the same guards, in numbered batches. For measuring and trying out, never for
// books that somebody keeps.
#pragma once

#include "store/execute.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace store {

/// How the keys of what is generated begin; no client's may.
inline constexpr std::string_view generated_keys = "generated:";

/// What somebody enters on a day.
struct Deed {
    ledger::Date on; ///< booked on, and recorded on its evening
    ledger::Command command;
};
using Story = std::vector<Deed>; ///< in order of its days

/// How everybody is called in a story. They appear in no other text of it.
inline constexpr std::string_view story_loan = "STORY-LOAN";
inline constexpr std::string_view story_borrower = "STORY-BORROWER";
inline constexpr std::string_view story_household = "STORY-HOUSEHOLD";
inline constexpr std::string_view story_village = "999999999999";

struct Stories {
    Story opening; ///< once a county, before all lives: the funds and their money
    std::vector<Story> lives;
};

/// Somebody who lives a story.
struct Life {
    std::size_t story = 0;
    std::string name;
    ledger::ResidentId resident_id; ///< his alone in the county
    std::size_t village = 0;        ///< any number: the county's villages in turn
};

/// The rows of every story, with gaps where each life has its own.
struct DecidedStories;

/// Decides the stories under the rules of the county, whose books must exist. Writes nothing.
/// `owner` seals. Throws IntegrityFault where the engine refuses a deed.
std::shared_ptr<DecidedStories const> decide_stories(Database& owner, ledger::CountyCode const&,
                                                     Stories const&);

/// How many commands the lives make, the opening included.
std::size_t count_commands(DecidedStories const&, std::span<Life const>);

struct Generated {
    std::int64_t loans = 0, entries = 0, postings = 0;
};

/// Fills the books of a county, which must exist under the rules that the stories were decided
/// under. A county without villages is given some. Day by day, in batches of `generated_batch`
/// commands and a transaction each; a failure leaves whole batches. The memory that it takes is a
/// batch's rows and a few bytes a life. `progress` is told of commands done. Refuses
/// county_not_found, books_not_empty.
ledger::Result<Generated> generate_books(Database& owner, ledger::CountyCode const&,
                                         DecidedStories const&, std::span<Life const>,
                                         std::function<void(std::size_t)> const& progress = {});

inline constexpr std::size_t generated_batch = 4000;

} // namespace store
