// Loading by set: a handful of queries a batch, however many commands it holds. Reads views, so
// that the reader role may fold a loan too; locks only through ledger.begin_batch.
#include "ledger/store/batch.hpp"
#include "ledger/store/personal_rows.hpp"
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

void add_funds(pqxx::transaction_base& transaction, ledger::CountyCode const& county,
               ledger::WorkingBooks& books, std::set<std::string> const& codes)
{
    if (codes.empty()) return;
    auto const rows = prepared(
        transaction, "load_funds",
        "SELECT f.fund_code, f.name, f.document, f.opened_on,"
        " coalesce(sum(b.credits - b.debits) FILTER (WHERE b.code = '2314.01'), 0)::bigint,"
        " coalesce(sum(b.credits - b.debits) FILTER (WHERE b.code = '2701'), 0)::bigint"
        " FROM ledger.funds f LEFT JOIN ledger.account_balances b"
        " ON b.county_code = f.county_code AND b.code IN ('2314.01', '2701')"
        " AND b.subkey = f.fund_code AND b.unit = 'CNY'"
        " WHERE f.county_code = $1 AND f.fund_code = ANY ($2::text[])"
        " GROUP BY f.fund_code, f.name, f.document, f.opened_on",
        county.text(), array_of(codes));
    for (auto const& row : rows)
        books.add(ledger::Fund{stored<ledger::FundCode>(row[0].c_str()), row[1].c_str(),
                               row[2].c_str(), *date_in(row[3]),
                               Money::fen(row[4].as<std::int64_t>()),
                               Money::fen(row[5].as<std::int64_t>())});
}

/// Who is registered already under the ids of those who register now.
std::map<std::string, ledger::ResidentId> registered_ids(pqxx::transaction_base& transaction,
                                                         ledger::CountyCode const& county,
                                                         Sealing const* sealing,
                                                         std::set<ledger::ResidentId> const& ids)
{
    std::map<std::string, ledger::ResidentId> by_borrower;
    for (auto const& id : ids) {
        if (sealing == nullptr) throw IntegrityFault{"there is no key to seal personal data with"};
        for (auto const& row : transaction.exec_params(
                 "SELECT borrower_number FROM register.personal_index WHERE county_code = $1"
                 " AND exact_index = ANY (ARRAY("
                 "  SELECT decode(x, 'hex') FROM unnest($2::text[]) x))",
                 county.text(),
                 exact_indexes(*sealing, ledger::PersonalKind::resident_id, id.reveal())))
            by_borrower.emplace(row[0].c_str(), id);
    }
    return by_borrower;
}

void add_borrowers(pqxx::transaction_base& transaction, ledger::CountyCode const& county,
                   ledger::WorkingBooks& books, std::set<std::string> numbers,
                   std::map<std::string, ledger::ResidentId> const& by_id)
{
    for (auto const& [number, id] : by_id) numbers.insert(number);
    if (numbers.empty()) return;
    auto const rows =
        prepared(transaction, "load_borrowers",
                 "SELECT borrower_number, name, household_number, village_code, party_branch,"
                 " registered_on FROM register.borrowers WHERE county_code = $1"
                 " AND borrower_number = ANY ($2::text[])",
                 county.text(), array_of(numbers));
    for (auto const& row : rows) {
        auto const id = by_id.find(row[0].c_str());
        books.add(ledger::Borrower{stored<ledger::BorrowerNumber>(row[0].c_str()), row[1].c_str(),
                                   id == by_id.end() ? ledger::ResidentId{} : id->second,
                                   stored<ledger::HouseholdNumber>(row[2].c_str()),
                                   stored<ledger::UnitCode>(row[3].c_str()), row[4].c_str(),
                                   *date_in(row[5])});
    }
}

void add_places(pqxx::transaction_base& transaction, ledger::CountyCode const& county,
                ledger::WorkingBooks& books, std::set<std::string> const& villages,
                std::set<std::string> const& townships)
{
    if (villages.empty() && townships.empty()) return;
    auto const rows =
        transaction.exec_params("SELECT code, valid_from, valid_until, length(code) = 12"
                                " FROM register.administrative_units WHERE county_code = $1"
                                " AND (length(code) = 12 AND code = ANY ($2::text[])"
                                "      OR length(code) = 9 AND code = ANY ($3::text[]))",
                                county.text(), array_of(villages), array_of(townships));
    for (auto const& row : rows) {
        auto code = stored<ledger::UnitCode>(row[0].c_str());
        ledger::Span const days{*date_in(row[1]), *date_in(row[2])};
        if (row[3].as<bool>())
            books.add_village(std::move(code), days);
        else
            books.add_township(std::move(code), days);
    }
}

std::vector<ledger::Loan> loans_in(pqxx::result const& rows,
                                   std::shared_ptr<ledger::Programme const> const& programme)
{
    std::vector<ledger::Loan> loans;
    loans.reserve(static_cast<std::size_t>(rows.size()));
    for (auto const& row : rows)
        loans.push_back(loan_from(json::parse(row[0].c_str()).as_object(), programme));
    return loans;
}

/// What the loans name: their funds, and who borrowed under them.
struct Lent {
    std::set<std::string> funds, borrowers;
};
Lent add_loans(ledger::WorkingBooks& books, std::vector<ledger::Loan> loans)
{
    Lent lent;
    for (auto& loan : loans) {
        lent.funds.insert(loan.fund.text());
        lent.borrowers.insert(loan.borrower.text());
        books.add(std::move(loan));
    }
    return lent;
}

constexpr int shown_limit = 5; ///< other households that a warning names

/// Who else the evidence of the commands shows, for a warning.
void add_shown(pqxx::transaction_base& transaction, ledger::CountyCode const& county,
               ledger::WorkingBooks& books, Touched const& touched)
{
    std::vector<std::string> digests;
    for (auto const& name : touched.registers) {
        if (name.kind == ledger::RegisterKind::evidence) digests.push_back(name.subject);
    }
    if (digests.empty()) return;
    auto const rows = transaction.exec_params(
        "SELECT w.digest, e.household_number FROM unnest($2::text[]) w(digest)"
        " CROSS JOIN LATERAL (SELECT DISTINCT x.household_number FROM ledger.household_evidence x"
        "     WHERE x.county_code = $1 AND x.digest = w.digest AND x.reversed_at IS NULL"
        "     ORDER BY x.household_number LIMIT $3) e",
        county.text(), array_of(digests), shown_limit);
    for (auto const& row : rows)
        books.add_shown(row[0].c_str(), stored<ledger::HouseholdNumber>(row[1].c_str()));
}

} // namespace

Touched touched_by(std::vector<Envelope const*> const& envelopes)
{
    Touched touched;
    for (auto const* envelope : envelopes) {
        auto const refs = ledger::references(envelope->command);
        if (refs.loan) touched.loans.insert(refs.loan->text());
        if (refs.renewed) touched.loans.insert(refs.renewed->text());
        if (refs.fund) touched.funds.insert(refs.fund->text());
        if (refs.borrower) touched.borrowers.insert(refs.borrower->text());
        if (refs.household) touched.households.insert(refs.household->text());
        if (refs.village) touched.villages.insert(refs.village->text());
        if (refs.township) touched.townships.insert(refs.township->text());
        if (refs.subject) touched.registers.insert(*refs.subject);
        if (refs.rests_on) touched.registers.insert(*refs.rests_on);
        if (refs.wants_dependents) touched.with_dependents.insert(*refs.subject);
        if (auto const* person = std::get_if<ledger::RegisterBorrower>(&envelope->command))
            touched.resident_ids.insert(person->resident_id);
    }
    return touched;
}

std::optional<CountyState> begin_batch(pqxx::transaction_base& transaction,
                                       ledger::CountyCode const& county)
{
    auto const rows = prepared(
        transaction, "begin_batch",
        std::string{"SELECT opened_on, closed_through, last_entry_number, digest_algorithm, "} +
            instant_sql + ", last_batch_number FROM ledger.begin_batch($1)",
        county.text());
    auto const row = rows.at(0);
    if (row[4].is_null()) return std::nullopt;
    return CountyState{date_in(row[0]),
                       date_in(row[1]),
                       row[2].as<std::int64_t>(),
                       row[5].as<std::int64_t>(),
                       enum_from<ledger::DigestAlgorithm>(row[3].c_str()),
                       Instant{std::chrono::microseconds{row[4].as<std::int64_t>()}}};
}

KnownAnswers known_answers(pqxx::transaction_base& transaction, ledger::CountyCode const& county,
                           std::vector<std::string> const& keys)
{
    auto const rows = prepared(
        transaction, "known_answers",
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

ProgrammeTables load_programme_tables(pqxx::transaction_base& transaction,
                                      ledger::CountyCode const& county)
{
    auto const rows = prepared(
        transaction, "load_programme",
        "SELECT body FROM programme.programme_for_engine WHERE county_code = $1", county.text());
    if (rows.empty()) return {};
    return programme_tables_from(json::parse(rows[0][0].c_str()).as_object());
}

std::shared_ptr<ledger::Programme const> load_programme(pqxx::transaction_base& transaction,
                                                        ledger::CountyCode const& county)
{
    return std::make_shared<ledger::Programme const>(
        programme_of(load_programme_tables(transaction, county)));
}

std::shared_ptr<ledger::Programme const> known_programme(Database::Session& session,
                                                         pqxx::transaction_base& transaction,
                                                         ledger::CountyCode const& county)
{
    auto& known = session.rules[county];
    auto const rows = prepared(transaction, "rules_since",
                               "SELECT last_batch_number,"
                               " programme.is_ruled_since(county_code, $2::bigint)"
                               " FROM ledger.county_status WHERE county_code = $1",
                               county.text(), known.batch_number);
    if (rows.empty()) return load_programme(transaction, county);
    if (!known.programme || rows[0][1].as<bool>()) {
        known.programme = load_programme(transaction, county);
    }
    known.batch_number = rows[0][0].as<std::int64_t>();
    return known.programme;
}

std::vector<ledger::Loan> load_loans(pqxx::transaction_base& transaction,
                                     ledger::CountyCode const& county,
                                     std::set<std::string> const& numbers,
                                     std::shared_ptr<ledger::Programme const> const& programme)
{
    if (numbers.empty()) return {};
    auto const rows =
        prepared(transaction, "load_loans",
                 "SELECT body FROM ledger.loan_for_engine"
                 " WHERE county_code = $1 AND loan_number = ANY ($2::text[]) ORDER BY loan_number",
                 county.text(), array_of(numbers));
    return loans_in(rows, programme);
}

std::vector<ledger::Household> load_households(pqxx::transaction_base& transaction,
                                               ledger::CountyCode const& county,
                                               std::set<std::string> const& numbers)
{
    std::vector<ledger::Household> households;
    if (numbers.empty()) return households;
    auto const rows = transaction.exec_params(
        "SELECT body FROM ledger.household_for_engine"
        " WHERE county_code = $1 AND household_number = ANY ($2::text[]) ORDER BY household_number",
        county.text(), array_of(numbers));
    for (auto const& row : rows)
        households.push_back(household_from(json::parse(row[0].c_str()).as_object()));
    return households;
}

ledger::WorkingBooks empty_books(pqxx::transaction_base& transaction,
                                 ledger::CountyCode const& county, CountyState const& state)
{
    return ledger::WorkingBooks{
        {county, state.opened_on, state.closed_through, load_programme(transaction, county)}};
}

namespace {

/// Of what is wanted, what the books do not hold.
struct Lacking {
    ledger::WorkingBooks const& books;

    std::set<std::string> loans(std::set<std::string> const& wanted) const
    {
        return of(wanted, [&](auto const& number) {
            return books.loan(stored<ledger::LoanNumber>(number));
        });
    }
    std::set<std::string> funds(std::set<std::string> const& wanted) const
    {
        return of(wanted,
                  [&](auto const& code) { return books.fund(stored<ledger::FundCode>(code)); });
    }
    std::set<std::string> borrowers(std::set<std::string> const& wanted) const
    {
        return of(wanted, [&](auto const& number) {
            return books.borrower(stored<ledger::BorrowerNumber>(number));
        });
    }
    std::set<std::string> households(std::set<std::string> const& wanted) const
    {
        return of(wanted, [&](auto const& number) {
            return books.household(stored<ledger::HouseholdNumber>(number));
        });
    }
    std::set<ledger::RegisterName> registers(std::set<ledger::RegisterName> const& wanted) const
    {
        return of(wanted, [&](auto const& name) { return books.subject(name); });
    }

  private:
    template <class Name> static std::set<Name> of(std::set<Name> const& wanted, auto const& held)
    {
        std::set<Name> lacking;
        for (auto const& each : wanted)
            if (held(each) == nullptr) lacking.insert(each);
        return lacking;
    }
};

} // namespace

bool can_be_held(Touched const& touched)
{
    return touched.villages.empty() && touched.townships.empty() && touched.resident_ids.empty() &&
           touched.with_dependents.empty() && touched.registers.empty();
}

bool hold_all(ledger::WorkingBooks const& books, Touched const& touched)
{
    Lacking const lacking{books};
    return lacking.loans(touched.loans).empty() && lacking.funds(touched.funds).empty() &&
           lacking.borrowers(touched.borrowers).empty() &&
           lacking.households(touched.households).empty();
}

void load_into(ledger::WorkingBooks& books, pqxx::transaction_base& transaction,
               ledger::CountyCode const& county, Touched const& touched, Sealing const* sealing)
{
    Lacking const lacking{books};
    auto lent = add_loans(books, load_loans(transaction, county, lacking.loans(touched.loans),
                                            books.books().programme));
    lent.funds.insert(touched.funds.begin(), touched.funds.end());
    add_funds(transaction, county, books, lacking.funds(lent.funds));
    lent.borrowers.insert(touched.borrowers.begin(), touched.borrowers.end());
    add_borrowers(transaction, county, books, lacking.borrowers(lent.borrowers),
                  registered_ids(transaction, county, sealing, touched.resident_ids));
    for (auto& household :
         load_households(transaction, county, lacking.households(touched.households)))
        books.add(std::move(household));
    add_shown(transaction, county, books, touched);
    auto registers = lacking.registers(touched.registers);
    registers.insert(touched.with_dependents.begin(), touched.with_dependents.end());
    for (auto& subject : load_registers(transaction, county, registers, touched.with_dependents))
        books.add(std::move(subject));
    add_places(transaction, county, books, touched.villages, touched.townships);
}

ledger::WorkingBooks load_books(pqxx::transaction_base& transaction,
                                ledger::CountyCode const& county, CountyState const& state,
                                Touched const& touched, Sealing const* sealing)
{
    auto books = empty_books(transaction, county, state);
    load_into(books, transaction, county, touched, sealing);
    return books;
}

std::vector<std::string> loans_to_close(pqxx::transaction_base& transaction,
                                        ledger::CountyCode const& county, std::string const& after,
                                        std::size_t limit)
{
    auto const rows = transaction.exec_params(
        "SELECT loan_number FROM ledger.loan_to_close"
        " WHERE county_code = $1 AND loan_number > $2 ORDER BY loan_number LIMIT $3",
        county.text(), after, limit);
    std::vector<std::string> loans;
    for (auto const& row : rows) loans.emplace_back(row[0].c_str());
    return loans;
}

std::size_t count_to_close(pqxx::transaction_base& transaction, ledger::CountyCode const& county)
{
    return transaction
        .exec_params1("SELECT count(*) FROM ledger.loan_to_close WHERE county_code = $1",
                      county.text())[0]
        .as<std::size_t>();
}

LastEvents last_events(pqxx::transaction_base& transaction, ledger::CountyCode const& county,
                       std::optional<Date> booked_from)
{
    auto const rows = transaction.exec_params(
        "SELECT loan_number, max(sequence) FROM ledger.loan_event"
        " WHERE county_code = $1 AND booked_on >= coalesce(nullif($2, '')::date, '-infinity')"
        " AND kind NOT IN ('approval_expired', 'provisioned') GROUP BY loan_number",
        county.text(), booked_from ? booked_from->text() : std::string{});
    LastEvents last;
    for (auto const& row : rows) last.emplace(row[0].c_str(), row[1].as<int>());
    return last;
}

} // namespace store
