// Brings a database to the schema that was compiled in. Migrations run once, each in its own
// transaction with its checksum beside it; functions, views and roles are written again every time,
// in one transaction, so that whatever somebody changed by hand is as the files say. Never goes
// backwards, and refuses a database that is newer than the binary.
#include "store/migrate.hpp"

#include "ledger/seal.hpp"
#include "ledger/store/embedded_sql.hpp"
#include "ledger/store/personal_rows.hpp"
#include "ledger/store/pinyin.hpp"
#include "ledger/store/seed.hpp"
#include "ledger/store/session.hpp"
#include "ledger/store/spelling.hpp"
#include "store/checkpoints.hpp"

#include <map>

namespace store {
namespace {

namespace json = boost::json;

inline constexpr long migration_lock = 530'921'001; ///< advisory, one migrate at a time

std::string checksum_of(std::string_view text)
{
    auto const* bytes = reinterpret_cast<std::uint8_t const*>(text.data());
    return ledger::hex(ledger::leaf_digest({bytes, text.size()}, ledger::DigestAlgorithm::sha256));
}

bool is_migration(EmbeddedFile const& file)
{
    return file.name.starts_with("migrations/");
}

using Applied = std::map<std::string, std::string>;

Applied applied_in(pqxx::transaction_base& transaction)
{
    Applied applied;
    for (auto const& row : transaction.exec("SELECT file, checksum FROM ledger.migration"))
        applied[row[0].as<std::string>()] = row[1].as<std::string>();
    return applied;
}

void check_history(Applied const& applied)
{
    Applied known;
    for (auto const& file : embedded_sql())
        if (is_migration(file)) known[std::string{file.name}] = checksum_of(file.text);
    for (auto const& [file, checksum] : applied) {
        auto const found = known.find(file);
        if (found == known.end())
            throw IntegrityFault{"the database is newer than this program: " + file};
        if (found->second != checksum)
            throw IntegrityFault{"a landed migration was edited: " + file};
    }
}

/// Roles, schemas and the record of migrations, as the login; then the owner takes over.
void bootstrap(pqxx::connection& connection)
{
    pqxx::work transaction{connection};
    transaction.exec("RESET ROLE");
    transaction.exec(std::string{embedded_text("bootstrap.sql")});
    transaction.commit();
}

void apply_again(pqxx::connection& connection)
{
    pqxx::work transaction{connection};
    for (std::string_view folder : {"functions/", "views/", "roles/"})
        for (auto const& file : embedded_sql())
            if (file.name.starts_with(folder)) transaction.exec(std::string{file.text});
    seed_reference_tables(transaction);
    for (auto const& row : transaction.exec("SELECT county_code FROM ledger.county ORDER BY 1")) {
        see(transaction, row[0].as<std::string>());
        seed_county(transaction, row[0].as<std::string>());
    }
    transaction.commit();
}

/// What was kept of the commands that named an id, plain until now: the id could be guessed from
/// it.
void key_digests(pqxx::transaction_base& transaction, Database const& owner,
                 std::string const& code)
{
    see(transaction, code);
    auto const rows = transaction.exec_params(
        "SELECT idempotency_key, encode(body_digest, 'hex') FROM ledger.command_answer"
        " WHERE county_code = $1 AND command = 'register_borrower'",
        code);
    if (rows.empty()) return;
    transaction.exec("ALTER TABLE ledger.command_answer DISABLE TRIGGER USER");
    for (auto const& row : rows) {
        auto const keyed = keyed_digests(owner.sealing(), digest_from_hex(row[1].c_str())).front();
        transaction.exec_params(
            "UPDATE ledger.command_answer SET body_digest = decode($3, 'hex'), idempotency_key ="
            " CASE WHEN idempotency_key LIKE 'import:borrower:%'"
            "      THEN regexp_replace(idempotency_key, ':[0-9a-f]+$', '')"
            "      ELSE idempotency_key END WHERE county_code = $1 AND idempotency_key = $2",
            code, row[0].c_str(), ledger::hex(keyed));
    }
    transaction.exec("ALTER TABLE ledger.command_answer ENABLE TRIGGER USER");
}

/// The resident ids of before 0012: sealed, and their column gone, from the table's pages too. What
/// was written ahead of it, and backups of before, hold them until they go by themselves.
void seal_plain_ids(pqxx::connection& connection, Database const& owner)
{
    pqxx::work transaction{connection};
    auto const has_column =
        transaction.exec1("SELECT count(*) > 0 FROM pg_catalog.pg_attribute WHERE attrelid ="
                          " 'register.borrower'::regclass AND attname = 'resident_id'"
                          " AND NOT attisdropped")[0];
    if (!has_column.as<bool>()) return;
    transaction.exec("LOCK TABLE register.borrower IN ACCESS EXCLUSIVE MODE;"
                     " ALTER TABLE register.borrower DISABLE TRIGGER USER");
    for (auto const& county : transaction.exec("SELECT county_code FROM ledger.county")) {
        auto const code = stored<ledger::CountyCode>(county[0].c_str());
        see(transaction, code.text());
        json::array rows;
        for (auto const& row : transaction.exec_params(
                 "SELECT borrower_number, name, resident_id FROM register.borrower"
                 " WHERE county_code = $1",
                 code.text()))
        {
            auto const number = stored<ledger::BorrowerNumber>(row[0].c_str());
            auto const id = stored<ledger::ResidentId>(row[2].c_str());
            rows.push_back(
                personal_row(owner.sealing(), code, number,
                             {ledger::PersonalKind::resident_id, id.reveal(), id.masked()}));
            transaction.exec_params("UPDATE register.borrower SET name_initials = $3"
                                    " WHERE county_code = $1 AND borrower_number = $2",
                                    code.text(), number.text(), pinyin_initials(row[1].c_str()));
        }
        if (!rows.empty())
            transaction.exec_params("SELECT register.append_personal($1, $2::jsonb, $3::jsonb)",
                                    code.text(), json::serialize(rows),
                                    json::serialize(key_row(owner.sealing())));
    }
    for (auto const& county : transaction.exec("SELECT county_code FROM ledger.county"))
        key_digests(transaction, owner, county[0].c_str());
    // The deferred checks of what was changed must have been made before the table is.
    transaction.exec("SET CONSTRAINTS ALL IMMEDIATE;"
                     " ALTER TABLE register.borrower ENABLE TRIGGER USER;"
                     " ALTER TABLE register.borrower DROP COLUMN resident_id;"
                     " CLUSTER register.borrower USING borrower_pkey");
    transaction.commit();
}

std::vector<MigrationStep> migrate_locked(pqxx::connection& connection, Database const& owner,
                                          std::function<void(MigrationStep const&)> const& report)
{
    bootstrap(connection);
    Applied applied;
    {
        pqxx::work transaction{connection};
        applied = applied_in(transaction);
    }
    check_history(applied);
    std::vector<MigrationStep> steps;
    for (auto const& file : embedded_sql()) {
        if (!is_migration(file)) continue;
        MigrationStep step{std::string{file.name}, !applied.contains(std::string{file.name})};
        if (step.applied_now) {
            pqxx::work transaction{connection};
            transaction.exec(std::string{file.text});
            transaction.exec_params("INSERT INTO ledger.migration (file, checksum) VALUES ($1, $2)",
                                    step.file, checksum_of(file.text));
            transaction.commit();
        }
        if (report) report(step);
        steps.push_back(std::move(step));
    }
    apply_again(connection);
    seal_plain_ids(connection, owner);
    return steps;
}

/// Books of before there were checkpoints.
void add_up(Database& owner)
{
    auto const counties = reading(owner, [](pqxx::transaction_base& transaction) {
        return transaction.exec("SELECT county_code FROM ledger.county ORDER BY 1");
    });
    for (auto const& row : counties)
        take_checkpoint(owner, stored<ledger::CountyCode>(row[0].c_str()));
}

} // namespace

std::string_view embedded_text(std::string_view name)
{
    for (auto const& file : embedded_sql())
        if (file.name == name) return file.text;
    throw IntegrityFault{"no such SQL file: " + std::string{name}};
}

std::vector<MigrationStep> migrate(Database& owner,
                                   std::function<void(MigrationStep const&)> report)
{
    auto& session = owner.session();
    try {
        auto& connection = session.open();
        {
            pqxx::nontransaction lock{connection};
            lock.exec("SET lock_timeout = 0");
            lock.exec_params("SELECT pg_catalog.pg_advisory_lock($1)", migration_lock);
        }
        auto steps = migrate_locked(connection, owner, report);
        session.drop(); // frees the lock; the next use takes the owner role from the start
        add_up(owner);
        return steps;
    } catch (IntegrityFault const&) {
        session.drop();
        throw;
    } catch (...) {
        rethrow_as_store_fault(session);
    }
}

bool is_migrated(Database& reader)
{
    return reading(reader, [](pqxx::transaction_base& transaction) {
        if (transaction.exec1("SELECT pg_catalog.to_regclass('ledger.migration')")[0].is_null())
            return false;
        Applied const applied = applied_in(transaction);
        std::size_t known = 0;
        for (auto const& file : embedded_sql()) {
            if (!is_migration(file)) continue;
            ++known;
            auto const found = applied.find(std::string{file.name});
            if (found == applied.end() || found->second != checksum_of(file.text)) return false;
        }
        return applied.size() == known;
    });
}

} // namespace store
