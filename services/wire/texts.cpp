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
