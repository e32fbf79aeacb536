// Calls the one function that adds the journal up, a part a transaction, until nothing is left.
#include "store/checkpoints.hpp"

#include "ledger/store/session.hpp"

namespace store {

std::int64_t take_checkpoint(Database& app, ledger::CountyCode const& county)
{
    auto& session = app.session();
    try {
        for (std::int64_t all = 0;;) {
            pqxx::work transaction{session.open()};
            see(transaction, county.text());
            auto const entries =
                transaction.exec_params1("SELECT ledger.take_checkpoint($1)", county.text())[0]
                    .as<std::int64_t>();
            transaction.commit();
            if (entries == 0) return all;
            all += entries;
        }
    } catch (...) {
        rethrow_as_store_fault(session);
    }
}

} // namespace store
