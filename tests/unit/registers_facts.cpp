// The registers of branches, members, points, the list of the poor, targets, responsibilities and
// village facts, without a database: what a row becomes, and what a wrong cell is told.
#include "registers/plan.hpp"

#include <catch2/catch.hpp>

using namespace registers;
using ledger::Date;

namespace {

constexpr Date today{2026, 11, 24};

Plan plan_of(std::string const& bytes)
{
    SourceFile const file{"file.csv", bytes};
    return plan({&file, 1}, today);
}

/// Every command of the plan, or every problem of it.
std::string said(Plan const& made)
{
    std::string text;
    for (RowProblem const& problem : made.problems) {
        text += (text.empty() ? "" : "; ") + std::to_string(problem.line) + " " + problem.column +
                " [" + problem.value + "] " + std::string{ledger::name_of(problem.refused.code)};
    }
    if (!text.empty()) return text;
    for (PlannedCommand const& command : made.commands) {
        auto const& fact = std::get<ledger::RecordFact>(command.command);
        text += (text.empty() ? "" : " ") + std::string{ledger::code_of(command.command)} + " " +
                ledger::subject_of(fact.what) + "@" + fact.value_on.text();
    }
    return text;
}

std::string const branches = "支部代码,支部名称,村代码,登记日期\n";
std::string const members = "党员编号,姓名,支部代码,入党日期,党员类别,登记日期,减员原因\n";
std::string const points = "党员编号,积分余额,登记日期\n";
std::string const poor = "党员编号,户编号,列入日期,移出日期,移出原因\n";
std::string const persons = "人编号,户编号,姓名,与户主关系,是否劳动力,登记日期,减少日期,减少原因\n";
std::string const targets = "计划指标,行政区划代码,年度,计划数,文号,下达日期\n";
std::string const responsibilities =
    "责任编号,户编号,村代码,计划编号,责任人,任务,职责,目标,完成时限,落实日期,完成日期,完成情况\n";
std::string const villages = "村代码,村情事项,有无,金额,登记日期,文号\n";

} // namespace

TEST_CASE("A row of a register becomes dated facts, in Chinese words or by codes")
{
    struct Row {
        std::string bytes;
        char const* said;
    };
    for (auto const& row : {
             Row{branches + "Z1,复兴村党支部,530921206204,2015-01-01\n",
                 "name_branch Z1@2015-01-01"},
             Row{members + "M1,李某,Z1,2001-07-01,正式党员,2015-01-01,\n",
                 "record_member M1@2015-01-01"},
             Row{members + "M1,李某,Z1,2001-07-01,left,2016-01-01,转出\n",
                 "record_member M1@2016-01-01"},
             Row{points + "M1,85,2016-06-30\n", "record_points M1@2016-06-30"},
             Row{poor + "M1,N1,2015-12-31,2016-03-01,名单有误\n",
                 "list_poor_member M1@2015-12-31 list_poor_member M1@2016-03-01"},
             Row{persons + "N1-1,N1,李某,户主,是,2015-01-01,,\n", "record_person N1-1@2015-01-01"},
             Row{persons + "N1-2,N1,李小某,child,,2015-01-01,2016-03-01,出嫁\n",
                 "record_person N1-2@2015-01-01 record_person N1-2@2016-03-01"},
             Row{targets + "计划脱贫人口,530921,2016,8041,凤扶发〔2016〕1号,2016-01-15\n",
                 "set_target persons.530921.2016@2016-01-15"},
             Row{responsibilities + "R1,N1,,,干部甲,结对帮扶,落实产业,脱贫,2016-12-31,2016-01-15,"
                                    "2016-11-30,完成\n",
                 "give_responsibility R1@2016-01-15 fulfil_responsibility R1@2016-11-30"},
             // A deadline may lie ahead.
             Row{responsibilities +
                     "R2,,,persons.530921.2016,干部乙,任务,职责,目标,2030-12-31,2016-01-15,,\n",
                 "give_responsibility R2@2016-01-15"},
             Row{villages + "530921206204,村级集体经济收入,有,5000,2015-12-31,\n",
                 "record_village 530921206204@2015-12-31"},
             Row{villages + "530921206204,share_cooperation,no,,2015-12-31,\n",
                 "record_village 530921206204@2015-12-31"},
         })
    {
        INFO(row.bytes);
        CHECK(said(plan_of(row.bytes)) == row.said);
    }
}

TEST_CASE("Every wrong cell of a register of facts is named with its rule")
{
    struct Row {
        std::string bytes;
        char const* said;
    };
    std::string const good = "M1,85,2016-06-30\n";
    for (auto const& row : {
             Row{branches + ",,530921206204,2015-13-01\n",
                 "2 支部代码 [] text_missing; 2 支部名称 [] text_missing; "
                 "2 登记日期 [2015-13-01] date_malformed"},
             Row{members + "M1,李某,Z1,2030-01-01,党外人士,2015-01-01,\n",
                 "2 入党日期 [2030-01-01] date_in_future; 2 党员类别 [党外人士] choice_unknown"},
             Row{points + "M1,100001,2016-06-30\n", "2 积分余额 [100001] number_malformed"},
             Row{points + good + good, "3 党员编号 [M1] row_twice_in_file"},
             Row{poor + "M1,N1,2015-12-31,2015-01-01,误\n",
                 "2 移出日期 [2015-01-01] date_too_early"},
             Row{persons + "N1-1,N1,李某,朋友,是,2015-01-01,,\n",
                 "2 与户主关系 [朋友] choice_unknown"},
             Row{persons + "N1-1,N1,李某,户主,是,2015-01-02,2015-01-01,去世\n",
                 "2 减少日期 [2015-01-01] date_too_early"},
             Row{targets + "计划脱贫,530921,1999,0,,2016-01-15\n",
                 "2 计划指标 [计划脱贫] choice_unknown; 2 年度 [1999] number_malformed; "
                 "2 计划数 [0] number_malformed; 2 文号 [] text_missing"},
             Row{responsibilities + "R1,,,,甲,乙,丙,丁,2016-12-31,2016-01-15,,\n",
                 "2 户编号 [] text_missing"},
             Row{responsibilities + "R1,N1,530921206204,,甲,乙,丙,丁,,2016-01-15,,\n",
                 "2 村代码 [530921206204] field_unknown; 2 完成时限 [] text_missing"},
             Row{responsibilities + "R1,N1,,,甲,乙,丙,丁,2016-12-31,2016-01-15,2016-01-14,\n",
                 "2 完成日期 [2016-01-14] date_too_early"},
             Row{villages + "530921206204,水电,也许,-1,2015-12-31,\n",
                 "2 村情事项 [水电] choice_unknown; 2 有无 [也许] choice_unknown; "
                 "2 金额 [-1] amount_must_be_positive"},
         })
    {
        INFO(row.bytes);
        CHECK(said(plan_of(row.bytes)) == row.said);
    }
}
