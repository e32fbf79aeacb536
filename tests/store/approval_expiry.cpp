// What an approval reserves is given back by the closing of its last day: once, whatever stops the
// closing, and so that another loan can have it the next morning.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

/// The seeds say ninety days: approved on 2 February, the third of May is the last.
Date const approved_on = on("2015-02-02");
Date const last_day = on("2015-05-03");

ProposeLoan from_small_fund(int n)
{
    ProposeLoan proposal = propose(n, approved_on);
    proposal.fund = id<FundCode>("F2");
    return proposal;
}

RecordEvent approve_all(int n, Date day)
{
    return approve(loan_number("L" + std::to_string(n)), yuan("50000.00"), day);
}

/// A second fund of 80,000.00, and `loans` proposals of 50,000.00 from it, the first approved.
void open_small_fund(Desk& desk, int loans = 2)
{
    desk.open(loans);
    desk.booked(OpenFund{id<FundCode>("F2"), "小额资金", "协议2号"}, approved_on);
    desk.booked(PayIntoFund{id<FundCode>("F2"), yuan("80000.00"), approved_on, "进账单2号"},
                approved_on);
    for (int n = 1; n <= loans; ++n) desk.booked(from_small_fund(n), approved_on);
    desk.booked(approve_all(1, approved_on), approved_on);
}

std::vector<Closing> close(Desk& desk, Date day, ClosingOptions const& options = {})
{
    auto closings = close_days(desk.app, fengqing(), day, day, "closing", options).value();
    for (auto const& closing : closings) CHECK(closing.failed.empty());
    return closings;
}

std::string small_fund(Desk& desk)
{
    for (FundLine const& line : funds(desk.reader, fengqing()))
        if (line.code == "F2")
            return "available " + line.available.text() + ", reserved " + line.reserved.text() +
                   ", lent " + line.lent.text();
    return "no fund";
}

std::string line_of(Desk& desk, std::string const& number)
{
    for (LoanLine const& line : loans(desk.reader, fengqing(), {}))
        if (line.number == number)
            return line.status + (line.reserved_through ? " " + line.reserved_through->text() : "");
    return "no loan";
}

int expiries_of(Desk& desk, std::string const& number)
{
    auto const held = *loan(desk.reader, fengqing(), loan_number(number));
    return static_cast<int>(std::ranges::count_if(held.events, [](LoanEvent const& event) {
        return std::holds_alternative<ApprovalExpired>(event.what);
    }));
}

} // namespace

TEST_CASE("The closing of its last day gives an approval's money back, and the next loan has it")
{
    Desk desk{fresh_books()};
    open_small_fund(desk);
    CHECK(desk.refused(approve_all(2, approved_on), approved_on) == Refusal::fund_overdrawn);
    desk.booked(OpenBooks{on("2015-02-03")}, on("2015-02-03"));

    for (Closing const& closing : close(desk, on("2015-05-02")))
        CHECK(closing.approvals_expired == 0);
    CHECK(line_of(desk, "L1") == "approved 2015-05-03");
    CHECK(small_fund(desk) == "available 30000.00, reserved 50000.00, lent 0.00");

    auto const closings = close(desk, last_day);
    REQUIRE(closings.size() == 1);
    CHECK(closings.front().approvals_expired == 1);
    CHECK(line_of(desk, "L1") == "expired");
    CHECK(small_fund(desk) == "available 80000.00, reserved 0.00, lent 0.00");
    auto const expired = loan(desk.reader, fengqing(), loan_number("L1"))->events.back();
    CHECK(expired.value_on == last_day);
    CHECK(expired.booked_on == last_day);

    Date const next = last_day.plus_days(1);
    CHECK(desk.refused(disburse(loan_number("L1"), yuan("50000.00"), next), next) ==
          Refusal::approval_expired);
    desk.booked(approve_all(2, next), next);
    CHECK(line_of(desk, "L2") == "approved 2015-08-02");
    CHECK(small_fund(desk) == "available 30000.00, reserved 50000.00, lent 0.00");
    for (Closing const& closing : close(desk, on("2015-05-31")))
        CHECK(closing.approvals_expired == 0);
    CHECK(expiries_of(desk, "L1") == 1);
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("Of a loan that was paid out in part the rest lapses, and it lives on")
{
    Desk desk{fresh_books()};
    open_small_fund(desk);
    Date const paid_on = on("2015-03-02");
    desk.booked(OpenBooks{approved_on}, approved_on);
    desk.booked(disburse(loan_number("L1"), yuan("20000.00"), paid_on), paid_on);
    CHECK(line_of(desk, "L1") == "active 2015-05-03");
    close(desk, last_day);
    CHECK(line_of(desk, "L1") == "active");
    CHECK(small_fund(desk) == "available 60000.00, reserved 0.00, lent 20000.00");
    Date const next = last_day.plus_days(1);
    CHECK(desk.refused(disburse(loan_number("L1"), yuan("1.00"), next), next) ==
          Refusal::approval_expired);
    desk.booked(repay(loan_number("L1"), yuan("1000.00"), next), next);
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("A closing that is stopped after any of its batches lets each approval lapse once")
{
    struct Stopped {};
    constexpr int many = 5;
    int const batches = GENERATE(1, 2, 3);
    Desk desk{fresh_books()};
    desk.open(many);
    for (int n = 1; n <= many; ++n) {
        desk.booked(propose(n, approved_on), approved_on);
        desk.booked(approve_all(n, approved_on), approved_on);
    }
    desk.booked(OpenBooks{on("2015-04-20")}, on("2015-04-20"));
    ClosingOptions options;
    options.batch_limit = 2;
    int left = batches;
    options.progress = [&left](std::size_t, std::size_t) {
        if (--left == 0) throw Stopped{};
    };
    CHECK_THROWS_AS(close(desk, on("2015-05-10"), options), Stopped);
    CHECK(complaints(desk.auditor) == "");
    auto const is_expired = [&desk](int n) {
        return line_of(desk, "L" + std::to_string(n)) == "expired";
    };
    CHECK(is_expired(1));
    CHECK(is_expired(many) == (batches == 3));

    options.progress = {};
    std::int64_t expired = 0;
    for (Closing const& closing : close(desk, on("2015-05-10"), options))
        expired += closing.approvals_expired;
    CHECK(expired == std::max(many - 2 * batches, 0));
    for (int n = 1; n <= many; ++n) {
        CHECK(is_expired(n));
        CHECK(expiries_of(desk, "L" + std::to_string(n)) == 1);
    }
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("Loans signed under rules that say nothing of it keep their approval, as before")
{
    auto const url = fresh_books();
    { // as a county of an earlier version has it
        pqxx::connection superuser{url};
        pqxx::work work{superuser};
        work.exec("SET session_replication_role = replica");
        work.exec("UPDATE programme.programme_rules SET approval_valid_days = 0");
        work.commit();
    }
    Desk desk{url};
    open_small_fund(desk);
    desk.booked(OpenBooks{on("2015-05-01")}, on("2015-05-01"));
    close(desk, on("2015-06-30"));
    CHECK(line_of(desk, "L1") == "approved");
    Date const next = on("2015-07-01");
    desk.booked(disburse(loan_number("L1"), yuan("50000.00"), next), next);
    CHECK(complaints(desk.auditor) == "");
}
