// daifu import against a real database: what a good register books, what a bad one is told, and
// that a refused one leaves the books as they were.
#include "tests/cli/command.hpp"
#include "tests/support/cluster.hpp"

#include "ledger/identity.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iconv.h>
#include <iostream>

using namespace test;

namespace {

std::string const funds =
    "资金编号,名称,文号,拨款日期,金额\nF1,扶持资金,演示1号,2015-01-05,500000.00\n";
std::string const borrowers = "借款人编号,姓名,身份证号,户编号,村代码,党支部\n"
                              "B1,李茶一,530921190001010003,H1,530921206204,复兴村党支部\n"
                              "B2,杨桃二,11010519491231002X,H2,530921206201,腰街村党支部\n";
std::string const loans_header = "贷款编号,借款人编号,资金编号,申请日期,批准日期,放款日期,金额,"
                                 "年利率,还款方式,期数,周期,结息日,用途,产业\n";
std::string const good_loans =
    loans_header +
    "L1,B1,F1,2015-02-02,2015-02-09,2015-02-12,100000.00,6.00,按期付息到期还本,8,季,20,养牛,养牛\n"
    "L2,B2,F1,2015-02-02,2015-02-09,2015-02-12,50000.00,5.60,利随本清,1,12个月,,茶园,茶叶\n";
std::string const repayments_header = "贷款编号,还款日期,金额,备注,记账日期,冲正日期,冲正原因\n";
std::string const good_repayments =
    repayments_header + "L1,2015/3/20,600.00,,,,\nL2,2015-06-01,1000.00,录入,,2015-06-03,少录一位\n"
                        "L2,2015-06-01,10000.00,重录,2015-06-03,,\n";

struct Registers {
    Folder folder;
    std::vector<std::string> arguments;
    explicit Registers(std::string const& loans = good_loans,
                       std::string const& repayments = good_repayments)
        : arguments{"import",
                    "--json",
                    folder.file("repayments.csv", repayments),
                    folder.file("loans.csv", loans),
                    folder.file("borrowers.csv", borrowers),
                    folder.file("funds.csv", funds)}
    {
    }
    std::vector<std::string> with(std::string const& flag) const
    {
        auto all = arguments;
        all.push_back(flag);
        return all;
    }
};

/// The books in one text: every account's balance.
std::string books(std::string const& database)
{
    return daifu({"trial-balance", "--accounts", "--json"}, database).out;
}

std::int64_t count_of(boost::json::object const& report, char const* command, char const* what)
{
    return report.at("commands").at(command).at(what).to_number<std::int64_t>();
}

std::string told(boost::json::object const& report)
{
    std::string text;
    for (boost::json::value const& problem : report.at("problems").as_array()) {
        std::string const file{problem.at("file").as_string()};
        if (!text.empty()) text += "; ";
        text +=
            file.substr(file.rfind('/') + 1) + ":" +
            std::to_string(problem.at("line").to_number<int>()) + " " +
            (problem.at("column").is_null() ? "" : std::string{problem.at("column").as_string()}) +
            " " + std::string{problem.at("code").as_string()};
    }
    return text;
}

/// Whether every problem is told in both languages.
void check_sentences(boost::json::object const& report)
{
    for (boost::json::value const& problem : report.at("problems").as_array()) {
        std::string const english{problem.at("title").as_string()};
        std::string const chinese{problem.at("title_zh").as_string()};
        CAPTURE(english, chinese);
        CHECK(english.size() > 10);
        // A Chinese character is three bytes that begin with E4 to E9.
        CHECK(std::ranges::any_of(chinese, [](char c) { return (c & 0xFF) >= 0xE4; }));
        CHECK_FALSE(english.contains("{limit}"));
        CHECK_FALSE(chinese.contains("{limit}"));
    }
}

std::string in_gb18030(std::string text)
{
    iconv_t const converter = iconv_open("GB18030", "UTF-8");
    std::string out(text.size() * 2, '\0');
    char* in = text.data();
    char* to = out.data();
    std::size_t in_left = text.size(), out_left = out.size();
    REQUIRE(iconv(converter, &in, &in_left, &to, &out_left) != std::size_t(-1));
    iconv_close(converter);
    out.resize(out.size() - out_left);
    return out;
}

} // namespace

TEST_CASE("Registers given together are booked by day, and the same files again book nothing")
{
    std::string const database = fresh_books();
    Registers const registers;
    Said const first = daifu(registers.arguments, database);
    CAPTURE(first.out, first.err);
    REQUIRE(first.exit == 0);
    CHECK(first.json().at("is_written").as_bool());
    CHECK(count_of(first.json(), "repay", "booked") == 3);
    CHECK(count_of(first.json(), "reverse", "booked") == 1);
    std::string const after_first = books(database);
    CHECK(after_first.find("L1") != std::string::npos);

    Said const second = daifu(registers.arguments, database);
    CAPTURE(second.out, second.err);
    REQUIRE(second.exit == 0);
    for (char const* command :
         {"register_borrower", "propose_loan", "disburse", "repay", "reverse"})
    {
        CHECK(count_of(second.json(), command, "booked") == 0);
        CHECK(count_of(second.json(), command, "booked_already") > 0);
    }
    CHECK(books(database) == after_first);
    Said const health = daifu({"doctor", "--json"}, database);
    CAPTURE(health.out);
    CHECK(health.exit == 0);
}

TEST_CASE("Rows added to a register later are booked, the others are not booked again")
{
    std::string const database = fresh_books();
    REQUIRE(daifu(Registers{}.arguments, database).exit == 0);
    Registers const longer{good_loans,
                           good_repayments + "L2,2015-07-01,2000.00,,,2015-07-02,错人\n"};
    Said const said = daifu(longer.arguments, database);
    CAPTURE(said.out, said.err);
    REQUIRE(said.exit == 0);
    CHECK(count_of(said.json(), "repay", "booked") == 1);
    CHECK(count_of(said.json(), "repay", "booked_already") == 3);
    CHECK(count_of(said.json(), "reverse", "booked") == 1);
}

TEST_CASE(
    "Payments that a remark tells apart are all booked, in one file, two files or two imports")
{
    std::string const database = fresh_books();
    Registers const registers;
    REQUIRE(daifu(registers.arguments, database).exit == 0);
    auto const file = [&](char const* name, char const* remarks) {
        std::string text = repayments_header;
        for (char const* remark = remarks; *remark != 0; ++remark) {
            text += std::string{"L1,2015-07-01,10.00,收据"} + *remark + ",,,\n";
        }
        return registers.folder.file(name, text);
    };
    auto const booked = [&](std::vector<std::string> const& files) {
        std::vector<std::string> arguments{"import", "--json"};
        arguments.insert(arguments.end(), files.begin(), files.end());
        Said const said = daifu(arguments, database);
        CAPTURE(said.out, said.err);
        REQUIRE(said.exit == 0);
        return count_of(said.json(), "repay", "booked");
    };
    CHECK(booked({file("r1.csv", "1"), file("r2.csv", "2")}) == 2);
    CHECK(booked({file("r3.csv", "34")}) == 2);
    CHECK(booked({file("r4.csv", "4567")}) == 3);
    CHECK(booked({file("r5.csv", "1234567")}) == 0);
    std::string const before = books(database);
    Said const twice =
        daifu({"import", "--json", file("r8.csv", "8"), file("r9.csv", "8")}, database);
    CHECK(twice.exit == 1);
    CHECK(told(twice.json()) == "r9.csv:2 贷款编号 row_twice_in_file");
    CHECK(books(database) == before);
}

TEST_CASE("A dry run says what would be booked and leaves the books as they were")
{
    std::string const database = fresh_books();
    std::string const before = books(database);
    Said const said = daifu(Registers{}.with("--dry-run"), database);
    REQUIRE(said.exit == 0);
    CHECK_FALSE(said.json().at("is_written").as_bool());
    CHECK(count_of(said.json(), "disburse", "booked") == 2);
    CHECK(books(database) == before);
}

TEST_CASE("GB18030, a byte order mark and tabs are the same register")
{
    std::string const expected = [] {
        std::string const database = fresh_books();
        REQUIRE(daifu(Registers{}.arguments, database).exit == 0);
        return books(database);
    }();
    std::string tabbed = "\xEF\xBB\xBF" + good_repayments;
    std::ranges::replace(tabbed, ',', '\t');
    std::string const database = fresh_books();
    Registers const registers{in_gb18030(good_loans), tabbed};
    Said const said = daifu(registers.arguments, database);
    CAPTURE(said.out, said.err);
    REQUIRE(said.exit == 0);
    CHECK(said.json().at("files").at(0).at("encoding").as_string() == "UTF-8 with BOM");
    CHECK(said.json().at("files").at(1).at("encoding").as_string() == "GB18030");
    CHECK(books(database) == expected);
}

TEST_CASE("A bad register is refused whole, with the row named, and the books stay as they were")
{
    struct Row {
        std::string what;
        std::string loans, repayments;
        std::string told;
    };
    std::string const loan = "L3,B1,F1,2015-02-02,2015-02-09,2015-02-12,1000.00,6.00,"
                             "按期付息到期还本,8,季,20,养牛,养牛\n";
    auto const row = GENERATE_COPY(values<Row>({
        {"a column missing", good_loans, "贷款编号,还款日期\nL1,2015-03-20\n",
         "repayments.csv:1 金额 csv_column_missing"},
        {"a quoted newline", good_loans, repayments_header + "L1,2015-03-20,5,\"a\nb\",,,\n",
         "repayments.csv:2 备注 text_has_control_characters"},
        {"a formula", good_loans, repayments_header + "L1,2015-03-20,=1+1,,,,\n",
         "repayments.csv:2 金额 csv_cell_is_formula"},
        {"neither UTF-8 nor GB18030", good_loans,
         repayments_header + "L1,2015-03-20,5,\xFF\xFF,,,\n",
         "repayments.csv:1  csv_encoding_unknown"},
        {"a quote that is not closed", good_loans, repayments_header + "L1,2015-03-20,\"5,,,,\n",
         "repayments.csv:2  csv_quote_unfinished"},
        {"an unknown loan", good_loans, repayments_header + "L9,2015-03-20,5,,,,\n",
         "repayments.csv:2 贷款编号 loan_not_found"},
        {"above the cap",
         good_loans + "L3,B1,F1,2015-02-02,2015-02-09,2015-02-12,100000.01,6.00,"
                      "按期付息到期还本,8,季,20,养牛,养牛\n",
         good_repayments, "loans.csv:4 金额 loan_above_cap"},
        {"a borrower that is not registered",
         loans_header + "L1,B9,F1,2015-02-02,2015-02-09,2015-02-12,1000.00,6.00,"
                        "按期付息到期还本,8,季,20,养牛,养牛\n",
         repayments_header,
         "repayments.csv:1  csv_rows_missing; loans.csv:2 借款人编号 borrower_not_found"},
        {"more than the fund has",
         good_loans +
             [] {
                 std::string rows;
                 for (int i = 3; i < 8; ++i) {
                     rows += "L" + std::to_string(i) +
                             ",B1,F1,2015-02-02,2015-02-09,2015-02-12,90000.00,6.00,"
                             "按期付息到期还本,8,季,20,养牛,养牛\n";
                 }
                 return rows;
             }(),
         good_repayments, "loans.csv:7 金额 fund_overdrawn; loans.csv:8 金额 fund_overdrawn"},
        {"a rate outside the band",
         good_loans + "L3,B1,F1,2015-02-02,2015-02-09,2015-02-12,1000.00,"
                      "16,按期付息到期还本,8,季,20,养牛,养牛\n",
         good_repayments, "loans.csv:4 年利率 rate_outside_band"},
        {"a loan twice", good_loans + loan + loan, good_repayments,
         "loans.csv:5 贷款编号 row_twice_in_file"},
        {"a date in the future", good_loans, repayments_header + "L1,2199-03-20,5,,,,\n",
         "repayments.csv:2 还款日期 date_in_future"},
    }));
    std::string const database = fresh_books();
    std::string const before = books(database);
    Registers const registers{row.loans, row.repayments};
    Said const said = daifu(registers.arguments, database);
    CAPTURE(row.what, said.out, said.err);
    CHECK(said.exit == 1);
    CHECK_FALSE(said.json().at("is_written").as_bool());
    CHECK(told(said.json()) == row.told);
    check_sentences(said.json());
    CHECK(books(database) == before);
}

TEST_CASE("People read the same problems on standard error, in both languages, ids masked")
{
    Folder const folder;
    Said const said = daifu(
        {"import", folder.file("b.csv", "借款人编号,姓名,身份证号,户编号,村代码,党支部\n"
                                        "B1,李茶一,530921190001010004,H1,530921206204,支部\n")},
        fresh_books());
    CHECK(said.exit == 1);
    CHECK(said.err.find("b.csv:2  身份证号  “530921********0004”") != std::string::npos);
    CHECK(said.err.find("身份证号校验位不对") != std::string::npos);
    CHECK(said.err.find("The check digit of the resident id is wrong") != std::string::npos);
    CHECK((said.out + said.err).find("530921190001010004") == std::string::npos);
    CHECK((said.out + said.err).find("\x1b[") == std::string::npos);
}

TEST_CASE("With --skip-bad the good rows are booked, the bad ones written out with their reasons")
{
    std::string const database = fresh_books();
    Registers const registers{
        good_loans +
            "L3,B9,F1,2015-02-02,2015-02-09,2015-02-12,1000.00,6.00,利随本清,1,年,,养牛,养牛\n",
        good_repayments + "L3,2015-03-20,100.00,,,,\nL1,2015-13-20,600.00,,,,\n"};
    Said const said = daifu(registers.with("--skip-bad"), database);
    CAPTURE(said.out, said.err);
    REQUIRE(said.exit == 0);
    CHECK(said.json().at("is_written").as_bool());
    CHECK(said.json().at("rows_left_out").to_number<int>() == 3);
    CHECK(count_of(said.json(), "disburse", "booked") == 2);
    std::string const left_out = registers.folder.read("repayments.left-out.csv");
    CHECK(left_out.find("贷款编号,还款日期,金额,备注,记账日期,冲正日期,冲正原因,原因\r\n") !=
          std::string::npos);
    CHECK(left_out.find("L1,2015-13-20,600.00,,,,,还款日期: date_malformed") != std::string::npos);
    CHECK(left_out.find("L3,2015-03-20,100.00,,,,,贷款编号: loan_not_found") != std::string::npos);
    CHECK(registers.folder.read("loans.left-out.csv").find("borrower_not_found") !=
          std::string::npos);
}

TEST_CASE("No file of left-out rows is overwritten, and where none can be made nothing is booked")
{
    std::string const database = fresh_books();
    std::string const before = books(database);
    Registers const registers{good_loans, good_repayments + "L1,2015-13-20,600.00,,,,\n"};
    auto nowhere = registers.with("--skip-bad");
    nowhere.insert(nowhere.end(), {"--left-out", "/nowhere"});
    Said const refused = daifu(nowhere, database);
    CAPTURE(refused.out, refused.err);
    CHECK(refused.exit == 3);
    CHECK(refused.json().at("code").as_string() == "file_not_writable");
    CHECK(books(database) == before);

    registers.folder.file("repayments.left-out.csv", "corrections");
    Said const said = daifu(registers.with("--skip-bad"), database);
    CAPTURE(said.out, said.err);
    REQUIRE(said.exit == 0);
    CHECK(registers.folder.read("repayments.left-out.csv") == "corrections");
    CHECK(registers.folder.read("repayments.left-out-2.csv").find("2015-13-20") !=
          std::string::npos);
    CHECK(registers.folder.read("loans.left-out.csv").empty());
    CHECK(said.json().at("left_out_files").as_array().size() == 1);
}

TEST_CASE("People read what was booked in Chinese first, with the codes beside")
{
    std::string const database = fresh_books();

    Folder const folder;
    Said const said =
        daifu({"import", folder.file("f.csv", funds), folder.file("b.csv", borrowers)}, database);
    CAPTURE(said.out, said.err);
    REQUIRE(said.exit == 0);
    CHECK(said.out.find("资金登记簿 funds") != std::string::npos);
    CHECK(said.out.find("登记借款人 register_borrower") != std::string::npos);
    CHECK(said.out.find("3 行已在账簿里。\n3 rows are in the books.\n") != std::string::npos);
    CHECK(daifu({"import", folder.file("f.csv", funds)}, database)
              .out.find("1 row is in the books.") != std::string::npos);
}

TEST_CASE("Once the books are open, a row of the past is booked today with its own value date")
{
    std::string const database = fresh_books();
    REQUIRE(daifu(Registers{}.arguments, database).exit == 0);
    Said const opened = daifu({"open-books", "--json"}, database);
    CAPTURE(opened.out, opened.err);
    REQUIRE(opened.exit == 0);
    std::string const today{opened.json().at("booked_on").as_string()};
    Folder const folder;
    Said const said =
        daifu({"import", "--json",
               folder.file("late.csv", repayments_header + "L1,2016-03-20,77.00,,,,\n")},
              database);
    CAPTURE(said.out, said.err);
    REQUIRE(said.exit == 0);
    Said const card = daifu({"loan", "show", "L1", "--json"}, database);
    auto const events = card.json().at("events").as_array();
    CHECK(events.back().at("value_on").as_string() == "2016-03-20");
    std::string const reversed = daifu({"loan", "show", "L2"}, database).out;
    CHECK(reversed.find("已被第 4 笔冲正 reversed by 4\n") != std::string::npos);
    CHECK(reversed.find("冲第 3 笔 reverses 3\n") != std::string::npos);
    CHECK(std::string{events.back().at("booked_on").as_string()} == today);
}

TEST_CASE("Ten thousand rows are imported in one piece (a hundred thousand in the long profile)")
{
    int const rows = std::getenv("DAIFU_LONG") ? 100'000 : 10'000;
    int const loans = rows / 5;
    std::string many_borrowers = "借款人编号,姓名,身份证号,户编号,村代码,党支部\n";
    std::string many_loans = loans_header, many_repayments = "贷款编号,还款日期,金额\n";
    for (int i = 0; i < loans; ++i) {
        std::string const n = std::to_string(i);
        std::string const serial = std::to_string(1000 + i % 1000).substr(1);
        std::string id = std::to_string(530'000 + i / 1000) + "19000101" + serial;
        id += ledger::resident_id_check_digit(id);
        many_borrowers += "B" + n + ",李茶一," + id + ",H" + n + ",530921206204,复兴村党支部\n";
        many_loans += "L" + n + ",B" + n +
                      ",F1,2015-02-02,2015-02-09,2015-02-12,10000.00,6.00,"
                      "按期付息到期还本,8,季,20,养牛,养牛\n";
        for (char const* day : {"2015-03-20,60.00", "2015-06-20,153.33", "2015-09-20,153.33"}) {
            many_repayments += "L" + n + "," + day + "\n";
        }
    }
    std::string const database = fresh_books();
    Folder const folder;
    auto const began = std::chrono::steady_clock::now();
    Said const said =
        daifu({"import", "--json",
               folder.file("f.csv", "资金编号,名称,文号,拨款日期,金额\nF1,资金,演示,2015-01-05,"
                                    "1000000000.00\n"),
               folder.file("b.csv", many_borrowers), folder.file("l.csv", many_loans),
               folder.file("r.csv", many_repayments)},
              database);
    auto const took = std::chrono::steady_clock::now() - began;
    std::cout << rows << " rows imported in "
              << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms\n";
    CAPTURE(said.out.substr(0, 2000), said.err.substr(0, 2000));
    REQUIRE(said.exit == 0);
    CHECK(said.json().at("rows").to_number<int>() == rows + 1);
    CHECK(count_of(said.json(), "repay", "booked") == 3 * loans);
}

TEST_CASE("Households, who leads them and exits are imported once, in whatever order of files")
{
    std::string const database = fresh_books();
    Folder const folder;
    std::string const digest(64, 'a');
    std::vector<std::string> const files{
        "import",
        folder.file("exits.csv", "户编号,收入年度,提出日期,提出人,评议日期,评议主持人,签字日期,"
                                 "签字人,公示日期,公示人,公示截止,核查日期,核查人,审定日期,审定人\n"
                                 "N1,2015,2016-01-03,丁,2016-01-04,戊,2016-01-05,李某,2016-01-06,"
                                 "丁,2016-01-12,2016-01-13,己,2016-01-20,庚\n"),
        folder.file("incomes.csv", "户编号,收入年度,工资性收入,经营性收入,财产性收入,转移性收入,"
                                   "登记日期\nN1,2015,8000,12000,,,2016-01-13\n"),
        folder.file("surveys.csv", "户编号,入户日期,住房安全,义务教育,基本医疗\n"
                                   "N1,2015-02-01,是,是,\nN1,2016-01-13,,,是\n"),
        folder.file("leading.csv", "户编号,贷款编号,带动方式,带动开始日期,核实日期,核实人,见证人,"
                                   "核实地点,佐证摘要\n"
                                   "N1,L1,代养托管,2015-02-20,2015-03-01,甲,乙,村委会," +
                                       digest + "\nN2,L2,other,2015-03-01,,,,,\n"),
        folder.file("households.csv", "户编号,户主,村代码,身份,人口,登记日期\n"
                                      "N1,李某,530921206204,建档立卡贫困户,4,2015-01-01\n"
                                      "N2,张某,530921206204,一般农户,3,2015-01-01\n"),
        folder.file("funds.csv", funds),
        folder.file("borrowers.csv", borrowers),
        folder.file("loans.csv", good_loans)};
    Said const first = daifu(files, database);
    CAPTURE(first.out, first.err);
    REQUIRE(first.exit == 0);
    auto const county = [&database] {
        return daifu({"report", "leading", "--json"}, database).json().at("county").as_object();
    };
    CHECK(county().at("households_led") == 1);
    CHECK(county().at("households_claimed") == 1);
    CHECK(county().at("households_exited") == 1);
    auto const card = daifu({"household", "show", "N1", "--json"}, database).json();
    CHECK(card.at("exit_steps").at(2).at("person") == "李某");
    CHECK(card.at("survey").at("has_safe_housing") == true); // of the first visit
    CHECK(card.at("survey").at("has_medical_care") == true); // of the second
    auto const entries = daifu({"trial-balance", "--json"}, database).out;
    CHECK(daifu(files, database).exit == 0); // the same files again book nothing
    CHECK(daifu({"trial-balance", "--json"}, database).out == entries);
    CHECK(daifu({"doctor"}, database).exit == 0);

    Said const wrong =
        daifu({"import", "--json",
               folder.file("more.csv", "户编号,户主,村代码,身份,人口,登记日期\n"
                                       "N3,王某,530921999999,poor,4,2015-01-01\n"
                                       "N1,李某某,530921206204,poor,4,2015-01-01\n")},
              database);
    CHECK(wrong.exit == 1);
    CHECK(wrong.out.find("village_not_found") != std::string::npos);
    CHECK(wrong.out.find("household_already_registered") != std::string::npos);
    CHECK(daifu({"trial-balance", "--json"}, database).out == entries);
}

TEST_CASE("Incomes and surveys are imported once, losses too, and a wrong cell names itself")
{
    std::string const database = fresh_books();
    Folder const folder;
    std::vector<std::string> const files{
        "import",
        folder.file("incomes.csv", "户编号,收入年度,工资性收入,经营性收入,财产性收入,转移性收入,"
                                   "登记日期\n"
                                   "N1,2014,8000,-500.50,,1000,2015-01-20\n"
                                   "N1,2015,9000,,,1000,2016-01-20\n"),
        folder.file("surveys.csv", "户编号,入户日期,致贫原因,劳动力,住房安全,义务教育,基本医疗,"
                                   "帮扶责任人\n"
                                   "N1,2015-02-01,缺技术、因病,2,是,是,否,干部甲\n"),
        folder.file("households.csv", "户编号,户主,村代码,身份,人口,登记日期\n"
                                      "N1,李某,530921206204,建档立卡贫困户,4,2015-01-01\n")};
    Said const first = daifu(files, database);
    CAPTURE(first.out, first.err);
    REQUIRE(first.exit == 0);
    auto const card = daifu({"household", "show", "N1", "--json"}, database).json();
    CHECK(card.at("incomes").at(0).at("production") == "-500.50");
    CHECK(card.at("incomes").at(0).at("per_head") == "2124.87");
    CHECK(card.at("survey").at("causes").as_array().size() == 2);
    CHECK(card.at("survey").at("causes").at(0) == "skills");
    CHECK(card.at("survey").at("has_medical_care") == false);
    CHECK(card.at("survey").at("official") == "干部甲");
    CHECK(daifu(files, database).exit == 0); // the same files again book nothing
    CHECK(daifu({"household", "show", "N1", "--json"}, database).json() == card);

    Said const wrong = daifu(
        {"import", "--json",
         folder.file("more.csv", "户编号,入户日期,致贫原因,劳动力,住房安全,义务教育,基本医疗\n"
                                 "N1,2015-02-02,懒,2,是,是,否\n"
                                 "N1,2015-02-03,因病;因病,2,是,是,否\n"
                                 "N1,2015-02-04,因病,100,是,是,否\n")},
        database);
    CHECK(wrong.exit == 1);
    for (char const* code : {"choice_unknown", "choice_twice", "number_malformed"})
        CHECK(wrong.out.find(code) != std::string::npos);
    CHECK(daifu({"household", "show", "N1", "--json"}, database).json() == card);
}

TEST_CASE("A file is kept as evidence from the terminal once, and what is none is refused")
{
    std::string const database = fresh_books();
    Folder const folder;
    REQUIRE(daifu({"open-books", "--date", "2016-01-01"}, database).exit == 0);
    std::string const photo = folder.file("photo.png", "\x89PNG\r\n\x1a\n and more");
    std::vector<std::string> const keep{
        "evidence",          "keep",          photo,    "--place", "复兴村", "--directory",
        folder.path("kept"), "--description", "四头牛", "--json"};
    Said const first = daifu(keep, database);
    CAPTURE(first.out, first.err);
    REQUIRE(first.exit == 0);
    CHECK(first.json().at("command") == "keep_evidence");
    Said const again = daifu(keep, database);
    CHECK(again.exit == 0);
    CHECK(again.json().at("subject") == first.json().at("subject"));
    CHECK(daifu({"doctor", "--evidence", folder.path("kept")}, database).exit == 0);

    auto elsewhere = keep;
    elsewhere[4] = "另一村";
    CHECK(daifu(elsewhere, database).exit == 1); // the same file, said to be of another place
    auto text = keep;
    text[2] = folder.file("note.txt", "not a picture");
    Said const refused = daifu(text, database);
    CHECK(refused.exit == 1);
    CHECK(refused.out.find("evidence_type_wrong") != std::string::npos);
}

TEST_CASE("The registers of the party are imported once, in whatever order of files")
{
    std::string const database = fresh_books();
    Folder const folder;
    std::vector<std::string> const files{
        "import",
        folder.file("responsibilities.csv",
                    "责任编号,户编号,村代码,计划编号,责任人,任务,职责,目标,完成时限,落实日期,"
                    "完成日期,完成情况\n"
                    "R1,N1,,,干部甲,结对帮扶,落实产业,脱贫,2016-12-31,2016-01-15,,\n"
                    "R2,,,households.530921.2016,干部乙,任务,职责,目标,2016-12-31,2016-01-15,"
                    "2016-12-01,完成\n"),
        folder.file("poor.csv", "党员编号,户编号,列入日期\nM1,N1,2015-12-31\n"),
        folder.file("points.csv", "党员编号,积分余额,登记日期\nM1,85,2016-06-30\n"),
        folder.file("targets.csv", "计划指标,行政区划代码,年度,计划数,文号,下达日期\n"
                                   "households,530921,2016,2262,演示1号,2016-01-15\n"
                                   "member_households,530921,2016,188,演示1号,2016-01-15\n"),
        folder.file("members.csv", "党员编号,姓名,支部代码,入党日期,党员类别,登记日期\n"
                                   "M1,李某,Z1,2001-07-01,正式党员,2015-01-01\n"),
        folder.file("branches.csv", "支部代码,支部名称,村代码,登记日期\n"
                                    "Z1,复兴村党支部,530921206204,2015-01-01\n"),
        folder.file("villages.csv", "村代码,村情事项,有无,金额,登记日期\n"
                                    "530921206204,建档立卡贫困村,有,,2015-01-01\n"
                                    "530921206204,村级集体经济收入,有,5000,2015-12-31\n"),
        folder.file("households.csv", "户编号,户主,村代码,身份,人口,登记日期\n"
                                      "N1,李某,530921206204,建档立卡贫困户,4,2015-01-01\n")};
    Said const first = daifu(files, database);
    CAPTURE(first.out, first.err);
    REQUIRE(first.exit == 0);
    auto const overdue = daifu({"report", "responsibilities", "--json"}, database).out;
    CHECK(overdue.find("\"R1\"") != std::string::npos);
    CHECK(daifu(files, database).exit == 0); // the same files again book nothing
    CHECK(daifu({"report", "responsibilities", "--json"}, database).out == overdue);
    CHECK(daifu({"report", "plan", "--year", "2016", "--json"}, database).out.find("2262") !=
          std::string::npos);
    CHECK(daifu({"doctor"}, database).exit == 0);

    Said const wrong =
        daifu({"import", "--json",
               folder.file("more.csv", "党员编号,姓名,支部代码,入党日期,党员类别,登记日期\n"
                                       "M2,王某,Z9,2001-07-01,正式党员,2015-01-01\n")},
              database);
    CHECK(wrong.exit == 1);
    CHECK(wrong.out.find("branch_not_found") != std::string::npos);
}
