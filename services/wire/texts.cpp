// Instants, quantities and refusals as text. The sentences of a refusal are refusals.def's.
#include "services/wire/parts.hpp"
#include "wire/answers.hpp"

#include "ledger/unit.hpp"

#include <array>
#include <cstdio>

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

constexpr std::array all_units{Unit::cny, Unit::household, Unit::person};

std::string_view kind_name(RefusalKind kind)
{
    switch (kind) {
    case RefusalKind::malformed: return "malformed";
    case RefusalKind::not_found: return "not_found";
    case RefusalKind::conflict: return "conflict";
    case RefusalKind::rule: return "rule";
    case RefusalKind::protocol: return "protocol";
    case RefusalKind::access: return "access";
    case RefusalKind::unavailable: return "unavailable";
    }
    LEDGER_ASSERT(false && "every kind of refusal has a name");
    return {};
}

/// "amount: The amount must be greater than zero. 金额必须大于零。"
std::string detail_of(Refused const& refused)
{
    std::string detail;
    if (!refused.field.empty()) detail = refused.field + ": ";
    return detail + english(refused) + ". " + chinese(refused) + "。";
}

} // namespace

namespace {

/// Takes "Z", "+08:00" or "-03:30" off the end; nothing where there is none of them.
std::optional<std::chrono::minutes> take_offset(std::string_view& text)
{
    using namespace std::chrono;
    if (text.ends_with('Z')) {
        text.remove_suffix(1);
        return minutes{0};
    }
    constexpr std::size_t width = 6;
    if (text.size() < width) return std::nullopt;
    std::string_view const offset = text.substr(text.size() - width);
    auto const digit = [&offset](std::size_t at) { return offset[at] >= '0' && offset[at] <= '9'; };
    bool const has_sign = offset[0] == '+' || offset[0] == '-';
    if (!has_sign || offset[3] != ':' || !digit(1) || !digit(2) || !digit(4) || !digit(5)) {
        return std::nullopt;
    }
    auto const two = [&](std::size_t at) {
        return (offset[at] - '0') * 10 + (offset[at + 1] - '0');
    };
    if (two(1) > 14 || two(4) > 59) return std::nullopt;
    text.remove_suffix(width);
    minutes const ahead = hours{two(1)} + minutes{two(4)};
    return offset[0] == '+' ? ahead : -ahead;
}

} // namespace

ledger::Result<store::Instant> instant_of(std::string_view text)
{
    using namespace std::chrono;
    constexpr std::string_view form = "0000-00-00T00:00:00";
    constexpr std::size_t day_ends = 10, fraction_limit = 6;
    constexpr char const* shown = "2016-08-31T05:02:03Z";
    auto const malformed = [] {
        return ledger::refuse(ledger::Refusal::date_malformed, {}, shown);
    };
    auto const ahead = take_offset(text);
    if (!ahead || text.size() < form.size()) return malformed();
    auto const day = Date::parse(text.substr(0, day_ends));
    std::string fraction{text.substr(form.size())};
    auto const digits = [](std::string_view some) {
        return std::ranges::all_of(some, [](char c) { return c >= '0' && c <= '9'; });
    };
    for (std::size_t i = day_ends; i < form.size(); ++i) {
        if (form[i] == '0' ? !digits(text.substr(i, 1)) : text[i] != form[i]) return malformed();
    }
    bool const has_fraction = !fraction.empty();
    if (has_fraction && (fraction.size() == 1 || fraction.size() > fraction_limit + 1 ||
                         fraction.front() != '.' || !digits(fraction.substr(1))))
        return malformed();
    if (!day) return malformed();
    auto const two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    int const hour = two(11), minute = two(14), second = two(17);
    if (hour > 23 || minute > 59 || second > 59) return malformed();
    fraction.resize(fraction_limit + 1, '0');
    std::int64_t const micros = has_fraction ? std::stoll(fraction.substr(1)) : 0;
    return store::Instant{day->days() + hours{hour} + minutes{minute} + seconds{second} +
                          microseconds{micros} - *ahead};
}

std::string rfc3339(store::Instant instant)
{
    using namespace std::chrono;
    auto const day = floor<days>(instant);
    hh_mm_ss const time{instant - day};
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d.%06dZ",
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()),
                  static_cast<int>(time.subseconds().count()));
    return Date{day}.text() + text.data();
}

std::string minor_units_text(std::int64_t minor_units, std::string_view unit_code)
{
    for (Unit const unit : all_units) {
        if (code_of(unit) != unit_code) continue;
        auto const whole = static_cast<std::uint64_t>(minor_units_in(unit));
        std::string places = std::to_string(whole);
        places.erase(0, 1); // 100 -> "00": as many decimals as zeros
        bool const is_negative = minor_units < 0;
        std::uint64_t const size = is_negative ? 0 - static_cast<std::uint64_t>(minor_units)
                                               : static_cast<std::uint64_t>(minor_units);
        std::string const part = std::to_string(size % whole);
        places.replace(places.size() - part.size(), part.size(), part);
        return (is_negative ? "-" : "") + std::to_string(size / whole) + '.' + places;
    }
    LEDGER_ASSERT(false && "the books hold only units that the ledger knows");
    return {};
}

json::object to_json(Refused const& refused)
{
    return {
        {"code", name_of(refused.code)},   {"kind", kind_name(kind_of(refused.code))},
        {"title", english(refused)},       {"title_zh", chinese(refused)},
        {"field", or_null(refused.field)}, {"limit", or_null(refused.limit)},
        {"detail", detail_of(refused)},
    };
}

json::object problem_json(Refused const& refused, int status, std::string_view request_id,
                          std::string_view instance)
{
    json::object problem;
    problem["type"] = "/docs/problems#" + std::string{name_of(refused.code)};
    problem["status"] = status;
    for (auto const& member : to_json(refused)) problem[member.key()] = member.value();
    problem["request_id"] = or_null(std::string{request_id});
    problem["instance"] = or_null(std::string{instance});
    return problem;
}

} // namespace wire
