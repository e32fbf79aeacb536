// The real daifud over a socket, with real books: what is booked, replayed, refused, and what
// happens when the database or the service goes away.
#include "tests/http/books.hpp"
#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>
#include <set>
#include <sstream>

namespace json = boost::json;
using namespace std::chrono_literals;
using test::Books;
using test::code_of;
using test::get;
using test::post;

namespace {

char const* const repayments = "/v1/loans/L-1/repayments";

/// Tries again with the same key while the service says that it may; false: it never came back.
test::Answer post_until_booked(std::uint16_t port, std::string const& target,
                               std::string const& body, std::string const& key)
{
    for (int attempt = 0; attempt < 600; ++attempt) {
        auto answer = post(port, target, body, key);
        if (answer.status != 503) return answer;
    }
    return {};
}

/// True once the page at the target contains the text; false when it does not within 20 s.
bool comes_to_say(std::uint16_t port, std::string const& target, std::string const& text)
{
    auto const until = std::chrono::steady_clock::now() + 20s;
    while (std::chrono::steady_clock::now() < until) {
        if (get(port, target).body.find(text) != std::string::npos) return true;
    }
    return false;
}

/// The repayment's step says how it was used, by which rule of which document, in which entry.
void check_explained(json::array const& steps, json::object const& receipt)
{
    auto const found = std::ranges::find_if(
        steps, [](json::value const& step) { return step.at("figure") == "allocation"; });
    REQUIRE(found != steps.end());
    CHECK(found->at("event_sequence") == receipt.at("event_sequence"));
    CHECK(found->at("entries") == json::array{receipt.at("entry_number")});
    json::value const& basis = found->at("bases").at(0);
    CHECK(basis.at("name") == "allocation_order");
    CHECK(basis.at("rules_version") == 1);
    CHECK(basis.at("document").is_string());
    json::array const inputs = found->at("inputs").as_array();
    CHECK(std::ranges::any_of(inputs, [&](json::value const& input) {
        return input.at("name") == "principal" &&
               input.at("value") == receipt.at("allocation").at("principal");
    }));
    CHECK(steps.back().at("figure") == "payoff");
}

} // namespace

TEST_CASE("A loan goes from the register to a repayment, and every read agrees")
{
    Books books;
    books.lend();
    auto const receipt = books.book(repayments, R"({"amount":"1000.00"})");
    CHECK(receipt.at("command") == "repay");
    CHECK(receipt.at("subject") == "L-1");
    CHECK(receipt.at("principal_outstanding") == "49000.00");
    CHECK(receipt.at("allocation").at("principal") == "1000.00");

    auto const card = books.read("/v1/loans/L-1");
    CHECK(card.at("status") == "active");
    CHECK(card.at("principal_outstanding") == "49000.00");
    CHECK(books.read("/v1/loans").at("loans").as_array().size() == 1);
    CHECK(books.read("/v1/loans?borrower=B-1").at("loans").as_array().size() == 1);
    CHECK(books.read("/v1/funds").at("funds").at(0).at("available") == "951000.00");
    CHECK(books.read("/v1/loans/L-1/statement").at("lines").as_array().size() >= 6);
    check_explained(books.read("/v1/explain/loan/L-1").at("steps").as_array(), receipt);
    CHECK(books.read("/v1/county").at("entries") == 4);
    auto const number = std::to_string(receipt.at("entry_number").as_int64());
    auto const entry = books.read("/v1/entries/" + number);
    CHECK(entry.at("digest") == receipt.at("entry_digest"));
    CHECK(entry.at("cause") == "repayment");
    CHECK(books.read("/v1/borrowers/B-1").at("resident_id") == "530921********0003");
    CHECK(books.read("/v1/trial-balance").at("totals").at(0).at("is_balanced") == true);
    CHECK(books.read("/v1/statistics/portfolio").at("county").at("outstanding") == "49000.00");
    CHECK(books.read("/v1/doctor").at("is_sound") == true);
    CHECK_FALSE(books.read("/v1/indicators").at("indicators").as_array().empty());
    CHECK_FALSE(books.read("/v1/chart-of-accounts").at("accounts").as_array().empty());
    CHECK_FALSE(books.read("/v1/programme-rules").at("rules").as_array().empty());
    CHECK_FALSE(books.read("/v1/base-rates").at("rates").as_array().empty());
    CHECK(books.read("/v1/administrative-units").at("units").as_array().size() > 200);
}

TEST_CASE("A reversed event names its reversal, and the reversal what it took back")
{
    Books books;
    books.lend();
    books.book(repayments, R"({"amount":"1000.00"})");
    books.book("/v1/loans/L-1/reversals", R"({"sequence":3,"reason":"录错金额"})");
    auto const card = books.read("/v1/loans/L-1");
    auto const& events = card.at("events").as_array();
    REQUIRE(events.size() == 4);
    CHECK(events[1].at("is_reversed") == false);
    CHECK(events[1].at("reversed_by").is_null());
    CHECK(events[2].at("is_reversed") == true);
    CHECK(events[2].at("reversed_by") == 4);
    CHECK(events[3].at("reversed_sequence") == 3);
    CHECK(events[3].at("reversed_by").is_null());
    auto const refused =
        post(books.port(), "/v1/loans/L-1/reversals", R"({"sequence":1,"reason":"录错"})");
    CHECK(code_of(refused) == "later_events_depend_on_it");
    CHECK(test::json_of(refused).at("limit") == "2");
}

TEST_CASE("The same key and body answer the first receipt again and book nothing")
{
    Books books;
    books.lend();
    auto const key = test::fresh_key();
    auto const first = post(books.port(), repayments, R"({"amount":"10.00"})", key);
    REQUIRE(first.status == 201);
    CHECK(first.header("idempotent-replay").empty());
    auto const before = books.state();
    auto const again = post(books.port(), repayments, R"({"amount":"10.00"})", key);
    CHECK(again.status == 200);
    CHECK(again.header("idempotent-replay") == "true");
    CHECK(again.body == first.body);
    CHECK(books.state() == before);

    auto const other = post(books.port(), repayments, R"({"amount":"11.00"})", key);
    CHECK(other.status == 409);
    CHECK(code_of(other) == "idempotency_key_reused");
    auto const elsewhere =
        post(books.port(), "/v1/loans/L-1/disbursements", R"({"amount":"10.00"})", key);
    CHECK(code_of(elsewhere) == "idempotency_key_reused");
    CHECK(books.state() == before);
}

TEST_CASE("A schedule is computed without a key, the same as on the command line")
{
    Books books;
    auto const answer =
        test::ask(books.port(), "POST", "/v1/schedules",
                  R"({"principal":"100000.00","annual_rate":"4.75","method":"equal_instalments",)"
                  R"("interest_per":"period","every":{"count":1,"unit":"month"},"instalments":24,)"
                  R"("disbursements":[{"on":"2015-11-10","amount":"100000.00"}]})",
                  {"Content-Type: application/json; charset=utf-8"});
    CHECK(answer.status == 200);
    CHECK(test::json_of(answer).at("instalments").at(0).at("total") == "4375.95");
}

TEST_CASE("Whoever signed in in one county is nobody in another")
{
    Books books;
    struct Row {
        char const* header;
        int status;
        char const* code;
    };
    for (auto const& [header, status, code] :
         {Row{"Daifu-County: 530922", 401, "sign_in_needed"},
          Row{"Daifu-County: not a county", 404, "county_not_found"}})
    {
        CHECK(code_of(get(books.port(), "/v1/county", {header})) == code);
        auto const write = test::ask(
            books.port(), "POST", "/v1/funds", R"({"fund":"F","name":"甲","document":"乙"})",
            {"Content-Type: application/json", "Idempotency-Key: abcdefgh", header});
        CHECK(write.status == status);
        CHECK(code_of(write) == code);
    }
}

TEST_CASE("An unchanged answer is not sent twice")
{
    Books books;
    auto const first = get(books.port(), "/v1/funds");
    auto const etag = first.header("etag");
    REQUIRE(etag.size() > 10);
    auto const again = get(books.port(), "/v1/funds", {"If-None-Match: " + etag});
    CHECK(again.status == 304);
    CHECK(again.body.empty());
    CHECK(again.header("etag") == etag);
    books.book("/v1/funds", R"({"fund":"F-2","name":"甲","document":"乙"})");
    CHECK(get(books.port(), "/v1/funds", {"If-None-Match: " + etag}).status == 200);
}

TEST_CASE("Thirty-two clients on one loan are all right: the sum, and entry numbers without a gap")
{
    Books books;
    books.lend();
    constexpr int clients = 32;
    constexpr int repayments_each = 5;
    std::vector<std::future<std::vector<std::int64_t>>> running;
    for (int i = 0; i < clients; ++i) {
        running.push_back(std::async(std::launch::async, [&books] {
            std::vector<std::int64_t> numbers;
            for (int n = 0; n < repayments_each; ++n) {
                auto const answer = post_until_booked(books.port(), repayments,
                                                      R"({"amount":"1.25"})", test::fresh_key());
                if (answer.status != 201) continue;
                numbers.push_back(test::json_of(answer).at("entry_number").as_int64());
            }
            return numbers;
        }));
    }
    std::set<std::int64_t> numbers;
    for (auto& one : running) {
        for (auto const number : one.get()) numbers.insert(number);
    }
    CHECK(numbers.size() == clients * repayments_each);
    CHECK(*numbers.begin() == 4); // paid in, approved, disbursed before
    CHECK(*numbers.rbegin() == 3 + clients * repayments_each);
    CHECK(books.read("/v1/loans/L-1").at("principal_outstanding") == "49800.00");
    CHECK(books.read("/v1/county").at("entries") == 3 + clients * repayments_each);
    CHECK(books.read("/v1/doctor").at("is_sound") == true);
}

TEST_CASE("While the database is away everything says so, and afterwards goes on by itself")
{
    Books books;
    books.lend();
    auto& cluster = test::Cluster::instance();
    cluster.stop();
    auto const key = test::fresh_key();
    auto const write = post(books.port(), repayments, R"({"amount":"5.00"})", key);
    CHECK(write.status == 503);
    CHECK(code_of(write) == "database_unavailable");
    CHECK_FALSE(write.header("retry-after").empty());
    auto const read = get(books.port(), "/v1/funds");
    CHECK(read.status == 503);
    CHECK(code_of(read) == "database_unavailable");
    CHECK(get(books.port(), "/healthz").status == 200);
    auto const ready = get(books.port(), "/readyz");
    CHECK(ready.status == 503);
    CHECK(ready.body == R"({"is_ready":false,"reasons":["database_unreachable"]})");

    cluster.start();
    auto const booked = post_until_booked(books.port(), repayments, R"({"amount":"5.00"})", key);
    CHECK((booked.status == 201 || booked.header("idempotent-replay") == "true"));
    CHECK(get(books.port(), "/readyz").status == 200);
    CHECK(books.read("/v1/loans/L-1").at("principal_outstanding") == "49995.00");
}

TEST_CASE("A full queue says so at once, and what was accepted is booked")
{
    test::DaifudSetup setup;
    setup.limits = "writer_queue = 2";
    Books books{setup};
    books.lend();
    test::HeldLock lock{books.database, "ledger.county"};
    // One is with the writer, two fill the queue, and only then the rest come.
    auto const send = [&] {
        return std::async(std::launch::async,
                          [&] { return post(books.port(), repayments, R"({"amount":"1.00"})"); });
    };
    std::vector<std::future<test::Answer>> accepted;
    accepted.push_back(send());
    lock.wait_until_wanted();
    accepted.push_back(send());
    accepted.push_back(send());
    REQUIRE(comes_to_say(books.port(), "/metrics", "ledger_queue_depth 2"));
    for (int i = 0; i < 5; ++i) {
        auto const began = std::chrono::steady_clock::now();
        auto const refused = post(books.port(), repayments, R"({"amount":"1.00"})");
        CHECK(refused.status == 503);
        CHECK(code_of(refused) == "service_busy");
        CHECK(refused.header("retry-after") == "1");
        CHECK(std::chrono::steady_clock::now() - began < 2s);
    }
    lock.release();
    for (auto& one : accepted) CHECK(one.get().status == 201);
    CHECK(books.read("/v1/loans/L-1").at("principal_outstanding") == "49997.00");
}

TEST_CASE("A stop answers the write that is in flight, then ends")
{
    Books books;
    books.lend();
    test::HeldLock lock{books.database, "ledger.county"};
    test::RawClient client{books.port()};
    client.send(test::request_text(
        "POST", repayments, R"({"amount":"1.00"})",
        {"Content-Type: application/json", "Idempotency-Key: " + test::fresh_key()}));
    lock.wait_until_wanted();
    books.daifud.ask_to_stop();
    REQUIRE(books.daifud.wait_for_log("service.stopping"));
    CHECK_FALSE(client.is_closed_within(50ms));
    lock.release();
    auto const answer = client.read_answer();
    CHECK(answer.status == 201);
    CHECK(answer.header("connection") == "close");
    CHECK(books.daifud.wait() == 0);
    CHECK(books.daifud.wait_for_log("service.stopped"));
    books.daifud.start();
    CHECK(books.read("/v1/loans/L-1").at("principal_outstanding") == "49999.00");
}

TEST_CASE("A killed service starts again on the same books and port")
{
    Books books;
    books.lend();
    books.daifud.kill();
    books.daifud.start();
    CHECK(books.read("/v1/loans/L-1").at("status") == "active");
}

TEST_CASE("Closing a day posts its accruals, may be repeated, and shuts the day")
{
    Books books;
    books.lend();
    auto const yesterday = books.book("/v1/days/2016-08-30/closing", "{}");
    CHECK(yesterday.at("closings").at(0).at("failed").as_array().empty());
    auto const again = post(books.port(), "/v1/days/2016-08-30/closing", "{}");
    CHECK(again.status == 200);
    CHECK(again.header("idempotent-replay") == "true");
    books.book(repayments, R"({"amount":"1.00"})");
    auto const tomorrow = post(books.port(), "/v1/days/2016-09-01/closing", "{}");
    CHECK(tomorrow.status == 422);
    CHECK(code_of(tomorrow) == "date_in_future");
    books.book("/v1/days/2016-08-31/closing", "{}");
    auto const before = books.state();
    auto const late = post(books.port(), repayments, R"({"amount":"1.00"})");
    CHECK(late.status == 409);
    CHECK(code_of(late) == "day_closed");
    CHECK(books.state() == before);
}

TEST_CASE("A loan and the list say through when its money is reserved, and the closing frees it")
{
    Books books;
    books.propose();
    books.book("/v1/loans",
               R"({"loan":"L-2","borrower":"B-1","fund":"F-1","proposed_on":"2016-06-01",)"
               R"("purpose":"核桃","industry":"walnut","terms":{"principal":"30000.00",)"
               R"("annual_rate":"4.75","method":"at_maturity","every":{"count":1,"unit":"year"},)"
               R"("instalments":1}})");
    books.book("/v1/loans/L-1/approval", R"({"amount":"50000.00"})");
    books.book("/v1/loans/L-2/approval", R"({"amount":"30000.00","value_on":"2016-06-02"})");
    auto const listed = [&books](std::size_t n) {
        return books.read("/v1/loans").at("loans").at(n).at("reserved_through");
    };
    CHECK(listed(0) == "2016-11-29");
    CHECK(listed(1) == "2016-08-31");
    CHECK(books.read("/v1/loans/L-2").at("reserved_through") == "2016-08-31");

    auto const closed = books.book("/v1/days/2016-08-31/closing", "{}");
    CHECK(closed.at("closings").as_array().back().at("approvals_expired") == 1);
    auto const card = books.read("/v1/loans/L-2");
    CHECK(card.at("status") == "expired");
    CHECK(card.at("reserved_through").is_null());
    CHECK(card.at("events").as_array().back().at("type") == "approval_expired");
    CHECK(books.read("/v1/funds").at("funds").at(0).at("reserved") == "50000.00");
    CHECK(listed(0) == "2016-11-29");
    CHECK(listed(1).is_null());
    CHECK(books.read("/v1/entries/4").at("cause") == "expiry");
}

TEST_CASE("The figures for Prometheus can be read and count what was done")
{
    Books books;
    books.lend();
    CHECK(code_of(post(books.port(), "/v1/loans/L-9/repayments", R"({"amount":"1.00"})")) ==
          "loan_not_found");
    auto const answer = get(books.port(), "/metrics");
    CHECK(answer.header("content-type") == "text/plain; version=0.0.4; charset=utf-8");
    std::istringstream lines{answer.body};
    int samples = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.starts_with("# ")) continue;
        INFO(line);
        auto const space = line.rfind(' ');
        REQUIRE(space != std::string::npos);
        CHECK(line.substr(space + 1).find_first_not_of("0123456789.e+-InfNa") == std::string::npos);
        auto const brace = line.find('{');
        CHECK((brace == std::string::npos || line[space - 1] == '}'));
        ++samples;
    }
    CHECK(samples > 50);
    auto const holds = [&](std::string const& line) {
        return answer.body.find(line + '\n') != std::string::npos;
    };
    CHECK(holds("ledger_entries_total 3"));
    CHECK(holds("ledger_refusals_total{code=\"loan_not_found\"} 1"));
    CHECK(holds("http_request_seconds_count{route=\"/v1/loans/{loan}/repayments\",status=\"404\"} "
                "1"));
    CHECK(holds("ledger_queue_depth 0"));
    CHECK(holds("db_pool_in_use{pool=\"reader\"} 0"));
    CHECK(answer.body.find("ledger_batch_size_bucket") != std::string::npos);
    CHECK(answer.body.find("ledger_commit_seconds_sum") != std::string::npos);
    CHECK(answer.body.find("daifu_build_info{version=") != std::string::npos);
}

TEST_CASE("Every log line is JSON with the request's id, and none names a person")
{
    Books books;
    books.lend();
    get(books.port(), "/v1/borrowers/B-1", {"X-Request-Id: find-me-again-1"});
    get(books.port(), std::string{"/v1/loans?borrower="} + test::some_resident_id);
    get(books.port(), std::string{"/"} + test::some_resident_id);
    CHECK(books.daifud.wait_for_log("find-me-again-1"));
    CHECK(books.daifud.stop() == 0);
    REQUIRE(books.daifud.wait_for_log("service.stopped"));
    auto const log = books.daifud.log();
    CHECK(log.find(test::some_name) == std::string::npos);
    CHECK(log.find(test::some_resident_id) == std::string::npos);
    CHECK(log.find("B-1?") == std::string::npos);
    std::istringstream lines{log};
    int requests = 0;
    for (std::string line; std::getline(lines, line);) {
        INFO(line);
        auto const object = boost::json::parse(line).as_object();
        CHECK(object.at("time").as_string().size() == 24);
        CHECK(object.contains("level"));
        CHECK(object.contains("event"));
        if (!object.contains("request_id")) continue;
        ++requests;
        CHECK(object.contains("route"));
        CHECK(object.contains("status"));
        CHECK(object.contains("took_us"));
    }
    CHECK(requests == 11);
    CHECK(log.find(R"("event":"disburse.booked")") != std::string::npos);
    CHECK(log.find(R"("subject":"L-1")") != std::string::npos);
}

TEST_CASE("The pages for the browser are sent as they were built, compressed to whom reads it")
{
    std::string folder = std::filesystem::temp_directory_path() / "daifud-web-XXXXXX";
    REQUIRE(mkdtemp(folder.data()) != nullptr);
    std::filesystem::create_directory(folder + "/assets");
    auto const put = [&](std::string const& name, std::string const& text) {
        std::ofstream{folder + '/' + name} << text;
    };
    put("console.html", "<!doctype html><title>page</title>");
    put("assets/code-1a2b.js", "let code");
    put("assets/code-1a2b.js.br", "packed");
    put("assets/secret.txt", "not a page's");
    test::DaifudSetup setup;
    setup.settings = "web_directory = \"" + folder + "\"";
    Books books{setup};

    for (auto const* const door :
         {"/c", "/c/loan/FQ-2015-0001/why", "/c?loan=FQ-2015-0001", "/a/entry/1", "/d", "/m/"})
    {
        INFO(door);
        auto const page = get(books.port(), door);
        CHECK(page.status == 200);
        CHECK(page.body == "<!doctype html><title>page</title>");
        CHECK(page.header("cache-control") == "no-cache");
        CHECK(page.header("content-security-policy").starts_with("default-src 'self'"));
    }
    auto const code = get(books.port(), "/assets/code-1a2b.js");
    CHECK(code.body == "let code");
    CHECK(code.header("content-type") == "text/javascript; charset=utf-8");
    CHECK(code.header("cache-control") == "public, max-age=31536000, immutable");
    CHECK(code.header("vary") == "Accept-Encoding");
    auto const packed = get(books.port(), "/assets/code-1a2b.js", {"Accept-Encoding: gzip, br"});
    CHECK(packed.body == "packed");
    CHECK(packed.header("content-encoding") == "br");
    CHECK(get(books.port(), "/c", {"If-None-Match: " + get(books.port(), "/c").header("etag")})
              .status == 304);
    for (auto const* const name :
         {"secret.txt", "code-1a2b.js.br", "..%2Fconsole.html", "%2Fetc%2Fpasswd", "none.js"})
    {
        INFO(name);
        CHECK(get(books.port(), std::string{"/assets/"} + name).status == 404);
    }
    CHECK(get(books.port(), "/cc").status == 404);
    std::filesystem::remove_all(folder);
}

TEST_CASE("The reference pages are readable without a script and load nothing from elsewhere")
{
    Books books;
    auto const start = get(books.port(), "/");
    auto const page = get(books.port(), "/docs");
    CHECK(start.status == 200);
    CHECK(start.body == page.body);
    CHECK(page.status == 200);
    CHECK(page.header("content-type") == "text/html; charset=utf-8");
    auto const policy = page.header("content-security-policy");
    CHECK(policy.starts_with("default-src 'self'"));
    CHECK(policy.find("http") == std::string::npos);
    for (char const* const text :
         {"Idempotency-Key", "Idempotent-Replay", "Money is a string", "daifu schedule",
          "daifu replay", "curl -s", "/docs/problems", "真的入账"})
    {
        INFO(text);
        CHECK(page.body.find(text) != std::string::npos);
    }
    CHECK(page.body.find("src=\"http") == std::string::npos);
    CHECK(page.body.find("href=\"http") == std::string::npos);
    auto const problems = get(books.port(), "/docs/problems").body;
    for (char const* const text : {"id=\"day_closed\"", "loan_not_found", "没有这笔贷款"}) {
        CHECK(problems.find(text) != std::string::npos);
    }
    CHECK(get(books.port(), "/openapi.yaml").body.starts_with("openapi: 3.1.0"));
    CHECK(get(books.port(), "/docs/assets/start.js").status == 200);
    for (char const* const name : {"package.json", "..%2Fpackage.json", "%2Fetc%2Fpasswd"}) {
        CHECK(get(books.port(), std::string{"/docs/assets/"} + name).status == 404);
    }
}
