// What the files of sign-in share: a transaction that changes, and the few columns they all read.
#pragma once

#include "ledger/store/columns.hpp"
#include "ledger/store/session.hpp"
#include "ledger/store/spelling.hpp"
#include "store/access.hpp"

namespace store {

/// Runs `change` of a county in one READ COMMITTED transaction and commits it; a connection that
/// had gone stale before anything was sent is opened again once. Within store::together it joins.
template <class Change>
auto changing(Database& database, ledger::CountyCode const& county, Change&& change)
{
    auto& session = database.session();
    if (session.together != nullptr) return change(*session.together);
    for (bool is_retry = false;; is_retry = true) {
        bool const was_open = session.connection != nullptr;
        bool is_sent = false;
        try {
            pqxx::work transaction{session.open()};
            see(transaction, county.text());
            is_sent = true;
            auto answer = change(static_cast<pqxx::transaction_base&>(transaction));
            transaction.commit();
            return answer;
        } catch (pqxx::broken_connection const&) {
            session.drop();
            if (is_sent || !was_open || is_retry)
                throw DatabaseUnavailable{"the connection to the database broke"};
        } catch (...) {
            rethrow_as_store_fault(session);
        }
    }
}

inline Instant instant_at(pqxx::field const& microseconds)
{
    return Instant{std::chrono::microseconds{microseconds.as<std::int64_t>()}};
}

/// Microseconds since 1970 of a column.
inline std::string micros(std::string const& column)
{
    return "(extract(epoch FROM " + column + ") * 1000000)::bigint";
}

ledger::UserRoles roles_in(pqxx::field const& json_array);
std::string array_of(ledger::UserRoles const&);
void append(pqxx::transaction_base&, ledger::CountyCode const&, TrailRecord const&);

} // namespace store
