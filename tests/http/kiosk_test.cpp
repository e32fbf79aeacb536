// The kiosk: a terminal with its own credential, a borrower who proves himself, and nobody else's
// figures. Against the real service on a real database.
#include "tests/http/books.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/people.hpp"

#include "secrets/secrets.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <boost/json.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

using namespace test;
using ledger::UserRole;

namespace {

constexpr char const* nobodys_id = "530921190001010986";
std::string const pin = R"("pin":"246813")", wrong = R"("pin":"246814")";

struct Hall {
    Books books;
    store::Database access{books.database, store::Role::access};
    std::string terminal;

    Hall()
    {
        books.lend(); // B-1 and L-1 of the township 530921206
        terminal = enrol("T-1");
        add_person(access, person("yaojie", {UserRole::officer}, "530921206"), "token-yaojie");
        add_person(access, person("fengshan", {UserRole::officer}, "530921101"), "token-fengshan");
    }
    std::string enrol(std::string const& code)
    {
        auto const answer = post(administrator_token, "/v1/terminals",
                                 R"({"terminal":")" + code + R"(","name":"政务大厅"})");
        REQUIRE(answer.status == 201);
        return std::string{json_of(answer).at("token").as_string()};
    }
    Answer post(std::string const& token, std::string const& target, std::string const& body)
    {
        return ask(books.port(), "POST", target, body,
                   {bearer(token), "Content-Type: application/json"});
    }
    Answer set_secret(std::string const& secret = pin, std::string const& token = "token-yaojie",
                      std::string const& card = some_resident_id)
    {
        return post(token, "/v1/borrowers/B-1/kiosk-secret",
                    R"({"card":")" + card + "\"," + secret + "}");
    }
    Answer prove(std::string const& secret, std::string const& card = some_resident_id,
                 std::string const& at = {})
    {
        return ask(books.port(), "POST", "/v1/kiosk/sessions",
                   R"({"card":")" + card + "\"," + secret + "}",
                   {"Authorization: Terminal " + (at.empty() ? terminal : at),
                    "Content-Type: application/json"});
    }
    Answer person_of(std::string const& session, char const* method = "GET",
                     std::string const& at = {})
    {
        return ask(books.port(), method, "/v1/kiosk/session", "",
                   {"Authorization: Terminal " + (at.empty() ? terminal : at),
                    "Daifu-Session: " + session});
    }
    void run(std::string const& sql)
    {
        pqxx::connection superuser{books.database};
        pqxx::work work{superuser};
        work.exec(sql);
        work.commit();
    }
};

std::string session_of(Answer const& answer)
{
    INFO(answer.body);
    REQUIRE(answer.status == 201);
    return std::string{json_of(answer).at("session").as_string()};
}

} // namespace

TEST_CASE("A borrower proves himself at a terminal and sees his own loans, masked, and no one else")
{
    Hall hall;
    hall.books.book("/v1/loans/L-1/repayments", R"({"amount":"1000.00"})");
    REQUIRE(hall.set_secret().status == 200);
    auto const opened = hall.prove(pin);
    auto const session = session_of(opened);
    auto const person = json_of(opened);
    CHECK(person.at("name") == "演＊＊＊丙");
    CHECK(person.at("loans").as_array().size() == 1);
    CHECK(person.at("loans").at(0).at("loan") == "L-1");
    CHECK(person.at("loans").at(0).at("outstanding") == "49000.00");
    CHECK(person.at("payments").at(0).at("amount") == "1000.00");
    CHECK(opened.body.find(some_name) == std::string::npos);
    CHECK(opened.body.find(some_resident_id) == std::string::npos);
    CHECK(hall.person_of(session).status == 200);
    // The token proves him at this terminal only, and no member of the staff.
    auto const other = hall.enrol("T-2");
    CHECK(code_of(hall.person_of(session, "GET", other)) == "kiosk_session_ended");
    CHECK(code_of(get(hall.books.port(), "/v1/loans", {bearer(session)})) == "sign_in_needed");
    // A tap, or the card that is lifted.
    CHECK(hall.person_of(session, "DELETE").status == 200);
    CHECK(code_of(hall.person_of(session)) == "kiosk_session_ended");
}

TEST_CASE("One person at a terminal: time, the next one and the end of the terminal end a session")
{
    Hall hall;
    hall.set_secret();
    auto const first = session_of(hall.prove(pin));
    auto const second = session_of(hall.prove(pin));
    CHECK(code_of(hall.person_of(first)) == "kiosk_session_ended");
    hall.run("UPDATE access.kiosk_session SET seen_at = seen_at - interval '61 seconds'");
    CHECK(code_of(hall.person_of(second)) == "kiosk_session_ended");
    auto const third = session_of(hall.prove(pin));
    hall.run("UPDATE access.kiosk_session SET opened_at = opened_at - interval '11 minutes'");
    CHECK(code_of(hall.person_of(third)) == "kiosk_session_ended");
    auto const fourth = session_of(hall.prove(pin));
    CHECK(ask(hall.books.port(), "DELETE", "/v1/terminals/T-1", "", {bearer(administrator_token)})
              .status == 200);
    CHECK(code_of(hall.person_of(fourth)) == "kiosk_session_ended");
    CHECK(code_of(hall.prove(pin)) == "terminal_unknown");
    CHECK(code_of(ask(hall.books.port(), "DELETE", "/v1/terminals/T-9", "",
                      {bearer(administrator_token)})) == "terminal_not_found");
}

TEST_CASE("Three wrong tries lock a card for half an hour, then longer, and tell the counter")
{
    Hall hall;
    hall.set_secret();
    auto const locked_s = [&] {
        auto const answer = hall.prove(pin);
        return answer.status == 429 ? std::stoi(answer.header("retry-after")) : 0;
    };
    for (int i = 0; i < 3; ++i) CHECK(code_of(hall.prove(wrong)) == "kiosk_refused");
    CHECK(code_of(hall.prove(pin)) == "kiosk_locked"); // the right one too
    CHECK(locked_s() > 1700);
    CHECK(locked_s() <= 1800);
    hall.run("UPDATE access.tried SET locked_until = now() WHERE kind = 'card'");
    CHECK(code_of(hall.prove(wrong)) == "kiosk_refused");
    CHECK(locked_s() > 3500);
    auto const locks = [&](char const* token) {
        return json_of(get(hall.books.port(), "/v1/kiosk/locks", {bearer(token)}))
            .at("locks")
            .as_array();
    };
    REQUIRE(locks("token-yaojie").size() == 1);
    CHECK(locks("token-yaojie").at(0).at("borrower") == "B-1");
    CHECK(locks("token-yaojie").at(0).at("terminal") == "T-1");
    CHECK(locks("token-fengshan").empty());
    CHECK(locks(auditor_token).size() == 1);
    // At the counter a new secret opens the card.
    CHECK(hall.set_secret(R"("pictures":["teapot","ox","sun","pig"])").status == 200);
    CHECK(code_of(hall.prove(pin)) == "kiosk_refused");
    session_of(hall.prove(R"("pictures":["teapot","ox","sun","pig"])"));
    CHECK(locks("token-yaojie").empty());
}

TEST_CASE("Whoever tries one card after another closes his terminal, and locks out no village")
{
    Hall hall;
    hall.set_secret();
    std::string const elsewhere = hall.enrol("T-2");
    int refused = 0;
    for (int n = 0; n < 12; ++n) {
        std::string digits = std::to_string(1900 + n).substr(1);
        std::string card = "53092119000102" + digits;
        card += ledger::resident_id_check_digit(card);
        refused += code_of(hall.prove(wrong, card)) == "kiosk_refused" ? 1 : 0;
    }
    CHECK(refused == 10);
    CHECK(code_of(hall.prove(pin)) == "kiosk_locked");
    session_of(hall.prove(pin, some_resident_id, elsewhere)); // his card is as it was
}

TEST_CASE("Fifty wrong tries at once count no less than one after the other")
{
    Hall hall;
    hall.set_secret();
    std::atomic<int> judged{0};
    std::vector<std::thread> tries;
    for (int i = 0; i < 50; ++i)
        tries.emplace_back([&] {
            for (int again = 0; again < 50; ++again) {
                auto const code = code_of(hall.prove(wrong));
                if (code == "service_busy") continue;
                judged += code == "kiosk_refused" ? 1 : 0;
                return;
            }
        });
    for (auto& one : tries) one.join();
    CHECK(judged == 3);
}

TEST_CASE("A card that nobody has is answered like a wrong secret, byte by byte")
{
    Hall hall;
    hall.set_secret();
    auto const without_id = [](std::string body) {
        auto const at = body.find("\"request_id\"");
        return at == std::string::npos ? body : body.substr(0, at);
    };
    auto const known = hall.prove(wrong), unknown = hall.prove(wrong, nobodys_id);
    CHECK(known.status == 401);
    CHECK(unknown.status == known.status);
    CHECK(without_id(unknown.body) == without_id(known.body));
    CHECK(code_of(unknown) == "kiosk_refused");
    CHECK(code_of(hall.prove(pin, some_resident_id, "no-such-terminal")) == "terminal_unknown");
    auto const log = hall.books.daifud.log();
    for (char const* secret : {"246813", "246814", some_resident_id, nobodys_id, some_name})
        CHECK(log.find(secret) == std::string::npos);
}

TEST_CASE("A secret is set at the counter with the card on the reader, in one's own township")
{
    Hall hall;
    CHECK(code_of(hall.set_secret(pin, "token-fengshan")) == "not_own_township");
    CHECK(code_of(hall.set_secret(pin, auditor_token)) == "right_missing");
    CHECK(code_of(hall.set_secret(pin, "token-yaojie", nobodys_id)) == "borrower_not_found");
    CHECK(code_of(hall.set_secret(R"("pin":"123456")")) == "kiosk_secret_guessable");
    CHECK(code_of(hall.set_secret(R"("pin":"000101")")) == "kiosk_secret_guessable");
    CHECK(code_of(hall.set_secret(R"("pin":"12345")")) == "kiosk_secret_malformed");
    CHECK(code_of(hall.set_secret(R"("pictures":["teapot","ox","sun","dragon"])")) ==
          "kiosk_secret_malformed");
    CHECK(hall.set_secret().status == 200);
    auto const trail =
        json_of(get(hall.books.port(), "/v1/trail?event=kiosk_secret_set", {bearer(auditor_token)}))
            .at("trail")
            .as_array();
    REQUIRE(trail.size() == 1);
    CHECK(trail.at(0).at("actor") == "yaojie");
    CHECK(trail.at(0).at("subject") == "B-1");
    CHECK(json_of(get(hall.books.port(), "/v1/kiosk/pictures")).at("pictures").as_array().size() ==
          12);
}

TEST_CASE("The kiosk's role calls two functions, reads no table, and gets nothing unproved")
{
    Hall hall;
    hall.set_secret();
    auto const session = session_of(hall.prove(pin));
    pqxx::connection connection{hall.books.database};
    {
        pqxx::work work{connection};
        auto const callable = work.exec1(
            "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname IN ('ledger', 'register', 'programme', 'access')"
            " AND has_function_privilege('daifu_kiosk', p.oid, 'EXECUTE')");
        CHECK(callable[0].as<int>() == 2);
        auto const readable = work.exec1(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname IN ('ledger', 'register', 'programme', 'access')"
            " AND c.relkind IN ('r', 'v') AND has_any_column_privilege('daifu_kiosk', c.oid,"
            " 'SELECT, INSERT, UPDATE')");
        CHECK(readable[0].as<int>() == 0);
    }
    for (std::string const sql :
         {"SELECT * FROM ledger.loan", "SELECT * FROM ledger.loan_line",
          "SELECT * FROM access.kiosk_secret", "SELECT access.kiosk_view('530921', 'B-1')",
          "SELECT register.reveal('530921', 'resident_id', '{}')"})
    {
        INFO(sql);
        pqxx::work work{connection};
        work.exec("SET LOCAL ROLE daifu_kiosk; SELECT set_config('daifu.sight', '530921', true)");
        CHECK_THROWS_AS(work.exec(sql), pqxx::insufficient_privilege);
    }
    // Even with the terminal's credential and the right card: the hash of the secret is what
    // counts.
    pqxx::work work{connection};
    work.exec("SET LOCAL ROLE daifu_kiosk; SELECT set_config('daifu.sight', '530921', true)");
    auto const got = work.exec_params(
        "SELECT access.kiosk_person('530921', 'open', sha256($1::bytea), sha256('x'), ARRAY[]::"
        "bytea[], 'guess', '{\"address\": \"\", \"request_id\": \"\"}')",
        pqxx::binarystring{hall.terminal});
    CHECK(got[0][0].is_null());
}

namespace {

/// The medians of two kinds of tries that take turns, in milliseconds.
std::pair<double, double> medians(int turns, std::function<void()> const& known,
                                  std::function<void()> const& unknown,
                                  std::function<void()> const& between)
{
    using clock = std::chrono::steady_clock;
    std::vector<double> of_known, of_unknown;
    auto const timed = [](std::function<void()> const& attempt) {
        auto const began = clock::now();
        attempt();
        return std::chrono::duration<double, std::milli>(clock::now() - began).count();
    };
    for (int i = 0; i < turns; ++i) { // what comes first after a pause is slower: they take turns
        if (i % 2 == 0) of_known.push_back(timed(known));
        of_unknown.push_back(timed(unknown));
        if (i % 2 != 0) of_known.push_back(timed(known));
        between();
    }
    auto const median = [](std::vector<double>& all) {
        std::ranges::sort(all);
        return all.at(all.size() / 2);
    };
    return {median(of_known), median(of_unknown)};
}

} // namespace

TEST_CASE("A try takes as long for a card or a name that exists as for one that does not")
{
    Hall hall;
    hall.set_secret();
    constexpr int turns = 40;
    constexpr double bound = 1.3; // generous: a hash that is left out is ten times faster
    auto const forget = [&] {
        hall.run("UPDATE access.tried SET failures = 0, locked_until = NULL");
    };
    auto const cards = medians(
        turns, [&] { CHECK(code_of(hall.prove(wrong)) == "kiosk_refused"); },
        [&] { CHECK(code_of(hall.prove(wrong, nobodys_id)) == "kiosk_refused"); }, forget);
    auto const sign_in = [&](std::string const& user) {
        auto const answer = ask(hall.books.port(), "POST", "/v1/sessions",
                                R"({"user":")" + user + R"(","password":"wrong wrong wrong"})",
                                {"Content-Type: application/json"});
        CHECK(code_of(answer) == "sign_in_wrong");
    };
    auto const added =
        store::add_staff(hall.access, fengqing(), person("wang.wu", {UserRole::officer}),
                         secrets::password_hash("three plain long words"), {.actor = "test"});
    REQUIRE(added);
    auto const names =
        medians(turns, [&] { sign_in("wang.wu"); }, [&] { sign_in("no.such.user"); }, forget);
    for (auto const& [known, unknown] : {cards, names}) {
        INFO(known << " ms and " << unknown << " ms");
        CHECK(known < unknown * bound);
        CHECK(unknown < known * bound);
        CHECK(known > 5);
    }
}
