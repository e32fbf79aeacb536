// Brings a database to the schema that was compiled in. Migrations run once, each in its own
// transaction with its checksum beside it; functions, views and roles are written again every time,
// in one transaction, so that whatever somebody changed by hand is as the files say. Never goes
// backwards, and refuses a database that is newer than the binary.
#include "store/migrate.hpp"

#include "ledger/seal.hpp"
#include "ledger/store/embedded_sql.hpp"
#include "ledger/store/seed.hpp"
#include "ledger/store/session.hpp"

#include <map>

namespace store {
namespace {

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

std::vector<MigrationStep> migrate_locked(pqxx::connection& connection,
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
    return steps;
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
        auto steps = migrate_locked(connection, report);
        session.drop(); // frees the lock; the next use takes the owner role from the start
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
