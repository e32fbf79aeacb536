// Four eyes over HTTP: what one person records, a second confirms; who may not, and what has
// changed meanwhile.
#include "tests/http/books.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/people.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>

#include <thread>

using namespace test;
using ledger::UserRole;

namespace {

struct Counter {
    Books books;
    store::Database access{books.database, store::Role::access};

    Counter() { books.propose(); }

    Answer send(std::string_view target, std::string_view body,
                std::string const& key = fresh_key(), std::string const& token = desk_token)
    {
        return ask(books.port(), "POST", target, body,
                   {"Content-Type: application/json", "Idempotency-Key: " + key, bearer(token)});
    }
    boost::json::object waits(std::string_view target, std::string_view body,
                              std::string const& key = fresh_key())
    {
        auto const answer = send(target, body, key);
        INFO(answer.body << books.daifud.log());
        REQUIRE(answer.status == 202);
        return json_of(answer);
    }
    std::string address(boost::json::object const& line, std::string const& act)
    {
        return "/v1/pending/" + std::to_string(line.at("pending").as_int64()) + "/" + act;
    }
    Answer approve(boost::json::object const& line, std::string const& token = checker_token)
    {
        return send(address(line, "approval"),
                    boost::json::serialize(
                        boost::json::object{{"effect_digest", line.at("effect_digest")}}),
                    fresh_key(), token);
    }
    std::string status(boost::json::object const& line)
    {
        return std::string{
            json_of(
                get(books.port(), "/v1/pending/" + std::to_string(line.at("pending").as_int64())))
                .at("status")
                .as_string()};
    }
};

constexpr char const* approval = "/v1/loans/L-1/approval";
constexpr char const* amount = R"({"amount":"50000.00"})";

} // namespace

TEST_CASE("What wants a checker waits with its effect, and is booked when another has confirmed it")
{
    Counter counter;
    auto const before = counter.books.state();
    auto const line = counter.waits(approval, amount, "key-of-approval");
    CHECK(counter.books.state() == before);
    CHECK(line.at("status") == "waiting");
    CHECK(line.at("maker") == "desk");
    CHECK(line.at("subject") == "L-1");
    CHECK(line.at("place") == "530921206204");
    CHECK(line.at("effect").at("entry").at("postings").as_array().size() == 2);
    // Sent again it waits still, once.
    auto const again = counter.send(approval, amount, "key-of-approval");
    CHECK(again.status == 202);
    CHECK(again.header("idempotent-replay") == "true");
    CHECK(code_of(counter.send(approval, R"({"amount":"40000.00"})", "key-of-approval")) ==
          "idempotency_key_reused");
    auto const list = json_of(get(counter.books.port(), "/v1/pending?status=waiting"));
    CHECK(list.at("pending").as_array().size() == 1);

    auto const booked = counter.approve(line);
    INFO(booked.body);
    REQUIRE(booked.status == 201);
    CHECK(json_of(booked).at("command") == "approve_loan");
    CHECK(counter.status(line) == "booked");
    CHECK(code_of(counter.approve(line)) == "pending_settled");
    // The maker's own retry finds the receipt.
    auto const replay = counter.send(approval, amount, "key-of-approval");
    CHECK(replay.status == 200);
    CHECK(replay.body == booked.body);
    auto const steps = json_of(get(counter.books.port(), "/v1/pending/1")).at("steps").as_array();
    REQUIRE(steps.size() == 1);
    CHECK(steps[0].at("actor") == "checker");
    // The entry names the maker; its key leads to who confirmed it.
    CHECK(json_of(get(counter.books.port(), "/v1/pending/1")).at("entry_number") ==
          json_of(booked).at("entry_number"));
    CHECK(counter.books.read("/v1/doctor").at("is_sound") == true);
}

TEST_CASE("Nobody confirms what he recorded himself, not even in the database")
{
    Counter counter;
    auto const line = counter.waits(approval, amount);
    auto const before = counter.books.state();
    CHECK(code_of(counter.approve(line, desk_token)) == "same_person"); // an officer and checker
    CHECK(code_of(counter.send(counter.address(line, "refusal"), R"({"reason":"x"})")) ==
          "same_person");
    CHECK(counter.approve(line, auditor_token).status == 403);
    for (std::string const outcome : {"approved", "refused"}) {
        CHECK_THROWS(Cluster::instance().run_sql(
            counter.books.database, "SELECT set_config('daifu.sight', '530921', true); SELECT "
                                    "ledger.step_pending('530921', 1, '" +
                                        outcome + "', 'desk', 'because', NULL)"));
    }
    CHECK(counter.books.state() == before);
    CHECK(counter.status(line) == "waiting");
}

TEST_CASE("Two who confirm at once book it once")
{
    Counter counter;
    add_person(counter.access, person("checker2", {UserRole::checker}), "token-of-checker-2");
    auto const line = counter.waits(approval, amount);
    int booked = 0, settled = 0;
    std::mutex mutex;
    std::vector<std::thread> all;
    for (int i = 0; i < 16; ++i) {
        all.emplace_back([&, i] {
            auto const answer =
                counter.approve(line, i % 2 == 0 ? checker_token : "token-of-checker-2");
            std::lock_guard const lock{mutex};
            booked += answer.status == 201 ? 1 : 0;
            settled += code_of(answer) == "pending_settled" || answer.status == 200 ? 1 : 0;
        });
    }
    for (auto& one : all) one.join();
    CHECK(booked == 1);
    CHECK(booked + settled == 16);
    auto const loan = counter.books.read("/v1/loans/L-1");
    CHECK(loan.at("events").as_array().size() == 1);
}

TEST_CASE("What would book something else by now goes back to its maker")
{
    Counter counter;
    counter.books.book("/v1/loans/L-1/approval", amount);
    counter.books.book("/v1/loans/L-1/disbursements", amount);
    counter.books.book("/v1/loans/L-1/repayments", R"({"amount":"100.00"})");
    auto const line =
        counter.waits("/v1/loans/L-1/reversals", R"({"sequence":3,"reason":"金额录错"})");
    // A later repayment would be used in another way: the effect is another one.
    counter.books.book("/v1/loans/L-1/repayments", R"({"amount":"60000.00"})");
    auto const before = counter.books.state();
    CHECK(code_of(counter.approve(line)) == "pending_effect_changed");
    CHECK(counter.books.state() == before);
    CHECK(counter.status(line) == "sent_back");
    auto const shown = json_of(get(counter.books.port(), "/v1/pending/3"));
    CHECK(!shown.at("steps").at(0).at("effect_now").is_null());
    // What the checker did not see he does not confirm.
    auto other = counter.waits("/v1/loans/L-1/refunds", R"({"amount":"10100.00"})");
    other["effect_digest"] = std::string(64, '0');
    CHECK(code_of(counter.approve(other)) == "pending_effect_changed");
    CHECK(counter.status(other) == "waiting");
}

TEST_CASE("What the books refuse is refused when it is recorded, and again when it is confirmed")
{
    Counter counter;
    CHECK(code_of(counter.send("/v1/loans/L-1/disbursements", amount)) ==
          "loan_not_awaiting_disbursement");
    CHECK(code_of(counter.send("/v1/loans/L-9/approval", amount)) == "loan_not_found");
    auto const first = counter.waits(approval, amount);
    auto const second = counter.waits(approval, amount);
    CHECK(counter.approve(first).status == 201);
    auto const refused = counter.approve(second);
    CHECK(refused.status == 409);
    CHECK(counter.status(second) == "sent_back");
}

TEST_CASE("A checker refuses with a reason, a maker withdraws, and neither comes back")
{
    Counter counter;
    auto const first = counter.waits(approval, amount);
    CHECK(code_of(counter.send(counter.address(first, "refusal"), "{}", fresh_key(),
                               checker_token)) == "field_missing");
    CHECK(counter
              .send(counter.address(first, "refusal"), R"({"reason":"没有申请表"})", fresh_key(),
                    checker_token)
              .status == 200);
    CHECK(counter.status(first) == "refused");
    CHECK(code_of(counter.approve(first)) == "pending_settled");
    auto const second = counter.waits(approval, amount);
    CHECK(code_of(counter.send(counter.address(second, "withdrawal"), "{}", fresh_key(),
                               checker_token)) == "right_missing");
    CHECK(counter.send(counter.address(second, "withdrawal"), "{}").status == 200);
    CHECK(counter.status(second) == "withdrawn");
    CHECK(code_of(counter.approve(second)) == "pending_settled");
    CHECK(counter.books.read("/v1/loans/L-1").at("events").as_array().empty());
}

TEST_CASE("A maker who may not any more, or who waited too long, must record it again")
{
    Counter counter;
    add_person(counter.access, person("leaving", {UserRole::officer}), "token-of-leaving");
    auto const answer = counter.send(approval, amount, fresh_key(), "token-of-leaving");
    REQUIRE(answer.status == 202);
    auto const line = json_of(answer);
    auto const user = id<ledger::UserName>("leaving");
    REQUIRE(store::change_staff(counter.access, fengqing(), user, {.is_enabled = false},
                                {.actor = "test"}));
    CHECK(code_of(counter.approve(line)) == "pending_maker_gone");
    REQUIRE(store::change_staff(counter.access, fengqing(), user,
                                {.township = id<ledger::UnitCode>("530921101"), .is_enabled = true},
                                {.actor = "test"}));
    CHECK(code_of(counter.approve(line)) ==
          "pending_maker_gone"); // the loan is of another township
    REQUIRE(store::change_staff(counter.access, fengqing(), user, {.township = ledger::UnitCode{}},
                                {.actor = "test"}));
    DaifudSetup setup;
    setup.database = counter.books.database;
    setup.today = "2016-09-08";
    Daifud const later{setup};
    boost::json::object const seen{{"effect_digest", line.at("effect_digest")}};
    CHECK(code_of(ask(
              later.port(), "POST", counter.address(line, "approval"), boost::json::serialize(seen),
              {"Content-Type: application/json", bearer(checker_token)})) == "pending_expired");
    CHECK(counter.approve(line).status == 201);
}

TEST_CASE("A checker of a township confirms there and sees what waits there")
{
    Counter counter;
    add_person(counter.access, person("checks.yaojie", {UserRole::checker}, "530921206"),
               "token-of-yaojie");
    add_person(counter.access, person("checks.fengshan", {UserRole::checker}, "530921101"),
               "token-of-fengshan");
    auto const line = counter.waits(approval, amount);
    auto const seen_by = [&](char const* token) {
        return json_of(get(counter.books.port(), "/v1/pending", {bearer(token)}))
            .at("pending")
            .as_array()
            .size();
    };
    CHECK(seen_by("token-of-yaojie") == 1);
    CHECK(seen_by("token-of-fengshan") == 0);
    CHECK(code_of(get(counter.books.port(), "/v1/pending/1", {bearer("token-of-fengshan")})) ==
          "not_own_township");
    CHECK(code_of(counter.approve(line, "token-of-fengshan")) == "not_own_township");
    CHECK(counter.approve(line, "token-of-yaojie").status == 201);
    CHECK(code_of(get(counter.books.port(), "/v1/pending/999")) == "pending_not_found");
}

TEST_CASE("What was confirmed and not booked when the service fell is booked by the next approval")
{
    Counter counter;
    auto const line = counter.waits(approval, amount, "key-of-approval");
    // As if it had fallen between the two.
    Cluster::instance().run_sql(counter.books.database,
                                "SELECT set_config('daifu.sight', '530921', true); SELECT "
                                "ledger.step_pending('530921', 1, 'approved', 'checker', '',"
                                " NULL)");
    CHECK(counter.status(line) == "approved");
    CHECK(counter.approve(line).status == 201);
    CHECK(counter.status(line) == "booked");
}

TEST_CASE("From the amount on that the county rules, two others confirm, and each of them once")
{
    Counter counter;
    Cluster::instance().run_sql(
        counter.books.database,
        "INSERT INTO programme.approval_band VALUES"
        " ('530921', '2016-01-01', 0, 1, '县扶〔2016〕1号', false),"
        " ('530921', '2016-01-01', 5000000, 2, '县扶〔2016〕1号', false),"
        " ('530921', '2016-12-01', 0, 1, '县扶〔2016〕9号', false)"); // not in force yet
    add_person(counter.access, person("second", {ledger::UserRole::checker}), "token-of-second");
    auto const line = counter.waits(approval, amount, "key-of-approval");
    CHECK(line.at("checkers") == 2);
    auto const before = counter.books.state();
    CHECK(counter.approve(line).status == 202);
    CHECK(counter.books.state() == before);
    CHECK(counter.status(line) == "waiting");
    CHECK(code_of(counter.approve(line)) == "pending_settled"); // nobody confirms it twice
    CHECK(code_of(counter.approve(line, desk_token)) == "same_person");
    auto const booked = counter.approve(line, "token-of-second");
    INFO(booked.body);
    CHECK(booked.status == 201);
    CHECK(counter.status(line) == "booked");
    // Below the band one other person is enough.
    auto const payout = counter.waits("/v1/loans/L-1/disbursements", R"({"amount":"49999.99"})");
    CHECK(payout.at("checkers") == 1);
    CHECK(counter.approve(payout).status == 201);
}
