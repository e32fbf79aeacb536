// decide(situation, command) -> refusal | effects. The one place where the business says yes or no.
// Pure: the clock, the database and the other commands of the batch are in the situation. Each
// command has its own file in ledger/lending, with its refusals in documented precedence.
#pragma once

#include "ledger/command.hpp"

#include <optional>
#include <span>
#include <vector>

namespace ledger {

/// The county's books as a command sees them.
struct Books {
    CountyCode county;
    std::optional<Date> opened_on;      ///< empty: history may still be booked on its own days
    std::optional<Date> closed_through; ///< no booking on or before this day
    std::shared_ptr<Programme const> programme; ///< never null
};

/// What the store loaded for one command. Absent means "there is none".
struct Situation {
    Books const* books = nullptr;     ///< never null
    Date booked_on;                   ///< the business day (Asia/Shanghai) of this command
    std::optional<Borrower> borrower; ///< for RegisterBorrower: one with that number or resident
                                      ///< id; for LeadingClaimed: the loan's
    std::optional<Fund> fund;         ///< the command's, or the loan's
    std::optional<Loan> loan;
    std::optional<Loan> renewed; ///< the loan that a proposal renews
    std::optional<Span> village; ///< the days of the village named by the command
    std::optional<Household> household;
    std::optional<Span> township;      ///< the days of the township named by a target
    std::optional<Register> subject;   ///< of a fact
    std::optional<Register> rested_on; ///< the other subject that a fact names
    std::vector<Register> dependents;  ///< of a reversal: those that name its subject
    std::string also_shown;            ///< other households that the evidence of an event shows
};

/// What a command does. The store applies it whole or not at all, and the batch's next command sees
/// it.
struct Effects {
    std::optional<Books> books;
    std::optional<Borrower> borrower; ///< newly registered
    std::optional<Fund> fund;         ///< newly opened, or with its new available balance
    std::optional<Loan> loan;       ///< newly proposed, or with its new event and booked positions
    std::optional<LoanEvent> event; ///< appended to that loan
    std::optional<JournalEntry> entry;
    std::optional<Allocation> allocation;          ///< of a repayment
    std::optional<Household> household;            ///< newly registered, or with its new event
    std::optional<HouseholdEvent> household_event; ///< appended to that household
    std::optional<Register> subject;               ///< with its new fact
    std::optional<RegisterEvent> register_event;   ///< appended to that register
    /// What the rules only warn of: booked all the same, and kept with the receipt.
    std::vector<Refused> warnings;
};

/// Refusals every command shares, first: date_in_future (value date after booked_on), day_closed
/// (booked_on <= closed_through), books_already_open (booked_on before opened_on: history can no
/// longer be booked on its own day; also OpenBooks a second time). Then the command's own, in the
/// order of its file's head comment. CloseDay and OpenBooks say their own order.
Result<Effects> decide(Situation const&, Command const&);

} // namespace ledger
