// A batch that is decided before the database is asked: on the books that the last batch left in
// memory, so that one is decided while the one before it is still being written, and writing is one
// round trip. The county's batch number fences it: where anybody else has written meanwhile, the
// database refuses the draft and execute goes the long way.
#pragma once

#include "store/execute.hpp"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace store {

/// The lease of a county: one connection holds it until it ends, so that of several services on one
/// database one alone drafts. The others book the long way, behind the county's lock; none of them
/// waits, and one takes the lease over as soon as its holder is gone. A right to be fast and no
/// more: that the books do not fork rests on the batch number. True: `app` holds it now. Throws
/// DatabaseUnavailable.
bool take_lease(Database& app, ledger::CountyCode const&);

struct Draft; ///< defined in ledger/store only

struct DropDraft {
    void operator()(Draft*) const;
};
using DraftPtr = std::unique_ptr<Draft, DropDraft>;

/// Decides, without a word to the database, and leaves the books in memory as after it. Null where
/// they do not hold everything that the envelopes touch (all of one county, at most
/// batch_limit_interactive), or `app` does not hold the county's lease. Touches the memory of
/// `app` only, never its connection, so that it may run beside `write` of another draft, but not
/// beside `execute`.
DraftPtr draft(Database& app, std::span<Envelope const>);

/// Writes a draft and commits it; the outcomes in the order of the envelopes. Nullopt where it is
/// not known to be written: the books have moved on, a key was used before, the connection broke.
/// Executing the envelopes then tells. From then on, and from the end of a draft that nobody wrote,
/// no draft that was decided after it is written either. Touches the connection of `app` only.
std::optional<std::vector<Outcome>> write(Database& app, Draft&);

} // namespace store
