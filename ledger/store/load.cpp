// Loading by set: a handful of queries a batch, however many commands it holds. Reads views, so
// that the reader role may fold a loan too; locks only through ledger.begin_batch.
#include "ledger/store/batch.hpp"
#include "ledger/store/rows.hpp"
#include "ledger/store/spelling.hpp"

#include <algorithm>

namespace store {

namespace json = boost::json;
using ledger::Date;
using ledger::Money;

namespace {

std::optional<Date> date_in(pqxx::field const& field)
{
    if (field.is_null()) return std::nullopt;
    return stored<Date>(field.c_str());
}

ledger::Digest digest_from_hex(std::string_view text)
{
    ledger::Digest digest{};
    if (text.size() != digest.size() * 2) throw IntegrityFault{"a digest of the wrong length"};
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] =
            static_cast<std::uint8_t>(std::stoi(std::string{text.substr(2 * i, 2)}, nullptr, 16));
    return digest;
}

void add_funds(pqxx::transaction_base& transaction, ledger::CountyCode const& county,
               ledger::WorkingBooks& books, std::set<std::string> const& codes)
{
    auto const rows = transaction.exec_params(
        "SELECT fund_code, name, document, opened_on, coalesce((SELECT b.credits - b.debits"
        " FROM ledger.account_balances b WHERE b.county_code = f.county_code"
        " AND b.code = '2314.01' AND b.subkey = f.fund_code AND b.unit = 'CNY'), 0)"
        " FROM ledger.funds f WHERE county_code = $1 AND fund_code = ANY ($2::text[])",
        county.text(), array_of(codes));
    for (auto const& row : rows)
        books.add(ledger::Fund{stored<ledger::FundCode>(row[0].c_str()), row[1].c_str(),
                               row[2].c_str(), *date_in(row[3]),
                               Money::fen(row[4].as<std::int64_t>())});
}

void add_borrowers(pqxx::transaction_base& transaction, ledger::CountyCode const& county,
                   ledger::WorkingBooks& books, Touched const& touched)
{
    auto const rows = transaction.exec_params(
        "SELECT borrower_number, name, resident_id, household_number, village_code, party_branch,"
        " registered_on FROM register.borrowers WHERE county_code = $1"
        " AND (borrower_number = ANY ($2::text[]) OR resident_id = ANY ($3::text[]))",
        county.text(), array_of(touched.borrowers), array_of(touched.resident_ids));
    for (auto const& row : rows)
        books.add(ledger::Borrower{stored<ledger::BorrowerNumber>(row[0].c_str()), row[1].c_str(),
                                   stored<ledger::ResidentId>(row[2].c_str()),
                                   stored<ledger::HouseholdNumber>(row[3].c_str()),
                                   stored<ledger::UnitCode>(row[4].c_str()), row[5].c_str(),
                                   *date_in(row[6])});
}

void add_villages(pqxx::transaction_base& transaction, ledger::CountyCode const& county,
                  ledger::WorkingBooks& books, std::set<std::string> const& codes)
{
    auto const rows = transaction.exec_params(
        "SELECT code FROM register.administrative_units WHERE county_code = $1"
        " AND length(code) = 12 AND code = ANY ($2::text[])",
        county.text(), array_of(codes));
    for (auto const& row : rows) books.add_village(stored<ledger::UnitCode>(row[0].c_str()));
}

ledger::Books books_at(pqxx::transaction_base& transaction, ledger::CountyCode const& county,
                       CountyState const& state)
{
    return {county, state.opened_on, state.closed_through, load_rules(transaction, county)};
}

std::vector<ledger::Loan> loans_in(pqxx::result const& rows)
{
    std::vector<ledger::Loan> loans;
    loans.reserve(static_cast<std::size_t>(rows.size()));
    for (auto const& row : rows)
        loans.push_back(loan_from(json::parse(row[0].c_str()).as_object()));
    return loans;
}

} // namespace

Touched touched_by(std::vector<Envelope const*> const& envelopes)
{
    Touched touched;
    for (auto const* envelope : envelopes) {
        auto const refs = ledger::references(envelope->command);
        if (refs.loan) touched.loans.insert(refs.loan->text());
        if (refs.fund) touched.funds.insert(refs.fund->text());
        if (refs.borrower) touched.borrowers.insert(refs.borrower->text());
        if (refs.village) touched.villages.insert(refs.village->text());
        if (auto const* person = std::get_if<ledger::RegisterBorrower>(&envelope->command))
            touched.resident_ids.insert(person->resident_id.reveal());
    }
    return touched;
}

std::optional<CountyState> begin_batch(pqxx::transaction_base& transaction,
                                       ledger::CountyCode const& county, Touched const& touched)
{
    auto const row = transaction.exec_params1(
        std::string{"SELECT opened_on, closed_through, last_entry_number, digest_algorithm, "} +
            instant_sql + " FROM ledger.begin_batch($1, $2::text[], $3::text[])",
        county.text(), array_of(touched.loans), array_of(touched.funds));
    if (row[4].is_null()) return std::nullopt;
    return CountyState{date_in(row[0]), date_in(row[1]), row[2].as<std::int64_t>(),
                       enum_from<ledger::DigestAlgorithm>(row[3].c_str()),
                       Instant{std::chrono::microseconds{row[4].as<std::int64_t>()}}};
}

KnownAnswers known_answers(pqxx::transaction_base& transaction, ledger::CountyCode const& county,
                           std::vector<std::string> const& keys)
{
    auto const rows = transaction.exec_params(
        "SELECT idempotency_key, encode(body_digest, 'hex'), answer FROM ledger.command_answer"
        " WHERE county_code = $1 AND idempotency_key = ANY ($2::text[])",
        county.text(), array_of(keys));
    KnownAnswers known;
    for (auto const& row : rows)
        known.emplace(row[0].c_str(),
                      KnownAnswer{digest_from_hex(row[1].c_str()),
                                  receipt_from(json::parse(row[2].c_str()).as_object())});
    return known;
}

std::vector<ledger::ProgrammeRules> load_rules(pqxx::transaction_base& transaction,
                                               ledger::CountyCode const& county)
{
    auto const rows = transaction.exec_params(
        "SELECT version, effective_from, document, is_sourced, loan_cap_fen, term_limit_months,"
        " rate_floor_ppm, rate_ceiling_ppm, penalty_margin_ppm, allocation_order"
        " FROM programme.rules WHERE county_code = $1 ORDER BY effective_from",
        county.text());
    std::vector<ledger::ProgrammeRules> rules;
    for (auto const& row : rows)
        rules.push_back({row[0].as<int>(), *date_in(row[1]), row[2].c_str(), row[3].as<bool>(),
                         Money::fen(row[4].as<std::int64_t>()), row[5].as<int>(),
                         ledger::Rate::ppm(row[6].as<std::int64_t>()),
                         ledger::Rate::ppm(row[7].as<std::int64_t>()), row[8].as<std::int64_t>(),
                         enum_from<ledger::AllocationOrder>(row[9].c_str())});
    return rules;
}

std::vector<ledger::Loan> load_loans(pqxx::transaction_base& transaction,
                                     ledger::CountyCode const& county,
                                     std::set<std::string> const* numbers)
{
    if (numbers == nullptr)
        return loans_in(transaction.exec_params("SELECT body FROM ledger.loan_for_engine"
                                                " WHERE county_code = $1 ORDER BY loan_number",
                                                county.text()));
    return loans_in(transaction.exec_params(
        "SELECT body FROM ledger.loan_for_engine"
        " WHERE county_code = $1 AND loan_number = ANY ($2::text[]) ORDER BY loan_number",
        county.text(), array_of(*numbers)));
}

ledger::WorkingBooks load_books(pqxx::transaction_base& transaction,
                                ledger::CountyCode const& county, CountyState const& state,
                                Touched const& touched)
{
    ledger::WorkingBooks books{books_at(transaction, county, state)};
    auto funds = touched.funds;
    for (auto& loan : load_loans(transaction, county, &touched.loans)) {
        funds.insert(loan.fund.text());
        books.add(std::move(loan));
    }
    add_funds(transaction, county, books, funds);
    add_borrowers(transaction, county, books, touched);
    add_villages(transaction, county, books, touched.villages);
    return books;
}

ledger::WorkingBooks load_owing(pqxx::transaction_base& transaction,
                                ledger::CountyCode const& county, CountyState const& state)
{
    ledger::WorkingBooks books{books_at(transaction, county, state)};
    std::set<std::string> funds;
    auto loans = loans_in(transaction.exec_params(
        "SELECT l.body FROM ledger.loan_line s"
        " JOIN ledger.loan_for_engine l USING (county_code, loan_number)"
        " WHERE s.county_code = $1 AND s.status = 'active' ORDER BY l.loan_number",
        county.text()));
    for (auto& loan : loans) {
        funds.insert(loan.fund.text());
        books.add(std::move(loan));
    }
    add_funds(transaction, county, books, funds);
    return books;
}

} // namespace store
