// The other verbs of daifu: help and usage, the demonstration county's published totals as the
// statistics tell them, the closing, the self-check and the pure calculators.
#include "tests/cli/command.hpp"
#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>

#include <pqxx/pqxx>

using namespace test;

namespace {

/// One demonstration county for the tests that only read it.
std::string const& demo_books()
{
    static std::string const database = [] {
        std::string const fresh = fresh_books();
        Folder const folder;
        Said const said = daifu({"demo", "--directory", folder.path("demo")}, fresh);
        INFO(said.out << said.err);
        REQUIRE(said.exit == 0);
        return fresh;
    }();
    return database;
}

boost::json::object county_line(std::vector<std::string> const& arguments)
{
    std::vector<std::string> all{"report", "portfolio", "--json"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return daifu(all, demo_books()).json().at("county").as_object();
}

} // namespace

TEST_CASE("Every verb explains itself in both languages")
{
    for (std::vector<std::string> verb :
         std::vector<std::vector<std::string>>{{},
                                               {"migrate"},
                                               {"open-books"},
                                               {"close-day"},
                                               {"doctor"},
                                               {"import"},
                                               {"demo"},
                                               {"loan"},
                                               {"loan", "show"},
                                               {"loan", "explain"},
                                               {"trial-balance"},
                                               {"report"},
                                               {"report", "portfolio"},
                                               {"export"},
                                               {"schedule"},
                                               {"replay"}})
    {
        verb.push_back("--help");
        Said const said = daifu(verb);
        CAPTURE(verb, said.out);
        CHECK(said.exit == 0);
        CHECK(said.err.empty());
        CHECK(std::ranges::any_of(said.out,
                                  [](char c) { return static_cast<unsigned char>(c) > 0xE0; }));
    }
}

TEST_CASE("Wrong usage answers 2, a refusal 1, a database that is not there 3")
{
    CHECK(daifu({}).exit == 2);
    CHECK(daifu({"fly"}).exit == 2);
    CHECK(daifu({"export", "--format", "lotus123"}, "host=/nowhere").exit == 2);
    CHECK(daifu({"import", "/nowhere/file.csv"}, "host=/nowhere").exit == 2);
    Said const nameless = daifu({"doctor"});
    CHECK(nameless.exit == 2);
    CHECK(nameless.err.find("DAIFU_DATABASE") != std::string::npos);
    Said const absent = daifu({"doctor", "--json"}, "host=/nowhere");
    CHECK(absent.exit == 3);
    CHECK(absent.json().at("code").as_string() == "database_unavailable");
    Said const refused = daifu({"loan", "show", "L404", "--json"}, fresh_books());
    CHECK(refused.exit == 1);
    CHECK(refused.json().at("code").as_string() == "loan_not_found");
    CHECK(refused.json().at("title_zh").as_string() == "没有这笔贷款");
    Said const plain = daifu({"loan", "show", "L404", "--as-of", "2016-02-30"}, fresh_books());
    CHECK(plain.exit == 1);
    CHECK(plain.out.empty());
    CHECK(plain.err.find("date_malformed  [as_of]") != std::string::npos);
}

TEST_CASE("--database wins over DAIFU_DATABASE, on every verb")
{
    std::string const asked = fresh_books();
    std::string const other = "host=/nowhere";
    Folder const folder;
    std::string const file = folder.file("f.csv", "资金编号,名称,文号,拨款日期,金额\n"
                                                  "F1,资金,演示,2015-01-05,5.00\n");
    std::vector<std::vector<std::string>> const verbs{{"migrate"},
                                                      {"import", file},
                                                      {"doctor"},
                                                      {"trial-balance"},
                                                      {"report", "portfolio"},
                                                      {"export", "--format", "csv"},
                                                      {"loan", "show", "L404"},
                                                      {"loan", "explain", "L404"},
                                                      {"demo", "--directory", folder.path("d")},
                                                      {"open-books"},
                                                      {"close-day"}};
    for (auto verb : verbs) {
        CAPTURE(verb);
        verb.insert(verb.end(), {"--database", asked});
        CHECK(daifu(verb, other).exit < 2);
        verb.back() = other;
        CHECK(daifu(verb, asked).exit == 3);
    }
    CHECK(daifu({"doctor", "--database", ""}, asked).exit == 2);
}

TEST_CASE("The statistics of the demonstration county are the published figures")
{
    auto const total = county_line({"--from", "2015-01-01", "--until", "2016-09-01"});
    CHECK(total.at("lent").as_string() == "42100000.00");
    CHECK(total.at("borrowers").to_number<int>() == 553);
    CHECK(total.at("loans").to_number<int>() == 553);
    auto const first_year = county_line({"--from", "2015-01-01", "--until", "2016-01-01"});
    CHECK(first_year.at("lent").as_string() == "12100000.00");
    CHECK(first_year.at("households").to_number<int>() == 168);
    CHECK(county_line({}).at("lent").as_string() == "42100000.00");
    Said const report = daifu({"report", "portfolio"}, demo_books());
    CHECK(report.out.find("腰街彝族乡") != std::string::npos);
    CHECK(report.out.find("42,100,000.00") != std::string::npos);
    auto const townships =
        daifu({"report", "portfolio", "--json"}, demo_books()).json().at("townships").as_array();
    CHECK(townships.size() == 13);
}

TEST_CASE("The published loan is in the demonstration's books, and is settled")
{
    auto const card = daifu({"loan", "show", "FQ-2015-0001", "--json"}, demo_books()).json();
    CHECK(card.at("status").as_string() == "settled");
    CHECK(daifu({"loan", "show", "FQ-2015-0002", "--json"}, demo_books())
              .json()
              .at("days_past_due")
              .to_number<int>() > 365);
    Said const why = daifu({"loan", "explain", "FQ-2015-0001"}, demo_books());
    CHECK(why.exit == 0);
    CHECK(why.out.find("÷") != std::string::npos);
}

TEST_CASE("The demonstration's trial balance is balanced, and the self-check finds nothing")
{
    Said const balance = daifu({"trial-balance", "--json"}, demo_books());
    REQUIRE(balance.exit == 0);
    auto const totals = balance.json().at("totals").as_array();
    CHECK_FALSE(totals.empty());
    for (boost::json::value const& total : totals) {
        CHECK(total.at("is_balanced").as_bool());
    }
    Said const health = daifu({"doctor", "--json"}, demo_books());
    CAPTURE(health.out);
    CHECK(health.exit == 0);
    CHECK(health.json().at("is_sound").as_bool());
    CHECK(health.json().at("checks").as_array().size() >= 8);
}

TEST_CASE("The demonstration is refused where the books are in use")
{
    Folder const folder;
    Said const again = daifu({"demo", "--json", "--directory", folder.path("d")}, demo_books());
    CHECK(again.exit == 1);
    CHECK(again.json().at("code").as_string() == "books_already_open");
    std::string const database = fresh_books();
    REQUIRE(daifu({"import", folder.file("f.csv", "资金编号,名称,文号,拨款日期,金额\n"
                                                  "F1,资金,演示,2015-01-05,5.00\n")},
                  database)
                .exit == 0);
    Said const used = daifu({"demo", "--json", "--directory", folder.path("d")}, database);
    CHECK(used.exit == 1);
    CHECK(used.json().at("code").as_string() == "books_not_empty");
}

TEST_CASE("The demonstration's registers can be written without a database")
{
    Folder const folder;
    Said const said = daifu({"demo", "--csv-only", "--json", "--directory", folder.path("d")});
    REQUIRE(said.exit == 0);
    CHECK(said.json().at("summary").at("lent").as_string() == "42100000.00");
    CHECK(folder.read("d/loans.csv").starts_with("\xEF\xBB\xBF贷款编号,"));
}

TEST_CASE("A day closes once; closing it again says so")
{
    std::string const database = fresh_books();
    REQUIRE(daifu({"open-books"}, database).exit == 0);
    Said const first = daifu({"close-day", "--json"}, database);
    CAPTURE(first.out, first.err);
    CHECK(first.exit == 0);
    Said const second = daifu({"close-day", "--json"}, database);
    CAPTURE(second.out, second.err);
    CHECK(second.exit == 0);
    Said const future = daifu({"close-day", "--json", "--date", "2199-01-01"}, database);
    CHECK(future.exit == 1);
    CHECK(future.json().at("code").as_string() == "date_in_future");
    Said const opened = daifu({"open-books", "--json", "--date", "2015-01-01"}, database);
    CHECK(opened.exit == 1);
    CHECK(opened.json().at("code").as_string() == "books_already_open");
}

TEST_CASE("The self-check answers 1 when somebody changed the books by hand")
{
    std::string const database = fresh_books();
    Folder const folder;
    REQUIRE(daifu({"import", folder.file("f.csv", "资金编号,名称,文号,拨款日期,金额\n"
                                                  "F1,资金,演示,2015-01-05,5.00\n")},
                  database)
                .exit == 0);
    REQUIRE(daifu({"doctor"}, database).exit == 0);
    {
        pqxx::connection superuser{database};
        pqxx::work work{superuser};
        work.exec("SET session_replication_role = replica");
        work.exec("UPDATE ledger.posting SET minor_units = minor_units + 1 WHERE side = 'debit'");
        work.commit();
    }
    Said const said = daifu({"doctor"}, database);
    CAPTURE(said.out, said.err);
    CHECK(said.exit == 1);
    CHECK(said.out.find("✗") != std::string::npos);
}

TEST_CASE("The calculators read one object and write one, without a database")
{
    Said const said =
        daifu({"schedule"}, {},
              R"({"principal":"100000.00","annual_rate":"4.75","method":"equal_instalments",
            "every":{"count":1,"unit":"month"},"instalments":24,"interest_per":"period",
            "disbursements":[{"on":"2015-11-10","amount":"100000.00"}]})");
    CAPTURE(said.out, said.err);
    REQUIRE(said.exit == 0);
    CHECK(said.json().at("instalments").at(0).at("total").as_string() == "4375.95");
    Said const unknown = daifu({"schedule"}, {}, R"({"principal":"1.00","colour":"red"})");
    CHECK(unknown.exit == 1);
    CHECK(daifu({"replay"}, {}, "not json").json().at("code").as_string() == "json_malformed");
}
