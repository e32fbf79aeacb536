// refusal.hpp: every refusal has a name, a kind and a sentence in both languages.
#include "ledger/refusal.hpp"

#include "ledger/assert.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace ledger;

TEST_CASE("A refusal has a name, a kind and a sentence in each language")
{
    struct Row {
        Refused refused;
        std::string name;
        RefusalKind kind;
        std::string zh;
        std::string en;
    };
    auto const row = GENERATE(values<Row>({
        {{Refusal::loan_not_found, "loan", ""},
         "loan_not_found",
         RefusalKind::not_found,
         "没有这笔贷款",
         "There is no such loan"},
        {{Refusal::amount_too_large, "amount", "10000000000000.00"},
         "amount_too_large",
         RefusalKind::malformed,
         "金额超过单笔上限 10000000000000.00 元",
         "The amount exceeds the largest single amount, 10000000000000.00 yuan"},
        {{Refusal::csv_row_width_wrong, "", "7"},
         "csv_row_width_wrong",
         RefusalKind::malformed,
         "这一行的列数不对，应为 7 列",
         "The row has the wrong number of cells: 7 are wanted"},
        {{Refusal::day_closed, "value_on", "2016-08-31"},
         "day_closed",
         RefusalKind::conflict,
         "营业日 2016-08-31 已经日终，不能再记账",
         "The business day 2016-08-31 is closed and takes no new booking"},
    }));
    CHECK(name_of(row.refused.code) == row.name);
    CHECK(kind_of(row.refused.code) == row.kind);
    CHECK(chinese(row.refused) == row.zh);
    CHECK(english(row.refused) == row.en);
}

TEST_CASE("Every refusal has an English sentence, and a Chinese one in Chinese characters")
{
    for (Refusal const code : all_refusals()) {
        CAPTURE(name_of(code));
        auto const en = english({code, {}, "1"});
        auto const zh = chinese({code, {}, "1"});
        CHECK(en.size() > 10);
        CHECK(std::ranges::count(en, ' ') >= 2);
        // The common Chinese characters, U+4E00 to U+9FFF, are three bytes that begin with E4 to
        // E9.
        CHECK(std::ranges::count_if(zh, [](char c) { return (c & 0xFF) >= 0xE4; }) >= 3);
        CHECK(en != zh);
    }
}

TEST_CASE("Every refusal is found by its name, and no two share one")
{
    std::set<std::string_view> names;
    for (Refusal const code : all_refusals()) {
        CHECK(refusal_named(name_of(code)) == code);
        names.insert(name_of(code));
    }
    CHECK(names.size() == all_refusals().size());
    CHECK(refusal_named("no_such_refusal") == Refusal::none_);
    CHECK(refusal_named("") == Refusal::none_);
}

TEST_CASE("Both sentences of a refusal leave room for the limit, or neither does")
{
    for (Refusal const code : all_refusals()) {
        CAPTURE(name_of(code));
        Refused const refused{code, {}, "<the limit>"};
        bool const is_in_chinese = chinese(refused).contains("<the limit>");
        CHECK(english(refused).contains("<the limit>") == is_in_chinese);
        CHECK_FALSE(chinese(refused).contains("{limit}"));
        CHECK_FALSE(english(refused).contains("{limit}"));
    }
}

TEST_CASE("No sentence ends in punctuation: its reader adds what it needs")
{
    for (Refusal const code : all_refusals()) {
        CAPTURE(name_of(code));
        CHECK_FALSE(std::string_view{".!?;:,_-"}.contains(english({code, {}, "1"}).back()));
        for (std::string_view const mark : {"。", "！", "；", "：", "，", "."}) {
            CHECK_FALSE(chinese({code, {}, "1"}).ends_with(mark));
        }
    }
}

TEST_CASE("Failing is never the number zero")
{
    CHECK(std::ranges::none_of(all_refusals(), [](Refusal code) { return code == Refusal{}; }));
    CHECK_THROWS_AS(name_of(Refusal::none_), Bug);
}

TEST_CASE("A refusal carries the field and the limit that it is about")
{
    Result<int> const refused = refuse(Refusal::loan_above_cap, "amount", "100000.00");
    REQUIRE_FALSE(refused);
    CHECK(refused.error() == Refused{Refusal::loan_above_cap, "amount", "100000.00"});
}
