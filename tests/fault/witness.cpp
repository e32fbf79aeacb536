// The sums are added up by PostgreSQL in one REPEATABLE READ transaction, so that both queries see
// the same moment; a snapshot that the server's death cut short does not count.
#include "witness.hpp"

#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <chrono>

namespace fault {

namespace {

constexpr auto pause_without_server = std::chrono::milliseconds{20};

using Snapshot = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;

std::vector<std::string> unbalanced_in(pqxx::connection& connection)
{
    std::vector<std::string> found;
    Snapshot snapshot{connection};
    auto const units =
        snapshot.exec("SELECT unit, sum(minor_units) FILTER (WHERE side = 'debit') AS debits,"
                      " sum(minor_units) FILTER (WHERE side = 'credit') AS credits"
                      " FROM ledger.posting GROUP BY unit ORDER BY unit");
    for (auto const& unit : units) {
        auto const debits = unit[1].as<std::string>("0");
        auto const credits = unit[2].as<std::string>("0");
        if (debits == credits) continue;
        found.push_back("A4 total: debits of " + unit[0].as<std::string>() + " are " + debits +
                        ", credits " + credits);
    }
    auto const entries = snapshot.exec(
        "SELECT e.entry_number FROM ledger.journal_entry e"
        " LEFT JOIN ledger.posting p USING (county_code, entry_number)"
        " GROUP BY e.county_code, e.entry_number HAVING count(p.line) = 0 OR"
        " sum(CASE p.side WHEN 'debit' THEN p.minor_units ELSE -p.minor_units END) <> 0");
    for (auto const& entry : entries) {
        found.push_back("A4 entry: number " + entry[0].as<std::string>() + " is not balanced");
    }
    snapshot.commit();
    return found;
}

} // namespace

std::vector<std::string> unbalanced_in(std::string const& url)
{
    pqxx::connection connection{url};
    return unbalanced_in(connection);
}

Witness::Witness(std::string url)
    : url_{std::move(url)}
    , thread_{[this] { watch(); }}
{
}

Witness::~Witness()
{
    finish();
}

std::vector<std::string> Witness::finish()
{
    is_over_ = true;
    if (thread_.joinable()) thread_.join();
    return found_;
}

void Witness::watch()
{
    while (!is_over_) {
        try {
            pqxx::connection connection{url_};
            while (!is_over_) {
                for (auto& violation : unbalanced_in(connection)) {
                    found_.push_back(std::move(violation));
                }
                ++snapshots_;
            }
        } catch (pqxx::failure const&) {
            std::this_thread::sleep_for(pause_without_server); // until somebody starts it again
        }
    }
}

} // namespace fault

TEST_CASE("the witness names books that are out of balance (control: a posting changed by hand)")
{
    auto const url = test::fresh_books();
    test::Desk desk{url};
    desk.open();
    desk.lend(1);
    CHECK(fault::unbalanced_in(url).empty());
    test::Cluster::instance().run_sql(url, "SET session_replication_role = replica;"
                                           "UPDATE ledger.posting SET minor_units = minor_units + 1"
                                           " WHERE entry_number = 1 AND side = 'debit'");
    auto const found = fault::unbalanced_in(url);
    REQUIRE(found.size() == 2);
    CHECK_THAT(found[0], Catch::StartsWith("A4 total: debits of CNY are"));
    CHECK(found[1] == "A4 entry: number 1 is not balanced");
    fault::Witness witness{url};
    while (witness.snapshots() == 0) std::this_thread::yield();
    CHECK_FALSE(witness.finish().empty());
}
