// The one write path: a database transaction around one county's batch, or around everything when
// all or nothing is asked. Retries what the database asks to retry, halves a batch that the
// database refuses until the guilty command stands alone, and never repeats a commit in doubt: it
// looks the keys up behind the county's lock, where the old transaction must have ended.
#include "store/execute.hpp"

#include "ledger/store/batch.hpp"
#include "ledger/store/kept_books.hpp"

#include <algorithm>
#include <random>
#include <thread>

namespace store {
namespace {

using ledger::Refusal;
using ledger::Refused;

/// Envelopes of one county, by their index, in order.
struct Part {
    ledger::CountyCode county;
    std::vector<std::size_t> indexes;
};

class Run {
  public:
    Run(Database& app, std::span<Envelope const> envelopes, ExecuteOptions const& options)
        : app_{app}
        , envelopes_{envelopes}
        , options_{options}
        , is_atomic_{options.all_or_nothing || options.dry_run}
        , outcomes_(envelopes.size(), Outcome{Refused{Refusal::internal_fault, {}, {}}, false})
    {
    }

    std::vector<Outcome> all();

  private:
    std::vector<Part> parts() const;
    void one_transaction(std::span<Part const>);
    void attempt(std::span<Part const>);
    void perform(pqxx::transaction_base&, Part const&, bool& is_refused);
    Batch begun(pqxx::transaction_base&, Part const&, CountyState,
                std::vector<Envelope const*> const&);
    void keep_books();
    void commit(pqxx::work&);
    void resolve_doubt();
    void halve(Part const&, std::string const& why);
    void tell_progress();

    Database& app_;
    std::span<Envelope const> envelopes_;
    ExecuteOptions const& options_;
    bool const is_atomic_;
    std::vector<Outcome> outcomes_;
    std::size_t done_ = 0;
    /// Of the attempt under way: what it must have booked, and what it left.
    struct Booking {
        ledger::CountyCode county;
        std::vector<std::string> keys;
        Kept left; ///< in memory
    };
    std::vector<Booking> booking_;
};

/// Whole counties in order of their code; cut to a batch's size where the caller allows it.
std::vector<Part> Run::parts() const
{
    std::map<ledger::CountyCode, std::vector<std::size_t>> by_county;
    for (std::size_t i = 0; i < envelopes_.size(); ++i) {
        LEDGER_ASSERT(!envelopes_[i].idempotency_key.empty());
        by_county[envelopes_[i].county].push_back(i);
    }
    std::vector<Part> parts;
    for (auto& [county, indexes] : by_county) {
        std::size_t const most = is_atomic_ ? indexes.size() : batch_limit_import;
        for (std::size_t at = 0; at < indexes.size(); at += most) {
            auto const from = indexes.begin() + static_cast<std::ptrdiff_t>(at);
            auto const until =
                indexes.begin() + static_cast<std::ptrdiff_t>(std::min(at + most, indexes.size()));
            parts.push_back({county, {from, until}});
        }
    }
    return parts;
}

std::vector<Outcome> Run::all()
{
    auto const all = parts();
    if (all.empty()) return {};
    if (is_atomic_) {
        one_transaction(all);
    } else {
        for (auto const& part : all) one_transaction({&part, 1});
    }
    return std::move(outcomes_);
}

void wait_before_retry(int attempt)
{
    static thread_local std::minstd_rand jitter{std::random_device{}()};
    std::uniform_int_distribution<int> spread{1, 10 << attempt};
    std::this_thread::sleep_for(std::chrono::milliseconds{spread(jitter)});
}

void Run::one_transaction(std::span<Part const> parts)
{
    std::size_t const done_before = done_;
    for (int tries = 0;; ++tries) {
        try {
            done_ = done_before;
            attempt(parts);
            return;
        } catch (pqxx::transaction_rollback const& error) { // 40001, 40P01
            if (tries == retry_limit) throw DatabaseUnavailable{error.what()};
            wait_before_retry(tries);
        } catch (IntegrityFault const& fault) {
            if (is_atomic_) throw;
            done_ = done_before;
            halve(parts.front(), fault.what());
            return;
        }
    }
}

/// The database said no to the whole: its halves are tried alone, down to the guilty command.
void Run::halve(Part const& part, std::string const& why)
{
    if (part.indexes.size() == 1) {
        auto const& envelope = envelopes_[part.indexes.front()];
        if (options_.on_fault)
            options_.on_fault(std::string{ledger::code_of(envelope.command)} + " " +
                              subject_of(envelope.command) + ": " + why);
        outcomes_[part.indexes.front()] = {Refused{Refusal::internal_fault, {}, {}}, false};
        ++done_;
        return;
    }
    auto const middle = part.indexes.begin() + static_cast<std::ptrdiff_t>(part.indexes.size() / 2);
    Part const first{part.county, {part.indexes.begin(), middle}};
    Part const second{part.county, {middle, part.indexes.end()}};
    one_transaction({&first, 1});
    one_transaction({&second, 1});
}

void Run::attempt(std::span<Part const> parts)
{
    booking_.clear();
    auto& session = app_.session();
    bool const was_open = session.connection != nullptr;
    try {
        pqxx::work transaction{session.open()};
        bool is_refused = false;
        for (auto const& part : parts) perform(transaction, part, is_refused);
        if (options_.dry_run || (options_.all_or_nothing && is_refused)) {
            transaction.abort();
            return;
        }
        commit(transaction);
    } catch (pqxx::broken_connection const& error) {
        // Nothing was committed: a commit's own break is dealt with in commit(). A connection that
        // went stale while it was idle is opened again once.
        session.drop();
        if (!was_open) throw DatabaseUnavailable{error.what()};
        attempt(parts);
    } catch (...) {
        rethrow_as_store_fault(session);
    }
}

void Run::commit(pqxx::work& transaction)
{
    try {
        transaction.commit();
        keep_books();
    } catch (pqxx::in_doubt_error const&) {
        resolve_doubt();
    } catch (pqxx::broken_connection const&) {
        resolve_doubt();
    }
}

/// Behind the county's lock the old transaction has ended, one way or the other.
void Run::resolve_doubt()
{
    Database again{app_.session().url, Role::app, app_.session().connect_timeout_s};
    for (auto const& [county, keys, left] : booking_) {
        if (keys.empty()) continue;
        try {
            pqxx::work transaction{again.session().open()};
            see(transaction, county.text());
            begin_batch(transaction, county);
            auto const known = known_answers(transaction, county, keys);
            if (known.size() == keys.size()) continue;
        } catch (...) {
            rethrow_as_store_fault(again.session());
        }
        throw DatabaseUnavailable{"the commit broke off and booked nothing"};
    }
}

void Run::keep_books()
{
    auto& kept = kept_of(app_.session());
    auto const epoch = ++*app_.session().epoch; // no draft from before stands on these
    for (auto& [county, keys, left] : booking_) {
        left.epoch = epoch;
        kept.keep(county, std::move(left));
    }
}

/// On the books that are still in memory, with what they lack.
Batch Run::begun(pqxx::transaction_base& transaction, Part const& part, CountyState state,
                 std::vector<Envelope const*> const& envelopes)
{
    auto const sealing = app_.shared_sealing();
    auto kept = kept_of(app_.session()).take(part.county);
    bool const is_current = kept && kept->epoch == *app_.session().epoch &&
                            kept->state.last_batch_number == state.last_batch_number;
    state.in_memory_since = is_current ? kept->state.in_memory_since : state.last_batch_number;
    auto books = is_current ? std::move(kept->books) : empty_books(transaction, part.county, state);
    load_into(books, transaction, part.county, touched_by(envelopes), sealing.get());
    std::vector<std::string> keys;
    for (auto const* envelope : envelopes) keys.push_back(envelope->idempotency_key);
    return {part.county, state, std::move(books), known_answers(transaction, part.county, keys),
            sealing};
}

void Run::perform(pqxx::transaction_base& transaction, Part const& part, bool& is_refused)
{
    std::vector<Envelope const*> envelopes;
    for (auto const index : part.indexes) envelopes.push_back(&envelopes_[index]);
    see(transaction, part.county.text());
    auto const state = begin_batch(transaction, part.county);
    if (!state) {
        is_refused = true;
        for (auto const index : part.indexes)
            outcomes_[index] = {Refused{Refusal::county_not_found, "county", {}}, false};
        done_ += part.indexes.size();
        return;
    }
    Batch batch = begun(transaction, part, *state, envelopes);
    for (auto const index : part.indexes) {
        outcomes_[index] = batch.perform(envelopes_[index], options_.on_fault);
        is_refused = is_refused || !outcomes_[index].is_booked();
        if (batch.pending() >= append_chunk) batch.flush(transaction);
        ++done_;
        tell_progress();
    }
    batch.flush(transaction);
    // What is checked at the commit is checked while its county is seen.
    if (is_atomic_) transaction.exec("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED");
    booking_.push_back({part.county, batch.new_keys(), batch.take_left()});
}

void Run::tell_progress()
{
    constexpr std::size_t step = 256;
    if (options_.progress && (done_ % step == 0 || done_ == envelopes_.size()))
        options_.progress(done_);
}

} // namespace

std::vector<Outcome> execute(Database& app, std::span<Envelope const> envelopes,
                             ExecuteOptions const& options)
{
    return Run{app, envelopes, options}.all();
}

} // namespace store
