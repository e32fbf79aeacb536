// Temporary tables that are emptied at each commit, and what COPY calls a cell.
#include "ledger/store/staging.hpp"

#include "ledger/assert.hpp"

#include <pqxx/tablewriter>

namespace store {

namespace json = boost::json;

namespace {

struct Name {
    std::string_view schema, table, batch;
};
constexpr std::array<Name, staged_tables> names{{
    {"register", "borrower", ""},
    {"ledger", "fund", "funds"},
    {"ledger", "loan", "loans"},
    {"ledger", "household", ""},
    {"ledger", "journal_entry", "entries"},
    {"ledger", "account", ""},
    {"ledger", "posting", ""},
    {"ledger", "loan_event", "events"},
    {"ledger", "loan_position", "positions"},
    {"ledger", "loan_standing", "standings"},
    {"ledger", "household_event", "household_events"},
    {"ledger", "household_standing", "household_standings"},
    {"ledger", "command_answer", "answers"},
}};

Name const& name_of(Staged table)
{
    return names[static_cast<std::size_t>(table)];
}

std::string target(Staged table)
{
    return std::string{name_of(table).schema} + "." + std::string{name_of(table).table};
}

/// Found without a schema: the temporary one is always searched first.
std::string staged(Staged table)
{
    return "staged_" + std::string{name_of(table).table};
}

std::string list_of(std::span<StagedColumn const> columns)
{
    std::string list;
    for (auto const& column : columns) list += (list.empty() ? "" : ", ") + column.name;
    return list;
}

std::string escaped(std::string_view text)
{
    std::string cell;
    for (char const c : text) {
        switch (c) {
        case '\\': cell += "\\\\"; break;
        case '\t': cell += "\\t"; break;
        case '\n': cell += "\\n"; break;
        case '\r': cell += "\\r"; break;
        default: cell += c;
        }
    }
    return cell;
}

/// JSON writes texts and numbers as an array literal does.
std::string array_literal(json::array const& values)
{
    std::string literal;
    for (auto const& value : values)
        literal += (literal.empty() ? "" : ",") +
                   (value.is_null() ? std::string{"NULL"} : json::serialize(value));
    return "{" + literal + "}";
}

/// A value as COPY's text format has it.
std::string cell_of(StagedColumn const& column, json::value const& value)
{
    if (value.is_null()) return "\\N";
    if (column.is_json) return escaped(json::serialize(value));
    if (auto const* text = value.if_string()) return escaped(*text);
    if (auto const* list = value.if_array()) return escaped(array_literal(*list));
    return escaped(json::serialize(value));
}

} // namespace

std::string_view batch_name_of(Staged table)
{
    return name_of(table).batch;
}

Staging::Staging(pqxx::transaction_base& transaction)
{
    for (std::size_t i = 0; i < staged_tables; ++i) {
        auto const table = static_cast<Staged>(i);
        // The transaction that writes an entry is the database's to say.
        for (auto const& row : transaction.exec_params(
                 "SELECT attname, atttypid = 'jsonb'::regtype FROM pg_catalog.pg_attribute WHERE "
                 "attrelid = $1::regclass"
                 " AND attnum > 0 AND NOT attisdropped AND attname <> 'recorded_xid'"
                 " ORDER BY attname <> 'county_code', attnum",
                 target(table)))
            columns_[i].push_back({row[0].c_str(), row[1].as<bool>()});
        transaction.exec("CREATE TEMPORARY TABLE IF NOT EXISTS " + staged(table) +
                         " ON COMMIT DELETE ROWS AS SELECT " + list_of(columns_[i]) + " FROM " +
                         target(table) + " WITH NO DATA");
    }
}

std::span<StagedColumn const> Staging::columns(Staged table) const
{
    return columns_[static_cast<std::size_t>(table)];
}

std::string Staging::line(Staged table, json::object const& row) const
{
    std::string text;
    std::size_t used = 0;
    for (auto const& column : columns(table)) {
        auto const* value = row.if_contains(column.name);
        if (!text.empty()) text += '\t';
        text += value == nullptr ? "\\N" : cell_of(column, *value);
        used += value == nullptr ? 0 : 1;
    }
    LEDGER_ASSERT(used == row.size()); // a column that the table does not have would be lost
    return text + "\n";
}

void Staging::send(pqxx::transaction_base& transaction, Staged table)
{
    std::string& text = rows(table);
    if (text.empty()) return;
    {
        // Deprecated for a successor that escapes every cell again: these rows are COPY's own text,
        // and many lines are as good as one.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
        pqxx::tablewriter writer{transaction, staged(table)};
#pragma GCC diagnostic pop
        text.pop_back(); // the writer ends the last line
        writer.write_raw_line(text);
        writer.complete();
    }
    text.clear();
    std::string const list = list_of(columns(table));
    transaction.exec("INSERT INTO " + target(table) + " (" + list + ") SELECT " + list + " FROM " +
                     staged(table));
}

} // namespace store
