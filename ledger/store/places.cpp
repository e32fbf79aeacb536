// Where what an address names lies.
#include "ledger/store/session.hpp"
#include "ledger/store/spelling.hpp"
#include "store/queries.hpp"

namespace store {

namespace {

char const* sql_for(NamedObject what)
{
    switch (what) {
    case NamedObject::loan:
        return "SELECT village_code FROM ledger.loan_line WHERE county_code = $1"
               " AND loan_number = $2";
    case NamedObject::borrower:
        return "SELECT village_code FROM register.borrowers WHERE county_code = $1"
               " AND borrower_number = $2";
    case NamedObject::household:
        return "SELECT village_code FROM ledger.household_line WHERE county_code = $1"
               " AND household_number = $2";
    case NamedObject::entry:
        return "SELECT coalesce(l.village_code, h.village_code) FROM ledger.entry_card e"
               " LEFT JOIN ledger.loan_line l ON l.county_code = e.county_code"
               "   AND l.loan_number = e.subject" // a loan may be named like a fund
               "   AND e.cause NOT IN ('fund_payment', 'risk_fund_payment')"
               " LEFT JOIN ledger.household_line h ON h.county_code = e.county_code"
               "   AND 'household:' || h.household_number = e.subject"
               " WHERE e.county_code = $1 AND e.entry_number::text = $2"
               " AND coalesce(l.village_code, h.village_code) IS NOT NULL";
    case NamedObject::evidence:
        return "SELECT DISTINCT h.village_code FROM ledger.household_evidence e"
               " JOIN ledger.household_line h USING (county_code, household_number)"
               " WHERE e.county_code = $1 AND e.digest = $2";
    }
    throw IntegrityFault{"a kind of object that does not exist"};
}

} // namespace

std::vector<ledger::UnitCode> places_of(Database& reader, ledger::CountyCode const& county,
                                        NamedObject what, std::string const& number)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        std::vector<ledger::UnitCode> places;
        for (auto const& row : transaction.exec_params(sql_for(what), county.text(), number))
            places.push_back(stored<ledger::UnitCode>(row[0].c_str()));
        return places;
    });
}

} // namespace store
