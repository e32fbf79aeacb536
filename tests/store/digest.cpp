// How a county's entries are hashed: chosen when its books are created, once for ever, and told by
// every entry, so that a county of national cryptography and one without live in one database.
#include "store/execute.hpp"
#include "store/migrate.hpp"
#include "store/queries.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>

using namespace ledger;
using namespace store;
using test::complaints;
using test::Desk;
using test::fengqing;

namespace {

std::string books_hashed_with(DigestAlgorithm algorithm)
{
    auto const url = test::Cluster::instance().empty_database();
    Database owner{url, Role::owner};
    migrate(owner);
    REQUIRE(create_county(owner, fengqing(), algorithm) == algorithm);
    return url;
}

} // namespace

TEST_CASE("The entries of an SM3 county are hashed with SM3, and the doctor recomputes them")
{
    auto const url = books_hashed_with(DigestAlgorithm::sm3);
    Desk desk{url};
    desk.open();
    desk.lend(1);
    Date const day = test::on("2015-03-02");
    auto const receipt =
        desk.booked(RecordEvent{test::loan_number("L1"), day, Repaid{test::yuan("500.00")}}, day);

    int entries = 0;
    each_entry(desk.auditor, fengqing(), [&](EntryCard const& card) {
        ++entries;
        CHECK(card.algorithm == "sm3");
        auto const digest = hex(leaf_digest(canonical_encoding(card.record), DigestAlgorithm::sm3));
        CHECK(card.digest == digest);
        if (card.record.entry_number == receipt.entry_number) CHECK(receipt.entry_digest == digest);
        return true;
    });
    CHECK(entries > 3);
    CHECK(county(desk.reader, fengqing())->digest_algorithm == "sm3");
    CHECK(complaints(desk.auditor) == "");

    test::Cluster::instance().run_sql(url,
                                      "SET session_replication_role = replica;"
                                      "UPDATE ledger.journal_entry SET digest_algorithm = 'sha256'"
                                      " WHERE entry_number = 1");
    CHECK_THAT(complaints(desk.auditor), Catch::Contains("digest"));
}

TEST_CASE("Books keep the digest algorithm that they began with")
{
    struct Row {
        DigestAlgorithm existing;
        std::optional<DigestAlgorithm> asked;
        Refusal expected;
    };
    auto const row = GENERATE(values<Row>({
        {DigestAlgorithm::sha256, std::nullopt, Refusal::none_},
        {DigestAlgorithm::sha256, DigestAlgorithm::sha256, Refusal::none_},
        {DigestAlgorithm::sha256, DigestAlgorithm::sm3, Refusal::digest_algorithm_settled},
        {DigestAlgorithm::sm3, std::nullopt, Refusal::none_},
        {DigestAlgorithm::sm3, DigestAlgorithm::sm3, Refusal::none_},
        {DigestAlgorithm::sm3, DigestAlgorithm::sha256, Refusal::digest_algorithm_settled},
    }));
    auto const url = row.existing == DigestAlgorithm::sm3 ? books_hashed_with(row.existing)
                                                          : test::fresh_books();
    Database owner{url, Role::owner};
    auto const settled = create_county(owner, fengqing(), row.asked);
    if (row.expected == Refusal::none_) {
        CHECK(settled == row.existing);
    } else {
        REQUIRE_FALSE(settled);
        CHECK(settled.error() ==
              Refused{row.expected, "digest", std::string{code_of(row.existing)}});
    }
    Database reader{url, Role::reader};
    CHECK(county(reader, fengqing())->digest_algorithm == code_of(row.existing));
}
