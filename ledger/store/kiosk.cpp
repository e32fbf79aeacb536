#include "store/kiosk.hpp"

#include "ledger/store/access_rows.hpp"
#include "ledger/store/personal_rows.hpp"

namespace store {

namespace json = boost::json;
using ledger::CountyCode;
using ledger::Refusal;
using ledger::refuse;
using ledger::Result;

namespace {

pqxx::binarystring bytes(ledger::Digest const& digest)
{
    return pqxx::binarystring{digest.data(), digest.size()};
}

/// The indexes of a card as the functions take them: an array of bytea.
std::string card_array(Sealing const& sealing, ledger::ResidentId const& card)
{
    std::string array = "{";
    for (auto const& index :
         sealing.indexes(card.reveal(), code_of(ledger::PersonalKind::resident_id)))
        array += (array.size() == 1 ? "" : ",") + ("\"\\\\x" + hex_of(index) + "\"");
    return array + "}";
}

std::optional<std::string> person(Database& kiosk, CountyCode const& county, char const* act,
                                  KioskAsked const& asked, std::string const& cards,
                                  std::string const& proof)
{
    json::object const request{{"address", asked.address}, {"request_id", asked.request_id}};
    return changing(
        kiosk, county, [&](pqxx::transaction_base& transaction) -> std::optional<std::string> {
            auto const row = transaction.exec_params1(
                "SELECT access.kiosk_person($1, $2, $3, $4, $5::bytea[], decode($6, 'hex'),"
                " $7::jsonb)",
                county.text(), act, bytes(asked.terminal), bytes(asked.session), cards,
                hex_of(proof), json::serialize(request));
            return row[0].is_null() ? std::nullopt : std::optional{std::string{row[0].c_str()}};
        });
}

} // namespace

KioskChallenge kiosk_challenge(Database& kiosk, CountyCode const& county,
                               ledger::Digest const& terminal, ledger::ResidentId const& card)
{
    auto const cards = card_array(kiosk.sealing(), card);
    return changing(kiosk, county, [&](pqxx::transaction_base& transaction) {
        auto const row =
            transaction.exec_params1("SELECT is_enrolled, locked_s, encode(salt, 'hex')"
                                     " FROM access.kiosk_challenge($1, $2, $3::bytea[])",
                                     county.text(), bytes(terminal), cards);
        return KioskChallenge{row[0].as<bool>(), row[1].as<int>(),
                              row[2].is_null() ? std::string{} : bytes_of_hex(row[2].c_str())};
    });
}

std::optional<std::string> kiosk_open(Database& kiosk, CountyCode const& county,
                                      KioskAsked const& asked, ledger::ResidentId const& card,
                                      std::string const& proof)
{
    return person(kiosk, county, "open", asked, card_array(kiosk.sealing(), card), proof);
}

std::optional<std::string> kiosk_read(Database& kiosk, CountyCode const& county,
                                      KioskAsked const& asked)
{
    return person(kiosk, county, "read", asked, "{}", {});
}

void kiosk_end(Database& kiosk, CountyCode const& county, KioskAsked const& asked)
{
    person(kiosk, county, "end", asked, "{}", {});
}

Result<void> set_kiosk_secret(Database& app, CountyCode const& county,
                              ledger::UnitCode const& confined_to,
                              ledger::BorrowerNumber const& borrower, ledger::KioskSecretKind kind,
                              std::string const& salt, ledger::Digest const& verifier,
                              TrailRecord by)
{
    json::object const said{{"actor", by.actor},
                            {"subject", borrower.text()},
                            {"address", by.address},
                            {"request_id", by.request_id}};
    bool const is_set = changing(app, county, [&](pqxx::transaction_base& transaction) {
        see(transaction, confined_to.is_empty() ? county.text() : confined_to.text());
        return transaction
            .exec_params1(
                "SELECT access.set_kiosk_secret($1, $2, decode($3, 'hex'), $4, $5::jsonb)",
                county.text(), std::string{code_of(kind)}, hex_of(salt), bytes(verifier),
                json::serialize(said))[0]
            .as<bool>();
    });
    if (!is_set) return refuse(Refusal::borrower_not_found, "borrower");
    return {};
}

std::vector<KioskLock> kiosk_locks(Database& app, CountyCode const& county)
{
    return reading(app, county, [&](pqxx::transaction_base& transaction) {
        std::vector<KioskLock> locks;
        for (auto const& row : transaction.exec_params(
                 "SELECT borrower_number, terminal_code, village_code, failures, " +
                     micros("locked_until") +
                     " FROM access.kiosk_lock WHERE county_code = $1 ORDER BY locked_until",
                 county.text()))
            locks.push_back({row[0].c_str(), row[1].c_str(),
                             stored<ledger::UnitCode>(row[2].c_str()), row[3].as<int>(),
                             instant_at(row[4])});
        return locks;
    });
}

std::vector<Terminal> terminals(Database& access, CountyCode const& county)
{
    return reading(access, county, [&](pqxx::transaction_base& transaction) {
        std::vector<Terminal> all;
        for (auto const& row : transaction.exec_params(
                 "SELECT terminal_code, name, ended_at IS NULL, " + micros("enrolled_at") + ", " +
                     micros("seen_at") +
                     " FROM access.terminal WHERE county_code = $1 ORDER BY terminal_code",
                 county.text()))
        {
            Terminal terminal{
                row[0].c_str(), row[1].c_str(), row[2].as<bool>(), instant_at(row[3]), {}};
            if (!row[4].is_null()) terminal.seen_at = instant_at(row[4]);
            all.push_back(std::move(terminal));
        }
        return all;
    });
}

void enrol_terminal(Database& access, CountyCode const& county, std::string const& code,
                    std::string const& name, ledger::Digest const& token, TrailRecord by)
{
    changing(access, county, [&](pqxx::transaction_base& transaction) {
        transaction.exec_params(
            "INSERT INTO access.terminal AS t (county_code, terminal_code, name, token_digest)"
            " VALUES ($1, $2, $3, $4) ON CONFLICT (county_code, terminal_code) DO UPDATE"
            " SET name = $3, token_digest = $4, enrolled_at = clock_timestamp(), ended_at = NULL",
            county.text(), code, name, bytes(token));
        by.event = "terminal_enrolled";
        by.subject = code;
        append(transaction, county, by);
        return true;
    });
}

Result<void> end_terminal(Database& access, CountyCode const& county, std::string const& code,
                          TrailRecord by)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) -> Result<void> {
        auto const ended = transaction.exec_params(
            "UPDATE access.terminal SET ended_at = clock_timestamp() WHERE county_code = $1"
            " AND terminal_code = $2 AND ended_at IS NULL RETURNING terminal_code",
            county.text(), code);
        if (ended.empty()) return refuse(Refusal::terminal_not_found, "terminal");
        by.event = "terminal_ended";
        by.subject = code;
        append(transaction, county, by);
        return {};
    });
}

} // namespace store
