// The programme's rules, effective-dated, each with the number of the document that authorises it.
// No rule book of the programme was found (shared facts, section 0), so nothing here is a constant:
// the county enters them, and a loan freezes the version that it was signed under.
#pragma once

#include "ledger/rate.hpp"

#include <span>
#include <string>
#include <vector>

namespace ledger {

/// What a repayment settles, in which order.
enum class AllocationOrder : std::uint8_t {
    interest_first = 1, ///< penalty, interest, principal (民法典 561: interest before principal)
    principal_first,    ///< principal, interest, penalty (older rule for non-accrual loans)
};

/// One version of the rules, in force from effective_from until the next version.
struct ProgrammeRules {
    int version = 0; ///< 1, 2, 3 … in order of effective_from
    Date effective_from;
    std::string document;    ///< the authorising document's number, or 待县里确认
    bool is_sourced = false; ///< false: unverified, shown as such
    Money loan_cap;          ///< for one loan
    int term_limit_months = 0;
    Rate rate_floor;
    Rate rate_ceiling;
    std::int64_t penalty_margin_ppm = 0; ///< overdue principal bears contract rate x (1 + margin)
    AllocationOrder allocation_order = AllocationOrder::interest_first;
};

/// The version in force on the date, or nullptr. `rules` in order of effective_from.
ProgrammeRules const* rules_on(std::span<ProgrammeRules const> rules, Date);

/// One row of the table of base rates (benchmark until 2019-08-19, LPR after).
struct BaseRate {
    Date effective_from;
    std::string tier; ///< "upto_1y", "1y_to_5y", "lpr_1y" …
    Rate rate;
    bool is_sourced = false;
};

} // namespace ledger
