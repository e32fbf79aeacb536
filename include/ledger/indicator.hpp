// The published figures, each defined once: code, names in both languages, counting unit,
// definition, formula version. The API, reports and screens read this definition; sql/views
// computes it.
#pragma once

#include "ledger/refusal.hpp"

#include <array>
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

/// By what a figure is split. What is about a loan goes by where its borrower lived at signing;
/// what is about a household by where that lives, how it stands, and the loan under which it is
/// led.
enum class Dimension : std::uint8_t {
    county = 1, ///< not at all
    township,
    village,
    branch, ///< the borrower's, by its code where the register of branches has it
    industry,
    fund,
    product, ///< the way of repaying
    officer, ///< who booked the first disbursement
    year,    ///< of the first disbursement
    borrower,
    way, ///< of leading
    standing,
};
/// Its code in queries and answers: "county", "township" …
std::string_view code_of(Dimension);
/// Those of a statistic, the county first.
std::span<Dimension const> dimensions_of(Report);
/// The one of a statistic that has this code. Refuses choice_unknown (field "by", the codes).
Result<Dimension> dimension_of(Report, std::string_view code);
/// Whether changes of households, which move no money, change its figures.
bool counts_households(Report);

/// What a figure opens into, one part each.
enum class PartKind : std::uint8_t {
    none, ///< a ratio: the figures that it is made of open
    loan,
    borrower,
    household,
    township,
    village,
    branch,
    fund,
    responsibility,
    target,
};

/// How the parts' amounts make the figure.
enum class Aggregation : std::uint8_t {
    sum = 1,
    mean,
    median,
    largest,
    ratio, ///< no parts: the sum of all but the last of `made_of`, divided by the last
};

/// The days that a figure is of.
enum class Timing : std::uint8_t {
    period = 1, ///< 期内: what flowed in the days from the first to the last
    end,        ///< 期末: how it stands at the end of the last day
    ever,       ///< 累计: everything up to the last day
};

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
    PartKind parts = PartKind::none;
    Aggregation aggregation = Aggregation::sum;
    std::array<std::string_view, 3> made_of{}; ///< codes; of a ratio two or three, else none
};

std::span<Indicator const> all_indicators();
Indicator const* indicator_named(std::string_view code);
Timing timing_of(Indicator const&);
/// The document that says what is counted, by its number or its name: a national rule, the county's
/// own report, or where each loan or payment brings its own, which ones. Never empty.
std::string_view document_of(Indicator const&);

} // namespace ledger
