// What is personal of borrowers beside their names: found by keyed indexes, shown masked, revealed
// by a door that writes the read log. Refusals travel as values; the connection must have been
// given what seals (Database::seal_with).
#pragma once

#include "ledger/personal.hpp"
#include "store/access.hpp"
#include "store/database.hpp"
#include "store/queries.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace store {

/// A borrower whom somebody looks for.
struct BorrowerFound {
    std::string number, name, village_name, township_name;
    ledger::UnitCode village;
    std::string resident_id; ///< masked
    std::string initials;    ///< of the name in pinyin
};
inline constexpr int find_limit = 50;
inline constexpr std::size_t find_least = 2; ///< characters
/// By a whole resident id, its last four characters, a telephone, a loan's or a borrower's number
/// (whole or its end), the beginning of the name's pinyin initials, or a part of the name. Ordered
/// by number; at most find_limit. Refuses find_too_short.
ledger::Result<std::vector<BorrowerFound>>
find_borrowers(Database& reader, ledger::CountyCode const&, std::string const& text);

/// Whether the text is a whole number of somebody's: looking for one leaves a record.
bool is_whole_number(std::string const& text);
void note_search(Database& app, ledger::CountyCode const&, TrailRecord const& by);

struct Contact {
    std::optional<ledger::PhoneNumber> phone;
    std::optional<ledger::BankAccount> bank_account;
};
/// What is given replaces what was; the trail says that, not what. `by.subject` is filled in.
/// Refuses borrower_not_found.
ledger::Result<void> record_contact(Database& app, ledger::CountyCode const&,
                                    ledger::UnitCode const& confined_to,
                                    ledger::BorrowerNumber const&, Contact const&, TrailRecord by);

/// The whole value. Who reads it, whose, why and from where is in the trail before it is answered.
/// Refuses personal_not_found (also where the borrower lies outside of the township).
ledger::Result<std::string> reveal(Database& app, ledger::CountyCode const&,
                                   ledger::UnitCode const& confined_to,
                                   ledger::BorrowerNumber const&, ledger::PersonalKind,
                                   std::string const& purpose, TrailRecord by);

/// Seals the next rows that an older key sealed with the newest; how many. 0: none is left. Throws
/// IntegrityFault where a row cannot be opened.
int reseal(Database& owner, ledger::CountyCode const&, int most);
/// The same until nothing is left, behind the books' lock: whoever was writing with an older key
/// has written.
void reseal_last(Database& owner, ledger::CountyCode const&);
/// How many values each key seals.
std::map<int, std::int64_t> sealed_by_key(Database& owner, ledger::CountyCode const&);
/// Whether the key that seals is the one that the county's data knows under its number. Refuses
/// key_file_other.
ledger::Result<void> check_key(Database& app, ledger::CountyCode const&);

} // namespace store
