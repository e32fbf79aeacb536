// The doctor's look at households, with the engine: every standing in force is the fold of its day,
// and the households' holdings, added up, are the journal's balances of 9101 to 9103 and 9199.
#include "ledger/store/batch.hpp"
#include "ledger/store/doctor_checks.hpp"
#include "ledger/store/rows.hpp"
#include "ledger/store/spelling.hpp"

#include <boost/json.hpp>

namespace store {

namespace json = boost::json;
using ledger::CountyCode;
using ledger::Household;

namespace {

struct Households {
    std::map<std::string, Household> readable;
    std::vector<std::string> unreadable; ///< a sentence each
};

/// A household that cannot be read is a violation, not the end of the checks.
Households households_of(pqxx::transaction_base& transaction, CountyCode const& county)
{
    Households households;
    for (auto const& row :
         transaction.exec_params("SELECT household_number, body FROM ledger.household_for_engine"
                                 " WHERE county_code = $1 ORDER BY household_number",
                                 county.text()))
    {
        try {
            households.readable.emplace(row[0].c_str(),
                                        household_from(json::parse(row[1].c_str()).as_object()));
        } catch (std::exception const& error) {
            households.unreadable.push_back(std::string{"household "} + row[0].c_str() +
                                            " cannot be read: " + error.what());
        }
    }
    return households;
}

Check standings(pqxx::transaction_base& transaction, CountyCode const& county,
                Households const& households)
{
    Check check{"household_standings_equal_fold",
                "农户状态快照等于业务重算",
                "Where each household stood on each day is the fold of that day",
                0,
                {},
                0};
    for (auto const& sentence : households.unreadable) add_violation(check, sentence);
    auto const rows = transaction.exec_params(
        "SELECT to_jsonb(s) - 'county_code' - 'recorded_at' FROM ledger.household_standing s"
        " WHERE county_code = $1 AND NOT EXISTS (SELECT FROM ledger.household_standing x"
        "     WHERE x.county_code = s.county_code AND x.household_number = s.household_number"
        "     AND x.sequence > s.sequence AND x.effective_on <= s.effective_on)"
        " ORDER BY household_number, effective_on",
        county.text());
    for (auto const& row : rows) {
        ++check.examined;
        auto const kept = json::parse(row[0].c_str()).as_object();
        std::string const number{kept.at("household_number").as_string()};
        std::string const day{kept.at("effective_on").as_string()};
        auto const found = households.readable.find(number);
        if (found == households.readable.end()) continue; // told above
        try {
            auto folded = standing_row(found->second, stored<ledger::Date>(day),
                                       static_cast<int>(kept.at("sequence").as_int64()));
            for (char const* column : {"village_code", "standing"})
                folded.emplace(column, nullptr); // before its registration
            if (json::value(folded) != json::value(kept))
                add_violation(check, "household " + number + " on " + day + " is not its fold");
        } catch (std::exception const& error) {
            add_violation(check, "household " + number + " cannot be folded: " + error.what());
        }
    }
    return check;
}

Check holdings(pqxx::transaction_base& transaction, CountyCode const& county,
               Households const& households)
{
    Check check{"household_balances_equal_fold",
                "农户科目余额等于各户重算之和",
                "The balances of households and persons are what the households hold",
                0,
                {},
                0};
    std::map<std::string, std::int64_t> held, booked;
    for (auto const& [number, household] : households.readable) {
        ++check.examined;
        try {
            for (auto const& [where, units] :
                 ledger::holdings(ledger::fold(household, ledger::all_days.until)))
                held[where.first.code.text() + " " + where.first.subkey + " " +
                     std::string{ledger::code_of(where.second)}] += units;
        } catch (ledger::Bug const& bug) {
            add_violation(check, "household " + number + " cannot be folded: " + bug.what());
        }
    }
    for (auto const& row : transaction.exec_params(
             "SELECT a.code || ' ' || a.subkey || ' ' || p.unit,"
             " sum(CASE WHEN p.side = c.normal_side THEN p.minor_units ELSE -p.minor_units END)"
             " FROM ledger.posting p JOIN ledger.account a USING (county_code, account_number)"
             " JOIN programme.chart_line c USING (county_code, code)"
             " WHERE p.county_code = $1 AND p.unit IN ('HOUSEHOLD', 'PERSON') GROUP BY 1",
             county.text()))
        booked[row[0].c_str()] = row[1].as<std::int64_t>();
    for (auto const& [account, units] : booked) held.try_emplace(account, 0);
    for (auto const& [account, units] : held) {
        std::int64_t const in_journal = booked.contains(account) ? booked.at(account) : 0;
        if (units != in_journal)
            add_violation(check, "account " + account + ": journal " + std::to_string(in_journal) +
                                     ", households " + std::to_string(units));
    }
    return check;
}

} // namespace

std::vector<Check> household_checks(pqxx::transaction_base& transaction, CountyCode const& county)
{
    auto const households = households_of(transaction, county);
    std::vector<Check> checks;
    checks.push_back(standings(transaction, county, households));
    checks.push_back(holdings(transaction, county, households));
    return checks;
}

} // namespace store
