#include "store/personal.hpp"

#include "ledger/store/access_rows.hpp"
#include "ledger/store/personal_rows.hpp"

#include <algorithm>

namespace store {

namespace json = boost::json;
using ledger::BorrowerNumber;
using ledger::CountyCode;
using ledger::PersonalKind;
using ledger::Refusal;
using ledger::refuse;
using ledger::Result;

std::string hex_of(std::string_view bytes)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (char const byte : bytes) {
        auto const value = static_cast<unsigned char>(byte);
        text += digits[value >> 4];
        text += digits[value & 15U];
    }
    return text;
}

std::string bytes_of_hex(std::string_view hex)
{
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    auto const value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(value(hex[i]) * 16 + value(hex[i + 1]));
    return bytes;
}

namespace {

std::string about(std::string_view column, PersonalKind kind, CountyCode const& county,
                  BorrowerNumber const& borrower)
{
    return "register.personal|" + std::string{column} + "|" + std::string{code_of(kind)} + "|" +
           county.text() + "|" + borrower.text();
}

std::string tail_of(std::string_view whole)
{
    return std::string{whole.substr(whole.size() - std::min(whole.size(), ledger::personal_tail))};
}

std::string tail_about(PersonalKind kind)
{
    return std::string{code_of(kind)} + ":tail";
}

std::string array_of_hex(std::vector<std::string> const& all)
{
    std::vector<std::string> texts;
    for (auto const& each : all) texts.push_back(hex_of(each));
    return array_of(texts);
}

json::object by_json(TrailRecord const& by)
{
    return {{"actor", by.actor},
            {"subject", by.subject},
            {"address", by.address},
            {"request_id", by.request_id}};
}

/// Of a county, or of the township that somebody is confined to.
std::string sight(CountyCode const& county, ledger::UnitCode const& confined_to)
{
    return confined_to.is_empty() ? county.text() : confined_to.text();
}

} // namespace

std::string sealed_as(PersonalKind kind, CountyCode const& county, BorrowerNumber const& borrower)
{
    return about("sealed", kind, county, borrower);
}

std::string mask_sealed_as(PersonalKind kind, CountyCode const& county,
                           BorrowerNumber const& borrower)
{
    return about("sealed_mask", kind, county, borrower);
}

json::object personal_row(Sealing const& sealing, CountyCode const& county,
                          BorrowerNumber const& borrower, PersonalValue const& value)
{
    auto const kind = value.kind;
    int const key = sealing.newest().number;
    json::object row{
        {"borrower_number", borrower.text()},
        {"kind", code_of(kind)},
        {"key_number", key},
        {"sealed", hex_of(sealing.seal(value.whole, sealed_as(kind, county, borrower)))},
        {"sealed_mask", hex_of(sealing.seal(value.masked, mask_sealed_as(kind, county, borrower)))},
        {"exact_index", hex_of(sealing.indexes(value.whole, code_of(kind)).front())},
        {"tail_index", hex_of(sealing.indexes(tail_of(value.whole), tail_about(kind)).front())}};
    // The keys turned meanwhile: once more, so that all of a row is under one.
    if (sealing.newest().number != key) return personal_row(sealing, county, borrower, value);
    return row;
}

json::object key_row(Sealing const& sealing)
{
    auto const key = sealing.newest();
    return {{"number", key.number}, {"fingerprint", hex_of(key.fingerprint)}};
}

std::string exact_indexes(Sealing const& sealing, PersonalKind kind, std::string_view whole)
{
    return array_of_hex(sealing.indexes(whole, code_of(kind)));
}

std::string tail_indexes(Sealing const& sealing, PersonalKind kind, std::string_view tail)
{
    return array_of_hex(sealing.indexes(tail, tail_about(kind)));
}

std::vector<ledger::Digest> keyed_digests(Sealing const& sealing, ledger::Digest const& plain)
{
    std::vector<ledger::Digest> all;
    for (auto const& keyed : sealing.indexes(ledger::hex(plain), "command")) {
        ledger::Digest digest{};
        std::ranges::copy_n(keyed.begin(), digest.size(), digest.begin());
        all.push_back(digest);
    }
    return all;
}

namespace {

/// What a search may mean, as PostgreSQL takes it.
struct Sought {
    std::string exact = "{}", tail = "{}"; ///< arrays of indexes
    std::string number;                    ///< the end of a loan's or a borrower's
    std::string initials, name;            ///< patterns; empty: none
};

/// A pattern in which what people type means itself.
std::string quoted_pattern(std::string_view text)
{
    std::string pattern;
    for (char const c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern;
}

bool is_plain(std::string const& text)
{
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

Sought sought(Sealing const& sealing, std::string const& text)
{
    Sought what;
    if (auto const id = ledger::ResidentId::parse(text)) {
        what.exact = exact_indexes(sealing, PersonalKind::resident_id, id->reveal());
    } else if (auto const phone = ledger::PhoneNumber::parse(text)) {
        what.exact = exact_indexes(sealing, PersonalKind::phone, phone->reveal());
    } else if (text.size() == ledger::personal_tail && is_plain(text)) {
        std::string tail = text;
        std::ranges::replace(tail, 'x', 'X');
        what.tail = tail_indexes(sealing, PersonalKind::resident_id, tail);
    }
    if (!is_plain(text)) {
        what.name = "%" + quoted_pattern(text) + "%";
        return what;
    }
    what.number = "%" + quoted_pattern(text);
    bool const is_letters =
        std::ranges::all_of(text, [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
    if (is_letters) {
        for (char const c : text) what.initials += static_cast<char>(c | 0x20);
        what.initials += '%';
    }
    return what;
}

constexpr char const* find_sql =
    "SELECT c.borrower_number, c.name, c.village_name, c.township_name,"
    " coalesce(c.masks ->> 'resident_id', ''), b.name_initials, c.village_code"
    " FROM register.borrowers b"
    " JOIN register.borrower_card c USING (county_code, borrower_number)"
    " WHERE b.county_code = $1 AND (b.borrower_number IN ("
    "   SELECT i.borrower_number FROM register.personal_index i WHERE i.county_code = $1"
    "   AND (i.exact_index = ANY (ARRAY(SELECT decode(x, 'hex') FROM unnest($2::text[]) x))"
    "        OR i.tail_index = ANY (ARRAY(SELECT decode(x, 'hex') FROM unnest($3::text[]) x))))"
    " OR ($4 <> '' AND (b.borrower_number LIKE $4 OR EXISTS ("
    "   SELECT FROM ledger.loan_line l WHERE l.county_code = $1"
    "   AND l.borrower_number = b.borrower_number AND l.loan_number LIKE $4)))"
    " OR ($5 <> '' AND b.name_initials LIKE $5) OR ($6 <> '' AND b.name LIKE $6))"
    " ORDER BY b.borrower_number LIMIT $7";

} // namespace

Result<std::vector<BorrowerFound>> find_borrowers(Database& reader, CountyCode const& county,
                                                  std::string const& text)
{
    std::size_t characters = 0;
    for (char const c : text)
        characters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    if (characters < find_least)
        return refuse(Refusal::find_too_short, "find", std::to_string(find_least));
    auto const& sealing = reader.sealing();
    auto const what = sought(sealing, text);
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        std::vector<BorrowerFound> found;
        for (auto const& row :
             transaction.exec_params(find_sql, county.text(), what.exact, what.tail, what.number,
                                     what.initials, what.name, find_limit))
        {
            auto const number = stored<BorrowerNumber>(row[0].c_str());
            auto const mask =
                sealing.open(bytes_of_hex(row[4].c_str()),
                             mask_sealed_as(PersonalKind::resident_id, county, number));
            found.push_back({number.text(), row[1].c_str(), row[2].c_str(), row[3].c_str(),
                             stored<ledger::UnitCode>(row[6].c_str()), mask.value_or(""),
                             row[5].c_str()});
        }
        return found;
    });
}

bool is_whole_number(std::string const& text)
{
    return ledger::ResidentId::parse(text) || ledger::PhoneNumber::parse(text);
}

void note_search(Database& app, CountyCode const& county, TrailRecord const& by)
{
    changing(app, county, [&](pqxx::transaction_base& transaction) {
        transaction.exec_params("SELECT register.note_search($1, $2::jsonb)", county.text(),
                                json::serialize(by_json(by)));
        return true;
    });
}

Result<void> record_contact(Database& app, CountyCode const& county,
                            ledger::UnitCode const& confined_to, BorrowerNumber const& borrower,
                            Contact const& contact, TrailRecord by)
{
    auto const& sealing = app.sealing();
    json::array rows;
    if (contact.phone)
        rows.push_back(
            personal_row(sealing, county, borrower,
                         {PersonalKind::phone, contact.phone->reveal(), contact.phone->masked()}));
    if (contact.bank_account)
        rows.push_back(personal_row(sealing, county, borrower,
                                    {PersonalKind::bank_account, contact.bank_account->reveal(),
                                     contact.bank_account->masked()}));
    by.subject = borrower.text();
    bool const is_recorded = changing(app, county, [&](pqxx::transaction_base& transaction) {
        see(transaction, sight(county, confined_to));
        return transaction
            .exec_params1("SELECT register.record_contact($1, $2::jsonb, $3::jsonb, $4::jsonb)",
                          county.text(), json::serialize(rows), json::serialize(key_row(sealing)),
                          json::serialize(by_json(by)))[0]
            .as<bool>();
    });
    if (!is_recorded) return refuse(Refusal::borrower_not_found, "borrower");
    return {};
}

Result<std::string> reveal(Database& app, CountyCode const& county,
                           ledger::UnitCode const& confined_to, BorrowerNumber const& borrower,
                           PersonalKind kind, std::string const& purpose, TrailRecord by)
{
    by.subject = borrower.text();
    auto said = by_json(by);
    said["purpose"] = purpose;
    auto const sealed = changing(
        app, county, [&](pqxx::transaction_base& transaction) -> std::optional<std::string> {
            see(transaction, sight(county, confined_to));
            auto const row = transaction.exec_params1(
                "SELECT encode(register.reveal($1, $2, $3::jsonb), 'hex')", county.text(),
                std::string{code_of(kind)}, json::serialize(said));
            return row[0].is_null() ? std::nullopt : std::optional{std::string{row[0].c_str()}};
        });
    if (!sealed) return refuse(Refusal::personal_not_found, "what");
    auto whole = app.sealing().open(bytes_of_hex(*sealed), sealed_as(kind, county, borrower));
    if (!whole) throw IntegrityFault{"a sealed value does not open: another key, or it was moved"};
    return *std::move(whole);
}

namespace {

/// The rows that an older key sealed, sealed with the newest.
json::array sealed_anew(pqxx::transaction_base& transaction, Sealing const& sealing,
                        CountyCode const& county, int most)
{
    json::array rows;
    for (auto const& row : transaction.exec_params(
             "SELECT borrower_number, kind, version, encode(sealed, 'hex'),"
             " encode(sealed_mask, 'hex') FROM register.sealed_before($1, $2, $3)",
             county.text(), sealing.newest().number, most))
    {
        auto const borrower = stored<BorrowerNumber>(row[0].c_str());
        auto const kind = ledger::personal_kind_named(row[1].c_str()).value();
        auto const whole =
            sealing.open(bytes_of_hex(row[3].c_str()), sealed_as(kind, county, borrower));
        auto const mask =
            sealing.open(bytes_of_hex(row[4].c_str()), mask_sealed_as(kind, county, borrower));
        if (!whole || !mask)
            throw IntegrityFault{"what is personal of " + borrower.text() + " does not open"};
        auto fresh = personal_row(sealing, county, borrower, {kind, *whole, *mask});
        fresh["version"] = row[2].as<int>();
        rows.push_back(std::move(fresh));
    }
    return rows;
}

int reseal_some(pqxx::transaction_base& transaction, Sealing const& sealing,
                CountyCode const& county, int most)
{
    auto const rows = sealed_anew(transaction, sealing, county, most);
    if (rows.empty()) return 0;
    return transaction
        .exec_params1("SELECT register.reseal($1, $2::jsonb, $3::jsonb)", county.text(),
                      json::serialize(rows), json::serialize(key_row(sealing)))[0]
        .as<int>();
}

} // namespace

int reseal(Database& owner, CountyCode const& county, int most)
{
    return changing(owner, county, [&](pqxx::transaction_base& transaction) {
        return reseal_some(transaction, owner.sealing(), county, most);
    });
}

void reseal_last(Database& owner, CountyCode const& county)
{
    constexpr int all_at_once = 1'000'000;
    changing(owner, county, [&](pqxx::transaction_base& transaction) {
        transaction.exec_params("SELECT FROM ledger.begin_batch($1)", county.text());
        reseal_some(transaction, owner.sealing(), county, all_at_once);
        transaction.exec_params("SELECT register.retire_keys($1, $2)", county.text(),
                                owner.sealing().newest().number);
        return true;
    });
}

std::map<int, std::int64_t> sealed_by_key(Database& owner, CountyCode const& county)
{
    return reading(owner, county, [&](pqxx::transaction_base& transaction) {
        std::map<int, std::int64_t> all;
        for (auto const& row : transaction.exec_params(
                 "SELECT key_number, count(*) FROM register.personal_key WHERE county_code = $1"
                 " GROUP BY key_number",
                 county.text()))
            all.emplace(row[0].as<int>(), row[1].as<std::int64_t>());
        return all;
    });
}

Result<void> check_key(Database& app, CountyCode const& county)
{
    auto const key = app.sealing().newest();
    return reading(app, county, [&](pqxx::transaction_base& transaction) -> Result<void> {
        auto const rows = transaction.exec_params(
            "SELECT count(*) FILTER (WHERE key_number = $2),"
            " count(*) FILTER (WHERE key_number = $2 AND fingerprint = decode($3, 'hex')),"
            " coalesce(max(key_number), 0) FROM register.sealing_key WHERE county_code = $1",
            county.text(), key.number, hex_of(key.fingerprint));
        auto const row = rows[0];
        bool const is_known = row[0].as<int>() > 0;
        bool const is_same = row[1].as<int>() > 0;
        if (is_known ? is_same : row[2].as<int>() < key.number) return {};
        return refuse(Refusal::key_file_other, "key_file", std::to_string(key.number));
    });
}

} // namespace store
