// Who borrows and from what: the register's facts, immutable once written; a change is a new dated
// fact (later issues). Personal data never reaches a log.
#pragma once

#include "ledger/calendar.hpp"
#include "ledger/identity.hpp"
#include "ledger/money.hpp"

#include <string>

namespace ledger {

struct Borrower {
    BorrowerNumber number;
    std::string name;
    ResidentId resident_id; ///< empty where nobody asked for it: it is kept sealed
    HouseholdNumber household;
    UnitCode village;         ///< twelve digits
    std::string party_branch; ///< e.g. 复兴村党支部
    Date registered_on;
};

struct Fund {
    FundCode code;
    std::string name;     ///< e.g. 扶贫再贷款资金
    std::string document; ///< the agreement that entrusts it
    Date opened_on;
    Money available;      ///< balance of 2314.01 for this fund: what can still be approved
    Money risk_available; ///< balance of 2701: what the risk-compensation fund can still pay
};

} // namespace ledger
