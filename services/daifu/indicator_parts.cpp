#include "daifu/indicator_parts.hpp"

#include "wire/answers.hpp"
#include "wire/choices.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace daifu {

namespace {

using ledger::Dimension;
using ledger::Refusal;

std::string list_text(auto const& items, auto text)
{
    std::string list;
    for (auto const& item : items) list += (list.empty() ? "" : ", ") + text(item);
    return list;
}

std::string plain(std::string const& text)
{
    return text;
}

constexpr std::size_t digest_shown = 12; ///< digits of a file's digest: enough to find it by

std::string parts_text(ledger::Indicator const& indicator, store::CountedParts const& parts)
{
    using enum Align;
    Table table{{"编号 number", "名称 name", "农户 household", "贷款 loans", "借款人 borrowers",
                 "乡镇 township", "村 village", "日期 on", "数 amount", "凭证 entries",
                 "佐证 evidence"},
                {left, left, left, left, left, left, left, left, right, left, left}};
    bool const is_money = indicator.unit == ledger::CountingUnit::fen;
    auto const amount_text = [is_money](std::int64_t amount) {
        return is_money ? grouped(ledger::Money::fen(amount).text()) : std::to_string(amount);
    };
    for (store::CountedPart const& part : parts.page) {
        table.row({part.number, part.name, part.household, list_text(part.loans, plain),
                   list_text(part.borrowers, plain), part.township_name, part.village_name,
                   part.on ? part.on->text() : "", amount_text(part.amount),
                   list_text(part.entries, [](std::int64_t n) { return std::to_string(n); }),
                   list_text(part.evidence, [](std::string const& digest) {
                       return digest.substr(0, digest_shown);
                   })});
    }
    table.rule();
    table.row({"合计 total", std::to_string(parts.count), "", "", "", "", "", "",
               amount_text(parts.sum), "", ""});
    return table.text();
}

std::string made_of_text(ledger::Indicator const& indicator)
{
    std::string text = "由这些指标算出，各自可以展开 made of, each of which opens:\n";
    for (std::string_view const code : indicator.made_of) {
        if (auto const* part = ledger::indicator_named(code)) {
            text.append("  ").append(code).append("  ").append(part->chinese).append(" ");
            text.append(part->english).append("\n");
        }
    }
    return text;
}

/// All pages.
ledger::Result<store::CountedParts> all_parts(Books& books, std::string const& code,
                                              store::PartFilter filter)
{
    filter.limit = store::page_limit;
    store::CountedParts all;
    for (;;) {
        auto page = store::parts_of(books.reader(), books.county(), code, filter);
        if (!page) return page;
        all.count = page->count;
        all.sum = page->sum;
        for (auto& part : page->page) all.page.push_back(std::move(part));
        if (std::cmp_less(page->page.size(), store::page_limit)) return all;
        filter.after = all.page.back().number;
    }
}

} // namespace

ledger::Result<Dimension> grouping_of(ReportArguments const& arguments, ledger::Report report)
{
    auto by = ledger::dimension_of(report, arguments.by);
    if (!by) by.error().field = "--by";
    return by;
}

ledger::Date books_day(Books& books)
{
    return store::books_day(books.reader(), books.county()).value_or(business_day());
}

Exit explain_indicator(Settings const& settings, Books& books, ExplainArguments const& explain,
                       store::PartFilter filter)
{
    auto const* indicator = ledger::indicator_named(explain.code);
    filter.key = explain.key;
    if (filter.key.empty()) filter.by = Dimension::county;
    if (!filter.as_of) filter.as_of = books_day(books);
    auto parts = all_parts(books, explain.code, filter);
    if (!parts) {
        ledger::Refused refused = parts.error();
        if (refused.field == "code") refused.field = "--explain";
        return refuse_aloud(refused, settings.json);
    }
    if (settings.json) {
        filter.limit = static_cast<int>(parts->page.size()) + 1; // everything is on this one page
        auto answer = wire::parts_json(*indicator, filter, *parts);
        add_knowledge(answer, books, filter.known_at, filter.as_of->plus_days(1),
                      counts_households(indicator->report));
        print(answer);
        return Exit::done;
    }
    bool const is_ratio = indicator->aggregation == ledger::Aggregation::ratio;
    print(std::string{indicator->chinese} + " " + std::string{indicator->english} + "：" +
          std::string{indicator->definition} + "\n" +
          (is_ratio ? made_of_text(*indicator) : parts_text(*indicator, *parts)));
    return Exit::done;
}

} // namespace daifu
