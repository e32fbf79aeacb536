// One command against the books in memory: replayed when its key is known, refused, or booked. A
// bug ends the command and nothing else.
#include "ledger/store/batch.hpp"
#include "ledger/store/kept_books.hpp"
#include "ledger/store/personal_rows.hpp"

#include <algorithm>

namespace store {

using ledger::Refusal;
using ledger::Refused;

namespace {

/// Asked here again, where the books are locked: where the command takes effect is known for sure.
ledger::Result<void> check_confinement(Envelope const& envelope, ledger::WorkingBooks const& books)
{
    if (envelope.confined_to.is_empty()) return {};
    auto const now = books.situation_for(envelope.command, envelope.booked_on);
    return ledger::check_place(envelope.confined_to, place_of(envelope.command, now));
}

} // namespace

std::vector<ledger::Digest> kept_digests(Envelope const& envelope, Sealing const* sealing)
{
    if (!std::holds_alternative<ledger::RegisterBorrower>(envelope.command))
        return {envelope.body_digest};
    if (sealing == nullptr) throw IntegrityFault{"there is no key to seal personal data with"};
    return keyed_digests(*sealing, envelope.body_digest);
}

Batch::Batch(ledger::CountyCode const& county, CountyState state, ledger::WorkingBooks books,
             KnownAnswers known, std::shared_ptr<Sealing const> sealing)
    : county_{county}
    , books_{std::move(books)}
    , appender_{county, state, sealing}
    , known_{std::move(known)}
    , sealing_{std::move(sealing)}
{
}

Kept Batch::take_left()
{
    auto state = appender_.state(books_.books());
    return {state, std::move(books_), 0};
}

Outcome Batch::perform(Envelope const& envelope,
                       std::function<void(std::string const&)> const& on_fault)
{
    if (auto const found = known_.find(envelope.idempotency_key); found != known_.end()) {
        auto const same = kept_digests(envelope, sealing_.get());
        if (std::ranges::find(same, found->second.body_digest) == same.end())
            return {Refused{Refusal::idempotency_key_reused, "Idempotency-Key", {}}, false};
        return {found->second.receipt, true};
    }
    ledger::Result<ledger::Effects> decided;
    try {
        auto const own = check_confinement(envelope, books_);
        if (!own) return {own.error(), false};
        decided = books_.perform(envelope.command, envelope.booked_on);
    } catch (ledger::Bug const& bug) {
        if (on_fault)
            on_fault(std::string{ledger::code_of(envelope.command)} + " " +
                     subject_of(envelope.command) + ": " + bug.what());
        return {Refused{Refusal::internal_fault, {}, {}}, false};
    }
    if (!decided) return {decided.error(), false};
    // The books in memory hold it now: a bug from here on ends the whole batch.
    try {
        Receipt receipt = appender_.book(envelope, *decided, books_);
        known_.emplace(envelope.idempotency_key,
                       KnownAnswer{kept_digests(envelope, sealing_.get()).front(), receipt});
        new_keys_.push_back(envelope.idempotency_key);
        return {std::move(receipt), false};
    } catch (ledger::Bug const& bug) {
        throw IntegrityFault{bug.what()};
    }
}

} // namespace store
