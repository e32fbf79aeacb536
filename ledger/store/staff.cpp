// Staff and what proves them. A change and its record of the trail are one transaction.
#include "ledger/store/access_rows.hpp"

namespace store {

using ledger::CountyCode;
using ledger::Refusal;
using ledger::refuse;
using ledger::Result;
using ledger::UserName;
using ledger::UserRoles;

namespace json = boost::json;

ledger::UserRoles roles_in(pqxx::field const& json_array)
{
    UserRoles roles;
    for (std::string const& code : texts_in(json_array.c_str())) {
        auto const role = ledger::user_role_named(code);
        if (!role) throw IntegrityFault{"a role that does not exist: " + code};
        roles.insert(*role);
    }
    return roles;
}

std::string array_of(UserRoles const& roles)
{
    std::vector<std::string> codes;
    for (auto const role : roles) codes.emplace_back(code_of(role));
    return array_of(codes);
}

namespace {

std::string const staff_columns = "user_name, name, to_jsonb(roles), township_code, is_enabled,"
                                  " totp_set_up_at IS NOT NULL, " +
                                  micros("added_at") + ", " + micros("password_set_at");

Staff staff_in(pqxx::row const& row)
{
    auto const township = std::string_view{row[3].c_str()};
    return {{stored<UserName>(row[0].c_str()), row[1].c_str(), roles_in(row[2]),
             township.empty() ? ledger::UnitCode{} : stored<ledger::UnitCode>(township)},
            row[4].as<bool>(),
            row[5].as<bool>(),
            instant_at(row[6]),
            instant_at(row[7])};
}

std::string rights_text(ledger::Principal const& who, bool is_enabled)
{
    json::array roles;
    for (auto const role : who.roles) roles.emplace_back(code_of(role));
    return json::serialize(json::object{
        {"roles", std::move(roles)}, {"township", who.township.text()}, {"enabled", is_enabled}});
}

/// `keeping`: a session that goes on; 0: none.
void end_everything(pqxx::transaction_base& transaction, CountyCode const& county,
                    UserName const& user, std::int64_t keeping)
{
    transaction.exec_params("UPDATE access.session SET ended_at = clock_timestamp()"
                            " WHERE county_code = $1 AND user_name = $2 AND ended_at IS NULL"
                            " AND session_number <> $3",
                            county.text(), user.text(), keeping);
    transaction.exec_params("UPDATE access.token SET ended_at = clock_timestamp()"
                            " WHERE county_code = $1 AND user_name = $2 AND ended_at IS NULL",
                            county.text(), user.text());
}

bool has_township(pqxx::transaction_base& transaction, CountyCode const& county,
                  ledger::UnitCode const& township)
{
    if (township.is_empty()) return true;
    return !transaction
                .exec_params("SELECT FROM register.administrative_unit WHERE county_code = $1"
                             " AND code = $2 AND length(code) = 9",
                             county.text(), township.text())
                .empty();
}

std::optional<Staff> found(pqxx::transaction_base& transaction, CountyCode const& county,
                           UserName const& user, std::string const& lock = {})
{
    auto const rows = transaction.exec_params("SELECT " + staff_columns +
                                                  " FROM access.staff WHERE county_code = $1"
                                                  " AND user_name = $2" +
                                                  lock,
                                              county.text(), user.text());
    return rows.empty() ? std::nullopt : std::optional{staff_in(rows.front())};
}

} // namespace

bool has_county(Database& access, CountyCode const& county)
{
    return reading(access, county, [&](pqxx::transaction_base& transaction) {
        return !transaction
                    .exec_params("SELECT FROM ledger.county WHERE county_code = $1", county.text())
                    .empty();
    });
}

std::vector<Staff> all_staff(Database& access, CountyCode const& county)
{
    return reading(access, county, [&](pqxx::transaction_base& transaction) {
        std::vector<Staff> all;
        for (auto const& row : transaction.exec_params(
                 "SELECT " + staff_columns +
                     " FROM access.staff WHERE county_code = $1 ORDER BY user_name",
                 county.text()))
        {
            all.push_back(staff_in(row));
        }
        return all;
    });
}

std::optional<Staff> staff(Database& access, CountyCode const& county, UserName const& user)
{
    return reading(access, county, [&](pqxx::transaction_base& transaction) {
        return found(transaction, county, user);
    });
}

Result<void> add_staff(Database& access, CountyCode const& county, ledger::Principal const& who,
                       std::string const& password_hash, TrailRecord const& by)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) -> Result<void> {
        if (!has_township(transaction, county, who.township))
            return refuse(Refusal::township_not_found, "township");
        auto const added = transaction.exec_params(
            "INSERT INTO access.staff (county_code, user_name, name, roles, township_code,"
            " password_hash, password_is_initial) VALUES ($1, $2, $3, $4::text[], $5, $6, true)"
            " ON CONFLICT DO NOTHING"
            " RETURNING user_name",
            county.text(), who.user.text(), who.name, array_of(who.roles), who.township.text(),
            password_hash);
        if (added.empty()) return refuse(Refusal::user_already_exists, "user");
        TrailRecord record = by;
        record.event = "user_added";
        record.subject = who.user.text();
        record.became = rights_text(who, true);
        append(transaction, county, record);
        return {};
    });
}

Result<void> change_staff(Database& access, CountyCode const& county, UserName const& user,
                          StaffChange const& change, TrailRecord const& by)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) -> Result<void> {
        auto const before = found(transaction, county, user, " FOR UPDATE");
        if (!before) return refuse(Refusal::user_not_found, "user");
        Staff after = *before;
        if (change.roles) after.who.roles = *change.roles;
        if (change.township) after.who.township = *change.township;
        if (change.is_enabled) after.is_enabled = *change.is_enabled;
        if (!has_township(transaction, county, after.who.township))
            return refuse(Refusal::township_not_found, "township");
        transaction.exec_params("UPDATE access.staff SET roles = $3::text[], township_code = $4,"
                                " is_enabled = $5 WHERE county_code = $1 AND user_name = $2",
                                county.text(), user.text(), array_of(after.who.roles),
                                after.who.township.text(), after.is_enabled);
        if (!after.is_enabled) end_everything(transaction, county, user, 0);
        TrailRecord record = by;
        record.event = "user_changed";
        record.subject = user.text();
        record.was = rights_text(before->who, before->is_enabled);
        record.became = rights_text(after.who, after.is_enabled);
        append(transaction, county, record);
        return {};
    });
}

Result<void> set_password(Database& access, CountyCode const& county, UserName const& user,
                          std::string const& password_hash, std::int64_t keeping,
                          TrailRecord const& by)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) -> Result<void> {
        auto const changed = transaction.exec_params(
            "UPDATE access.staff SET password_hash = $3, password_set_at = clock_timestamp(),"
            " password_is_initial = $4 WHERE county_code = $1 AND user_name = $2"
            " RETURNING user_name",
            county.text(), user.text(), password_hash, keeping == 0);
        if (changed.empty()) return refuse(Refusal::user_not_found, "user");
        end_everything(transaction, county, user, keeping);
        TrailRecord record = by;
        record.event = "password_set";
        record.subject = user.text();
        append(transaction, county, record);
        return {};
    });
}

std::optional<Proof> proof_of(Database& access, CountyCode const& county, UserName const& user)
{
    return reading(
        access, county, [&](pqxx::transaction_base& transaction) -> std::optional<Proof> {
            auto const rows = transaction.exec_params(
                "SELECT password_hash, totp_secret, totp_set_up_at IS NOT NULL, totp_last_step,"
                " to_jsonb(roles), is_enabled, password_is_initial AND password_set_at"
                "   < clock_timestamp() - make_interval(days => $3) FROM access.staff"
                " WHERE county_code = $1 AND user_name = $2",
                county.text(), user.text(), initial_password_days);
            if (rows.empty()) return std::nullopt;
            auto const& row = rows.front();
            Proof proof{row[0].c_str(),    {},
                        row[2].as<bool>(), row[3].as<std::int64_t>(),
                        roles_in(row[4]),  row[5].as<bool>(),
                        row[6].as<bool>()};
            if (!row[1].is_null()) proof.totp_secret = pqxx::binarystring{row[1]}.str();
            return proof;
        });
}

void offer_totp(Database& access, CountyCode const& county, UserName const& user,
                std::string const& sealed_secret, std::span<ledger::Digest const> recovery_codes)
{
    changing(access, county, [&](pqxx::transaction_base& transaction) {
        transaction.exec_params("UPDATE access.staff SET totp_secret = $3, totp_last_step = 0"
                                " WHERE county_code = $1 AND user_name = $2"
                                " AND totp_set_up_at IS NULL",
                                county.text(), user.text(), pqxx::binarystring{sealed_secret});
        // Those of an offer before this one are good for nothing.
        transaction.exec_params("UPDATE access.recovery_code SET used_at = clock_timestamp()"
                                " WHERE county_code = $1 AND user_name = $2 AND used_at IS NULL",
                                county.text(), user.text());
        for (ledger::Digest const& digest : recovery_codes) {
            transaction.exec_params("INSERT INTO access.recovery_code (county_code, user_name,"
                                    " code_digest) VALUES ($1, $2, decode($3, 'hex'))",
                                    county.text(), user.text(), ledger::hex(digest));
        }
        return true;
    });
}

void set_up_totp(Database& access, CountyCode const& county, UserName const& user,
                 std::int64_t step, std::int64_t session, TrailRecord const& by)
{
    changing(access, county, [&](pqxx::transaction_base& transaction) {
        transaction.exec_params("UPDATE access.staff SET totp_set_up_at = clock_timestamp(),"
                                " totp_last_step = $3 WHERE county_code = $1 AND user_name = $2",
                                county.text(), user.text(), step);
        transaction.exec_params("UPDATE access.session SET has_second_factor = true"
                                " WHERE county_code = $1 AND session_number = $2",
                                county.text(), session);
        TrailRecord record = by;
        record.event = "second_factor_set_up";
        record.subject = user.text();
        append(transaction, county, record);
        return true;
    });
}

Result<void> forget_totp(Database& access, CountyCode const& county, UserName const& user,
                         TrailRecord const& by)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) -> Result<void> {
        auto const changed = transaction.exec_params(
            "UPDATE access.staff SET totp_set_up_at = NULL, totp_secret = NULL"
            " WHERE county_code = $1 AND user_name = $2 RETURNING user_name",
            county.text(), user.text());
        if (changed.empty()) return refuse(Refusal::user_not_found, "user");
        end_everything(transaction, county, user, 0);
        TrailRecord record = by;
        record.event = "second_factor_taken_away";
        record.subject = user.text();
        append(transaction, county, record);
        return {};
    });
}

bool take_totp_step(Database& access, CountyCode const& county, UserName const& user,
                    std::int64_t step)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) {
        return !transaction
                    .exec_params("UPDATE access.staff SET totp_last_step = $3"
                                 " WHERE county_code = $1 AND user_name = $2"
                                 " AND totp_last_step < $3 RETURNING user_name",
                                 county.text(), user.text(), step)
                    .empty();
    });
}

bool take_recovery_code(Database& access, CountyCode const& county, UserName const& user,
                        ledger::Digest const& code)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) {
        return !transaction
                    .exec_params("UPDATE access.recovery_code SET used_at = clock_timestamp()"
                                 " WHERE county_code = $1 AND user_name = $2"
                                 " AND code_digest = decode($3, 'hex') AND used_at IS NULL"
                                 " RETURNING user_name",
                                 county.text(), user.text(), ledger::hex(code))
                    .empty();
    });
}

std::string totp_sealed_as(UserName const& user)
{
    return "totp:" + user.text();
}

int reseal_totp(Database& access, CountyCode const& county)
{
    auto const& sealing = access.sealing();
    return changing(access, county, [&](pqxx::transaction_base& transaction) {
        int done = 0;
        for (auto const& row : transaction.exec_params(
                 "SELECT user_name, totp_secret FROM access.staff WHERE county_code = $1"
                 " AND totp_secret IS NOT NULL FOR UPDATE",
                 county.text()))
        {
            auto const about = totp_sealed_as(stored<UserName>(row[0].c_str()));
            auto const secret = sealing.open(pqxx::binarystring{row[1]}.str(), about);
            if (!secret) throw IntegrityFault{"the secret of a telephone does not open"};
            transaction.exec_params("UPDATE access.staff SET totp_secret = $3"
                                    " WHERE county_code = $1 AND user_name = $2",
                                    county.text(), row[0].c_str(),
                                    pqxx::binarystring{sealing.seal(*secret, about)});
            ++done;
        }
        return done;
    });
}

} // namespace store
