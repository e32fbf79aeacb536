// The registers of households, of who leads them and of exits, without a database: what a row
// becomes, and what a wrong cell is told.
#include "registers/csv.hpp"
#include "registers/plan.hpp"

#include <catch2/catch.hpp>

using namespace registers;
using ledger::Date;

namespace {

constexpr Date today{2026, 11, 24};

std::string const households_header = "户编号,户主,村代码,身份,人口,登记日期\n";
std::string const leading_header = "户编号,贷款编号,带动方式,带动开始日期,份额,承诺年增收,是否亲属,"
                                   "核实日期,核实人,见证人,核实地点,"
                                   "佐证摘要,已增收,增收日期,结束日期,撤回日期,结束或撤回原因\n";
std::string const exits_header =
    "户编号,收入年度,提出日期,提出人,评议日期,评议主持人,签字日期,签字人,公示日期,公示人,公示截止,"
    "核查日期,核查人,审定日期,审定人,返贫日期,返贫文号\n";
std::string const digest(64, 'a');

Plan plan_of(std::string const& bytes)
{
    SourceFile const file{"file.csv", bytes};
    return plan({&file, 1}, today);
}

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

std::string commands_of(Plan const& made)
{
    std::string text;
    for (PlannedCommand const& command : made.commands) {
        text += (text.empty() ? "" : " ") + std::string{ledger::code_of(command.command)} + "@" +
                command.value_on.text();
    }
    return text;
}

} // namespace

TEST_CASE("A household is registered by its row, in Chinese words or by codes")
{
    for (char const* standing : {"建档立卡贫困户", "poor"}) {
        Plan const made =
            plan_of(households_header + "N1,李某,530921206204," + standing + ",4,2015-01-01\n");
        REQUIRE(told(made).empty());
        auto const* event = happened<ledger::HouseholdRegistered>(made.commands.front().command);
        REQUIRE(event != nullptr);
        auto const& what = std::get<ledger::HouseholdRegistered>(event->what);
        CHECK(what.head == "李某");
        CHECK(what.standing == ledger::Standing::poor);
        CHECK(what.persons == 4);
    }
}

TEST_CASE("A row of who leads whom is a claim, and what became of it")
{
    Plan const made =
        plan_of(leading_header + "N1,L1,代养托管,2015-02-01,0.5,3000,否,2015-02-10,甲,乙,村委会," +
                digest + ",1200,2015-09-01,2016-01-01,,合同期满\n");
    REQUIRE(told(made).empty());
    CHECK(commands_of(made) == "claim_leading@2015-02-01 verify_leading@2015-02-10 "
                               "record_benefit@2015-09-01 end_support@2016-01-01");
    auto const& claim = std::get<ledger::LeadingClaimed>(
        std::get<ledger::RecordHouseholdEvent>(made.commands.front().command).what);
    CHECK(claim.way == ledger::Way::on_trust);
    CHECK(claim.share == 5'000);
    for (std::size_t n = 1; n < made.commands.size(); ++n) {
        CHECK(made.commands[n].names == made.commands.front().key);
    }
}

TEST_CASE("A row of an exit is its steps, each by its person, and perhaps the relapse")
{
    std::string const row = "N1,2015,2016-01-03,丁,2016-01-04,戊,2016-01-05,李某,2016-01-06,丁,"
                            "2016-01-12,2016-01-13,己,2016-01-20,庚,";
    CHECK(commands_of(plan_of(exits_header + row + "2017-01-01,认定1号\n")) ==
          "take_exit_step@2016-01-03 take_exit_step@2016-01-04 take_exit_step@2016-01-05 "
          "take_exit_step@2016-01-06 take_exit_step@2016-01-13 take_exit_step@2016-01-20 "
          "record_relapse@2017-01-01");
    // An exit that has come as far as its notice.
    Plan const half = plan_of(exits_header + "N1,2015,2016-01-03,丁,2016-01-04,戊,2016-01-05,李某,"
                                             "2016-01-06,丁,2016-01-12,,,,,,\n");
    CHECK(commands_of(half) == "take_exit_step@2016-01-03 take_exit_step@2016-01-04 "
                               "take_exit_step@2016-01-05 take_exit_step@2016-01-06");
    auto const* signing = happened<ledger::ExitStepTaken>(half.commands[2].command);
    REQUIRE(signing != nullptr);
    CHECK(std::get<ledger::ExitStepTaken>(signing->what).person == "李某");
}

TEST_CASE("Every wrong cell of these registers is named with its rule")
{
    struct Row {
        std::string bytes;
        char const* told;
    };
    std::string const good = "N1,李某,530921206204,poor,4,2015-01-01\n";
    for (auto const& row : {
             Row{households_header + "N1,,530921206204,富裕户,0,2015-13-01\n",
                 "2 户主 [] text_missing; 2 身份 [富裕户] choice_unknown; "
                 "2 人口 [0] number_malformed; 2 登记日期 [2015-13-01] date_malformed"},
             Row{households_header + good + good, "3 户编号 [N1] row_twice_in_file"},
             Row{leading_header + "N1,L1,养鱼,2015-02-01,1.5,,是,,,,,,,,,,\n",
                 "2 带动方式 [养鱼] choice_unknown; 2 份额 [1.5] share_malformed"},
             Row{leading_header + "N1,L1,other,2015-02-01,,,,2015-02-10,,乙,村,x,,,,,\n",
                 "2 核实人 [] text_missing"},
             Row{leading_header + "N1,L1,other,2015-02-01,,,,,,,,,,,2015-01-31,,完\n",
                 "2 结束日期 [2015-01-31] date_too_early"},
             Row{leading_header + "N1,L1,other,2015-02-01,,,,,,,,,,,,2015-03-01,\n",
                 "2 结束或撤回原因 [] text_missing"},
             Row{leading_header + "N1,L1,other,2015-02-01,,,,,,,,,,,,,\nN1,L1,other,2015-02-01,,,,"
                                  ",,,,,,,,,\n",
                 "3 户编号 [N1] row_twice_in_file"},
             Row{exits_header + "N1,99,2016-01-03,,,,2016-01-05,,,,,,,,,,\n",
                 "2 收入年度 [99] number_malformed; 2 提出人 [] text_missing"},
         })
    {
        CHECK(told(plan_of(row.bytes)) == row.told);
    }
}
