// Everything that can be asked of the books, as imperatives. Commands carry parsed values only:
// reading text is the business of services/wire and the register import. Each command's fields bear
// the names that the API and the refusals use.
#pragma once

#include "ledger/borrower.hpp"
#include "ledger/household.hpp"
#include "ledger/loan.hpp"
#include "ledger/register_fact.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace ledger {

struct RegisterBorrower {
    BorrowerNumber borrower;
    std::string name;
    ResidentId resident_id;
    HouseholdNumber household;
    UnitCode village;
    std::string party_branch;
};

struct OpenFund {
    FundCode fund;
    std::string name;
    std::string document;
};

struct PayIntoFund {
    FundCode fund;
    Money amount;
    Date value_on;
    std::string document; ///< bank slip or transfer number
};

/// Money for the risk-compensation fund that stands behind a fund's loans (风险补偿金).
struct PayIntoRiskFund {
    FundCode fund;
    Money amount;
    Date value_on;
    std::string document;
};

struct ProposeLoan {
    LoanNumber loan;
    BorrowerNumber borrower;
    FundCode fund;
    Date proposed_on;
    std::string purpose;
    std::string industry;
    Terms terms;
    std::optional<LoanNumber> renews{}; ///< 续贷: the same borrower's loan that this one follows
};

/// Anything that happens to one loan but its reversal: approval, disbursement, repayment,
/// extension, write-off … One command, because each is decided the same way.
struct RecordEvent {
    LoanNumber loan;
    Date value_on;
    Happening what;         ///< never Reversed
    std::string document{}; ///< required of RateChanged, Extended, Rescheduled, InterestPaused,
                            ///< WrittenOff, Compensated and the subsidy's events
    std::string reason{};   ///< required of Waived, CostCharged, MisuseDeclared, Classified
};

/// Takes the event back as if it had never been; both stay visible.
struct Reverse {
    LoanNumber loan;
    int sequence = 0; ///< of the event
    std::string reason;
};

/// Recognises interest, penalty and overdue principal through a day; posted by the day's closing.
struct Accrue {
    LoanNumber loan;
    Date through_on;
};

/// Anything that happens to one household but its reversal: its registration, a claim to lead it,
/// a step of its exit … One command, because each is decided the same way.
struct RecordHouseholdEvent {
    HouseholdNumber household;
    Date value_on;
    HouseholdHappening what; ///< never Reversed
    std::string document{};  ///< required of StandingRecorded and Relapsed
    std::string reason{};    ///< required of HouseholdDissolved, ClaimWithdrawn and SupportEnded
};

/// Takes the event back as if it had never been; both stay visible.
struct ReverseHouseholdEvent {
    HouseholdNumber household;
    int sequence = 0; ///< of the event
    std::string reason;
};

/// A dated fact of the registers beside the households: a branch, a member, a target, who answers
/// for what, what a village has. The subject is named by the fact.
struct RecordFact {
    Date value_on;
    RegisterFact what;      ///< never Reversed
    std::string document{}; ///< required of TargetSet
    std::string reason{};   ///< required of a member who left and of one taken off the list
};

/// Takes the fact back as if it had never been recorded; both stay visible.
struct ReverseFact {
    RegisterName subject;
    int sequence = 0; ///< of the fact
    std::string reason;
};

/// From here on the past enters only by value date, booked on the current business day.
struct OpenBooks {
    Date open_on; ///< first business day with the books open
};

/// No booking on or before this day any more. Accruals are posted before it (store::close_day).
struct CloseDay {
    Date day;
};

using Command = std::variant<RegisterBorrower, OpenFund, PayIntoFund, PayIntoRiskFund, ProposeLoan,
                             RecordEvent, Reverse, Accrue, RecordHouseholdEvent,
                             ReverseHouseholdEvent, RecordFact, ReverseFact, OpenBooks, CloseDay>;

/// "register_borrower", "open_fund" …; of a recorded event its imperative: "approve_loan",
/// "disburse", "repay", "extend_loan" …; of what
/// happens to a household "register_household", "claim_leading", "verify_leading" …; of a fact
/// "name_branch", "record_member" …
std::string_view code_of(Command const&);

/// What a command touches: the store loads and locks these, in sorted order.
struct References {
    std::optional<BorrowerNumber> borrower;
    std::optional<FundCode> fund; ///< a loan's own fund is found through the loan
    std::optional<LoanNumber> loan;
    std::optional<LoanNumber> renewed; ///< of a proposal that renews one
    std::optional<UnitCode> village;
    std::optional<HouseholdNumber> household;
    std::optional<UnitCode> township;     ///< of a target
    std::optional<RegisterName> subject;  ///< whose register a fact is in
    std::optional<RegisterName> rests_on; ///< the other subject that the fact names
    bool wants_dependents = false;        ///< also the registers that name the subject
};
References references(Command const&);

} // namespace ledger
