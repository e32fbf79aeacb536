// Closing business days. A stretch of days is posted in batches of loans, each one transaction, so
// that a payment waits for one batch at most; the stretch's last transaction posts for the loans
// that somebody changed since their batch and then closes the days. So a closed day has the
// accruals and provisions of everything that was booked before its end, and a closing that was
// stopped goes on: what is recognised, or provisioned as it should be, asks for nothing. Where the
// database refuses a batch, its loans go one command at a time through execute, so that only what
// is wrong is listed.
#include "ledger/store/batch.hpp"
#include "ledger/store/spelling.hpp"
#include "store/checkpoints.hpp"
#include "store/execute.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace store {
namespace {

using ledger::Date;
using ledger::Refusal;
using ledger::Refused;

inline constexpr int days_in_a_stretch = 31;
/// Batches of loans that were changed meanwhile, before the rest is taken in one: a register import
/// beside the closing may change loans as fast as it takes them.
inline constexpr int catch_up_limit = 10;

/// What is asked for, the same for every day.
struct Asked {
    ledger::CountyCode county;
    Date through;
    Date today;
    std::string actor;
    std::size_t batch_limit = 0;
};

/// Days that are closed together. None: nothing is left to close.
struct Stretch {
    std::vector<Closing> days;
    std::optional<Date> bookable_from; ///< what is entered while we work has such a day
    LastEvents known;                  ///< as the batches find them; others came later
    std::size_t loans = 0;
};

ledger::Digest digest_of(std::string const& key)
{
    auto const* bytes = reinterpret_cast<std::uint8_t const*>(key.data());
    return ledger::leaf_digest({bytes, key.size()}, ledger::DigestAlgorithm::sha256);
}

/// What a day asks of a loan.
struct Work {
    ledger::LoanNumber loan;
    ledger::ClosingWork wanted;
    std::size_t next_event = 0;
};

/// Its key is never asked for twice: once it is booked the loan is recognised through the day.
Envelope accrual(Asked const& asked, Date day, Work const& work)
{
    std::string const key = std::string{closing_keys} + day.text() + ":" + work.loan.text();
    return {asked.county, key, digest_of(key), asked.actor, day, ledger::Accrue{work.loan, day}};
}

/// A loan that changes after its provision is provisioned once more that day, hence the event.
Envelope event(Asked const& asked, Date day, Work const& work, char const* name,
               ledger::Happening what)
{
    std::string const key = std::string{closing_keys} + day.text() + ":" + name + ":" +
                            work.loan.text() + ":" + std::to_string(work.next_event);
    return {asked.county, key, digest_of(key),
            asked.actor,  day, ledger::RecordEvent{work.loan, day, std::move(what)}};
}

Envelope expiry(Asked const& asked, Date day, Work const& work)
{
    return event(asked, day, work, "expiry", ledger::ApprovalExpired{});
}

Envelope provision(Asked const& asked, Date day, Work const& work)
{
    return event(asked, day, work, "provision", ledger::Provisioned{});
}

Envelope end_of_day(Asked const& asked, Date day)
{
    std::string const key = std::string{closing_keys} + day.text();
    return {asked.county, key, digest_of(key), asked.actor, asked.today, ledger::CloseDay{day}};
}

std::vector<Work> work_on(ledger::WorkingBooks const& books, Closing& closing)
{
    std::vector<Work> work;
    for (auto const& [number, loan] : books.loans()) {
        try {
            auto const wanted = ledger::closing_work_on(loan, closing.day);
            if (wanted.accrue || wanted.expire || wanted.provision)
                work.push_back({number, wanted, loan.events.size() + 1});
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
    auto const& refused = std::get<Refused>(outcome.answer);
    // Another closing closed the day meanwhile: it has done the loan, or lists it.
    if (refused.code != Refusal::day_closed) closing.failed.emplace_back(loan, refused);
    return false;
}

/// Runs `work` in a transaction of the county and commits it; again where the database asks for it
/// or an idle connection went stale. Should it have been committed, doing it again does no harm:
/// what is posted asks for nothing.
template <class Work> auto in_transaction(Database& app, Asked const& asked, Work&& work)
{
    auto& session = app.session();
    for (int tries = 0;; ++tries) {
        bool const was_open = session.connection != nullptr;
        try {
            pqxx::work transaction{session.open()};
            see(transaction, asked.county.text());
            auto done = work(transaction);
            transaction.commit();
            return done;
        } catch (pqxx::broken_connection const& error) {
            session.drop();
            if (!was_open || tries > 0) throw DatabaseUnavailable{error.what()};
        } catch (pqxx::transaction_rollback const& error) {
            if (tries == retry_limit) throw DatabaseUnavailable{error.what()};
        } catch (...) {
            rethrow_as_store_fault(session);
        }
    }
}

/// Nothing may be booked on a day before it; empty where nothing says so.
std::optional<Date> bookable_from(CountyState const& state)
{
    if (!state.closed_through) return state.opened_on;
    Date const after = state.closed_through->plus_days(1);
    return state.opened_on ? std::max(after, *state.opened_on) : after;
}

/// The day after the last closed one, not before the books were opened; where neither was, the
/// first booked one.
Date first_open_day(pqxx::transaction_base& transaction, CountyState const& state,
                    Asked const& asked)
{
    if (auto const day = bookable_from(state)) return *day;
    auto const row = transaction.exec_params1(
        "SELECT min(booked_on) FROM ledger.entry_card WHERE county_code = $1", asked.county.text());
    return row[0].is_null() ? asked.through : std::min(stored<Date>(row[0].c_str()), asked.through);
}

/// Nothing where there are no books.
std::optional<Stretch> next_stretch(Database& app, Asked const& asked)
{
    return in_transaction(app, asked, [&](pqxx::work& transaction) -> std::optional<Stretch> {
        Stretch stretch;
        stretch.loans = count_to_close(transaction, asked.county); // takes long, so without a lock
        auto const state = begin_batch(transaction, asked.county);
        if (!state) return std::nullopt;
        Date const first = first_open_day(transaction, *state, asked);
        Date const last = std::min(asked.through, first.plus_days(days_in_a_stretch - 1));
        for (Date day = first; day <= last; day = day.plus_days(1))
            stretch.days.push_back({.day = day, .failed = {}});
        if (stretch.days.empty()) return stretch;
        stretch.bookable_from = bookable_from(*state);
        stretch.known = last_events(transaction, asked.county, stretch.bookable_from);
        return stretch;
    });
}

CountyState locked(pqxx::transaction_base& transaction, Asked const& asked)
{
    auto state = begin_batch(transaction, asked.county);
    if (!state) throw IntegrityFault{"the books of the county are gone"};
    return *std::move(state);
}

/// The days that no other closing has closed meanwhile, with nothing done on them yet.
std::vector<Closing> still_open(Stretch const& stretch, CountyState const& state)
{
    std::vector<Closing> open;
    for (auto const& closing : stretch.days)
        if (state.closed_through < closing.day) open.push_back({.day = closing.day, .failed = {}});
    return open;
}

using Loans = std::set<std::string>;

Batch batch_of(pqxx::transaction_base& transaction, Asked const& asked, CountyState const& state,
               Loans const& loans)
{
    Touched touched;
    touched.loans = loans;
    return {asked.county,
            state,
            load_books(transaction, asked.county, state, touched, nullptr),
            {},
            nullptr}; // nobody registers at a closing
}

/// Day after day what it asks of the loans: accruals first, so that an expiry and a provision
/// recognise no interest; a loan whose accrual fails gets neither.
void post(pqxx::transaction_base& transaction, Asked const& asked, Batch& batch,
          std::vector<Closing>& days)
{
    for (auto& closing : days) {
        for (auto const& work : work_on(batch.books(), closing)) {
            bool const goes_on =
                !work.wanted.accrue ||
                note(closing, work.loan, batch.perform(accrual(asked, closing.day, work), {}),
                     closing.accruals_posted);
            if (work.wanted.expire && goes_on)
                note(closing, work.loan, batch.perform(expiry(asked, closing.day, work), {}),
                     closing.approvals_expired);
            if (work.wanted.provision && goes_on)
                note(closing, work.loan, batch.perform(provision(asked, closing.day, work), {}),
                     closing.provisions_posted);
            if (batch.pending() >= append_chunk) batch.flush(transaction);
        }
    }
    batch.flush(transaction);
}

/// The same, each command alone.
void post_alone(Database& app, Asked const& asked, std::vector<Work> const& works, Closing& closing)
{
    std::set<ledger::LoanNumber> stopped;
    auto post_each = [&](bool ledger::ClosingWork::* is_wanted, auto envelope_of,
                         std::int64_t& posted) {
        std::vector<ledger::LoanNumber> loans;
        std::vector<Envelope> envelopes;
        for (auto const& work : works) {
            if (!(work.wanted.*is_wanted) || stopped.contains(work.loan)) continue;
            loans.push_back(work.loan);
            envelopes.push_back(envelope_of(asked, closing.day, work));
        }
        auto const outcomes = execute(app, envelopes);
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            if (!note(closing, loans[i], outcomes[i], posted)) stopped.insert(loans[i]);
    };
    post_each(&ledger::ClosingWork::accrue, accrual, closing.accruals_posted);
    post_each(&ledger::ClosingWork::expire, expiry, closing.approvals_expired);
    post_each(&ledger::ClosingWork::provision, provision, closing.provisions_posted);
}

/// Adds what was done for these loans. Who is taken again fails only if it fails again.
void add(Stretch& stretch, Loans const& loans, std::vector<Closing> const& done)
{
    for (auto const& closing : done) {
        auto& sum = *std::ranges::find(stretch.days, closing.day, &Closing::day);
        sum.accruals_posted += closing.accruals_posted;
        sum.provisions_posted += closing.provisions_posted;
        sum.approvals_expired += closing.approvals_expired;
        std::erase_if(sum.failed,
                      [&](auto const& failure) { return loans.contains(failure.first.text()); });
        sum.failed.insert(sum.failed.end(), closing.failed.begin(), closing.failed.end());
    }
}

/// The loans of a batch that the database refused, through the plain path: each command stands or
/// falls alone.
void post_plainly(Database& app, Asked const& asked, Loans const& loans, Stretch& stretch)
{
    std::vector<Closing> done;
    for (auto const& each : stretch.days) {
        Closing closing;
        auto const work = in_transaction(app, asked, [&](pqxx::work& transaction) {
            closing = {.day = each.day, .failed = {}};
            auto const state = locked(transaction, asked);
            if (state.closed_through >= each.day) return std::vector<Work>{};
            return work_on(batch_of(transaction, asked, state, loans).books(), closing);
        });
        post_alone(app, asked, work, closing);
        done.push_back(std::move(closing));
    }
    add(stretch, loans, done);
}

/// Posts for the next loans; says which. The loans are looked up before the county is locked: so
/// long, whoever waits for the lock since the last batch has time to get it.
std::vector<std::string> post_next(Database& app, Asked const& asked, std::string const& after,
                                   Stretch& stretch)
{
    std::vector<std::string> numbers;
    Loans loans;
    try {
        auto const done = in_transaction(app, asked, [&](pqxx::work& transaction) {
            numbers = loans_to_close(transaction, asked.county, after, asked.batch_limit);
            loans = {numbers.begin(), numbers.end()};
            if (loans.empty()) return std::vector<Closing>{};
            auto const state = locked(transaction, asked);
            auto days = still_open(stretch, state);
            if (days.empty()) return days;
            Batch batch = batch_of(transaction, asked, state, loans);
            post(transaction, asked, batch, days);
            return days;
        });
        add(stretch, loans, done);
    } catch (IntegrityFault const&) {
        if (loans.empty()) throw;
        post_plainly(app, asked, loans, stretch);
    }
    return numbers;
}

void post_all(Database& app, Asked const& asked, Stretch& stretch,
              std::function<void(std::size_t, std::size_t)> const& progress)
{
    std::size_t done = 0;
    for (std::string after;;) {
        auto const loans = post_next(app, asked, after, stretch);
        done += loans.size();
        if (progress) progress(done, std::max(done, stretch.loans));
        if (loans.size() < asked.batch_limit) break; // who came later has changed since
        after = loans.back();
    }
}

/// The loans for which somebody entered an event since the stretch began, or since they were taken
/// for one.
LastEvents changed_in(pqxx::transaction_base& transaction, Asked const& asked,
                      Stretch const& stretch)
{
    auto const now = last_events(transaction, asked.county, stretch.bookable_from);
    LastEvents changed;
    std::ranges::set_difference(now, stretch.known, std::inserter(changed, changed.end()));
    return changed;
}

Loans numbers_of(LastEvents const& events)
{
    Loans loans;
    for (auto const& [loan, sequence] : events) loans.insert(loan);
    return loans;
}

void end_days(pqxx::transaction_base& transaction, Asked const& asked, Batch& batch,
              std::vector<Closing> const& days)
{
    for (auto const& closing : days)
        if (!batch.perform(end_of_day(asked, closing.day), {}).is_booked())
            throw IntegrityFault{"a day could not be closed: " + closing.day.text()};
    batch.flush(transaction);
}

struct LastTransaction {
    LastEvents changed; ///< the loans that it took
    std::vector<Closing> days;
    bool is_end = false; ///< else more loans changed than a batch takes
};

/// Fills `last` as it goes, so that a refused one says which loans it took.
void post_and_close(pqxx::transaction_base& transaction, Asked const& asked, Stretch const& stretch,
                    bool takes_all, LastTransaction& last)
{
    auto const state = locked(transaction, asked);
    last.changed = changed_in(transaction, asked, stretch);
    last.is_end = takes_all || last.changed.size() <= asked.batch_limit;
    while (!last.is_end && last.changed.size() > asked.batch_limit)
        last.changed.erase(std::prev(last.changed.end()));
    last.days = still_open(stretch, state);
    Batch batch = batch_of(transaction, asked, state, numbers_of(last.changed));
    post(transaction, asked, batch, last.days);
    if (last.is_end) end_days(transaction, asked, batch, last.days);
}

/// Posts for the loans that changed since their batch and, when that is all of them, closes the
/// days behind the same lock; says whether it did. What a batch recognised stays recognised,
/// whatever is entered later: an event's entry reaches to the last recognised day. But a payout, a
/// reversal or a new plan may give a day work that the loan's batch did not see, and a payment
/// another provision. Only an event does that, so a loan without a new one is not asked again.
bool end_stretch(Database& app, Asked const& asked, Stretch& stretch, int attempt)
{
    LastTransaction last;
    bool is_refused = false;
    try {
        in_transaction(app, asked, [&](pqxx::work& transaction) {
            post_and_close(transaction, asked, stretch, attempt >= catch_up_limit, last);
            return last.is_end;
        });
    } catch (IntegrityFault const&) {
        if (last.changed.empty() || attempt > catch_up_limit) throw;
        is_refused = true;
    }
    auto const loans = numbers_of(last.changed);
    if (is_refused)
        post_plainly(app, asked, loans, stretch);
    else
        add(stretch, loans, last.days);
    for (auto const& [loan, sequence] : last.changed) stretch.known[loan] = sequence;
    for (auto& closing : stretch.days)
        closing.was_closed_already =
            std::ranges::find(last.days, closing.day, &Closing::day) == last.days.end();
    return last.is_end && !is_refused;
}

} // namespace

ledger::Result<std::vector<Closing>> close_days(Database& app, ledger::CountyCode const& county,
                                                Date day, Date today, std::string const& actor,
                                                ClosingOptions const& options)
{
    LEDGER_ASSERT(day <= today);
    LEDGER_ASSERT(options.batch_limit > 0);
    Asked const asked{county, day, today, actor, options.batch_limit};
    std::vector<Closing> all;
    auto tell = [&](Closing closing) {
        if (options.report) options.report(closing);
        all.push_back(std::move(closing));
    };
    while (all.empty() || all.back().day < day) {
        auto stretch = next_stretch(app, asked);
        if (!stretch) return ledger::refuse(Refusal::county_not_found, "county", county.text());
        if (stretch->days.empty()) break;
        post_all(app, asked, *stretch, options.progress);
        for (int attempt = 1; !end_stretch(app, asked, *stretch, attempt); ++attempt) {
        }
        take_checkpoint(app, county);
        for (auto& closing : stretch->days) tell(std::move(closing));
    }
    if (all.empty()) tell({.day = day, .failed = {}, .was_closed_already = true});
    return all;
}

} // namespace store
