// "Why this number": a loan's figures opened into formula, inputs, rule and document. It is written
// by the same pass that computes them, so that an explanation cannot tell another story than the
// books.
#pragma once

#include "ledger/loan.hpp"

#include <string>
#include <vector>

namespace ledger {

/// One step: an interest of a period, a penalty, an allocation, a reclassification.
struct Explanation {
    Date on;             ///< the day that the figure belongs to
    std::string figure;  ///< "interest", "penalty", "allocation", "principal_overdue" …
    std::string formula; ///< "28800.00 × 4.35% ÷ 360 × 187 天"
    std::string formula_english;
    std::string exact; ///< before rounding, in fen, as a fraction; empty where nothing is rounded
    Money amount;      ///< after rounding
    int event_sequence = 0; ///< the event that caused it; 0 when none did
    std::string rule;       ///< the term or rule and its version that it rests on
};

/// Every step of fold(loan, as_of), in order.
std::vector<Explanation> explain(Loan const&, Date as_of);

} // namespace ledger
