// The one writer under many threads that submit at once: everybody is answered once, in truth, also
// when the queue is full, the server goes away or the writer ends. Built with ThreadSanitizer too
// (preset thread), so that what only one interleaving in a million shows is seen in each.
#include "daifud/writer.hpp"

#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/keys.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <latch>
#include <thread>

using daifud::Writer;
using namespace ledger;
using namespace test;

namespace {

constexpr int loans = 8;
constexpr int submitters = 16;
constexpr int payments_each = 20;
constexpr std::size_t long_queue = 10'000;
Date const day = on("2015-03-02");

/// What the writer's answers said; counted on its thread, read on the test's.
struct Answers {
    std::atomic<int> booked = 0, replayed = 0, refused = 0, unavailable = 0;

    void take(store::Outcome const& outcome)
    {
        if (auto const* const no = std::get_if<Refused>(&outcome.answer)) {
            ++(no->code == Refusal::database_unavailable ? unavailable : refused);
        } else {
            ++(outcome.is_replay ? replayed : booked);
        }
    }
    int all() const { return booked + replayed + refused + unavailable; }
};

store::Envelope payment(int submitter, int n, Money amount)
{
    store::Envelope envelope;
    envelope.county = fengqing();
    envelope.idempotency_key = "paid-" + std::to_string(submitter) + "-" + std::to_string(n);
    envelope.actor = "clerk";
    envelope.booked_on = day;
    auto const loan = "L" + std::to_string(1 + (submitter + n) % loans);
    envelope.command = repay(loan_number(loan), amount, day);
    return envelope;
}

/// All threads at once; each submits its payments, again where the queue is full, the last one of
/// them of nothing.
void submit_from_everywhere(Writer& writer, Answers& answers, int first = 0)
{
    std::latch together{submitters};
    std::vector<std::jthread> threads;
    for (int submitter = 0; submitter < submitters; ++submitter) {
        threads.emplace_back([&, submitter] {
            together.arrive_and_wait();
            for (int n = first; n < first + payments_each; ++n) {
                bool const is_last = n == first + payments_each - 1;
                auto const amount = is_last ? Money{} : Money::fen(100 + n);
                while (!writer.submit(payment(submitter, n, amount),
                                      [&](store::Outcome outcome) { answers.take(outcome); }))
                {
                    std::this_thread::yield();
                }
            }
        });
    }
}

struct Lent {
    Lent()
        : url{fresh_books()}
        , desk{url}
    {
        desk.open(loans);
        for (int n = 1; n <= loans; ++n) desk.lend(n);
    }
    std::int64_t entries() { return store::county(desk.reader, fengqing())->entries; }

    std::string url;
    Desk desk;
};

} // namespace

TEST_CASE("Whoever submits from any thread is answered once, after his payment is in the books")
{
    auto const queue_limit = GENERATE(std::size_t{3}, long_queue);
    Lent books;
    auto const before = books.entries();
    http::Metrics metrics;
    std::atomic<int> commits = 0;
    Answers answers;
    {
        Writer writer{books.url, sealing(), queue_limit, metrics, [&] { ++commits; }};
        submit_from_everywhere(writer, answers);
        while (answers.all() < submitters * payments_each) std::this_thread::yield();
        submit_from_everywhere(writer, answers, payments_each); // on books that are in memory now
        submit_from_everywhere(writer, answers);                // the keys of the first
    }
    CHECK(answers.booked == 2 * submitters * (payments_each - 1));
    CHECK(answers.replayed == submitters * (payments_each - 1));
    CHECK(answers.refused == 3 * submitters);
    CHECK(answers.unavailable == 0);
    CHECK(commits >= 1);
    CHECK(commits <= answers.booked);
    CHECK(books.entries() == before + answers.booked);
    CHECK(complaints(books.desk.auditor) == "");
}

TEST_CASE("What comes while a batch is written is decided beside it")
{
    Lent books;
    http::Metrics metrics;
    Answers answers;
    auto const has_drafted = [&] {
        return metrics.text().find("\nledger_batches_drafted_total 0\n") == std::string::npos;
    };
    constexpr int patience = 20'000; // payments: whether two meet is the machine's to say
    int paid = 0;
    {
        Writer writer{books.url, sealing(), long_queue, metrics, [] {}};
        while (!has_drafted() && paid < patience) {
            REQUIRE(writer.submit(payment(0, paid, Money::fen(1)),
                                  [&](store::Outcome outcome) { answers.take(outcome); }));
            ++paid;
            while (answers.all() < paid - 1) std::this_thread::yield(); // one is always under way
        }
    }
    CHECK(has_drafted());
    CHECK(answers.booked == paid);
    CHECK(complaints(books.desk.auditor) == "");
}

TEST_CASE("A writer that ends books what it had taken, and answers it before it is gone")
{
    Lent books;
    http::Metrics metrics;
    Answers answers;
    {
        Writer writer{books.url, sealing(), long_queue, metrics, [] {}};
        for (int n = 0; n < 100; ++n) {
            REQUIRE(writer.submit(payment(0, n, Money::fen(100 + n)),
                                  [&](store::Outcome outcome) { answers.take(outcome); }));
        }
    }
    CHECK(answers.booked == 100);
    CHECK(answers.all() == 100);
    CHECK(complaints(books.desk.auditor) == "");
}

TEST_CASE("While the server goes away under load all are answered, and the key tells the truth")
{
    Lent books;
    auto const before = books.entries();
    http::Metrics metrics;
    Answers answers, again;
    {
        Writer writer{books.url, sealing(), long_queue, metrics, [] {}};
        submit_from_everywhere(writer, answers);
        Cluster::instance().crash();
        submit_from_everywhere(writer, answers, payments_each);
        while (answers.unavailable == 0) std::this_thread::yield();
        Cluster::instance().start();
        submit_from_everywhere(writer, again);
        submit_from_everywhere(writer, again, payments_each);
    }
    constexpr int good = 2 * submitters * (payments_each - 1);
    CHECK(answers.all() == 2 * submitters * payments_each);
    CHECK(again.booked + again.replayed == good);
    CHECK(again.replayed >= answers.booked); // what was answered is there
    CHECK(books.entries() == before + good);
    CHECK(complaints(books.desk.auditor) == "");
}
