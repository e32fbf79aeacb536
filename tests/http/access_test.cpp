// Who may do what, over HTTP: every route with every role, signing in, the second factor, tokens,
// townships, users, and the trail of all of it.
#include "tests/http/books.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/people.hpp"

#include "daifud/routes.hpp"
#include "daifud/service.hpp"
#include "ledger/totp.hpp"
#include "secrets/secrets.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <boost/json.hpp>

#include <chrono>
#include <thread>

using namespace test;
using ledger::UserRole;

namespace {

constexpr char const* password = "three plain long words";
constexpr char const* json_type = "Content-Type: application/json";

/// A county with somebody who signs in by password.
struct Door {
    Books books;
    store::Database access{books.database, store::Role::access};

    void add(ledger::Principal const& who)
    {
        auto const added = store::add_staff(access, fengqing(), who,
                                            secrets::password_hash(password), {.actor = "test"});
        REQUIRE(added.has_value());
        run("UPDATE access.staff SET password_is_initial = false");
    }
    /// As the superuser.
    void run(std::string const& sql)
    {
        pqxx::connection superuser{books.database};
        pqxx::work work{superuser};
        work.exec(sql);
        work.commit();
    }
    Answer sign_in(std::string const& user, std::string const& given = password,
                   std::string const& code = {}, std::vector<std::string> lines = {})
    {
        boost::json::object body{{"user", user}, {"password", given}};
        if (!code.empty()) body["code"] = code;
        lines.emplace_back(json_type);
        lines.emplace_back("Authorization: none");
        return ask(books.port(), "POST", "/v1/sessions", boost::json::serialize(body), lines);
    }
    Answer with(std::string const& who, std::string_view method, std::string_view target,
                std::string_view body = {}, std::vector<std::string> lines = {})
    {
        lines.push_back(who);
        if (method == "POST") {
            lines.emplace_back(json_type);
            lines.emplace_back("Idempotency-Key: " + fresh_key());
        }
        return ask(books.port(), method, target, body, lines);
    }
    /// As if the database had no rule of its own.
    void open_row_security()
    {
        run("DO $$ DECLARE shut record; BEGIN FOR shut IN SELECT oid::regclass AS name FROM"
            " pg_class WHERE relrowsecurity LOOP EXECUTE format('ALTER TABLE %s DISABLE ROW"
            " LEVEL SECURITY', shut.name); END LOOP; END $$");
    }
    /// The newest record of the trail, as "actor event subject result".
    std::string last_trail()
    {
        auto const line = store::trail(access, fengqing(), {.limit = 1}).at(0).what;
        return line.actor + " " + line.event + " " + line.subject + " " + line.result;
    }
};

std::string cookie_of(Answer const& answer)
{
    auto const header = answer.header("set-cookie");
    return "Cookie: " + header.substr(0, header.find(';'));
}

/// A pattern with something in each of its places; nothing of that name exists.
std::string filled(std::string_view pattern)
{
    std::string path;
    for (std::size_t at = 0; at < pattern.size();) {
        if (pattern[at] != '{') {
            path += pattern[at++];
            continue;
        }
        auto const end = pattern.find('}', at);
        auto const name = pattern.substr(at + 1, end - at - 1);
        path += name == "date"                                             ? "2016-08-31"
                : name == "number" || name == "session" || name == "token" ? "999999"
                                                                           : "none";
        at = end + 1;
    }
    return path;
}

std::int64_t now_s()
{
    using namespace std::chrono;
    return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

/// The bytes of what base 32 writes.
std::string bytes_of_base32(std::string_view text)
{
    std::string bytes;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (char const c : text) {
        auto const value = c >= 'A' ? c - 'A' : c - '2' + 26;
        held = held << 5U | static_cast<std::uint32_t>(value);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(held >> bits & 255U);
        }
    }
    return bytes;
}

} // namespace

TEST_CASE("Every route asks who it is, and lets in those whom the table of permissions lets in")
{
    Door door;
    std::map<UserRole, std::string> bearers;
    for (auto const role : ledger::all_user_roles) {
        auto const token = "token-of-" + std::string{code_of(role)};
        add_person(door.access, person("matrix." + std::string{code_of(role)}, {role}), token);
        bearers[role] = bearer(token);
    }
    daifud::Service service{daifud::config_from("", [](char const*) { return nullptr; })};
    auto const table = daifud::routes(service);
    CHECK(table.size() >= 120);
    for (auto const& route : table) {
        if (route.pattern == "/v1/statistics/stream") continue; // it has no end: below
        auto const target = filled(route.pattern);
        bool const is_open = route.operation == "open";
        INFO(route.method << " " << route.pattern << " " << route.operation);
        if (route.operation == "kiosk") { // asks for a terminal's credential, whoever else he is
            for (auto const& who : {bearers[UserRole::officer], std::string{"Authorization: none"}})
                CHECK(code_of(door.with(who, route.method, target,
                                        route.method == "POST" ? "{}" : "")) == "terminal_unknown");
            continue;
        }
        if (!is_open) {
            auto const nobody = door.with("Authorization: none", route.method, target,
                                          route.method == "POST" ? "{}" : "");
            CHECK(nobody.status == 401);
            CHECK(code_of(nobody) == "sign_in_needed");
        }
        for (auto const role : ledger::all_user_roles) {
            // What ends one's own session or token would end the walk.
            INFO(code_of(role));
            auto const body = route.method == "POST" ? R"({"no_such_field":1})" : "";
            auto const answer = door.with(bearers[role], route.method, target, body);
            bool const may =
                ledger::permission_for(route.operation)->of(role) != ledger::Reach::none;
            CHECK((code_of(answer) == "right_missing") == !may);
            CHECK((answer.status == 403) == !may);
            CHECK(answer.status < 500);
        }
    }
    CHECK(code_of(door.with("Authorization: none", "GET", "/v1/statistics/stream")) ==
          "sign_in_needed");
    CHECK(code_of(door.with(bearers[UserRole::administrator], "GET", "/v1/statistics/stream")) ==
          "right_missing");
}

TEST_CASE("A person signs in with a cookie that no page can read, and out again")
{
    Door door;
    door.add(person("wang.wu", {UserRole::officer}));
    auto const in = door.sign_in("wang.wu");
    INFO(in.body);
    REQUIRE(in.status == 201);
    auto const header = in.header("set-cookie");
    CHECK(header.starts_with("__Host-daifu="));
    for (char const* part : {"; Path=/", "; HttpOnly", "; Secure", "; SameSite=Strict"})
        CHECK(header.find(part) != std::string::npos);
    CHECK(header.find("Domain") == std::string::npos);
    CHECK(door.last_trail() == "wang.wu signed_in wang.wu done");
    auto const cookie = cookie_of(in);
    auto const own = door.with(cookie, "GET", "/v1/session");
    CHECK(json_of(own).at("user") == "wang.wu");
    CHECK(json_of(own).at("rights").at("repay") == "own");
    CHECK(json_of(door.with(cookie, "GET", "/v1/sessions")).at("sessions").as_array().size() == 1);

    // A session is a fresh one: a token that a client brings is never taken over (fixation).
    auto const again =
        door.sign_in("wang.wu", password, {}, {"Cookie: __Host-daifu=chosen-by-somebody"});
    CHECK(cookie_of(again).find("chosen-by-somebody") == std::string::npos);
    CHECK(cookie_of(again) != cookie);

    CHECK(code_of(door.with(cookie, "DELETE", "/v1/sessions/999999")) == "session_not_found");
    CHECK(code_of(door.with(cookie, "DELETE", "/v1/tokens/999999")) == "token_not_found");
    CHECK(door.with(cookie, "DELETE", "/v1/session").status == 200);
    CHECK(code_of(door.with(cookie, "GET", "/v1/session")) == "sign_in_needed");
    CHECK(door.with(cookie_of(again), "GET", "/v1/session").status == 200);
    CHECK(code_of(door.sign_in("wang.wu", "three plain long word")) == "sign_in_wrong");
    CHECK(code_of(door.sign_in("nobody")) == "sign_in_wrong");
    CHECK(door.last_trail() ==
          " sign_in_refused  sign_in_wrong"); // what was typed may be a password
}

TEST_CASE("A page of another site changes nothing with the cookie of this one")
{
    Door door;
    door.add(person("wang.wu", {UserRole::officer}));
    auto const cookie = cookie_of(door.sign_in("wang.wu"));
    struct Row {
        char const* header;
        bool is_refused;
    };
    for (auto const& [header, is_refused] : std::vector<Row>{
             {"Origin: http://evil.example", true},
             {"Origin: null", true},
             {"Sec-Fetch-Site: cross-site", true},
             {"Sec-Fetch-Site: same-site", true},
             {"Sec-Fetch-Site: same-origin", false},
             {"Origin: http://localhost", false},
         })
    {
        INFO(header);
        auto const answer = door.with(cookie, "POST", "/v1/session/password", "{}", {header});
        CHECK((code_of(answer) == "origin_refused") == is_refused);
        CHECK(door.with(cookie, "GET", "/v1/session", {}, {header}).status == 200);
    }
}

TEST_CASE("Whoever checks, audits or administers sets up a second factor before anything else")
{
    Door door;
    door.add(person("jian.cha", {UserRole::auditor}));
    auto const cookie = cookie_of(door.sign_in("jian.cha"));
    CHECK(code_of(door.with(cookie, "GET", "/v1/trail")) == "second_factor_not_set_up");
    auto const offer = json_of(door.with(cookie, "POST", "/v1/session/second-factor"));
    auto const secret = bytes_of_base32(std::string_view{offer.at("secret").as_string()});
    CHECK(ledger::base32(secret) == std::string_view{offer.at("secret").as_string()});
    CHECK(offer.at("recovery_codes").as_array().size() == 10);
    CHECK(code_of(door.with(cookie, "POST", "/v1/session/second-factor/confirmation",
                            R"({"code":"abcdef"})")) == "sign_in_wrong");
    auto const step = now_s() / ledger::totp_step_s;
    auto const code = ledger::totp_code(secret, step);
    auto const confirmed = door.with(cookie, "POST", "/v1/session/second-factor/confirmation",
                                     R"({"code":")" + code + R"("})");
    INFO(confirmed.body);
    CHECK(confirmed.status == 200);
    CHECK(door.with(cookie, "GET", "/v1/trail").status == 200);

    CHECK(code_of(door.with(cookie, "POST", "/v1/session/second-factor")) ==
          "second_factor_already_set_up");

    CHECK(code_of(door.sign_in("jian.cha")) == "second_factor_needed");
    CHECK(code_of(door.sign_in("jian.cha", password, "000000")) == "sign_in_wrong");
    // The code that set it up is used; the next half minute's is good, and good once.
    CHECK(code_of(door.sign_in("jian.cha", password, code)) == "sign_in_wrong");
    auto const next = ledger::totp_code(secret, step + 1);
    CHECK(door.sign_in("jian.cha", password, next).status == 201);
    CHECK(code_of(door.sign_in("jian.cha", password, next)) == "sign_in_wrong");
    std::string const recovery{offer.at("recovery_codes").at(0).as_string()};
    CHECK(door.sign_in("jian.cha", password, recovery).status == 201);
    CHECK(code_of(door.sign_in("jian.cha", password, recovery)) == "sign_in_wrong");
    // What the database holds of the secret opens with the key alone.
    auto const proof = store::proof_of(door.access, fengqing(), id<ledger::UserName>("jian.cha"));
    CHECK(proof->totp_secret.find(secret) == std::string::npos);
}

TEST_CASE("What needs a proof asks for password or code once more when some minutes have passed")
{
    Door door;
    door.books.propose();
    door.add(person("li.si", {UserRole::checker}));
    auto const cookie = cookie_of(door.sign_in("li.si"));
    auto const offer = json_of(door.with(cookie, "POST", "/v1/session/second-factor"));
    auto const secret = bytes_of_base32(std::string_view{offer.at("secret").as_string()});
    auto const step = now_s() / ledger::totp_step_s;
    REQUIRE(door.with(cookie, "POST", "/v1/session/second-factor/confirmation",
                      R"({"code":")" + ledger::totp_code(secret, step) + R"("})")
                .status == 200);
    auto const waiting =
        door.with(bearer(desk_token), "POST", "/v1/loans/L-1/approval", R"({"amount":"50000.00"})");
    REQUIRE(waiting.status == 202);
    auto const approve = [&] {
        return door.with(cookie, "POST", "/v1/pending/1/approval",
                         boost::json::serialize(boost::json::object{
                             {"effect_digest", json_of(waiting).at("effect_digest")}}));
    };
    door.run("UPDATE access.session SET proved_at = proved_at - interval '6 minutes'");
    CHECK(code_of(approve()) == "proof_needed");
    CHECK(code_of(door.with(cookie, "DELETE", "/v1/sessions/1")) == "proof_needed");
    CHECK(code_of(door.with(cookie, "POST", "/v1/tokens", R"({"purpose":"x"})")) == "proof_needed");
    std::string const proof = "/v1/session/proof";
    CHECK(code_of(door.with(cookie, "POST", proof, R"({"password":"wrong wrong wrong"})")) ==
          "sign_in_wrong");
    CHECK(code_of(door.with(cookie, "POST", proof, R"({"code":"000000"})")) == "sign_in_wrong");
    CHECK(code_of(approve()) == "proof_needed");
    CHECK(door.with(cookie, "POST", proof, R"({"password":")" + std::string{password} + R"("})")
              .status == 200);
    auto const approved = approve();
    INFO(approved.body);
    CHECK(approved.status == 201);
    door.run("UPDATE access.session SET proved_at = proved_at - interval '6 minutes'");
    CHECK(door.with(cookie, "POST", proof,
                    R"({"code":")" + ledger::totp_code(secret, step + 1) + R"("})")
              .status == 200);
    CHECK(door.with(cookie, "POST", "/v1/tokens", R"({"purpose":"x"})").status == 201);
}

TEST_CASE("A password that an administrator made is changed first, and is soon good for nothing")
{
    Door door;
    REQUIRE(store::add_staff(door.access, fengqing(), person("wang.wu", {UserRole::officer}),
                             secrets::password_hash(password), {.actor = "test"}));
    auto const cookie = cookie_of(door.sign_in("wang.wu"));
    CHECK(code_of(door.with(cookie, "GET", "/v1/loans")) == "password_must_change");
    CHECK(code_of(door.with(cookie, "POST", "/v1/tokens", R"({"purpose":"x"})")) ==
          "password_must_change"); // a token would pass it by
    CHECK(door.with(cookie, "GET", "/v1/session").status == 200);
    door.run("UPDATE access.staff SET password_set_at = password_set_at - interval '8 days'");
    CHECK(code_of(door.sign_in("wang.wu")) == "password_expired");
    CHECK(door.with(cookie, "POST", "/v1/session/password",
                    R"({"current":")" + std::string{password} +
                        R"(","password":"four quite plain words"})")
              .status == 200);
    CHECK(door.with(cookie, "GET", "/v1/loans").status == 200);
    door.run("UPDATE access.staff SET password_set_at = password_set_at - interval '8 days'");
    CHECK(door.sign_in("wang.wu", "four quite plain words").status == 201);
}

TEST_CASE("A session ends after twelve hours in all, and when its browser signs in again")
{
    Door door;
    door.add(person("wang.wu", {UserRole::officer}));
    auto const first = cookie_of(door.sign_in("wang.wu"));
    auto const second = cookie_of(door.sign_in("wang.wu", password, {}, {first}));
    CHECK(code_of(door.with(first, "GET", "/v1/session")) == "sign_in_needed");
    CHECK(door.with(second, "GET", "/v1/session").status == 200);
    door.run("UPDATE access.session SET expires_at = opened_at + interval '1 millisecond'");
    CHECK(code_of(door.with(second, "GET", "/v1/session")) == "sign_in_needed");
    CHECK(store::session_limit == std::chrono::hours{12});
}

TEST_CASE("Fifty tries at once are no more than the free ones, for a name that exists or does not")
{
    Door door;
    door.add(person("wang.wu", {UserRole::officer}));
    for (std::string const user : {"wang.wu", "no.such.user"}) {
        std::atomic<int> judged{0}, locked{0}, other{0};
        std::vector<std::thread> tries;
        for (int i = 0; i < 50; ++i) {
            tries.emplace_back([&] {
                for (int again = 0; again < 20; ++again) {
                    auto const code = code_of(door.sign_in(user, "wrong wrong wrong"));
                    if (code == "sign_ins_queue_full") continue;
                    ++(code == "sign_in_wrong"     ? judged
                       : code == "tries_exhausted" ? locked
                                                   : other);
                    return;
                }
            });
        }
        for (auto& one : tries) one.join();
        INFO(user << " judged " << judged << " locked " << locked << " other " << other);
        CHECK(judged <= store::free_tries_account);
        CHECK(other == 0);
        CHECK(locked > 0);
        auto const answer = door.sign_in(user);
        CHECK(answer.status == 429);
        CHECK(std::stoi(answer.header("retry-after")) >= 1);
        door.books.daifud.ask_to_stop(); // each name has a service and an address of its own
        CHECK(door.books.daifud.wait() == 0);
        door.run("UPDATE access.tried SET failures = 0, locked_until = NULL");
        door.books.daifud.start();
    }
}

TEST_CASE("Behind a proxy each client has his own tries, whatever he writes before his address")
{
    struct Row {
        bool is_behind_proxy;
        char const* others; ///< X-Forwarded-For of who asks after another has used up his tries
        char const* code;
    };
    std::vector<Row> const rows{
        {true, "10.0.0.8", "sign_in_wrong"},
        {true, "10.0.0.7", "tries_exhausted"},
        {true, "10.0.0.8, 10.0.0.7", "tries_exhausted"}, // the proxy wrote the last one
        {true, "10.0.0.7, 10.0.0.8", "sign_in_wrong"},
        {true, "::ffff:10.0.0.7", "tries_exhausted"}, // the same client
        {false, "10.0.0.8", "tries_exhausted"},       // nobody stands before it: hearsay
    };
    for (bool const is_behind_proxy : {true, false}) {
        DaifudSetup setup;
        setup.settings = std::string{"behind_proxy = "} + (is_behind_proxy ? "true" : "false");
        Door door{.books = Books{setup}};
        auto const wrong = [&door](int name, std::string const& address) {
            return code_of(door.sign_in("nobody." + std::to_string(name), "wrong wrong wrong", {},
                                        {"X-Forwarded-For: " + address}));
        };
        int name = 0;
        while (name < store::free_tries_address)
            CHECK(wrong(++name, "10.0.0.7") == "sign_in_wrong");
        for (auto const& row : rows) {
            if (row.is_behind_proxy != is_behind_proxy) continue;
            INFO(row.is_behind_proxy << ' ' << row.others);
            CHECK(wrong(++name, row.others) == row.code);
        }
        auto const last = store::trail(door.access, fengqing(), {.limit = 1}).at(0).what;
        CHECK(last.address == (is_behind_proxy ? "10.0.0.8" : "127.0.0.1")); // who was judged last
    }
}

TEST_CASE("Tokens are for machines: they expire, only read where they only read, and make no other")
{
    Door door;
    add_person(door.access, person("robot", {UserRole::officer}), "token-that-reads",
               store::TokenScope::read);
    auto const reads = bearer("token-that-reads");
    CHECK(door.with(reads, "GET", "/v1/loans").status == 200);
    CHECK(code_of(door.with(reads, "POST", "/v1/funds", "{}")) == "scope_missing");
    CHECK(code_of(door.with(bearer(desk_token), "POST", "/v1/tokens", R"({"purpose":"x"})")) ==
          "sign_in_needed");
    // Who records by a machine does not confirm by it, unless it was made to.
    add_person(door.access, person("second", {UserRole::administrator}), "token-that-writes",
               store::TokenScope::write);
    auto const asked = json_of(door.with(bearer(administrator_token), "POST",
                                         "/v1/users/robot/rights", R"({"enabled":false})"));
    auto const change = "/v1/changes/" + std::to_string(asked.at("change").as_int64());
    CHECK(code_of(door.with(bearer("token-that-writes"), "POST", change + "/approval")) ==
          "scope_missing");

    door.add(person("fu.he", {UserRole::checker}));
    CHECK(code_of(door.with(cookie_of(door.sign_in("fu.he")), "POST", "/v1/tokens",
                            R"({"purpose":"around the telephone"})")) ==
          "second_factor_not_set_up");
    door.add(person("wang.wu", {UserRole::officer}));
    auto const cookie = cookie_of(door.sign_in("wang.wu"));
    auto const made = json_of(door.with(cookie, "POST", "/v1/tokens",
                                        R"({"purpose":"nightly","scope":"write","days":1})"));
    auto const own = bearer(std::string{made.at("secret").as_string()});
    CHECK(door.with(own, "GET", "/v1/loans").status == 200);
    auto const list = json_of(door.with(cookie, "GET", "/v1/tokens")).at("tokens").as_array();
    REQUIRE(list.size() == 1);
    CHECK(list[0].at("purpose") == "nightly");
    Cluster::instance().run_sql(door.books.database,
                                "UPDATE access.token SET made_at = made_at - interval '2 days',"
                                " expires_at = expires_at - interval '2 days'"
                                " WHERE user_name = 'wang.wu'");
    CHECK(code_of(door.with(own, "GET", "/v1/loans")) == "sign_in_needed");
}

TEST_CASE("A right that is taken away is gone with the next request, and so is an idle session")
{
    Door door;
    auto const admin = bearer(administrator_token);
    door.add(person("wang.wu", {UserRole::officer}));
    auto const cookie = cookie_of(door.sign_in("wang.wu"));
    CHECK(door.with(cookie, "GET", "/v1/loans").status == 200);
    add_person(door.access, person("second", {UserRole::administrator}), "token-of-second");
    auto const change = [&](char const* rights) {
        auto const asked =
            json_of(door.with(admin, "POST", "/v1/users/wang.wu/rights", rights)).at("change");
        auto const done =
            door.with(bearer("token-of-second"), "POST",
                      "/v1/changes/" + std::to_string(asked.as_int64()) + "/approval");
        INFO(done.body);
        CHECK(done.status == 200);
    };
    change(R"({"township":"530921206"})");
    CHECK(code_of(door.with(cookie, "GET", "/v1/loans?township=530921101")) == "not_own_township");
    CHECK(door.last_trail() == "wang.wu refused GET /v1/loans not_own_township");
    change(R"({"enabled":false})");
    CHECK(code_of(door.with(cookie, "GET", "/v1/loans")) == "sign_in_needed");
    CHECK(code_of(door.sign_in("wang.wu")) == "sign_in_wrong");

    door.add(person("zhao.liu", {UserRole::officer}));
    auto const idle = cookie_of(door.sign_in("zhao.liu"));
    CHECK(door.with(idle, "GET", "/v1/loans").status == 200);
    Cluster::instance().run_sql(door.books.database,
                                "UPDATE access.session SET seen_at = now() - interval '31 minutes'"
                                " WHERE user_name = 'zhao.liu'");
    CHECK(code_of(door.with(idle, "GET", "/v1/loans")) == "sign_in_needed");
}

namespace {

/// One who asks and one who confirms.
struct TwoAdministrators {
    Door door;
    std::string first = bearer(administrator_token), second = bearer("token-of-second");

    TwoAdministrators()
    {
        add_person(door.access, person("second", {UserRole::administrator}), "token-of-second");
    }
    static std::string address(Answer const& asked)
    {
        INFO(asked.body);
        REQUIRE(asked.status == 202);
        return "/v1/changes/" + std::to_string(json_of(asked).at("change").as_int64());
    }
    Answer ask_for(std::string const& target, std::string const& body = {})
    {
        return door.with(first, "POST", target, body);
    }
    Answer approve(std::string const& change)
    {
        return door.with(second, "POST", change + "/approval");
    }
    boost::json::object confirmed(Answer const& asked)
    {
        auto const change = address(asked);
        CHECK(code_of(door.with(first, "POST", change + "/approval")) == "same_person");
        auto const done = approve(change);
        INFO(done.body);
        CHECK(done.status / 100 == 2);
        CHECK(code_of(approve(change)) == "pending_settled");
        return json_of(done);
    }
};

} // namespace

TEST_CASE("What was asked of a user is withdrawn by its maker, and confirmed by nobody it is about")
{
    TwoAdministrators two;
    two.door.add(person("li.si", {UserRole::officer}));
    auto const withdrawn = two.address(two.ask_for("/v1/users/li.si/password"));
    CHECK(two.door.with(two.first, "POST", withdrawn + "/refusal").status == 200);
    CHECK(code_of(two.approve(withdrawn)) == "pending_settled");
    CHECK(code_of(two.approve("/v1/changes/999")) == "pending_not_found");
    auto const about_second =
        two.address(two.ask_for("/v1/users/second/rights", R"({"roles":["officer"]})"));
    CHECK(code_of(two.approve(about_second)) == "own_rights");
    CHECK(
        json_of(two.door.with(two.first, "GET", "/v1/changes")).at("changes").at(0).at("status") ==
        "waiting");
    // Not in the database either.
    CHECK_THROWS(two.door.run("SELECT set_config('daifu.sight', '530921', true);"
                              " SELECT access.settle_change('530921', 2, 'approved',"
                              " 'administrator')"));
}

TEST_CASE("An administrator adds users when a second one confirms, and gives himself nothing")
{
    TwoAdministrators two;
    auto& door = two.door;
    auto const& admin = two.first;
    auto const li_si = R"({"user":"li.si","name":"李四","roles":["officer"],"township":null})";
    CHECK(two.confirmed(two.ask_for("/v1/users", li_si)).at("user") == "li.si");
    struct Row {
        char const* target;
        char const* body;
        int status;
        char const* code;
    };
    for (auto const& [target, body, status, code] : std::vector<Row>{
             {"/v1/users", R"({"user":"li.si","name":"李四","roles":["officer"],"township":null})",
              409, "user_already_exists"},
             {"/v1/users", R"({"user":"Li","name":"李四","roles":["officer"],"township":null})",
              400, "user_name_malformed"},
             {"/v1/users", R"({"user":"li.wu","name":"李五","roles":["king"],"township":null})",
              400, "choice_unknown"},
             {"/v1/users", R"({"user":"li.wu","name":"李五","roles":[],"township":null})", 400,
              "list_length_wrong"},
             {"/v1/users",
              R"({"user":"li.wu","name":"李五","roles":["auditor","officer"],"township":null})",
              422, "roles_conflict"},
             {"/v1/users",
              R"({"user":"li.wu","name":"李五","roles":["officer"],"township":"530921999"})", 404,
              "township_not_found"},
             {"/v1/users/li.si/rights", R"({"roles":["officer"]})", 202, ""},
             {"/v1/users/li.qi/rights", R"({"roles":["checker"]})", 404, "user_not_found"},
             {"/v1/users/administrator/rights", R"({"roles":["officer"]})", 422, "own_rights"},
             {"/v1/users/administrator/password", "", 422, "own_rights"},
             // What a user is told to be by others is never taken from his own words.
             {"/v1/users/li.si/rights", R"({"password_hash":"x"})", 400, "field_unknown"},
         })
    {
        auto const answer = door.with(admin, "POST", target, body);
        INFO(target << " " << body << " " << answer.body);
        CHECK(answer.status == status);
        CHECK(code_of(answer) == code);
    }
    two.confirmed(door.with(admin, "POST", "/v1/users/li.si/rights",
                            R"({"roles":["checker"],"township":"530921206"})"));
    auto const record = store::trail(door.access, fengqing(), {.event = "user_changed"}).at(0).what;
    CHECK(record.actor == "second"); // who asked for it is in the record before
    CHECK(store::trail(door.access, fengqing(), {.event = "change_asked"}).at(0).what.actor ==
          "administrator");
    CHECK(boost::json::parse(record.was).at("roles").at(0) == "officer");
    CHECK(boost::json::parse(record.became).at("township") == "530921206");

    auto const fresh = two.confirmed(two.ask_for("/v1/users/li.si/password"));
    CHECK(door.sign_in("li.si", std::string{fresh.at("password").as_string()}).status == 201);
}

TEST_CASE("The county's rules are changed by document, from a day to come, when a second confirms")
{
    TwoAdministrators two;
    auto const ask = [&](std::string const& rest) {
        return two.ask_for("/v1/rule-changes", R"({"document":"凤组发〔2027〕3号",)" + rest + "}");
    };
    auto const caps = [&] {
        auto const answer = json_of(two.door.with(two.first, "GET", "/v1/programme-rules"));
        std::string all;
        for (auto const& each : answer.at("rules").as_array())
            all += std::string{each.at("loan_cap").as_string()} + "/" +
                   std::to_string(each.at("approval_valid_days").as_int64()) + " ";
        return all;
    };
    auto const first = two.address(
        ask(R"("effective_from":"2023-01-01",)"
            R"("rules":{"loan_cap":"150000.00","approval_valid_days":60},)"
            R"("approval_bands":[{"at_least":"0.00","checkers":1},)"
            R"({"at_least":"50000.00","checkers":2}],)"
            R"("holidays":["2023-01-02"],"poverty_lines":[{"year":2023,"per_head":"9000.00"}],)"
            R"("retention_rules":[{"what":"phone","months":60,"counted_from":"closing"}])"));
    // Asked for on top of the rules of now: what is left out would be another by then.
    auto const second =
        two.address(ask(R"("effective_from":"2024-01-01","rules":{"term_limit_months":60})"));
    CHECK(caps() == "100000.00/90 ");
    CHECK(code_of(two.door.with(two.first, "POST", first + "/approval")) == "same_person");
    CHECK(two.approve(first).status == 200);
    CHECK(caps() == "100000.00/90 150000.00/60 ");
    CHECK(json_of(two.door.with(two.first, "GET", "/v1/approval-bands"))
              .at("bands")
              .at(1)
              .at("checkers") == 2);
    CHECK(json_of(two.door.with(two.first, "GET", "/v1/retention-rules"))
              .at("rules")
              .as_array()
              .size() == 5);
    CHECK(code_of(two.approve(second)) == "pending_effect_changed");
    auto const waiting = json_of(two.door.with(two.second, "GET", "/v1/changes")).at("changes");
    CHECK(waiting.at(0).at("status") == "sent_back"); // and nothing of it was done
    CHECK(waiting.at(0).at("effect").at("programme_rules").at(0).at("loan_cap_fen") == 10'000'000);
    CHECK(caps() == "100000.00/90 150000.00/60 ");
    struct Row {
        char const* body;
        int status;
        char const* code;
    };
    for (auto const& [body, status, code] : std::vector<Row>{
             {R"("effective_from":"2023-01-01","rules":{})", 422, "date_too_early"},
             {R"("effective_from":"2015-01-01","rules":{})", 422, "date_too_early"},
             {R"("effective_from":"2025-01-01")", 400, "rule_change_empty"},
             {R"("effective_from":"2025-01-01","rules":{"rate_floor":"16"})", 422,
              "rules_contradict"},
             {R"("effective_from":"2025-01-01","poverty_lines":[{"year":2023,"per_head":"1"}])",
              409, "rule_made_already"},
             {R"("effective_from":"2025-01-01","base_rates":[])", 400, "field_unknown"},
             {R"("effective_from":"2025-01-01","rules":{"version":9})", 400, "field_unknown"},
             {R"("rules":{})", 400, "field_missing"},
         })
    {
        auto const answer = ask(body);
        INFO(body << " " << answer.body);
        CHECK(answer.status == status);
        CHECK(code_of(answer) == code);
    }
    // Not in the database either: what nobody approved is not enacted.
    CHECK_THROWS(two.door.run("SELECT set_config('daifu.sight', '530921', true);"
                              " SELECT programme.enact('530921', 2)"));
    auto const record = store::trail(two.door.access, fengqing(), {.event = "rules_changed"}).at(0);
    CHECK(record.what.actor == "second");
    CHECK(record.what.subject == "凤组发〔2027〕3号");
}

TEST_CASE("What cannot be done when it is confirmed stays as it was, and waits")
{
    TwoAdministrators two;
    auto const li_si = R"({"user":"li.si","name":"李四","roles":["officer"],"township":null})";
    auto const first = two.address(two.ask_for("/v1/users", li_si));
    auto const again = two.address(two.ask_for("/v1/users", li_si));
    CHECK(two.approve(first).status == 201);
    CHECK(code_of(two.approve(again)) == "user_already_exists");
    CHECK(
        json_of(two.door.with(two.first, "GET", "/v1/changes")).at("changes").at(0).at("status") ==
        "waiting");
    CHECK(two.door.with(two.first, "POST", again + "/refusal").status == 200);
    // Rights that were asked for on top of others go back with what they would be now.
    auto const roles =
        two.address(two.ask_for("/v1/users/li.si/rights", R"({"roles":["checker"]})"));
    auto const place =
        two.address(two.ask_for("/v1/users/li.si/rights", R"({"township":"530921206"})"));
    CHECK(two.approve(roles).status == 200);
    auto const back = two.approve(place);
    CHECK(code_of(back) == "pending_effect_changed");
    CHECK(back.body.find("checker") != std::string::npos);
    CHECK(code_of(two.approve(place)) == "pending_settled");
}

TEST_CASE("A password is changed with the present one, and ends the other sessions")
{
    Door door;
    door.add(person("li.si", {UserRole::officer}));
    auto const cookie = cookie_of(door.sign_in("li.si"));
    auto const second = cookie_of(door.sign_in("li.si"));
    auto const change = [&](std::string const& current, std::string const& wanted) {
        return door.with(cookie, "POST", "/v1/session/password",
                         R"({"current":")" + current + R"(","password":")" + wanted + "\"}");
    };
    CHECK(code_of(change("not it at all", "four quite plain words")) == "sign_in_wrong");
    CHECK(code_of(change(password, "password1234")) == "password_guessable");
    CHECK(change(password, "four quite plain words").status == 200);
    CHECK(door.with(cookie, "GET", "/v1/session").status == 200);
    CHECK(code_of(door.with(second, "GET", "/v1/session")) == "sign_in_needed");
    CHECK(door.sign_in("li.si", "four quite plain words").status == 201);
}

TEST_CASE("An officer of a township records and reads in his own, wherever the address leads")
{
    Door door;
    // The service says no by itself, and the database by itself
    // (tests/sql/row_security.cpp).
    if (GENERATE(true, false)) door.open_row_security();
    door.books.lend(); // L-1 and B-1 of 530921206204, in the township 530921206
    add_person(door.access, person("yaojie", {UserRole::officer}, "530921206"), "token-yaojie");
    add_person(door.access, person("fengshan", {UserRole::officer}, "530921101"), "token-fengshan");
    auto const own = bearer("token-yaojie"), other = bearer("token-fengshan");
    std::string const proposal =
        R"({"loan":"L-2","borrower":"B-1","fund":"F-1","purpose":"养牛","industry":"cattle",)"
        R"("terms":{"principal":"5000.00","annual_rate":"4.75","method":"interest_only",)"
        R"("every":{"count":1,"unit":"quarter"},"settlement_day":20,"instalments":4}})";
    struct Row {
        char const* method;
        char const* target;
        std::string body;
        int status; ///< of the township's own officer
    };
    for (auto const& [method, target, body, status] : std::vector<Row>{
             {"GET", "/v1/loans/L-1", "", 200},
             {"GET", "/v1/loans/L-1/statement", "", 200},
             {"GET", "/v1/explain/loan/L-1", "", 200},
             {"GET", "/v1/borrowers/B-1", "", 200},
             {"GET", "/v1/loans?township=530921206", "", 200},
             {"GET", "/v1/explain/indicator/lent?by=township&key=530921206", "", 200},
             {"POST", "/v1/loans/L-1/repayments/preview", R"({"amount":"10.00"})", 200},
             {"POST", "/v1/loans/L-1/repayments", R"({"amount":"10.00"})", 201},
             {"POST", "/v1/loans", proposal, 201},
         })
    {
        auto const refused = door.with(other, method, target, body);
        INFO(method << " " << target << " " << refused.body);
        CHECK(refused.status == 403);
        CHECK(code_of(refused) == "not_own_township");
        auto const answer = door.with(own, method, target, body);
        INFO(answer.body);
        CHECK(answer.status == status);
    }
    // What is the county's is nobody's of a township.
    for (char const* target :
         {"/v1/trial-balance", "/v1/subsidy-claims?from=2016-01-01&until=2017-01-01",
          "/v1/explain/indicator/lent", "/v1/entries/1", "/v1/statistics/portfolio?by=borrower"})
    {
        auto const answer = door.with(own, "GET", target);
        INFO(target << answer.body);
        CHECK(code_of(answer) == "not_own_township");
    }
    CHECK(code_of(door.with(own, "POST", "/v1/funds/F-1/payments",
                            R"({"amount":"1.00","document":"回单 9"})")) == "not_own_township");
    CHECK(code_of(door.with(own, "POST", "/v1/days/2016-08-30/closing", "{}")) ==
          "not_own_township");
    CHECK(code_of(door.with(own, "GET", "/v1/loans/L-99")) == "not_own_township");
    // How much the books came to know since is told, not of whom.
    std::string const known = "/v1/statistics/portfolio?known_at=2016-01-01T00:00:00Z";
    auto const later = json_of(door.with(own, "GET", known)).at("later_entries");
    CHECK(later.at("count").as_int64() > 0);
    CHECK(later.at("entries").as_array().empty());
    auto const all = json_of(door.with(bearer(auditor_token), "GET", known)).at("later_entries");
    CHECK(all.at("entries").as_array().size() > 0);
    // Left out, the township is his own.
    auto const loans = json_of(door.with(other, "GET", "/v1/loans")).at("loans").as_array();
    CHECK(loans.empty());
    CHECK(json_of(door.with(own, "GET", "/v1/loans")).at("loans").as_array().size() == 2);
    // The books know who it was.
    auto const entries =
        json_of(door.with(bearer(auditor_token), "GET", "/v1/loans/L-1/statement"));
    CHECK(boost::json::serialize(entries).find("token") == std::string::npos);
}

TEST_CASE("The trail is read by auditors and each one's own by himself, and nobody changes it")
{
    Door door;
    door.add(person("wang.wu", {UserRole::officer}));
    auto const cookie = cookie_of(door.sign_in("wang.wu"));
    CHECK(code_of(door.with(cookie, "GET", "/v1/trail")) == "right_missing");
    auto const own = json_of(door.with(cookie, "GET", "/v1/session/trail")).at("trail").as_array();
    REQUIRE(own.size() == 3);
    CHECK(own[0].at("event") == "refused");
    CHECK(own[1].at("event") == "signed_in");
    CHECK(own[2].at("event") == "user_added"); // what others did to him is his to know
    CHECK(own[1].at("address") == "127.0.0.1");
    auto const all =
        json_of(door.with(bearer(auditor_token), "GET", "/v1/trail?actor=wang.wu&event=signed_in"));
    CHECK(all.at("trail").as_array().size() == 1);
    for (char const* sql : {"UPDATE access.trail SET actor = 'somebody else'",
                            "DELETE FROM access.trail", "TRUNCATE access.trail"})
    {
        INFO(sql);
        CHECK_THROWS(Cluster::instance().run_sql(door.books.database, sql));
    }
    // What leaves the house is in it.
    CHECK(get(door.books.port(), "/v1/statistics/portfolio.csv").status == 200);
    CHECK(door.last_trail() == "desk exported GET /v1/statistics/portfolio.csv done");
}
