// What a figure means, and what it counts, as JSON.
#include "services/wire/parts.hpp"
#include "wire/answers.hpp"
#include "wire/choices.hpp"

namespace json = boost::json;

namespace wire {

using namespace ledger;

namespace {

json::array codes_of(Indicator const& indicator)
{
    json::array codes;
    for (std::string_view const code : indicator.made_of)
        if (!code.empty()) codes.emplace_back(code);
    return codes;
}

json::object part_json(Indicator const& indicator, store::CountedPart const& part)
{
    json::array entries;
    for (std::int64_t const number : part.entries) entries.emplace_back(number);
    bool const is_money = indicator.unit == CountingUnit::fen;
    return {
        {"number", part.number},
        {"name", part.name},
        {"household", or_null(part.household)},
        {"loans", texts(part.loans)},
        {"borrowers", texts(part.borrowers)},
        {"township_name", part.township_name},
        {"village_name", part.village_name},
        {"amount",
         is_money ? json::value(Money::fen(part.amount).text()) : json::value(part.amount)},
        {"on", or_null(part.on)},
        {"entries", std::move(entries)},
        {"evidence", texts(part.evidence)},
    };
}

} // namespace

json::object to_json(Indicator const& indicator)
{
    json::array dimensions;
    for (Dimension const each : dimensions_of(indicator.report))
        dimensions.emplace_back(code_of(each));
    bool const has_parts = indicator.parts != PartKind::none;
    return {
        {"code", indicator.code},
        {"chinese", indicator.chinese},
        {"english", indicator.english},
        {"unit", name_of(indicator.unit)},
        {"chinese_unit", indicator.chinese_unit},
        {"definition", indicator.definition},
        {"definition_english", indicator.definition_english},
        {"document", document_of(indicator)},
        {"formula_version", indicator.formula_version},
        {"report", name_of(indicator.report)},
        {"timing", name_of(timing_of(indicator))},
        {"dimensions", std::move(dimensions)},
        {"parts",
         has_parts ? json::value(json::string_view{name_of(indicator.parts)}) : json::value{}},
        {"aggregation", name_of(indicator.aggregation)},
        {"made_of", codes_of(indicator)},
    };
}

json::array indicator_list(Report report)
{
    json::array list;
    for (Indicator const& indicator : all_indicators()) {
        if (indicator.report == report) list.push_back(to_json(indicator));
    }
    return list;
}

json::object indicators_json()
{
    json::array list;
    for (Indicator const& indicator : all_indicators()) list.push_back(to_json(indicator));
    return {{"indicators", std::move(list)}};
}

json::object parts_json(Indicator const& indicator, store::PartFilter const& asked,
                        store::CountedParts const& parts)
{
    json::array list;
    for (store::CountedPart const& part : parts.page) list.push_back(part_json(indicator, part));
    bool const is_money = indicator.unit == CountingUnit::fen;
    bool const is_full =
        !parts.page.empty() && std::cmp_greater_equal(parts.page.size(), asked.limit);
    return {
        {"indicator", to_json(indicator)},
        {"by", code_of(asked.by)},
        {"key", or_null(asked.key)},
        {"from", or_null(asked.from)},
        {"as_of", or_null(asked.as_of)},
        {"count", parts.count},
        {"sum", is_money ? json::value(Money::fen(parts.sum).text()) : json::value(parts.sum)},
        {"parts", std::move(list)},
        {"next", is_full ? json::value(parts.page.back().number) : json::value{}},
    };
}

} // namespace wire
