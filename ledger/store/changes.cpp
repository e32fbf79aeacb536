#include "store/changes.hpp"

#include "ledger/store/access_rows.hpp"
#include "ledger/store/batch.hpp"

namespace store {

using ledger::CountyCode;

namespace {

std::string const columns =
    "SELECT c.change_number, c.act, c.subject, c.body::text, coalesce(c.effect::text, ''), "
    "c.maker, " +
    micros("c.made_at") +
    ", coalesce(s.outcome, 'waiting'), coalesce(s.actor, '') FROM access.change c"
    " LEFT JOIN access.change_step s USING (county_code, change_number)"
    " WHERE c.county_code = $1";

AskedChange change_in(pqxx::row const& row)
{
    return {row[0].as<std::int64_t>(),
            row[1].c_str(),
            row[2].c_str(),
            row[3].c_str(),
            row[4].c_str(),
            row[5].c_str(),
            instant_at(row[6]),
            row[7].c_str(),
            row[8].c_str()};
}

} // namespace

bool is_known_township(Database& access, CountyCode const& county, ledger::UnitCode const& unit)
{
    if (unit.is_empty()) return true;
    return reading(access, county, [&](pqxx::transaction_base& transaction) {
        return !transaction
                    .exec_params("SELECT FROM register.administrative_unit WHERE county_code = $1"
                                 " AND code = $2 AND length(code) = 9",
                                 county.text(), unit.text())
                    .empty();
    });
}

std::int64_t submit_change(Database& access, CountyCode const& county, AskedChange const& change,
                           TrailRecord by)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) {
        auto const row = transaction.exec_params1(
            "INSERT INTO access.change (county_code, act, subject, body, effect, maker)"
            " VALUES ($1, $2, $3, $4::jsonb, nullif($5, '')::jsonb, $6) RETURNING change_number",
            county.text(), change.act, change.subject, change.body, change.effect, change.maker);
        by.event = "change_asked";
        by.subject = change.subject;
        by.became = change.body;
        append(transaction, county, by);
        return row[0].as<std::int64_t>();
    });
}

std::optional<AskedChange> change_asked(Database& access, CountyCode const& county,
                                        std::int64_t number)
{
    return reading(
        access, county, [&](pqxx::transaction_base& transaction) -> std::optional<AskedChange> {
            auto const rows =
                transaction.exec_params(columns + " AND change_number = $2", county.text(), number);
            return rows.empty() ? std::nullopt : std::optional{change_in(rows[0])};
        });
}

std::vector<AskedChange> changes(Database& access, CountyCode const& county)
{
    return reading(access, county, [&](pqxx::transaction_base& transaction) {
        std::vector<AskedChange> all;
        for (auto const& row : transaction.exec_params(
                 columns + " ORDER BY c.change_number DESC LIMIT $2", county.text(), page_limit))
            all.push_back(change_in(row));
        return all;
    });
}

bool settle_change(Database& access, CountyCode const& county, AskedChange const& change,
                   std::string const& outcome, TrailRecord by)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) {
        bool const is_settled =
            transaction
                .exec_params1("SELECT access.settle_change($1, $2, $3, $4)", county.text(),
                              change.number, outcome, by.actor)[0]
                .as<bool>();
        if (!is_settled) return false;
        by.event = "change_" + outcome;
        by.subject = change.subject;
        append(transaction, county, by);
        return true;
    });
}

std::shared_ptr<ledger::Programme const> programme_known(Database& access, CountyCode const& county)
{
    return reading(access, county, [&](pqxx::transaction_base& transaction) {
        return load_programme(transaction, county);
    });
}

void enact_rules(Database& access, CountyCode const& county, AskedChange const& change,
                 TrailRecord by)
{
    changing(access, county, [&](pqxx::transaction_base& transaction) {
        transaction.exec_params("SELECT programme.enact($1, $2)", county.text(), change.number);
        by.event = "rules_changed";
        by.subject = change.subject;
        by.became = change.effect;
        append(transaction, county, by);
        return true;
    });
}

} // namespace store
