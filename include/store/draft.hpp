// A batch that is decided on the books that the last batch left in memory, while the one before it
// is still being written; writing it is one round trip. What memory lacks is read on a connection
// beside the one that writes. The county's batch number fences it: where anybody else has written
// meanwhile, the database refuses the draft and execute goes the long way.
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

/// Decides, and leaves the books in memory as after it. Null where the envelopes are not of one
/// county or more than batch_limit_interactive, touch what is never kept in memory (places, people
/// who register, registers), one of them is refused (its key may have been used before), or `app`
/// does not hold the county's lease. Touches the memory of `app` and a connection of its own, never
/// the one that writes, so that it may run beside `write` of another draft, but not beside
/// `execute`.
DraftPtr draft(Database& app, std::span<Envelope const>);

/// Writes a draft and commits it; the outcomes in the order of the envelopes. Nullopt where it is
/// not known to be written: the books have moved on, a key was used before, the connection broke.
/// Executing the envelopes then tells. From then on, and from the end of a draft that nobody wrote,
/// no draft that was decided after it is written either. Touches the connection of `app` only.
std::optional<std::vector<Outcome>> write(Database& app, Draft&);

} // namespace store
