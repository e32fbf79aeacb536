// What a connection keeps of the books in memory between batches: right as long as nobody else has
// written, and known to be wrong as soon as somebody has.
#include "store/migrate.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/keys.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

using namespace ledger;
using namespace test;

namespace {

std::string superuser(std::string const& url, std::string const& sql)
{
    pqxx::connection connection{url};
    pqxx::work work{connection};
    work.exec("SELECT set_config('daifu.sight', '530921', true)");
    auto const rows = work.exec(sql);
    work.commit();
    return rows.empty() ? "" : rows[0][0].c_str();
}

/// Everything that the books hold of the loans, but for when.
std::string books_of(std::string const& url)
{
    return superuser(url,
                     "SELECT string_agg(concat_ws(' ', e.entry_number, e.cause, e.subject,"
                     " p.line, p.account_number, p.side, p.minor_units, p.balance_after), E'\\n'"
                     " ORDER BY e.entry_number, p.line) FROM ledger.journal_entry e"
                     " JOIN ledger.posting p USING (county_code, entry_number)") +
           superuser(url, "SELECT string_agg(concat_ws(' ', to_jsonb(s) - 'recorded_at'), E'\\n'"
                          " ORDER BY loan_number, sequence, effective_on)"
                          " FROM ledger.loan_standing s");
}

/// Repayments, a refund, a reversal and payments into the fund, by whoever's turn it is.
std::string life_by(std::string const& url, std::vector<Desk*> const& desks)
{
    Desk& first = *desks.front();
    first.open(3);
    for (int const n : {1, 2, 3}) first.lend(n);
    std::size_t turn = 0;
    auto const next = [&](Command command, Date day) {
        desks[turn++ % desks.size()]->booked(std::move(command), day);
    };
    for (unsigned month = 3; month <= 8; ++month) {
        Date const day{2015, month, 2};
        for (int const n : {1, 2, 3})
            next(repay(loan_number("L" + std::to_string(n)), yuan("1234.56"), day), day);
        next(PayIntoFund{id<FundCode>("F1"), yuan("10.00"), day, "进账单"}, day);
    }
    next(repay(loan_number("L3"), yuan("60000.00"), on("2015-09-02")), on("2015-09-02"));
    next(event_on(loan_number("L3"), on("2015-09-03"), OverpaymentRefunded{yuan("1.00")}),
         on("2015-09-03"));
    next(Reverse{loan_number("L1"), 8, "录错"}, on("2015-09-04"));
    next(repay(loan_number("L1"), yuan("1.00"), on("2015-09-05")), on("2015-09-05"));
    CHECK(complaints(first.auditor) == "");
    return books_of(url);
}

} // namespace

TEST_CASE("Two services in turn on one database book what one would have booked alone")
{
    auto const one = fresh_books(), both = fresh_books();
    Desk alone{one};
    Desk left{both, "left"}, right{both, "right"};
    CHECK(life_by(both, {&left, &right}) == life_by(one, {&alone}));
    CHECK(superuser(both, "SELECT bool_and(number = batch_number) FROM (SELECT batch_number,"
                          " row_number() OVER (ORDER BY batch_number) AS number"
                          " FROM ledger.batch) b") == "t");
}

TEST_CASE("What was refused or rolled back leaves nothing in memory")
{
    auto const url = fresh_books();
    Desk desk{url};
    desk.open(2);
    desk.lend(1);
    Date const day = on("2015-03-02");
    std::vector<store::Envelope> envelopes;
    envelopes.push_back(desk.envelope(repay(loan_number("L1"), yuan("1000.00"), day), day));
    envelopes.push_back(desk.envelope(repay(loan_number("L9"), yuan("1.00"), day), day));
    store::ExecuteOptions whole;
    whole.all_or_nothing = true;
    auto const tried = store::execute(desk.app, envelopes, whole);
    CHECK(tried[0].is_booked());
    CHECK_FALSE(tried[1].is_booked());
    store::ExecuteOptions dry;
    dry.dry_run = true;
    store::execute(desk.app, {envelopes.data(), 1}, dry);
    auto const booked = desk.booked(repay(loan_number("L1"), yuan("1.00"), day), day);
    CHECK(booked.event_sequence == 3); // after the approval and the payout
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("A rule that was made meanwhile is seen by whoever had the older ones in memory")
{
    auto const url = fresh_books();
    Desk desk{url};
    desk.open(3);
    desk.lend(1);
    auto const approved = [&](char const* act) {
        return superuser(url, std::string{"SELECT programme.enact('530921', change_number) FROM"
                                          " access.change WHERE act = '"} +
                                  act + "'");
    };
    superuser(url, "INSERT INTO access.change (county_code, act, subject, body, effect, maker)"
                   " SELECT '530921', 'rules', '某文', '{}', jsonb_build_object('programme_rules',"
                   " jsonb_build_array(to_jsonb(r) || '{\"version\": 2, \"effective_from\":"
                   " \"2015-03-01\", \"loan_cap_fen\": 100}')), 'one'"
                   " FROM programme.programme_rules r RETURNING change_number");
    CHECK_THROWS(approved("rules")); // by nobody yet
    auto const known = [&] {
        return store::loan(desk.reader, fengqing(), loan_number("L1"))->programme;
    };
    auto const older = known();
    desk.lend(2);
    CHECK(known() == older); // from memory: nothing was ruled
    superuser(url, "INSERT INTO access.change_step SELECT county_code, change_number, 'approved',"
                   " 'two' FROM access.change RETURNING change_number");
    approved("rules");
    CHECK(desk.refused(propose(3, on("2015-03-02")), on("2015-03-02")) == Refusal::loan_above_cap);
    CHECK(known()->rules.size() == older->rules.size() + 1);
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("A statement that was prepared before a migration changed what it reads is prepared anew")
{
    auto const url = fresh_books();
    Desk desk{url};
    desk.open(1);
    desk.lend(1);
    Date const day = on("2015-03-02");
    superuser(url, "ALTER TABLE ledger.command_answer ALTER answer TYPE json");
    auto const payment = desk.envelope(repay(loan_number("L1"), yuan("1.00"), day), day);
    CHECK_THROWS_AS(store::execute(desk.app, {&payment, 1}), store::DatabaseUnavailable);
    CHECK(store::execute(desk.app, {&payment, 1}).front().is_booked());
}

TEST_CASE("A rate that a migration brings is seen by whoever had the older ones in memory")
{
    auto const url = fresh_books();
    Desk desk{url};
    desk.open(1);
    auto const number = [&] {
        return superuser(url, "SELECT last_batch_number FROM ledger.county");
    };
    auto const before = number();
    superuser(url, "DO $$ BEGIN ALTER TABLE programme.base_rate DISABLE TRIGGER USER;"
                   " DELETE FROM programme.base_rate WHERE effective_from = '2014-11-22';"
                   " ALTER TABLE programme.base_rate ENABLE TRIGGER USER; END $$");
    store::Database owner{url, store::Role::owner};
    owner.seal_with(sealing());
    store::migrate(owner);
    CHECK(std::stoll(number()) == std::stoll(before) + 1);
    store::migrate(owner); // brings nothing
    CHECK(std::stoll(number()) == std::stoll(before) + 1);
    desk.lend(1);
    CHECK(complaints(desk.auditor) == "");
}
