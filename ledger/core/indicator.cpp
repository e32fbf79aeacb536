// What goes for whole groups of figures: by what they are split, of which days they are, on which
// document they rest.
#include "ledger/indicator.hpp"

#include "ledger/assert.hpp"

#include <algorithm>
#include <array>

namespace ledger {

std::string_view code_of(Dimension dimension)
{
    switch (dimension) {
    case Dimension::county: return "county";
    case Dimension::township: return "township";
    case Dimension::village: return "village";
    case Dimension::branch: return "branch";
    case Dimension::industry: return "industry";
    case Dimension::fund: return "fund";
    case Dimension::product: return "product";
    case Dimension::officer: return "officer";
    case Dimension::year: return "year";
    case Dimension::borrower: return "borrower";
    case Dimension::way: return "way";
    case Dimension::standing: return "standing";
    }
    LEDGER_ASSERT(!"a dimension that is not in the list");
}

std::span<Dimension const> dimensions_of(Report report)
{
    using enum Dimension;
    static constexpr std::array of_loans{county, township, village, branch,  industry,
                                         fund,   year,     product, officer, borrower};
    static constexpr std::array of_leading{county, township, village, way,     standing, borrower,
                                           branch, industry, fund,    product, officer,  year};
    static constexpr std::array of_funds{county, fund};
    static constexpr std::array of_places{county, township};
    switch (report) {
    case Report::portfolio:
    case Report::quality: return of_loans;
    case Report::leading: return of_leading;
    case Report::funds: return of_funds;
    case Report::reach: return of_places;
    }
    LEDGER_ASSERT(!"a report that is not in the list");
}

Result<Dimension> dimension_of(Report report, std::string_view code)
{
    std::string codes;
    for (Dimension const each : dimensions_of(report)) {
        if (code_of(each) == code) return each;
        codes += (codes.empty() ? "" : ", ") + std::string{code_of(each)};
    }
    return refuse(Refusal::choice_unknown, "by", std::move(codes));
}

bool counts_households(Report report)
{
    return report == Report::leading || report == Report::reach;
}

std::string_view chinese_of(Report report)
{
    switch (report) {
    case Report::portfolio: return "贷款";
    case Report::leading: return "带动";
    case Report::quality: return "贷款质量";
    case Report::funds: return "资金";
    case Report::reach: return "覆盖与任务";
    }
    LEDGER_ASSERT(!"a report that is not in the list");
}

std::string_view english_of(Report report)
{
    switch (report) {
    case Report::portfolio: return "Lending";
    case Report::leading: return "Leading";
    case Report::quality: return "Quality";
    case Report::funds: return "Funds";
    case Report::reach: return "Reach and plan";
    }
    LEDGER_ASSERT(!"a report that is not in the list");
}

Timing timing_of(Indicator const& indicator)
{
    std::string_view const code = indicator.code;
    auto const is_one_of = [code](std::initializer_list<std::string_view> beginnings) {
        return std::ranges::any_of(
            beginnings, [code](std::string_view each) { return code.starts_with(each); });
    };
    switch (indicator.report) {
    case Report::portfolio:
        return is_one_of({"outstanding", "overdue", "par", "rescheduled"}) ? Timing::end
                                                                           : Timing::period;
    case Report::quality:
        return is_one_of({"due", "collected", "subsidy"}) ? Timing::period : Timing::end;
    case Report::leading: {
        bool const is_now = code.ends_with("_claimed") || code.ends_with("s_led");
        return is_now ? Timing::end : Timing::ever;
    }
    case Report::funds:
        return is_one_of({"fund_paid_in", "risk_paid_in", "cap", "loans_at_cap"}) ? Timing::ever
                                                                                  : Timing::end;
    case Report::reach:
        if (is_one_of({"planned", "reached"})) return Timing::period;
        return code.find("_lent") != std::string_view::npos ? Timing::ever : Timing::end;
    }
    LEDGER_ASSERT(!"a report that is not in the list");
}

std::string_view document_of(Indicator const& indicator)
{
    std::string_view const code = indicator.code;
    auto const is_about = [code](std::initializer_list<std::string_view> words) {
        return std::ranges::any_of(words, [code](std::string_view each) {
            return code.find(each) != std::string_view::npos;
        });
    };
    if (is_about({"planned", "reached"})) return "凤庆县党建扶贫“双推进”工作述职报告（2016-09-02）";
    switch (indicator.report) {
    case Report::portfolio:
        if (is_about({"par"}))
            return "CGAP Definitions of Selected Financial Terms, Ratios, and Adjustments for "
                   "Microfinance (2003)";
        if (is_about({"written_off", "recovered"})) return "《金融企业呆账核销管理办法》";
        return "凤庆县党建扶贫“双推进”工作述职报告（2016-09-02）";
    case Report::quality:
        if (is_about({"subsidy"})) return "各贷款所属贴息办法的文件";
        if (is_about({"provisions", "coverage"})) return "各贷款所属管理办法的文件（计提比例）";
        if (is_about({"due", "collected"})) return "各贷款的合同";
        return "《商业银行金融资产风险分类办法》（2023-07-01 起；此前按五级分类的惯例）";
    case Report::leading:
        if (is_about({"exited", "sustained", "relapsed"})) return "厅字〔2016〕16号";
        return "凤庆县党建扶贫“双推进”工作述职报告（2016-09-02）";
    case Report::funds: return "各笔拨款的文件；限额据各贷款所属管理办法的文件";
    case Report::reach: return "凤庆县党建扶贫“双推进”工作述职报告（2016-09-02）";
    }
    LEDGER_ASSERT(!"a report that is not in the list");
}

} // namespace ledger
