// Opens connections lazily, takes the role, checks that it was granted, and says what a libpqxx
// error means. Decides nothing about the books.
#include "store/database.hpp"

#include "ledger/store/session.hpp"

#include <utility>

#if defined(__SANITIZE_ADDRESS__)
// libpqxx 6.4 does not free the result of a statement during which the connection broke: two
// kilobytes a broken connection, which no test of lost connections can avoid.
extern "C" char const* __lsan_default_suppressions();
extern "C" char const* __lsan_default_suppressions()
{
    return "leak:libpqxx-6.4";
}
#endif

namespace store {

std::string name_of(Role role)
{
    switch (role) {
    case Role::owner: return "daifu_owner";
    case Role::app: return "daifu_app";
    case Role::reader: return "daifu_reader";
    case Role::auditor: return "daifu_auditor";
    case Role::access: return "daifu_access";
    case Role::kiosk: return "daifu_kiosk";
    }
    throw IntegrityFault{"a role that does not exist"};
}

namespace {

/// The connection string with our own time-out and name, where it does not choose them itself.
std::string completed(std::string const& url, int connect_timeout_s)
{
    bool const is_uri = url.starts_with("postgresql://") || url.starts_with("postgres://");
    std::string text = url;
    auto add = [&](std::string const& key, std::string const& value) {
        if (url.find(key + "=") != std::string::npos) return;
        if (is_uri)
            text += (text.find('?') == std::string::npos ? "?" : "&") + key + "=" + value;
        else
            text += " " + key + "=" + value;
    };
    add("connect_timeout", std::to_string(connect_timeout_s));
    add("application_name", "daifu");
    // Over the network, a host that is gone without a word is noticed within a minute.
    add("tcp_user_timeout", "30000");
    add("keepalives_idle", "30");
    add("keepalives_interval", "10");
    return text;
}

int statement_limit_s(Role role)
{
    switch (role) {
    case Role::owner: return 0;
    case Role::app: return statement_limit_app_s;
    case Role::reader: return statement_limit_reader_s;
    case Role::auditor: return statement_limit_auditor_s;
    case Role::access: return statement_limit_access_s;
    case Role::kiosk: return statement_limit_access_s;
    }
    return statement_limit_app_s;
}

/// Deprecated for a successor that libpqxx 6 does not have: here it keeps a connection from coming
/// back by itself without its role.
void stay_closed_once_broken(pqxx::connection& connection)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    connection.inhibit_reactivation(true);
#pragma GCC diagnostic pop
}

void prepare(pqxx::connection& connection, Role role)
{
    pqxx::nontransaction setup{connection};
    setup.exec("SET search_path = ''; SET timezone = 'UTC'; SET datestyle = 'ISO, YMD';"
               " SET client_encoding = 'UTF8'; SET client_min_messages = warning;"
               " SET lock_timeout = '" +
               std::to_string(lock_limit_s) + "s'; SET idle_in_transaction_session_timeout = '" +
               std::to_string(idle_in_transaction_limit_s) + "s'; SET statement_timeout = '" +
               std::to_string(statement_limit_s(role)) +
               // Functions that return rows look costly to the planner; compiling their plans took
               // ten times as long as running them.
               "s'; SET jit = off");
    // Before the first migration there is no role yet: then migrate() creates it and takes it.
    bool const exists =
        !setup.exec_params("SELECT FROM pg_catalog.pg_roles WHERE rolname = $1", name_of(role))
             .empty();
    if (!exists && role == Role::owner) return;
    setup.exec("SET ROLE " + setup.quote_name(name_of(role)));
    if (role == Role::reader || role == Role::auditor)
        setup.exec("SET default_transaction_read_only = on");
    auto const current = setup.exec1("SELECT current_user");
    if (current[0].as<std::string>() != name_of(role))
        throw IntegrityFault{"the connection did not take the role " + name_of(role)};
}

/// Classes of SQLSTATE in which the world broke, not a rule.
bool is_world_broken(std::string const& sqlstate)
{
    std::string const in = sqlstate.substr(0, 2);
    // A migration changed what a prepared statement reads: a new connection prepares it anew.
    if (sqlstate == "0A000") return true;
    return in == "08" || in == "53" || in == "57" || in == "58" || sqlstate == "55P03" ||
           sqlstate == "25P03" || sqlstate == "25006" || in == "XX" || sqlstate.empty();
}

} // namespace

pqxx::connection& Database::Session::open()
{
    if (connection && !connection->is_open()) drop();
    if (connection) return *connection;
    try {
        auto fresh = std::make_unique<pqxx::connection>(completed(url, connect_timeout_s));
        stay_closed_once_broken(*fresh);
        // Terse: a DETAIL repeats the row, and a row may be a person's.
        fresh->set_verbosity(pqxx::connection_base::terse);
        prepare(*fresh, role);
        connection = std::move(fresh);
        return *connection;
    } catch (IntegrityFault const&) {
        throw;
    } catch (pqxx::insufficient_privilege const&) {
        throw DatabaseUnavailable{"the login may not take the role " + name_of(role)};
    } catch (std::exception const& error) {
        throw DatabaseUnavailable{std::string{"the database cannot be reached: "} + error.what()};
    }
}

void rethrow_as_store_fault(Database::Session& session)
{
    try {
        throw;
    } catch (pqxx::broken_connection const& error) {
        session.drop();
        throw DatabaseUnavailable{error.what()};
    } catch (pqxx::in_doubt_error const& error) {
        session.drop();
        throw DatabaseUnavailable{error.what()};
    } catch (pqxx::insufficient_privilege const& error) { // its SQLSTATE is left out
        throw IntegrityFault{std::string{"42501 "} + error.what()};
    } catch (pqxx::sql_error const& error) {
        std::string const sqlstate = error.sqlstate();
        if (session.connection && !session.connection->is_open()) session.drop();
        if (is_world_broken(sqlstate)) {
            session.drop();
            throw DatabaseUnavailable{sqlstate + " " + error.what()};
        }
        throw IntegrityFault{sqlstate + " " + error.what()};
    }
}

void see(pqxx::transaction_base& transaction, std::string const& unit)
{
    // The statement, not the function set_config: Citus hands only the statement on to its nodes.
    transaction.exec0("SET LOCAL daifu.sight = " + transaction.quote(unit));
}

std::string sight_of(Database const& database, ledger::CountyCode const& county)
{
    return database.confined_to().is_empty() ? county.text() : database.confined_to().text();
}

Database::Database(std::string url, Role role, int connect_timeout_s)
    : session_{std::make_unique<Session>()}
{
    session_->url = std::move(url);
    session_->role = role;
    session_->connect_timeout_s = connect_timeout_s;
}

Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

Sealing const& Database::sealing() const
{
    if (!sealing_) throw IntegrityFault{"there is no key to seal personal data with"};
    return *sealing_;
}

Database::Session& Database::session()
{
    return *session_;
}

bool Database::is_reachable()
{
    try {
        reading(*this, [](pqxx::transaction_base& transaction) {
            return transaction.exec1("SELECT 1").size();
        });
        return true;
    } catch (...) {
        return false;
    }
}

} // namespace store
