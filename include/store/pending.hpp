// What waits for a second person: the command as it was sent, what it would have booked then, and
// what came of it. Written with the role `app` through two functions of the database, which refuses
// a maker who confirms himself; append-only.
#pragma once

#include "ledger/seal.hpp"
#include "store/execute.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace store {

enum class PendingStatus : std::uint8_t {
    waiting = 1,
    approved,  ///< by as many as it needs, and not in the books yet
    booked,    ///< and in the books
    refused,   ///< by a checker
    withdrawn, ///< by its maker
    sent_back, ///< it would have booked something else by then
};
/// "waiting", "approved", "booked", "refused", "withdrawn", "sent_back".
std::string_view code_of(PendingStatus);

/// A command that waits, in the words in which it came.
struct Pending {
    std::string idempotency_key;
    ledger::Digest body_digest{};
    std::string command; ///< its code
    std::string path;    ///< JSON: the named parts of the address
    std::string body;    ///< JSON
    std::string subject;
    ledger::UnitCode place{}; ///< the village where it takes effect; empty: the county
    std::string maker;
    ledger::UnitCode confined_to{}; ///< the maker's township
    ledger::Date business_day;      ///< on which dates that were left out are
    std::string effect;             ///< JSON: what it would book
    /// By which the county's bands tell how many others confirm, when it is submitted.
    std::optional<ledger::Money> amount{};
};

struct PendingStep {
    std::string outcome{}; ///< "approved", "refused", "withdrawn", "sent_back"
    std::string actor{};
    std::string reason{};
    std::string effect_now{}; ///< JSON; of one that is sent back
    std::string stepped_at{}; ///< RFC 3339
};

struct PendingLine {
    std::int64_t number = 0;
    Pending what;
    PendingStatus status{};
    int checkers = 1;
    int approvals = 0;
    Instant made_at{};
    std::optional<std::int64_t> entry_number; ///< of what was booked, where it moved anything
    std::vector<PendingStep> steps;
};

/// Its number; nothing: the key waits, or waited, already.
std::optional<std::int64_t> submit_pending(Database& app, ledger::CountyCode const&,
                                           Pending const&);
/// How many have approved by now; nothing: it was settled before.
std::optional<int> step_pending(Database& app, ledger::CountyCode const&, std::int64_t number,
                                PendingStep const&);

std::optional<PendingLine> pending(Database& app, ledger::CountyCode const&, std::int64_t number);
std::optional<PendingLine> pending_by_key(Database& app, ledger::CountyCode const&,
                                          std::string const& idempotency_key);

/// The digest of the command that a key was used for, where it is in the books.
std::optional<ledger::Digest> answered_key(Database& app, ledger::CountyCode const&,
                                           std::string const& idempotency_key);

struct PendingFilter {
    std::optional<PendingStatus> status{};
    std::string maker{};         ///< empty: anybody's
    ledger::UnitCode township{}; ///< empty: everywhere
    std::int64_t after = 0;      ///< cursor: the last number of the page before
    int limit = 50;
};
/// In order of their numbers.
std::vector<PendingLine> pending_list(Database& app, ledger::CountyCode const&,
                                      PendingFilter const&);

} // namespace store
