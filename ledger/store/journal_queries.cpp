// Reading the journal: entries as they were sealed, statements, balances, the trial balance.
#include "ledger/store/journal_rows.hpp"
#include "ledger/store/session.hpp"
#include "ledger/store/spelling.hpp"
#include "store/queries.hpp"

#include <boost/json.hpp>

namespace store {

namespace json = boost::json;
using ledger::CountyCode;
using ledger::Date;

namespace {

inline constexpr int entry_page = 2000; ///< entries a query while streaming

/// The number of the last entry that the books knew at an instant.
std::int64_t last_known(pqxx::transaction_base& transaction, CountyCode const& county, Instant at)
{
    auto const row = transaction.exec_params1("SELECT ledger.last_known($1, $2::timestamptz)",
                                              county.text(), instant_text(at));
    return row[0].is_null() ? 0 : row[0].as<std::int64_t>();
}

std::string entries_where(std::string const& condition)
{
    return std::string{
               "SELECT entry_number, cause, value_on, booked_on, actor, idempotency_key,"
               " subject, event_sequence, narrative, digest_algorithm, digest, postings, "} +
           instant_sql + " FROM ledger.entry_card WHERE county_code = $1 AND " + condition;
}

} // namespace

EntryCard entry_in(CountyCode const& county, pqxx::row const& row)
{
    std::vector<ledger::Posting> postings;
    json::array const lines = json::parse(row[11].c_str()).as_array();
    for (auto const& value : lines) {
        auto const& line = value.as_array();
        postings.push_back({{stored<ledger::AccountCode>(line.at(0).as_string()),
                             std::string{line.at(1).as_string()}},
                            enum_from<ledger::Side>(line.at(2).as_string()),
                            enum_from<ledger::Unit>(line.at(3).as_string()),
                            line.at(4).as_int64()});
    }
    return {{county, row[0].as<std::int64_t>(),
             Instant{std::chrono::microseconds{row[12].as<std::int64_t>()}}, row[4].c_str(),
             row[5].c_str(), row[6].c_str(), row[7].as<int>(),
             ledger::JournalEntry::balanced(
                 enum_from<ledger::Cause>(row[1].c_str()), stored<Date>(row[2].c_str()),
                 stored<Date>(row[3].c_str()), row[8].c_str(), std::move(postings))},
            row[10].c_str(),
            row[9].c_str()};
}

pqxx::result entry_rows(pqxx::transaction_base& transaction, CountyCode const& county,
                        std::int64_t after)
{
    return transaction.exec_params(
        entries_where("entry_number > $2 ORDER BY entry_number LIMIT $3"), county.text(), after,
        entry_page);
}

pqxx::result entry_rows_of(pqxx::transaction_base& transaction, CountyCode const& county,
                           std::string const& subject)
{
    return transaction.exec_params(
        entries_where("subject = $2 AND cause NOT IN ('fund_payment', 'risk_fund_payment')"
                      " ORDER BY entry_number"),
        county.text(), subject);
}

std::optional<EntryCard> entry(Database& reader, CountyCode const& county, std::int64_t number)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const rows =
            transaction.exec_params(entries_where("entry_number = $2"), county.text(), number);
        return rows.empty() ? std::nullopt : std::optional{entry_in(county, rows[0])};
    });
}

std::vector<EntryLine> entries(Database& reader, CountyCode const& county,
                               EntryFilter const& filter)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const day = filter.booked_on ? filter.booked_on->text() : std::string{};
        std::vector<EntryLine> lines;
        for (auto const& row : transaction.exec_params(
                 std::string{"SELECT entry_number, cause, value_on, booked_on, "} + instant_sql +
                     ", actor, subject, narrative, event_sequence, debits_fen, bank_fen,"
                     " borrower_name, village_code"
                     " FROM ledger.entry_line WHERE county_code = $1"
                     " AND ($2 = '' OR booked_on = nullif($2, '')::date)"
                     " AND ($3 = '' OR actor = $3) AND ($4 = '' OR subject = $4)"
                     " AND ($5 = '' OR left(village_code, 9) = $5)"
                     " AND ($6 = 0 OR entry_number < $6)"
                     " ORDER BY entry_number DESC LIMIT $7",
                 county.text(), day, filter.actor, filter.subject, filter.township, filter.before,
                 std::clamp(filter.limit, 1, page_limit)))
        {
            lines.push_back({row[0].as<std::int64_t>(), row[1].c_str(),
                             stored<Date>(row[2].c_str()), stored<Date>(row[3].c_str()),
                             Instant{std::chrono::microseconds{row[4].as<std::int64_t>()}},
                             row[5].c_str(), row[6].c_str(), row[7].c_str(), row[8].as<int>(),
                             ledger::Money::fen(row[9].as<std::int64_t>()),
                             ledger::Money::fen(row[10].as<std::int64_t>()), row[11].c_str(),
                             row[12].c_str()});
        }
        return lines;
    });
}

std::vector<ledger::EntryRecord> entries_of(Database& reader, CountyCode const& county,
                                            ledger::LoanNumber const& loan)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        std::vector<ledger::EntryRecord> entries;
        for (auto const& row : entry_rows_of(transaction, county, loan.text()))
            entries.push_back(entry_in(county, row).record);
        return entries;
    });
}

void each_entry(Database& reader, CountyCode const& county,
                std::function<bool(EntryCard const&)> const& visit)
{
    for (std::int64_t after = 0;;) {
        auto const rows = reading(reader, county, [&](pqxx::transaction_base& transaction) {
            return entry_rows(transaction, county, after);
        });
        if (rows.empty()) return;
        for (auto const& row : rows) {
            auto const card = entry_in(county, row);
            after = card.record.entry_number;
            if (!visit(card)) return;
        }
    }
}

std::vector<StatementLine> statement(Database& reader, CountyCode const& county,
                                     ledger::LoanNumber const& loan)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const rows = transaction.exec_params(
            std::string{"SELECT entry_number, booked_on, value_on, cause, narrative, account_code,"
                        " account_name, subkey, side, minor_units, "} +
                instant_sql +
                " FROM ledger.statement_line WHERE county_code = $1 AND subject = $2"
                " AND cause NOT IN ('fund_payment', 'risk_fund_payment') ORDER BY entry_number, "
                "line",
            county.text(), loan.text());
        std::vector<StatementLine> lines;
        for (auto const& row : rows)
            lines.push_back({row[0].as<std::int64_t>(), stored<Date>(row[1].c_str()),
                             stored<Date>(row[2].c_str()),
                             Instant{std::chrono::microseconds{row[10].as<std::int64_t>()}},
                             row[3].c_str(), row[4].c_str(), row[5].c_str(), row[6].c_str(),
                             row[7].c_str(), row[8].c_str(),
                             ledger::Money::fen(row[9].as<std::int64_t>())});
        return lines;
    });
}

std::vector<ledger::ChartLine> chart_of_accounts(Database& reader, CountyCode const& county)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const rows = transaction.exec_params(
            "SELECT code, chinese, english, account_class, normal_side, subledger"
            " FROM programme.chart_of_accounts WHERE county_code = $1 ORDER BY code",
            county.text());
        std::vector<ledger::ChartLine> lines;
        for (auto const& row : rows)
            lines.push_back({stored<ledger::AccountCode>(row[0].c_str()), row[1].c_str(),
                             row[2].c_str(), enum_from<ledger::AccountClass>(row[3].c_str()),
                             enum_from<ledger::Side>(row[4].c_str()),
                             enum_from<ledger::Subledger>(row[5].c_str())});
        return lines;
    });
}

std::vector<TrialBalanceLine> trial_balance(Database& reader, CountyCode const& county,
                                            BalanceDay const& day)
{
    LEDGER_ASSERT(!day.booked_through || !day.as_of);
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const through = text_of(day.booked_through), as_of = text_of(day.as_of),
                   known_at = text_of(day.known_at);
        auto const rows = transaction.exec_params(
            "SELECT code, chinese, english, account_class, normal_side, unit, debits, credits,"
            " balance, accounts"
            " FROM ledger.trial_balance($1, $2::date, $3::date, $4::timestamptz)",
            county.text(), or_null(through), or_null(as_of), or_null(known_at));
        std::vector<TrialBalanceLine> lines;
        for (auto const& row : rows)
            lines.push_back({stored<ledger::AccountCode>(row[0].c_str()), row[1].c_str(),
                             row[2].c_str(), row[3].c_str(), row[4].c_str(), row[5].c_str(),
                             row[6].as<std::int64_t>(), row[7].as<std::int64_t>(),
                             row[8].as<std::int64_t>(), row[9].as<std::int64_t>()});
        return lines;
    });
}

std::vector<AccountBalance> account_balances(Database& reader, CountyCode const& county,
                                             BalanceDay const& day)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const through = text_of(day.booked_through), as_of = text_of(day.as_of),
                   known_at = text_of(day.known_at);
        auto const rows =
            day.is_now()
                ? transaction.exec_params(
                      "SELECT code, subkey, unit, debits, credits FROM ledger.account_balances"
                      " WHERE county_code = $1 ORDER BY code, subkey, unit",
                      county.text())
                : transaction.exec_params(
                      "SELECT account_code, subkey, unit,"
                      " coalesce(sum(minor_units) FILTER (WHERE side = 'debit'), 0)::bigint,"
                      " coalesce(sum(minor_units) FILTER (WHERE side = 'credit'), 0)::bigint"
                      " FROM ledger.statement_line WHERE county_code = $1"
                      " AND booked_on <= coalesce($2::date, 'infinity')"
                      " AND value_on <= coalesce($3::date, 'infinity')"
                      " AND entry_number <= ledger.last_known($1, $4::timestamptz)"
                      " GROUP BY account_code, subkey, unit ORDER BY account_code, subkey, unit",
                      county.text(), or_null(through), or_null(as_of), or_null(known_at));
        std::vector<AccountBalance> balances;
        for (auto const& row : rows)
            balances.push_back({{stored<ledger::AccountCode>(row[0].c_str()), row[1].c_str()},
                                row[2].c_str(),
                                row[3].as<std::int64_t>(),
                                row[4].as<std::int64_t>()});
        return balances;
    });
}

LaterEntries entries_since(Database& reader, CountyCode const& county, Instant known_at,
                           std::optional<Date> until, bool with_households)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        // Asked first and apart, so that the planner knows how few come behind it.
        auto const known = last_known(transaction, county, known_at);
        auto const last = until ? std::optional{until->text()} : std::nullopt;
        auto const rows = transaction.exec_params(
            std::string{"SELECT count(*) OVER (), entry_number, "} + instant_sql +
                ", value_on, booked_on, cause, subject, narrative FROM ("
                " SELECT entry_number, recorded_at, value_on, booked_on, cause, subject, narrative"
                " FROM ledger.entry_card WHERE county_code = $1 AND entry_number > $6"
                " UNION ALL SELECT NULL, recorded_at, value_on, booked_on, kind, subject, ''"
                " FROM ledger.event_without_entry"
                " WHERE county_code = $1 AND recorded_at > $2::timestamptz) later"
                " WHERE value_on < coalesce($3::date, 'infinity')"
                " AND ($4 OR subject NOT LIKE '%:%')"
                " ORDER BY recorded_at, entry_number LIMIT $5",
            county.text(), instant_text(known_at), last ? last->c_str() : nullptr, with_households,
            page_limit, known);
        LaterEntries later;
        for (auto const& row : rows) {
            later.count = row[0].as<std::int64_t>();
            auto const number =
                row[1].is_null() ? std::nullopt : std::optional{row[1].as<std::int64_t>()};
            later.first.push_back({number,
                                   Instant{std::chrono::microseconds{row[2].as<std::int64_t>()}},
                                   stored<Date>(row[3].c_str()), stored<Date>(row[4].c_str()),
                                   row[5].c_str(), row[6].c_str(), row[7].c_str()});
        }
        return later;
    });
}

std::optional<Instant> known_through(Database& reader, CountyCode const& county,
                                     Date booked_through)
{
    return reading(
        reader, county, [&](pqxx::transaction_base& transaction) -> std::optional<Instant> {
            auto const row = transaction.exec_params1(
                std::string{"SELECT "} + instant_sql +
                    " FROM (SELECT greatest("
                    " (SELECT e.recorded_at FROM ledger.entry_card e WHERE e.county_code = $1"
                    "  AND e.booked_on <= $2::date ORDER BY e.entry_number DESC LIMIT 1),"
                    " (SELECT max(e.recorded_at) FROM ledger.event_without_entry e"
                    "  WHERE e.county_code = $1 AND e.booked_on <= $2::date)) AS recorded_at) "
                    "known",
                county.text(), booked_through.text());
            if (row[0].is_null()) return std::nullopt;
            return Instant{std::chrono::microseconds{row[0].as<std::int64_t>()}};
        });
}

std::optional<Instant> recorded_through(Database& reader, CountyCode const& county)
{
    return reading(
        reader, county, [&](pqxx::transaction_base& transaction) -> std::optional<Instant> {
            auto const rows = prepared(transaction, "recorded_through",
                                       std::string{"SELECT "} + instant_sql +
                                           " FROM ledger.county_status WHERE county_code = $1"
                                           " AND recorded_at IS NOT NULL",
                                       county.text());
            if (rows.empty()) return std::nullopt;
            return Instant{std::chrono::microseconds{rows[0][0].as<std::int64_t>()}};
        });
}

} // namespace store
