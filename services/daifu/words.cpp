// One table a kind of code.
#include "daifu/words.hpp"

#include "ledger/words.hpp"

#include "registers/values.hpp"
#include "wire/choices.hpp"
#include "wire/industries.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace daifu {

namespace {

struct Words {
    std::string_view code, chinese;
};

constexpr std::array<Words, 8> commands{{{"register_borrower", "登记借款人"},
                                         {"open_fund", "开立资金来源"},
                                         {"pay_into_fund", "拨入资金"},
                                         {"propose_loan", "申请贷款"},
                                         {"approve_loan", "批准贷款"},
                                         {"disburse", "放款"},
                                         {"repay", "还款"},
                                         {"reverse", "冲正"}}};
constexpr std::array<Words, 20> events{{{"approved", "批准"},
                                        {"disbursed", "放款"},
                                        {"repaid", "还款"},
                                        {"reversed", "冲正"},
                                        {"overpayment_refunded", "退还多收"},
                                        {"waived", "减免"},
                                        {"cost_charged", "垫付费用"},
                                        {"rate_changed", "调整利率"},
                                        {"extended", "展期"},
                                        {"rescheduled", "重组"},
                                        {"interest_paused", "停息"},
                                        {"misuse_declared", "认定挪用"},
                                        {"classified", "五级分类"},
                                        {"provisioned", "计提准备"},
                                        {"written_off", "核销"},
                                        {"recovered", "收回已核销"},
                                        {"compensated", "代偿"},
                                        {"subsidy_claimed", "申报贴息"},
                                        {"subsidy_received", "贴息到位"},
                                        {"approval_expired", "审批失效"}}};
static_assert(events.size() == std::variant_size_v<ledger::Happening>);
constexpr std::array<Words, 16> household_events{{{"household_registered", "登记"},
                                                  {"household_moved", "变更"},
                                                  {"persons_counted", "人口变动"},
                                                  {"standing_recorded", "身份变更"},
                                                  {"household_dissolved", "销户"},
                                                  {"leading_claimed", "申报带动"},
                                                  {"leading_verified", "核实带动"},
                                                  {"claim_withdrawn", "撤回申报"},
                                                  {"support_ended", "带动结束"},
                                                  {"shares_agreed", "商定份额"},
                                                  {"benefit_brought", "带动增收"},
                                                  {"exit_step_taken", "退出步骤"},
                                                  {"relapsed", "返贫"},
                                                  {"income_recorded", "登记收入"},
                                                  {"surveyed", "入户调查"},
                                                  {"reversed", "冲正"}}};
static_assert(household_events.size() == std::variant_size_v<ledger::HouseholdHappening>);
constexpr std::array<Words, 2> sides{{{"debit", "借"}, {"credit", "贷"}}};
constexpr std::array<Words, 3> units{{{"CNY", "元"}, {"HOUSEHOLD", "户"}, {"PERSON", "人"}}};
constexpr std::array<Words, 5> periods{
    {{"day", "天"}, {"week", "周"}, {"month", "月"}, {"quarter", "季"}, {"year", "年"}}};
constexpr std::array<Words, 11> figures{{{"interest", "利息"},
                                         {"interest_accrued", "应计利息"},
                                         {"penalty", "罚息"},
                                         {"compound", "复利"},
                                         {"principal_due", "到期本金"},
                                         {"principal_overdue", "逾期本金"},
                                         {"disbursement", "放款"},
                                         {"allocation", "还款分配"},
                                         {"provision", "计提准备"},
                                         {"principal_owed", "尚欠本金"},
                                         {"payoff", "结清金额"}}};
/// What an explanation rests on, beside the events.
constexpr std::array<Words, 10> rules{{{"contract", "合同"},
                                       {"base_rates", "基准利率表"},
                                       {"subsidy_scheme", "贴息办法"},
                                       {"penalty_margin", "罚息幅度"},
                                       {"compounding", "复利规则"},
                                       {"law", "规定"},
                                       {"allocation_order", "还款顺序"},
                                       {"non_accrual_allocation_order", "非应计还款顺序"},
                                       {"provision_rates", "计提比例"},
                                       {"class_floors", "五级分类标准"}}};
constexpr std::array<Words, 5> components{{{"cost", "费用"},
                                           {"penalty", "罚息"},
                                           {"compound", "复利"},
                                           {"interest", "利息"},
                                           {"principal", "本金"}}};

std::string with_chinese(std::span<Words const> table, std::string_view code)
{
    auto const found = std::ranges::find(table, code, &Words::code);
    std::string const text{code};
    return found == table.end() ? text : std::string{found->chinese} + " " + text;
}

/// "已批准 approved".
std::string with_word(std::string_view vocabulary, std::string_view code)
{
    return std::string{ledger::chinese_word(vocabulary, code)} + " " + std::string{code};
}

} // namespace

std::string command_words(std::string_view code)
{
    return with_chinese(commands, code);
}

std::string words_of(ledger::LoanStatus status)
{
    return with_word("loan_status", ledger::code_of(status));
}

std::string words_of(ledger::Happening const& what)
{
    return with_chinese(events, ledger::code_of(what));
}

std::string words_of(ledger::RiskClass risk_class)
{
    return with_word("risk_class", ledger::code_of(risk_class));
}

std::string words_of(ledger::Standing standing)
{
    return with_word("standing", ledger::code_of(standing));
}

std::string words_of(ledger::Way way)
{
    return with_word("way", ledger::code_of(way));
}

std::string words_of(ledger::ExitStep step)
{
    return with_word("exit_step", ledger::code_of(step));
}

std::string words_of(ledger::HouseholdHappening const& what)
{
    return with_chinese(household_events, ledger::code_of(what));
}

std::string words_of(ledger::PlanIndicator indicator)
{
    return with_word("plan_indicator", ledger::code_of(indicator));
}

std::string words_of(ledger::DebtComponent component)
{
    return with_chinese(components, ledger::code_of(component));
}

std::string words_of(ledger::Method method)
{
    return std::string{registers::chinese_of(method)} + " " + std::string{wire::name_of(method)};
}

std::string steps_words(int steps, ledger::Frequency const& every)
{
    return std::to_string(steps) + " × " + std::to_string(every.count) + " " +
           with_chinese(periods, wire::name_of(every.unit));
}

std::string term_words(ledger::Terms const& terms)
{
    if (terms.matures_on) return "到 until " + terms.matures_on->text();
    if (terms.instalments == 0) {
        return std::to_string(terms.principal_plan.size()) + " 次还本 parts of principal";
    }
    return steps_words(terms.instalments, terms.every);
}

std::string industry_words(std::string_view code)
{
    std::string const chinese{wire::industry_name(code)};
    return chinese == code ? chinese : chinese + " " + std::string{code};
}

std::string side_words(std::string_view code)
{
    return with_chinese(sides, code);
}

std::string unit_words(std::string_view code)
{
    return with_chinese(units, code);
}

std::string figure_words(std::string_view code)
{
    bool const is_event = std::ranges::find(events, code, &Words::code) != events.end();
    return is_event ? with_chinese(events, code) : with_chinese(figures, code);
}

std::string words_of(std::span<ledger::Basis const> bases)
{
    std::string all;
    for (ledger::Basis const& basis : bases) {
        bool const is_event = std::ranges::find(events, basis.name, &Words::code) != events.end();
        all += all.empty() ? "" : "；";
        all += with_chinese(is_event ? std::span<Words const>{events} : rules, basis.name);
        if (basis.rules_version != 0) all += " v" + std::to_string(basis.rules_version);
        if (!basis.document.empty()) all += " " + basis.document;
    }
    return all;
}

} // namespace daifu
