// What a database is made of, against what this program would have made: every table, constraint,
// guard, function, view and grant by name, with the digest of its definition. The expectation is
// compiled in (sql/definitions.golden, which tests/sql regenerates), because what is written in the
// database its owner can change.
#pragma once

#include <pqxx/pqxx>

#include <map>
#include <string>
#include <vector>

namespace store {

/// Digests by the names of the objects; "-" for a fact that is its name, such as a grant.
using Definitions = std::map<std::string, std::string>;

/// As the catalogue has them.
Definitions definitions_in(pqxx::transaction_base&);
/// As this program would have made them.
Definitions expected_definitions();
/// A sentence for each object that is missing, is another or should not be there.
std::vector<std::string> differences(Definitions const& found, Definitions const& expected);

/// The form of the golden file: a line an object, its digest first.
std::string text_of(Definitions const&);

} // namespace store
