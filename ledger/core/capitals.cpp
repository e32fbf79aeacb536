// Amounts in Chinese capitals by 支付结算办法 (银发〔1997〕393号) annex 1. One function spells an
// amount, with the zeros that the annex requires and those that it leaves to the writer; reading is
// spelling the amount that the text seems to say and comparing. So what is read back is exactly
// what may be written, and a wrong order, a missing 零 or a 整 after 分 is refused.
#include "ledger/core/utf8.hpp"
#include "ledger/money.hpp"

#include <array>
#include <cstddef>
#include <optional>

namespace ledger {

namespace {

constexpr std::u32string_view digits = U"零壹贰叁肆伍陆柒捌玖";
constexpr std::size_t most_characters = 64; // the longest spelling has 45
constexpr std::uint64_t ten_thousand = 10'000;
constexpr std::uint64_t hundred_million = 100'000'000;

/// Yuan, jiao and fen as they are read: wider than Money, so that an amount that is well written
/// but too large can be told from one that is badly written.
struct Reading {
    std::uint64_t yuan = 0; ///< below 10^16
    unsigned jiao = 0;
    unsigned fen = 0;
};

enum class Presence : std::uint8_t {
    always = 1,
    may_be_left_out, ///< we write it
    may_be_added,    ///< we do not
};

struct Piece {
    std::u32string_view text;
    Presence presence = Presence::always;
};

using Spelling = std::vector<Piece>;

/// Annex 1, rule 1: 整 may be 正, and 貳 陸 億 萬 圓 are to be accepted.
char32_t simplified(char32_t point)
{
    switch (point) {
    case U'貳': return U'贰';
    case U'陸': return U'陆';
    case U'萬': return U'万';
    case U'億': return U'亿';
    case U'圓':
    case U'圆': return U'元';
    case U'正': return U'整';
    default: return point;
    }
}

std::u32string_view digit(unsigned value)
{
    return digits.substr(value, 1);
}

/// Whether the zeros above position `at` (0 is 元) are spoken. Zeros in the same group of four
/// always are. Zeros that end at 万位, 亿位 may be: annex 1, rule 2(3), which we use only when a
/// whole group is empty, where 零 is the usual writing.
void spell_zeros(Spelling& spelling, int at, int zeros)
{
    if (zeros == 0) return;
    if (at % 4 != 3)
        spelling.push_back({U"零"});
    else if (zeros >= 4)
        spelling.push_back({U"零", Presence::may_be_left_out});
    else
        spelling.push_back({U"零", Presence::may_be_added});
}

/// The whole yuan without 元: 10,0500 -> 壹拾万零伍佰.
void spell_yuan(Spelling& spelling, std::uint64_t yuan)
{
    constexpr std::array<std::u32string_view, 4> in_group{U"", U"拾", U"佰", U"仟"};
    std::uint64_t place = 1'000'000'000'000'000;
    int zeros = 0;
    bool has_begun = false;
    bool group_is_spoken = false;
    for (int at = 15; at >= 0; --at, place /= 10) {
        auto const value = static_cast<unsigned>(yuan / place % 10);
        if (value != 0) {
            spell_zeros(spelling, at, zeros);
            spelling.push_back({digit(value)});
            if (at % 4 != 0) spelling.push_back({in_group[static_cast<std::size_t>(at % 4)]});
            zeros = 0;
            has_begun = group_is_spoken = true;
        } else if (has_begun) {
            ++zeros;
        }
        // 万 belongs to its own group; 亿 closes all that stands above it: 壹万亿.
        if ((at == 12 || at == 4) && group_is_spoken) spelling.push_back({U"万"});
        if (at == 8 && has_begun) spelling.push_back({U"亿"});
        if (at % 4 == 0) group_is_spoken = false;
    }
}

Spelling spell(Reading const& amount)
{
    Spelling spelling{{U"人民币", Presence::may_be_left_out}};
    bool const is_zero = amount.yuan == 0 && amount.jiao == 0 && amount.fen == 0;
    if (amount.yuan != 0) spell_yuan(spelling, amount.yuan);
    if (is_zero) spelling.push_back({U"零"});
    if (amount.yuan != 0 || is_zero) spelling.push_back({U"元"});
    if (amount.jiao != 0) {
        bool const follows_zero = amount.yuan != 0 && amount.yuan % 10 == 0;
        if (follows_zero) spelling.push_back({U"零", Presence::may_be_added});
        spelling.push_back({digit(amount.jiao)});
        spelling.push_back({U"角"});
    }
    if (amount.fen == 0) {
        spelling.push_back({U"整", Presence::may_be_left_out});
        return spelling;
    }
    if (amount.jiao == 0 && amount.yuan != 0) spelling.push_back({U"零"});
    spelling.push_back({digit(amount.fen)});
    spelling.push_back({U"分"});
    return spelling;
}

/// What the text seems to say: right for every text that is well written, and any number at all
/// (it may wrap) for another, which its spelling then gives away. Nothing when a character is
/// foreign.
std::optional<Reading> seem_to_read(std::u32string_view text)
{
    Reading amount;
    std::uint64_t above = 0; // what 万 and 亿 have closed
    std::uint64_t group = 0;
    unsigned last = 0;
    for (char32_t const c : text) {
        if (auto const value = digits.find(c); value != digits.npos) {
            last = static_cast<unsigned>(value);
            continue;
        }
        switch (c) {
        case U'拾': group += last * 10U; break;
        case U'佰': group += last * 100U; break;
        case U'仟': group += last * 1'000U; break;
        case U'万':
            above += (group + last) * ten_thousand;
            group = 0;
            break;
        case U'亿':
            above += group + last;
            above *= hundred_million;
            group = 0;
            break;
        case U'元':
            amount.yuan = above + group + last;
            above = group = 0;
            break;
        case U'角': amount.jiao = last; break;
        case U'分': amount.fen = last; break;
        default: return std::nullopt;
        }
        last = 0;
    }
    return amount;
}

bool is_spelled(std::u32string_view text, Spelling const& spelling)
{
    for (Piece const& piece : spelling) {
        if (text.starts_with(piece.text))
            text.remove_prefix(piece.text.size());
        else if (piece.presence == Presence::always)
            return false;
    }
    return text.empty();
}

void append_utf8(std::string& text, std::u32string_view points)
{
    for (char32_t const point : points) { // every character here lies in U+0800..U+FFFF
        text += static_cast<char>(0xE0U | (point >> 12));
        text += static_cast<char>(0x80U | (point >> 6 & 0x3FU));
        text += static_cast<char>(0x80U | (point & 0x3FU));
    }
}

} // namespace

std::string in_capitals(Money amount)
{
    LEDGER_ASSERT(!amount.is_negative());
    auto const fen = static_cast<std::uint64_t>(amount.fen());
    Reading const reading{fen / 100, static_cast<unsigned>(fen / 10 % 10),
                          static_cast<unsigned>(fen % 10)};
    std::string text;
    for (Piece const& piece : spell(reading)) {
        if (piece.presence != Presence::may_be_added) append_utf8(text, piece.text);
    }
    return text;
}

Result<Money> parse_capitals(std::string_view text)
{
    auto points = code_points(text);
    if (!points || points->size() > most_characters) {
        return refuse(Refusal::capital_amount_malformed);
    }
    for (char32_t& point : *points) point = simplified(point);
    std::u32string_view said = *points;
    if (constexpr std::u32string_view prefix = U"人民币"; said.starts_with(prefix)) {
        said.remove_prefix(prefix.size());
    }
    if (said.ends_with(U'整')) said.remove_suffix(1);

    auto const reading = seem_to_read(said);
    if (!reading || !is_spelled(*points, spell(*reading))) {
        return refuse(Refusal::capital_amount_malformed);
    }
    std::uint64_t const fen = reading->yuan * 100 + reading->jiao * 10U + reading->fen;
    if (fen > static_cast<std::uint64_t>(money_limit_fen)) {
        return refuse(Refusal::amount_too_large, {}, Money::fen(money_limit_fen).text());
    }
    return Money::fen(static_cast<std::int64_t>(fen));
}

} // namespace ledger
