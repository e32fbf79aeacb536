// The public edition over the real service: figures about few are left out, the rest is what the
// statistics say, and a cache may keep it.
#include "tests/http/books.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>

using test::Books;
using test::get;

namespace {

/// Borrower n of a township's village with a loan of so many thousand yuan.
void lend(Books& books, int n, std::string const& village)
{
    std::string const number = std::to_string(n);
    std::string const id17 = "53092119000101" + std::string(3 - number.size(), '0') + number;
    constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < 17; ++i) sum += (id17[i] - '0') * weights[i];
    std::string const id = id17 + "10X98765432"[sum % 11];
    books.book("/v1/borrowers", R"({"borrower":"P)" + number +
                                    R"(","name":"演示","resident_id":")" + id +
                                    R"(","household":"PH)" + number + R"(","village":")" + village +
                                    R"(","party_branch":"支部"})");
    books.book("/v1/loans", R"({"loan":"PL)" + number + R"(","borrower":"P)" + number +
                                R"(","fund":"F-1","purpose":"养牛","industry":"cattle",)"
                                R"("terms":{"principal":"10000.00","annual_rate":"4.75",)"
                                R"("method":"at_maturity","instalments":1}})");
    books.book("/v1/loans/PL" + number + "/approval", R"({"amount":"10000.00"})");
    books.book("/v1/loans/PL" + number + "/disbursements", R"({"amount":"10000.00"})");
}

boost::json::object line_of(boost::json::object const& edition, std::string const& township)
{
    for (auto const& line : edition.at("townships").as_array()) {
        if (line.at("township") == township.c_str()) return line.as_object();
    }
    return {};
}

} // namespace

TEST_CASE(
    "The public edition tells of five and more, and of fewer nothing that could be subtracted")
{
    Books books;
    books.lend(); // one borrower in 530921206
    // Nothing is closed: the edition is of yesterday, and nothing that is booked today changes it.
    auto const yesterday = books.read("/v1/public/statistics");
    CHECK(yesterday.at("as_of") == "2016-08-30");
    CHECK(yesterday.at("whole").at("borrowers") == 0);
    for (int n = 1; n <= 5; ++n) lend(books, n, "530921101201");
    CHECK(books.read("/v1/public/statistics") == yesterday);
    for (int n = 6; n <= 11; ++n) lend(books, n, "530921102201");
    books.book("/v1/days/2016-08-31/closing", "{}");
    auto const edition = books.read("/v1/public/statistics");
    CHECK(edition.at("threshold") == 5);
    CHECK(edition.at("as_of") == "2016-08-31");
    CHECK(edition.at("whole").at("borrowers") == 12);
    CHECK(edition.at("whole").at("lent") == "160000.00");
    CHECK(edition.at("whole").at("overdue") == "0.00");
    // The smallest of the others keeps the small one company.
    CHECK(line_of(edition, "530921206").at("borrowers").is_null());
    CHECK(line_of(edition, "530921101").at("borrowers").is_null());
    CHECK(line_of(edition, "530921101").at("lent").is_null());
    CHECK(line_of(edition, "530921102").at("borrowers") == 6);
    CHECK(line_of(edition, "530921102").at("lent") == "60000.00");
    for (char const* owed : {"repaid", "outstanding", "overdue", "par30"}) {
        CHECK(line_of(edition, "530921102").at(owed).is_null());
        CHECK(edition.at("whole").at(owed).is_string());
    }
    CHECK(edition.at("dictionary").as_array().size() > 10);

    auto const answer = get(books.port(), "/v1/public/statistics");
    CHECK(answer.header("cache-control") == "public, max-age=300");
    CHECK(get(books.port(), "/v1/public/statistics", {"If-None-Match: " + answer.header("etag")})
              .status == 304);
    auto const csv = get(books.port(), "/v1/public/statistics.csv");
    CHECK(csv.header("content-type") == "text/csv; charset=utf-8");
    CHECK(csv.body.starts_with("\xEF\xBB\xBF截至,入账截止,乡镇代码,名称,贷款党员（名）"));
    CHECK(csv.body.find(",6,6,6,60000.00,*,*,*,") != std::string::npos);
    CHECK(csv.body.find(",*,*,*,*,") != std::string::npos);
}

TEST_CASE("What one borrower alone was lent is published of nobody")
{
    Books books;
    books.lend();
    books.book("/v1/days/2016-08-31/closing", "{}");
    auto const alone = books.read("/v1/public/statistics");
    CHECK(alone.at("as_of") == "2016-08-31");
    CHECK(alone.at("whole").at("borrowers").is_null());
    CHECK(line_of(alone, "530921206").at("lent").is_null());
    CHECK(line_of(alone, "530921101").at("borrowers") == 0);
}
