// The day's end: accruals are posted and the day is closed, once, however often it is asked, in
// batches between which the counters work on.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <atomic>
#include <set>
#include <thread>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

std::string balances(Desk& desk, std::optional<Date> booked_through = std::nullopt)
{
    std::string text;
    for (auto const& line :
         account_balances(desk.reader, fengqing(), {.booked_through = booked_through}))
        text += line.account.code.text() + " " + line.account.subkey + " " +
                std::to_string(line.debits) + " " + std::to_string(line.credits) + "\n";
    return text;
}

/// The balances alone: what went back and forth on the way does not count.
std::string sums(Desk& desk)
{
    std::string text;
    for (auto const& line : trial_balance(desk.reader, fengqing(), {}))
        text += line.code.text() + " " + std::to_string(line.balance) + "\n";
    return text;
}

/// Three loans that are repaid, late from the start, and paid off in between.
void lend_three(Desk& desk)
{
    desk.open(3);
    for (int n = 1; n <= 3; ++n) desk.lend(n);
    desk.booked(OpenBooks{on("2015-02-03")}, on("2015-02-03"));
}

/// What happens on the days of the year, each on its own business day.
std::vector<std::pair<Date, RecordEvent>> events_of_the_year()
{
    auto const first = loan_number("L1"), third = loan_number("L3");
    std::vector<std::pair<Date, RecordEvent>> events;
    auto add = [&events](char const* day, RecordEvent what) {
        events.emplace_back(on(day), std::move(what));
    };
    add("2015-03-02", repay(first, yuan("2300.00"), on("2015-03-02")));
    add("2015-04-02", repay(first, yuan("2300.00"), on("2015-04-02")));
    add("2015-05-20", repay(third, yuan("55000.00"), on("2015-05-20")));
    add("2015-06-03", repay(first, yuan("2300.00"), on("2015-05-04"))); // entered late
    return events;
}

void close(Desk& desk, Date day)
{
    auto const closings = close_days(desk.app, fengqing(), day, day, "closing").value();
    for (auto const& closing : closings) CHECK(closing.failed.empty());
}

std::string positions(Desk& desk, int loans = 3)
{
    std::string text;
    for (int n = 1; n <= loans; ++n) {
        auto const held = *loan(desk.reader, fengqing(), loan_number("L" + std::to_string(n)));
        text += held.number.text();
        for (auto const p : all_positions()) text += " " + held.booked[p].text();
        text += "\n";
    }
    return text;
}

} // namespace

TEST_CASE("Catching up missed days gives the same books as closing each day")
{
    Desk daily{fresh_books()}, late{fresh_books()};
    lend_three(daily);
    lend_three(late);
    Date const last = on("2015-12-31");
    for (Date day = on("2015-02-03"); day <= last; day = day.plus_days(1)) close(daily, day);
    close(late, last);
    CHECK(balances(daily) == balances(late));
    CHECK(positions(daily) == positions(late));
    CHECK(county(daily.reader, fengqing())->entries == county(late.reader, fengqing())->entries);
    for (char const* day : {"2015-03-31", "2015-06-30", "2015-12-31"}) {
        INFO(day);
        CHECK(balances(daily, on(day)) == balances(late, on(day)));
    }
    CHECK(complaints(late.auditor) == "");
}

TEST_CASE("Events between the missed days change nothing of it")
{
    Desk daily{fresh_books()}, late{fresh_books()};
    lend_three(daily);
    lend_three(late);
    Date const last = on("2015-12-31");
    auto const events = events_of_the_year();
    for (Date day = on("2015-02-03"); day <= last; day = day.plus_days(1)) {
        for (auto const& [booked_on, what] : events) {
            if (booked_on != day) continue;
            daily.booked(what, day);
            late.booked(what, day);
        }
        close(daily, day);
    }
    close(late, last);
    CHECK(positions(daily) == positions(late));
    for (auto const& desk : {&daily, &late}) CHECK(complaints(desk->auditor) == "");
    CHECK(sums(daily) == sums(late));
}

TEST_CASE("A quarter's end provisions each loan by its class, as the difference to the last run")
{
    Desk desk{fresh_books()};
    lend_three(desk);
    Date const first = on("2015-03-31"), second = on("2015-06-30");
    auto closings = close_days(desk.app, fengqing(), first, first, "closing").value();
    CHECK(closings.back().provisions_posted == 3);
    auto const second_loan = [&] { return *loan(desk.reader, fengqing(), loan_number("L2")); };
    // 29 days late: special mention, 2 %.
    CHECK(second_loan().booked[Position::loss_allowance] == yuan("1000.00"));
    closings = close_days(desk.app, fengqing(), second, second, "closing").value();
    // 120 days late: substandard, 25 %, and non-accrual.
    CHECK(second_loan().booked[Position::loss_allowance] == yuan("12500.00"));
    CHECK(second_loan().booked[Position::principal_non_accrual] == yuan("50000.00"));
    CHECK(second_loan().booked[Position::interest_income].is_zero());
    CHECK(entry(desk.reader, fengqing(), county(desk.reader, fengqing())->entries)
              ->record.idempotency_key == "closing:2015-06-30:provision:L3:4");

    // Paid off, the allowance is released at the next run.
    desk.booked(repay(loan_number("L2"), yuan("60000.00"), on("2015-07-01")), on("2015-07-01"));
    close(desk, on("2015-09-30"));
    CHECK(second_loan().booked[Position::loss_allowance].is_zero());
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("Closing to a day closes every day before it, and closing again changes nothing")
{
    Desk desk{fresh_books()};
    desk.open(2);
    desk.lend(1);
    desk.lend(2);
    desk.booked(OpenBooks{on("2015-02-03")}, on("2015-02-03"));
    Date const last = on("2015-06-30");
    auto const closings = close_days(desk.app, fengqing(), last, last, "closing").value();
    REQUIRE(closings.size() == 148);
    CHECK(closings.front().day == on("2015-02-03"));
    CHECK(closings.back().day == last);
    std::int64_t posted = 0;
    for (auto const& closing : closings) {
        CHECK(closing.failed.empty());
        posted += closing.accruals_posted;
    }
    CHECK(posted > 8);
    CHECK(county(desk.reader, fengqing())->closed_through == last);
    auto const once = balances(desk);

    auto const again = close_days(desk.app, fengqing(), last, last, "closing").value();
    REQUIRE(again.size() == 1);
    CHECK(again.front().was_closed_already);
    CHECK(balances(desk) == once);
    CHECK(desk.refused(repay(loan_number("L1"), yuan("1.00"), last), last) == Refusal::day_closed);
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("A loan that cannot be closed is listed, the day is closed and the others accrue")
{
    auto const url = fresh_books();
    Desk desk{url};
    desk.open(2);
    desk.lend(1);
    desk.lend(2);
    {
        pqxx::connection superuser{url};
        pqxx::work work{superuser};
        work.exec("ALTER TABLE ledger.journal_entry ADD CONSTRAINT \"L1 does not accrue\""
                  " CHECK (NOT (subject = 'L1' AND cause = 'accrual'))");
        work.commit();
    }
    desk.booked(OpenBooks{on("2015-02-28")}, on("2015-02-28"));
    Date const last = on("2015-02-28");
    auto const closings = close_days(desk.app, fengqing(), last, last, "closing").value();
    REQUIRE(closings.size() == 1);
    CHECK(closings[0].accruals_posted == 1);
    CHECK(closings[0].provisions_posted == 0);
    REQUIRE(closings[0].failed.size() == 1);
    CHECK(closings[0].failed[0].first == loan_number("L1"));
    CHECK(county(desk.reader, fengqing())->closed_through == last);
}

TEST_CASE("A loan that cannot be provisioned is listed, and what an earlier attempt posted stays")
{
    auto const url = fresh_books();
    Desk desk{url};
    lend_three(desk);
    pqxx::connection superuser{url};
    auto run = [&superuser](char const* sql) {
        pqxx::work work{superuser};
        work.exec(sql);
        work.commit();
    };
    close(desk, on("2015-03-30"));
    // The first attempt posts what it can and cannot end the day.
    run("ALTER TABLE ledger.journal_entry ADD CONSTRAINT \"L1 is not provisioned\""
        " CHECK (NOT (subject = 'L1' AND cause = 'provision'));"
        "ALTER TABLE ledger.command_answer ADD CONSTRAINT \"the day does not end\""
        " CHECK (command <> 'close_day' OR booked_on < '2015-03-31')");
    Date const last = on("2015-03-31");
    CHECK_THROWS_AS(close_days(desk.app, fengqing(), last, last, "closing"), IntegrityFault);
    CHECK(county(desk.reader, fengqing())->closed_through == on("2015-03-30"));
    auto const half = county(desk.reader, fengqing())->entries;

    run("ALTER TABLE ledger.command_answer DROP CONSTRAINT \"the day does not end\"");
    auto const closings = close_days(desk.app, fengqing(), last, last, "closing").value();
    REQUIRE(closings.size() == 1);
    CHECK(closings[0].accruals_posted == 0);
    CHECK(closings[0].provisions_posted == 0);
    REQUIRE(closings[0].failed.size() == 1);
    CHECK(closings[0].failed[0].first == loan_number("L1"));
    CHECK(county(desk.reader, fengqing())->entries == half);
    CHECK(county(desk.reader, fengqing())->closed_through == last);
}

TEST_CASE("A county without books has no day to close")
{
    Desk desk{fresh_books()};
    auto const nobody = CountyCode::parse("530922").value();
    Date const day = on("2015-02-28");
    CHECK(close_days(desk.app, nobody, day, day, "closing").error().code ==
          Refusal::county_not_found);
}

namespace {

constexpr int many = 7;

/// Lent on different days, so that they are due on different days; L1 may wait for its payout.
void lend_many(Desk& desk, bool pays_all_out = true)
{
    desk.open(many);
    for (int n = 1; n <= many; ++n) {
        Date const day = on("2015-02-02").plus_days(n);
        if (n == 1 && !pays_all_out) {
            desk.booked(propose(n, day), day);
            desk.booked(approve(loan_number("L1"), yuan("50000.00"), day), day);
        } else {
            desk.lend(n, day);
        }
    }
    desk.booked(OpenBooks{on("2015-02-10")}, on("2015-02-10"));
}

std::vector<Closing> close_in_batches(Desk& desk, Date day, std::size_t batch,
                                      std::function<void(std::size_t)> between = {})
{
    ClosingOptions options;
    options.batch_limit = batch;
    options.progress = [&](std::size_t done, std::size_t) {
        if (between) between(done);
    };
    return close_days(desk.app, fengqing(), day, day, "closing", options).value();
}

/// Everything that two ways of closing must agree on: what each loan holds, and the balances of
/// every day on which something is booked.
std::string books_of(Desk& desk)
{
    std::string text = positions(desk, many) + balances(desk);
    for (char const* day : {"2015-02-28", "2015-03-05", "2015-03-31", "2015-04-30", "2015-05-07"})
        text += std::string{day} + "\n" + balances(desk, on(day));
    auto const held = *county(desk.reader, fengqing());
    text += std::to_string(held.entries) + " entries, closed through " +
            (held.closed_through ? held.closed_through->text() : std::string{"no day"});
    return text;
}

std::int64_t accruals_in(std::vector<Closing> const& closings)
{
    std::int64_t posted = 0;
    for (auto const& closing : closings) posted += closing.accruals_posted;
    return posted;
}

/// The loans of which a closed day asks something still.
std::string left_to_do(Desk& desk, Date day)
{
    std::string text;
    for (int n = 1; n <= many; ++n) {
        auto const held = *loan(desk.reader, fengqing(), loan_number("L" + std::to_string(n)));
        auto const work = closing_work_on(held, day);
        if (work.accrue || work.provision) text += held.number.text() + " ";
    }
    return text;
}

Date const last_day = on("2015-05-31");

} // namespace

TEST_CASE("Batches smaller than the number of loans give the same books as one batch")
{
    Desk whole{fresh_books()}, parts{fresh_books()};
    lend_many(whole);
    lend_many(parts);
    auto const at_once = close_in_batches(whole, last_day, 500);
    std::vector<std::size_t> told;
    auto const in_parts =
        close_in_batches(parts, last_day, 2, [&](std::size_t done) { told.push_back(done); });
    CHECK(std::vector<std::size_t>(told.begin(), told.begin() + 4) ==
          std::vector<std::size_t>{2, 4, 6, 7});
    CHECK(books_of(whole) == books_of(parts));
    REQUIRE(at_once.size() == in_parts.size());
    for (std::size_t i = 0; i < at_once.size(); ++i) {
        CHECK(at_once[i].day == in_parts[i].day);
        CHECK(at_once[i].accruals_posted == in_parts[i].accruals_posted);
        CHECK(at_once[i].provisions_posted == in_parts[i].provisions_posted);
        CHECK(in_parts[i].failed.empty());
    }
    CHECK(complaints(parts.auditor) == "");
}

TEST_CASE("A closing that was stopped after a batch goes on to the same books")
{
    struct Stopped {};
    int const batches = GENERATE(1, 2, 4, 5, 9);
    Desk whole{fresh_books()}, stopped{fresh_books()};
    lend_many(whole);
    lend_many(stopped);
    auto const at_once = close_in_batches(whole, last_day, 2);
    int left = batches;
    auto stop = [&left](std::size_t) {
        if (--left == 0) throw Stopped{};
    };
    CHECK_THROWS_AS(close_in_batches(stopped, last_day, 2, stop), Stopped);
    CHECK(complaints(stopped.auditor) == "");
    auto const before = county(stopped.reader, fengqing())->entries;

    auto const rest = close_in_batches(stopped, last_day, 2);
    for (auto const& closing : rest) CHECK(closing.failed.empty());
    CHECK(books_of(whole) == books_of(stopped));
    CHECK(accruals_in(rest) < accruals_in(at_once));
    CHECK(before < county(stopped.reader, fengqing())->entries);
    CHECK(complaints(stopped.auditor) == "");
}

TEST_CASE("What a stopped closing left behind does no harm when fewer days are closed after it")
{
    struct Stopped {};
    Desk whole{fresh_books()}, stopped{fresh_books()};
    lend_many(whole);
    lend_many(stopped);
    auto stop = [](std::size_t) { throw Stopped{}; };
    CHECK_THROWS_AS(close_in_batches(stopped, on("2015-03-10"), 2, stop), Stopped);
    close(stopped, on("2015-02-15"));
    CHECK(county(stopped.reader, fengqing())->closed_through == on("2015-02-15"));
    close(stopped, last_day);
    close(whole, last_day);
    CHECK(books_of(whole) == books_of(stopped));
}

TEST_CASE("A payment at a counter is answered between two batches of a closing")
{
    auto const url = fresh_books();
    Desk desk{url}, counter{url, "counter"};
    lend_many(desk);
    auto const first = county(desk.reader, fengqing())->entries + 1;
    std::int64_t paid = 0;
    close_in_batches(desk, last_day, 3, [&](std::size_t done) {
        if (done != 3 || paid > 0) return;
        auto const receipt =
            counter.booked(repay(loan_number("L1"), yuan("100.00"), last_day), last_day);
        paid = *receipt.entry_number;
    });
    CHECK(paid > first);
    CHECK(paid < county(desk.reader, fengqing())->entries);
    CHECK(entry(desk.reader, fengqing(), first)->record.entry.cause() == Cause::accrual);
    CHECK(county(desk.reader, fengqing())->closed_through == last_day);
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("Counters that go on working through a closing are all served until the day is closed")
{
    auto const url = fresh_books();
    Desk desk{url};
    lend_many(desk);
    std::vector<std::thread> counters;
    std::atomic<bool> is_wrong{false};
    for (int n = 1; n <= 3; ++n)
        counters.emplace_back([&, n] {
            Desk own{url, "counter" + std::to_string(n)};
            for (;;) {
                auto const loan = loan_number("L" + std::to_string(2 * n));
                auto const outcome = own.one(repay(loan, yuan("1.00"), last_day), last_day);
                if (outcome.is_booked()) continue;
                auto const code = std::get<Refused>(outcome.answer).code;
                if (code != Refusal::day_closed) is_wrong = true;
                return;
            }
        });
    auto const closings = close_in_batches(desk, last_day, 1);
    for (auto& counter : counters) counter.join();
    CHECK_FALSE(is_wrong);
    for (auto const& closing : closings) CHECK(closing.failed.empty());
    CHECK(left_to_do(desk, last_day) == "");
    CHECK(complaints(desk.auditor) == "");
}

namespace {

/// What a counter may do to a loan whose batch is through.
struct Change {
    char const* what;
    Date last;
    std::vector<Command> before; ///< entered before the closing begins
    std::vector<Command> meanwhile;
};

std::vector<Change> changes()
{
    Date const month = on("2015-02-28"), quarter = on("2015-03-31");
    auto const first = loan_number("L1"), second = loan_number("L2");
    auto pays = [](int n, Date day) {
        return repay(loan_number("L" + std::to_string(n)), yuan("900.00"), day);
    };
    return {
        {"paid out", month, {}, {disburse(first, yuan("50000.00"), on("2015-02-20"))}},
        {"paid off after all", month, {}, {repay(second, yuan("51000.00"), on("2015-02-20"))}},
        {"no longer paid off",
         month,
         {repay(second, yuan("51000.00"), on("2015-02-20"))},
         {Reverse{second, 3, "款项退回"}}},
        {"provisioned for more than it owes", quarter, {}, {pays(2, quarter), pays(3, quarter)}},
        {"more of them than a batch",
         quarter,
         {},
         {pays(2, quarter), pays(3, on("2015-03-07")), pays(4, quarter), pays(5, quarter)}},
    };
}

} // namespace

TEST_CASE("A loan that changes between its batch and the day's end is closed as it then is")
{
    for (auto const& change : changes()) {
        INFO(change.what);
        auto const url = fresh_books();
        Desk earlier{fresh_books()}, meanwhile{url}, counter{url, "counter"};
        for (auto* desk : {&earlier, &meanwhile}) {
            lend_many(*desk, false);
            close(*desk, change.last.plus_days(-1));
            for (auto const& command : change.before) desk->booked(command, change.last);
        }
        for (auto const& command : change.meanwhile) earlier.booked(command, change.last);
        close(earlier, change.last);
        bool is_changed = false;
        auto const closings = close_in_batches(meanwhile, change.last, 1, [&](std::size_t done) {
            if (done != 5 || is_changed) return;
            is_changed = true;
            for (auto const& command : change.meanwhile) counter.booked(command, change.last);
        });
        CHECK(is_changed);
        CHECK(left_to_do(meanwhile, change.last) == "");
        for (auto const& closing : closings) CHECK(closing.failed.empty());
        CHECK(positions(earlier, many) == positions(meanwhile, many));
        CHECK(sums(earlier) == sums(meanwhile));
        CHECK(complaints(meanwhile.auditor) == "");
        CHECK(county(meanwhile.reader, fengqing())->closed_through == change.last);
    }
}

TEST_CASE("A loan that fails in a batch is listed, and its neighbours and the other batches close")
{
    auto const url = fresh_books();
    Desk whole{fresh_books()}, desk{url};
    lend_many(whole);
    lend_many(desk);
    close(whole, last_day);
    Cluster::instance().run_sql(
        url, "ALTER TABLE ledger.journal_entry ADD CONSTRAINT \"L4 does not accrue in March\""
             " CHECK (NOT (subject = 'L4' AND cause = 'accrual'"
             " AND value_on BETWEEN '2015-03-01' AND '2015-03-31'))");
    auto const closings = close_in_batches(desk, last_day, 2);
    std::set<Date> failing;
    for (auto const& closing : closings) {
        for (auto const& [number, refused] : closing.failed) {
            CHECK(number == loan_number("L4"));
            CHECK(refused.code == Refusal::internal_fault);
            failing.insert(closing.day);
        }
        CHECK(closing.failed.size() <= 1);
    }
    // Due on 6 March: from then on each closing tries again, until the month's end.
    CHECK(failing.size() == 26);
    CHECK(*failing.begin() == on("2015-03-06"));
    CHECK(*failing.rbegin() == on("2015-03-31"));
    CHECK(county(desk.reader, fengqing())->closed_through == last_day);
    for (int n = 1; n <= many; ++n) {
        auto const number = loan_number("L" + std::to_string(n));
        auto held = loan(desk.reader, fengqing(), number)->booked;
        auto expected = loan(whole.reader, fengqing(), number)->booked;
        // It is provisioned when the next quarter ends.
        if (n == 4) expected[Position::loss_allowance] = expected[Position::impairment] = Money{};
        for (auto const p : all_positions()) CHECK(held[p] == expected[p]);
    }
}

TEST_CASE("A day that another closing closed meanwhile is left alone, and said to be closed")
{
    char const* const until = GENERATE("2015-03-05", "2015-05-31");
    auto const url = fresh_books();
    Desk whole{fresh_books()}, desk{url}, other{url, "other"};
    lend_many(whole);
    lend_many(desk);
    close(whole, last_day);
    bool is_closed = false;
    auto const closings = close_in_batches(desk, last_day, 2, [&](std::size_t) {
        if (!is_closed) close(other, on(until));
        is_closed = true;
    });
    for (auto const& closing : closings) {
        CHECK(closing.failed.empty());
        CHECK(closing.was_closed_already == (closing.day <= on(until)));
    }
    CHECK(books_of(whole) == books_of(desk));
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("Two closings at once give the books of one")
{
    auto const url = fresh_books();
    Desk whole{fresh_books()}, one{url, "one"}, two{url, "two"};
    lend_many(whole);
    lend_many(one);
    auto const expected = close_in_batches(whole, last_day, 1);
    std::vector<Closing> of_one, of_two;
    std::thread second{[&] { of_two = close_in_batches(two, last_day, 1); }};
    of_one = close_in_batches(one, last_day, 1);
    second.join();
    for (auto const* closings : {&of_one, &of_two})
        for (auto const& closing : *closings) CHECK(closing.failed.empty());
    CHECK(accruals_in(of_one) + accruals_in(of_two) == accruals_in(expected));
    CHECK(books_of(whole) == books_of(one));
    CHECK(complaints(one.auditor) == "");
}
