// libFuzzer on everything that reads JSON: whatever the bytes, the answer is a value or a refusal,
// what was accepted is written and read back equal, and no input reaches an assertion. Floats are
// left out of the comparison: no field of ours takes one, and Boost.JSON reads them inexactly.
#include "wire/commands.hpp"
#include "wire/happenings.hpp"
#include "wire/replay.hpp"
#include "wire/schedule.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cstdlib>

namespace {

bool has_float(boost::json::value const& value)
{
    if (auto const* const object = value.if_object()) {
        return std::ranges::any_of(*object,
                                   [](auto const& member) { return has_float(member.value()); });
    }
    if (auto const* const array = value.if_array()) return std::ranges::any_of(*array, has_float);
    return value.is_double();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* bytes, std::size_t size)
{
    std::string_view const body{reinterpret_cast<char const*>(bytes), size};
    auto const parsed = wire::parse_object(body);
    if (!parsed) return 0;

    auto const again = wire::parse_object(wire::text_of(*parsed));
    auto const pretty = wire::parse_object(wire::pretty_text_of(*parsed));
    bool const is_same = again && pretty && *again == *parsed && *pretty == *parsed;
    if (!is_same && !has_float(*parsed)) std::abort();

    constexpr ledger::Date today{2016, 8, 31};
    wire::Path const path{{"loan", "L-1"}, {"fund", "F-1"}, {"date", "2016-08-31"}};
    for (auto const* code :
         {"register_borrower", "open_fund", "pay_into_fund", "pay_into_risk_fund", "propose_loan",
          "accrue", "open_books", "close_day"})
    {
        static_cast<void>(wire::command_from(code, *parsed, path, today));
    }
    for (wire::EventKind const& kind : wire::event_kinds()) {
        static_cast<void>(wire::command_from(kind.command, *parsed, path, today));
    }
    static_cast<void>(wire::schedule_answer(*parsed));
    static_cast<void>(wire::replay_answer(*parsed));
    return 0;
}
