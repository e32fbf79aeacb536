// The other verbs of daifu: help and usage, the demonstration county's published totals as the
// statistics tell them, the closing, the self-check and the pure calculators.
#include "tests/cli/command.hpp"

#include "store/access.hpp"
#include "tests/support/cluster.hpp"
#include "wire/keys.hpp"

#include <catch2/catch.hpp>

#include <pqxx/pqxx>

#include <algorithm>

using namespace test;

namespace {

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
                                               {"report", "leading"},
                                               {"report", "work"},
                                               {"household", "show"},
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

TEST_CASE("With --json every verb prints one object and nothing else")
{
    std::string const database = fresh_books();
    Folder const folder;
    std::string const file = folder.file("f.csv", "资金编号,名称,文号,拨款日期,金额\n"
                                                  "F1,资金,演示,2015-01-05,5.00\n");
    std::string const terms = R"({"principal":"1.00","annual_rate":"1","method":"at_maturity",)"
                              R"("instalments":1,)";
    std::string const disbursement = R"([{"on":"2015-01-05","amount":"1.00"}]})";
    struct Row {
        std::vector<std::string> verb;
        std::string books;
        int exit;
        std::string key; ///< one that the object has
        std::string input{};
    };
    std::vector<Row> const rows{
        {{"migrate"}, database, 0, "digest_algorithm"},
        {{"import", "--dry-run", file}, database, 0, "problems"},
        {{"import", file}, database, 0, "problems"},
        {{"open-books"}, database, 0, "recorded_at"},
        {{"open-books", "--date", "2015-01-01"}, database, 1, "code"},
        {{"close-day", "--date", "2015-01-01"}, database, 0, "closings"},
        {{"demo", "--csv-only", "--directory", folder.path("d")}, "", 0, "summary"},
        {{"doctor"}, demo_books(), 0, "checks"},
        {{"loan", "show", "FQ-2015-0001"}, demo_books(), 0, "status"},
        {{"loan", "explain", "FQ-2015-0001"}, demo_books(), 0, "loan"},
        {{"loan", "show", "L404"}, demo_books(), 1, "code"},
        {{"trial-balance"}, demo_books(), 0, "totals"},
        {{"trial-balance", "--accounts"}, demo_books(), 0, "accounts"},
        {{"report", "portfolio"}, demo_books(), 0, "county"},
        {{"report", "portfolio", "--by", "industry"}, demo_books(), 0, "lines"},
        {{"report", "portfolio", "--by", "colour"}, demo_books(), 1, "code"},
        {{"report", "leading"}, demo_books(), 0, "county"},
        {{"report", "leading", "--explain", "households_led"}, demo_books(), 0, "parts"},
        {{"report", "leading", "--explain", "nothing"}, demo_books(), 1, "code"},
        {{"report", "work", "--year", "2016", "--xlsx", folder.path("w.xlsx"), "--html",
          folder.path("w.html")},
         demo_books(),
         0,
         "lines"},
        {{"report", "work", "--township", "530921999"}, demo_books(), 1, "code"},
        {{"household", "show", "N0001"}, demo_books(), 0, "standing"},
        {{"household", "show", "N9999"}, demo_books(), 1, "code"},
        {{"export", "--format", "csv", "--out", folder.path("j")}, demo_books(), 0, "entries"},
        {{"retention", "list"}, demo_books(), 0, "due"},
        {{"retention", "erase"}, demo_books(), 0, "erased"},
        {{"schedule"}, "", 0, "instalments", terms + R"("disbursements":)" + disbursement},
        {{"schedule"}, "", 1, "code", "{}"},
        {{"replay"},
         "",
         0,
         "positions",
         terms + R"("as_of":"2015-01-05","events":[{"type":"disbursed",)"
                 R"("value_on":"2015-01-05","amount":"1.00"}]})"},
    };
    for (Row const& row : rows) {
        auto arguments = row.verb;
        arguments.push_back("--json");
        Said const said = daifu(arguments, row.books, row.input);
        CAPTURE(arguments, said.out, said.err);
        CHECK(said.exit == row.exit);
        CHECK(said.out.ends_with("}\n"));
        boost::json::error_code trouble;
        auto const whole = boost::json::parse(said.out, trouble);
        REQUIRE_FALSE(trouble);
        REQUIRE(whole.is_object());
        CHECK(whole.get_object().contains(row.key));
    }
}

TEST_CASE("New books hash their entries as they are told, and are refused another way later")
{
    std::string const database = Cluster::instance().empty_database();
    Said const unknown = daifu({"migrate", "--json", "--digest", "md5"}, database);
    CHECK(unknown.exit == 2);
    CHECK(unknown.json().at("code").as_string() == "choice_unknown");
    CHECK(unknown.json().at("limit").as_string() == "sha256, sm3");
    Said const made = daifu({"migrate", "--json", "--digest", "sm3"}, database);
    CAPTURE(made.out, made.err);
    CHECK(made.exit == 0);
    CHECK(made.json().at("digest_algorithm").as_string() == "sm3");
    Said const other = daifu({"migrate", "--json", "--digest", "sha256"}, database);
    CHECK(other.exit == 1);
    CHECK(other.json().at("code").as_string() == "digest_algorithm_settled");
    CHECK(other.json().at("limit").as_string() == "sm3");
    Said const again = daifu({"migrate"}, database);
    CHECK(again.exit == 0);
    CHECK(again.out.find("凭证摘要算法 sm3") != std::string::npos);
}

TEST_CASE("Without Citus the books are made and their spreading is refused in both languages")
{
    std::string const database = Cluster::instance().empty_database();
    Said const refused = daifu({"migrate", "--json", "--distribute"}, database);
    CAPTURE(refused.out, refused.err);
    CHECK(refused.exit == 1);
    CHECK(refused.json().at("code").as_string() == "citus_not_installed");
    Said const said = daifu({"migrate", "--distribute"}, database);
    CHECK(said.exit == 1);
    CHECK(said.err.find("没有安装 Citus 扩展") != std::string::npos);
    CHECK(said.err.find("has no Citus extension") != std::string::npos);
    CHECK(daifu({"migrate", "--json"}, database).json().at("is_distributed") == false);
}

TEST_CASE("The help of the calculators names every key that they take")
{
    std::string const schedule = daifu({"schedule", "--help"}).out;
    std::string const replay = daifu({"replay", "--help"}).out;
    auto const names = [](std::string const& help, wire::Key const& key) {
        return help.find("\n  " + std::string{key.path} + " ") != std::string::npos;
    };
    for (wire::Key const& key : wire::schedule_keys()) {
        CAPTURE(key.path, schedule);
        CHECK(names(schedule, key));
    }
    for (wire::Key const& key : wire::replay_keys()) {
        CAPTURE(key.path, replay);
        CHECK(names(replay, key));
    }
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

TEST_CASE("A county without books is refused by every verb, never told to be in order")
{
    std::string const database = fresh_books();
    for (std::vector<std::string> verb :
         std::vector<std::vector<std::string>>{{"doctor"},
                                               {"trial-balance"},
                                               {"trial-balance", "--accounts"},
                                               {"report", "portfolio"},
                                               {"close-day"},
                                               {"open-books"},
                                               {"loan", "show", "L1"},
                                               {"export", "--format", "csv", "--out", "never.csv"}})
    {
        verb.insert(verb.end(), {"--json", "--county", "530922"});
        Said const absent = daifu(verb, database);
        CAPTURE(verb, absent.out, absent.err);
        CHECK(absent.exit == 1);
        CHECK(absent.json().at("code").as_string() == "county_not_found");
    }
    Said const unreadable = daifu({"doctor", "--json", "--county", "凤庆"}, database);
    CHECK(unreadable.exit == 1);
    CHECK(unreadable.json().at("code").as_string() == "identifier_malformed");
}

TEST_CASE("An option without its value is named")
{
    Said const said = daifu({"close-day", "--date"}, "host=/nowhere");
    CHECK(said.exit == 2);
    CHECK(said.err.find("argument_missing") != std::string::npos);
    CHECK(said.err.find("--date") != std::string::npos);
}

TEST_CASE("Arguments that cannot be understood are named, in both languages and as JSON")
{
    struct Row {
        std::vector<std::string> arguments;
        std::string code, field;
    };
    Folder const folder;
    std::string const folder_name = folder.path(".");
    auto const row = GENERATE_COPY(values<Row>({
        {{}, "verb_missing", ""},
        {{"lon", "show"}, "verb_unknown", "lon"},
        {{"lon", "doctor"}, "verb_unknown", "lon"},
        {{"loan"}, "verb_missing", ""},
        {{"loan", "shwo", "L1"}, "verb_unknown", "shwo"},
        {{"loan", "show"}, "argument_missing", "loan"},
        {{"loan", "show", "L1", "L2"}, "argument_not_wanted", "L2"},
        {{"doctor", "--fast"}, "option_unknown", "--fast"},
        {{"doctor", "--jobs", "0"}, "argument_malformed", "--jobs"},
        {{"trial-balance", "--as-of", "2016-01-01", "--booked-through", "2016-01-01"},
         "argument_malformed",
         "--booked-through"},
        {{"demo", "--seed", "many"}, "argument_malformed", "--seed"},
        {{"export"}, "argument_missing", "--format"},
        {{"export", "--format", "csv"}, "argument_missing", "--out"},
        {{"export", "--format", "xml"}, "choice_unknown", "xml"},
        {{"import"}, "argument_missing", "files"},
        {{"import", "nowhere.csv"}, "file_not_found", "nowhere.csv"},
        {{"import", folder_name}, "file_not_found", folder_name},
    }));
    auto arguments = row.arguments;
    arguments.push_back("--json");
    Said const said = daifu(arguments, "host=/nowhere");
    CAPTURE(arguments, said.out, said.err);
    CHECK(said.exit == 2);
    CHECK(said.json().at("code").as_string() == row.code);
    boost::json::value const field = said.json().at("field");
    CHECK((field.is_null() ? "" : std::string{field.as_string()}) == row.field);
    if (row.field == "--out") return; // for people the journal goes to standard output
    Said const plain = daifu(row.arguments, "host=/nowhere");
    CHECK(plain.exit == 2);
    CHECK(plain.out.empty());
    CHECK(plain.err.find(row.code) != std::string::npos);
    CHECK(plain.err.find("帮助 help: daifu ") != std::string::npos);
}

TEST_CASE("Without a database every verb says how to name one")
{
    Said const said = daifu({"doctor", "--json"});
    CHECK(said.exit == 2);
    CHECK(said.json().at("code").as_string() == "database_not_named");
}

TEST_CASE("What the world does not take is a fault that names the file")
{
    Said const full = daifu({"trial-balance"}, demo_books(), {}, "/dev/full");
    CHECK(full.exit == 3);
    CHECK(full.err.find("file_not_writable") != std::string::npos);
    CHECK(daifu({"export", "--format", "csv"}, demo_books(), {}, "/dev/full").exit == 3);
    Said const nowhere = daifu(
        {"export", "--json", "--format", "csv", "--out", "/nowhere/journal.csv"}, demo_books());
    CAPTURE(nowhere.out);
    CHECK(nowhere.exit == 3);
    CHECK(nowhere.json().at("code").as_string() == "file_not_writable");
    CHECK(nowhere.json().at("field").as_string() == "/nowhere/journal.csv");
    Said const unreadable = daifu({"import", "--json", "/proc/self/mem"}, demo_books());
    CHECK(unreadable.exit == 3);
    CHECK(unreadable.json().at("code").as_string() == "file_not_readable");
    Folder const folder;
    std::string const occupied = folder.file("occupied", "");
    CHECK(daifu({"demo", "--csv-only", "--json", "--directory", occupied + "/d"})
              .json()
              .at("code")
              .as_string() == "file_not_writable");
    Said const unmigrated = daifu({"doctor", "--json"}, Cluster::instance().empty_database());
    CHECK(unmigrated.exit == 3);
    CHECK(unmigrated.json().at("code").as_string() == "command_failed");
}

TEST_CASE("The accounts as of a booking day add up to the trial balance of that day")
{
    auto const sums = [](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--json", "--booked-through", "2015-12-31"});
        auto const answer = daifu(arguments, demo_books()).json();
        CHECK(answer.at("booked_through").as_string() == "2015-12-31");
        auto const& lines =
            answer.contains("accounts") ? answer.at("accounts") : answer.at("lines");
        double debits = 0;
        for (auto const& line : lines.as_array()) {
            debits += std::stod(std::string{line.at("debits").as_string()});
        }
        return debits;
    };
    double const accounts = sums({"trial-balance", "--accounts"});
    CHECK(accounts > 12'100'000.0);
    CHECK(accounts == Approx(sums({"trial-balance"})));
}

TEST_CASE("A balance is asked as of a value date and as it was known, and however many examine")
{
    for (std::vector<std::string> const& asked : std::vector<std::vector<std::string>>{
             {"trial-balance", "--json", "--as-of", "2016-01-31"},
             {"trial-balance", "--json", "--accounts", "--known-at", "2016-02-01T12:00:00+08:00"},
             {"doctor", "--json", "--jobs", "1"}})
        CHECK(daifu(asked, demo_books()).exit == 0);
}

TEST_CASE("Tables carry a title, the county, the day and the unit, and Chinese beside each code")
{
    std::string const balance =
        daifu({"trial-balance", "--booked-through", "2016-08-31"}, demo_books()).out;
    CHECK(balance.starts_with("试算平衡表 Trial balance  凤庆县 530921  "
                              "记账日期截止 booked through 2016-08-31\n"));
    CHECK(balance.find("借 debit") != std::string::npos);
    std::string const report =
        daifu({"report", "portfolio", "--from", "2015-01-01", "--until", "2016-09-01"},
              demo_books())
            .out;
    CHECK(report.starts_with("贷款统计 Portfolio  凤庆县 530921  "
                             "起息日 value dates [2015-01-01, 2016-09-01)  "
                             "金额单位 amounts in 元 CNY\n"));
    std::string const card = daifu({"loan", "show", "FQ-2015-0001"}, demo_books()).out;
    CAPTURE(card);
    for (char const* part : {"罗先国 B0001", "村 village ", "本金 principal 100,000.00 元",
                             "按期付息到期还本 interest_only", "期限 term 8 × 1 季 quarter",
                             "已结清 settled", "还款 repaid"})
    {
        CAPTURE(part);
        CHECK(card.find(part) != std::string::npos);
    }
    std::string const why = daifu({"loan", "explain", "FQ-2015-0001"}, demo_books()).out;
    CHECK(why.find("利息 interest") != std::string::npos);
    CHECK(why.find("合同 contract FQ-2015-0001") != std::string::npos);
    CHECK(why.find("还款顺序 allocation_order v1") != std::string::npos);
    CHECK(why.find("结清金额 payoff") != std::string::npos);
}

TEST_CASE("The journal as CSV opens in a spreadsheet, and no event has the number 0")
{
    Folder const folder;
    REQUIRE(
        daifu({"export", "--format", "csv", "--out", folder.path("j.csv")}, demo_books()).exit ==
        0);
    std::string const journal = folder.read("j.csv");
    CHECK(journal.starts_with("\xEF\xBB\xBF"
                              "entry_number,"));
    CHECK(journal.find("fund_payment,F-2015,,") != std::string::npos);
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
        daifu({"report", "portfolio", "--json"}, demo_books()).json().at("lines").as_array();
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

TEST_CASE("The published member leads four households, and his card and theirs agree")
{
    Said const led = daifu({"report", "leading"}, demo_books());
    CHECK(led.out.find("three facts that are never added") != std::string::npos);
    auto const by_borrower =
        daifu({"report", "leading", "--by", "borrower", "--json"}, demo_books()).json();
    for (auto const& line : by_borrower.at("lines").as_array()) {
        if (line.at("key") == "B0001") CHECK(line.at("households_led_ever") == 4);
    }
    Said const card = daifu({"household", "show", "N0001"}, demo_books());
    CHECK(card.out.find("FQ-2015-0001") != std::string::npos);
    CHECK(card.out.find("核实带动 leading_verified") != std::string::npos);
}

TEST_CASE("The keys are listed, turned and destroyed, and another key file is refused by name")
{
    std::string const books = fresh_books();
    Folder const folder;
    auto const keys = folder.path("keys");
    REQUIRE(daifu({"demo", "--directory", folder.path("demo"), "--key-file", keys}, books).exit ==
            0);
    auto const list = [&] {
        auto const said = daifu({"keys", "list", "--key-file", keys, "--json"}, books).json();
        std::string all;
        for (auto const& key : said.at("keys").as_array())
            all += std::to_string(key.at("key").as_int64()) + ":" +
                   std::to_string(key.at("values").as_int64()) + " ";
        return all;
    };
    CHECK(list() == "1:553 ");
    auto const turned = daifu({"keys", "rotate", "--key-file", keys, "--json"}, books).json();
    CHECK(turned.at("key") == 2);
    CHECK(turned.at("sealed") == 553);
    CHECK(list() == "2:553 ");
    CHECK(daifu({"keys", "retire", "--key-file", keys}, books).exit == 0);
    CHECK(daifu({"keys", "rotate", "--key-file", keys, "--json"}, books).json().at("key") == 3);
    CHECK(list() == "3:553 ");
    for (std::string const verb : {"rotate", "list"}) {
        auto const other =
            daifu({"keys", verb, "--key-file", folder.path("other"), "--json"}, books);
        CHECK(other.exit == 1);
        CHECK(other.json().at("code") == "key_file_other");
    }
    CHECK(daifu({"import", "--key-file", folder.path("other"), "--json",
                 folder.path("demo") + "/borrowers.csv"},
                books)
              .json()
              .at("code") == "key_file_other");
}

TEST_CASE("What the command line takes out of the books is in the trail")
{
    Folder const folder;
    store::Database access{demo_books(), store::Role::access};
    auto const taken_out = [&] {
        return store::trail(access, *ledger::CountyCode::parse("530921"), {.event = "exported"})
            .size();
    };
    auto const before = taken_out();
    CHECK(daifu({"export", "--format", "csv", "--out", folder.path("j")}, demo_books()).exit == 0);
    CHECK(taken_out() == before + 1);
    CHECK(daifu({"report", "work", "--year", "2016", "--xlsx", folder.path("w.xlsx")}, demo_books())
              .exit == 0);
    CHECK(taken_out() == before + 2);
    CHECK(daifu({"report", "work", "--year", "2016"}, demo_books()).exit == 0);
    CHECK(taken_out() == before + 2);
}
