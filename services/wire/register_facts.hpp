// Facts of the registers beside the households, as JSON: one table of their kinds, read by the
// commands and by the routes, and the only place where their fields are parsed.
#pragma once

#include "wire/commands.hpp"
#include "wire/json.hpp"

#include "ledger/register_fact.hpp"

#include <boost/json/fwd.hpp>

#include <span>
#include <string>
#include <string_view>

namespace wire {

inline constexpr int task_limit = 200; ///< of a task, a duty, a goal, a result

struct FactKind {
    std::string_view type;    ///< what was recorded, as code_of(RegisterFact)
    std::string_view command; ///< what is asked, as code_of(Command): "name_branch"
    std::string_view address; ///< "/v1/branches"
    /// Reads the fields of the kind; the subject is in the body, or in the path where the address
    /// has a part for it. Days, document and reason are the caller's.
    ledger::RegisterFact (*read)(ObjectReader&, Path const&);
};

/// One row an alternative of RegisterFact but Reversed, in its order.
std::span<FactKind const> fact_kinds();
FactKind const* fact_kind_of_command(std::string_view command);

inline constexpr std::string_view fact_reversal_command = "reverse_fact";

/// {register, subject, sequence, reason}
ledger::Command fact_reversal(ObjectReader&);

/// The fields of the kind as `read` takes them, its subject too; of a reversal `reversed_sequence`.
void describe(boost::json::object& out, ledger::RegisterFact const&);

} // namespace wire
