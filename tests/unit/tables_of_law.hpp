// Tables of law that several tests use: the base rates of sql/seed, the five classes, provisions
// and the working days of 2015, each with its source.
#pragma once

#include "ledger/programme.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

namespace ledger::test {

/// sql/seed/base_rate.csv: the benchmark rates of the People's Bank up to 2015-10-24, then the LPR.
inline std::vector<BaseRate> base_rates_of_law()
{
    std::ifstream file{DAIFU_SOURCE_DIR "/sql/seed/base_rate.csv"};
    std::vector<BaseRate> rates;
    std::string line;
    REQUIRE(std::getline(file, line));
    while (std::getline(file, line)) {
        std::replace(line.begin(), line.end(), ',', ' ');
        std::istringstream words{line};
        std::string from;
        std::string tier;
        std::string percent;
        std::string mark;
        REQUIRE(words >> from >> tier >> percent >> mark);
        rates.push_back(
            {Date::parse(from).value(), tier, Rate::parse(percent).value(), mark == "sourced"});
    }
    std::ranges::stable_sort(rates, {}, &BaseRate::effective_from);
    return rates;
}

/// Before 2023-07-01 the practice of the credit unions: overdue at all is special mention, more
/// than 90 days substandard, more than 180 doubtful. From then 商业银行金融资产风险分类办法: 90,
/// 270, 360.
inline std::vector<ClassFloor> class_floors_of_law()
{
    Date const practice{2007, 1, 1};
    Date const rules_of_2023{2023, 7, 1};
    return {
        {practice, 0, RiskClass::special_mention},   {practice, 90, RiskClass::substandard},
        {practice, 180, RiskClass::doubtful},        {rules_of_2023, 0, RiskClass::special_mention},
        {rules_of_2023, 90, RiskClass::substandard}, {rules_of_2023, 270, RiskClass::doubtful},
        {rules_of_2023, 360, RiskClass::loss}};
}

/// 银行贷款损失准备计提指引: 1 % in general, 2, 25, 50 and 100 % of the four worse classes.
inline std::vector<ProvisionRate> provision_rates_of_law()
{
    Date const from{2002, 4, 2};
    return {{from, RiskClass::normal, 10'000},
            {from, RiskClass::special_mention, 20'000},
            {from, RiskClass::substandard, 250'000},
            {from, RiskClass::doubtful, 500'000},
            {from, RiskClass::loss, 1'000'000}};
}

/// 国办发明电〔2014〕28号: the Mid-Autumn and National Day holidays of 2015; Saturday 10 October is
/// worked.
inline WorkingCalendar autumn_of_2015()
{
    std::vector<Date> holidays{Date{2015, 9, 27}};
    for (unsigned day = 1; day <= 7; ++day) holidays.push_back(Date{2015, 10, day});
    return WorkingCalendar::of(holidays, {Date{2015, 10, 10}}).value();
}

} // namespace ledger::test
