// The table of permissions and what follows from it. Every command and every reading has a row; a
// row that is missing stops the service from starting, so nothing is allowed by forgetting it.
#include "ledger/access.hpp"

#include "ledger/assert.hpp"

#include <algorithm>

namespace ledger {

namespace {

constexpr Reach no = Reach::none, own = Reach::own, any = Reach::any;

// clang-format off
constexpr auto table = std::to_array<Permission>({
    // operation                 中文               English                            经办 复核 审计 管理
    {"register_borrower",       "登记借款人",      "Register a borrower",             {own, no,  no,  no}},
    {"open_fund",               "设立资金",        "Open a fund",                     {own, no,  no,  no}},
    {"pay_into_fund",           "拨入资金",        "Pay into a fund",                 {own, no,  no,  no}},
    {"pay_into_risk_fund",      "拨入风险补偿金",  "Pay into the risk fund",          {own, no,  no,  no}},
    {"propose_loan",            "贷款申请",        "Propose a loan",                  {own, no,  no,  no}},
    {"approve_loan",            "审批",            "Approve a loan",                  {own, no,  no,  no}, true},
    {"disburse",                "放款",            "Disburse",                        {own, no,  no,  no}, true},
    {"repay",                   "收款",            "Take a repayment",                {own, no,  no,  no}},
    {"refund_overpayment",      "退还多还款",      "Refund an overpayment",           {own, no,  no,  no}, true},
    {"waive",                   "减免",            "Waive",                           {own, no,  no,  no}, true},
    {"change_rate",             "调整利率",        "Change the rate",                 {own, no,  no,  no}, true},
    {"extend_loan",             "展期",            "Extend a loan",                   {own, no,  no,  no}, true},
    {"reschedule_loan",         "重组",            "Reschedule a loan",               {own, no,  no,  no}, true},
    {"pause_interest",          "暂停计息",        "Pause interest",                  {own, no,  no,  no}, true},
    {"charge_cost",             "记入费用",        "Charge a cost",                   {own, no,  no,  no}},
    {"declare_misuse",          "认定挪用",        "Declare misuse",                  {own, no,  no,  no}},
    {"classify_loan",           "人工分类",        "Classify by hand",                {own, no,  no,  no}, true},
    {"expire_approval",         "审批失效",        "Let an approval lapse",           {own, no,  no,  no}},
    {"provision_loan",          "计提准备",        "Provision",                       {own, no,  no,  no}},
    {"write_off",               "核销",            "Write off",                       {own, no,  no,  no}, true},
    {"recover",                 "收回已核销",      "Recover",                         {own, no,  no,  no}},
    {"compensate",              "风险补偿",        "Compensate from the risk fund",   {own, no,  no,  no}, true},
    {"claim_subsidy",           "申报贴息",        "Claim the subsidy",               {own, no,  no,  no}},
    {"receive_subsidy",         "贴息到位",        "Receive the subsidy",             {own, no,  no,  no}},
    {"reverse",                 "冲正",            "Reverse an event",                {own, no,  no,  no}, true},
    {"accrue",                  "计提利息",        "Accrue interest",                 {own, no,  no,  no}},
    {"open_books",              "开账",            "Open the books",                  {own, no,  no,  no}},
    {"close_day",               "日终",            "Close the day",                   {own, no,  no,  no}},
    {"register_household",      "登记农户",        "Register a household",            {own, no,  no,  no}},
    {"move_household",          "农户变更",        "Change a household",              {own, no,  no,  no}},
    {"count_persons",           "人口变更",        "Count the persons",               {own, no,  no,  no}},
    {"record_standing",         "农户身份",        "Record the standing",             {own, no,  no,  no}},
    {"record_income",           "农户收入",        "Record an income",                {own, no,  no,  no}},
    {"record_survey",           "入户调查",        "Record a survey",                 {own, no,  no,  no}},
    {"dissolve_household",      "农户注销",        "Dissolve a household",            {own, no,  no,  no}},
    {"claim_leading",           "申报带动",        "Claim to lead",                   {own, no,  no,  no}},
    {"verify_leading",          "核实带动",        "Verify the leading",              {own, no,  no,  no}, true},
    {"agree_shares",            "商定份额",        "Agree the shares",                {own, no,  no,  no}},
    {"record_benefit",          "带动收益",        "Record a benefit",                {own, no,  no,  no}},
    {"withdraw_claim",          "撤回申报",        "Withdraw a claim",                {own, no,  no,  no}},
    {"end_support",             "结束带动",        "End the support",                 {own, no,  no,  no}},
    {"take_exit_step",          "脱贫退出步骤",    "Take a step of the exit",         {own, no,  no,  no}, true},
    {"record_relapse",          "返贫",            "Record a relapse",                {own, no,  no,  no}},
    {"reverse_household_event", "冲正农户业务",    "Reverse a household's event",     {own, no,  no,  no}, true},
    {"name_branch",             "登记党支部",      "Name a branch",                   {own, no,  no,  no}},
    {"record_member",           "登记党员",        "Record a member",                 {own, no,  no,  no}},
    {"record_points",           "登记积分",        "Record points",                   {own, no,  no,  no}},
    {"list_poor_member",        "贫困党员户台账",  "List a poor member",              {own, no,  no,  no}},
    {"record_person",           "登记家庭成员",    "Record a person",                 {own, no,  no,  no}},
    {"set_target",              "下达计划",        "Set a target",                    {own, no,  no,  no}},
    {"give_responsibility",     "下达责任",        "Give a responsibility",           {own, no,  no,  no}},
    {"fulfil_responsibility",   "责任办结",        "Fulfil a responsibility",         {own, no,  no,  no}},
    {"record_village",          "登记村情",        "Record a village's fact",         {own, no,  no,  no}},
    {"reverse_fact",            "冲正登记",        "Reverse a fact",                  {own, no,  no,  no}},
    {"keep_evidence",           "保存佐证",        "Keep evidence",                   {any, no,  no,  no}},
    {"check_commands",          "复核",            "Confirm what another recorded",   {no,  own, no,  no}},
    {"read_pending",            "查看待复核",      "Read what waits to be confirmed", {own, own, any, no}},
    {"withdraw_pending",        "撤回待复核",      "Withdraw what one recorded",      {own, no,  no,  no}},
    {"read_loans",              "查看贷款",        "Read loans and borrowers",        {own, own, any, no}},
    {"read_personal",           "查看证件号等全号", "Read a whole number, with a purpose", {own, own, any, no}},
    {"record_contact",          "登记电话账号",    "Record telephone and account",    {own, no,  no,  no}},
    {"set_kiosk_secret",        "设置自助机密码",  "Set a borrower's secret for the kiosk", {own, no, no, no}},
    {"read_kiosk_locks",        "查看自助机锁定",  "Read which cards are locked",     {own, own, any, no}},
    {"read_households",         "查看农户",        "Read households",                 {own, own, any, no}},
    {"read_registers",          "查看登记簿",      "Read the registers",              {own, own, any, no}},
    {"read_books",              "查看账簿",        "Read the journal",                {own, own, any, no}},
    {"explain_figures",         "展开指标",        "Open a figure into its parts",    {own, own, any, no}},
    {"read_statistics",         "查看统计",        "Read statistics",                 {any, any, any, no}},
    {"read_programme",          "查看办法",        "Read the programme's rules",      {any, any, any, any}},
    {"calculate",               "试算",            "Calculate a schedule",            {any, any, any, any}},
    {"check_books",             "自检",            "Check the books",                 {no,  no,  any, no}},
    {"read_trail",              "查看操作记录",    "Read the trail",                  {no,  no,  any, no}},
    {"read_users",              "查看用户",        "Read users and their rights",     {no,  no,  any, any}},
    {"manage_users",            "管理用户",        "Manage users",                    {no,  no,  no,  any}},
    {"manage_rules",            "修订办法",        "Change the programme's rules",    {no,  no,  no,  any}},
    {"manage_terminals",        "管理终端",        "Enrol the terminals of the kiosk", {no, no, no,  any}},
    {"kiosk",                   "自助机",          "What a terminal asks for its borrower", {no, no, no, no}},
    {"own_account",             "自己的账户",      "One's own account",               {any, any, any, any}},
    {"open",                    "公开",            "Open to everybody",               {any, any, any, any}},
});
// clang-format on

} // namespace

std::span<Permission const> permissions()
{
    return table;
}

Permission const* permission_for(std::string_view operation)
{
    auto const* found = std::ranges::find(table, operation, &Permission::operation);
    return found == table.end() ? nullptr : found;
}

Reach reach_of(Principal const& who, std::string_view operation)
{
    auto const* row = permission_for(operation);
    LEDGER_ASSERT(row != nullptr);
    Reach widest = Reach::none;
    for (UserRole const role : who.roles) widest = std::max(widest, row->of(role));
    return widest;
}

Result<UnitCode> confinement_of(Principal const& who, std::string_view operation)
{
    switch (reach_of(who, operation)) {
    case Reach::any: return UnitCode{};
    case Reach::own: return who.township;
    case Reach::none: break;
    }
    std::string roles;
    for (UserRole const role : all_user_roles) {
        if (permission_for(operation)->of(role) != Reach::none)
            roles += (roles.empty() ? "" : ", ") + std::string{code_of(role)};
    }
    return refuse(Refusal::right_missing, std::string{operation}, std::move(roles));
}

} // namespace ledger
