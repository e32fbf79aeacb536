// Reading households: one for the engine, the list, and who was led.
#include "ledger/store/batch.hpp"
#include "ledger/store/columns.hpp"
#include "ledger/store/journal_rows.hpp"
#include "ledger/store/rows.hpp"
#include "ledger/store/session.hpp"
#include "ledger/store/spelling.hpp"
#include "store/queries.hpp"

#include <algorithm>

namespace store {

namespace json = boost::json;
using ledger::CountyCode;
using ledger::Date;
using ledger::Money;

namespace {

HouseholdLine household_line(pqxx::row const& row)
{
    return {row[0].c_str(),
            row[1].c_str(),
            row[2].c_str(),
            row[3].c_str(),
            row[4].c_str(),
            row[5].c_str(),
            row[6].c_str(),
            row[7].as<int>(),
            stored<Date>(row[8].c_str()),
            row[9].as<bool>(),
            texts_in(row[10].c_str()),
            texts_in(row[11].c_str())};
}

/// `first`: the column of its key.
LeadingLine leading_line(pqxx::row const& row, int first = 0)
{
    LeadingLine line;
    int at = first;
    line.key = row[at++].c_str();
    line.name = row[at++].c_str();
    for (Counted* counted : {&line.claimed, &line.led, &line.led_ever, &line.led_poor, &line.exited,
                             &line.sustained, &line.relapsed})
    {
        counted->households = row[at++].as<std::int64_t>();
        counted->persons = row[at++].as<std::int64_t>();
    }
    line.led_units = row[at++].as<std::int64_t>();
    line.borrowers = row[at++].as<std::int64_t>();
    line.brought = Money::fen(row[at++].as<std::int64_t>());
    line.incomes = row[at++].as<std::int64_t>();
    for (Money* income : {&line.income_before, &line.income_since, &line.income_without})
        *income = Money::fen(row[at++].as<std::int64_t>());
    for (auto* count : {&line.loans, &line.loans_without}) {
        auto const field = row[at++];
        if (!field.is_null()) *count = field.as<std::int64_t>();
    }
    if (auto const lent = row[at]; !lent.is_null()) line.lent = Money::fen(lent.as<std::int64_t>());
    return line;
}

} // namespace

std::optional<ledger::Household> household(Database& reader, CountyCode const& county,
                                           ledger::HouseholdNumber const& number)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto found = load_households(transaction, county, {number.text()});
        return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
    });
}

std::vector<ledger::EntryRecord> entries_of(Database& reader, CountyCode const& county,
                                            ledger::HouseholdNumber const& number)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        std::vector<ledger::EntryRecord> entries;
        for (auto const& row : entry_rows_of(transaction, county, "household:" + number.text()))
            entries.push_back(entry_in(county, row).record);
        return entries;
    });
}

std::vector<HouseholdLine> households(Database& reader, CountyCode const& county,
                                      HouseholdFilter const& filter)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const rows = transaction.exec_params(
            "SELECT household_number, head, township, township_name, village_code, village_name,"
            " standing, persons, registered_on, is_dissolved, led_by, claimed_by"
            " FROM ledger.household_line WHERE county_code = $1 AND ($2 = '' OR township = $2)"
            " AND ($3 = '' OR standing = $3) AND ($4 = '' OR led_by ? $4 OR claimed_by ? $4)"
            " AND household_number > $5 ORDER BY household_number LIMIT $6",
            county.text(), filter.township, filter.standing, filter.borrower, filter.after,
            std::clamp(filter.limit, 1, page_limit));
        std::vector<HouseholdLine> lines;
        for (auto const& row : rows) lines.push_back(household_line(row));
        return lines;
    });
}

std::vector<LeadingLine> leading(Database& reader, CountyCode const& county,
                                 std::optional<Date> as_of, ledger::Dimension by,
                                 std::optional<Instant> known_at)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const day = text_of(as_of), known = text_of(known_at);
        auto const rows = transaction.exec_params(
            "SELECT * FROM ledger.leading_statistics($1, $2::date, $3, $4::timestamptz)",
            county.text(), or_null(day), std::string{code_of(by)}, or_null(known));
        std::vector<LeadingLine> lines;
        for (auto const& row : rows) lines.push_back(leading_line(row));
        return lines;
    });
}

ledger::Result<std::vector<LeadingPoint>> leading_series(Database& reader, CountyCode const& county,
                                                         ledger::Span span, ledger::PeriodUnit step,
                                                         std::optional<Instant> known_at)
{
    auto const steps = ledger::calendar_steps(span, step, leading_points_limit);
    if (!steps) return std::unexpected{steps.error()};
    std::vector<std::string> from, until;
    for (auto const& each : *steps) {
        from.push_back(each.from.text());
        until.push_back(each.until.text());
    }
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const known = text_of(known_at);
        auto const rows = transaction.exec_params(
            "SELECT s.from_on, s.until_on, l.*"
            " FROM unnest($2::date[], $3::date[]) AS s(from_on, until_on)"
            " CROSS JOIN LATERAL ledger.leading_statistics($1, s.until_on - 1, 'county',"
            " $4::timestamptz) l WHERE l.key = '' ORDER BY s.from_on",
            county.text(), array_of(from), array_of(until), or_null(known));
        std::vector<LeadingPoint> points;
        for (auto const& row : rows) {
            ledger::Span const span_of_step{stored<Date>(row[0].c_str()),
                                            stored<Date>(row[1].c_str())};
            points.push_back({span_of_step, leading_line(row, 2)});
        }
        return points;
    });
}

} // namespace store
