// Rows that travel as arrays: what the program writes down is what the server reads.
#include "ledger/store/row_arrays.hpp"

#include "ledger/assert.hpp"
#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

using namespace test;
namespace json = boost::json;

TEST_CASE("A row has the attributes of its type in the database, in their order")
{
    pqxx::connection connection{fresh_books()};
    pqxx::work work{connection};
    for (auto const& kind : store::rows_in_arrays()) {
        CAPTURE(kind.type);
        std::vector<std::string> mine, theirs;
        for (auto const& column : kind.columns)
            mine.push_back(std::string{column.name} + (column.is_bytes ? " bytea" : ""));
        for (auto const& row : work.exec_params(
                 "SELECT a.attname || CASE a.atttypid WHEN 'bytea'::regtype THEN ' bytea' ELSE ''"
                 " END FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                 " WHERE c.oid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped"
                 " ORDER BY a.attnum",
                 std::string{kind.type}))
            theirs.emplace_back(row[0].c_str());
        CHECK(mine == theirs);
    }
}

TEST_CASE("The server reads every text, number, date, list and object as it was")
{
    constexpr store::RowColumn columns[]{{"a_text"}, {"a_number"},    {"a_day"},
                                         {"days"},   {"numbers"},     {"texts"},
                                         {"object"}, {"bytes", true}, {"is_so"}};
    store::RowKind const kind{"rows", "pg_temp.every_row", columns};
    pqxx::connection connection{fresh_books()};
    pqxx::work work{connection};
    work.exec("CREATE TYPE pg_temp.every_row AS (a_text text, a_number bigint, a_day date,"
              " days date[], numbers bigint[], texts text[], object jsonb, bytes text,"
              " is_so boolean)");
    json::array rows;
    for (char const* text :
         {"",      "L1",           "null",     "NULL",      "\"", "\\",    "\\\\\"",
          "{}",    "{\"a\",NULL}", "()",       "(1,\"2\")", ",",  ",,",    " ",
          " a b ", "\t\n\r",       "归还贷款", "o'clock",   "$1", "\\x00", "\\N",
          "-- ;",  "\u00a0",       "a\"\"b",   "\x01\x7f"})
        rows.push_back({{"a_text", text},
                        {"a_number", std::numeric_limits<std::int64_t>::min()},
                        {"a_day", "2015-03-01"},
                        {"days", json::array{"2015-03-01", nullptr, "2015-04-01"}},
                        {"numbers", json::array{1, -2, nullptr}},
                        {"texts", json::array{text, nullptr, text}},
                        {"object", {{"key", text}, {"list", {1, text}}}},
                        {"bytes", "00ff5c22"},
                        {"is_so", true}});
    rows.push_back(json::object{});
    rows.push_back({{"a_number", nullptr}, {"days", json::array{}}, {"is_so", false}});
    json::array read;
    for (auto const& row : work.exec_params("SELECT jsonb_strip_nulls(to_jsonb(r)) FROM"
                                            " unnest($1::pg_temp.every_row[]) WITH ORDINALITY AS r",
                                            store::array_literal(kind, rows)))
    {
        auto object = json::parse(row[0].c_str()).as_object();
        object.erase("ordinality");
        read.push_back(std::move(object));
    }
    for (auto& row : rows) {
        auto& object = row.as_object();
        if (auto* bytes = object.if_contains("bytes"))
            *bytes = "\\x" + std::string{bytes->as_string()};
        if (object.contains("a_number") && object["a_number"].is_null()) object.erase("a_number");
    }
    REQUIRE(read.size() == rows.size());
    for (std::size_t n = 0; n < rows.size(); ++n) {
        CAPTURE(json::serialize(rows[n]));
        CHECK(read[n] == rows[n]);
    }
}

TEST_CASE("A batch without rows of a kind has an empty array of them, and the rest stays JSON")
{
    auto const text = store::batch_text(
        {{"number", 7}, {"funds", json::array{json::object{{"fund_code", "F1"}}}}});
    CHECK(text.rest == R"({"number":7,"funds":[{"fund_code":"F1"}]})");
    for (auto const& rows : text.arrays) CHECK(rows == "{}");
}

TEST_CASE("A row whose columns are not those of its kind, or in another order, is a bug")
{
    auto const& moved = store::rows_in_arrays()[1];
    REQUIRE(moved.name == "moved");
    CHECK(store::array_literal(moved, {json::object{{"account_code", "1002"}, {"unit", "CNY"}}}) ==
          R"x({"(1002,,CNY)"})x");
    CHECK_THROWS_AS(store::array_literal(moved, {json::object{{"unit", "CNY"}, {"subkey", ""}}}),
                    ledger::Bug);
    CHECK_THROWS_AS(store::array_literal(moved, {json::object{{"name", "x"}}}), ledger::Bug);
}
