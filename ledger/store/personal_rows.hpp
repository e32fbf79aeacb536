// What is personal, as rows of register.personal: sealed, its mask sealed, its indexes keyed.
#pragma once

#include "ledger/identity.hpp"
#include "ledger/personal.hpp"
#include "ledger/seal.hpp"
#include "store/sealing.hpp"

#include <boost/json.hpp>
#include <pqxx/pqxx>

#include <string>
#include <string_view>
#include <vector>

namespace store {

/// A whole value and what is shown of it.
struct PersonalValue {
    ledger::PersonalKind kind{};
    std::string whole;
    std::string masked;
};
boost::json::object personal_row(Sealing const&, ledger::CountyCode const&,
                                 ledger::BorrowerNumber const&, PersonalValue const&);
/// {"number", "fingerprint"} of the key that seals now.
boost::json::object key_row(Sealing const&);

/// What a value, or its mask, is sealed as.
std::string sealed_as(ledger::PersonalKind, ledger::CountyCode const&,
                      ledger::BorrowerNumber const&);
std::string mask_sealed_as(ledger::PersonalKind, ledger::CountyCode const&,
                           ledger::BorrowerNumber const&);

/// PostgreSQL arrays of the indexes in hex, under every key.
std::string exact_indexes(Sealing const&, ledger::PersonalKind, std::string_view whole);
std::string tail_indexes(Sealing const&, ledger::PersonalKind, std::string_view tail);

std::string hex_of(std::string_view bytes);
std::string bytes_of_hex(std::string_view hex);

/// The digest of a command that names somebody, which the number could be guessed from: kept keyed.
/// Under every key, the newest first.
std::vector<ledger::Digest> keyed_digests(Sealing const&, ledger::Digest const&);

} // namespace store
