// Examines the books: the SQL checks, then what only the engine can say, namely that every digest
// is that of its entry and that every loan's position and standings are its fold. Repairs nothing.
// Several connections share the work; all of them see the books as the first one found them.
#include "ledger/store/batch.hpp"
#include "ledger/store/definitions.hpp"
#include "ledger/store/doctor_checks.hpp"
#include "ledger/store/journal_rows.hpp"
#include "ledger/store/rows.hpp"
#include "ledger/store/session.hpp"
#include "ledger/store/spelling.hpp"
#include "store/queries.hpp"

#include <atomic>
#include <future>
#include <mutex>

namespace store {
namespace {

namespace json = boost::json;
using ledger::CountyCode;

Check run(pqxx::transaction_base& transaction, CountyCode const& county, SqlCheck const& wanted)
{
    Check check{std::string{wanted.code},
                std::string{wanted.chinese},
                std::string{wanted.english},
                0,
                {},
                0};
    check.examined =
        transaction.exec_params1(std::string{wanted.examined}, county.text())[0].as<std::int64_t>();
    for (auto const& row : transaction.exec_params(std::string{wanted.violations}, county.text()))
        add_violation(check, row[0].is_null() ? "a row without a name" : row[0].c_str());
    return check;
}

Check definitions(pqxx::transaction_base& transaction)
{
    Check check{"definitions_are_ours",
                "定义与程序一致",
                "Tables, guards, functions, views and grants are those of this program",
                0,
                {},
                0};
    auto const found = definitions_in(transaction);
    check.examined = static_cast<std::int64_t>(found.size());
    for (auto& sentence : differences(found, expected_definitions()))
        add_violation(check, std::move(sentence));
    return check;
}

std::string recomputed_digest(EntryCard const& card)
{
    return ledger::hex(ledger::leaf_digest(ledger::canonical_encoding(card.record),
                                           enum_from<ledger::DigestAlgorithm>(card.algorithm)));
}

/// An entry that cannot even be read back as balanced is a violation, not the end of the check.
Check digests(pqxx::transaction_base& transaction, CountyCode const& county)
{
    Check check{"digests_recomputed",
                "凭证摘要重算一致",
                "Every entry's digest is that of its content",
                0,
                {},
                0};
    for (std::int64_t after = 0;;) {
        auto const rows = entry_rows(transaction, county, after);
        if (rows.empty()) return check;
        for (auto const& row : rows) {
            after = row[0].as<std::int64_t>();
            ++check.examined;
            std::string const name = "entry " + std::to_string(after);
            try {
                auto const card = entry_in(county, row);
                if (recomputed_digest(card) != card.digest)
                    add_violation(check, name + ": the digest is that of other content");
            } catch (ledger::Bug const&) {
                add_violation(check, name + ": it cannot be read as a balanced entry");
            } catch (IntegrityFault const& fault) {
                add_violation(check, name + ": " + fault.what());
            }
        }
    }
}

struct Loans {
    std::vector<ledger::Loan> readable;
    std::vector<std::string> unreadable; ///< a sentence each
};

/// A loan that cannot be read is a violation, not the end of the checks.
Loans loans_of(pqxx::transaction_base& transaction, CountyCode const& county)
{
    Loans loans;
    auto const programme = load_programme(transaction, county);
    for (auto const& row : transaction.exec_params(
             "SELECT loan_number, body FROM ledger.loan_for_engine WHERE county_code = $1"
             " ORDER BY loan_number",
             county.text()))
    {
        try {
            loans.readable.push_back(loan_from(json::parse(row[1].c_str()).as_object(), programme));
        } catch (std::exception const& error) {
            loans.unreadable.push_back(std::string{"loan "} + row[0].c_str() +
                                       " cannot be read: " + error.what());
        }
    }
    return loans;
}

Check positions(Loans const& loans)
{
    Check check{"positions_equal_fold",
                "贷款头寸等于业务重算",
                "What the books hold for each loan is the fold of its events",
                0,
                {},
                0};
    for (auto const& sentence : loans.unreadable) {
        ++check.examined;
        add_violation(check, sentence);
    }
    for (auto const& loan : loans.readable) {
        if (!loan.recognised_on) continue;
        ++check.examined;
        try {
            if (ledger::fold(loan, *loan.recognised_on).positions != loan.booked)
                add_violation(check, "loan " + loan.number.text() + " as of " +
                                         loan.recognised_on->text() + " is not its fold");
        } catch (ledger::Bug const& bug) {
            add_violation(check, "loan " + loan.number.text() + " cannot be folded: " + bug.what());
        }
    }
    return check;
}

/// Of the standing of a loan whose rate follows the base rates what it answers for: the dues that
/// fell due and were closed while it was in force, before the day. Of later ones a rate may have
/// been published since.
json::object without_dues_from(json::object standing, std::string const& day)
{
    auto& due_on = standing.at("unpaid_due_on").as_array();
    auto& fen = standing.at("unpaid_principal_fen").as_array();
    while (!due_on.empty() && due_on.back().as_string() >= day) {
        due_on.pop_back();
        fen.pop_back();
    }
    return standing;
}

void check_standing(Check& check, ledger::Loan const& loan, json::object const& standing,
                    std::string const& until)
{
    std::string const day{standing.at("effective_on").as_string()};
    try {
        auto const folded = standing_row(loan, stored<ledger::Date>(day),
                                         {static_cast<int>(standing.at("sequence").as_int64()),
                                          static_cast<int>(standing.at("revision").as_int64())});
        bool const is_same = loan.terms.pricing
                                 ? json::value(without_dues_from(folded, until)) ==
                                       json::value(without_dues_from(standing, until))
                                 : json::value(folded) == json::value(standing);
        if (!is_same)
            add_violation(check, "loan " + loan.number.text() + " on " + day + " is not its fold");
    } catch (std::exception const& error) {
        add_violation(check, "loan " + loan.number.text() + " cannot be folded: " + error.what());
    }
}

/// The standings in force, each against the fold of its day.
Check standings(pqxx::transaction_base& transaction, CountyCode const& county, Loans const& loans)
{
    Check check{"standings_equal_fold",
                "贷款状态快照等于业务重算",
                "Where each loan stood on each day is the fold of that day",
                0,
                {},
                0};
    std::map<std::string, ledger::Loan const*> by_number;
    for (auto const& loan : loans.readable) by_number[loan.number.text()] = &loan;
    auto const rows = transaction.exec_params(
        "SELECT to_jsonb(s) - 'county_code' - 'recorded_at', least(lead(s.effective_on) OVER"
        "     (PARTITION BY s.loan_number ORDER BY s.effective_on),"
        "     coalesce(c.closed_through + 1, '1900-01-01'))"
        " FROM ledger.loan_standing s JOIN ledger.county c USING (county_code)"
        " WHERE s.county_code = $1"
        " AND NOT EXISTS (SELECT FROM ledger.loan_standing x WHERE x.county_code = s.county_code"
        "     AND x.loan_number = s.loan_number AND x.effective_on <= s.effective_on"
        "     AND (x.sequence, x.revision) > (s.sequence, s.revision))"
        " ORDER BY s.loan_number, s.effective_on",
        county.text());
    for (auto const& row : rows) {
        ++check.examined;
        auto const standing = json::parse(row[0].c_str()).as_object();
        std::string const number{standing.at("loan_number").as_string()};
        auto const loan = by_number.find(number);
        if (loan == by_number.end()) {
            std::string const day{standing.at("effective_on").as_string()};
            add_violation(check, "loan " + number + " on " + day + ": it cannot be read");
        } else {
            check_standing(check, *loan->second, standing, row[1].c_str());
        }
    }
    return check;
}

/// What there is to examine, as the county and its journal say.
struct Extent {
    bool has_entries = false;
    bool has_funds = false; ///< or what was lent of them
    bool has_lent = false;
    bool has_households = false;
    bool has_checkpoints = false;

    bool has(Examines what) const
    {
        switch (what) {
        case Examines::journal: return has_entries;
        case Examines::funds: return has_funds;
        case Examines::loans: return has_lent;
        case Examines::households: return has_households;
        case Examines::checkpoints: return has_checkpoints;
        }
        LEDGER_ASSERT(!"a part of the books that is not in the list");
    }
};

Extent extent_of(pqxx::transaction_base& transaction, CountyCode const& county)
{
    auto const row = transaction.exec_params1(
        "SELECT coalesce((SELECT last_entry_number > 0 FROM ledger.county WHERE county_code = $1),"
        "                false) OR EXISTS (SELECT FROM ledger.journal_entry WHERE county_code = "
        "$1),"
        " EXISTS (SELECT FROM ledger.journal_entry WHERE county_code = $1"
        "         AND subject NOT LIKE 'household:%'),"
        " EXISTS (SELECT FROM ledger.journal_entry WHERE county_code = $1"
        "         AND cause NOT IN ('fund_payment', 'risk_fund_payment')"
        "         AND subject NOT LIKE 'household:%'),"
        " EXISTS (SELECT FROM ledger.journal_entry WHERE county_code = $1"
        "         AND subject LIKE 'household:%'),"
        " EXISTS (SELECT FROM ledger.checkpoint WHERE county_code = $1)",
        county.text());
    return {row[0].as<bool>(), row[1].as<bool>(), row[2].as<bool>(), row[3].as<bool>(),
            row[4].as<bool>()};
}

/// Who examines nothing finds nothing: then something kept the rows from being seen.
Check looked_at(Check check, bool there_is_something)
{
    if (check.examined == 0 && there_is_something)
        add_violation(check, "nothing was there to examine, although the county has entries");
    return check;
}

/// What one connection does without the others; answers its checks.
using Part = std::function<std::vector<Check>(pqxx::transaction_base&)>;

std::vector<Part> parts_of(CountyCode const& county, Extent const& extent)
{
    std::vector<Part> parts;
    for (auto const& wanted : sql_checks())
        parts.emplace_back([&](pqxx::transaction_base& transaction) {
            return std::vector{
                looked_at(run(transaction, county, wanted), extent.has(wanted.examines))};
        });
    parts.emplace_back(
        [](pqxx::transaction_base& transaction) { return std::vector{definitions(transaction)}; });
    parts.emplace_back([&](pqxx::transaction_base& transaction) {
        return std::vector{looked_at(digests(transaction, county), extent.has_entries)};
    });
    parts.emplace_back([&](pqxx::transaction_base& transaction) {
        auto const loans = loans_of(transaction, county);
        return std::vector{
            looked_at(positions(loans), extent.has_lent),
            looked_at(standings(transaction, county, loans), extent.has_lent),
        };
    });
    parts.emplace_back([&](pqxx::transaction_base& transaction) {
        auto checks = household_checks(transaction, county);
        for (auto& check : checks) check = looked_at(std::move(check), extent.has_households);
        return checks;
    });
    return parts;
}

/// Parts that are taken in turn by whoever is free and told in their order.
class Examination {
  public:
    Examination(std::vector<Part> parts, DoctorOptions const& options)
        : parts_{std::move(parts)}
        , answers_(parts_.size())
        , options_{options}
    {
    }

    /// Until nothing is left to take. Where a part fails nobody takes another.
    void work(pqxx::transaction_base& transaction)
    {
        try {
            for (std::size_t i = next_++; i < parts_.size(); i = next_++)
                note(i, parts_[i](transaction));
        } catch (...) {
            next_ = parts_.size();
            throw;
        }
    }
    std::vector<Check> checks() &&
    {
        LEDGER_ASSERT(told_ == parts_.size());
        return std::move(checks_);
    }

  private:
    void note(std::size_t part, std::vector<Check> checks)
    {
        std::scoped_lock const lock{telling_};
        answers_[part] = std::move(checks);
        for (; told_ < answers_.size() && answers_[told_]; ++told_)
            for (auto& check : *answers_[told_]) {
                if (options_.report) options_.report(check);
                checks_.push_back(std::move(check));
            }
        if (options_.progress) options_.progress(++done_, parts_.size());
    }

    std::vector<Part> parts_;
    std::atomic<std::size_t> next_ = 0;
    std::mutex telling_;
    std::vector<std::optional<std::vector<Check>>> answers_;
    std::size_t told_ = 0, done_ = 0;
    std::vector<Check> checks_;
    DoctorOptions const& options_;
};

/// On a connection of its own, at the instant that somebody else's transaction sees and holds open.
void work_beside(Database::Session const& auditor, std::string const& sight,
                 std::string const& snapshot, Examination& examination)
{
    Database database{auditor.url, auditor.role, auditor.connect_timeout_s};
    try {
        pqxx::transaction<pqxx::repeatable_read, pqxx::read_only> transaction{
            database.session().open()};
        transaction.exec0("SET TRANSACTION SNAPSHOT " + transaction.quote(snapshot));
        see(transaction, sight);
        examination.work(transaction);
    } catch (...) {
        rethrow_as_store_fault(database.session());
    }
}

} // namespace

std::vector<Check> doctor(Database& auditor, CountyCode const& county, DoctorOptions const& options)
{
    LEDGER_ASSERT(options.jobs > 0);
    return reading(auditor, county, [&](pqxx::transaction_base& transaction) {
        auto const extent = extent_of(transaction, county);
        Examination examination{parts_of(county, extent), options};
        std::vector<std::future<void>> beside;
        if (options.jobs > 1) {
            auto const snapshot =
                transaction.exec1("SELECT pg_catalog.pg_export_snapshot()")[0].as<std::string>();
            for (int job = 1; job < options.jobs; ++job)
                beside.push_back(std::async(std::launch::async, [&, snapshot] {
                    work_beside(auditor.session(), sight_of(auditor, county), snapshot,
                                examination);
                }));
        }
        examination.work(transaction);
        for (auto& job : beside) job.get();
        return std::move(examination).checks();
    });
}

} // namespace store
