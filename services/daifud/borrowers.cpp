// Borrowers, as the register knows them. Personal numbers leave masked; a whole one by a door of
// its own, with a purpose, which the read log keeps.
#include "daifud/command_request.hpp"
#include "daifud/gate.hpp"
#include "daifud/handlers.hpp"

#include "store/personal.hpp"
#include "store/queries.hpp"
#include "wire/answers.hpp"
#include "wire/json.hpp"

#include <boost/json.hpp>

#include <map>

namespace daifud {

namespace json = boost::json;
using ledger::Refusal;
using ledger::refuse;

namespace {

constexpr int find_text_limit = 60; ///< characters
constexpr int number_text_limit = 60;
constexpr int purpose_limit = 120;

/// By borrower, as the list of loans shows them.
std::multimap<std::string, store::LoanLine>
loans_of(Reading const& reading, std::span<store::BorrowerFound const> borrowers)
{
    std::multimap<std::string, store::LoanLine> loans;
    if (borrowers.empty()) return loans;
    store::LoanFilter filter{{}, {}, {}, store::page_limit};
    for (auto const& one : borrowers) filter.borrowers.push_back(one.number);
    for (auto& line : store::loans(reading.database, reading.county, filter))
        loans.emplace(line.borrower, std::move(line));
    return loans;
}

} // namespace

Answer borrower_card(Reading const& reading)
{
    auto const number = reading.path<ledger::BorrowerNumber>("borrower");
    if (!number) return std::unexpected{number.error()};
    auto const card = store::borrower(reading.database, reading.county, *number);
    if (!card) return refuse(Refusal::borrower_not_found, "borrower");
    return wire::to_json(*card);
}

Answer find_borrowers(Reading const& reading)
{
    auto const body = body_of(reading.request);
    if (!body) return std::unexpected{body.error()};
    wire::ObjectReader from{*body};
    auto const text = from.text("find", find_text_limit);
    if (auto const read = from.finish(); !read) return std::unexpected{read.error()};
    if (store::is_whole_number(text))
        store::note_search(reading.database, reading.county, trail_of(reading.request));
    auto const found = store::find_borrowers(reading.database, reading.county, text);
    if (!found) return std::unexpected{found.error()};
    auto const& township = caller_of(reading.request).confined_to;
    auto const loans_by = loans_of(reading, *found);
    json::array list;
    for (store::BorrowerFound const& one : *found) {
        if (!ledger::check_place(township, one.village)) continue;
        json::array loans;
        for (auto [line, end] = loans_by.equal_range(one.number); line != end; ++line)
            loans.push_back(wire::to_json(line->second));
        list.push_back(json::object{{"borrower", one.number},
                                    {"name", one.name},
                                    {"initials", one.initials},
                                    {"resident_id", one.resident_id},
                                    {"village", one.village.text()},
                                    {"village_name", one.village_name},
                                    {"township_name", one.township_name},
                                    {"loans", std::move(loans)}});
    }
    return json::object{{"borrowers", std::move(list)},
                        {"is_cut", found->size() == std::size_t{store::find_limit}}};
}

Answer record_contact(Reading const& reading)
{
    auto const number = reading.path<ledger::BorrowerNumber>("borrower");
    if (!number) return std::unexpected{number.error()};
    auto const body = body_of(reading.request);
    if (!body) return std::unexpected{body.error()};
    wire::ObjectReader from{*body};
    auto const phone = from.text_or_nothing("phone", number_text_limit);
    auto const account = from.text_or_nothing("bank_account", number_text_limit);
    if (auto const read = from.finish(); !read) return std::unexpected{read.error()};
    store::Contact contact;
    if (!phone.empty()) {
        auto const parsed = ledger::PhoneNumber::parse(phone);
        if (!parsed) return std::unexpected{parsed.error()};
        contact.phone = *parsed;
    }
    if (!account.empty()) {
        auto const parsed = ledger::BankAccount::parse(account);
        if (!parsed) return std::unexpected{parsed.error()};
        contact.bank_account = *parsed;
    }
    if (!contact.phone && !contact.bank_account) return refuse(Refusal::field_missing, "phone");
    if (auto const recorded = store::record_contact(reading.database, reading.county,
                                                    caller_of(reading.request).confined_to, *number,
                                                    contact, trail_of(reading.request));
        !recorded)
    {
        return std::unexpected{recorded.error()};
    }
    return borrower_card(reading);
}

Answer reveal_personal(Reading const& reading)
{
    auto const number = reading.path<ledger::BorrowerNumber>("borrower");
    if (!number) return std::unexpected{number.error()};
    auto const body = body_of(reading.request);
    if (!body) return std::unexpected{body.error()};
    wire::ObjectReader from{*body};
    auto const what = from.text("what", number_text_limit);
    auto const purpose = from.text("purpose", purpose_limit);
    if (auto const read = from.finish(); !read) return std::unexpected{read.error()};
    auto const kind = ledger::personal_kind_named(what);
    if (!kind) return std::unexpected{kind.error()};
    auto const whole =
        store::reveal(reading.database, reading.county, caller_of(reading.request).confined_to,
                      *number, *kind, purpose, trail_of(reading.request));
    if (!whole) return std::unexpected{whole.error()};
    return json::object{{"borrower", number->text()}, {"what", what}, {"whole", *whole}};
}

} // namespace daifud
