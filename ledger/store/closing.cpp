// Closing business days. The loans on which something is owed are loaded once for a stretch of
// days; a stretch is one database transaction and ends at a day's end, so that a day is closed with
// its accruals or not at all. Where the database refuses a stretch, its days go one command at a
// time through execute, so that only what is wrong is listed. A payment waits for one stretch at
// most.
#include "ledger/store/batch.hpp"
#include "ledger/store/spelling.hpp"
#include "store/execute.hpp"

#include <algorithm>

namespace store {
namespace {

using ledger::Date;
using ledger::Refusal;
using ledger::Refused;

inline constexpr int days_in_a_stretch = 31;

/// What is asked for, the same for every day.
struct Asked {
    ledger::CountyCode county;
    Date through;
    Date today;
    std::string actor;
};

ledger::Digest digest_of(std::string const& key)
{
    auto const* bytes = reinterpret_cast<std::uint8_t const*>(key.data());
    return ledger::leaf_digest({bytes, key.size()}, ledger::DigestAlgorithm::sha256);
}

Envelope accrual(Asked const& asked, Date day, ledger::LoanNumber const& loan)
{
    std::string const key = std::string{closing_keys} + day.text() + ":" + loan.text();
    return {asked.county, key, digest_of(key), asked.actor, day, ledger::Accrue{loan, day}};
}

Envelope end_of_day(Asked const& asked, Date day)
{
    std::string const key = std::string{closing_keys} + day.text();
    return {asked.county, key, digest_of(key), asked.actor, asked.today, ledger::CloseDay{day}};
}

void note(Closing& closing, ledger::LoanNumber const& loan, Outcome const& outcome)
{
    if (auto const* receipt = std::get_if<Receipt>(&outcome.answer))
        closing.accruals_posted += receipt->entry_number && !outcome.is_replay ? 1 : 0;
    else
        closing.failed.emplace_back(loan, std::get<Refused>(outcome.answer));
}

std::vector<ledger::LoanNumber> due_on(ledger::WorkingBooks const& books, Date day,
                                       Closing& closing)
{
    std::vector<ledger::LoanNumber> due;
    for (auto const& [number, loan] : books.loans()) {
        try {
            if (ledger::accrual_due_on(loan, day)) due.push_back(number);
        } catch (ledger::Bug const&) {
            closing.failed.push_back({number, {Refusal::internal_fault, {}, {}}});
        }
    }
    return due;
}

/// The day after the last closed one; before any closing the opening day, or the first booked one.
Date first_open_day(pqxx::transaction_base& transaction, CountyState const& state,
                    Asked const& asked)
{
    if (state.closed_through) return state.closed_through->plus_days(1);
    if (state.opened_on) return *state.opened_on;
    auto const row = transaction.exec_params1(
        "SELECT min(booked_on) FROM ledger.entry_card WHERE county_code = $1", asked.county.text());
    return row[0].is_null() ? asked.through : std::min(stored<Date>(row[0].c_str()), asked.through);
}

/// Days that were closed together: empty when nothing is left to close, nothing without books.
using Stretch = std::optional<std::vector<Closing>>;

/// Closes the next days in one transaction.
Stretch close_stretch(Database::Session& session, Asked const& asked)
{
    std::vector<Closing> closings;
    pqxx::work transaction{session.open()};
    auto const state = begin_batch(transaction, asked.county, {});
    if (!state) return std::nullopt;
    Date day = first_open_day(transaction, *state, asked);
    if (day > asked.through) return closings;
    Date const last = std::min(asked.through, day.plus_days(days_in_a_stretch - 1));
    Batch batch{asked.county, *state, load_owing(transaction, asked.county, *state), {}};
    for (; day <= last; day = day.plus_days(1)) {
        Closing closing{day, 0, {}, false};
        for (auto const& loan : due_on(batch.books(), day, closing))
            note(closing, loan, batch.perform(accrual(asked, day, loan), {}));
        auto const ended = batch.perform(end_of_day(asked, day), {});
        if (!ended.is_booked()) throw IntegrityFault{"a day could not be closed: " + day.text()};
        if (batch.pending() >= append_chunk) batch.flush(transaction);
        closings.push_back(std::move(closing));
    }
    batch.flush(transaction);
    transaction.commit();
    return closings;
}

/// One day through the plain path: each accrual stands or falls alone, and what an earlier attempt
/// posted is replayed by its key.
Stretch close_day_plainly(Database& app, Asked const& asked)
{
    Closing closing;
    std::vector<Envelope> envelopes;
    auto& session = app.session();
    {
        pqxx::work transaction{session.open()};
        auto const state = begin_batch(transaction, asked.county, {});
        if (!state) return std::nullopt;
        closing.day = first_open_day(transaction, *state, asked);
        if (closing.day > asked.through) return std::vector<Closing>{};
        auto const books = load_owing(transaction, asked.county, *state);
        for (auto const& loan : due_on(books, closing.day, closing))
            envelopes.push_back(accrual(asked, closing.day, loan));
    }
    auto const outcomes = execute(app, envelopes);
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        note(closing, std::get<ledger::Accrue>(envelopes[i].command).loan, outcomes[i]);
    Envelope const end = end_of_day(asked, closing.day);
    if (!execute(app, {&end, 1}).front().is_booked())
        throw IntegrityFault{"a day could not be closed: " + closing.day.text()};
    return std::vector{std::move(closing)};
}

Stretch close_next(Database& app, Asked const& asked)
{
    auto& session = app.session();
    for (int tries = 0;; ++tries) {
        bool const was_open = session.connection != nullptr;
        try {
            try {
                return close_stretch(session, asked);
            } catch (pqxx::broken_connection const& error) {
                session.drop();
                if (!was_open || tries > 0) throw DatabaseUnavailable{error.what()};
            } catch (pqxx::transaction_rollback const& error) {
                if (tries == retry_limit) throw DatabaseUnavailable{error.what()};
            } catch (...) {
                rethrow_as_store_fault(session);
            }
        } catch (IntegrityFault const&) {
            return close_day_plainly(app, asked);
        }
    }
}

} // namespace

ledger::Result<std::vector<Closing>> close_days(Database& app, ledger::CountyCode const& county,
                                                Date day, Date today, std::string const& actor,
                                                std::function<void(Closing const&)> report)
{
    LEDGER_ASSERT(day <= today);
    Asked const asked{county, day, today, actor};
    std::vector<Closing> all;
    for (;;) {
        auto closings = close_next(app, asked);
        if (!closings) return ledger::refuse(Refusal::county_not_found, "county", county.text());
        for (auto& closing : *closings) {
            if (report) report(closing);
            all.push_back(std::move(closing));
        }
        if (closings->empty() || all.back().day >= day) break;
    }
    if (all.empty()) {
        all.push_back({day, 0, {}, true});
        if (report) report(all.back());
    }
    return all;
}

} // namespace store
