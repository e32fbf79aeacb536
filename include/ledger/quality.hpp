// How good a group of loans is, beyond what sums of the journal say: their classes, what is set
// aside for losses, whether what fell due came in on its day, what the subsidy bore. Each figure is
// a sum over folds, so it opens into its loans and equals each loan's card.
#pragma once

#include "ledger/loan.hpp"

#include <array>
#include <cstdint>

namespace ledger {

struct Quality {
    /// On the books at the end of the span: principal and loans by class, best first.
    std::array<Money, 5> principal{};
    std::array<std::int64_t, 5> loans{};
    Money provisions; ///< 贷款损失准备 at the end
    /// Of the instalments whose due date lies in the span: what was asked for, principal and
    /// interest together; of it, what was paid by the end of the span; and the instalments that
    /// were settled whole on or before their due date.
    Money due, collected, collected_on_time;
    /// Of the ordinary interest recognised in the span what its scheme bears, and what was claimed
    /// of it and received, by value date.
    Money subsidy_due, subsidy_claimed, subsidy_received;

    Money outstanding() const;
    /// 不良贷款: substandard, doubtful and loss.
    Money non_performing() const;
    Quality& operator+=(Quality const&);
    friend bool operator==(Quality const&, Quality const&) = default;
};

/// Of one loan. Asserts from < until.
Quality quality(Loan const&, Span);

/// What of the ordinary interest of the span the loan's scheme bears: the subsidy of the interest
/// recognised by its end, less that by its beginning. Zero without a scheme.
Money subsidy_due(Loan const&, Span);
/// What was claimed or received in the span, by value date, reversed events left out.
Money subsidy_claimed(Loan const&, Span);
Money subsidy_received(Loan const&, Span);

} // namespace ledger
