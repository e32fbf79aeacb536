// "Why this number": a loan's figures opened into formula, inputs, what they rest on and the
// entries that booked them. The sentences are written by the same pass that computes the figures,
// so that an explanation cannot tell another story than the books.
#pragma once

#include "ledger/loan.hpp"
#include "ledger/seal.hpp"

#include <span>
#include <string>
#include <vector>

namespace ledger {

/// One number of a formula: "principal" "28800.00", "annual_rate" "4.35", "days" "187" …; the
/// factors of a sum follow each other, each sum's from its first name on.
struct Input {
    std::string name;
    std::string value;
    friend bool operator==(Input const&, Input const&) = default;
};

/// A term, a rule or a paper that a figure rests on.
struct Basis {
    std::string name;      ///< "contract", "base_rates", "penalty_margin", "rate_changed" …
    int rules_version = 0; ///< of the programme's rules; 0: not one of them
    std::string document;  ///< number of the paper: the contract's, the rules', the event's; or law
    friend bool operator==(Basis const&, Basis const&) = default;
};

/// One step: an interest of a period, a penalty, an allocation, a reclassification.
struct Explanation {
    Date from;           ///< the first day whose end it counts; `on` where it counts no days
    Date on;             ///< the day that the figure belongs to
    std::string figure;  ///< "interest", "penalty", "allocation", "principal_overdue" …
    std::string formula; ///< "28800.00 × 4.35% ÷ 360 × 187 天"
    std::string formula_english;
    std::vector<Input> inputs; ///< of the formula, in its order
    std::string exact;      ///< before rounding, in fen, as a fraction; empty: nothing is rounded
    Money amount;           ///< after rounding
    int event_sequence = 0; ///< the event that caused it; 0 when none did
    std::vector<Basis> bases;
    std::vector<std::int64_t> entries; ///< numbers of the entries that booked it, in order
};

/// Every step of fold(loan, as_of), in order; the last two are what is outstanding and the payoff.
/// An entry belongs to a step when it was made by the step's event, or when it moved an account of
/// the step's figure and its reach meets the step's days: an entry in order reaches back to the day
/// through which the books were recognised before, a late one to its value date. A provisioning
/// entered after a later one (or after the write-off) changes no allowance that these have set: it
/// has no entry of its own, or one over what is left, and names the entry that booked it.
/// `journal`: the loan's entries in order of number; none: no step names entries.
std::vector<Explanation> explain(Loan const&, Date as_of,
                                 std::span<EntryRecord const> journal = {});

} // namespace ledger
