// A refusal is the business saying no. It is a value that is returned, never an exception:
// a fault (the world broke) is thrown, a bug trips LEDGER_ASSERT. Every refusal has a stable name,
// a Chinese and an English sentence, and names the field and the limit that it is about.
// The list itself is refusals.def.
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>

namespace ledger {

/// Starts at 1: zero never means failure by accident.
enum class Refusal : std::uint16_t {
    none_ = 0,
#define REFUSAL(name, kind, zh, en) name,
#include "ledger/refusals.def"
#undef REFUSAL
};

enum class RefusalKind : std::uint8_t {
    malformed = 1, ///< the input cannot be read
    not_found,
    conflict,    ///< the books have moved on, or the key was used
    rule,        ///< understood, but forbidden
    protocol,    ///< HTTP itself
    access,      ///< who asks is not known, or has no right to it
    unavailable, ///< try again later
};

/// A refusal with its circumstances.
struct Refused {
    Refusal code{};
    std::string field; ///< the input field, in the API's name for it; empty when none is to blame
    std::string limit; ///< the limit that was passed, as the reader would write it; may be empty

    friend bool operator==(Refused const&, Refused const&) = default;
};

template <class T> using Result = std::expected<T, Refused>;

[[nodiscard]] inline std::unexpected<Refused> refuse(Refusal code, std::string field = {},
                                                     std::string limit = {})
{
    return std::unexpected<Refused>{Refused{code, std::move(field), std::move(limit)}};
}

/// Stable code, e.g. "loan_not_found".
std::string_view name_of(Refusal);
RefusalKind kind_of(Refusal);
/// The sentence in each language, with {limit} filled in.
std::string chinese(Refused const&);
std::string english(Refused const&);
/// All refusals in order, for the reference page and the closing tests.
std::span<Refusal const> all_refusals();
/// The refusal with this name, or Refusal::none_.
Refusal refusal_named(std::string_view name);

} // namespace ledger
