// Lives of decided stories, day by day: each gets its numbers, accounts, running balances and
// digests, and goes to the database in numbered batches. The owner writes here what append_batch
// writes for everybody else; the guards of the tables stand in the way of both.
#include "store/generate.hpp"

#include "store/checkpoints.hpp"

#include "ledger/store/batch.hpp"
#include "ledger/store/personal_rows.hpp"
#include "ledger/store/rows.hpp"
#include "ledger/store/spelling.hpp"
#include "ledger/store/story.hpp"

#include <algorithm>
#include <unordered_map>

namespace store {
namespace {

namespace json = boost::json;
using ledger::CountyCode;

constexpr std::int64_t positions_per_batch = 4096; // as append_batch numbers their versions
static_assert(generated_batch < positions_per_batch);

/// A step of a story and everybody who takes it, which is all who live the story.
struct Day {
    ledger::Date on;
    std::size_t story, step;
};

/// An account of the county: of its own, of a fund or of a village.
struct SharedAccount {
    std::int64_t number = 0;
    std::array<std::int64_t, 3> balances{}; ///< by unit
};

std::string numbered(std::string_view prefix, std::size_t number)
{
    constexpr std::size_t width = 7;
    std::string const digits = std::to_string(number + 1);
    return std::string{prefix} + std::string(width - std::min(width, digits.size()), '0') + digits;
}

class Generator {
  public:
    Generator(Database& owner, CountyCode const& county, DecidedStories const& stories,
              std::span<Life const> lives, std::function<void(std::size_t)> const& progress)
        : owner_{owner}
        , session_{owner.session()}
        , county_{county}
        , stories_{stories}
        , lives_{lives}
        , progress_{progress}
        , first_account_(lives.size(), 0)
    {
        filling(Gap::county) = county.text();
        filling(Gap::fund) = "0";
    }

    ledger::Result<Generated> run()
    {
        if (auto begun = begin(); !begun) return std::unexpected{begun.error()};
        for (auto const& step : stories_.opening.steps) take(stories_.opening, step);
        std::vector<std::vector<std::size_t>> who(stories_.lives.size());
        for (std::size_t i = 0; i < lives_.size(); ++i) who.at(lives_[i].story).push_back(i);
        for (auto const& day : calendar())
            for (std::size_t const life : who[day.story]) live(life, day.step);
        flush();
        generated_.loans = static_cast<std::int64_t>(lives_.size());
        return generated_;
    }

  private:
    std::string& filling(Gap gap) { return filling_[static_cast<std::size_t>(gap)]; }

    ledger::Result<void> begin();
    void find_villages(pqxx::transaction_base&);
    std::vector<Day> calendar() const;
    void live(std::size_t life, std::size_t step);
    void take(DecidedStory const&, StoryStep const&);
    void register_borrower(StoryStep const&);
    void book(DecidedStory const&, StoryStep const&);
    void post(DecidedStory const&, StoryPosting const&, std::string const& subkey, int line);
    std::int64_t own_account(DecidedStory const&, std::size_t place);
    SharedAccount& shared_account(ledger::AccountCode const&, std::string const& subkey);
    std::int64_t new_account(ledger::AccountCode const&, std::string const& subkey);
    void flush();

    Database& owner_;
    Database::Session& session_;
    CountyCode county_;
    DecidedStories const& stories_;
    std::span<Life const> lives_;
    std::function<void(std::size_t)> const& progress_;

    std::vector<std::string> villages_;
    std::optional<Staging> staging_;
    CountyState state_;
    std::int64_t last_account_ = 0;
    std::vector<std::int64_t> first_account_; ///< of each life's own
    std::unordered_map<std::string, SharedAccount> shared_;

    std::size_t life_ = 0; ///< whose turn it is
    Filling filling_;
    ledger::AccountCode const fund_available_ = stored<ledger::AccountCode>("2314.01");
    json::array personal_;
    std::size_t pending_ = 0, done_ = 0;
    std::int64_t pending_entries_ = 0;
    Generated generated_;
};

constexpr int townships = 10, villages_each = 10; ///< of a county that has none

/// A county that is on no list has places without names; who has them keeps them.
void invent_units(pqxx::transaction_base& transaction, CountyCode const& county)
{
    transaction.exec_params(
        "INSERT INTO register.administrative_unit"
        " (county_code, code, name, parent_code, valid_from, valid_until)"
        " SELECT $1::text, t.code, '虚构' || t.n || '乡', $1::text, $4::date, $5::date"
        " FROM (SELECT n, $1::text || (100 + n) AS code FROM generate_series(1, $2::integer) n) t"
        " UNION ALL"
        " SELECT $1::text, t.code || (200 + v), '虚构' || t.n || '乡' || v || '村', t.code, "
        "$4::date, $5::date"
        " FROM (SELECT n, $1::text || (100 + n) AS code FROM generate_series(1, $2::integer) n) t,"
        " generate_series(1, $3::integer) v",
        county.text(), townships, villages_each, ledger::all_days.from.text(),
        ledger::all_days.until.text());
}

void Generator::find_villages(pqxx::transaction_base& transaction)
{
    auto const find = [&] {
        for (auto const& row : transaction.exec_params(
                 "SELECT code FROM register.administrative_unit WHERE county_code = $1"
                 " AND length(code) = 12 ORDER BY code",
                 county_.text()))
            villages_.emplace_back(row[0].c_str());
    };
    find();
    if (!villages_.empty()) return;
    invent_units(transaction, county_);
    find();
}

ledger::Result<void> Generator::begin()
{
    pqxx::work transaction{session_.open()};
    see(transaction, county_.text());
    auto const state = begin_batch(transaction, county_);
    if (!state) return ledger::refuse(ledger::Refusal::county_not_found, "county", county_.text());
    auto const used = transaction.exec_params1(
        "SELECT EXISTS (SELECT FROM ledger.command_answer WHERE county_code = $1)", county_.text());
    if (used[0].as<bool>()) {
        return ledger::refuse(ledger::Refusal::books_not_empty, "county", county_.text());
    }
    state_ = *state;
    find_villages(transaction);
    staging_.emplace(transaction);
    transaction.commit();
    return {};
}

/// All steps of all stories, in the order of their days.
std::vector<Day> Generator::calendar() const
{
    std::vector<Day> days;
    for (std::size_t story = 0; story < stories_.lives.size(); ++story)
        for (std::size_t step = 0; step < stories_.lives[story].steps.size(); ++step)
            days.push_back({stories_.lives[story].steps[step].on, story, step});
    std::ranges::stable_sort(days, {}, &Day::on); // a story's steps stay in order
    return days;
}

void Generator::live(std::size_t life, std::size_t step)
{
    life_ = life;
    filling(Gap::loan) = numbered("G", life);
    filling(Gap::borrower) = numbered("GB", life);
    filling(Gap::household) = numbered("GH", life);
    filling(Gap::village) = villages_[lives_[life].village % villages_.size()];
    auto const& story = stories_.lives[lives_[life].story];
    take(story, story.steps[step]);
}

void Generator::take(DecidedStory const& story, StoryStep const& step)
{
    std::int64_t const version =
        (state_.last_batch_number + 1) * positions_per_batch + static_cast<std::int64_t>(pending_);
    filling(Gap::version) = std::to_string(version);
    state_.recorded_at = recorded_on(step.on);
    if (step.registers_borrower) register_borrower(step);
    if (step.entry) book(story, step);
    for (auto const& [table, row] : step.rows) row.append_to(staging_->rows(table), filling_);
    ++done_;
    if (++pending_ == generated_batch) flush();
}

void Generator::register_borrower(StoryStep const& step)
{
    auto const& life = lives_[life_];
    ledger::Borrower const borrower{stored<ledger::BorrowerNumber>(filling(Gap::borrower)),
                                    life.name,
                                    life.resident_id,
                                    stored<ledger::HouseholdNumber>(filling(Gap::household)),
                                    stored<ledger::UnitCode>(filling(Gap::village)),
                                    step.party_branch,
                                    step.on};
    auto row = row_of(borrower);
    row["county_code"] = county_.text();
    staging_->rows(Staged::borrower) += staging_->line(Staged::borrower, row);
    personal_.push_back(
        personal_row(owner_.sealing(), county_, borrower.number,
                     {ledger::PersonalKind::resident_id, borrower.resident_id.reveal(),
                      borrower.resident_id.masked()}));
}

std::int64_t Generator::new_account(ledger::AccountCode const& code, std::string const& subkey)
{
    auto& rows = staging_->rows(Staged::account);
    rows += county_.text() + "\t" + std::to_string(++last_account_) + "\t" + code.text() + "\t" +
            subkey + "\n";
    return last_account_;
}

/// The numbers of a life's own accounts follow each other; all are given with the first of them.
std::int64_t Generator::own_account(DecidedStory const& story, std::size_t place)
{
    std::int64_t& first = first_account_[life_];
    if (first == 0) {
        first = last_account_ + 1;
        for (auto const& account : story.own)
            new_account(account.code, account.subkey.filled(filling_));
    }
    return first + static_cast<std::int64_t>(place);
}

SharedAccount& Generator::shared_account(ledger::AccountCode const& code, std::string const& subkey)
{
    auto& account = shared_[code.text() + "/" + subkey];
    if (account.number == 0) account.number = new_account(code, subkey);
    return account;
}

void Generator::post(DecidedStory const& story, StoryPosting const& posting,
                     std::string const& subkey, int line)
{
    std::int64_t account = 0, balance = posting.own_balance;
    if (posting.own) {
        account = own_account(story, *posting.own);
    } else {
        auto& shared = shared_account(posting.code, subkey);
        account = shared.number;
        auto& held = shared.balances[static_cast<std::size_t>(posting.unit) - 1];
        held += posting.side == ledger::Side::debit ? posting.minor_units : -posting.minor_units;
        balance = held;
        if (posting.code == fund_available_) filling(Gap::fund) = std::to_string(-held);
    }
    auto& rows = staging_->rows(Staged::posting);
    for (auto const& cell :
         {county_.text(), filling(Gap::entry_number), std::to_string(line), std::to_string(account),
          std::string{spelled(posting.side)}, std::string{spelled(posting.unit)},
          std::to_string(posting.minor_units), std::to_string(balance)})
    {
        rows += cell;
        rows += '\t';
    }
    rows.back() = '\n';
}

void Generator::book(DecidedStory const& story, StoryStep const& step)
{
    auto const& entry = *step.entry;
    filling(Gap::entry_number) = std::to_string(++state_.last_entry_number);
    std::vector<ledger::Posting> postings;
    int line = 0;
    for (auto const& each : entry.postings) {
        auto& posting =
            postings.emplace_back(ledger::AccountName{each.code, each.subkey.filled(filling_)},
                                  each.side, each.unit, each.minor_units);
        post(story, each, posting.account.subkey, ++line);
    }
    ledger::EntryRecord const record{county_,
                                     state_.last_entry_number,
                                     state_.recorded_at,
                                     entry.actor,
                                     entry.idempotency_key.filled(filling_),
                                     entry.subject.filled(filling_),
                                     entry.event_sequence,
                                     ledger::JournalEntry::balanced(entry.cause, entry.value_on,
                                                                    step.on, entry.narrative,
                                                                    std::move(postings))};
    filling(Gap::digest) =
        ledger::hex(ledger::leaf_digest(ledger::canonical_encoding(record), state_.algorithm));
    ++pending_entries_;
    ++generated_.entries;
    generated_.postings += line;
}

/// What append_batch does of these rows, in its order, with its guards.
void Generator::flush()
{
    if (pending_ == 0) return;
    pqxx::work transaction{session_.open()};
    see(transaction, county_.text());
    transaction.exec_params("SELECT ledger.number_batch($1, $2, $3, $4, $5)", county_.text(),
                            ++state_.last_batch_number, instant_text(state_.recorded_at), pending_,
                            pending_entries_);
    staging_->send(transaction, Staged::borrower);
    if (!personal_.empty()) {
        transaction.exec_params("SELECT register.append_personal($1, $2::jsonb, $3::jsonb)",
                                county_.text(), json::serialize(std::exchange(personal_, {})),
                                json::serialize(key_row(owner_.sealing())));
    }
    for (std::size_t i = 1; i < staged_tables; ++i)
        staging_->send(transaction, static_cast<Staged>(i));
    transaction.exec_params(
        "UPDATE ledger.county SET last_account_number = $2 WHERE county_code = $1", county_.text(),
        last_account_);
    transaction.commit();
    pending_ = 0;
    pending_entries_ = 0;
    if (progress_) progress_(done_);
}

} // namespace

std::size_t count_commands(DecidedStories const& stories, std::span<Life const> lives)
{
    std::size_t commands = stories.opening.steps.size();
    for (auto const& life : lives) commands += stories.lives.at(life.story).steps.size();
    return commands;
}

ledger::Result<Generated> generate_books(Database& owner, CountyCode const& county,
                                         DecidedStories const& stories, std::span<Life const> lives,
                                         std::function<void(std::size_t)> const& progress)
{
    try {
        auto generated = Generator{owner, county, stories, lives, progress}.run();
        if (generated) take_checkpoint(owner, county);
        return generated;
    } catch (...) {
        rethrow_as_store_fault(owner.session());
    }
}

} // namespace store
