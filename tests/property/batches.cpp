// A batch is its commands one after the other, whether it is decided behind the county's lock or
// ahead, on the books in memory. Seeded random commands, good ones and ones that the books refuse,
// keys that come again, keys with another body: what is executed one at a time in one database, in
// batches of random size in another and in drafts in a third gives the same answers and the same
// books, but for the instants and the digests that hold them (which the doctor checks against the
// entries).
#include "tests/property/random_life.hpp"

#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/whole_books.hpp"

#include "store/draft.hpp"

#include <catch2/catch.hpp>

#include <deque>
#include <iterator>
#include <set>
#include <span>

using namespace ledger;
using namespace store;
using ledger::test::Dice;
using ledger::test::runs;
using ledger::test::seed_of;
using ::test::complaints;
using ::test::Desk;
using ::test::difference;
using ::test::event_on;
using ::test::fengqing;
using ::test::fresh_books;
using ::test::id;
using ::test::in_words;
using ::test::loan_number;
using ::test::on;
using ::test::timeless;
using ::test::whole_books;
using ::test::yuan;

namespace {

constexpr int borrowers = 8;
constexpr int loans_at_first = 6;
constexpr int batch_most = 64;
constexpr int drafted_most = 6; ///< most drafts then hold no key that comes again
constexpr int commands_a_run = 240;

/// Two funds, eight borrowers, six loans that are out: the same before both ways.
void set_the_stage(Desk& desk)
{
    desk.open(borrowers);
    Date const day = on("2015-01-05");
    desk.booked(OpenFund{id<FundCode>("F2"), "村级资金", "待县里确认"}, day);
    desk.booked(PayIntoFund{id<FundCode>("F2"), yuan("90000.00"), day, "进账单"}, day);
    for (int n = 1; n <= loans_at_first; ++n) desk.lend(n);
}

/// Makes up the commands, with an eye on the books that are kept one command at a time.
class MadeUp {
  public:
    MadeUp(Desk& desk, std::uint64_t seed)
        : dice_{seed}
        , desk_{desk}
    {
    }

    Envelope next();

  private:
    Command any_command();
    Command any_event(LoanNumber const&, Date value_on);
    Money any_amount(LoanNumber const&, Date value_on);
    LoanNumber any_loan()
    {
        return loan_number("L" + std::to_string(dice_.between(1, borrowers + 1)));
    }

    Dice dice_;
    Desk& desk_;
    Date today_ = on("2015-02-03");
    std::vector<Envelope> sent_;
};

Envelope MadeUp::next()
{
    if (!sent_.empty() && dice_.one_in(8)) {
        auto const back = dice_.between(1, std::min(40, static_cast<int>(sent_.size())));
        Envelope again = sent_[sent_.size() - static_cast<std::size_t>(back)];
        if (dice_.one_in(3)) again.body_digest.fill(0xff);
        return again;
    }
    if (dice_.one_in(3)) today_ = today_.plus_days(dice_.between(0, 12));
    Date const booked_on = dice_.one_in(40) ? today_.plus_days(-15) : today_;
    Envelope envelope = desk_.envelope(any_command(), booked_on);
    envelope.body_digest.fill(static_cast<std::uint8_t>(sent_.size() % 251));
    sent_.push_back(envelope);
    return envelope;
}

Command MadeUp::any_command()
{
    auto const loan = any_loan();
    Date const value_on = dice_.one_in(3) ? today_.plus_days(-dice_.between(-1, 60)) : today_;
    int const n = dice_.between(1, borrowers + 2);
    switch (dice_.between(1, 20)) {
    case 1:
    case 2: return Reverse{loan, dice_.between(0, 9), "录错"};
    case 3: {
        auto proposal = ::test::propose(n, value_on);
        if (dice_.one_in(2)) proposal.fund = id<FundCode>("F2");
        if (dice_.one_in(6)) proposal.fund = id<FundCode>("F9");
        return proposal;
    }
    case 4:
        return PayIntoFund{id<FundCode>(dice_.any_of({"F1", "F2", "F9"})), dice_.amount(5),
                           value_on, "进账单"};
    case 5: return ::test::register_borrower(n);
    case 6:
        if (dice_.one_in(4)) return CloseDay{today_.plus_days(-dice_.between(1, 30))};
        return Accrue{loan, value_on};
    default: return any_event(loan, value_on);
    }
}

Command MadeUp::any_event(LoanNumber const& loan, Date value_on)
{
    auto const amount = any_amount(loan, value_on);
    switch (dice_.between(1, 20)) {
    case 1:
    case 2: return ::test::approve(loan, yuan("50000.00"), value_on);
    case 3:
    case 4: return ::test::disburse(loan, yuan(dice_.any_of({"50000.00", "20000.00"})), value_on);
    case 5: return event_on(loan, value_on, Waived{DebtComponent::interest, amount});
    case 6: return event_on(loan, value_on, Waived{DebtComponent::penalty, Money::fen(1)});
    case 7: return event_on(loan, value_on, OverpaymentRefunded{amount});
    case 8: return event_on(loan, value_on, CostCharged{amount});
    case 9: return event_on(loan, value_on, RateChanged{*Rate::parse("5.20")});
    default: return ::test::repay(loan, amount, value_on);
    }
}

/// A little, nothing, an instalment, far too much, or exactly what settles the loan early.
Money MadeUp::any_amount(LoanNumber const& number, Date value_on)
{
    int const way = dice_.between(1, 10);
    if (way == 1) return Money{};
    if (way == 2) return yuan("60000.00");
    if (way == 3) {
        auto const loan = store::loan(desk_.reader, fengqing(), number);
        if (loan && !loan->events.empty()) return fold(*loan, value_on).payoff;
    }
    return way < 7 ? yuan("2189.70") : dice_.amount(5);
}

std::vector<Outcome> in_batches(Desk& desk, std::vector<Envelope> const& envelopes, Dice& dice)
{
    std::vector<Outcome> outcomes;
    for (std::size_t at = 0; at < envelopes.size();) {
        auto const size =
            std::min(envelopes.size() - at, static_cast<std::size_t>(dice.between(1, batch_most)));
        for (auto& outcome : execute(desk.app, {envelopes.data() + at, size}))
            outcomes.push_back(std::move(outcome));
        at += size;
    }
    return outcomes;
}

/// As the writer of a service does it: batches are decided up to two ahead of the one that is
/// written, what cannot be drafted or is not written goes the long way, and now and then somebody
/// without the lease writes between.
class DecidedAhead {
  public:
    DecidedAhead(Desk& desk, std::string const& url, Dice& dice)
        : desk_{desk}
        , other_{url, "other"}
        , dice_{dice}
    {
    }
    std::vector<Outcome> all(std::vector<Envelope> const& envelopes);
    int written = 0; ///< drafts
    int refused = 0; ///< drafts, by the database

  private:
    using Part = std::span<Envelope const>;
    struct Ahead {
        DraftPtr draft;
        Part envelopes;
    };
    void take(Part);
    void write_first();
    void write_all()
    {
        while (!ahead_.empty()) write_first();
    }
    void add(std::vector<Outcome> more) { std::ranges::move(more, std::back_inserter(outcomes_)); }
    void go_the_long_way(Database& app, Part envelopes) { add(execute(app, envelopes)); }

    Desk& desk_;
    Desk other_;
    Dice& dice_;
    std::deque<Ahead> ahead_;
    std::vector<Outcome> outcomes_;
};

std::vector<Outcome> DecidedAhead::all(std::vector<Envelope> const& envelopes)
{
    REQUIRE(take_lease(desk_.app, fengqing()));
    for (std::size_t at = 0; at < envelopes.size();) {
        auto const size = std::min(envelopes.size() - at,
                                   static_cast<std::size_t>(dice_.between(1, drafted_most)));
        take({envelopes.data() + at, size});
        at += size;
    }
    write_all();
    return std::move(outcomes_);
}

void DecidedAhead::take(Part envelopes)
{
    if (dice_.one_in(12)) {
        write_all();
        return go_the_long_way(other_.app, envelopes);
    }
    auto draft = store::draft(desk_.app, envelopes);
    if (!draft) {
        write_all();
        return go_the_long_way(desk_.app, envelopes);
    }
    ahead_.push_back({std::move(draft), envelopes});
    if (std::ssize(ahead_) > dice_.between(0, 2)) write_first();
}

void DecidedAhead::write_first()
{
    auto const first = std::move(ahead_.front());
    ahead_.pop_front();
    auto outcomes = store::write(desk_.app, *first.draft);
    ++(outcomes ? written : refused);
    if (!outcomes) return go_the_long_way(desk_.app, first.envelopes);
    add(*std::move(outcomes));
}

void require_same(std::vector<Outcome> const& alone, std::vector<Outcome> const& batched)
{
    REQUIRE(alone.size() == batched.size());
    for (std::size_t n = 0; n < alone.size(); ++n) {
        INFO("command " << n << " alone: " << in_words(alone[n])
                        << ", in a batch: " << in_words(batched[n]));
        CHECK(timeless(alone[n]).answer == timeless(batched[n]).answer);
        CHECK(alone[n].is_replay == batched[n].is_replay);
    }
}

/// Every key that was booked answers its first receipt again, the instant and the digest too.
void require_replayed(Desk& desk, std::vector<Envelope> const& sent,
                      std::vector<Outcome> const& outcomes, Dice& dice)
{
    std::vector<Envelope> booked;
    std::vector<Outcome> first;
    for (std::size_t n = 0; n < sent.size(); ++n) {
        if (!outcomes[n].is_booked()) continue;
        booked.push_back(sent[n]);
        first.push_back(outcomes[n]);
    }
    auto const again = in_batches(desk, booked, dice);
    for (std::size_t n = 0; n < booked.size(); ++n) {
        CHECK(again[n].is_replay);
        CHECK(again[n].answer == first[n].answer);
    }
}

} // namespace

TEST_CASE("Random batches give the answers and the books of the same commands one at a time")
{
    std::set<Refusal> refused;
    std::size_t booked = 0, replayed = 0;
    int written = 0, void_drafts = 0;
    for (int run = 0; run < runs(3, 60); ++run) {
        INFO("DAIFU_SEED=" << seed_of(run));
        auto const url_alone = fresh_books(), url_batched = fresh_books();
        auto const url_drafted = fresh_books();
        Desk alone{url_alone}, batched{url_batched}, drafted{url_drafted};
        for (Desk* const desk : {&alone, &batched, &drafted}) set_the_stage(*desk);

        MadeUp made_up{alone, seed_of(run)};
        std::vector<Envelope> sent;
        std::vector<Outcome> first;
        for (int n = 0; n < commands_a_run; ++n) {
            sent.push_back(made_up.next());
            first.push_back(execute(alone.app, {&sent.back(), 1}).front());
            if (auto const* const no = std::get_if<Refused>(&first.back().answer))
                refused.insert(no->code);
            booked += first.back().is_booked() && !first.back().is_replay ? 1 : 0;
            replayed += first.back().is_replay ? 1 : 0;
        }
        Dice cuts{seed_of(run) + 1};
        auto const second = in_batches(batched, sent, cuts);
        require_same(first, second);
        DecidedAhead ahead{drafted, url_drafted, cuts};
        auto const third = ahead.all(sent);
        require_same(first, third);
        written += ahead.written;
        void_drafts += ahead.refused;
        auto const books = whole_books(url_alone);
        CHECK(difference(books, whole_books(url_batched)) == "");
        CHECK(difference(books, whole_books(url_drafted)) == "");
        require_replayed(alone, sent, first, cuts);
        require_replayed(batched, sent, second, cuts);
        require_replayed(drafted, sent, third, cuts);
        for (auto const& url : {url_alone, url_batched, url_drafted})
            CHECK(difference(books, whole_books(url)) == "");
        for (Desk* const desk : {&alone, &batched, &drafted})
            CHECK(complaints(desk->auditor) == "");
    }
    // That the dice fall on what was promised: much is booked, much is refused, keys come again.
    INFO(written << " drafts written, " << void_drafts << " void");
    CHECK(written > 10);
    CHECK(void_drafts > 3);
    INFO(booked << " booked, " << replayed << " again, " << refused.size() << " kinds of refusal");
    CHECK(booked > 100);
    CHECK(replayed > 10);
    CHECK(refused.size() > 15);
    CHECK_FALSE(refused.contains(Refusal::internal_fault));
}
