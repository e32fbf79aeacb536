// Reading: one view or function each, plain structs out. What is not in a view is not computed
// here.
#include "store/queries.hpp"

#include "ledger/store/batch.hpp"
#include "ledger/store/columns.hpp"
#include "ledger/store/personal_rows.hpp"
#include "ledger/store/rows.hpp"
#include "ledger/store/session.hpp"
#include "ledger/store/spelling.hpp"

#include <algorithm>

namespace store {

namespace json = boost::json;
using ledger::CountyCode;
using ledger::Date;
using ledger::Money;

namespace {

Money money_in(pqxx::field const& field)
{
    return Money::fen(field.as<std::int64_t>());
}

Date day_in(pqxx::field const& field)
{
    return stored<Date>(field.c_str());
}

std::optional<Date> date_in(pqxx::field const& field)
{
    if (field.is_null()) return std::nullopt;
    return day_in(field);
}

template <class Row> auto all_rows(pqxx::result const& rows, Row read)
{
    std::vector<decltype(read(*rows.begin()))> lines;
    lines.reserve(static_cast<std::size_t>(rows.size()));
    for (auto const& row : rows) lines.push_back(read(row));
    return lines;
}

constexpr char const* portfolio_columns =
    "key, name, borrowers, households, loans, lent_fen, repaid_fen, interest_fen, outstanding_fen,"
    " overdue_fen, par30_fen, par90_fen, par1_fen, par180_fen, par1_with_rescheduled_fen,"
    " par30_with_rescheduled_fen, par90_with_rescheduled_fen, par180_with_rescheduled_fen,"
    " rescheduled_fen, written_off_fen, recovered_fen, largest_fen,"
    " median_fen";

PortfolioLine portfolio_line(pqxx::row const& row, int at)
{
    PortfolioLine line;
    line.key = row[at].c_str();
    line.name = row[at + 1].c_str();
    for (auto* count : {&line.borrowers, &line.households, &line.loans}) {
        *count = row[at++ + 2].as<std::int64_t>();
    }
    for (auto* money :
         {&line.lent, &line.repaid, &line.interest, &line.outstanding, &line.overdue, &line.par30,
          &line.par90, &line.par1, &line.par180, &line.par1_with_rescheduled,
          &line.par30_with_rescheduled, &line.par90_with_rescheduled, &line.par180_with_rescheduled,
          &line.rescheduled, &line.written_off, &line.recovered, &line.largest, &line.median})
    {
        *money = money_in(row[at++ + 2]);
    }
    return line;
}

CountyStatus county_in(pqxx::row const& row)
{
    return {stored<CountyCode>(row[0].c_str()),
            row[1].c_str(),
            date_in(row[2]),
            date_in(row[3]),
            row[4].as<std::int64_t>(),
            row[5].as<std::int64_t>(),
            row[6].as<std::int64_t>(),
            row[7].c_str()};
}

constexpr char const* county_columns =
    "SELECT county_code, name, opened_on, closed_through, entries, borrowers, loans,"
    " digest_algorithm FROM ledger.county_status";

} // namespace

std::vector<CountyStatus> counties(Database& reader)
{
    auto const codes = reading(reader, [](pqxx::transaction_base& transaction) {
        return all_rows(
            transaction.exec("SELECT county_code FROM ledger.county_status ORDER BY county_code"),
            [](pqxx::row const& row) { return stored<CountyCode>(row[0].c_str()); });
    });
    std::vector<CountyStatus> all;
    for (CountyCode const& code : codes) all.push_back(county(reader, code).value());
    return all;
}

std::optional<CountyStatus> county(Database& reader, CountyCode const& code)
{
    return reading(reader, code, [&](pqxx::transaction_base& transaction) {
        auto const rows = transaction.exec_params(
            std::string{county_columns} + " WHERE county_code = $1", code.text());
        return rows.empty() ? std::nullopt : std::optional{county_in(rows[0])};
    });
}

std::optional<ledger::Loan> loan(Database& reader, CountyCode const& code,
                                 ledger::LoanNumber const& number)
{
    return reading(reader, code, [&](pqxx::transaction_base& transaction) {
        auto loans = load_loans(transaction, code, {number.text()},
                                known_programme(reader.session(), transaction, code));
        return loans.empty() ? std::nullopt : std::optional{std::move(loans.front())};
    });
}

std::optional<BorrowerCard> borrower(Database& reader, CountyCode const& code,
                                     ledger::BorrowerNumber const& number)
{
    using Found = std::optional<BorrowerCard>;
    return reading(reader, code, [&](pqxx::transaction_base& transaction) -> Found {
        auto const rows = transaction.exec_params(
            "SELECT name, household_number, village_code, party_branch, registered_on,"
            " township_name, village_name, loans, masks"
            " FROM register.borrower_card WHERE county_code = $1 AND borrower_number = $2",
            code.text(), number.text());
        if (rows.empty()) return std::nullopt;
        auto const row = rows[0];
        BorrowerCard card{.borrower = {number,
                                       row[0].c_str(),
                                       {},
                                       stored<ledger::HouseholdNumber>(row[1].c_str()),
                                       stored<ledger::UnitCode>(row[2].c_str()),
                                       row[3].c_str(),
                                       day_in(row[4])},
                          .masked = {},
                          .township_name = row[5].c_str(),
                          .village_name = row[6].c_str(),
                          .loans = {}};
        for (auto const& loan : texts_in(row[7].c_str()))
            card.loans.push_back(stored<ledger::LoanNumber>(loan));
        json::value const masks = json::parse(row[8].c_str());
        for (auto const& mask : masks.as_object()) {
            auto const kind = ledger::personal_kind_named(mask.key()).value();
            auto const shown =
                reader.sealing().open(bytes_of_hex(std::string_view{mask.value().as_string()}),
                                      mask_sealed_as(kind, code, number));
            if (shown) card.masked.emplace(kind, *shown);
        }
        return card;
    });
}

std::vector<FundLine> funds(Database& reader, CountyCode const& code)
{
    return reading(reader, code, [&](pqxx::transaction_base& transaction) {
        auto const rows = transaction.exec_params(
            "SELECT fund_code, name, document, paid_in_fen, available_fen, reserved_fen, lent_fen,"
            " written_off_fen, risk_paid_in_fen, risk_available_fen FROM ledger.fund_line WHERE "
            "county_code = $1 ORDER BY fund_code",
            code.text());
        return all_rows(rows, [](pqxx::row const& row) {
            return FundLine{row[0].c_str(),   row[1].c_str(),   row[2].c_str(),   money_in(row[3]),
                            money_in(row[4]), money_in(row[5]), money_in(row[6]), money_in(row[7]),
                            money_in(row[8]), money_in(row[9])};
        });
    });
}

std::vector<FundFigures> fund_figures(Database& reader, CountyCode const& code,
                                      std::optional<Date> as_of, std::optional<Instant> known_at)
{
    return reading(reader, code, [&](pqxx::transaction_base& transaction) {
        auto const day = text_of(as_of), known = text_of(known_at);
        auto const rows = transaction.exec_params(
            "SELECT * FROM ledger.fund_statistics($1, $2::date, $3::timestamptz)", code.text(),
            or_null(day), or_null(known));
        return all_rows(rows, [](pqxx::row const& row) {
            FundFigures figures;
            figures.fund = {row[0].c_str(),   row[1].c_str(),   {},
                            money_in(row[2]), money_in(row[3]), money_in(row[4]),
                            money_in(row[5]), money_in(row[6]), money_in(row[7]),
                            money_in(row[8])};
            figures.loans = row[9].as<std::int64_t>();
            figures.approved = money_in(row[10]);
            figures.caps = money_in(row[11]);
            figures.loans_at_cap = row[12].as<std::int64_t>();
            return figures;
        });
    });
}

std::vector<LoanLine> loans(Database& reader, CountyCode const& code, LoanFilter const& filter)
{
    return reading(reader, code, [&](pqxx::transaction_base& transaction) {
        auto const rows = transaction.exec_params(
            "SELECT loan_number, borrower_number, borrower_name, township, township_name,"
            " village_name, purpose, industry, principal_fen, disbursed_fen, outstanding_fen,"
            " overdue_fen, disbursed_on, next_due_on, status, days_past_due, rescheduled_on,"
            " written_off_on, coalesce(renews, ''), reserved_through FROM ledger.loan_line"
            " WHERE county_code = $1 AND ($2 = '' OR township = $2)"
            " AND ($3 = '{}' OR borrower_number = ANY ($3::text[])) AND loan_number > $4"
            " ORDER BY loan_number LIMIT $5",
            code.text(), filter.township, array_of(filter.borrowers), filter.after,
            std::clamp(filter.limit, 1, page_limit));
        return all_rows(rows, [](pqxx::row const& row) {
            return LoanLine{
                row[0].c_str(),   row[1].c_str(),   row[2].c_str(),    row[3].c_str(),
                row[4].c_str(),   row[5].c_str(),   row[6].c_str(),    row[7].c_str(),
                money_in(row[8]), money_in(row[9]), money_in(row[10]), money_in(row[11]),
                date_in(row[12]), date_in(row[13]), row[14].c_str(),   row[15].as<int>(),
                date_in(row[16]), date_in(row[17]), row[18].c_str(),   date_in(row[19])};
        });
    });
}

std::optional<Date> books_day(Database& reader, CountyCode const& code)
{
    return reading(reader, code, [&](pqxx::transaction_base& transaction) {
        auto const rows = transaction.exec_params(
            "SELECT books_on FROM ledger.books_day WHERE county_code = $1", code.text());
        bool const is_there = !rows.empty() && !rows[0][0].is_null();
        return is_there ? std::optional{day_in(rows[0][0])} : std::nullopt;
    });
}

ledger::Result<std::vector<PortfolioLine>>
portfolio(Database& reader, CountyCode const& code, std::optional<Date> from,
          std::optional<Date> until, ledger::Dimension by, std::optional<Instant> known_at)
{
    if (from && until && *until < *from) {
        return ledger::refuse(ledger::Refusal::date_too_early, "until", from->text());
    }
    return reading(reader, code, [&](pqxx::transaction_base& transaction) {
        auto const first = text_of(from), last = text_of(until), known = text_of(known_at);
        auto const rows = transaction.exec_params(
            std::string{"SELECT "} + portfolio_columns +
                " FROM ledger.portfolio($1, $2::date, $3::date, $4, $5::timestamptz)",
            code.text(), or_null(first), or_null(last), std::string{code_of(by)}, or_null(known));
        return all_rows(rows, [](pqxx::row const& row) { return portfolio_line(row, 0); });
    });
}

ledger::Result<std::vector<SeriesPoint>> portfolio_series(Database& reader, CountyCode const& code,
                                                          ledger::Span span,
                                                          ledger::PeriodUnit step,
                                                          std::optional<Instant> known_at)
{
    auto const steps = ledger::calendar_steps(span, step, points_limit);
    if (!steps) return std::unexpected{steps.error()};
    std::vector<std::string> from, until;
    for (auto const& each : *steps) {
        from.push_back(each.from.text());
        until.push_back(each.until.text());
    }
    return reading(reader, code, [&](pqxx::transaction_base& transaction) {
        auto const known = text_of(known_at);
        auto const rows = transaction.exec_params(
            std::string{"SELECT s.from_on, s.until_on, "} + portfolio_columns +
                " FROM unnest($2::date[], $3::date[]) AS s(from_on, until_on)"
                " CROSS JOIN LATERAL ledger.portfolio($1, s.from_on, s.until_on, 'county',"
                " $4::timestamptz)"
                " WHERE key = '' ORDER BY s.from_on",
            code.text(), array_of(from), array_of(until), or_null(known));
        return all_rows(rows, [](pqxx::row const& row) {
            return SeriesPoint{{day_in(row[0]), day_in(row[1])}, portfolio_line(row, 2)};
        });
    });
}

ProgrammeTables programme_tables(Database& reader, CountyCode const& code)
{
    return reading(reader, code, [&](pqxx::transaction_base& transaction) {
        return load_programme_tables(transaction, code);
    });
}

std::shared_ptr<ledger::Programme const> programme(Database& reader, CountyCode const& code)
{
    return reading(reader, code, [&](pqxx::transaction_base& transaction) {
        return load_programme(transaction, code);
    });
}

std::vector<ledger::ProgrammeRules> programme_rules(Database& reader, CountyCode const& code)
{
    return programme_tables(reader, code).rules;
}

std::vector<ledger::BaseRate> base_rates(Database& reader)
{
    return reading(reader, [](pqxx::transaction_base& transaction) {
        auto const rows = transaction.exec("SELECT effective_from, tier, rate_ppm, is_sourced"
                                           " FROM programme.base_rates ORDER BY 1, 2");
        return all_rows(rows, [](pqxx::row const& row) {
            return ledger::BaseRate{day_in(row[0]), row[1].c_str(),
                                    ledger::Rate::ppm(row[2].as<std::int64_t>()),
                                    row[3].as<bool>()};
        });
    });
}

std::vector<AdministrativeUnit> administrative_units(Database& reader, CountyCode const& code)
{
    return reading(reader, code, [&](pqxx::transaction_base& transaction) {
        auto const rows = transaction.exec_params(
            "SELECT code, name, parent_code FROM register.administrative_units"
            " WHERE county_code = $1 ORDER BY code",
            code.text());
        return all_rows(rows, [](pqxx::row const& row) {
            return AdministrativeUnit{row[0].c_str(), row[1].c_str(), row[2].c_str()};
        });
    });
}

} // namespace store
