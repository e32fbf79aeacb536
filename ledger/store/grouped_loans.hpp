// Every loan of a county with the group that it belongs to, as the engine reads it.
#pragma once

#include "ledger/indicator.hpp"
#include "ledger/loan.hpp"
#include "store/queries.hpp"

#include <pqxx/pqxx>

#include <functional>

namespace store {

struct Group {
    std::string key, name; ///< both empty where there are no groups
};

/// Of one group (empty: of all) in order of their numbers, a page at a time, so that memory is
/// bounded; each with what was known at an instant (empty: now).
void each_grouped_loan(pqxx::transaction_base&, ledger::CountyCode const&, ledger::Dimension,
                       std::string const& key, std::optional<Instant> known_at,
                       std::function<void(ledger::Loan const&, Group const&)> const&);

} // namespace store
