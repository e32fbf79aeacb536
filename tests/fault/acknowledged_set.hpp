// The acknowledged-set checker: what the clients were told, held against what the books hold after
// the fault. A client that got no answer knows nothing: its operation may or may not have happened,
// but never twice. (Claims A1-A7; a checker that never fails shows nothing, so a control in
// kill.cpp loses acknowledged writes on purpose and demands that it is named.)
#pragma once

#include "store/queries.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace fault {

using Moment = std::chrono::steady_clock::time_point;

enum class Answer : std::uint8_t {
    acknowledged = 1, ///< 201 or 200 with a receipt
    refused,          ///< a refusal of the business: nothing may have been booked
    unknown,          ///< no answer, a cut connection, 5xx
};

/// One repayment as its client saw it.
struct Operation {
    std::string key;
    ledger::LoanNumber loan;
    ledger::Money amount;
    Moment invoked;
    Moment returned;
    Answer answer = Answer::unknown;
    std::string receipt; ///< the answer's body, when acknowledged
};

/// A violated claim in words: "A1 lost: key fault-3-17 was acknowledged and is not in the books".
/// Empty: everything that was promised holds.
///   A1 acknowledged ⊆ durable, A2 durable ⊆ attempted, A3 one effect a key,
///   A4/A5 every check of store::doctor, A6 sequences dense and in real-time order,
///   A7 every receipt equals what the engine answers when the loan is replayed.
std::vector<std::string> violations(std::vector<Operation> const&, store::Database& auditor,
                                    ledger::CountyCode const&);

} // namespace fault
