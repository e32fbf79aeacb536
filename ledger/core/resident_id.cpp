// Resident identity numbers by GB 11643-1999: six digits of region, eight of birth date, three of
// sequence, one check character by ISO 7064 MOD 11-2. The region is not judged: it stays the
// birthplace's for life, and old codes have left the tables. Nothing here prints a whole number.
#include "ledger/assert.hpp"
#include "ledger/core/utf8.hpp"
#include "ledger/identity.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace ledger {

namespace {

constexpr std::size_t length = 18;
constexpr std::size_t region_length = 6;
constexpr std::size_t unmasked_tail = 4;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// Half-width, with a capital X; any other character becomes '?', which no rule accepts.
char normalised(char32_t point)
{
    if (point >= U'０' && point <= U'９') return static_cast<char>('0' + (point - U'０'));
    if (point == U'x' || point == U'ｘ' || point == U'Ｘ') return 'X';
    return point < 0x80 ? static_cast<char>(point) : '?';
}

bool has_real_birth_date(std::string_view id)
{
    auto const number = [id](std::size_t from, std::size_t digits) {
        int value = 0;
        for (char const c : id.substr(from, digits)) value = value * 10 + (c - '0');
        return value;
    };
    std::chrono::year_month_day const born{std::chrono::year{number(6, 4)},
                                           std::chrono::month{static_cast<unsigned>(number(10, 2))},
                                           std::chrono::day{static_cast<unsigned>(number(12, 2))}};
    return born.ok() && born.year() >= std::chrono::year{1850} &&
           born.year() <= std::chrono::year{2200};
}

} // namespace

char resident_id_check_digit(std::string_view first_17)
{
    LEDGER_ASSERT(first_17.size() == length - 1);
    LEDGER_ASSERT(std::ranges::all_of(first_17, is_digit));
    constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    static_assert(weights.size() == length - 1);
    int sum = 0;
    for (std::size_t n = 0; n < weights.size(); ++n) sum += weights[n] * (first_17[n] - '0');
    return "10X98765432"[sum % 11];
}

Result<ResidentId> ResidentId::parse(std::string_view text)
{
    auto const points = code_points(text);
    if (!points || points->size() != length) return refuse(Refusal::resident_id_malformed);
    std::string id;
    std::ranges::transform(*points, std::back_inserter(id), normalised);
    std::string_view const body = std::string_view{id}.substr(0, length - 1);
    if (!std::ranges::all_of(body, is_digit) || !(is_digit(id.back()) || id.back() == 'X')) {
        return refuse(Refusal::resident_id_malformed);
    }
    if (!has_real_birth_date(id)) return refuse(Refusal::resident_id_date_impossible);
    if (resident_id_check_digit(body) != id.back()) {
        return refuse(Refusal::resident_id_check_digit_wrong);
    }
    ResidentId checked;
    checked.text_ = std::move(id);
    return checked;
}

std::string ResidentId::masked() const
{
    if (text_.empty()) return {};
    std::string shown = text_;
    std::fill(shown.begin() + region_length, shown.end() - unmasked_tail, '*');
    return shown;
}

} // namespace ledger
