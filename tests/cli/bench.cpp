// The measuring works: every line is measured on a real server, and the books are sound afterwards.
// How fast anything was is nobody's business here.
#include "tests/cli/command.hpp"

#include "tests/support/cluster.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace test;

TEST_CASE("The bench measures each of its lines on an empty database and leaves sound books")
{
    auto const database = Cluster::instance().empty_database();
    Said const said = daifu({"bench", "--loans", "60", "--seconds", "0.5", "--rounds", "1",
                             "--service", std::string{DAIFU_BINARY_DIR} + "/daifud", "--json"},
                            database);
    CAPTURE(said.out, said.err);
    REQUIRE(said.exit == 0);
    auto const lines = said.json().at("lines").as_array();
    CHECK(lines.size() >= 20);
    for (auto const& line : lines) {
        CAPTURE(line.at("name").as_string().c_str());
        CHECK(line.at("a_second").as_double() > 0);
    }
    CHECK(said.json().at("service_bytes_busy").to_number<double>() > 0);
    for (char const* county : {"530921", "990001"})
        CHECK(daifu({"doctor", "--county", county}, database).exit == 0);
    for (char const* county : {"530921", "530999"}) { // nor beside somebody's books
        Said const again =
            daifu({"bench", "--loans", "60", "--county", county, "--json"}, database);
        CHECK(again.exit == 1);
        CHECK_THAT(again.out + again.err, Catch::Contains("books_not_empty"));
    }
}
