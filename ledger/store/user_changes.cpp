#include "store/user_changes.hpp"

#include "ledger/store/access_rows.hpp"

namespace store {

using ledger::CountyCode;

namespace {

std::string const columns =
    "SELECT c.change_number, c.act, c.user_name, c.body::text, c.maker, " + micros("c.made_at") +
    ", coalesce(s.outcome, 'waiting'), coalesce(s.actor, '') FROM access.user_change c"
    " LEFT JOIN access.user_change_step s USING (county_code, change_number)"
    " WHERE c.county_code = $1";

UserChange change_in(pqxx::row const& row)
{
    return {
        row[0].as<std::int64_t>(), row[1].c_str(), row[2].c_str(), row[3].c_str(), row[4].c_str(),
        instant_at(row[5]),        row[6].c_str(), row[7].c_str()};
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

std::int64_t submit_user_change(Database& access, CountyCode const& county,
                                UserChange const& change, TrailRecord by)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) {
        auto const row = transaction.exec_params1(
            "INSERT INTO access.user_change (county_code, act, user_name, body, maker)"
            " VALUES ($1, $2, $3, $4::jsonb, $5) RETURNING change_number",
            county.text(), change.act, change.user, change.body, change.maker);
        by.event = "user_change_asked";
        by.subject = change.user;
        by.became = change.body;
        append(transaction, county, by);
        return row[0].as<std::int64_t>();
    });
}

std::optional<UserChange> user_change(Database& access, CountyCode const& county,
                                      std::int64_t number)
{
    return reading(
        access, county, [&](pqxx::transaction_base& transaction) -> std::optional<UserChange> {
            auto const rows =
                transaction.exec_params(columns + " AND change_number = $2", county.text(), number);
            return rows.empty() ? std::nullopt : std::optional{change_in(rows[0])};
        });
}

std::vector<UserChange> user_changes(Database& access, CountyCode const& county)
{
    return reading(access, county, [&](pqxx::transaction_base& transaction) {
        std::vector<UserChange> all;
        for (auto const& row : transaction.exec_params(
                 columns + " ORDER BY c.change_number DESC LIMIT $2", county.text(), page_limit))
            all.push_back(change_in(row));
        return all;
    });
}

bool settle_user_change(Database& access, CountyCode const& county, UserChange const& change,
                        std::string const& outcome, TrailRecord by)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) {
        bool const is_settled =
            transaction
                .exec_params1("SELECT access.settle_user_change($1, $2, $3, $4)", county.text(),
                              change.number, outcome, by.actor)[0]
                .as<bool>();
        if (!is_settled) return false;
        by.event = "user_change_" + outcome;
        by.subject = change.user;
        append(transaction, county, by);
        return true;
    });
}

} // namespace store
