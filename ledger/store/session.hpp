// One libpqxx connection behind Database, and what its errors mean to the rest of the house. A
// connection never reopens itself in the middle of a transaction (libpqxx would): it is dropped,
// and the next use opens a new one with its role, time zone and time limits set again.
#pragma once

#include "ledger/identity.hpp"
#include "store/database.hpp"

#include <pqxx/pqxx>

#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace ledger {
struct Programme;
}

namespace store {

class KeptBooks;

struct Database::Session {
    std::string url;
    Role role{};
    int connect_timeout_s = 5;
    std::unique_ptr<pqxx::connection> connection;
    /// Of whoever changes several things together: what reads or changes meanwhile does so in it.
    pqxx::transaction_base* together = nullptr;

    /// The rules of the counties that were read, as of a batch.
    struct Rules {
        std::int64_t batch_number = std::numeric_limits<std::int64_t>::max(); ///< none yet
        std::shared_ptr<ledger::Programme const> programme;
    };
    std::map<ledger::CountyCode, Rules> rules;
    /// What the write path left in memory; its alone.
    std::shared_ptr<KeptBooks> kept;
    /// Changes whenever a draft turns out not to be written: whatever rests on it is void.
    std::shared_ptr<std::atomic<std::uint64_t>> epoch =
        std::make_shared<std::atomic<std::uint64_t>>(0);
    /// Another connection to the same database; what a draft lacks is read on it.
    std::unique_ptr<Database> beside;
    /// The counties whose lease the connection holds (store/draft.hpp).
    std::set<ledger::CountyCode> leases;

    /// The open connection; opens it when there is none. Throws DatabaseUnavailable.
    pqxx::connection& open();
    /// Forgets the connection; the next use opens another.
    void drop()
    {
        connection.reset();
        beside.reset();
        leases.clear(); // the database gave them back with the connection
        rules.clear();
        kept.reset(); // the next one may lead to another database, restored or failed over
    }
};

/// Time limits of a statement, by what the role is for; nothing runs without one but a migration.
inline constexpr int statement_limit_app_s = 60;
inline constexpr int statement_limit_reader_s = 60;
inline constexpr int statement_limit_auditor_s = 600;
inline constexpr int statement_limit_access_s = 10;
inline constexpr int lock_limit_s = 30;
inline constexpr int idle_in_transaction_limit_s = 60;

/// "daifu_app" …
std::string name_of(Role);

/// Rethrows the exception in flight as DatabaseUnavailable (the world broke: connection, disk,
/// memory, time limit) or IntegrityFault (the database said no), dropping a broken connection.
/// A serialization failure or deadlock and exceptions of other origin pass unchanged.
[[noreturn]] void rethrow_as_store_fault(Database::Session&);

/// A statement that is asked again and again: the connection parses and plans it once. One name,
/// short, is one text.
template <class... Arguments>
pqxx::result prepared(pqxx::transaction_base& transaction, char const* name, std::string const& sql,
                      Arguments const&... arguments)
{
    transaction.conn().prepare(name, sql);
    return transaction.exec_prepared(name, arguments...);
}

/// Until its end the transaction sees the rows of one administrative unit, a county or a township,
/// and nothing else: the database's row security goes by this setting (sql/functions/50). Unset,
/// it sees none. Only what reads or executes for somebody calls it.
void see(pqxx::transaction_base&, std::string const& unit);
/// Of a county, or as much of it as the connection is confined to.
std::string sight_of(Database const&, ledger::CountyCode const&);

/// Runs `read` in one read-only REPEATABLE READ transaction; reopens a stale connection once.
/// Without a county it sees no row of any.
template <class Read> auto reading(Database& database, Read&& read)
{
    auto& session = database.session();
    if (session.together != nullptr) return read(*session.together);
    for (bool is_retry = false;; is_retry = true) {
        bool const was_open = session.connection != nullptr;
        try {
            pqxx::transaction<pqxx::repeatable_read, pqxx::read_only> transaction{session.open()};
            return read(static_cast<pqxx::transaction_base&>(transaction));
        } catch (pqxx::broken_connection const&) {
            session.drop();
            if (!was_open || is_retry)
                throw DatabaseUnavailable{"the connection to the database broke"};
        } catch (...) {
            rethrow_as_store_fault(session);
        }
    }
}

template <class Read>
auto reading(Database& database, ledger::CountyCode const& county, Read&& read)
{
    return reading(database, [&](pqxx::transaction_base& transaction) {
        see(transaction, sight_of(database, county));
        return read(transaction);
    });
}

} // namespace store
