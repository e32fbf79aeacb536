// The one write path. A batch of envelopes is loaded, decided one after the other in memory (each
// sees the effects of those before it), appended through one SQL function and committed once;
// answers exist only after the commit. A refusal or a bug in one command never fails its
// neighbours. READ COMMITTED; the county row is locked first, then loans and funds in sorted order,
// so entry numbers are gapless and two services on one database serialise.
#pragma once

#include "ledger/access.hpp"
#include "ledger/decide.hpp"
#include "ledger/seal.hpp"
#include "store/database.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace store {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// How the keys begin that the house makes itself. A client's key may not, or it could take the
/// name of a closing before the closing does and so keep its day open for ever.
inline constexpr std::string_view closing_keys = "closing:";
inline constexpr std::string_view import_keys = "import:";
inline constexpr std::string_view opening_keys = "open-books:";

/// A command on its way to the books.
struct Envelope {
    ledger::CountyCode county;
    std::string idempotency_key; ///< unique in its county; required
    ledger::Digest
        body_digest{}; ///< of the command as the client wrote it; same key, other digest: refused
    std::string actor; ///< who entered it: user, "import", "closing"
    ledger::Date booked_on; ///< business day; history import: the row's own day
    ledger::Command command;
    ledger::UnitCode confined_to{}; ///< a township outside of which it is refused; empty: none
};

/// What was booked. Stored with the key, so that a replay gives the first answer again.
struct Receipt {
    std::string command; ///< code_of(command)
    std::string subject; ///< loan number, fund code, borrower number, date; a household's number or
                         ///< the subject of a fact after its kind ("household:", "member:"), so
                         ///< that it is never taken for a loan's
    std::optional<std::int64_t> entry_number;
    std::optional<int> event_sequence;
    ledger::Date booked_on;
    std::optional<ledger::Date> value_on;
    Instant recorded_at{};
    std::optional<ledger::Allocation> allocation;       ///< of a repayment or a recovery
    std::optional<ledger::Money> principal_outstanding; ///< of the loan, after it
    std::optional<ledger::Money> fund_available;        ///< of the fund, after it
    std::string entry_digest;                           ///< hex; empty without an entry
    std::vector<ledger::Refused> warnings;              ///< what the rules only warn of

    friend bool operator==(Receipt const&, Receipt const&) = default;
};

struct Outcome {
    std::variant<Receipt, ledger::Refused> answer;
    bool is_replay = false; ///< the first answer again

    bool is_booked() const { return std::holds_alternative<Receipt>(answer); }
};

struct ExecuteOptions {
    /// One refusal rolls everything back; its neighbours' answers stay.
    bool all_or_nothing = false;
    /// Decide and check everything, then roll back.
    bool dry_run = false;
    /// Called now and then.
    std::function<void(std::size_t done)> progress;
    /// A bug or a refusal of the database, in words for the log; no personal data.
    std::function<void(std::string const&)> on_fault;
};

inline constexpr std::size_t batch_limit_interactive =
    500; ///< measured knee; beyond it only latency grows
inline constexpr std::size_t batch_limit_import = 4000;
/// Loans; a payment waits while this many are closed. Measured (tests/bench/closing.cpp): with 250
/// a closing is as fast as with 500 or all of them, and a payment waits half as long.
inline constexpr std::size_t batch_limit_closing = 250;
inline constexpr int retry_limit = 5; ///< serialization failures and deadlocks only

/// Outcomes in the order of the envelopes. Any size: it is cut into batches of batch_limit_import
/// unless all_or_nothing or dry_run, which take one transaction. Retries serialization failures and
/// deadlocks with jitter, at most retry_limit times; a commit in doubt is resolved by looking the
/// keys up, never by repeating blindly. A command that trips a bug answers internal_fault alone.
/// Throws DatabaseUnavailable; then nothing of the current batch was acknowledged.
std::vector<Outcome> execute(Database& app, std::span<Envelope const>, ExecuteOptions const& = {});

/// Creates the books of a county (once; needs the owner role): its row, chart of accounts and rules
/// come from the seeds. Does nothing when they exist. Its entries are hashed with `digest`, SHA-256
/// when nothing is asked for, for ever: refuses digest_algorithm_settled when the books exist with
/// another one. Answers the one in force.
ledger::Result<ledger::DigestAlgorithm>
create_county(Database& owner, ledger::CountyCode const&,
              std::optional<ledger::DigestAlgorithm> digest = {});

/// What a closing did on a day.
struct Closing {
    ledger::Date day;
    std::int64_t accruals_posted = 0;
    std::vector<std::pair<ledger::LoanNumber, ledger::Refused>> failed;
    bool was_closed_already = false; ///< by an earlier closing, or by another one meanwhile
    std::int64_t provisions_posted = 0;
    std::int64_t approvals_expired = 0;
};

struct ClosingOptions {
    std::size_t batch_limit = batch_limit_closing; ///< loans a transaction
    /// Called for each day when it is closed.
    std::function<void(Closing const&)> report;
    /// Called after each batch, while no lock is held: how many loans of the stretch are done.
    std::function<void(std::size_t done, std::size_t all)> progress;
};

/// Closes business days up to and including `day`: for each day posts the accruals of the loans
/// whose settlement day, due date, month end or change of status it is, gives back what approvals
/// reserve whose last day it is, posts the provisions that the rules want on it, then closes it.
/// Begins after the last closed day, else on the day the books opened, else on the first booked
/// day. Asserts day <= today. Refuses county_not_found.
///
/// Days are closed a stretch of at most 31 at a time: the loans are posted in batches, each one
/// transaction with all days of the stretch, and the last transaction closes the days. So a payment
/// waits for a batch and never for a closing; entry numbers are not in order of booked_on within a
/// stretch; and a stopped closing leaves accruals of open days, which are right by themselves and
/// which the next closing does not post again. Idempotent (the keys are closing:<day>:<loan> and
/// closing:<day>:provision:<loan>:<sequence of the event>, of an expiry likewise), also beside
/// another closing. A loan that cannot be closed is listed and does not stop the others. Each
/// stretch ends with a balance checkpoint (store/checkpoints.hpp).
ledger::Result<std::vector<Closing>> close_days(Database& app, ledger::CountyCode const&,
                                                ledger::Date day, ledger::Date today,
                                                std::string const& actor,
                                                ClosingOptions const& = {});

} // namespace store
