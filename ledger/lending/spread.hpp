// How what is left of the principal is spread over the instalments to come. The level amount is
// solved when something makes it new (a disbursement, a smaller instalment asked for, another rate,
// a new plan) and kept otherwise, so that an early repayment leaves fewer instalments of the same
// size; another rate then changes their size and not their number. The same object plans the
// schedule, the walk's next row and the rows to come: they cannot differ. Internal to
// ledger/lending.
#pragma once

#include "ledger/lending/contract.hpp"

namespace ledger {

/// One row's question: how much principal, when this is what is left and what the period earns.
struct RowToPlan {
    std::size_t row = 0;
    Money balance;   ///< principal that no row has asked for yet
    Exact interest;  ///< of the whole period, whenever it is asked for
    Money disbursed; ///< so far, for the down payment
};

class Spread {
  public:
    /// What was solved no longer holds.
    void forget() { *this = Spread{}; }
    /// Another rate holds from the next row to be planned on.
    void reprice() { is_repriced_ = true; }
    /// Money in advance leaves fewer instalments: this row asks for all that is left, whatever
    /// rate comes after. Only a method of equal rows that was solved can be shortened.
    void end_with(Contract const&, std::size_t row);
    /// What is left is planned anew over the rows that are left.
    void replan() { solved_for_ = nothing; }
    /// Solves what the row needs, if it is not known.
    void solve(Contract const&, RowToPlan const&);
    /// The principal of the row, 0 <= it <= balance. The last row asks for all.
    Money principal_of(Contract const&, RowToPlan const&);
    /// equal_instalments: what each instalment is; zero for other methods or before solve.
    Money level() const { return level_; }

  private:
    static constexpr std::size_t nothing = static_cast<std::size_t>(-1);

    bool is_at_new_rate(Contract const&, std::size_t row) const;
    std::size_t last_row(Contract const&) const;
    Exact level_instalment(Contract const&, RowToPlan const&) const;
    Money from_level(Contract const&, RowToPlan const&);

    std::size_t solved_for_ = nothing; ///< the row it was solved for
    Money level_;                      ///< equal instalment, or equal share of principal
    Money remainder_;                  ///< remainder_to first: what the solved row takes above it
    bool is_repriced_ = false;
    std::size_t ends_with_ = nothing; ///< the row that asks for all; nothing: the last
    std::vector<Money> parts_;        ///< principal_plan: by row
};

} // namespace ledger
