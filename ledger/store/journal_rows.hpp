// Journal entries as the view gives them, for the queries and the doctor.
#pragma once

#include "store/queries.hpp"

#include <pqxx/pqxx>

namespace store {

/// The next page of entries after a number, in order.
pqxx::result entry_rows(pqxx::transaction_base&, ledger::CountyCode const&, std::int64_t after);
/// Asserts what JournalEntry::balanced asserts: an unbalanced entry in the books is a Bug here.
EntryCard entry_in(ledger::CountyCode const&, pqxx::row const&);

/// The entries of one subject (a loan's number, "household:" and a household's) in number order.
pqxx::result entry_rows_of(pqxx::transaction_base&, ledger::CountyCode const&,
                           std::string const& subject);

} // namespace store
