// One county's part of one database transaction: locks, what the books hold, decisions in memory,
// rows to append. The caller owns the transaction and commits it; nothing here retries.
#pragma once

#include "ledger/store/row_arrays.hpp"
#include "ledger/store/session.hpp"
#include "ledger/working_books.hpp"
#include "store/execute.hpp"
#include "store/queries.hpp"

#include <boost/json.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace store {

/// Where a county's books stood when its row was locked.
struct CountyState {
    std::optional<ledger::Date> opened_on;
    std::optional<ledger::Date> closed_through;
    std::int64_t last_entry_number = 0;
    std::int64_t last_batch_number = 0;
    ledger::DigestAlgorithm algorithm{};
    Instant recorded_at{}; ///< the instant of everything that this batch records
    /// Whatever was touched by later batches than this one is in memory.
    std::int64_t in_memory_since = 0;
};

/// What a set of commands touches, each in sorted order.
struct Touched {
    std::set<std::string> loans, funds, borrowers, villages, households, townships;
    std::set<ledger::ResidentId> resident_ids; ///< of those who register
    std::set<ledger::RegisterName> registers;
    std::set<ledger::RegisterName> with_dependents; ///< of them those that are reversed
};
Touched touched_by(std::vector<Envelope const*> const&);

/// Locks the county; nullopt when there are no books of it.
std::optional<CountyState> begin_batch(pqxx::transaction_base&, ledger::CountyCode const&);

/// A key that was used: its command's digest and its first answer.
struct KnownAnswer {
    ledger::Digest body_digest{};
    Receipt receipt;
};
using KnownAnswers = std::map<std::string, KnownAnswer>;
KnownAnswers known_answers(pqxx::transaction_base&, ledger::CountyCode const&,
                           std::vector<std::string> const& keys);

/// False: the commands look at something that the database is asked each time, whatever is in
/// memory.
bool can_be_held(Touched const&);
/// Do the books hold everything that the commands may look at?
bool hold_all(ledger::WorkingBooks const&, Touched const&);
/// Everything that the commands may look at and that the books do not hold yet, by set.
/// `sealing` where somebody registers; it may be null where nobody does.
void load_into(ledger::WorkingBooks&, pqxx::transaction_base&, ledger::CountyCode const&,
               Touched const&, Sealing const* sealing);
/// The same into empty books.
ledger::WorkingBooks empty_books(pqxx::transaction_base&, ledger::CountyCode const&,
                                 CountyState const&);
ledger::WorkingBooks load_books(pqxx::transaction_base&, ledger::CountyCode const&,
                                CountyState const&, Touched const&, Sealing const* sealing);
/// The next numbers of the loans of which the books hold something that a closing may move, in the
/// database's order.
std::vector<std::string> loans_to_close(pqxx::transaction_base&, ledger::CountyCode const&,
                                        std::string const& after, std::size_t limit);
std::size_t count_to_close(pqxx::transaction_base&, ledger::CountyCode const&);

/// Of the loans for which somebody entered an event on such a day, the sequence of the last one. A
/// provisioning is left out: the closing itself enters those.
using LastEvents = std::map<std::string, int>;
LastEvents last_events(pqxx::transaction_base&, ledger::CountyCode const&,
                       std::optional<ledger::Date> booked_from);
/// Loans by number. Their programme is the one given.
std::vector<ledger::Loan> load_loans(pqxx::transaction_base&, ledger::CountyCode const&,
                                     std::set<std::string> const& numbers,
                                     std::shared_ptr<ledger::Programme const> const&);
/// Households by number.
std::vector<ledger::Household> load_households(pqxx::transaction_base&, ledger::CountyCode const&,
                                               std::set<std::string> const& numbers);
/// Registers by name, and those that name one of `with_dependents`.
std::vector<ledger::Register> load_registers(pqxx::transaction_base&, ledger::CountyCode const&,
                                             std::set<ledger::RegisterName> const&,
                                             std::set<ledger::RegisterName> const& with_dependents);
/// Empty tables of rules where there are no books of the county.
ProgrammeTables load_programme_tables(pqxx::transaction_base&, ledger::CountyCode const&);
std::shared_ptr<ledger::Programme const> load_programme(pqxx::transaction_base&,
                                                        ledger::CountyCode const&);
/// The same, from memory where the session has read it and nothing was ruled since. The rules
/// change in a batch of no command, or nobody notices.
std::shared_ptr<ledger::Programme const>
known_programme(Database::Session&, pqxx::transaction_base&, ledger::CountyCode const&);

inline constexpr std::size_t append_chunk = 1000; ///< commands a statement; bounds its text

/// Rows waiting to be appended, numbered and sealed.
class Appender {
  public:
    Appender(ledger::CountyCode county, CountyState const& state,
             std::shared_ptr<Sealing const> sealing);

    /// Numbers and seals the effects, and says what was booked. `books` holds them already.
    Receipt book(Envelope const&, ledger::Effects const&, ledger::WorkingBooks const& books);
    std::size_t pending() const { return answers_.size(); }
    /// Where the county stands after what was taken.
    CountyState state(ledger::Books const&) const;
    /// What is pending, rows by the name of their kind, and nothing is pending any more.
    boost::json::object take_rows(ledger::Books const&);

  private:
    void add_entry(Envelope const&, ledger::Effects const&, Receipt&);
    void add_loan(ledger::Loan const&, ledger::Effects const&, Receipt const&);
    void add_household(ledger::Household const&, ledger::HouseholdEvent const&, Receipt const&);
    void add_borrower(ledger::Borrower const&);
    void add_answer(Envelope const&, Receipt const&);
    std::int64_t next_position_version() const;
    /// Where what a posting moves stands in moved_, from one on.
    std::int64_t place_of(ledger::Posting const&);

    ledger::CountyCode county_;
    CountyState state_;
    std::shared_ptr<Sealing const> sealing_;
    std::int64_t next_entry_number_ = 1;
    std::map<std::pair<ledger::AccountName, ledger::Unit>, std::int64_t> moved_places_;
    boost::json::array borrowers_, personal_, funds_, loans_, entries_, moved_, postings_, events_,
        positions_, standings_, households_, household_events_, household_standings_,
        register_facts_, answers_;
};

/// Books in memory and where the county stood with them (kept_books.hpp).
struct Kept;

/// Writes a batch through the one SQL function.
void append(pqxx::transaction_base&, ledger::CountyCode const&, BatchText const&);

/// The decisions of one county in one transaction.
class Batch {
  public:
    Batch(ledger::CountyCode const& county, CountyState state, ledger::WorkingBooks books,
          KnownAnswers known, std::shared_ptr<Sealing const> sealing);

    /// Replays, refuses or books. A bug answers internal_fault alone and is told to `on_fault`.
    Outcome perform(Envelope const&, std::function<void(std::string const&)> const& on_fault);
    void flush(pqxx::transaction_base& transaction)
    {
        if (appender_.pending() > 0) append(transaction, county_, take());
    }
    /// What is pending, to be written by append.
    boost::json::object take_rows() { return appender_.take_rows(books_.books()); }
    BatchText take() { return batch_text(take_rows()); }
    std::size_t pending() const { return appender_.pending(); }
    ledger::WorkingBooks const& books() const { return books_; }
    /// When everything is taken: the books as they are then. Their epoch is the caller's to say.
    Kept take_left();
    /// Keys booked here and not before.
    std::vector<std::string> const& new_keys() const { return new_keys_; }

  private:
    ledger::CountyCode county_;
    ledger::WorkingBooks books_;
    Appender appender_;
    KnownAnswers known_;
    std::shared_ptr<Sealing const> sealing_;
    std::vector<std::string> new_keys_;
};

/// What the books keep of the command as the client wrote it, under each key, the newest first: of
/// one that names a resident id a keyed digest, or the id could be guessed from it.
std::vector<ledger::Digest> kept_digests(Envelope const&, Sealing const*);

/// The named subject of a command: loan number, fund code, borrower number or date.
std::string subject_of(ledger::Command const&);

} // namespace store
