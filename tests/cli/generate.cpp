// Invented books of any size: they are sound, the same for a seed, and books like any other.
#include "tests/cli/command.hpp"

#include "store/execute.hpp"
#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

using namespace test;

namespace {

std::string generated_books(std::string const& seed)
{
    auto const database = fresh_books();
    Said const said = daifu(
        {"generate", "--counties", "2", "--loans", "200", "--years", "3", "--seed", seed, "--json"},
        database);
    CAPTURE(said.out, said.err);
    REQUIRE(said.exit == 0);
    CHECK(said.json().at("loans").as_int64() == 200);
    return database;
}

/// Every digest of every county, in order, as one.
std::string digests_of(std::string const& database)
{
    pqxx::connection superuser{database};
    return pqxx::work{superuser}
        .exec1("SELECT md5(string_agg(county_code || entry_number || encode(digest, 'hex'), ','"
               " ORDER BY county_code, entry_number)) FROM ledger.journal_entry")[0]
        .c_str();
}

/// A loan that runs, of which nothing is paid in advance.
ledger::LoanNumber running_loan(std::string const& database)
{
    pqxx::connection superuser{database};
    auto const row =
        pqxx::work{superuser}.exec1("SELECT loan_number FROM ledger.loan_standing s"
                                    " WHERE county_code = '530921' AND effective_on = (SELECT"
                                    "     max(effective_on) FROM ledger.loan_standing x"
                                    "     WHERE (x.county_code, x.loan_number)"
                                    "         = (s.county_code, s.loan_number))"
                                    " AND status = 'active' AND outstanding_fen > 100000"
                                    " ORDER BY loan_number LIMIT 1");
    return *ledger::LoanNumber::parse(row[0].c_str());
}

} // namespace

TEST_CASE("Generated books are sound, and a repayment is booked on them like on any other")
{
    auto const database = generated_books("7");
    auto const is_sound = [&](std::string const& county) {
        Said const said = daifu({"doctor", "--county", county}, database);
        INFO(said.out);
        CHECK(said.exit == 0);
    };
    for (char const* county : {"530921", "990001"}) {
        is_sound(county);
        Said const balance = daifu({"trial-balance", "--county", county}, database);
        CHECK(balance.out.find("借贷平衡 balanced") != std::string::npos);
    }

    store::Database app{database, store::Role::app};
    store::Envelope envelope;
    envelope.county = *ledger::CountyCode::parse("530921");
    envelope.idempotency_key = "by-hand";
    envelope.actor = "officer";
    envelope.booked_on = ledger::Date{2018, 1, 2};
    envelope.command = ledger::RecordEvent{running_loan(database), envelope.booked_on,
                                           ledger::Repaid{ledger::Money::yuan(1000)}};
    auto const outcome = store::execute(app, {&envelope, 1}).front();
    if (auto const* refused = std::get_if<ledger::Refused>(&outcome.answer))
        FAIL(ledger::name_of(refused->code));
    is_sound("530921");

    Said const again = daifu({"generate", "--loans", "1"}, database);
    CHECK(again.exit == 1);
    CHECK(again.err.find("books_not_empty") != std::string::npos);
}

TEST_CASE("The same seed makes the same books, to the digest, and another seed others")
{
    auto const first = digests_of(generated_books("7"));
    CHECK(digests_of(generated_books("7")) == first);
    CHECK(digests_of(generated_books("8")) != first);
}
