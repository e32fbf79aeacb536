// The effective-dated rows that come with the binary: chart, rules, rates, administrative units.
// Loaded where they are missing; a row that is there already is left alone. Runs as the owner.
#pragma once

#include "ledger/identity.hpp"

#include <pqxx/pqxx>

namespace store {

void seed_reference_tables(pqxx::transaction_base&);
/// Asserts nothing about the county's row but that it exists.
void seed_county(pqxx::transaction_base&, std::string const& county_code);

} // namespace store
