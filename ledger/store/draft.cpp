#include "store/draft.hpp"

#include "ledger/store/batch.hpp"
#include "ledger/store/kept_books.hpp"
#include "ledger/store/session.hpp"

#include <algorithm>

namespace store {

struct Draft {
    ledger::CountyCode county;
    std::string batch; ///< as ledger.append_batch reads it
    std::vector<Outcome> outcomes;
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
    return std::max(last,
                    std::chrono::floor<std::chrono::microseconds>(system_clock::now()));
}

bool is_of_one_county(std::span<Envelope const> envelopes)
{
    return std::ranges::all_of(envelopes, [&](Envelope const& envelope) {
        return envelope.county == envelopes.front().county;
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
    auto const* const held = kept.of(county);
    if (held == nullptr || !hold_all(held->books, touched_by(pointers))) return {};

    auto [state, books] = *kept.take(county);
    state.recorded_at = recorded_after(state.recorded_at);
    Batch batch{county, state, std::move(books), {}, app.shared_sealing()};
    DraftPtr draft{new Draft{county, {}, {}}};
    try {
        for (auto const& envelope : envelopes)
            draft->outcomes.push_back(batch.perform(envelope, {}));
    } catch (IntegrityFault const&) {
        return {}; // the long way finds the guilty one
    }
    // Where nothing is written, nothing tells whether the books in memory are the database's.
    if (batch.pending() == 0) return {};
    draft->batch = batch.take();
    kept.keep(county, batch.take_left());
    return draft;
}

std::optional<std::vector<Outcome>> write(Database& app, Draft& draft)
{
    try {
        pqxx::nontransaction transaction{app.session().open()};
        append(transaction, draft.county, draft.batch);
        return std::move(draft.outcomes);
    } catch (std::exception const&) {
        return std::nullopt;
    }
}

} // namespace store
