// The books as text, to hold two databases that lived through the same against each other: every
// row but for when it was written and what is computed of that (the doctor holds the digests
// against their entries). Accounts stand by their names; their numbers mean nothing.
#pragma once

#include "store/execute.hpp"

#include <map>
#include <string>

namespace test {

/// By table, a line a row, sorted.
std::map<std::string, std::string> whole_books(std::string const& url);

/// The tables that differ, with the first rows that only one of them has; empty: they are the same.
std::string difference(std::map<std::string, std::string> const& left,
                       std::map<std::string, std::string> const& right);

/// Without the instant of its receipt and the digest that holds it.
store::Outcome timeless(store::Outcome);

/// "repay L1 entry 7 event 3", "loan_not_found loan", with " again" where it is a replay.
std::string in_words(store::Outcome const&);

} // namespace test
