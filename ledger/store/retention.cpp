#include "store/retention.hpp"

#include "ledger/store/access_rows.hpp"

#include <boost/json.hpp>

namespace store {

namespace json = boost::json;
using ledger::CountyCode;

std::vector<RetentionDue> retention_due(Database& app, CountyCode const& county)
{
    return reading(app, county, [&](pqxx::transaction_base& transaction) {
        std::vector<RetentionDue> all;
        for (auto const& row :
             transaction.exec_params("SELECT borrower_number, what, closed_on, until_on, document"
                                     " FROM register.retention_due WHERE county_code = $1 ORDER BY "
                                     "borrower_number, what",
                                     county.text()))
            all.push_back({row[0].c_str(), enum_from<ledger::RetainedKind>(row[1].c_str()),
                           stored<ledger::Date>(row[2].c_str()),
                           stored<ledger::Date>(row[3].c_str()), row[4].c_str()});
        return all;
    });
}

int erase_due(Database& app, CountyCode const& county, int most, TrailRecord const& by)
{
    return changing(app, county, [&](pqxx::transaction_base& transaction) {
        json::object const who{
            {"actor", by.actor}, {"address", by.address}, {"request_id", by.request_id}};
        return transaction
            .exec_params1("SELECT register.erase_due($1, $2, $3::jsonb)", county.text(), most,
                          json::serialize(who))[0]
            .as<int>();
    });
}

} // namespace store
