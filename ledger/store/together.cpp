// Several changes in one transaction: all of them, or none.
#include "store/changes.hpp"

#include "ledger/store/access_rows.hpp"
#include "ledger/store/joined.hpp"

namespace store {

ledger::Result<void> together(Database& access, ledger::CountyCode const& county,
                              std::function<ledger::Result<void>()> const& steps)
{
    auto& session = access.session();
    try {
        pqxx::work transaction{session.open()};
        see(transaction, county.text());
        Joined const joined{session, transaction};
        if (auto const done = steps(); !done) return done; // nothing of it is kept
        transaction.commit();
        return {};
    } catch (pqxx::broken_connection const&) {
        session.drop();
        throw DatabaseUnavailable{"the connection to the database broke"};
    } catch (...) {
        rethrow_as_store_fault(session);
    }
}

} // namespace store
