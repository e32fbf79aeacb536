// The published figures, each defined once: code, names in both languages, counting unit,
// definition, formula version. The API, reports and screens read this definition; sql/views
// computes it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace ledger {

enum class CountingUnit : std::uint8_t {
    fen = 1,
    borrower,
    household,
    loan,
    parts_per_million,
    person,
    number, ///< of something else: townships, villages, branches, duties (chinese_unit says)
};

/// Which statistics show it.
enum class Report : std::uint8_t { portfolio = 1, leading, quality, funds, reach };

/// 贷款, 贷款质量, 带动, 资金, 覆盖与任务: the heading of its figures.
std::string_view chinese_of(Report);
/// Lending, Quality, Leading, Funds, Reach and plan.
std::string_view english_of(Report);

struct Indicator {
    std::string_view code;    ///< "lent", "outstanding", "par30" …
    std::string_view chinese; ///< 累计发放
    std::string_view english;
    CountingUnit unit{};
    std::string_view chinese_unit; ///< 元, 名, 户, 笔, %
    std::string_view definition;   ///< Chinese; one sentence
    std::string_view definition_english;
    int formula_version = 1;
    Report report = Report::portfolio;
    bool has_parts = false; ///< it opens into the loans or households that it counts
};

std::span<Indicator const> all_indicators();
Indicator const* indicator_named(std::string_view code);

} // namespace ledger
