// The last step of growing: a province's tables lie on several machines, each county whole on one
// of them. What lies where is said in sql/citus; here is only whether it can be done at all. Never
// done by itself: who asks for it has Citus installed.
#include "ledger/store/embedded_sql.hpp"
#include "ledger/store/session.hpp"
#include "store/migrate.hpp"

namespace store {

ledger::Result<void> distribute(Database& owner)
{
    auto& session = owner.session();
    try {
        pqxx::work transaction{session.open()};
        auto const row = transaction.exec1(
            "SELECT count(*) > 0 FROM pg_catalog.pg_extension WHERE extname = 'citus'");
        if (!row[0].as<bool>())
            return ledger::refuse(ledger::Refusal::citus_not_installed, "distribute");
        for (auto const& file : embedded_sql())
            if (file.name.starts_with("citus/")) transaction.exec(std::string{file.text});
        transaction.commit();
        session.drop(); // its settings are those of before
        return {};
    } catch (...) {
        rethrow_as_store_fault(session);
    }
}

} // namespace store
