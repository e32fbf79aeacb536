// What a figure counts, a page of parts: the database's own (sql/views/60_indicator_parts.sql), or
// for what only the engine can say of a loan, every loan folded.
#include "ledger/indicator.hpp"
#include "ledger/store/columns.hpp"
#include "ledger/store/grouped_loans.hpp"
#include "ledger/store/rows.hpp"
#include "ledger/store/session.hpp"
#include "ledger/store/spelling.hpp"
#include "store/queries.hpp"

#include <algorithm>

namespace store {

namespace json = boost::json;
using ledger::CountyCode;
using ledger::Date;
using ledger::Indicator;
using ledger::Refusal;

namespace {

ledger::Result<Indicator const*> wanted(std::string_view code, PartFilter const& filter)
{
    Indicator const* indicator = ledger::indicator_named(code);
    if (!indicator) {
        std::string codes;
        for (Indicator const& each : ledger::all_indicators())
            codes += (codes.empty() ? "" : ", ") + std::string{each.code};
        return ledger::refuse(Refusal::indicator_not_found, "code", codes);
    }
    auto const by = ledger::dimension_of(indicator->report, code_of(filter.by));
    if (!by) return std::unexpected{by.error()};
    if (filter.from && filter.as_of && *filter.as_of < *filter.from)
        return ledger::refuse(Refusal::date_too_early, "as_of", filter.from->text());
    return indicator;
}

CountedPart part_in(pqxx::row const& row)
{
    CountedPart part;
    part.number = row[0].c_str();
    part.name = row[1].c_str();
    part.household = row[2].c_str();
    part.loans = texts_in(row[3].c_str());
    part.borrowers = texts_in(row[4].c_str());
    part.township_name = row[5].c_str();
    part.village_name = row[6].c_str();
    part.amount = row[7].as<std::int64_t>();
    if (!row[8].is_null()) part.on = stored<Date>(row[8].c_str());
    json::value const entries = json::parse(row[9].c_str());
    for (auto const& number : entries.as_array()) part.entries.push_back(number.as_int64());
    part.evidence = texts_in(row[10].c_str());
    return part;
}

/// The entries and the evidence of each part of a page `p`, of days and instants that count: $1 the
/// county, $7 as_of, $8 known_at. What was paid into a fund has the fund as its subject, which may
/// be a loan's number too.
std::string traced(std::string const& pages, Indicator const& indicator)
{
    bool const is_of_funds = indicator.parts == ledger::PartKind::fund;
    bool const has_evidence =
        indicator.report == ledger::Report::leading || indicator.report == ledger::Report::reach;
    std::string const known = " AND ($8::timestamptz IS NULL OR e.recorded_at <= $8::timestamptz)"
                              " AND ($7::date IS NULL OR e.value_on <= $7::date)";
    return "SELECT p.number, p.name, coalesce(p.household_number, ''), to_jsonb(p.loans),"
           " to_jsonb(p.borrowers), coalesce(t.name, ''), coalesce(v.name, ''), p.amount, p.on_day,"
           " (SELECT coalesce(jsonb_agg(e.entry_number ORDER BY e.entry_number), '[]')"
           "  FROM ledger.entry_card e WHERE e.county_code = $1 AND e.subject = ANY (p.subjects)"
           "  AND (e.cause IN ('fund_payment', 'risk_fund_payment')) = " +
           std::string{is_of_funds ? "true" : "false"} + known + ")," +
           (has_evidence ? " (SELECT coalesce(jsonb_agg(DISTINCT e.digest), '[]')"
                           "  FROM ledger.household_evidence e WHERE e.county_code = $1"
                           "  AND e.household_number = p.household_number" +
                               known +
                               " AND ($8::timestamptz IS NULL OR e.reversed_at IS NULL"
                               "      OR e.reversed_at > $8::timestamptz)"
                               " AND ($8::timestamptz IS NOT NULL OR e.reversed_at IS NULL))"
                         : std::string{" '[]'::jsonb"}) +
           ", w.parts, w.amounts FROM " + pages +
           " LEFT JOIN register.administrative_units v ON v.county_code = $1"
           "     AND v.code = p.village_code AND length(v.code) = 12"
           " LEFT JOIN register.administrative_units t ON t.county_code = $1"
           "     AND t.code = left(p.village_code, 9) ORDER BY p.number";
}

CountedParts parts_in(pqxx::result const& rows)
{
    CountedParts parts;
    for (auto const& row : rows) {
        parts.count = row[11].as<std::int64_t>();
        parts.sum = row[12].as<std::int64_t>();
        if (!row[0].is_null()) parts.page.push_back(part_in(row)); // else nothing on this page
    }
    return parts;
}

/// What a loan adds to a figure of quality.
std::int64_t amount_of(ledger::Quality const& quality, std::string_view code)
{
    for (std::size_t n = 0; n < ledger::all_risk_classes.size(); ++n) {
        std::string const risk_class{code_of(ledger::all_risk_classes[n])};
        if (code == "principal_" + risk_class) return quality.principal[n].fen();
        if (code == "loans_" + risk_class) return quality.loans[n];
    }
    if (code == "non_performing") return quality.non_performing().fen();
    if (code == "provisions") return quality.provisions.fen();
    if (code == "due") return quality.due.fen();
    if (code == "collected") return quality.collected.fen();
    if (code == "collected_on_time") return quality.collected_on_time.fen();
    if (code == "subsidy_due") return quality.subsidy_due.fen();
    if (code == "subsidy_claimed") return quality.subsidy_claimed.fen();
    if (code == "subsidy_received") return quality.subsidy_received.fen();
    LEDGER_ASSERT(!"a figure of quality that is in the list and not here");
}

Date last_day(pqxx::transaction_base& transaction, CountyCode const& county,
              PartFilter const& filter)
{
    if (filter.as_of) return *filter.as_of;
    auto const row = transaction.exec_params1(
        "SELECT books_on FROM ledger.books_day WHERE county_code = $1", county.text());
    return stored<Date>(row[0].c_str());
}

CountedParts folded(pqxx::transaction_base& transaction, CountyCode const& county,
                    Indicator const& indicator, PartFilter const& filter)
{
    ledger::Span const span{filter.from.value_or(ledger::all_days.from),
                            last_day(transaction, county, filter).plus_days(1)};
    std::vector<std::string> numbers, amounts;
    std::int64_t sum = 0, count = 0;
    each_grouped_loan(transaction, county, filter.by, filter.key, filter.known_at,
                      [&](ledger::Loan const& loan, Group const&) {
                          auto const amount =
                              amount_of(ledger::quality(loan, span), indicator.code);
                          if (amount == 0) return;
                          ++count;
                          sum += amount;
                          bool const is_on_page = loan.number.text() > filter.after &&
                                                  std::cmp_less(numbers.size(), filter.limit);
                          if (!is_on_page) return;
                          numbers.push_back(loan.number.text());
                          amounts.push_back(std::to_string(amount));
                      });
    auto const day = text_of(filter.as_of), known = text_of(filter.known_at);
    auto const rows = transaction.exec_params(
        traced("(SELECT $4::bigint AS parts, $5::bigint AS amounts) w"
               " LEFT JOIN LATERAL (SELECT u.number, l.borrower_name AS name, l.village_code,"
               "   ''::text AS household_number, ARRAY[u.number] AS loans,"
               "   ARRAY[l.borrower_number] AS borrowers, ARRAY[u.number] AS subjects, u.amount,"
               "   l.disbursed_on AS on_day"
               "   FROM unnest($2::text[], $3::bigint[]) u(number, amount)"
               "   JOIN ledger.loan_line l ON l.county_code = $1 AND l.loan_number = u.number"
               "   WHERE $6::text IS NULL) p ON true",
               indicator),
        county.text(), array_of(numbers), array_of(amounts), count, sum,
        static_cast<char const*>(nullptr), or_null(day), or_null(known));
    return parts_in(rows);
}

CountedParts asked(pqxx::transaction_base& transaction, CountyCode const& county,
                   Indicator const& indicator, PartFilter const& filter)
{
    // Without a key every group: asked of the county, so that each part comes once.
    bool const is_whole = filter.key.empty();
    auto const by = is_whole ? ledger::Dimension::county : filter.by;
    auto const from = text_of(filter.from), day = text_of(filter.as_of),
               known = text_of(filter.known_at);
    auto const rows = transaction.exec_params(
        "WITH part AS MATERIALIZED (SELECT * FROM ledger.indicator_part($1, $2, $3, $4, $5,"
        " $6::date, $7::date, $8::timestamptz)) " +
            traced("(SELECT count(*) AS parts, coalesce(sum(x.amount), 0)::bigint AS amounts"
                   " FROM part x) w LEFT JOIN LATERAL (SELECT * FROM part y WHERE y.number > $9"
                   " ORDER BY y.number LIMIT $10) p ON true",
                   indicator),
        county.text(), std::string{spelled(indicator.report)}, std::string{indicator.code},
        std::string{code_of(by)}, is_whole ? nullptr : filter.key.c_str(), or_null(from),
        or_null(day), or_null(known), filter.after, std::clamp(filter.limit, 1, page_limit));
    return parts_in(rows);
}

} // namespace

ledger::Result<CountedParts> parts_of(Database& reader, CountyCode const& county,
                                      std::string_view code, PartFilter const& filter)
{
    auto const indicator = wanted(code, filter);
    if (!indicator) return std::unexpected{indicator.error()};
    Indicator const& of = **indicator;
    if (of.parts == ledger::PartKind::none) return CountedParts{};
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const open = of.report == ledger::Report::quality ? folded : asked;
        return ledger::Result<CountedParts>{open(transaction, county, of, filter)};
    });
}

} // namespace store
