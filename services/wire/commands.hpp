// A request's body and path become a command: which fields each command takes, which may be left
// out and what they then are. It reads and checks the form of each field only; whether the books
// agree is ledger::decide's to say.
#pragma once

#include "ledger/command.hpp"
#include "wire/json.hpp"

#include <boost/json/fwd.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace wire {

/// The named parts of a route: {"loan": "L-1"}, {"fund": "F-1"}, {"date": "2016-08-31"}.
using Path = std::map<std::string, std::string, std::less<>>;

inline constexpr int name_limit = 60; ///< of a person or a fund
inline constexpr int place_limit = 120;
inline constexpr int digest_characters = 64; ///< SHA-256 in hex
inline constexpr int share_characters = 8;
inline constexpr int year_least = 1900;
inline constexpr int year_most = 2200;
inline constexpr int party_branch_limit = 100; ///< the full name with county and township
inline constexpr int document_limit = 120;     ///< a document's number and title, or a bank slip's
inline constexpr int purpose_limit = 200;
inline constexpr int industry_limit = 40;
inline constexpr int reason_limit = 200;

/// A part of the path as an identifier; refused under its own name.
template <class Name> Name part_of(Path const& path, std::string_view name, ObjectReader& body)
{
    auto const found = path.find(name);
    if (found == path.end()) {
        body.blame(ledger::Refusal::field_missing, name);
        return {};
    }
    auto parsed = Name::parse(found->second);
    if (parsed) return *std::move(parsed);
    body.blame(parsed.error().code, name, parsed.error().limit);
    return {};
}

/// `command_code` as ledger::code_of(Command) has it; choice_unknown (field "command") otherwise.
/// A part of the path and a field of the body never share a name: the same name in the body is
/// field_unknown. Dates left out are the business day.
///   register_borrower  borrower, name, resident_id, household, village, party_branch
///   open_fund          fund, name, document
///   pay_into_fund      path fund;  amount, document, value_on?
///   pay_into_risk_fund path fund;  amount, document, value_on?
///   propose_loan       loan, borrower, fund, purpose, industry, terms, proposed_on?, renews?
///   accrue             path loan;  through_on?
///   open_books         open_on?
///   close_day          path date
/// Whatever happens to a loan (wire/happenings.hpp) has path loan, the fields of its kind and
/// value_on?, document?, reason?; which of them want a document or a reason is the ledger's to say.
///   reverse            path loan;  sequence, reason
/// A fact of the registers (wire/register_facts.hpp) has the fields of its kind and value_on?,
/// document?, reason?.
///   reverse_fact       register, subject, sequence, reason
ledger::Result<ledger::Command> command_from(std::string_view command_code,
                                             boost::json::object const& body, Path const& path,
                                             ledger::Date business_day);

/// Of a file, what its sender says of it: taken_on, place, description. Refuses what reading an
/// object refuses.
ledger::Result<ledger::Command> evidence_from(boost::json::object const& fields,
                                              ledger::EvidenceKept file, ledger::Date business_day);

} // namespace wire
