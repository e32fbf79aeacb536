// The published tables, as they were compiled in from sql/seed, so that the registers can be
// written without a database.
#include "demo/demo.hpp"

#include "ledger/assert.hpp"
#include "ledger/store/embedded_sql.hpp"
#include "registers/csv.hpp"

#include <algorithm>

namespace demo {

namespace {

constexpr std::size_t village_code_length = 12;
constexpr std::string_view industrial_park = "产业园区";

registers::CsvTable table(std::string_view name)
{
    for (store::EmbeddedFile const& file : store::embedded_sql()) {
        if (file.name != name) continue;
        auto read = registers::read_csv(file.text);
        LEDGER_ASSERT(read.has_value() && !read->rows.empty());
        return *std::move(read);
    }
    throw ledger::Bug("a seed table is not compiled in: " + std::string{name});
}

std::size_t position(registers::CsvTable const& from, std::string_view column)
{
    auto const& header = from.rows.front().cells;
    auto const found = std::ranges::find(header, column);
    LEDGER_ASSERT(found != header.end());
    return static_cast<std::size_t>(found - header.begin());
}

/// The last version of the rules. The borrowers know the usual ones only: were they others, their
/// payments would not be what the books ask for.
std::shared_ptr<ledger::Programme const> programme()
{
    auto const rules = table("seed/programme_rules.csv");
    auto const cell = [&](std::string_view column) {
        return rules.rows.back().cells[position(rules, column)];
    };
    LEDGER_ASSERT(cell("compounding") == "none");
    LEDGER_ASSERT(cell("allocation_order") == "cost penalty compound interest principal");
    LEDGER_ASSERT(cell("allocation_by") == "instalment");
    LEDGER_ASSERT(cell("in_advance") == "fewer_instalments");
    auto const margin = ledger::Rate::parse(cell("penalty_margin_percent"));
    LEDGER_ASSERT(margin.has_value());
    ledger::ProgrammeRules version;
    version.version = 1;
    version.penalty_margin_ppm = margin->ppm();
    auto programme = std::make_shared<ledger::Programme>();
    programme->rules.push_back(std::move(version));
    return programme;
}

} // namespace

Facts embedded_facts()
{
    Facts facts;
    auto const units = table("seed/administrative_unit.csv");
    for (auto const& row : units.rows) {
        std::string const& code = row.cells[position(units, "code")];
        std::string const& name = row.cells[position(units, "name")];
        if (code.size() != village_code_length || name.find(industrial_park) != name.npos) continue;
        facts.villages.push_back({code, name});
    }
    auto const rates = table("seed/base_rate.csv");
    for (std::size_t i = 1; i < rates.rows.size(); ++i) {
        auto const& cells = rates.rows[i].cells;
        facts.base_rates.push_back({*ledger::Date::parse(cells[position(rates, "effective_from")]),
                                    cells[position(rates, "tier")],
                                    *ledger::Rate::parse(cells[position(rates, "rate_percent")]),
                                    cells[position(rates, "mark")] == "sourced"});
    }
    facts.programme = programme();
    return facts;
}

} // namespace demo
