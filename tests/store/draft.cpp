// Batches that are decided in memory while the one before is written: the same books as the long
// way, and never any that rest on what did not happen.
#include "store/draft.hpp"

#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

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
    bool is_taken = store::take_lease(other.app, fengqing());
    for (int tries = 0; tries < 100 && !is_taken; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
        is_taken = store::take_lease(other.app, fengqing());
    }
    CHECK(is_taken);
}
