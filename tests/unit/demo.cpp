// demo/: the generated registers against the published figures, before any database sees them.
// (That the statistics of the books say the same is tests/cli's business.)
#include "demo/demo.hpp"
#include "ledger/identity.hpp"
#include "registers/csv.hpp"
#include "registers/plan.hpp"
#include "tests/support/show.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>

using ledger::Date;
using ledger::Money;

namespace {

demo::Registers const& made()
{
    static demo::Registers const registers = demo::generate(demo::embedded_facts());
    return registers;
}

registers::Plan const& planned()
{
    static registers::Plan const plan = registers::plan(made().files, Date{2026, 11, 24});
    return plan;
}

template <class Command> std::vector<Command> all()
{
    std::vector<Command> found;
    for (registers::PlannedCommand const& command : planned().commands) {
        if (auto const* one = std::get_if<Command>(&command.command)) found.push_back(*one);
    }
    return found;
}

/// The records of one kind of event.
template <class What> std::vector<ledger::RecordEvent> all_recorded()
{
    std::vector<ledger::RecordEvent> found;
    for (registers::PlannedCommand const& command : planned().commands) {
        if (auto const* one = registers::recorded<What>(command.command)) found.push_back(*one);
    }
    return found;
}

} // namespace

TEST_CASE("The demonstration registers are read by the import without a problem")
{
    CHECK(planned().problems.empty());
    CHECK(all<ledger::RegisterBorrower>().size() == 553);
    CHECK(all<ledger::ProposeLoan>().size() == 553);
}

TEST_CASE("The demonstration lends what was published, when it was published")
{
    Money lent, lent_2015;
    std::set<std::string> loans, households_2015;
    std::map<std::string, std::string> borrower_of, household_of;
    for (auto const& borrower : all<ledger::RegisterBorrower>()) {
        household_of[borrower.borrower.text()] = borrower.household.text();
    }
    for (auto const& loan : all<ledger::ProposeLoan>()) {
        borrower_of[loan.loan.text()] = loan.borrower.text();
    }
    std::set<std::string> borrowers;
    for (auto const& disbursed : all_recorded<ledger::Disbursed>()) {
        Money const amount = std::get<ledger::Disbursed>(disbursed.what).amount;
        CHECK(disbursed.value_on >= Date{2015, 1, 1});
        CHECK(disbursed.value_on < Date{2016, 9, 1});
        CHECK(amount >= Money::yuan(10'000));
        CHECK(amount <= Money::yuan(100'000));
        lent += amount;
        borrowers.insert(borrower_of.at(disbursed.loan.text()));
        if (disbursed.value_on.year() == 2015) {
            lent_2015 += amount;
            households_2015.insert(household_of.at(borrower_of.at(disbursed.loan.text())));
        }
    }
    CHECK(lent == Money::yuan(42'100'000));
    CHECK(borrowers.size() == 553);
    CHECK(lent_2015 == Money::yuan(12'100'000));
    CHECK(households_2015.size() == 168);
}

TEST_CASE("The one published loan is as published, and no other real name is used")
{
    std::set<std::string> names, ids;
    for (auto const& borrower : all<ledger::RegisterBorrower>()) {
        names.insert(borrower.name);
        ids.insert(borrower.resident_id.reveal());
        CHECK(borrower.resident_id.reveal().substr(0, 14) == "53092119000101");
        CHECK(borrower.village.text() != "530921101401");
        if (borrower.name == "罗先国") {
            CHECK(borrower.village.text() == "530921206204");
            CHECK(borrower.party_branch == "复兴村党支部");
            CHECK(borrower.borrower.text() == "B0001");
        } else {
            CHECK_FALSE(borrower.name.starts_with("罗"));
        }
    }
    CHECK(names.size() == 553);
    CHECK(ids.size() == 553);
    for (auto const& loan : all<ledger::ProposeLoan>()) {
        if (loan.borrower.text() != "B0001") continue;
        CHECK(loan.terms.principal == Money::yuan(100'000));
        CHECK(loan.industry == "cattle");
        CHECK(loan.proposed_on.year() == 2015);
    }
}

TEST_CASE("All 13 townships and every village but the industrial park have a member")
{
    std::set<std::string> townships, villages;
    for (auto const& borrower : all<ledger::RegisterBorrower>()) {
        townships.insert(borrower.village.text().substr(0, 9));
        villages.insert(borrower.village.text());
    }
    CHECK(townships.size() == 13);
    CHECK(villages.size() == 189);
    CHECK(demo::embedded_facts().villages.size() == 189);
}

TEST_CASE("History has late, early, wrong and missing payments, and ends where the loans do")
{
    auto const& summary = made().summary;
    CHECK(summary.in_arrears == 12);
    CHECK(summary.reversed == 8);
    CHECK(summary.late > 50);
    CHECK(summary.prepaid > 50);
    CHECK(all<ledger::Reverse>().size() == 8);
    for (auto const& repaid : all_recorded<ledger::Repaid>()) {
        CHECK(repaid.value_on < Date{2020, 1, 1});
    }
}

TEST_CASE("As many poor households and persons are registered as the county planned to lift")
{
    int poor = 0, persons = 0, in_published_village = 0;
    std::set<std::string> led_by_published;
    for (auto const& event : all<ledger::RecordHouseholdEvent>()) {
        if (auto const* what = std::get_if<ledger::HouseholdRegistered>(&event.what)) {
            if (what->standing != ledger::Standing::poor) continue;
            ++poor;
            persons += what->persons;
            in_published_village += what->village.text() == "530921206204";
        }
        auto const* claim = std::get_if<ledger::LeadingClaimed>(&event.what);
        if (claim && claim->loan.text() == "FQ-2015-0001") {
            led_by_published.insert(event.household.text());
        }
    }
    CHECK(poor == 2'262); // shared facts, published_figures.csv
    CHECK(persons == 8'041);
    CHECK(in_published_village >= 2);
    CHECK(led_by_published.size() == 4); // 罗先国
    CHECK(made().summary.claims > 300);
    CHECK(made().summary.exits > 50);
}

TEST_CASE("The same seed makes the same bytes, and another seed makes other ones")
{
    auto const again = demo::generate(demo::embedded_facts());
    auto const other = demo::generate(demo::embedded_facts(), 2);
    for (std::size_t i = 0; i < made().files.size(); ++i) {
        CHECK(again.files[i].bytes == made().files[i].bytes);
    }
    CHECK(other.files[2].bytes != made().files[2].bytes);
    CHECK(other.summary.lent == made().summary.lent);
}

TEST_CASE("The demonstration's registers hold what was published of the party's poor")
{
    std::set<std::string> poor_households, poor_members;
    std::map<std::string, int> planned_counts;
    std::map<ledger::VillageAspect, int> has, has_not;
    for (auto const& fact : all<ledger::RecordFact>()) {
        if (auto const* listed = std::get_if<ledger::PoorMemberListed>(&fact.what)) {
            poor_members.insert(listed->member.text());
            poor_households.insert(listed->household.text());
        }
        if (auto const* target = std::get_if<ledger::TargetSet>(&fact.what)) {
            planned_counts[target->target.text()] = target->count;
        }
        if (auto const* village = std::get_if<ledger::VillageRecorded>(&fact.what)) {
            ++(village->has ? has : has_not)[village->aspect];
        }
    }
    CHECK(poor_households.size() == 188);
    CHECK(poor_members.size() == 214);
    CHECK(planned_counts == std::map<std::string, int>{{"households.530921.2016", 2'262},
                                                       {"member_households.530921.2016", 188},
                                                       {"persons.530921.2016", 8'041},
                                                       {"members.530921.2016", 214}});
    CHECK(has[ledger::VillageAspect::poor_village] == 43);
    CHECK(has_not[ledger::VillageAspect::share_cooperation] == 28);
    CHECK(has_not[ledger::VillageAspect::collective_income] == 20);
}
