// Closing business days. The loans of which the books hold something are loaded once for a stretch
// of days; a stretch is one database transaction and ends at a day's end, so that a day is closed
// with its accruals and provisions or not at all. Where the database refuses a stretch, its days go
// one command at a time through execute, so that only what is wrong is listed. A payment waits for
// one stretch at most.
#include "ledger/store/batch.hpp"
#include "ledger/store/spelling.hpp"
#include "store/execute.hpp"

#include <algorithm>
#include <set>

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

Envelope provision(Asked const& asked, Date day, ledger::LoanNumber const& loan)
{
    std::string const key = std::string{closing_keys} + day.text() + ":provision:" + loan.text();
    return {asked.county, key, digest_of(key),
            asked.actor,  day, ledger::RecordEvent{loan, day, ledger::Provisioned{}}};
}

Envelope end_of_day(Asked const& asked, Date day)
{
    std::string const key = std::string{closing_keys} + day.text();
    return {asked.county, key, digest_of(key), asked.actor, asked.today, ledger::CloseDay{day}};
}

/// What a day asks, by loan.
struct Work {
    ledger::LoanNumber loan;
    ledger::ClosingWork asked;
};

std::vector<Work> work_on(ledger::WorkingBooks const& books, Date day, Closing& closing)
{
    std::vector<Work> work;
    for (auto const& [number, loan] : books.loans()) {
        try {
            auto const asked = ledger::closing_work_on(loan, day);
            if (asked.accrue || asked.provision) work.push_back({number, asked});
        } catch (ledger::Bug const&) {
            closing.failed.push_back({number, {Refusal::internal_fault, {}, {}}});
        }
    }
    return work;
}

/// Counts what was posted anew; says whether the loan may go on.
bool note(Closing& closing, ledger::LoanNumber const& loan, Outcome const& outcome,
          std::int64_t& posted)
{
    if (auto const* receipt = std::get_if<Receipt>(&outcome.answer)) {
        posted += receipt->entry_number && !outcome.is_replay ? 1 : 0;
        return true;
    }
    closing.failed.emplace_back(loan, std::get<Refused>(outcome.answer));
    return false;
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
    Batch batch{asked.county, *state, load_to_close(transaction, asked.county, *state), {}};
    for (; day <= last; day = day.plus_days(1)) {
        Closing closing{day, 0, {}, false, 0};
        for (auto const& [loan, work] : work_on(batch.books(), day, closing)) {
            bool const goes_on =
                !work.accrue || note(closing, loan, batch.perform(accrual(asked, day, loan), {}),
                                     closing.accruals_posted);
            if (work.provision && goes_on)
                note(closing, loan, batch.perform(provision(asked, day, loan), {}),
                     closing.provisions_posted);
        }
        auto const ended = batch.perform(end_of_day(asked, day), {});
        if (!ended.is_booked()) throw IntegrityFault{"a day could not be closed: " + day.text()};
        if (batch.pending() >= append_chunk) batch.flush(transaction);
        closings.push_back(std::move(closing));
    }
    batch.flush(transaction);
    transaction.commit();
    return closings;
}

/// Accruals first; a loan whose accrual fails is not provisioned.
void post(Database& app, Asked const& asked, std::vector<Work> const& work, Closing& closing)
{
    std::set<ledger::LoanNumber> stopped;
    auto post_each = [&](bool ledger::ClosingWork::* is_wanted, auto envelope_of,
                         std::int64_t& posted) {
        std::vector<ledger::LoanNumber> loans;
        std::vector<Envelope> envelopes;
        for (auto const& [loan, wanted] : work) {
            if (!(wanted.*is_wanted) || stopped.contains(loan)) continue;
            loans.push_back(loan);
            envelopes.push_back(envelope_of(asked, closing.day, loan));
        }
        auto const outcomes = execute(app, envelopes);
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            if (!note(closing, loans[i], outcomes[i], posted)) stopped.insert(loans[i]);
    };
    post_each(&ledger::ClosingWork::accrue, accrual, closing.accruals_posted);
    post_each(&ledger::ClosingWork::provision, provision, closing.provisions_posted);
}

/// One day through the plain path: each command stands or falls alone, and what an earlier attempt
/// posted is replayed by its key.
Stretch close_day_plainly(Database& app, Asked const& asked)
{
    Closing closing;
    std::vector<Work> work;
    auto& session = app.session();
    {
        pqxx::work transaction{session.open()};
        auto const state = begin_batch(transaction, asked.county, {});
        if (!state) return std::nullopt;
        closing.day = first_open_day(transaction, *state, asked);
        if (closing.day > asked.through) return std::vector<Closing>{};
        work = work_on(load_to_close(transaction, asked.county, *state), closing.day, closing);
    }
    post(app, asked, work, closing);
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
