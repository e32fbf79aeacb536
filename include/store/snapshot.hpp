// Several readings of one instant, and how far a server has come with the write-ahead log: what
// whoever reads from a standby needs to know of it. Reads no row of the books itself.
#pragma once

#include "store/database.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace store {

/// What `read` reads through this connection is of one instant, in one transaction. Where the
/// connection turns out to be stale, `read` is done again from its beginning.
void in_one_snapshot(Database& reader, std::function<void()> const& read);

/// A server's place in the log: a primary's is what it has written, a standby's what it has
/// replayed. Two are compared only where the cluster is one.
struct LogPlace {
    std::string cluster; ///< the number that a primary and its standbys share
    std::int64_t position = 0;
    bool is_standby = false;
};
LogPlace log_place(Database& reader);

} // namespace store
