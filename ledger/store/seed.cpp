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
#include <sstream>

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
    std::string_view text = row.at(column).as_string();
    bool const is_negative = text.starts_with('-'); // a spread below the base rate
    if (is_negative) text.remove_prefix(1);
    auto const rate = ledger::Rate::parse(text);
    if (!rate) throw IntegrityFault{"a seed rate cannot be read: " + std::string{column}};
    return is_negative ? -rate->ppm() : rate->ppm();
}

std::int64_t fen(json::object const& row, std::string_view column)
{
    auto const amount = ledger::Money::parse(row.at(column).as_string());
    if (!amount) throw IntegrityFault{"a seed amount cannot be read: " + std::string{column}};
    return amount->fen();
}

bool is_empty(json::object const& row, std::string_view column)
{
    return row.at(column).as_string().empty();
}

/// Words between spaces, as an array.
json::array words(json::object const& row, std::string_view column)
{
    json::array list;
    std::istringstream text{std::string{row.at(column).as_string()}};
    for (std::string word; text >> word;) list.emplace_back(word);
    return list;
}

/// Rows under the names of the table's columns: `mark` becomes is_sourced, percents become ppm.
json::array table_rows(std::string_view file, void (*fill)(json::object&))
{
    auto rows = rows_of(file);
    for (auto& value : rows) {
        auto& row = value.as_object();
        if (auto const* mark = row.if_contains("mark"))
            row["is_sourced"] = mark->as_string() == "sourced";
        if (fill != nullptr) fill(row);
    }
    return rows;
}

void fill_rules(json::object& row)
{
    row["loan_cap_fen"] = fen(row, "loan_cap_yuan");
    row["rate_floor_ppm"] = ppm(row, "rate_floor_percent");
    row["rate_ceiling_ppm"] = ppm(row, "rate_ceiling_percent");
    if (!is_empty(row, "penalty_margin_percent"))
        row["penalty_margin_ppm"] = ppm(row, "penalty_margin_percent");
    row["misuse_margin_ppm"] = ppm(row, "misuse_margin_percent");
    row["compensation_share_ppm"] = ppm(row, "compensation_share_percent");
    for (char const* order : {"allocation_order", "non_accrual_allocation_order"})
        row[order] = words(row, order);
}

void fill_rate(json::object& row)
{
    row["rate_ppm"] = ppm(row, "rate_percent");
}

void fill_scheme(json::object& row)
{
    if (!is_empty(row, "principal_cap_yuan"))
        row["principal_cap_fen"] = fen(row, "principal_cap_yuan");
}

void fill_step(json::object& row)
{
    row["ppm"] = ppm(row, "percent");
    if (!is_empty(row, "cap_percent")) row["cap_ppm"] = ppm(row, "cap_percent");
}

void fill_line(json::object& row)
{
    row["per_head_fen"] = fen(row, "yuan_per_person");
}

/// Inserts what is missing of a county's table; the rows bear its columns' names. How many.
std::size_t seed_table(pqxx::transaction_base& transaction, std::string const& table,
                       std::string const& county_code, json::array const& rows)
{
    return transaction
        .exec_params("INSERT INTO " + table +
                         " SELECT r.* FROM pg_catalog.jsonb_populate_recordset("
                         "pg_catalog.jsonb_populate_record(NULL::" +
                         table +
                         ", pg_catalog.jsonb_build_object('county_code', $1::text)),"
                         " $2::jsonb) r ON CONFLICT DO NOTHING",
                     county_code, json::serialize(rows))
        .affected_rows();
}

/// Whoever keeps books in memory must see that the rules are others now.
void note_new_rules(pqxx::transaction_base& transaction, std::string const& county_code)
{
    transaction.exec_params(
        "SELECT ledger.number_batch(c.county_code, c.last_batch_number + 1, clock_timestamp(), 0, "
        "0)"
        " FROM (SELECT county_code, last_batch_number FROM ledger.county WHERE county_code = $1"
        " FOR NO KEY UPDATE) c",
        county_code);
}

} // namespace

void seed_reference_tables(pqxx::transaction_base& transaction)
{
    auto const added = transaction.exec_params(
        "INSERT INTO programme.base_rate SELECT r.* FROM pg_catalog.jsonb_populate_recordset("
        "NULL::programme.base_rate, $1::jsonb) r ON CONFLICT DO NOTHING",
        json::serialize(table_rows("seed/base_rate.csv", fill_rate)));
    if (added.affected_rows() == 0) return;
    for (auto const& row : transaction.exec("SELECT county_code FROM ledger.county ORDER BY 1")) {
        see(transaction, row[0].c_str());
        note_new_rules(transaction, row[0].c_str());
    }
}

void seed_county(pqxx::transaction_base& transaction, std::string const& county_code)
{
    json::array units;
    for (auto& unit : rows_of("seed/administrative_unit.csv")) {
        auto& row = unit.as_object();
        if (!row.at("code").as_string().starts_with(county_code)) continue;
        // When a code came into use and went out of it is not in the list of codes.
        row["valid_from"] = ledger::all_days.from.text();
        row["valid_until"] = ledger::all_days.until.text();
        units.push_back(unit);
    }
    std::size_t added = seed_table(transaction, "register.administrative_unit", county_code, units);
    added += seed_table(transaction, "programme.chart_line", county_code,
                        rows_of("seed/chart_of_accounts.csv"));
    added += seed_table(transaction, "programme.programme_rules", county_code,
                        table_rows("seed/programme_rules.csv", fill_rules));
    added += seed_table(transaction, "programme.class_floor", county_code,
                        table_rows("seed/class_floor.csv", nullptr));
    added += seed_table(transaction, "programme.provision_rate", county_code,
                        table_rows("seed/provision_rate.csv", fill_rate));
    added += seed_table(transaction, "programme.subsidy_scheme", county_code,
                        table_rows("seed/subsidy_scheme.csv", fill_scheme));
    added += seed_table(transaction, "programme.subsidy_step", county_code,
                        table_rows("seed/subsidy_step.csv", fill_step));
    added += seed_table(transaction, "programme.holiday", county_code,
                        table_rows("seed/holiday.csv", nullptr));
    added += seed_table(transaction, "programme.leading_rules", county_code,
                        table_rows("seed/leading_rules.csv", nullptr));
    added += seed_table(transaction, "programme.poverty_line", county_code,
                        table_rows("seed/poverty_line.csv", fill_line));
    added += seed_table(transaction, "programme.retention_rule", county_code,
                        table_rows("seed/retention_rule.csv", nullptr));
    if (added > 0) note_new_rules(transaction, county_code);
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
        see(transaction, county.text());
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
