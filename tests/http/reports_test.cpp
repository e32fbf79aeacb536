// Statistics by group, step by step, of quality, and the work report in its three forms: each says
// what the others say.
#include "tests/http/books.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>

#include <algorithm>

using test::Books;
using test::code_of;
using test::get;

namespace json = boost::json;

namespace {

json::object line_of(json::object const& report, std::string_view code)
{
    for (auto const& line : report.at("lines").as_array()) {
        if (line.at("code") == json::string_view{code.data(), code.size()}) return line.as_object();
    }
    FAIL("no line " << code);
    return {};
}

} // namespace

TEST_CASE("The work report is JSON, a page and a worksheet of the same figures")
{
    Books books;
    books.lend();
    books.book("/v1/loans/L-1/repayments", R"({"amount":"1000.00"})");
    auto const report = books.read("/v1/reports/work?year=2016");
    CHECK(report.at("as_of") == "2016-08-31");
    CHECK(line_of(report, "lent").at("value") == "50000.00");
    CHECK(line_of(report, "lent").at("before") == "0.00");
    CHECK(line_of(report, "outstanding").at("value") == "49000.00");
    CHECK(line_of(report, "loans_without_led").at("value") == "1");
    CHECK(line_of(report, "provisions").at("value") == "0.00");
    auto const township = books.read("/v1/reports/work?year=2016&township=530921206");
    CHECK(township.at("township_name") == "腰街彝族乡");
    CHECK(line_of(township, "lent").at("value") == "50000.00");
    auto const elsewhere = books.read("/v1/reports/work?year=2016&township=530921101");
    CHECK(line_of(elsewhere, "lent").at("value") == "0.00");

    auto const page = get(books.port(), "/v1/reports/work.html?year=2016&township=530921206");
    CHECK(page.status == 200);
    CHECK(page.header("content-type").starts_with("text/html"));
    CHECK(page.body.find("腰街彝族乡 2016 年带富工作述职表") != std::string::npos);
    CHECK(page.body.find("50,000.00") != std::string::npos);
    CHECK(page.body.find("<script") == std::string::npos);

    auto const sheet = get(books.port(), "/v1/reports/work.xlsx?year=2016");
    CHECK(sheet.status == 200);
    CHECK(sheet.body.starts_with("PK"));
    CHECK(sheet.body.find("xl/worksheets/sheet1.xml") != std::string::npos);
    CHECK(sheet.header("content-disposition").find("work-report-530921-2016.xlsx") !=
          std::string::npos);

    CHECK(code_of(get(books.port(), "/v1/reports/work?township=530921999")) ==
          "township_not_found");
    CHECK(code_of(get(books.port(), "/v1/reports/work?year=2017")) == "date_in_future");
    CHECK(code_of(get(books.port(), "/v1/reports/work.xlsx?year=ten")) == "number_malformed");
}

TEST_CASE("Statistics by group, by step and of quality add up to the portfolio's")
{
    Books books;
    books.lend();
    books.book("/v1/loans/L-1/repayments", R"({"amount":"1000.00"})");
    for (char const* by : {"county", "township", "village", "branch", "industry", "fund", "year"}) {
        INFO(by);
        auto const answer = books.read(std::string{"/v1/statistics/portfolio?by="} + by);
        CHECK(answer.at("by") == by);
        CHECK(answer.at("county").at("outstanding") == "49000.00");
        auto const& lines = answer.at("lines").as_array();
        auto const lends = std::ranges::count_if(
            lines, [](json::value const& line) { return line.at("lent") == "50000.00"; });
        CHECK(lends == (std::string{by} == "county" ? 0 : 1));
    }
    auto const series =
        books.read("/v1/statistics/series?from=2016-07-01&until=2016-09-01&step=month");
    auto const& points = series.at("points").as_array();
    REQUIRE(points.size() == 2);
    CHECK(points.at(0).at("lent") == "0.00");
    CHECK(points.at(1).at("lent") == "50000.00");
    CHECK(points.at(1).at("outstanding") == "49000.00");
    auto const quality = books.read("/v1/statistics/quality?from=2016-01-01&until=2016-09-01");
    CHECK(quality.at("county").at("principal_normal") == "49000.00");
    CHECK(quality.at("county").at("coverage").is_null()); // nothing is bad: nothing to divide by
    CHECK(code_of(get(books.port(), "/v1/statistics/series?from=2016-01-01&until=2015-01-01")) ==
          "date_too_early");
    CHECK(code_of(get(books.port(),
                      "/v1/statistics/series?from=2015-01-01&until=2016-09-01&step=day")) ==
          "too_many_points");
    for (char const* address :
         {"series?from=2015-01-01&until=2016-09-02", "portfolio?until=2016-09-02",
          "portfolio.csv?until=2030-01-01", "leading?as_of=2016-09-01", "funds?as_of=2016-09-01",
          "reach.csv?as_of=2016-09-01"})
    {
        INFO(address);
        auto const answer = get(books.port(), std::string{"/v1/statistics/"} + address);
        CHECK(code_of(answer) == "date_in_future"); // what is not yet due is not unpaid
    }
    CHECK(code_of(get(books.port(), "/v1/explain/indicator/lent?as_of=2016-09-01")) ==
          "date_in_future");
    CHECK(code_of(get(books.port(), "/v1/statistics/quality?from=2015-01-01")) == "field_missing");
    CHECK(code_of(get(books.port(), "/v1/statistics/portfolio?by=colour")) == "choice_unknown");
}

TEST_CASE("Each statistic is a table for a spreadsheet too, line by line what the API answers")
{
    Books books;
    books.lend();
    books.book("/v1/targets", R"({"indicator":"households","unit":"530921","year":2016,)"
                              R"("count":8,"document":"演示1号"})");
    struct Row {
        char const* address;
        char const* query;
        std::size_t lines; ///< without the heading
        char const* has;
    };
    for (Row const& row : {
             Row{"portfolio", "", 14, "发放金额（元） lent"},
             Row{"portfolio", "by=industry", 2, "50000.00"},
             Row{"series", "from=2016-07-01&until=2016-09-01", 2, "起 from"},
             Row{"quality", "from=2016-01-01&until=2016-09-01", 2,
                 "正常类贷款余额（元） principal_normal"},
             Row{"leading", "as_of=2016-08-31&by=county", 1, "带动农户（户） households_led"},
             Row{"leading-series", "from=2016-07-01&until=2016-09-01", 2, "households_led"},
             Row{"funds", "as_of=2016-08-31", 2, "资金使用率（%） fund_use_rate"},
             Row{"reach", "as_of=2016-08-31", 14, "2016-08-31"},
             Row{"villages", "as_of=2016-08-31", 1, "有股份合作（个） with_cooperation"},
             Row{"plan", "as_of=2016-08-31", 1, "完成率（%） share"},
         })
    {
        INFO(row.address << " " << row.query);
        auto const table =
            get(books.port(), std::string{"/v1/statistics/"} + row.address + ".csv?" + row.query);
        REQUIRE(table.status == 200);
        CHECK(table.header("content-type") == "text/csv; charset=utf-8");
        CHECK(table.header("content-disposition").find(std::string{row.address} + ".csv") !=
              std::string::npos);
        CHECK(table.body.starts_with("\xEF\xBB\xBF"));
        CHECK(static_cast<std::size_t>(std::ranges::count(table.body, '\n')) == row.lines + 1);
        CHECK(table.body.find(row.has) != std::string::npos);
    }
    CHECK(code_of(get(books.port(), "/v1/statistics/portfolio.csv?by=colour")) == "choice_unknown");
}

TEST_CASE("Reach, funds and the work report hold what was reached against what was planned")
{
    Books books;
    books.lend();
    books.book("/v1/targets", R"({"indicator":"households","unit":"530921","year":2016,)"
                              R"("count":8,"document":"演示1号"})");
    auto const reach = books.read("/v1/statistics/reach");
    CHECK(reach.at("county").at("planned_households") == 8);
    CHECK(reach.at("county").at("reached_households_rate") == "0.00");
    CHECK(reach.at("county").at("townships_lent") == 1);
    CHECK(reach.at("known_at").is_null());
    auto const funds = books.read("/v1/statistics/funds");
    CHECK(funds.at("county").at("fund_lent") == "50000.00");
    CHECK(funds.at("lines").as_array().size() == 1);
    auto const now = books.read("/v1/entries/1").at("recorded_at").as_string();
    auto const early = books.read("/v1/statistics/funds?known_at=" + std::string{now});
    CHECK(early.at("county").at("fund_lent") == "0.00");
    CHECK(early.at("later_entries").at("count").as_int64() > 0);
    for (char const* address : {"/v1/statistics/reach?known_at=", "/v1/statistics/plan?known_at=",
                                "/v1/statistics/villages?known_at=", "/v1/branches?known_at=",
                                "/v1/explain/indicator/lent?known_at=",
                                "/v1/statistics/quality?from=2016-01-01&until=2016-09-01&known_at=",
                                "/v1/statistics/series?from=2016-01-01&until=2016-09-01&known_at="})
    {
        INFO(address);
        CHECK(code_of(get(books.port(), std::string{address} + "yesterday")) == "date_malformed");
        books.read(address + std::string{now});
    }
    auto const report = books.read("/v1/reports/work?year=2016");
    CHECK(line_of(report, "reached_households").at("target") == "8");
    CHECK(line_of(report, "reached_households").at("share") == "0.00");
    CHECK(line_of(report, "lent").at("target").is_null());
    CHECK(line_of(report, "fund_lent").at("value") == "50000.00");
    auto const page = get(books.port(), "/v1/reports/work.html?year=2016");
    CHECK(page.body.find("<th>目标</th>") != std::string::npos);
    CHECK(page.body.find("覆盖与任务 <small") != std::string::npos);
}
