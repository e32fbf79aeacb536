#include "daifud/sign_in.hpp"

#include "daifud/access_answers.hpp"

#include "ledger/totp.hpp"
#include "secrets/secrets.hpp"
#include "wire/json.hpp"

#include <boost/json.hpp>

#include <chrono>

namespace daifud {

namespace json = boost::json;
using ledger::Refusal;
using ledger::refuse;
using ledger::Result;
using ledger::UserName;

namespace {

constexpr int recovery_codes = 10;
constexpr int code_limit = 16;   ///< characters of a telephone's or a recovery code
constexpr int agent_limit = 120; ///< of what a browser calls itself

std::int64_t seconds_now()
{
    using namespace std::chrono;
    return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

/// The secret of his telephone. Nothing: none, or its key is another.
std::optional<std::string> telephone(AccessCall const& call, store::Proof const& proof,
                                     UserName const& user)
{
    if (proof.totp_secret.empty()) return std::nullopt;
    return call.service.keys->open(proof.totp_secret, store::totp_sealed_as(user));
}

/// Few enough to type, so they are hashed as passwords are; the salt is the person's and lies
/// outside of the database.
ledger::Digest recovery_digest(AccessCall const& call, UserName const& user,
                               std::string const& code)
{
    auto const salt = call.service.keys->peppered("recovery:" + call.county.text() + user.text())
                          .substr(0, secrets::salt_bytes);
    return secrets::digest_of(secrets::stretched(code, salt));
}

/// The code of the telephone, good once, or a recovery code.
bool proves(AccessCall const& call, store::Proof const& proof, UserName const& user,
            std::string const& code)
{
    if (code.size() != ledger::totp_digits) {
        return store::take_recovery_code(call.access, call.county, user,
                                         recovery_digest(call, user, code));
    }
    auto const secret = telephone(call, proof, user);
    if (!secret) return false;
    auto const step = ledger::totp_step_of(*secret, code, seconds_now(), proof.totp_last_step);
    return step && store::take_totp_step(call.access, call.county, user, *step);
}

struct Credentials {
    std::string user, password, code;
};

Result<Credentials> credentials_in(json::object const& body)
{
    wire::ObjectReader from{body};
    Credentials given{from.text("user", code_limit * 2), from.secret("password"),
                      from.text_or_nothing("code", code_limit)};
    if (auto const read = from.finish(); !read) return std::unexpected{read.error()};
    return given;
}

/// What tries are counted by: never the name as it was typed, which may be a password.
std::string key_of_tries(std::string const& user)
{
    return ledger::hex(secrets::digest_of(user));
}

/// Counted before it is judged; the same for names that exist and that do not.
std::optional<ledger::Refused> exhausted(AccessCall const& call, std::string const& user)
{
    auto const of_address =
        store::count_try(call.access, call.county, store::TriedBy::address, call.request.address);
    auto const wait = of_address ? of_address
                                 : store::count_try(call.access, call.county,
                                                    store::TriedBy::account, key_of_tries(user));
    if (!wait) return std::nullopt;
    return ledger::Refused{Refusal::tries_exhausted, {}, std::to_string(*wait)};
}

void forgive(AccessCall const& call, std::string const& user)
{
    store::forgive(call.access, call.county, store::TriedBy::account, key_of_tries(user));
    store::forgive(call.access, call.county, store::TriedBy::address, call.request.address);
}

/// `user`: one that exists, else empty: what was typed may be a password.
std::unexpected<ledger::Refused> turned_away(AccessCall const& call, std::string const& user,
                                             ledger::Refused refused)
{
    auto record = call.trail();
    record.event = "sign_in_refused";
    record.subject = user;
    record.result = name_of(refused.code);
    store::append_trail(call.access, call.county, {&record, 1});
    return std::unexpected{std::move(refused)};
}

std::string agent_of(http::Request const& request)
{
    auto const* const agent = request.header("User-Agent");
    if (agent == nullptr) return {};
    auto const shown =
        ledger::checked_text(std::string_view{*agent}.substr(0, agent_limit), agent_limit);
    return shown ? *shown : std::string{};
}

std::string cookie(std::string const& token, std::chrono::seconds age)
{
    return std::string{session_cookie} + "=" + token +
           "; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=" + std::to_string(age.count());
}

http::Response with_cookie(http::Response response, std::string const& token,
                           std::chrono::seconds age)
{
    response.headers.push_back({"Set-Cookie", cookie(token, age)});
    return response;
}

Result<http::Response> sign_in(AccessCall const& call)
{
    auto const body = call.body();
    if (!body) return std::unexpected{body.error()};
    auto const given = credentials_in(*body);
    if (!given) return std::unexpected{given.error()};
    if (auto const wait = exhausted(call, given->user)) return std::unexpected{*wait};

    auto const user = UserName::parse(given->user);
    auto const proof = user ? store::proof_of(call.access, call.county, *user) : std::nullopt;
    bool const is_right = secrets::fits(given->password, proof ? proof->password_hash : "");
    if (!is_right || !proof->is_enabled)
        return turned_away(call, proof ? given->user : "", {Refusal::sign_in_wrong, {}, {}});
    if (proof->has_expired)
        return turned_away(
            call, given->user,
            {Refusal::password_expired, "password", std::to_string(store::initial_password_days)});
    if (proof->is_set_up && given->code.empty())
        return turned_away(call, given->user, {Refusal::second_factor_needed, "code", {}});
    if (proof->is_set_up && !proves(call, *proof, *user, given->code))
        return turned_away(call, given->user, {Refusal::sign_in_wrong, {}, {}});

    forgive(call, given->user);
    // The session that this browser had is over.
    if (auto const before = cookie_of(call.request); !before.empty())
        store::leave_session(call.access, call.county, secrets::digest_of(before), call.trail());
    auto const token = secrets::random_token();
    store::open_session(
        call.access, call.county,
        {*user, secrets::digest_of(token), agent_of(call.request), proof->is_set_up}, call.trail());
    auto const known = store::staff(call.access, call.county, *user);
    LEDGER_ASSERT(known.has_value());
    return with_cookie(http::created(wire::text_of(staff_json(*known))), token,
                       store::session_limit);
}

Result<http::Response> sign_out(AccessCall const& call)
{
    auto const& caller = call.caller();
    if (auto const ended = store::end_session(call.access, call.county, caller.who.user,
                                              caller.session, call.trail());
        !ended)
    {
        return std::unexpected{ended.error()};
    }
    return with_cookie(http::ok("{}"), "", std::chrono::seconds{0});
}

/// Once more password or code, for what needs one: confirming, tokens, ending sessions.
Result<http::Response> prove_again(AccessCall const& call)
{
    auto const body = call.body();
    if (!body) return std::unexpected{body.error()};
    wire::ObjectReader from{*body};
    auto const code = from.text_or_nothing("code", code_limit);
    auto const password = code.empty() ? from.secret("password") : std::string{};
    if (auto const read = from.finish(); !read) return std::unexpected{read.error()};
    if (auto const person = call.person(); !person) return std::unexpected{person.error()};
    auto const& user = call.caller().who.user;
    if (auto const wait = exhausted(call, user.text())) return std::unexpected{*wait};
    auto const proof = store::proof_of(call.access, call.county, user);
    bool const is_right =
        proof && (code.empty() ? secrets::fits(password, proof->password_hash)
                               : proof->is_set_up && proves(call, *proof, user, code));
    if (!is_right)
        return turned_away(call, user.text(),
                           {Refusal::sign_in_wrong, code.empty() ? "password" : "code", {}});
    forgive(call, user.text());
    store::prove_session(call.access, call.county, user, call.caller().session);
    return http::ok("{}");
}

Result<http::Response> change_password(AccessCall const& call)
{
    auto const body = call.body();
    if (!body) return std::unexpected{body.error()};
    wire::ObjectReader from{*body};
    auto const current = from.secret("current");
    auto const wanted = from.secret("password");
    if (auto const read = from.finish(); !read) return std::unexpected{read.error()};
    if (auto const person = call.person(); !person) return std::unexpected{person.error()};
    auto const& user = call.caller().who.user;
    if (auto const wait = exhausted(call, user.text())) return std::unexpected{*wait};
    auto const proof = store::proof_of(call.access, call.county, user);
    if (!secrets::fits(current, proof ? proof->password_hash : ""))
        return turned_away(call, user.text(), {Refusal::sign_in_wrong, "current", {}});
    forgive(call, user.text());
    // Whoever made it knows it.
    if (wanted == current) return refuse(Refusal::password_guessable, "password");
    if (auto const good = ledger::check_password(wanted, user); !good)
        return std::unexpected{good.error()};
    return done(store::set_password(call.access, call.county, user, secrets::password_hash(wanted),
                                    call.caller().session, call.trail()));
}

/// A new secret and its recovery codes, shown this once.
Result<http::Response> offer_second_factor(AccessCall const& call)
{
    if (auto const person = call.person(); !person) return std::unexpected{person.error()};
    auto const& user = call.caller().who.user;
    auto const proof = store::proof_of(call.access, call.county, user);
    if (!proof || proof->is_set_up) return refuse(Refusal::second_factor_already_set_up);
    if (auto const proved = check_proof(call.caller()); !proved)
        return std::unexpected{proved.error()};
    auto const secret = secrets::random_bytes(ledger::totp_secret_bytes);
    std::vector<ledger::Digest> digests;
    json::array codes;
    for (int i = 0; i < recovery_codes; ++i) {
        auto const code = secrets::random_recovery_code();
        digests.push_back(recovery_digest(call, user, code));
        codes.emplace_back(code);
    }
    store::offer_totp(call.access, call.county, user,
                      call.service.keys->seal(secret, store::totp_sealed_as(user)), digests);
    return http::created(wire::text_of({{"secret", ledger::base32(secret)},
                                        {"uri", ledger::totp_uri(user.text(), secret)},
                                        {"recovery_codes", std::move(codes)}}));
}

Result<http::Response> set_up_second_factor(AccessCall const& call)
{
    auto const body = call.body();
    if (!body) return std::unexpected{body.error()};
    wire::ObjectReader from{*body};
    auto const code = from.text("code", code_limit);
    if (auto const read = from.finish(); !read) return std::unexpected{read.error()};
    if (auto const person = call.person(); !person) return std::unexpected{person.error()};
    auto const& user = call.caller().who.user;
    if (auto const wait = exhausted(call, user.text())) return std::unexpected{*wait};
    auto const proof = store::proof_of(call.access, call.county, user);
    if (!proof || proof->is_set_up) return refuse(Refusal::second_factor_already_set_up);
    auto const secret = telephone(call, *proof, user);
    auto const step = secret ? ledger::totp_step_of(*secret, code, seconds_now(), 0) : std::nullopt;
    if (!step) return turned_away(call, user.text(), {Refusal::sign_in_wrong, "code", {}});
    forgive(call, user.text());
    store::set_up_totp(call.access, call.county, user, *step, call.caller().session, call.trail());
    return http::ok("{}");
}

} // namespace

std::vector<http::Route> access_routes(Service& s)
{
    // clang-format off
    return {
        {"POST",   "/v1/sessions",                        "open",           {}, with_hashing(s, sign_in)},
        {"GET",    "/v1/sessions",                        "own_account",    {}, with_access(s, own_sessions)},
        {"DELETE", "/v1/sessions/{session}",              "own_account",    {}, with_access(s, end_own_session)},
        {"GET",    "/v1/session",                         "own_account",    {}, with_access(s, own_card)},
        {"DELETE", "/v1/session",                         "own_account",    {}, with_access(s, sign_out)},
        {"POST",   "/v1/session/password",                "own_account",    {}, with_hashing(s, change_password)},
        {"POST",   "/v1/session/proof",                   "own_account",    {}, with_hashing(s, prove_again)},
        {"POST",   "/v1/session/second-factor",           "own_account",    {}, with_hashing(s, offer_second_factor)},
        {"POST",   "/v1/session/second-factor/confirmation", "own_account", {}, with_access(s, set_up_second_factor)},
        {"GET",    "/v1/session/trail",                   "own_account",    {"event", "before", "limit"},
                                                                                with_access(s, own_trail)},
        {"GET",    "/v1/tokens",                          "own_account",    {}, with_access(s, own_tokens)},
        {"POST",   "/v1/tokens",                          "own_account",    {}, with_access(s, make_own_token)},
        {"DELETE", "/v1/tokens/{token}",                  "own_account",    {}, with_access(s, end_own_token)},
        {"GET",    "/v1/permissions",                     "own_account",    {}, with_access(s, permission_table)},
        {"GET",    "/v1/users",                           "read_users",     {}, with_access(s, user_list)},
        {"POST",   "/v1/users",                           "manage_users",   {}, with_access(s, add_user)},
        {"POST",   "/v1/users/{user}/rights",             "manage_users",   {}, with_access(s, change_rights)},
        {"POST",   "/v1/users/{user}/password",           "manage_users",   {}, with_access(s, reset_password)},
        {"DELETE", "/v1/users/{user}/second-factor",      "manage_users",   {}, with_access(s, forget_second_factor)},
        {"POST",   "/v1/rule-changes",                    "manage_rules",   {}, with_access(s, ask_rule_change)},
        {"GET",    "/v1/changes",                         "read_users",     {}, with_access(s, change_list)},
        {"POST",   "/v1/changes/{change}/approval",       "manage_users",   {}, with_hashing(s, approve_change)},
        {"POST",   "/v1/changes/{change}/refusal",        "manage_users",   {}, with_access(s, refuse_change)},
        {"GET",    "/v1/trail", "read_trail", {"actor", "subject", "event", "before", "limit"},
                                                                                with_access(s, whole_trail)},
    };
    // clang-format on
}

} // namespace daifud
