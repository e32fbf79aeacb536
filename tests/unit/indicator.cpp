// What goes for whole groups of figures: dimensions by their codes, documents, days.
#include "ledger/indicator.hpp"

#include <catch2/catch.hpp>

using namespace ledger;

TEST_CASE("A statistic is split by its own dimensions, and says which they are")
{
    CHECK(dimension_of(Report::portfolio, "industry") == Dimension::industry);
    CHECK(dimension_of(Report::leading, "way") == Dimension::way);
    CHECK(dimension_of(Report::portfolio, "way").error().code == Refusal::choice_unknown);
    CHECK(dimension_of(Report::funds, "township").error() ==
          Refused{Refusal::choice_unknown, "by", "county, fund"});
    for (Report const report :
         {Report::portfolio, Report::leading, Report::quality, Report::funds, Report::reach})
    {
        for (Dimension const each : dimensions_of(report))
            CHECK(dimension_of(report, code_of(each)) == each);
    }
}

TEST_CASE("Every figure names the document that says what it counts")
{
    struct Row {
        char const* code;
        char const* document; ///< a part of it
    };
    for (Indicator const& each : all_indicators()) {
        INFO(each.code);
        CHECK(!document_of(each).empty());
    }
    for (auto const& [code, document] : {
             Row{"lent", "述职报告"},
             Row{"par30_rate", "CGAP"},
             Row{"written_off", "呆账核销"},
             Row{"principal_loss", "风险分类办法"},
             Row{"non_performing_rate", "风险分类办法"},
             Row{"coverage", "计提比例"},
             Row{"subsidy_due", "贴息办法"},
             Row{"collected_on_time", "合同"},
             Row{"households_led", "述职报告"},
             Row{"households_exited", "厅字〔2016〕16号"},
             Row{"fund_lent", "拨款"},
             Row{"planned_members", "述职报告"},
         })
    {
        INFO(code);
        CHECK(document_of(*indicator_named(code)).find(document) != std::string_view::npos);
    }
}
