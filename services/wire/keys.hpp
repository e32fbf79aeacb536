// Every key that `daifu schedule` and `daifu replay` take. A key exists when it is in these tables,
// one line each: the help of the command line is made of them, a test holds the reference page
// against them, and a key that is not in them is refused as unknown, even where a reader would read
// it.
#pragma once

#include "ledger/refusal.hpp"

#include <boost/json/fwd.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wire {

struct Key {
    std::string_view path; ///< "every.unit", "events[].amount"
    std::string takes;     ///< "yuan", "percent a year", "day, week, month"
    std::string_view meaning;
};

/// The terms and the disbursements.
std::vector<Key> const& schedule_keys();
/// The terms, the events and the day that is looked at.
std::vector<Key> const& replay_keys();

/// Refuses field_unknown for the first member, at any depth, that is not in the table.
ledger::Result<void> check_keys(boost::json::object const&, std::span<Key const>);

} // namespace wire
