// Names, kinds and sentences of the refusals, all of them read from refusals.def, so that the
// list exists once. Row n of the table is the refusal with number n + 1.
// It chooses no HTTP status and no language: its callers do.
#include "ledger/refusal.hpp"

#include "ledger/assert.hpp"
#include "ledger/words.hpp"

#include <algorithm>
#include <array>

namespace ledger {

namespace {

struct Row {
    Refusal code;
    std::string_view name;
    RefusalKind kind;
    std::string_view zh;
    std::string_view en;
};

constexpr auto rows = std::to_array<Row>({
#define REFUSAL(name, kind, zh, en) {Refusal::name, #name, RefusalKind::kind, zh, en},
#include "ledger/refusals.def"
#undef REFUSAL
});

constexpr auto codes = [] {
    std::array<Refusal, rows.size()> all{};
    std::ranges::transform(rows, all.begin(), &Row::code);
    return all;
}();

Row const& row_of(Refusal code)
{
    auto const number = static_cast<std::size_t>(code);
    LEDGER_ASSERT(number >= 1);
    LEDGER_ASSERT(number <= rows.size());
    return rows[number - 1];
}

/// "{limit}" is the limit as it is, "{limit:standing}" its codes in the words of that vocabulary.
std::string with_limit(std::string_view sentence, std::string_view limit)
{
    constexpr std::string_view placeholder = "{limit";
    std::string filled;
    for (;;) {
        auto const at = sentence.find(placeholder);
        filled += sentence.substr(0, at);
        if (at == std::string_view::npos) return filled;
        sentence.remove_prefix(at + placeholder.size());
        auto const end = sentence.find('}');
        LEDGER_ASSERT(end != std::string_view::npos);
        std::string_view const vocabulary = sentence.substr(0, end);
        filled +=
            vocabulary.empty() ? std::string{limit} : chinese_words(vocabulary.substr(1), limit);
        sentence.remove_prefix(end + 1);
    }
}

} // namespace

std::string_view name_of(Refusal code)
{
    return row_of(code).name;
}

RefusalKind kind_of(Refusal code)
{
    return row_of(code).kind;
}

std::string chinese(Refused const& refused)
{
    return with_limit(row_of(refused.code).zh, refused.limit);
}

std::string english(Refused const& refused)
{
    return with_limit(row_of(refused.code).en, refused.limit);
}

std::span<Refusal const> all_refusals()
{
    return codes;
}

Refusal refusal_named(std::string_view name)
{
    auto const found = std::ranges::find(rows, name, &Row::name);
    return found == rows.end() ? Refusal::none_ : found->code;
}

} // namespace ledger
