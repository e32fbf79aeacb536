// PostgreSQL turns the rows into text itself, so that a new column is compared without a line here.
#include "tests/support/whole_books.hpp"

#include <pqxx/pqxx>

#include <algorithm>
#include <set>
#include <sstream>

namespace test {

namespace {

std::string rows_of(pqxx::work& work, std::string const& table)
{
    bool const has_account = table == "posting" || table == "account_balance";
    std::string const answer = " || (t.answer - '{recorded_at_us,entry_digest}'::text[])::text";
    // A position's version holds the number of its batch; that they stand in the same order counts.
    std::string const order = table == "loan_position"
                                  ? " || rank() OVER (PARTITION BY loan_number ORDER BY version)"
                                  : "";
    std::string const sql =
        "SELECT coalesce(string_agg(line, E'\\n' ORDER BY line), '') FROM (SELECT (to_jsonb(t)"
        " - '{recorded_at,recorded_xid,digest,account_number,answer,last_batch_number,"
        "last_recorded_at,version}'::text[])::text" +
        order + std::string{has_account ? " || a.code || a.subkey" : ""} +
        (table == "command_answer" ? answer : "") + " AS line FROM ledger." + table + " t" +
        (has_account ? " JOIN ledger.account a USING (county_code, account_number)" : "") + ") l";
    return work.exec1(sql)[0].as<std::string>();
}

std::set<std::string> lines_of(std::string const& rows)
{
    std::set<std::string> lines;
    std::istringstream all{rows};
    for (std::string line; std::getline(all, line);) lines.insert(line);
    return lines;
}

} // namespace

std::map<std::string, std::string> whole_books(std::string const& url)
{
    pqxx::connection superuser{url};
    pqxx::work work{superuser};
    work.exec("SELECT set_config('daifu.sight', '530921', true)");
    std::map<std::string, std::string> books;
    for (char const* const table :
         {"county", "fund", "account", "account_balance", "journal_entry", "posting", "loan",
          "loan_event", "loan_position", "loan_standing", "household", "household_event",
          "household_standing", "command_answer"})
    {
        books[table] = rows_of(work, table);
    }
    return books;
}

std::string difference(std::map<std::string, std::string> const& left,
                       std::map<std::string, std::string> const& right)
{
    std::string text;
    for (auto const& [table, rows] : left) {
        if (rows == right.at(table)) continue;
        std::vector<std::string> only;
        std::ranges::set_symmetric_difference(lines_of(rows), lines_of(right.at(table)),
                                              std::back_inserter(only));
        text += table + ":\n";
        for (std::size_t n = 0; n < std::min<std::size_t>(4, only.size()); ++n)
            text += "  " + only[n] + "\n";
    }
    return text;
}

store::Outcome timeless(store::Outcome outcome)
{
    if (auto* const receipt = std::get_if<store::Receipt>(&outcome.answer)) {
        receipt->recorded_at = {};
        receipt->entry_digest.clear();
    }
    return outcome;
}

std::string in_words(store::Outcome const& outcome)
{
    std::string const again = outcome.is_replay ? " again" : "";
    if (auto const* const refused = std::get_if<ledger::Refused>(&outcome.answer))
        return std::string{name_of(refused->code)} + " " + refused->field + " " + refused->limit;
    auto const& receipt = std::get<store::Receipt>(outcome.answer);
    return receipt.command + " " + receipt.subject + " entry " +
           std::to_string(receipt.entry_number.value_or(0)) + " event " +
           std::to_string(receipt.event_sequence.value_or(0)) + again;
}

} // namespace test
