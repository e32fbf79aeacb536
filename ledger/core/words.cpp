// One table of words. A code that is missing here is shown as it is: nothing breaks, and the test
// that walks the enumerations says so.
#include "ledger/words.hpp"

#include <array>

namespace ledger {

namespace {

struct Word {
    std::string_view vocabulary, code, chinese;
};

constexpr auto words = std::to_array<Word>({
    {"loan_status", "proposed", "待审批"},
    {"loan_status", "approved", "已批未放"},
    {"loan_status", "active", "在贷"},
    {"loan_status", "settled", "已结清"},
    {"loan_status", "withdrawn", "已撤销"},
    {"loan_status", "written_off", "已核销"},
    {"loan_status", "expired", "审批已失效"},
    {"risk_class", "normal", "正常"},
    {"risk_class", "special_mention", "关注"},
    {"risk_class", "substandard", "次级"},
    {"risk_class", "doubtful", "可疑"},
    {"risk_class", "loss", "损失"},
    {"standing", "ordinary", "一般农户"},
    {"standing", "poor", "建档立卡贫困户"},
    {"standing", "exited", "已脱贫户"},
    {"standing", "unstable", "脱贫不稳定户"},
    {"standing", "marginal", "边缘易致贫户"},
    {"standing", "sudden_hardship", "突发严重困难户"},
    {"standing", "relapsed", "返贫户"},
    {"exit_step", "proposed", "村级提出"},
    {"exit_step", "reviewed", "民主评议"},
    {"exit_step", "signed_off", "农户签字"},
    {"exit_step", "noticed", "公示"},
    {"exit_step", "checked", "乡镇核查"},
    {"exit_step", "approved", "县级审定"},
    {"exit_step", "verified", "核实"},
    {"way", "employment", "务工就业"},
    {"way", "dividends", "入股分红"},
    {"way", "land_lease", "土地流转"},
    {"way", "guaranteed_purchase", "保底收购"},
    {"way", "guidance", "技术指导"},
    {"way", "on_trust", "代养托管"},
    {"way", "cooperative", "吸纳入社"},
    {"way", "mutual_aid", "资金互助"},
    {"way", "e_commerce", "电商销售"},
    {"way", "other", "其他"},
    {"poverty_cause", "illness", "因病"},
    {"poverty_cause", "disability", "因残"},
    {"poverty_cause", "schooling", "因学"},
    {"poverty_cause", "disaster", "因灾"},
    {"poverty_cause", "marriage", "因婚"},
    {"poverty_cause", "land", "缺土地"},
    {"poverty_cause", "water", "缺水"},
    {"poverty_cause", "skills", "缺技术"},
    {"poverty_cause", "funds", "缺资金"},
    {"poverty_cause", "labour", "缺劳力"},
    {"poverty_cause", "roads", "交通条件落后"},
    {"poverty_cause", "motivation", "自身发展动力不足"},
    {"poverty_cause", "other", "其他"},
    {"safeguard", "safe_housing", "住房安全"},
    {"safeguard", "schooling", "义务教育"},
    {"safeguard", "medical_care", "基本医疗"},
    {"plan_indicator", "households", "计划出列建档立卡贫困户"},
    {"plan_indicator", "member_households", "其中党员户"},
    {"plan_indicator", "persons", "计划脱贫人口"},
    {"plan_indicator", "members", "其中党员"},
    {"method", "equal_instalments", "等额本息"},
    {"method", "equal_principal", "等额本金"},
    {"method", "interest_only", "按期付息到期还本"},
    {"method", "at_maturity", "利随本清"},
    {"method", "principal_plan", "分期还本"},
    {"actor", "import", "批量导入"},
    {"actor", "api", "接口录入"},
    {"actor", "operator", "终端录入"},
    {"kinship", "head", "户主"},
    {"kinship", "spouse", "配偶"},
    {"kinship", "child", "子女"},
    {"kinship", "child_in_law", "儿媳或女婿"},
    {"kinship", "grandchild", "孙子女"},
    {"kinship", "parent", "父母"},
    {"kinship", "grandparent", "祖父母"},
    {"kinship", "sibling", "兄弟姐妹"},
    {"kinship", "other", "其他"},
    {"membership", "full", "正式党员"},
    {"membership", "probationary", "预备党员"},
    {"membership", "left", "已减员"},
    {"village_aspect", "poor_village", "建档立卡贫困村"},
    {"village_aspect", "project_plan", "项目规划"},
    {"village_aspect", "share_cooperation", "股份合作经济"},
    {"village_aspect", "collective_income", "村级集体经济收入"},
});

} // namespace

std::string_view chinese_word(std::string_view vocabulary, std::string_view code)
{
    for (Word const& word : words) {
        if (word.vocabulary == vocabulary && word.code == code) return word.chinese;
    }
    return code;
}

std::string chinese_words(std::string_view vocabulary, std::string_view codes)
{
    constexpr std::string_view between = ", ";
    std::string text;
    for (;;) {
        auto const at = codes.find(between);
        text += chinese_word(vocabulary, codes.substr(0, at));
        if (at == std::string_view::npos) return text;
        text += "、";
        codes.remove_prefix(at + between.size());
    }
}

} // namespace ledger
