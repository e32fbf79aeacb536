// Reads sql/seed/*.csv (plain: no quotes, no commas inside cells) into one JSON array a file and
// lets SQL insert what is missing. Percents and yuan become ppm and fen here, through the core's
// own parsers, so that a seed with three decimals of a fen is refused when it is loaded.
#include "ledger/store/seed.hpp"

#include "ledger/rate.hpp"
#include "ledger/store/embedded_sql.hpp"
#include "store/database.hpp"
#include "store/execute.hpp"

#include "ledger/store/session.hpp"
#include "ledger/store/spelling.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace store {
namespace {

namespace json = boost::json;

std::vector<std::string> cells_of(std::string_view line)
{
    std::vector<std::string> cells;
    for (std::size_t at = 0;;) {
        auto const comma = line.find(',', at);
        cells.emplace_back(line.substr(at, comma - at));
        if (comma == std::string_view::npos) return cells;
        at = comma + 1;
    }
}

/// One object a row, by the names in the first line.
json::array rows_of(std::string_view name)
{
    auto const& files = embedded_sql();
    auto const file = std::ranges::find(files, name, &EmbeddedFile::name);
    if (file == files.end()) throw IntegrityFault{"no such seed: " + std::string{name}};
    json::array rows;
    std::vector<std::string> header;
    for (std::string_view text = file->text; !text.empty();) {
        auto const end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        auto cells = cells_of(line);
        if (header.empty()) {
            header = std::move(cells);
            continue;
        }
        if (cells.size() != header.size())
            throw IntegrityFault{"a row of " + std::string{name} + " has the wrong width"};
        json::object row;
        for (std::size_t i = 0; i < cells.size(); ++i) row[header[i]] = cells[i];
        rows.push_back(std::move(row));
    }
    return rows;
}

std::int64_t ppm(json::object const& row, std::string_view column)
{
    auto const rate = ledger::Rate::parse(row.at(column).as_string());
    if (!rate) throw IntegrityFault{"a seed rate cannot be read: " + std::string{column}};
    return rate->ppm();
}

json::array rules_rows()
{
    auto rows = rows_of("seed/programme_rules.csv");
    for (auto& value : rows) {
        auto& row = value.as_object();
        auto const cap = ledger::Money::parse(row.at("loan_cap_yuan").as_string());
        if (!cap) throw IntegrityFault{"a seed loan cap cannot be read"};
        row["loan_cap_fen"] = cap->fen();
        row["rate_floor_ppm"] = ppm(row, "rate_floor_percent");
        row["rate_ceiling_ppm"] = ppm(row, "rate_ceiling_percent");
        row["penalty_margin_ppm"] = ppm(row, "penalty_margin_percent");
    }
    return rows;
}

} // namespace

void seed_reference_tables(pqxx::transaction_base& transaction)
{
    auto rows = rows_of("seed/base_rate.csv");
    for (auto& value : rows) value.as_object()["rate_ppm"] = ppm(value.as_object(), "rate_percent");
    transaction.exec_params(
        "INSERT INTO programme.base_rate"
        " SELECT r.effective_from, r.tier, r.rate_ppm, r.mark = 'sourced'"
        " FROM pg_catalog.jsonb_to_recordset($1::jsonb)"
        " AS r(effective_from date, tier text, rate_ppm bigint, mark text) ON CONFLICT DO NOTHING",
        json::serialize(rows));
}

void seed_county(pqxx::transaction_base& transaction, std::string const& county_code)
{
    transaction.exec_params(
        "INSERT INTO register.administrative_unit"
        " SELECT $1, r.code, r.name, r.parent_code FROM pg_catalog.jsonb_to_recordset($2::jsonb)"
        " AS r(code text, name text, parent_code text) WHERE left(r.code, 6) = $1"
        " ON CONFLICT DO NOTHING",
        county_code, json::serialize(rows_of("seed/administrative_unit.csv")));
    transaction.exec_params(
        "INSERT INTO programme.chart_line"
        " SELECT $1, r.code, r.chinese, r.english, r.account_class, r.normal_side, r.subledger,"
        " r.is_never_overdrawn, r.effective_from, r.mark"
        " FROM pg_catalog.jsonb_to_recordset($2::jsonb)"
        " AS r(code text, chinese text, english text, account_class text, normal_side text,"
        " subledger text, is_never_overdrawn boolean, effective_from date, mark text)"
        " ON CONFLICT DO NOTHING",
        county_code, json::serialize(rows_of("seed/chart_of_accounts.csv")));
    transaction.exec_params(
        "INSERT INTO programme.programme_rules"
        " SELECT $1, r.version, r.effective_from, r.document, r.mark = 'sourced', r.loan_cap_fen,"
        " r.term_limit_months, r.rate_floor_ppm, r.rate_ceiling_ppm, r.penalty_margin_ppm,"
        " r.allocation_order FROM pg_catalog.jsonb_to_recordset($2::jsonb)"
        " AS r(version integer, effective_from date, document text, mark text,"
        " loan_cap_fen bigint, term_limit_months integer, rate_floor_ppm bigint,"
        " rate_ceiling_ppm bigint, penalty_margin_ppm bigint, allocation_order text)"
        " ON CONFLICT DO NOTHING",
        county_code, json::serialize(rules_rows()));
}

ledger::Result<ledger::DigestAlgorithm> create_county(Database& owner,
                                                      ledger::CountyCode const& county,
                                                      std::optional<ledger::DigestAlgorithm> digest)
{
    auto const wanted = digest.value_or(ledger::DigestAlgorithm::sha256);
    std::string name = county.text();
    for (auto const& row : rows_of("seed/county.csv"))
        if (row.at("code").as_string() == county.text()) name = row.at("name").as_string();
    auto& session = owner.session();
    try {
        pqxx::work transaction{session.open()};
        transaction.exec_params("INSERT INTO ledger.county (county_code, name, digest_algorithm)"
                                " VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                                county.text(), name, std::string{spelled(wanted)});
        auto const row = transaction.exec_params1(
            "SELECT digest_algorithm FROM ledger.county WHERE county_code = $1", county.text());
        auto const settled = enum_from<ledger::DigestAlgorithm>(row[0].c_str());
        if (digest && settled != wanted) {
            return ledger::refuse(ledger::Refusal::digest_algorithm_settled, "digest",
                                  std::string{ledger::code_of(settled)});
        }
        seed_county(transaction, county.text());
        transaction.commit();
        return settled;
    } catch (...) {
        rethrow_as_store_fault(session);
    }
}

} // namespace store
