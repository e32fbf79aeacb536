// Everything that can happen to a loan, as JSON: one table of its kinds, read by the commands and
// their previews, by a replay and by the routes, so that a new kind of event is a row here.
#pragma once

#include "wire/json.hpp"

#include "ledger/loan.hpp"

#include <boost/json/fwd.hpp>

#include <span>
#include <string_view>

namespace wire {

struct EventKind {
    std::string_view type;     ///< what happened, as code_of(Happening): "repaid"
    std::string_view command;  ///< what is asked, as code_of(Command): "repay"
    std::string_view resource; ///< where, under the loan: "repayments"
    /// Reads the fields of the kind; of a reversal `sequence`. Days, document and reason are the
    /// caller's.
    ledger::Happening (*read)(ObjectReader&);
};

/// One row an alternative of Happening, in its order.
std::span<EventKind const> event_kinds();
EventKind const* event_kind_of_type(std::string_view type);
EventKind const* event_kind_of_command(std::string_view command);
/// "approved, disbursed, …", for the sentence of a refusal.
std::string all_event_types();

/// The fields of the kind as `read` takes them; of a reversal `reversed_sequence`.
void describe(boost::json::object& out, ledger::Happening const&);

} // namespace wire
