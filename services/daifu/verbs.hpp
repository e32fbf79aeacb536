// The verbs of the operator's command line, one function each; main.cpp only reads arguments. A
// verb says what it did on standard output, as text or with --json as one object, and answers the
// exit code: 0 done, 1 refused, 2 usage, 3 fault. What the world breaks is thrown and said by main.
#pragma once

#include "daifu/console.hpp"
#include "daifu/exports.hpp"
#include "secrets/key_ring.hpp"
#include "store/execute.hpp"
#include "store/generate.hpp"
#include "store/queries.hpp"

#include <boost/json/fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace daifu {

struct Settings {
    std::string database; ///< URL
    std::string county = "530921";
    bool json = false;
    std::string key_file = "var/keys/daifu.key"; ///< as the service's
};

/// One connection a role, opened when it is first used, to the books of one county.
class Books {
  public:
    explicit Books(Settings const& settings);
    store::Database& owner() { return owner_; }
    store::Database& app() { return app_; }
    store::Database& reader() { return reader_; }
    store::Database& auditor() { return auditor_; }
    store::Database& access() { return access_; }
    secrets::KeyRing& keys() { return *keys_; }
    ledger::CountyCode const& county() const { return county_; }
    /// Writes into the trail what leaves the books, before it does.
    void taken_out(std::string const& what);
    /// The county's books. Refuses identifier_malformed and county_not_found.
    ledger::Result<store::CountyStatus> status();

  private:
    std::string asked_county_;
    ledger::CountyCode county_;
    std::shared_ptr<secrets::KeyRing> keys_; ///< read, or made, when something is sealed
    store::Database owner_, app_, reader_, auditor_, access_;
};

/// Says what a statistic knew, as the API does: "known_at" and "later_entries" of the days before
/// `until` (empty: of any), both null where it is of now.
void add_knowledge(boost::json::object& answer, Books&, std::optional<store::Instant> known_at,
                   std::optional<ledger::Date> until, bool with_households);

// --- what is kept no longer
Exit list_retention(Settings const&);
Exit erase_retention(Settings const&);

// --- the keys that seal
Exit rotate_keys(Settings const&, bool keep_newest);
Exit list_keys(Settings const&);

// --- the books
/// `digest`: how new books hash their entries, "sha256" or "sm3"; empty: as they are, else sha256.
/// `is_distributed`: then spread over the nodes of Citus.
Exit migrate(Settings const&, std::string const& digest, bool is_distributed);
Exit open_books(Settings const&, std::string const& open_on);
Exit close_day(Settings const&, std::string const& day);
/// `evidence`: the directory of the files that are evidence, which are then read too; may be empty.
Exit doctor(Settings const&, std::string const& evidence, int jobs);

/// Opens the books from that day on; the same day again answers the first receipt.
ledger::Result<store::Receipt> open_county(Books&, ledger::Date open_on);

// --- registers
struct ImportArguments {
    std::vector<std::string> files;
    bool dry_run = false;
    bool skip_bad = false;
    std::string
        left_out_directory; ///< where the files of left-out rows go; beside the file if empty
};
Exit import_registers(Settings const&, ImportArguments const&);

struct DemoArguments {
    std::string directory = "demo";
    std::uint64_t seed = 0; ///< 0: the default
    bool csv_only = false;
};
Exit load_demo(Settings const&, DemoArguments const&);

struct GenerateArguments {
    int counties = 1;
    std::int64_t loans = 10'000; ///< of all counties together
    int years = 3;
    std::uint64_t seed = 1;
};
/// Fills empty books with as many invented loans as are wanted: of --county and, where there are
/// several, of 990001 and so on. Refuses books_not_empty.
ledger::Result<store::Generated> generate_books(Settings const&, GenerateArguments const&);
Exit generate(Settings const&, GenerateArguments const&);

struct BenchArguments {
    std::int64_t loans = 10'000;
    int years = 3;
    double seconds = 5; ///< of each line in each round
    int rounds = 3;
    std::string only;      ///< lines whose name holds it; empty: all
    std::string peer_file; ///< the SQL of pgledger; empty: without it
    std::string service;   ///< daifud; empty: without what goes through the service
};
/// Measures on an empty database, which it fills.
Exit bench(Settings const&, BenchArguments const&);

struct EvidenceArguments {
    std::string file;
    std::string directory; ///< where the service keeps the files that are evidence
    std::string taken_on;  ///< empty: today
    std::string place, description;
};
Exit keep_evidence(Settings const&, EvidenceArguments const&);

// --- people
struct UserArguments {
    std::string user, name;
    std::vector<std::string> roles; ///< codes
    std::string township;           ///< empty: the whole county
    bool forget_second_factor = false;
};
/// Prints the password, this once.
Exit add_user(Settings const&, UserArguments const&);
/// A new password, and where it is asked for no second factor any more.
Exit reset_user(Settings const&, UserArguments const&);
Exit list_users(Settings const&);
struct TokenArguments {
    std::string user, purpose;
    std::string scope = "read"; ///< or "write", "confirm"
    int days = 90;
};
/// Prints the token, this once, alone on its line.
Exit make_token(Settings const&, TokenArguments const&);

// --- reading
Exit show_loan(Settings const&, std::string const& loan, std::string const& as_of);
Exit explain_loan(Settings const&, std::string const& loan, std::string const& as_of);
struct TrialBalanceArguments {
    std::string booked_through, as_of, known_at; ///< one of the days at most
    bool accounts = false; ///< every account instead of the lines of the chart
};
Exit show_trial_balance(Settings const&, TrialBalanceArguments const&);
/// A figure to open instead of the lines: its indicator's code, and of which group.
struct ExplainArguments {
    std::string code, key;
};
/// Of a statistic; each reads what it needs.
struct ReportArguments {
    std::string from, until, as_of;
    std::string by = "township";
    std::string known_at; ///< an instant, RFC 3339; empty: now
    ExplainArguments explain;
};
Exit report_portfolio(Settings const&, ReportArguments const&);
/// How good the loans are: classes, provisions, what fell due and was collected, subsidy.
Exit report_quality(Settings const&, ReportArguments const&);
Exit show_household(Settings const&, std::string const& household, std::string const& as_of);
Exit report_leading(Settings const&, ReportArguments const&);
/// Where the money of the funds is, and how far the caps are used.
Exit report_funds(Settings const&, ReportArguments const&);
/// How far the programme reaches, and what of its plan was reached.
Exit report_reach(Settings const&, ReportArguments const&);
Exit report_villages(Settings const&, std::string const& as_of);
/// `year` 0: every year.
Exit report_plan(Settings const&, std::string const& as_of, int year);
Exit report_responsibilities(Settings const&, std::string const& as_of, bool only_overdue);
struct WorkReportArguments {
    std::string township;
    int year = 0;           ///< 0: this one
    std::string xlsx, html; ///< files to write
};
Exit report_work(Settings const&, WorkReportArguments const&);
Exit export_journal(Settings const&, ExportFormat, std::string const& out);

// --- pure: one JSON object in, one out
Exit answer_schedule();
Exit answer_replay();
/// What their --help says of their input, every key with what it takes.
std::string schedule_help();
std::string replay_help();

} // namespace daifu
