// Seeded random lives of loans: terms and rules of every kind, then commands that fit and commands
// that do not, on the day or entered late. The same seed gives the same life.
// DAIFU_LONG=1 runs many more of them; DAIFU_SEED=N starts elsewhere. A failure prints its seed.
#pragma once

#include "ledger/working_books.hpp"

#include <map>
#include <random>

namespace ledger::test {

/// `usual` runs, or `often` in the long profile.
int runs(int usual, int often);
/// The seed of the n-th run.
std::uint64_t seed_of(int run);

class Dice {
  public:
    explicit Dice(std::uint64_t seed)
        : engine_{seed}
    {
    }
    int between(int low, int high)
    {
        return low + static_cast<int>(engine_() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool one_in(int n) { return between(1, n) == 1; }
    template <class T> T any_of(std::initializer_list<T> choices)
    {
        return *(choices.begin() + between(0, static_cast<int>(choices.size()) - 1));
    }
    /// Of every length, not only of seven digits.
    Money amount(int digits_at_most = 7);
    /// From one fen to all of it.
    Money part_of(Money);
    std::mt19937_64& engine() { return engine_; }

  private:
    std::mt19937_64 engine_;
};

/// Terms that mostly, not always, stand together.
Terms any_terms(Dice&, Date on);
Programme any_programme(Dice&);

class RandomLife {
  public:
    explicit RandomLife(std::uint64_t seed);
    virtual ~RandomLife() = default;

    /// Approval and a disbursement on the day, then `actions` random commands.
    void live(int actions);
    /// Some command of some kind on this day or a later one.
    void act();
    bool perform(Command const&);

    Loan const& loan() const { return *books.loan(number); }
    bool is_disbursed() const;
    Situation situation() const;

    Dice dice;
    LoanNumber number;
    WorkingBooks books;
    ProposeLoan proposal;
    Date today;
    Money paid_in, paid_into_risk_fund;
    /// Debits less credits of every entry that a command on the loan has booked.
    std::map<AccountName, std::int64_t> journal;

  protected:
    /// Sees every command just before it is performed.
    virtual void before(Command const&) {}

  private:
    Command any_command(Date value_on);
    Happening any_happening(Date value_on);
    Repaid any_repayment(Date value_on);
    Extended any_extension(LoanState const&);
    Rescheduled any_rescheduling(Date value_on);
};

/// The loan's events that count, in order of entry.
std::vector<LoanEvent> in_force(Loan const&);
/// The loan without its booked figures, with other events, numbered anew.
Loan with_events(Loan, std::vector<LoanEvent>);
/// "1 2015-01-05 approved 100.00 …" for the message of a failure.
std::string story_of(Loan const&);

} // namespace ledger::test
