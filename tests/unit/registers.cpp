// registers/: encodings, CSV, columns, values and the plan, without a database. What a wrong file
// is told is part of the contract: file, line, column, value and rule.
#include "ledger/seal.hpp"
#include "registers/csv.hpp"
#include "registers/encoding.hpp"
#include "registers/plan.hpp"
#include "registers/values.hpp"
#include "tests/support/show.hpp"

#include <catch2/catch.hpp>

using namespace registers;
using ledger::Date;
using ledger::Refusal;

namespace {

constexpr Date today{2026, 11, 24};

std::string const borrowers_header = "借款人编号,姓名,身份证号,户编号,村代码,党支部\r\n";
std::string const good_borrower = "B1,李茶一,530921190001010003,H1,530921206204,复兴村党支部\r\n";
std::string const repayments_header = "贷款编号,还款日期,金额,备注\r\n";
std::string const loans_header =
    "贷款编号,借款人编号,资金编号,申请日期,批准日期,放款日期,金额,年利率,"
    "还款方式,期数,周期,结息日,用途,产业\r\n";

Plan plan_of(std::string const& bytes, std::string const& name = "file.csv")
{
    SourceFile const file{name, bytes};
    return plan({&file, 1}, today);
}

/// "line column value refusal" of each problem, for a table.
std::string told(Plan const& made)
{
    std::string text;
    for (RowProblem const& problem : made.problems) {
        if (!text.empty()) text += "; ";
        text += std::to_string(problem.line) + " " + problem.column + " [" + problem.value + "] " +
                std::string{ledger::name_of(problem.refused.code)};
    }
    return text;
}

std::string loan_row(std::string const& change_column, std::string const& value)
{
    std::vector<std::pair<std::string, std::string>> cells{{"贷款编号", "L1"},
                                                           {"借款人编号", "B1"},
                                                           {"资金编号", "F1"},
                                                           {"申请日期", "2015-01-05"},
                                                           {"批准日期", "2015-01-10"},
                                                           {"放款日期", "2015-01-12"},
                                                           {"金额", "100000.00"},
                                                           {"年利率", "6.00"},
                                                           {"还款方式", "按期付息到期还本"},
                                                           {"期数", "8"},
                                                           {"周期", "季"},
                                                           {"结息日", "20"},
                                                           {"用途", "养牛"},
                                                           {"产业", "养牛"}};
    std::string row;
    for (auto& [column, cell] : cells) {
        if (column == change_column) cell = value;
        row += (row.empty() ? "" : ",") + csv_cell(cell);
    }
    return row + "\r\n";
}

} // namespace

TEST_CASE("Bytes are UTF-8, with or without a mark, or GB18030, or refused")
{
    CHECK(to_utf8("姓名,Name")->encoding == Encoding::utf8);
    CHECK(to_utf8("\xEF\xBB\xBF姓名")->encoding == Encoding::utf8_with_mark);
    CHECK(to_utf8("\xEF\xBB\xBF姓名")->text == "姓名");
    auto const gb = to_utf8("\xD0\xD5\xC3\xFB"); // 姓名
    REQUIRE(gb);
    CHECK(gb->encoding == Encoding::gb18030);
    CHECK(gb->text == "姓名");
    CHECK(to_utf8("\x82\x30\xC5\x30")->text == "\u374E"); // four bytes, as iconv reads them
    for (std::string_view const bad : {"\xFF\xFE\x0A\x59", "\xD0", "abc\x80", "\xC3\x28\xFF"}) {
        auto const read = to_utf8(bad);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == Refusal::csv_encoding_unknown);
    }
    CHECK_FALSE(is_utf8("\xC0\x80"));
    CHECK_FALSE(is_utf8("\xED\xA0\x80"));
    CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));
}

TEST_CASE("CSV rows know their lines, whatever ends a line and whatever is quoted")
{
    auto const table = read_csv("a,b\r\n\r\n1,\"x\"\"y\"\n\"two\nlines\",3\n,\n4,5");
    REQUIRE(table);
    REQUIRE(table->rows.size() == 4);
    CHECK(table->rows[1].line == 3);
    CHECK(table->rows[1].cells == std::vector<std::string>{"1", "x\"y"});
    CHECK(table->rows[2].line == 4);
    CHECK(table->rows[2].cells[0] == "two\nlines");
    CHECK(table->rows[3].line == 7);
    CHECK(read_csv("a\tb\n1,5\t2\n")->rows[1].cells == std::vector<std::string>{"1,5", "2"});
    CHECK(read_csv("a,b\r1,2\r3,4\r")->rows[2].line == 3);
    CHECK(read_csv("")->rows.empty());
}

TEST_CASE("A quotation mark that is not closed is refused on the line where its row starts")
{
    auto const open = read_csv("a,b\n1,2\n3,\"4\n5,6\n");
    REQUIRE_FALSE(open);
    CHECK(open.error().line == 3);
    CHECK(open.error().refused.code == Refusal::csv_quote_unfinished);
    CHECK(read_csv("a,b\n1,2\"2\n").error().line == 2);
}

TEST_CASE("A register with more rows than the limit is refused on its first row too many")
{
    std::string text{"a\n"};
    for (std::size_t row = 0; row < csv_rows_limit; ++row) text += "1\n";
    CHECK(read_csv(text)->rows.size() == csv_rows_limit + 1);
    text += "1\n";
    auto const read = read_csv(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().line == static_cast<int>(csv_rows_limit) + 2);
    CHECK(read.error().refused.code == Refusal::csv_too_large);
    CHECK(read.error().refused.limit == "1000000");
}

TEST_CASE("What is written as CSV is read back the same")
{
    std::vector<std::string> const cells{"plain", "a,b", "say \"no\"", "", " spaced ", "行"};
    auto const read = read_csv(csv_line(cells));
    REQUIRE(read);
    CHECK(read->rows.front().cells == cells);
}

TEST_CASE("Dates, amounts, rates and periods are read as officers write them")
{
    CHECK(*date_of("2016-08-31") == Date{2016, 8, 31});
    CHECK(*date_of("2016/8/31") == Date{2016, 8, 31});
    CHECK(*date_of("2016.8.1") == Date{2016, 8, 1});
    CHECK(*date_of("2016年8月1日") == Date{2016, 8, 1});
    for (std::string_view const bad :
         {"2016-02-30", "16-8-1", "2016/8-1", "2016-8", "42613", "2016年8月1", "2016-8-1 "})
    {
        CAPTURE(bad);
        CHECK_FALSE(date_of(bad));
    }
    CHECK(positive_money_of("1,234,567.80")->text() == "1234567.80");
    CHECK(positive_money_of("0").error().code == Refusal::amount_must_be_positive);
    CHECK(positive_money_of("-5").error().code == Refusal::amount_must_be_positive);
    CHECK(positive_money_of("￥1,234.50")->text() == "1234.50");
    CHECK(positive_money_of("¥5")->text() == "5.00");
    for (std::string_view const bad :
         {"￥", "￥￥5", "5￥", "12,34", "1,2345", ",123", "1.234", "1e5", "壹佰", "1 000"})
    {
        CAPTURE(bad);
        CHECK(positive_money_of(bad).error().code == Refusal::amount_malformed);
    }
    CHECK(rate_of("4.75%")->ppm() == 47'500);
    CHECK(frequency_of("24个月")->count == 24);
    CHECK(frequency_of("季")->unit == ledger::PeriodUnit::quarter);
    CHECK(frequency_of("半年")->count == 6);
    CHECK(frequency_of("隔三差五").error().code == Refusal::choice_unknown);
    CHECK(*method_of("利随本清") == ledger::Method::at_maturity);
    CHECK(*method_of("equal_principal") == ledger::Method::equal_principal);
    CHECK(method_of("principal_plan").error().code == Refusal::choice_unknown); // no room for parts
    CHECK(*industry_of("甘蔗") == "sugar_cane");
    CHECK(industry_of("房地产").error().code == Refusal::choice_unknown);
}

TEST_CASE("What a spreadsheet adds to a cell is told from what was typed")
{
    CHECK(content_of(" '530921190001010003 ") == "530921190001010003");
    CHECK(content_of("it's") == "it's");
    CHECK(content_of("'") == "");
    for (std::string_view const cell : {"=1+1", "+86", "-5", "@x", "＝1", " =1", "\tx"}) {
        CAPTURE(cell);
        CHECK(inert(std::string{cell}) == "'" + std::string{cell});
    }
    CHECK(inert("5-1") == "5-1");
    for (std::string_view const lost : {"5.30921E+17", "1E+05"}) {
        CHECK(is_scientific_notation(lost));
    }
    for (std::string_view const kept : {"1E-5", "E+5", "1.E+5", "1E+", "L1E+x", "530921"}) {
        CHECK_FALSE(is_scientific_notation(kept));
    }
    CHECK(told(plan_of(borrowers_header +
                       "B1,李茶一,'530921190001010003,H1,'530921206204,复兴村党支部\n"))
              .empty());
    CHECK(told(plan_of("贷款编号,还款日期,金额,,\nL1,2016-01-01,￥5,,\n")).empty());
}

TEST_CASE("What Excel saved as something else than CSV is told how to save it")
{
    using namespace std::string_literals;
    struct Row {
        std::string bytes, limit;
    };
    auto const row = GENERATE(values<Row>({
        {"PK\3\4\x14", "Excel 工作簿 (workbook)"},
        {"\xD0\xCF\x11\xE0\xA1\xB1", "Excel 工作簿 (workbook)"},
        {"\xFF\xFE\x37\x8D", "UTF-16"},
        {"a\0,\0b\0"s, "UTF-16"},
        {"\xFF", "未知编码 (neither UTF-8 nor GB18030)"},
    }));
    auto const read = to_utf8(row.bytes);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Refusal::csv_encoding_unknown);
    CHECK(read.error().limit == row.limit);
}

TEST_CASE("Ids are masked in messages, also when they are wrong")
{
    CHECK(masked_id("530921190001010003") == "530921********0003");
    CHECK(masked_id("53092119000101000X1") == "530921*********00X1");
    CHECK(masked_id("1234") == "****");
    CHECK(masked_id("五三零九二一一九零零零一零一零") == "***************");
}

TEST_CASE("A register is recognised by its header, in Chinese or by field names")
{
    CHECK(plan_of(borrowers_header + good_borrower).commands.size() == 1);
    Plan const english = plan_of("amount,loan,repaid_on\n100.00,L1,2016-01-01\n");
    CHECK(told(english).empty());
    CHECK(english.commands.size() == 1);

    struct Row {
        std::string header;
        std::string told;
    };
    auto const row = GENERATE(values<Row>({
        {"", "1  [] csv_register_unknown"},
        {"a,b,c\n", "1  [] csv_register_unknown"},
        {"还款日期,放款日期\n", "1  [] csv_register_unknown"},
        {"贷款编号,还款日期\nL1,2016-01-01\n", "1 金额 [] csv_column_missing"},
        {"贷款编号,还款日期,金额,电话\n", "1 电话 [] csv_column_unknown"},
        {"贷款编号,还款日期,金额,amount\n", "1 amount [] csv_column_twice"},
        {"贷款编号,,还款日期,金额\n", "1 第 2 列 [] csv_column_unknown"},
        {"2016年还款登记表,,\n贷款编号,还款日期,金额\n", "1  [] csv_register_unknown"},
        {"贷款编号,还款日期,金额\n", "1  [] csv_rows_missing"},
    }));
    CAPTURE(row.header);
    CHECK(told(plan_of(row.header)) == row.told);
}

TEST_CASE("Every bad cell is named by line, column, value and rule")
{
    struct Row {
        std::string row;
        std::string told;
    };
    auto const row = GENERATE(values<Row>({
        {"L1,2016-13-01,5,\n", "2 还款日期 [2016-13-01] date_malformed"},
        {"L1,2027-01-01,5,\n", "2 还款日期 [2027-01-01] date_in_future"},
        {"L1,2016-01-01,0,\n", "2 金额 [0] amount_must_be_positive"},
        {"L1,2016-01-01,-5,\n", "2 金额 [-5] amount_must_be_positive"},
        {"L1,2016-01-01,5.123,\n", "2 金额 [5.123] amount_malformed"},
        {"L1,2016-01-01,100000000000000,\n", "2 金额 [100000000000000] amount_too_large"},
        {"L1,2016-01-01,,\n", "2 金额 [] text_missing"},
        {"L 1,2016-01-01,5,\n", "2 贷款编号 [L 1] identifier_malformed"},
        {"L1,2016-01-01,5\n", "2  [] csv_row_width_wrong"},
        {"L1,2016-01-01,5,,x\n", "2  [] csv_row_width_wrong"},
        {"L1,2016-01-01,'=1+1,\n", "2 金额 ['=1+1] csv_cell_is_formula"},
        {"1.2E+05,2016-01-01,5,\n", "2 贷款编号 [1.2E+05] csv_scientific_notation"},
        {"L1,2016-01-01,=SUM(A1),\n", "2 金额 [=SUM(A1)] csv_cell_is_formula"},
        {"L1,2016-01-01,5,@cmd\n", "2 备注 [@cmd] csv_cell_is_formula"},
        {"L1,2016-01-01,5,\"\tx\"\n", "2 备注 [␤x] csv_cell_is_formula"},
        {"L1,2016-01-01,5,\"one\ntwo\"\n", "2 备注 [one␤two] text_has_control_characters"},
        {"L1,2016-13-01,x,\n",
         "2 还款日期 [2016-13-01] date_malformed; 2 金额 [x] amount_malformed"},
    }));
    CAPTURE(row.row);
    CHECK(told(plan_of(repayments_header + row.row)) == row.told);
}

TEST_CASE("A row after a quoted line break still has its own line number")
{
    Plan const made =
        plan_of(repayments_header + "L1,2016-01-01,5,\"a\nb\nc\"\nL1,2016-01-02,x,\n");
    CHECK(told(made) == "2 备注 [a␤b␤c] text_has_control_characters; 5 金额 [x] amount_malformed");
}

TEST_CASE("A borrower's wrong id is told masked")
{
    CHECK(told(plan_of(borrowers_header +
                       "B1,李茶一,530921190001010004,H1,530921206204,复兴村党支部\n")) ==
          "2 身份证号 [530921********0004] resident_id_check_digit_wrong");
    CHECK(
        told(plan_of(borrowers_header + "B1,李茶一,5.30921E+17,H1,530921206204,复兴村党支部\n")) ==
        "2 身份证号 [***********] csv_scientific_notation");
}

TEST_CASE("A loan row proposes, approves and disburses, each on its day")
{
    Plan const made = plan_of(loans_header + loan_row("", ""));
    REQUIRE(told(made).empty());
    REQUIRE(made.commands.size() == 3);
    CHECK(made.commands[0].booked_on == Date{2015, 1, 5});
    CHECK(std::get<ledger::ProposeLoan>(made.commands[0].command).terms.settlement_day == 20);
    CHECK(registers::recorded<ledger::Approved>(made.commands[1].command) != nullptr);
    CHECK(std::get<ledger::RecordEvent>(made.commands[2].command).value_on == Date{2015, 1, 12});
    CHECK(plan_of(loans_header + loan_row("放款日期", "")).commands.size() == 2);

    struct Row {
        std::string column, value, told;
    };
    auto const row = GENERATE(values<Row>({
        {"批准日期", "2015-01-04", "2 批准日期 [2015-01-04] date_before_proposal"},
        {"批准日期", "", "2 批准日期 [] text_missing"},
        {"放款日期", "2015-01-09", "2 放款日期 [2015-01-09] date_too_early"},
        {"年利率", "六厘", "2 年利率 [六厘] rate_malformed"},
        {"还款方式", "随便", "2 还款方式 [随便] choice_unknown"},
        {"期数", "0", "2 期数 [0] number_malformed"},
        {"期数", "601", "2 期数 [601] number_malformed"},
        {"周期", "世纪", "2 周期 [世纪] choice_unknown"},
        {"结息日", "32", "2 结息日 [32] number_malformed"},
        {"产业", "赌博", "2 产业 [赌博] choice_unknown"},
        {"用途", "", "2 用途 [] text_missing"},
    }));
    CAPTURE(row.column, row.value);
    CHECK(told(plan_of(loans_header + loan_row(row.column, row.value))) == row.told);
}

TEST_CASE("A row twice in one file is refused, unless a remark tells equal payments apart")
{
    std::string const payment = "L1,2016-01-01,500.00,";
    CHECK(told(plan_of(repayments_header + payment + "\n" + payment + "\n")) ==
          "3 贷款编号 [L1] row_twice_in_file");
    Plan const apart = plan_of(repayments_header + payment + "上午\n" + payment + "下午\n");
    CHECK(told(apart).empty());
    REQUIRE(apart.commands.size() == 2);
    auto const apart_by = [](std::string const& remark) {
        auto const* bytes = reinterpret_cast<std::uint8_t const*>(remark.data());
        return ledger::hex(
                   ledger::leaf_digest({bytes, remark.size()}, ledger::DigestAlgorithm::sha256))
            .substr(0, 12);
    };
    CHECK(apart.commands[0].key == "import:repay:L1:2016-01-01:500.00:" + apart_by("上午"));
    CHECK(apart.commands[1].key == "import:repay:L1:2016-01-01:500.00:" + apart_by("下午"));
    CHECK(told(plan_of(borrowers_header + good_borrower + good_borrower)) ==
          "3 借款人编号 [B1] row_twice_in_file");
}

TEST_CASE(
    "A row has the same keys in whatever file it comes, and changed content is another command")
{
    auto const key = [](std::string const& bytes) { return plan_of(bytes).commands.front().key; };
    CHECK(key(borrowers_header + good_borrower) ==
          key("\xEF\xBB\xBF" + borrowers_header + good_borrower));
    CHECK(key(borrowers_header + good_borrower) !=
          key(borrowers_header + "B1,李茶二,530921190001010003,H1,530921206204,复兴村党支部\r\n"));
    std::string const longest(40, 'L');
    for (PlannedCommand const& command :
         plan_of(repayments_header + longest + ",2016-01-01,10000000000000.00,\n").commands)
    {
        CHECK(command.key.size() <= 80);
    }
}

TEST_CASE("A reversal follows its repayment, before what is booked on its own day")
{
    Plan const made = plan_of("贷款编号,还款日期,金额,备注,记账日期,冲正日期,冲正原因\n"
                              "L1,2016-01-01,50.00,,,2016-01-03,金额少录一位\n"
                              "L1,2016-01-01,500.00,重录,2016-01-03,,\n"
                              "L1,2016-02-01,7.00,,,2016-02-01,当天冲正\n");
    REQUIRE(told(made).empty());
    REQUIRE(made.commands.size() == 5);
    auto const* reversal = std::get_if<ledger::Reverse>(&made.commands[1].command);
    REQUIRE(reversal != nullptr);
    CHECK(reversal->reason == "金额少录一位");
    CHECK(made.commands[1].names == made.commands[0].key);
    CHECK(registers::recorded<ledger::Repaid>(made.commands[2].command) != nullptr);
    CHECK(made.commands[2].booked_on == Date{2016, 1, 3});
    CHECK(made.commands[4].names == made.commands[3].key);
    CHECK(told(plan_of("贷款编号,还款日期,金额,冲正日期,冲正原因\nL1,2016-01-02,5,2016-01-01,x\n"
                       "L1,2016-01-03,5,2016-01-03,\nL1,2016-01-04,5,,x\n")) ==
          "2 冲正日期 [2016-01-01] date_too_early; 3 冲正原因 [] text_missing; "
          "4 冲正日期 [] text_missing");
}

TEST_CASE("Files are merged by their days; a payment before its disbursement is told as that")
{
    std::vector<SourceFile> const files{
        {"payments.csv", repayments_header + "L1,2015-03-20,900.00,\nL1,2015-01-11,900.00,\n"},
        {"loans.csv", loans_header + loan_row("", "")},
        {"borrowers.csv", borrowers_header + good_borrower},
        {"funds.csv", "资金编号,名称,文号,拨款日期,金额\nF1,资金,演示1号,2015-01-01,200000.00\n"
                      "F1,资金,演示2号,2015-06-01,100000.00\n"}};
    Plan const made = plan(files, today);
    CHECK(told(made) == "3 还款日期 [2015-01-11] value_date_before_disbursement");
    std::string order;
    for (PlannedCommand const& command : made.commands) {
        order += std::string{ledger::code_of(command.command)} + " ";
    }
    CHECK(order == "open_fund pay_into_fund register_borrower propose_loan approve_loan disburse "
                   "repay pay_into_fund ");
    CHECK(made.commands[2].booked_on == Date{2015, 1, 5});
}

TEST_CASE("What was left out is a file with the same columns and the reason, and can come back")
{
    Plan const made =
        plan_of(repayments_header + "L1,2016-13-01,5,\nL2,2016-01-01,5,ok\n", "r.csv");
    auto const files = left_out_files(made, made.problems);
    REQUIRE(files.size() == 1);
    CHECK(files.front().bytes == "\xEF\xBB\xBF贷款编号,还款日期,金额,备注,原因\r\n"
                                 "L1,2016-13-01,5,,还款日期: date_malformed " +
                                     ledger::chinese({Refusal::date_malformed, {}, {}}) + "\r\n");
    CHECK(told(plan_of(files.front().bytes)) == "2 还款日期 [2016-13-01] date_malformed");
}

TEST_CASE("In the file of what was left out every reason stands in its column and nothing runs")
{
    Plan const made = plan_of(repayments_header + "L1,2016-01-01\nL1,2016-01-02,5,x,y\n"
                                                  "L1,2016-01-03,5,=1+1\n");
    auto const files = left_out_files(made, made.problems);
    REQUIRE(files.size() == 1);
    auto const table = read_csv(files.front().bytes.substr(byte_order_mark.size()));
    REQUIRE(table);
    for (std::size_t row = 1; row < table->rows.size(); ++row) {
        CHECK(table->rows[row].cells.at(4).find("csv_") != std::string::npos);
    }
    CHECK(table->rows[2].cells.at(5) == "y");
    CHECK(table->rows[3].cells.at(3) == "'=1+1");
    CHECK(told(plan_of(files.front().bytes)) ==
          "2 金额 [] text_missing; 3  [] csv_row_width_wrong; 4 备注 ['=1+1] csv_cell_is_formula");
}
