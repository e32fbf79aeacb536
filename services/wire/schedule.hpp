// The whole of `daifu schedule` and POST /v1/schedules: terms and disbursements in, the repayment
// schedule out. Pure: no clock, no database; the computation is ledger::schedule.
#pragma once

#include "wire/json.hpp"

#include <boost/json/fwd.hpp>

namespace wire {

/// {terms…, disbursements [{on, amount}], base_rates?, holidays?, working_days?} -> {instalments
/// [{number, from, until, days, due_on, principal, interest, total, balance}], totals {principal,
/// interest, total}}.
ledger::Result<boost::json::object> schedule_answer(boost::json::object const& request);

/// The instalments and totals of a schedule, as they stand in every answer.
boost::json::object to_json(ledger::Schedule const&);

} // namespace wire
