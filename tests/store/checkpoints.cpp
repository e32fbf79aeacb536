// Balances of the past against a second, slow computation, which adds every posting up: on random
// books with late entries and reversals, by value date, by booking day and as known at an instant,
// wherever the checkpoints happen to lie.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include "store/checkpoints.hpp"
#include "store/queries.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <random>
#include <set>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

struct Sums {
    std::int64_t debits = 0, credits = 0, accounts = 0;
    bool operator==(Sums const&) const = default;
};
/// By line of the chart and unit; without those that never moved.
using Lines = std::map<std::pair<std::string, std::string>, Sums>;

Lines told(Desk& desk, BalanceDay const& day)
{
    Lines lines;
    for (auto const& line : trial_balance(desk.reader, fengqing(), day))
        if (line.debits + line.credits > 0)
            lines[{line.code.text(), line.unit}] = {line.debits, line.credits, line.accounts};
    return lines;
}

std::vector<EntryCard> journal_of(Desk& desk)
{
    std::vector<EntryCard> journal;
    each_entry(desk.reader, fengqing(), [&](EntryCard const& card) {
        journal.push_back(card);
        return true;
    });
    return journal;
}

bool is_of(EntryCard const& card, BalanceDay const& day)
{
    auto const& entry = card.record.entry;
    return (!day.booked_through || entry.booked_on() <= *day.booked_through) &&
           (!day.as_of || entry.value_on() <= *day.as_of);
}

Lines added_up(std::vector<EntryCard> const& journal, BalanceDay const& day)
{
    Lines lines;
    std::set<std::tuple<std::string, std::string, Unit>> opened;
    for (auto const& card : journal) {
        if (day.known_at && card.record.recorded_at > *day.known_at) break;
        for (auto const& posting : card.record.entry.postings()) {
            auto const& [code, subkey] = posting.account;
            bool const opens = opened.insert({code.text(), subkey, posting.unit}).second;
            if (!is_of(card, day)) continue;
            auto& line = lines[{code.text(), std::string{code_of(posting.unit)}}];
            (posting.side == Side::debit ? line.debits : line.credits) += posting.minor_units;
            line.accounts += opens ? 1 : 0;
        }
    }
    return lines;
}

std::map<std::string, std::int64_t> fund_held(std::vector<EntryCard> const& journal,
                                              BalanceDay const& day)
{
    std::map<std::string, std::int64_t> held;
    for (auto const& card : journal) {
        if (day.known_at && card.record.recorded_at > *day.known_at) break;
        if (!is_of(card, day)) continue;
        for (auto const& posting : card.record.entry.postings())
            if (posting.account.subkey == "F1")
                held[posting.account.code.text()] +=
                    posting.side == Side::credit ? posting.minor_units : -posting.minor_units;
    }
    return held;
}

/// A year of a small county, in which something is entered every few days, most of it late.
class RandomBooks {
  public:
    RandomBooks(unsigned seed, bool is_closed)
        : dice_{seed}
        , is_closed_{is_closed}
    {
        desk.open(loans);
        for (int n = 1; n <= loans; ++n) desk.lend(n, on("2015-01-20").plus_days(9 * n));
        if (is_closed_) desk.booked(OpenBooks{today_}, today_);
        while (today_ < on("2016-03-10")) {
            today_ = today_.plus_days(roll(0, 9));
            happen();
            if (roll(0, 5) == 0) rest();
        }
    }

    Desk desk{fresh_books()};
    int checkpoints = 0, late = 0, reversals = 0;

    int roll(int least, int most) { return std::uniform_int_distribution{least, most}(dice_); }

  private:
    static constexpr int loans = 5;

    Date some_day()
    {
        return std::max(on("2015-01-12"), today_.plus_days(-roll(0, 1) * roll(0, 200)));
    }
    void count(Outcome const& outcome, Date day, int& which)
    {
        bool const is_entry = outcome.is_booked() && std::get<Receipt>(outcome.answer).entry_number;
        which += is_entry ? 1 : 0;
        late += is_entry && day < today_ ? 1 : 0;
    }
    void happen()
    {
        int booked = 0;
        Date const day = some_day();
        LoanNumber const loan = loan_number("L" + std::to_string(roll(1, loans)));
        switch (roll(0, 5)) {
        case 0:
            count(desk.one(Reverse{loan, roll(3, 9), "录错"}, today_), today_, reversals);
            break;
        case 1:
            count(desk.one(PayIntoFund{id<FundCode>("F1"), Money::yuan(roll(1, 900)), day, "回单"},
                           today_),
                  day, booked);
            break;
        case 2:
            count(
                desk.one(
                    RecordHouseholdEvent{id<HouseholdNumber>("N" + std::to_string(roll(1, 9))),
                                         day,
                                         HouseholdRegistered{"户主", id<UnitCode>(first_village()),
                                                             Standing::poor, roll(1, 6)},
                                         {},
                                         {}},
                    today_),
                day, booked);
            break;
        default: count(desk.one(repay(loan, Money::yuan(roll(1, 4000)), day), today_), day, booked);
        }
    }
    /// The day is over: it is closed, or what was booked is added up without a closing.
    void rest()
    {
        if (is_closed_) {
            REQUIRE(close_days(desk.app, fengqing(), today_, today_, "closing"));
            today_ = today_.plus_days(1);
        } else {
            take_checkpoint(desk.app, fengqing());
        }
        ++checkpoints;
    }

    std::mt19937 dice_;
    bool is_closed_;
    Date today_ = on("2015-03-10");
};

void compare(RandomBooks& books)
{
    auto const journal = journal_of(books.desk);
    std::vector<std::optional<Instant>> instants{std::nullopt, journal.front().record.recorded_at -
                                                                   std::chrono::microseconds{1}};
    for (int i = 0; i < 5; ++i)
        instants.push_back(
            journal[static_cast<std::size_t>(books.roll(0, static_cast<int>(journal.size()) - 1))]
                .record.recorded_at);
    // Before all, month ends and their neighbours, any day, and after all.
    std::vector<Date> days{on("2014-12-31"), on("2015-01-05"), on("2016-12-31")};
    for (auto const month : {"2015-01-31", "2015-02-28", "2015-06-30", "2015-12-31", "2016-02-29"})
        for (int beside : {-1, 0, 1}) days.push_back(on(month).plus_days(beside));
    for (int i = 0; i < 6; ++i) days.push_back(on("2015-01-05").plus_days(books.roll(0, 430)));

    for (auto const& known_at : instants) {
        std::vector<BalanceDay> questions{{.known_at = known_at}};
        for (Date const day : days) {
            questions.push_back({.as_of = day, .known_at = known_at});
            questions.push_back({.booked_through = day, .known_at = known_at});
        }
        for (auto const& day : questions) {
            CAPTURE(day.as_of.value_or(Date{}).text(), day.booked_through.value_or(Date{}).text(),
                    known_at.has_value());
            CHECK(told(books.desk, day) == added_up(journal, day));
        }
        for (Date const day : days) {
            if (day < on("2015-01-05")) continue; // the fund is not there yet
            auto const lines = fund_figures(books.desk.reader, fengqing(), day, known_at);
            auto held = fund_held(journal, {.as_of = day, .known_at = known_at});
            CAPTURE(day.text(), known_at.has_value());
            CHECK(lines.back().fund.available.fen() == held["2314.01"]);
            CHECK(lines.back().fund.lent.fen() == held["2314.03"]);
        }
    }
}

} // namespace

TEST_CASE("A balance of the past is the sum of its postings, wherever checkpoints were taken")
{
    for (bool const is_closed : {false, true})
        for (unsigned seed = 1; seed <= 2; ++seed) {
            CAPTURE(seed, is_closed);
            RandomBooks books{seed, is_closed};
            CHECK(books.checkpoints > 3);
            CHECK(books.late > 5);
            CHECK(books.reversals > 0);
            compare(books);
            CHECK(complaints(books.desk.auditor) == "");
        }
}
