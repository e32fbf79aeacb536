// Batches that are decided in memory while the one before is written: the same books as the long
// way, and never any that rest on what did not happen.
#include "store/draft.hpp"

#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/plan_log.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

using namespace ledger;
using namespace test;

namespace {

/// A desk with the county's lease and everything that it will touch in memory.
struct Drafting : Desk {
    explicit Drafting(std::string const& url)
        : Desk{url}
    {
        open(3);
        for (int const n : {1, 2, 3}) lend(n);
        REQUIRE(store::take_lease(app, fengqing()));
    }
    store::Envelope pays(int n, char const* amount)
    {
        return envelope(repay(loan_number("L" + std::to_string(n)), yuan(amount), day), day);
    }
    /// What stands in the books, loan by loan.
    std::string owed()
    {
        std::string text;
        for (int const n : {1, 2, 3}) {
            auto const one =
                booked(repay(loan_number("L" + std::to_string(n)), yuan("0.01"), day), day);
            text += one.principal_outstanding->text() + " ";
        }
        return text;
    }
    Date day = on("2015-03-02");
};

store::Receipt receipt_of(store::Outcome const& outcome)
{
    REQUIRE(outcome.is_booked());
    return std::get<store::Receipt>(outcome.answer);
}

/// The old holder's connection ends a moment after it was let go.
bool take_lease_again(store::Database& app)
{
    for (int tries = 0; tries < 100; ++tries) {
        if (store::take_lease(app, fengqing())) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    return false;
}

} // namespace

TEST_CASE("Drafts that are decided ahead of each other book what the long way would have booked")
{
    Drafting drafts{fresh_books()}, plain{fresh_books()};
    std::vector<store::DraftPtr> waiting;
    for (char const* amount : {"1000.00", "20.00", "3.00"}) {
        std::vector<store::Envelope> batch{drafts.pays(1, amount), drafts.pays(2, amount)};
        waiting.push_back(store::draft(drafts.app, batch));
        REQUIRE(waiting.back() != nullptr);
        for (int const n : {1, 2})
            plain.booked(repay(loan_number("L" + std::to_string(n)), yuan(amount), plain.day),
                         plain.day);
    }
    std::int64_t last = 0;
    for (auto const& draft : waiting) {
        auto const outcomes = store::write(drafts.app, *draft);
        REQUIRE(outcomes);
        for (auto const& outcome : *outcomes) {
            auto const receipt = receipt_of(outcome);
            if (last != 0) CHECK(*receipt.entry_number == last + 1);
            last = *receipt.entry_number;
        }
    }
    CHECK(drafts.owed() == plain.owed());
    CHECK(complaints(drafts.auditor) == "");
}

TEST_CASE("What memory lacks is read beside, while what was drafted before is not written yet")
{
    auto const url = fresh_books();
    Drafting lent{url}, plain{fresh_books()};
    lent.app = store::Database{url, store::Role::app}; // forgets
    REQUIRE(take_lease_again(lent.app));
    lent.booked(repay(loan_number("L1"), yuan("1.00"), lent.day), lent.day);
    plain.booked(repay(loan_number("L1"), yuan("1.00"), plain.day), plain.day);
    std::vector<store::DraftPtr> waiting;
    for (int const n : {2, 3, 2}) {
        std::vector<store::Envelope> const batch{lent.pays(n, "7.00"), lent.pays(1, "3.00")};
        waiting.push_back(store::draft(lent.app, batch));
        REQUIRE(waiting.back() != nullptr);
        for (auto const& [number, amount] : {std::pair{n, "7.00"}, std::pair{1, "3.00"}})
            plain.booked(repay(loan_number("L" + std::to_string(number)), yuan(amount), plain.day),
                         plain.day);
    }
    for (auto const& draft : waiting) CHECK(store::write(lent.app, *draft));
    CHECK(lent.owed() == plain.owed());
    CHECK(complaints(lent.auditor) == "");
}

TEST_CASE("No batch reads a table from end to end, though its plans were made in small books")
{
    auto const url = fresh_books();
    PlanLog plans{url};
    Desk desk{url};
    desk.open(3);
    for (int const n : {1, 2, 3}) desk.lend(n);
    desk.booked(repay(loan_number("L1"), yuan("1.00"), on("2015-03-02")), on("2015-03-02"));
    int met = 0;
    for (auto const& read : plans.new_reads()) {
        bool const is_of_a_batch = read.statement.find("n.") != std::string::npos ||
                                   read.statement.find("INSERT") != std::string::npos;
        if (!is_of_a_batch) continue;
        CAPTURE(read.statement, read.table);
        CHECK(read.how != "Seq Scan");
        ++met;
    }
    CHECK(met > 20);
}

TEST_CASE("A draft is written on the books that it was decided on, or not at all")
{
    auto const url = fresh_books();
    Drafting desk{url};
    Desk other{url, "other"};
    std::vector<store::Envelope> const batch{desk.pays(1, "1000.00")};

    SECTION("somebody else wrote meanwhile")
    {
        auto const draft = store::draft(desk.app, batch);
        REQUIRE(draft);
        other.booked(repay(loan_number("L2"), yuan("1.00"), desk.day), desk.day);
        CHECK_FALSE(store::write(desk.app, *draft));
    }
    SECTION("the key was used before")
    {
        other.booked(repay(loan_number("L2"), yuan("1.00"), desk.day), desk.day);
        desk.booked(repay(loan_number("L3"), yuan("1.00"), desk.day), desk.day);
        std::vector<store::Envelope> twice{desk.pays(1, "5.00")};
        REQUIRE(store::execute(desk.app, twice).front().is_booked());
        auto const draft = store::draft(desk.app, twice);
        REQUIRE(draft);
        CHECK_FALSE(store::write(desk.app, *draft));
        auto const again = store::execute(desk.app, twice);
        CHECK(again.front().is_replay);
    }
    SECTION("the key was used before, and the command would be refused now")
    {
        auto const paid = desk.booked(repay(loan_number("L3"), yuan("5.00"), desk.day), desk.day);
        std::vector<store::Envelope> both{
            desk.envelope(Reverse{loan_number("L3"), *paid.event_sequence, "录错"}, desk.day),
            desk.pays(1, "1.00")};
        REQUIRE(store::execute(desk.app, std::span{both}.first(1)).front().is_booked());
        CHECK_FALSE(store::draft(desk.app, both));
        auto const outcomes = store::execute(desk.app, both);
        CHECK(outcomes[0].is_replay);
        CHECK(outcomes[1].is_booked());
    }
    SECTION("the one before it was not written")
    {
        auto lost = store::draft(desk.app, batch);
        std::vector<store::Envelope> const next{desk.pays(1, "2.00")};
        auto const draft = store::draft(desk.app, next);
        REQUIRE(draft);
        lost.reset();
        other.booked(repay(loan_number("L2"), yuan("1.00"), desk.day), desk.day);
        CHECK_FALSE(store::write(desk.app, *draft)); // though the number would be right now
    }
    CHECK(receipt_of(store::execute(desk.app, batch).front()).entry_number);
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("Nothing is drafted without the lease, nor on what is not in memory, nor where all is no")
{
    auto const url = fresh_books();
    Drafting desk{url};
    Desk other{url, "other"};
    other.booked(repay(loan_number("L1"), yuan("1.00"), desk.day), desk.day);
    auto const pays = [&](Desk& by, char const* loan) {
        return std::vector<store::Envelope>{
            by.envelope(repay(loan_number(loan), yuan("1.00"), desk.day), desk.day)};
    };
    CHECK_FALSE(store::take_lease(other.app, fengqing()));
    CHECK_FALSE(store::draft(other.app, pays(other, "L1")));
    CHECK_FALSE(store::draft(desk.app, pays(desk, "L9"))); // of which nobody knows
    std::vector<store::Envelope> const too_much{
        desk.envelope(disburse(loan_number("L1"), yuan("1.00"), desk.day), desk.day)};
    CHECK_FALSE(store::draft(desk.app, too_much)); // refused: only the database knows if rightly

    // The holder's connection ends, and the lease is free.
    desk.app = store::Database{url, store::Role::app};
    CHECK(take_lease_again(other.app));
}
