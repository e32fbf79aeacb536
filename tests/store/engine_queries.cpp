// What only the engine can say, asked of the books as they are: what a command would change, what
// subsidy a quarter bears; and where loans stand that time alone moves on.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

PortfolioLine total(Desk& desk, std::optional<Date> from, std::optional<Date> until)
{
    return portfolio(desk.reader, fengqing(), from, until).value().back();
}

/// 50,000.00 over eight quarters, principal at the end, under a scheme of interest subsidy.
void lend_subsidised(Desk& desk, int n, char const* scheme)
{
    Date const day = on("2015-02-02");
    auto proposal = propose(n, day);
    proposal.terms.principal = yuan("50000.00");
    proposal.terms.method = Method::interest_only;
    proposal.terms.every = {1, PeriodUnit::quarter};
    proposal.terms.instalments = 8;
    proposal.terms.subsidy_scheme = scheme;
    desk.booked(proposal, day);
    desk.booked(approve(proposal.loan, yuan("50000.00"), day), day);
    desk.booked(disburse(proposal.loan, yuan("50000.00"), day), day);
}

Loan held(Desk& desk, char const* number)
{
    return *loan(desk.reader, fengqing(), loan_number(number));
}

/// The portfolio says of each day what the folds say.
void check_standings(Desk& desk, std::vector<char const*> const& numbers,
                     std::vector<char const*> const& days)
{
    for (char const* day : days) {
        INFO(day);
        PortfolioLine folded;
        for (char const* number : numbers) {
            auto const state = fold(held(desk, number), on(day));
            Money const principal = state.positions.principal();
            folded.outstanding += principal;
            if (state.status != LoanStatus::active) continue;
            for (auto const& row : state.instalments)
                if (row.planned.due_on < on(day))
                    folded.overdue += row.principal_due - row.principal_paid;
            if (state.days_past_due >= 1) folded.par1 += principal;
            if (state.days_past_due > 30) folded.par30 += principal;
        }
        auto const told = total(desk, {}, on(day).plus_days(1));
        CHECK(told.outstanding == folded.outstanding);
        CHECK(told.overdue == folded.overdue);
        CHECK(told.par1 == folded.par1);
        CHECK(told.par30 == folded.par30);
    }
}

} // namespace

TEST_CASE("A preview shows what is then booked, and changes nothing")
{
    Desk desk{fresh_books()};
    desk.open();
    desk.lend(1);
    desk.booked(repay(loan_number("L1"), yuan("2500.00"), on("2015-04-02")), on("2015-04-02"));
    Date const day = on("2015-04-20");
    auto const late = repay(loan_number("L1"), yuan("2000.00"), on("2015-03-02"));
    auto const entries = county(desk.reader, fengqing())->entries;
    auto const shown = preview(desk.reader, fengqing(), late, day);
    REQUIRE(shown.has_value());
    CHECK(county(desk.reader, fengqing())->entries == entries);
    CHECK(shown->before.positions == held(desk, "L1").booked);
    REQUIRE(shown->allocations.size() == 2); // the new one, and the one after it
    CHECK(shown->allocations[0].sequence == 3);
    CHECK_FALSE(shown->allocations[1].before);

    auto const receipt = desk.booked(late, day);
    CHECK(shown->after.positions == held(desk, "L1").booked);
    CHECK(shown->allocations[1].after == receipt.allocation);
    auto const booked = entry(desk.reader, fengqing(), *receipt.entry_number)->record.entry;
    REQUIRE(shown->entry);
    CHECK(std::ranges::equal(shown->entry->postings(), booked.postings()));

    auto const refused = [&](Command const& command, Date booked_on) {
        return preview(desk.reader, fengqing(), command, booked_on).error().code;
    };
    CHECK(refused(late, on("2015-02-28")) == Refusal::date_in_future);
    CHECK(refused(repay(loan_number("L9"), yuan("1.00"), day), day) == Refusal::loan_not_found);
    CHECK(refused(Reverse{loan_number("L1"), 9, "没有"}, day) == Refusal::event_not_found);
    CHECK(preview(desk.reader, *CountyCode::parse("530922"), late, day).error().code ==
          Refusal::county_not_found);
}

TEST_CASE("The claim list of a quarter is what the folds say, to the day")
{
    Desk desk{fresh_books()};
    desk.open(3);
    lend_subsidised(desk, 1, "example-full");
    lend_subsidised(desk, 2, "example-pay-first");
    desk.lend(3);
    Date const claimed_on = on("2015-05-05");
    desk.booked(event_on(loan_number("L1"), claimed_on, SubsidyClaimed{yuan("500.00")}),
                claimed_on);
    desk.booked(event_on(loan_number("L1"), on("2015-07-01"), SubsidyReceived{yuan("300.00")}),
                on("2015-07-01"));
    auto const claims_of = [&](char const* from, char const* until) {
        return subsidy_claims(desk.reader, fengqing(), on(from), on(until)).value();
    };
    auto const second = claims_of("2015-04-01", "2015-07-01");
    REQUIRE(second.size() == 1); // schemes that begin in 2019 bear nothing of 2015
    auto const& claim = second.front();
    CHECK(claim.loan == loan_number("L1"));
    CHECK(claim.borrower_name == "甲1");
    CHECK(claim.paid_to == SubsidyPaidTo::lender);
    auto const state = held(desk, "L1");
    CHECK(claim.due ==
          fold(state, on("2015-07-01")).subsidy - fold(state, on("2015-04-01")).subsidy);
    CHECK(claim.claimed == yuan("500.00"));
    CHECK(claim.received.is_zero());
    CHECK(claim.lines.front().span.from == on("2015-04-01"));
    CHECK(claim.lines.back().span.until == on("2015-07-01"));
    Exact sum;
    for (auto const& line : claim.lines) sum = sum + line.exact;
    // 50,000.00 x 4.75 % x 91 / 360; booked by instalment, each rounded once.
    CHECK(round_to_fen(sum, Rounding::half_up) == yuan("600.35"));
    CHECK(claim.due >= yuan("600.34"));
    CHECK(claim.due <= yuan("600.36"));

    auto const year = claims_of("2015-01-01", "2016-01-01");
    CHECK(year.front().due == claims_of("2015-01-01", "2015-04-01").front().due + claim.due +
                                  claims_of("2015-07-01", "2015-10-01").front().due +
                                  claims_of("2015-10-01", "2016-01-01").front().due);
    CHECK(year.front().received == yuan("300.00"));
    CHECK(year.front().unclaimed == year.front().due - yuan("500.00"));
    CHECK(
        subsidy_claims(desk.reader, fengqing(), on("2015-04-01"), on("2015-04-01")).error().code ==
        Refusal::date_too_early);
}

TEST_CASE("A loan whose interest the county pays is not late on the days that nothing marks")
{
    Desk desk{fresh_books()};
    desk.open(2);
    lend_subsidised(desk, 1, "example-full");
    lend_subsidised(desk, 2, "example-points"); // a year's points: then the borrower is asked
    check_standings(desk, {"L1", "L2"},
                    {"2015-05-02", "2015-05-03", "2015-09-01", "2016-03-01", "2016-05-03",
                     "2016-09-01", "2017-02-02", "2017-02-03", "2017-05-01"});
    CHECK(total(desk, {}, on("2016-02-01")).par1.is_zero());
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("Money held for instalments repays them on their days, without an event")
{
    Desk desk{fresh_books()};
    desk.open();
    desk.lend(1);
    Repaid const ahead{yuan("7000.00"), InAdvance::next_instalment};
    desk.booked(event_on(loan_number("L1"), on("2015-02-10"), ahead), on("2015-02-10"));
    std::vector<char const*> const days{"2015-02-10", "2015-03-01", "2015-03-02", "2015-03-03",
                                        "2015-04-02", "2015-05-02", "2015-05-03", "2015-09-01"};
    check_standings(desk, {"L1"}, days);
    CHECK(total(desk, {}, on("2015-04-20")).repaid > Money{});

    // What comes in between replaces the days that were foreseen.
    desk.booked(event_on(loan_number("L1"), on("2015-03-10"), OverpaymentRefunded{yuan("4000.00")}),
                on("2015-03-10"));
    check_standings(desk, {"L1"}, days);
    desk.booked(Reverse{loan_number("L1"), 4, "退错了"}, on("2015-03-11"));
    check_standings(desk, {"L1"}, days);
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("A pause that is known beforehand is in every later day's standing")
{
    Desk desk{fresh_books()};
    desk.open();
    lend_subsidised(desk, 1, "");
    desk.booked(event_on(loan_number("L1"), on("2015-02-02"), InterestPaused{on("2015-08-02")}),
                on("2015-02-02"));
    check_standings(desk, {"L1"},
                    {"2015-05-03", "2015-08-02", "2015-08-03", "2015-11-02", "2015-11-03"});
}

TEST_CASE("A write-off is no repayment: it is off the books, and what comes back is told apart")
{
    Desk desk{fresh_books()};
    desk.open(2);
    desk.lend(1);
    desk.lend(2);
    auto const loan_1 = loan_number("L1");
    desk.booked(repay(loan_1, yuan("3000.00"), on("2015-03-02")), on("2015-03-02"));
    auto const before = total(desk, {}, on("2015-09-01"));
    desk.booked(event_on(loan_1, on("2015-09-01"), WrittenOff{}), on("2015-09-01"));
    desk.booked(event_on(loan_1, on("2015-10-08"), Recovered{yuan("1200.00")}), on("2015-10-08"));

    auto const all = total(desk, {}, {});
    CHECK(all.lent == yuan("100000.00"));
    CHECK(all.repaid == before.repaid);
    CHECK(all.outstanding == yuan("50000.00"));
    CHECK(all.lent == all.repaid + all.written_off + all.outstanding);
    CHECK(all.recovered == yuan("1200.00"));
    CHECK(all.par90 == yuan("50000.00")); // the other loan alone
    CHECK(all.overdue == total(desk, {}, on("2015-10-09")).overdue);
    CHECK(total(desk, on("2015-09-01"), on("2015-10-01")).written_off == all.written_off);
    CHECK(total(desk, on("2015-10-01"), {}).written_off.is_zero());
    auto const line = loans(desk.reader, fengqing(), {}).front();
    CHECK(line.status == "written_off");
    CHECK(line.written_off_on == on("2015-09-01"));
    CHECK(line.overdue.is_zero());
    CHECK(funds(desk.reader, fengqing()).front().written_off == all.written_off - all.recovered);

    desk.booked(Reverse{loan_1, 5, "不是他还的"}, on("2015-10-09"));
    desk.booked(Reverse{loan_1, 4, "错核"}, on("2015-10-09"));
    CHECK(total(desk, {}, on("2015-10-09")).written_off.is_zero());
    CHECK(total(desk, {}, {}).outstanding == yuan("100000.00") - before.repaid);
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("A rescheduled loan is not late, and stays in sight")
{
    Desk desk{fresh_books()};
    desk.open();
    desk.lend(1);
    Date const day = on("2015-07-20");
    CHECK(total(desk, {}, day.plus_days(1)).par90 == yuan("50000.00"));
    desk.booked(repay(loan_number("L1"), yuan("12000.00"), day), day);
    NewPlan plan;
    plan.instalments = 18;
    desk.booked(event_on(loan_number("L1"), day, Rescheduled{plan}), day);
    auto const after = total(desk, {}, {});
    auto const outstanding = after.outstanding;
    CHECK(outstanding > Money{});
    CHECK(after.par1.is_zero());
    CHECK(after.par30_with_rescheduled == outstanding);
    CHECK(after.par90_with_rescheduled == outstanding);
    CHECK(after.par1_with_rescheduled == outstanding);
    CHECK(after.par180_with_rescheduled == outstanding);
    for (char const* code : {"par1_with_rescheduled", "par180_with_rescheduled"}) {
        auto const parts = parts_of(desk.reader, fengqing(), code, {}).value();
        REQUIRE(parts.count == 1);
        CHECK(parts.sum == outstanding.fen());
        CHECK(parts.page.front().on == day); // rescheduled, not late
    }
    CHECK(after.rescheduled == outstanding);
    CHECK(loans(desk.reader, fengqing(), {}).front().rescheduled_on == day);
}

TEST_CASE("The quality of the portfolio is the sum of its loans' cards, group by group")
{
    Desk desk{fresh_books()};
    desk.open(2);
    desk.lend(1, on("2015-02-02"), "50000.00");
    desk.lend(2, on("2015-02-02"), "30000.00");
    desk.booked(repay(loan_number("L1"), yuan("3000.00"), on("2015-03-02")), on("2015-03-02"));
    Span const span{on("2015-01-01"), on("2015-06-01")};
    Quality folded;
    for (char const* number : {"L1", "L2"}) folded += quality(held(desk, number), span);
    CHECK(folded.due > Money{});
    for (auto const by :
         {ledger::Dimension::county, ledger::Dimension::township, ledger::Dimension::branch})
    {
        auto const lines = quality(desk.reader, fengqing(), span, by).value();
        CHECK(lines.back().key.empty());
        CHECK(lines.back().quality == folded);
        Quality groups;
        for (auto const& line : lines)
            if (!line.key.empty()) groups += line.quality;
        CHECK(groups == (by == ledger::Dimension::county ? Quality{} : folded));
    }
}

TEST_CASE("A base rate that is published later reaches the statistics with the closing")
{
    auto const url = fresh_books();
    Desk desk{url};
    desk.open();
    Date const day = on("2015-02-02");
    auto proposal = propose(1, day);
    proposal.terms.principal = yuan("50000.00");
    proposal.terms.pricing = Pricing{RateReset::monthly, "1y_to_3y", 0, 1'000'000};
    desk.booked(proposal, day);
    desk.booked(approve(proposal.loan, yuan("50000.00"), day), day);
    desk.booked(disburse(proposal.loan, yuan("50000.00"), day), day);
    CHECK(complaints(desk.auditor).empty());
    {
        pqxx::connection superuser{url}; // the central bank publishes another rate
        pqxx::work work{superuser};
        work.exec("INSERT INTO programme.base_rate VALUES ('2015-04-15', '1y_to_3y', 90000, true)");
        work.commit();
    }
    CHECK(complaints(desk.auditor).empty());
    desk.booked(OpenBooks{on("2015-04-01")}, on("2015-04-01"));
    REQUIRE(close_days(desk.app, fengqing(), on("2015-07-31"), on("2015-07-31"), "closing"));
    // Nothing was paid: what fell due at the new rate is overdue.
    check_standings(desk, {"L1"},
                    {"2015-03-10", "2015-04-20", "2015-05-20", "2015-06-20", "2015-07-31"});
    CHECK(complaints(desk.auditor).empty());
    auto const late = on("2015-07-31");
    desk.booked(repay(proposal.loan, yuan("9000.00"), late), on("2015-08-01"));
    check_standings(desk, {"L1"}, {"2015-06-20", "2015-07-30", "2015-07-31", "2015-08-01"});
    CHECK(complaints(desk.auditor).empty());
}
