// Sessions, tokens and the counting of tries. A token is known by its digest only.
#include "ledger/store/access_rows.hpp"

namespace store {

using ledger::CountyCode;
using ledger::Refusal;
using ledger::refuse;
using ledger::Result;
using ledger::UserName;

namespace {

std::string_view code_of(TriedBy by)
{
    switch (by) {
    case TriedBy::account: return "account";
    case TriedBy::address: return "address";
    }
    throw IntegrityFault{"a kind of try that does not exist"};
}

TokenScope scope_in(std::string_view code)
{
    for (TokenScope const scope : {TokenScope::read, TokenScope::write, TokenScope::confirm})
        if (code_of(scope) == code) return scope;
    throw IntegrityFault{"a scope that does not exist"};
}

std::string interval(std::chrono::minutes time)
{
    return std::to_string(time.count()) + " minutes";
}

} // namespace

std::string_view code_of(TokenScope scope)
{
    switch (scope) {
    case TokenScope::read: return "read";
    case TokenScope::write: return "write";
    case TokenScope::confirm: return "confirm";
    }
    throw IntegrityFault{"a scope that does not exist"};
}

std::optional<int> count_try(Database& access, CountyCode const& county, TriedBy by,
                             std::string const& key)
{
    int const free = by == TriedBy::account ? free_tries_account : free_tries_address;
    return changing(access, county, [&](pqxx::transaction_base& transaction) -> std::optional<int> {
        auto const row = transaction.exec_params1(
            "SELECT ceil(extract(epoch FROM access.count_try($1, $2, $3, $4)"
            " - clock_timestamp()))::integer",
            county.text(), std::string{code_of(by)}, key, free);
        return row[0].is_null() ? std::nullopt : std::optional{std::max(1, row[0].as<int>())};
    });
}

void forgive(Database& access, CountyCode const& county, TriedBy by, std::string const& key)
{
    changing(access, county, [&](pqxx::transaction_base& transaction) {
        // Of an address one try is taken back: others try from it too.
        transaction.exec_params("UPDATE access.tried SET locked_until = NULL, failures ="
                                " CASE kind WHEN 'address' THEN greatest(failures - 1, 0)"
                                " ELSE 0 END"
                                " WHERE county_code = $1 AND kind = $2 AND key = $3",
                                county.text(), std::string{code_of(by)}, key);
        return true;
    });
}

std::int64_t open_session(Database& access, CountyCode const& county, NewSession const& session,
                          TrailRecord const& by)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) {
        auto const row = transaction.exec_params1(
            "INSERT INTO access.session (county_code, token_digest, user_name, address, agent,"
            " has_second_factor, expires_at) VALUES ($1, decode($2, 'hex'), $3, $4, $5, $6,"
            " clock_timestamp() + $7::interval) RETURNING session_number",
            county.text(), ledger::hex(session.token), session.user.text(), by.address,
            session.agent, session.has_second_factor, interval(session_limit));
        TrailRecord record = by;
        record.event = "signed_in";
        record.actor = record.subject = session.user.text();
        append(transaction, county, record);
        return row[0].as<std::int64_t>();
    });
}

std::vector<SessionLine> sessions_of(Database& access, CountyCode const& county,
                                     UserName const& user)
{
    return reading(access, county, [&](pqxx::transaction_base& transaction) {
        std::vector<SessionLine> lines;
        for (auto const& row : transaction.exec_params(
                 "SELECT session_number, address, agent, " + micros("opened_at") + ", " +
                     micros("seen_at") + ", " + micros("expires_at") +
                     " FROM access.session WHERE county_code = $1 AND user_name = $2"
                     " AND ended_at IS NULL AND expires_at > clock_timestamp()"
                     " AND seen_at > clock_timestamp() - $3::interval ORDER BY session_number",
                 county.text(), user.text(), interval(session_idle_limit)))
        {
            lines.push_back({row[0].as<std::int64_t>(), row[1].c_str(), row[2].c_str(),
                             instant_at(row[3]), instant_at(row[4]), instant_at(row[5])});
        }
        return lines;
    });
}

void prove_session(Database& access, CountyCode const& county, UserName const& user,
                   std::int64_t session)
{
    changing(access, county, [&](pqxx::transaction_base& transaction) {
        transaction.exec_params("UPDATE access.session SET proved_at = clock_timestamp()"
                                " WHERE county_code = $1 AND user_name = $2"
                                " AND session_number = $3 AND ended_at IS NULL",
                                county.text(), user.text(), session);
        return true;
    });
}

void leave_session(Database& access, CountyCode const& county, ledger::Digest const& token,
                   TrailRecord const& by)
{
    changing(access, county, [&](pqxx::transaction_base& transaction) {
        for (auto const& row : transaction.exec_params(
                 "UPDATE access.session SET ended_at = clock_timestamp() WHERE county_code = $1"
                 " AND token_digest = decode($2, 'hex') AND ended_at IS NULL RETURNING user_name",
                 county.text(), ledger::hex(token)))
        {
            TrailRecord record = by;
            record.event = "session_ended";
            record.actor = record.subject = row[0].c_str();
            append(transaction, county, record);
        }
        return true;
    });
}

Result<void> end_session(Database& access, CountyCode const& county, UserName const& user,
                         std::int64_t number, TrailRecord const& by)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) -> Result<void> {
        auto const ended = transaction.exec_params(
            "UPDATE access.session SET ended_at = clock_timestamp() WHERE county_code = $1"
            " AND user_name = $2 AND session_number = $3 AND ended_at IS NULL"
            " RETURNING session_number",
            county.text(), user.text(), number);
        if (ended.empty()) return refuse(Refusal::session_not_found, "session");
        TrailRecord record = by;
        record.event = "session_ended";
        record.subject = user.text();
        append(transaction, county, record);
        return {};
    });
}

Result<std::int64_t> make_token(Database& access, CountyCode const& county, NewToken const& token,
                                TrailRecord const& by)
{
    return changing(
        access, county, [&](pqxx::transaction_base& transaction) -> Result<std::int64_t> {
            auto const known = transaction.exec_params(
                "SELECT FROM access.staff WHERE county_code = $1 AND user_name = $2", county.text(),
                token.user.text());
            if (known.empty()) return refuse(Refusal::user_not_found, "user");
            auto const row = transaction.exec_params1(
                "INSERT INTO access.token (county_code, token_digest, user_name, purpose, scope,"
                " expires_at, has_second_factor) VALUES ($1, decode($2, 'hex'), $3, $4, $5,"
                " clock_timestamp() + make_interval(days => $6), $7) RETURNING token_number",
                county.text(), ledger::hex(token.token), token.user.text(), token.purpose,
                std::string{code_of(token.scope)}, token.days, token.has_second_factor);
            TrailRecord record = by;
            record.event = "token_made";
            record.subject = token.user.text();
            record.became = boost::json::serialize(boost::json::object{
                {"purpose", token.purpose}, {"scope", code_of(token.scope)}, {"days", token.days}});
            append(transaction, county, record);
            return row[0].as<std::int64_t>();
        });
}

std::vector<TokenLine> tokens_of(Database& access, CountyCode const& county, UserName const& user)
{
    return reading(access, county, [&](pqxx::transaction_base& transaction) {
        std::vector<TokenLine> lines;
        for (auto const& row : transaction.exec_params(
                 "SELECT token_number, purpose, scope, " + micros("made_at") + ", " +
                     micros("expires_at") + ", " + micros("seen_at") +
                     " FROM access.token WHERE county_code = $1 AND user_name = $2"
                     " AND ended_at IS NULL AND expires_at > clock_timestamp()"
                     " ORDER BY token_number",
                 county.text(), user.text()))
        {
            TokenLine line{row[0].as<std::int64_t>(), row[1].c_str(),     scope_in(row[2].c_str()),
                           instant_at(row[3]),        instant_at(row[4]), {}};
            if (!row[5].is_null()) line.seen_at = instant_at(row[5]);
            lines.push_back(std::move(line));
        }
        return lines;
    });
}

Result<void> end_token(Database& access, CountyCode const& county, UserName const& user,
                       std::int64_t number, TrailRecord const& by)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) -> Result<void> {
        auto const ended = transaction.exec_params(
            "UPDATE access.token SET ended_at = clock_timestamp() WHERE county_code = $1"
            " AND user_name = $2 AND token_number = $3 AND ended_at IS NULL"
            " RETURNING token_number",
            county.text(), user.text(), number);
        if (ended.empty()) return refuse(Refusal::token_not_found, "token");
        TrailRecord record = by;
        record.event = "token_ended";
        record.subject = user.text();
        append(transaction, county, record);
        return {};
    });
}

namespace {

/// $1 the county, $2 places, $3 the digests there in hex; $4 how long a session may be idle. What
/// was not seen for a minute is marked as seen, which is often enough to tell what is idle.
constexpr char const* admitted_sql =
    "WITH asked AS (SELECT $1::text AS county_code, decode(a.digest, 'hex') AS token_digest,"
    "   a.place FROM unnest($2::bigint[], $3::text[]) AS a(place, digest)),"
    " held AS (SELECT a.place, s.county_code, s.user_name, s.session_number, true AS may_write,"
    "   s.has_second_factor, s.seen_at, NULL::bigint AS token_number,"
    "   s.proved_at > clock_timestamp() - $5::interval AS is_proved FROM asked a"
    "   JOIN access.session s USING (county_code, token_digest)"
    "   WHERE s.ended_at IS NULL AND s.expires_at > clock_timestamp()"
    "     AND s.seen_at > clock_timestamp() - $4::interval"
    "  UNION ALL SELECT a.place, t.county_code, t.user_name, 0, t.scope <> 'read',"
    "   t.has_second_factor, coalesce(t.seen_at, '-infinity'), t.token_number, t.scope = 'confirm'"
    "   FROM asked a"
    "   JOIN access.token t USING (county_code, token_digest)"
    "   WHERE t.ended_at IS NULL AND t.expires_at > clock_timestamp()),"
    " seen AS (UPDATE access.session s SET seen_at = clock_timestamp() FROM held h"
    "  WHERE s.county_code = h.county_code AND s.session_number = h.session_number"
    "    AND h.seen_at < clock_timestamp() - interval '1 minute' RETURNING s.session_number),"
    " used AS (UPDATE access.token t SET seen_at = clock_timestamp() FROM held h"
    "  WHERE t.county_code = h.county_code AND t.token_number = h.token_number"
    "    AND h.seen_at < clock_timestamp() - interval '1 minute' RETURNING t.token_number)"
    " SELECT h.place, h.user_name, p.name, to_jsonb(p.roles), p.township_code, h.session_number,"
    "  h.may_write, h.has_second_factor, p.totp_set_up_at IS NOT NULL, h.is_proved,"
    "  p.password_is_initial AND h.session_number > 0 FROM held h"
    " JOIN access.staff p USING (county_code, user_name) WHERE p.is_enabled";

std::map<std::size_t, Admitted> admitted_in(Database& access, CountyCode const& county,
                                            std::vector<std::string> const& places,
                                            std::vector<std::string> const& digests)
{
    return changing(access, county, [&](pqxx::transaction_base& transaction) {
        std::map<std::size_t, Admitted> found;
        for (auto const& row :
             prepared(transaction, "admitted", admitted_sql, county.text(), array_of(places),
                      array_of(digests), interval(session_idle_limit), interval(proof_limit)))
        {
            auto const township = std::string_view{row[4].c_str()};
            found[row[0].as<std::size_t>()] = Admitted{
                {stored<UserName>(row[1].c_str()), row[2].c_str(), roles_in(row[3]),
                 township.empty() ? ledger::UnitCode{} : stored<ledger::UnitCode>(township)},
                row[5].as<std::int64_t>(),
                row[6].as<bool>(),
                row[7].as<bool>(),
                row[8].as<bool>(),
                row[9].as<bool>(),
                row[10].as<bool>()};
        }
        return found;
    });
}

} // namespace

std::vector<std::optional<Admitted>> admitted(Database& access, std::span<Asked const> asked)
{
    std::map<CountyCode, std::pair<std::vector<std::string>, std::vector<std::string>>> by_county;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        auto& [places, digests] = by_county[asked[i].county];
        places.push_back(std::to_string(i));
        digests.push_back(ledger::hex(asked[i].token));
    }
    std::vector<std::optional<Admitted>> all(asked.size());
    for (auto const& [county, named] : by_county) {
        auto const& [places, digests] = named;
        for (auto& [place, found] : admitted_in(access, county, places, digests))
            all.at(place) = std::move(found);
    }
    return all;
}

} // namespace store
