// How an officer writes things in a spreadsheet, read strictly: dates with dashes, slashes or
// 年月日, amounts with or without thousands commas, rates with or without a percent sign, methods
// and periods in Chinese or by their English names. What is not one of these forms is refused.
#pragma once

#include "ledger/household.hpp"
#include "ledger/money.hpp"
#include "ledger/rate.hpp"
#include "ledger/register_fact.hpp"
#include "ledger/schedule.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace registers {

/// Without leading and trailing spaces, ideographic and no-break ones too.
std::string_view trimmed(std::string_view);

/// A cell that a spreadsheet would evaluate: it starts with = + - @ (full-width too), TAB or CR.
bool looks_like_formula(std::string_view cell);

/// The cell for a spreadsheet that must not evaluate it: as text, marked by an apostrophe.
std::string inert(std::string cell);

/// What a cell says: trimmed, without the apostrophe by which spreadsheets mark text.
std::string_view content_of(std::string_view cell);

/// "5.30921E+17": a long number that a spreadsheet has shortened; digits of it are lost.
bool is_scientific_notation(std::string_view);

/// 2016-08-31, 2016/8/31, 2016.8.31 or 2016年8月31日. Refuses date_malformed.
ledger::Result<ledger::Date> date_of(std::string_view);

/// "1234.56", "1,234.56" or "￥1,234.56". Refuses amount_malformed, amount_too_large,
/// amount_must_be_positive.
ledger::Result<ledger::Money> positive_money_of(std::string_view);

/// "4.75" or "4.75%". Refuses rate_malformed.
ledger::Result<ledger::Rate> rate_of(std::string_view);

/// Refuses number_malformed.
ledger::Result<int> number_of(std::string_view, int least, int most);

/// 等额本息, 等额本金, 按期付息到期还本, 利随本清 or the English names. Refuses choice_unknown.
ledger::Result<ledger::Method> method_of(std::string_view);
std::string_view chinese_of(ledger::Method);

/// 月, 季, 年, 半年, "24个月", "month", "24 month" … Refuses choice_unknown.
ledger::Result<ledger::Frequency> frequency_of(std::string_view);

/// The code of an industry of the list by its Chinese name or itself. Refuses choice_unknown.
ledger::Result<std::string> industry_of(std::string_view);
/// "养牛", as a register writes it.
std::string_view chinese_of_industry(std::string_view code);

/// 建档立卡贫困户, 贫困户 or "poor" … Refuses choice_unknown.
ledger::Result<ledger::Standing> standing_of(std::string_view);
/// 因病、缺技术 … or the codes, parted by 、 ; or ；. Refuses choice_unknown, choice_twice.
ledger::Result<std::vector<ledger::PovertyCause>> causes_of(std::string_view);
/// An amount that may be zero or negative. Refuses amount_malformed, amount_too_large.
ledger::Result<ledger::Money> money_of(std::string_view);
/// 代养托管 or "on_trust" … Refuses choice_unknown.
ledger::Result<ledger::Way> way_of(std::string_view);
/// 是, 有 or yes, 否, 无 or no. Refuses choice_unknown.
ledger::Result<bool> truth_of(std::string_view);
/// 正式党员 or "full" … Refuses choice_unknown.
ledger::Result<ledger::Membership> membership_of(std::string_view);
/// 户主, 配偶 … or "head" … Refuses choice_unknown.
ledger::Result<ledger::Kinship> kinship_of(std::string_view);
/// 计划出列建档立卡贫困户 or "households" … Refuses choice_unknown.
ledger::Result<ledger::PlanIndicator> plan_indicator_of(std::string_view);
/// 股份合作经济 or "share_cooperation" … Refuses choice_unknown.
ledger::Result<ledger::VillageAspect> village_aspect_of(std::string_view);

/// A value for a message: at most 40 characters, control characters replaced.
std::string shown(std::string_view);

/// A personal id for a message, even a wrong one: at most the first six and the last four
/// characters of a long one, else stars only.
std::string masked_id(std::string_view);

} // namespace registers
