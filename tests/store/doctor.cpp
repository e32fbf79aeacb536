// The doctor finds what somebody with a superuser's powers changed by hand: each tampering is
// planted alone, past the triggers, and its check must turn red.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include "store/checkpoints.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <set>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

void tamper(std::string const& url, std::string const& sql)
{
    pqxx::connection superuser{url};
    pqxx::work work{superuser};
    work.exec("SET session_replication_role = replica");
    work.exec(sql);
    work.commit();
}

struct Row {
    char const* what;
    char const* sql;
    char const* check;
};
std::vector<Row> const rows{
    {"an amount",
     "UPDATE ledger.posting SET minor_units = minor_units + 1"
     " WHERE entry_number = 2 AND line = 1",
     "debits_equal_credits"},
    {"both amounts of an entry",
     "UPDATE ledger.posting SET minor_units = minor_units + 1 WHERE entry_number = 2",
     "digests_recomputed"},
    {"an entry without postings", "DELETE FROM ledger.posting WHERE entry_number = 1",
     "debits_equal_credits"},
    {"a balance",
     "UPDATE ledger.account_balance SET debits = debits + 100"
     " WHERE account_number = 1",
     "balances_equal_postings"},
    {"one side of the balances",
     "UPDATE ledger.account_balance SET debits = debits + 100"
     " WHERE account_number = 1",
     "trial_balance_is_zero"},
    {"a running balance",
     "UPDATE ledger.posting SET balance_after = 7 WHERE entry_number = 2 AND line = 1",
     "running_balances_follow"},
    {"an entry removed",
     "DELETE FROM ledger.posting WHERE entry_number = 2;"
     "DELETE FROM ledger.journal_entry WHERE entry_number = 2",
     "entry_numbers_are_gapless"},
    {"the last entry removed",
     "DELETE FROM ledger.posting WHERE entry_number = (SELECT max(entry_number) FROM"
     " ledger.journal_entry); DELETE FROM ledger.journal_entry WHERE entry_number ="
     " (SELECT max(entry_number) FROM ledger.journal_entry)",
     "entry_numbers_are_gapless"},
    {"a batch removed",
     "DELETE FROM ledger.batch WHERE batch_number = (SELECT max(batch_number) FROM ledger.batch)",
     "batch_numbers_are_gapless"},
    {"a standing of no event", "UPDATE ledger.loan_standing SET sequence = 99 WHERE sequence = 2",
     "rows_name_what_is_there"},
    {"a posting of no account",
     "UPDATE ledger.posting SET account_number = 999 WHERE entry_number = 1 AND line = 1",
     "rows_name_what_is_there"},
    {"a date", "UPDATE ledger.journal_entry SET value_on = value_on - 1 WHERE entry_number = 3",
     "digests_recomputed"},
    {"a narrative", "UPDATE ledger.journal_entry SET narrative = 'x' WHERE entry_number = 3",
     "digests_recomputed"},
    {"an instant",
     "UPDATE ledger.journal_entry SET recorded_at = '2001-01-01'"
     " WHERE entry_number = 3",
     "entries_are_dated_in_order"},
    {"a position", "UPDATE ledger.loan_position SET overpayment = overpayment + 5, bank = bank + 5",
     "positions_equal_postings"},
    {"a loan's event",
     "UPDATE ledger.loan_event SET amount_fen = amount_fen - 1"
     " WHERE kind = 'disbursed'",
     "positions_equal_fold"},
    {"a rate", "UPDATE ledger.loan SET annual_rate_ppm = 1000", "positions_equal_fold"},
    {"a standing", "UPDATE ledger.loan_standing SET outstanding_fen = outstanding_fen + 1",
     "standings_equal_fold"},
    {"a position's principal",
     "UPDATE ledger.loan_position SET fund_lent = fund_lent + 1,"
     " principal_normal = principal_normal + 1",
     "control_equals_subledgers"},
    {"a fund's lent balance",
     "UPDATE ledger.account_balance SET credits = credits + 1 WHERE account_number ="
     " (SELECT account_number FROM ledger.account WHERE code = '2314.03')",
     "fund_lent_is_outstanding"},
    {"a fund overdrawn once",
     "UPDATE ledger.posting SET balance_after = 1 WHERE line = 2"
     " AND entry_number = 1",
     "no_fund_below_zero"},
    {"an answer",
     "UPDATE ledger.command_answer SET entry_number = NULL"
     " WHERE entry_number = 2",
     "answers_match_entries"},
    {"an event's entry", "UPDATE ledger.loan_event SET entry_number = 1 WHERE sequence = 1",
     "events_match_entries"},
    {"a guard", "ALTER TABLE ledger.posting DISABLE TRIGGER \"a row is never changed\"",
     "definitions_are_ours"},
    {"entries hidden from the doctor",
     "DROP POLICY \"a county is seen alone\" ON ledger.journal_entry",
     "debits_equal_credits: [nothing was there to examine"},
    {"loans hidden from the doctor",
     "DROP POLICY \"a county is seen alone\" ON ledger.loan_standing",
     "standings_equal_fold: [nothing was there to examine"},
    {"an event's entry forgotten",
     "UPDATE ledger.loan_event SET entry_number = NULL WHERE sequence = 2", "events_match_entries"},
    {"a loan's event removed",
     "DELETE FROM ledger.loan_standing WHERE sequence = 2;"
     "DELETE FROM ledger.loan_event WHERE sequence = 2",
     "positions_equal_fold: [loan L1 cannot be read: a loan's events have a gap"},
    {"a loan that cannot be read, and its standings", "UPDATE ledger.loan SET rounding = 'x'",
     "standings_equal_fold: [loan L1 on"},
    {"a household's event forgotten", "UPDATE ledger.household_event SET entry_number = NULL",
     "household_events_match_entries"},
    {"a household that nobody registered", "DELETE FROM ledger.household_standing",
     "a_household_is_one"},
    {"a household's standing", "UPDATE ledger.household_standing SET standing = 'exited'",
     "household_standings_equal_fold"},
    {"evidence that nobody kept", "UPDATE ledger.county SET opened_on = '2015-01-01'",
     "evidence_is_kept"},
    {"a day of a checkpoint",
     "UPDATE ledger.day_turnover SET debits = debits + 1 WHERE code = '1002'",
     "checkpoints_equal_postings: [checkpoint 1, account 1002"},
    {"a day of a checkpoint forgotten", "DELETE FROM ledger.day_turnover WHERE code = '1002'",
     "checkpoints_equal_postings: [checkpoint 1, account 1002"},
    {"a month's balance",
     "UPDATE ledger.month_balance SET credits = credits - 1 WHERE code = '2314.01'",
     "checkpoints_equal_postings: [month 2015-01-31 by"},
    {"a month's balance of nothing",
     "INSERT INTO ledger.month_balance SELECT county_code, axis, through, '6701', '', unit,"
     " checkpoint_number, 1, 1, 1, 1 FROM ledger.month_balance WHERE code = '1002'",
     "checkpoints_equal_postings: [month 2015-01-31 by"},
    {"what a checkpoint knows", "UPDATE ledger.checkpoint SET last_entry_number = 2",
     "checkpoints_equal_postings: [checkpoint 1"},
    {"the last day of a checkpoint",
     "UPDATE ledger.checkpoint SET last_booked_on = last_booked_on + 1",
     "checkpoints_equal_postings: [checkpoint 1: last booked on"},
    {"what is late", "UPDATE ledger.day_turnover SET is_late = true",
     "checkpoints_equal_postings: [checkpoint 1"},
    {"checkpoints hidden from the doctor",
     "DROP POLICY \"a county is seen alone\" ON ledger.day_turnover;"
     "DROP POLICY \"a county is seen alone\" ON ledger.month_balance",
     "checkpoints_equal_postings: [checkpoint 1, account"},
    {"how many live in a household", "UPDATE ledger.household_event SET persons = persons + 1",
     "household_balances_equal_fold"},
};

/// A household that the borrower of L1 leads, entered from paper with its evidence.
void lead_household(Desk& desk)
{
    auto const happens = [&](HouseholdHappening what) {
        desk.booked(
            RecordHouseholdEvent{
                id<HouseholdNumber>("N1"), on("2015-03-03"), std::move(what), {}, {}},
            on("2015-03-03"));
    };
    happens(HouseholdRegistered{"户主", id<UnitCode>(first_village()), Standing::poor, 4});
    happens(LeadingClaimed{loan_number("L1"), {}, Way::on_trust, 0, {}, false});
    happens(LeadingVerified{2, "信贷员甲", "村民乙", "复兴村", std::string(64, 'a')});
}

} // namespace

TEST_CASE("Every planted tampering turns its check red")
{
    std::set<std::string> red;
    for (auto const& row : rows) {
        INFO(row.what);
        auto const url = fresh_books();
        Desk desk{url};
        desk.open();
        desk.lend(1);
        desk.booked(repay(loan_number("L1"), yuan("3000.00"), on("2015-03-02")), on("2015-03-02"));
        lead_household(desk);
        CHECK(take_checkpoint(desk.app, fengqing()) > 0);
        CHECK(complaints(desk.auditor) == "");
        tamper(url, row.sql);
        CHECK_THAT(complaints(desk.auditor), Catch::Contains(row.check));
        red.insert(std::string{row.check}.substr(0, std::string{row.check}.find(':')));
    }
    Desk desk{fresh_books()};
    for (auto const& check : doctor(desk.auditor, fengqing())) {
        INFO(check.code << " has no tampering that turns it red");
        CHECK(red.contains(check.code));
    }
}

TEST_CASE("However many examine, they find the same, tell it in the same order and see one instant")
{
    auto const url = fresh_books();
    Desk desk{url};
    desk.open();
    desk.lend(1);
    tamper(url, "UPDATE ledger.posting SET balance_after = 7 WHERE entry_number = 2 AND line = 1;"
                "UPDATE ledger.journal_entry SET narrative = 'x' WHERE entry_number = 3");
    auto const alone = doctor(desk.auditor, fengqing());
    std::vector<std::string> told;
    std::size_t parts = 0, all = 0;
    DoctorOptions options{.jobs = 3, .report = {}, .progress = {}};
    options.report = [&](Check const& check) {
        // What is booked meanwhile is of the next examination.
        if (told.empty())
            desk.booked(repay(loan_number("L1"), yuan("3000.00"), on("2015-03-02")),
                        on("2015-03-02"));
        told.push_back(check.code);
    };
    options.progress = [&](std::size_t done, std::size_t of) {
        CHECK(done == ++parts);
        all = of;
    };
    auto const together = doctor(desk.auditor, fengqing(), options);
    CHECK(parts == all);
    REQUIRE(together.size() == alone.size());
    REQUIRE(told.size() == alone.size());
    for (std::size_t i = 0; i < alone.size(); ++i) {
        INFO(alone[i].code);
        CHECK(told[i] == alone[i].code);
        CHECK(together[i].code == alone[i].code);
        CHECK(together[i].examined == alone[i].examined);
        CHECK(together[i].violations == alone[i].violations);
    }
}
