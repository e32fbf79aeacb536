// One transaction around several readings, and the server's own functions about its log.
#include "store/snapshot.hpp"

#include "ledger/store/joined.hpp"
#include "ledger/store/session.hpp"

namespace store {

void in_one_snapshot(Database& reader, std::function<void()> const& read)
{
    reading(reader, [&](pqxx::transaction_base& transaction) {
        Joined const joined{reader.session(), transaction};
        read();
    });
}

LogPlace log_place(Database& reader)
{
    return reading(reader, [](pqxx::transaction_base& transaction) {
        auto const row =
            prepared(transaction, "log_place",
                     "SELECT c.system_identifier, s.is_standby,"
                     " (CASE WHEN s.is_standby THEN pg_catalog.pg_last_wal_replay_lsn()"
                     "       ELSE pg_catalog.pg_current_wal_flush_lsn() END - "
                     "'0/0'::pg_catalog.pg_lsn)::bigint"
                     " FROM pg_catalog.pg_control_system() c"
                     " CROSS JOIN (SELECT pg_catalog.pg_is_in_recovery() AS is_standby) s")[0];
        return LogPlace{row[0].c_str(), row[2].as<std::int64_t>(), row[1].as<bool>()};
    });
}

} // namespace store
