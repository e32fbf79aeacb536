// One table a register; everything else here only looks things up in it.
#include "registers/columns.hpp"

#include "ledger/assert.hpp"
#include "registers/values.hpp"

#include <algorithm>
#include <array>

namespace registers {

using ledger::Refusal;
using ledger::refuse;

namespace {

constexpr std::array fund_columns{
    Column{"fund", "资金编号"}, Column{"name", "名称"},
    Column{"document", "文号"}, Column{"paid_in_on", "拨款日期", true, true},
    Column{"amount", "金额"},
};

constexpr std::array borrower_columns{
    Column{"borrower", "借款人编号"},
    Column{"name", "姓名"},
    Column{"resident_id", "身份证号", true, true},
    Column{"household", "户编号"},
    Column{"village", "村代码"},
    Column{"party_branch", "党支部"},
    Column{"registered_on", "登记日期", false},
};

constexpr std::array loan_columns{
    Column{"loan", "贷款编号"},
    Column{"borrower", "借款人编号"},
    Column{"fund", "资金编号"},
    Column{"proposed_on", "申请日期"},
    Column{"approved_on", "批准日期"},
    Column{"disbursed_on", "放款日期", true, true},
    Column{"amount", "金额"},
    Column{"annual_rate", "年利率"},
    Column{"method", "还款方式"},
    Column{"instalments", "期数"},
    Column{"every", "周期"},
    Column{"settlement_day", "结息日", false},
    Column{"first_due_on", "首期还款日", false},
    Column{"purpose", "用途"},
    Column{"industry", "产业"},
};

constexpr std::array repayment_columns{
    Column{"loan", "贷款编号"},
    Column{"repaid_on", "还款日期", true, true},
    Column{"amount", "金额"},
    Column{"remark", "备注", false},
    Column{"booked_on", "记账日期", false},
    Column{"reversed_on", "冲正日期", false},
    Column{"reversal_reason", "冲正原因", false},
};

constexpr std::array household_columns{
    Column{"household", "户编号"}, Column{"head", "户主", true, true},
    Column{"village", "村代码"},   Column{"standing", "身份"},
    Column{"persons", "人口"},     Column{"registered_on", "登记日期"},
};

constexpr std::array leading_columns{
    Column{"household", "户编号"},
    Column{"loan", "贷款编号"},
    Column{"way", "带动方式", true, true},
    Column{"since", "带动开始日期"},
    Column{"share", "份额", false},
    Column{"promised", "承诺年增收", false},
    Column{"is_relative", "是否亲属", false},
    Column{"verified_on", "核实日期", false},
    Column{"officer", "核实人", false},
    Column{"witness", "见证人", false},
    Column{"place", "核实地点", false},
    Column{"evidence", "佐证摘要", false},
    Column{"amount", "已增收", false},
    Column{"brought_on", "增收日期", false},
    Column{"ended_on", "结束日期", false},
    Column{"withdrawn_on", "撤回日期", false},
    Column{"reason", "结束或撤回原因", false},
};

constexpr std::array exit_columns{
    Column{"household", "户编号"},
    Column{"income_year", "收入年度"},
    Column{"proposed_on", "提出日期"},
    Column{"proposed_by", "提出人"},
    Column{"reviewed_on", "评议日期", false},
    Column{"reviewed_by", "评议主持人", false},
    Column{"signed_on", "签字日期", false},
    Column{"signed_by", "签字人", false},
    Column{"noticed_on", "公示日期", false},
    Column{"noticed_by", "公示人", false},
    Column{"notice_until", "公示截止", true, true},
    Column{"checked_on", "核查日期", false},
    Column{"checked_by", "核查人", false},
    Column{"approved_on", "审定日期", false},
    Column{"approved_by", "审定人", false},
    Column{"relapsed_on", "返贫日期", false},
    Column{"document", "返贫文号", false},
};

constexpr std::array income_columns{
    Column{"household", "户编号"},           Column{"income_year", "收入年度"},
    Column{"wages", "工资性收入", false},    Column{"production", "经营性收入", false},
    Column{"property", "财产性收入", false}, Column{"transfers", "转移性收入", true, true},
    Column{"recorded_on", "登记日期"},
};

constexpr std::array person_columns{
    Column{"person", "人编号"},
    Column{"household", "户编号"},
    Column{"name", "姓名"},
    Column{"kinship", "与户主关系", true, true},
    Column{"can_work", "是否劳动力", false},
    Column{"recorded_on", "登记日期"},
    Column{"left_on", "减少日期", false},
    Column{"reason", "减少原因", false},
};

constexpr std::array survey_columns{
    Column{"household", "户编号"},
    Column{"surveyed_on", "入户日期", true, true},
    Column{"causes", "致贫原因", false},
    Column{"labour", "劳动力", false},
    Column{"has_safe_housing", "住房安全", false},
    Column{"has_schooling", "义务教育", false},
    Column{"has_medical_care", "基本医疗", false},
    Column{"official", "帮扶责任人", false},
};

constexpr std::array branch_columns{
    Column{"branch", "支部代码"},
    Column{"name", "支部名称", true, true},
    Column{"village", "村代码"},
    Column{"recorded_on", "登记日期"},
};

constexpr std::array member_columns{
    Column{"member", "党员编号"},        Column{"name", "姓名"},
    Column{"branch", "支部代码"},        Column{"joined_on", "入党日期", true, true},
    Column{"membership", "党员类别"},    Column{"recorded_on", "登记日期"},
    Column{"reason", "减员原因", false},
};

constexpr std::array point_columns{
    Column{"member", "党员编号"},
    Column{"points", "积分余额", true, true},
    Column{"recorded_on", "登记日期"},
};

constexpr std::array poor_member_columns{
    Column{"member", "党员编号"},
    Column{"household", "户编号"},
    Column{"listed_on", "列入日期", true, true},
    Column{"unlisted_on", "移出日期", false},
    Column{"reason", "移出原因", false},
};

constexpr std::array target_columns{
    Column{"indicator", "计划指标"}, Column{"unit", "行政区划代码"},
    Column{"year", "年度"},          Column{"count", "计划数", true, true},
    Column{"document", "文号"},      Column{"recorded_on", "下达日期"},
};

constexpr std::array responsibility_columns{
    Column{"responsibility", "责任编号"},
    Column{"household", "户编号", false},
    Column{"village", "村代码", false},
    Column{"target", "计划编号", false},
    Column{"person", "责任人"},
    Column{"task", "任务"},
    Column{"duty", "职责"},
    Column{"goal", "目标"},
    Column{"deadline", "完成时限", true, true},
    Column{"recorded_on", "落实日期"},
    Column{"fulfilled_on", "完成日期", false},
    Column{"result", "完成情况", false},
};

constexpr std::array village_fact_columns{
    Column{"village", "村代码"},
    Column{"aspect", "村情事项", true, true},
    Column{"has", "有无"},
    Column{"amount", "金额", false},
    Column{"recorded_on", "登记日期"},
    Column{"document", "文号", false},
};

constexpr std::array registers_in_order{
    Register::funds,        Register::borrowers,    Register::loans,    Register::repayments,
    Register::households,   Register::leading,      Register::exits,    Register::incomes,
    Register::persons,      Register::surveys,      Register::branches, Register::members,
    Register::points,       Register::poor_members, Register::targets,  Register::responsibilities,
    Register::village_facts};

/// The column that a heading names, or -1.
int column_named(Register kind, std::string_view heading)
{
    auto const columns = columns_of(kind);
    auto const found = std::ranges::find_if(columns, [&](Column const& column) {
        return column.chinese == heading || column.field == heading;
    });
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

std::string headings_of(Register kind)
{
    std::string names;
    for (Column const& column : columns_of(kind)) {
        if (!names.empty()) names += ", ";
        names += column.chinese;
    }
    return names;
}

/// The register whose telling column is there; nothing when none or several are.
ledger::Result<Register> register_of(std::vector<std::string> const& headings)
{
    std::vector<Register> fitting;
    for (Register const kind : registers_in_order) {
        for (std::string const& heading : headings) {
            int const column = column_named(kind, heading);
            if (column >= 0 && columns_of(kind)[static_cast<std::size_t>(column)].is_telling) {
                fitting.push_back(kind);
                break;
            }
        }
    }
    if (fitting.size() == 1) return fitting.front();
    std::string names;
    for (Register const kind : registers_in_order) {
        if (!names.empty()) names += ", ";
        names.append(chinese_of(kind)).append(" ").append(code_of(kind));
    }
    return refuse(Refusal::csv_register_unknown, {}, std::move(names));
}

} // namespace

std::span<Register const> all_registers()
{
    return registers_in_order;
}

std::string_view code_of(Register kind)
{
    switch (kind) {
    case Register::funds: return "funds";
    case Register::borrowers: return "borrowers";
    case Register::loans: return "loans";
    case Register::repayments: return "repayments";
    case Register::households: return "households";
    case Register::leading: return "leading";
    case Register::exits: return "exits";
    case Register::incomes: return "incomes";
    case Register::persons: return "persons";
    case Register::surveys: return "surveys";
    case Register::branches: return "branches";
    case Register::members: return "members";
    case Register::points: return "points";
    case Register::poor_members: return "poor_members";
    case Register::targets: return "targets";
    case Register::responsibilities: return "responsibilities";
    case Register::village_facts: return "village_facts";
    }
    throw ledger::Bug("a register without a code");
}

std::string_view chinese_of(Register kind)
{
    switch (kind) {
    case Register::funds: return "资金登记簿";
    case Register::borrowers: return "借款人登记簿";
    case Register::loans: return "贷款登记簿";
    case Register::repayments: return "还款登记簿";
    case Register::households: return "农户登记簿";
    case Register::leading: return "带动登记簿";
    case Register::exits: return "脱贫退出登记簿";
    case Register::incomes: return "家庭收入登记簿";
    case Register::persons: return "家庭成员登记簿";
    case Register::surveys: return "入户调查登记簿";
    case Register::branches: return "党支部登记簿";
    case Register::members: return "党员登记簿";
    case Register::points: return "党员积分登记簿";
    case Register::poor_members: return "贫困党员户台账";
    case Register::targets: return "脱贫计划";
    case Register::responsibilities: return "五定责任表";
    case Register::village_facts: return "村情登记簿";
    }
    throw ledger::Bug("a register without a name");
}

std::span<Column const> columns_of(Register kind)
{
    switch (kind) {
    case Register::funds: return fund_columns;
    case Register::borrowers: return borrower_columns;
    case Register::loans: return loan_columns;
    case Register::repayments: return repayment_columns;
    case Register::households: return household_columns;
    case Register::leading: return leading_columns;
    case Register::exits: return exit_columns;
    case Register::incomes: return income_columns;
    case Register::persons: return person_columns;
    case Register::surveys: return survey_columns;
    case Register::branches: return branch_columns;
    case Register::members: return member_columns;
    case Register::points: return point_columns;
    case Register::poor_members: return poor_member_columns;
    case Register::targets: return target_columns;
    case Register::responsibilities: return responsibility_columns;
    case Register::village_facts: return village_fact_columns;
    }
    throw ledger::Bug("a register without columns");
}

ledger::Result<Header> Header::recognise(std::vector<std::string> const& cells)
{
    Header header;
    for (std::string const& cell : cells) header.headings_.emplace_back(trimmed(cell));
    while (!header.headings_.empty() && header.headings_.back().empty()) {
        header.headings_.pop_back(); // a spreadsheet that once held something further right
    }
    header.width_ = header.headings_.size();
    auto const kind = register_of(header.headings_);
    if (!kind) return std::unexpected{kind.error()};
    header.kind_ = *kind;
    auto const columns = columns_of(*kind);
    header.positions_.assign(columns.size(), -1);
    for (std::size_t i = 0; i < header.headings_.size(); ++i) {
        std::string const& heading = header.headings_[i];
        if (heading == reason_column) continue;
        int const column = column_named(*kind, heading);
        if (column < 0) {
            return refuse(Refusal::csv_column_unknown,
                          heading.empty() ? "第 " + std::to_string(i + 1) + " 列" : shown(heading),
                          headings_of(*kind));
        }
        int& position = header.positions_[static_cast<std::size_t>(column)];
        if (position >= 0) return refuse(Refusal::csv_column_twice, heading);
        position = static_cast<int>(i);
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].is_required && header.positions_[i] < 0) {
            return refuse(Refusal::csv_column_missing, std::string{columns[i].chinese});
        }
    }
    return header;
}

int Header::position(std::string_view field) const
{
    int const column = column_named(kind_, field);
    return column < 0 ? -1 : positions_[static_cast<std::size_t>(column)];
}

std::string Header::heading(std::string_view field) const
{
    int const column = column_named(kind_, field);
    if (column < 0) return std::string{field};
    int const at = positions_[static_cast<std::size_t>(column)];
    if (at >= 0) return headings_[static_cast<std::size_t>(at)];
    return std::string{columns_of(kind_)[static_cast<std::size_t>(column)].chinese};
}

} // namespace registers
