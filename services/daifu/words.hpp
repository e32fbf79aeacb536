// The stable codes of the books in the words of the people who read a screen: Chinese first, the
// code beside it. A code without words here is shown as it is.
#pragma once

#include "ledger/explain.hpp"
#include "ledger/household.hpp"
#include "ledger/register_fact.hpp"

#include <span>
#include <string>
#include <string_view>

namespace daifu {

/// "还款 repay".
std::string command_words(std::string_view code);
/// "在贷 active".
std::string words_of(ledger::LoanStatus);
/// "还款 repaid".
std::string words_of(ledger::Happening const&);
/// "次级 substandard".
std::string words_of(ledger::RiskClass);
/// "建档立卡贫困户 poor".
std::string words_of(ledger::Standing);
/// "代养托管 on_trust".
std::string words_of(ledger::Way);
/// "县级审定 approved".
std::string words_of(ledger::ExitStep);
/// "核实带动 leading_verified".
std::string words_of(ledger::HouseholdHappening const&);
/// "计划脱贫人口 persons".
std::string words_of(ledger::PlanIndicator);
/// "罚息 penalty".
std::string words_of(ledger::DebtComponent);
/// "按期付息到期还本 interest_only".
std::string words_of(ledger::Method);
/// "8 × 1 季 quarter".
std::string steps_words(int steps, ledger::Frequency const&);
/// The same of a loan's terms, or until when they run.
std::string term_words(ledger::Terms const&);
/// "养牛 cattle".
std::string industry_words(std::string_view code);
/// "借 debit".
std::string side_words(std::string_view code);
/// "元 CNY".
std::string unit_words(std::string_view code);
/// Of a step of an explanation: "利息 interest".
std::string figure_words(std::string_view code);
/// What a step rests on: "罚息幅度 penalty_margin v1 县办发〔2015〕3号".
std::string words_of(std::span<ledger::Basis const>);

} // namespace daifu
