// Everything that can happen to a household, as JSON: one table of its kinds, read by the commands
// and by the routes, so that a new kind of event is a row here.
#pragma once

#include "wire/json.hpp"

#include "ledger/household.hpp"

#include <boost/json/fwd.hpp>

#include <span>
#include <string>
#include <string_view>

namespace wire {

struct HouseholdEventKind {
    std::string_view type;     ///< what happened, as code_of(HouseholdHappening)
    std::string_view command;  ///< what is asked, as code_of(Command): "claim_leading"
    std::string_view resource; ///< where, under the household: "claims"; empty: /v1/households
    /// Reads the fields of the kind; of a reversal `sequence`. Days, document and reason are the
    /// caller's.
    ledger::HouseholdHappening (*read)(ObjectReader&);
};

/// One row an alternative of HouseholdHappening, in its order.
std::span<HouseholdEventKind const> household_event_kinds();
HouseholdEventKind const* household_event_kind_of_command(std::string_view command);

/// The fields of the kind as `read` takes them; of a reversal `reversed_sequence`.
void describe(boost::json::object& out, ledger::HouseholdHappening const&);

} // namespace wire
