#include "store/draft.hpp"

#include "ledger/store/batch.hpp"
#include "ledger/store/kept_books.hpp"
#include "ledger/store/session.hpp"

#include <algorithm>
#include <atomic>

namespace store {

using Epoch = std::shared_ptr<std::atomic<std::uint64_t>>;

struct Draft {
    ledger::CountyCode county;
    Epoch current; ///< the session's
    std::uint64_t epoch = 0;
    BatchText batch;
    std::vector<Outcome> outcomes;
    bool is_written = false;

    Draft(ledger::CountyCode where, Epoch of_session)
        : county{std::move(where)}
        , current{std::move(of_session)}
        , epoch{*current}
    {
    }
    /// What is not written never happened, and what was decided after it does not stand.
    ~Draft()
    {
        if (!is_written) void_all();
    }
    void void_all()
    {
        auto mine = epoch;
        current->compare_exchange_strong(mine, epoch + 1);
    }
    Draft(Draft const&) = delete;
    Draft& operator=(Draft const&) = delete;
};

void DropDraft::operator()(Draft* draft) const
{
    delete draft;
}

namespace {

/// Now, and never before what was recorded last; the database refuses a clock that is wrong.
Instant recorded_after(Instant last)
{
    using std::chrono::system_clock;
    return std::max(last, std::chrono::floor<std::chrono::microseconds>(system_clock::now()));
}

bool is_of_one_county(std::span<Envelope const> envelopes)
{
    return std::ranges::all_of(envelopes, [&](Envelope const& envelope) {
        return envelope.county == envelopes.front().county;
    });
}

/// Loads what the books lack, on a connection of its own beside the one that writes. What is being
/// written meanwhile is not missed: it touches only what is in memory already. False: the other
/// connection leads to a database that is behind, a standby perhaps.
bool load_lacking(Database& app, Kept& kept, Touched const& touched)
{
    auto& session = app.session();
    auto const& county = kept.books.books().county;
    if (!session.beside)
        session.beside =
            std::make_unique<Database>(session.url, Role::reader, session.connect_timeout_s);
    return reading(*session.beside, county, [&](pqxx::transaction_base& transaction) {
        auto const row = prepared(transaction, "last_batch",
                                  "SELECT last_batch_number FROM ledger.county_status"
                                  " WHERE county_code = $1",
                                  county.text());
        if (row.at(0)[0].as<std::int64_t>() < kept.state.in_memory_since) return false;
        load_into(kept.books, transaction, county, touched, nullptr);
        return true;
    });
}

constexpr int lease_locks = 0x6461'6966; ///< "daif": the first key of our advisory locks

} // namespace

bool take_lease(Database& app, ledger::CountyCode const& county)
{
    auto& session = app.session();
    if (session.leases.contains(county)) return true;
    try {
        pqxx::nontransaction transaction{session.open()};
        auto const row = prepared(transaction, "take_lease",
                                  "SELECT pg_try_advisory_lock($1::integer, $2::integer)",
                                  lease_locks, county.text());
        if (row[0][0].as<bool>()) session.leases.insert(county);
    } catch (...) {
        rethrow_as_store_fault(session);
    }
    return session.leases.contains(county);
}

DraftPtr draft(Database& app, std::span<Envelope const> envelopes)
{
    if (envelopes.empty() || envelopes.size() > batch_limit_interactive) return {};
    if (!is_of_one_county(envelopes)) return {};
    auto const& county = envelopes.front().county;
    if (!app.session().leases.contains(county)) return {};
    auto& kept = kept_of(app.session());
    std::vector<Envelope const*> pointers;
    for (auto const& envelope : envelopes) pointers.push_back(&envelope);
    auto const epoch = app.session().epoch->load();
    auto const* const held = kept.of(county);
    auto const touched = touched_by(pointers);
    if (held == nullptr || held->epoch != epoch || !can_be_held(touched)) return {};

    auto before = *kept.take(county);
    try {
        if (!hold_all(before.books, touched) && !load_lacking(app, before, touched)) return {};
    } catch (DatabaseUnavailable const&) {
        return {}; // the long way has the words for it
    }
    before.state.recorded_at = recorded_after(before.state.recorded_at);
    Batch batch{county, before.state, std::move(before.books), {}, app.shared_sealing()};
    DraftPtr draft{new Draft{county, app.session().epoch}};
    draft->epoch = epoch;
    try {
        for (auto const& envelope : envelopes)
            draft->outcomes.push_back(batch.perform(envelope, {}));
    } catch (IntegrityFault const&) {
        return {}; // the long way finds the guilty one
    }
    // What is refused may be the repetition of a key that was used before: only the database knows,
    // and a draft asks it nothing.
    bool const is_sure = std::ranges::all_of(draft->outcomes, &Outcome::is_booked);
    if (is_sure) draft->batch = batch.take();
    if (batch.pending() == 0) {
        auto left = batch.take_left();
        left.epoch = epoch;
        kept.keep(county, std::move(left));
    }
    if (is_sure) return draft;
    draft->is_written = true; // nothing rests on it
    return {};
}

std::optional<std::vector<Outcome>> write(Database& app, Draft& draft)
{
    if (draft.epoch != *draft.current) return std::nullopt;
    try {
        pqxx::nontransaction transaction{app.session().open()};
        append(transaction, draft.county, draft.batch);
        draft.is_written = true;
        return std::move(draft.outcomes);
    } catch (std::exception const&) {
        draft.void_all();
        return std::nullopt;
    }
}

} // namespace store
