// Columns are found in the lines themselves, so that a figure which the API answers is in the table
// too.
#include "reports/statistics_csv.hpp"

#include "registers/csv.hpp"
#include "registers/encoding.hpp"
#include "registers/values.hpp"

#include "ledger/indicator.hpp"

#include <boost/json.hpp>

#include <array>
#include <utility>
#include <vector>

namespace json = boost::json;

namespace reports {

namespace {

/// What stands in a line and is no indicator.
constexpr std::array<std::pair<std::string_view, std::string_view>, 29> words{{
    {"as_of", "截至"},
    {"from", "起"},
    {"until", "止（不含）"},
    {"known_at", "知悉时点"},
    {"key", "代码"},
    {"name", "名称"},
    {"target", "任务"},
    {"indicator", "指标"},
    {"unit", "单位代码"},
    {"unit_name", "单位"},
    {"year", "年度"},
    {"planned", "计划"},
    {"counted", "完成"},
    {"share", "完成率（%）"},
    {"since", "自"},
    {"document", "文号"},
    {"led_units", "正在带动的户（份额）"},
    {"with_plan", "有项目规划（个）"},
    {"with_cooperation", "有股份合作（个）"},
    {"with_income", "有集体收入（个）"},
    {"without_plan", "无项目规划（个）"},
    {"without_cooperation", "无股份合作（个）"},
    {"without_income", "无集体收入（个）"},
    {"plan_share", "有项目规划（%）"},
    {"cooperation_share", "有股份合作（%）"},
    {"income_share", "有集体收入（%）"},
    {"plan_amount", "项目规划金额（元）"},
    {"cooperation_amount", "股份合作金额（元）"},
    {"income_amount", "集体收入（元）"},
}};

/// "发放金额（元） lent"; what neither list knows is headed by its own name.
std::string heading(std::string_view code)
{
    if (auto const* indicator = ledger::indicator_named(code)) {
        return std::string{indicator->chinese} + "（" + std::string{indicator->chinese_unit} +
               "） " + std::string{code};
    }
    for (auto const& [known, chinese] : words) {
        if (known == code) return std::string{chinese} + " " + std::string{code};
    }
    return std::string{code};
}

std::string text_of(json::value const& value)
{
    if (value.is_null()) return {};
    if (value.is_string()) return std::string{value.as_string()};
    return json::serialize(value);
}

using Cells = std::vector<std::pair<std::string, std::string>>; ///< column and text

void add_line(Cells& cells, json::object const& line)
{
    for (auto const& [key, value] : line) {
        // Only what people wrote could be taken for a formula; a figure may be negative.
        bool const is_figure = ledger::indicator_named(key) != nullptr;
        std::string text = text_of(value);
        cells.emplace_back(key, is_figure ? text : registers::inert(std::move(text)));
    }
}

} // namespace

std::string statistics_csv(json::object const& answer)
{
    Cells of_all;
    for (std::string_view const each : {"as_of", "from", "until", "known_at"}) {
        auto const* found = answer.if_contains(each);
        if (found && !found->is_null()) of_all.emplace_back(each, text_of(*found));
    }
    std::string text{registers::byte_order_mark};
    bool is_headed = false;
    auto const write = [&](json::value const& value) {
        Cells cells = of_all;
        add_line(cells, value.as_object());
        std::vector<std::string> line;
        if (!std::exchange(is_headed, true)) {
            for (auto const& [code, cell] : cells) line.push_back(heading(code));
            text += registers::csv_line(line);
            line.clear();
        }
        for (auto const& [code, cell] : cells) line.push_back(cell);
        text += registers::csv_line(line);
    };
    for (std::string_view const each : {"lines", "points", "targets"}) {
        auto const* found = answer.if_contains(each);
        if (!found) continue;
        for (auto const& line : found->as_array()) write(line);
    }
    if (auto const* county = answer.if_contains("county")) write(*county);
    return text;
}

} // namespace reports
