// The commands' names, and what each touches, so that the store can load and lock it beforehand.
#include "ledger/command.hpp"

namespace ledger {

namespace {

struct Imperative {
    std::string_view operator()(Approved const&) const { return "approve_loan"; }
    std::string_view operator()(Disbursed const&) const { return "disburse"; }
    std::string_view operator()(Repaid const&) const { return "repay"; }
    std::string_view operator()(Reversed const&) const { return "reverse"; }
    std::string_view operator()(OverpaymentRefunded const&) const { return "refund_overpayment"; }
    std::string_view operator()(Waived const&) const { return "waive"; }
    std::string_view operator()(CostCharged const&) const { return "charge_cost"; }
    std::string_view operator()(RateChanged const&) const { return "change_rate"; }
    std::string_view operator()(Extended const&) const { return "extend_loan"; }
    std::string_view operator()(Rescheduled const&) const { return "reschedule_loan"; }
    std::string_view operator()(InterestPaused const&) const { return "pause_interest"; }
    std::string_view operator()(MisuseDeclared const&) const { return "declare_misuse"; }
    std::string_view operator()(Classified const&) const { return "classify_loan"; }
    std::string_view operator()(Provisioned const&) const { return "provision_loan"; }
    std::string_view operator()(WrittenOff const&) const { return "write_off"; }
    std::string_view operator()(Recovered const&) const { return "recover"; }
    std::string_view operator()(Compensated const&) const { return "compensate"; }
    std::string_view operator()(SubsidyClaimed const&) const { return "claim_subsidy"; }
    std::string_view operator()(SubsidyReceived const&) const { return "receive_subsidy"; }
    std::string_view operator()(ApprovalExpired const&) const { return "expire_approval"; }
};

/// Of what happens to a household.
struct HouseholdImperative {
    std::string_view operator()(HouseholdRegistered const&) const { return "register_household"; }
    std::string_view operator()(HouseholdMoved const&) const { return "move_household"; }
    std::string_view operator()(PersonsCounted const&) const { return "count_persons"; }
    std::string_view operator()(StandingRecorded const&) const { return "record_standing"; }
    std::string_view operator()(HouseholdDissolved const&) const { return "dissolve_household"; }
    std::string_view operator()(LeadingClaimed const&) const { return "claim_leading"; }
    std::string_view operator()(LeadingVerified const&) const { return "verify_leading"; }
    std::string_view operator()(ClaimWithdrawn const&) const { return "withdraw_claim"; }
    std::string_view operator()(SupportEnded const&) const { return "end_support"; }
    std::string_view operator()(SharesAgreed const&) const { return "agree_shares"; }
    std::string_view operator()(BenefitBrought const&) const { return "record_benefit"; }
    std::string_view operator()(ExitStepTaken const&) const { return "take_exit_step"; }
    std::string_view operator()(Relapsed const&) const { return "record_relapse"; }
    std::string_view operator()(IncomeRecorded const&) const { return "record_income"; }
    std::string_view operator()(Surveyed const&) const { return "record_survey"; }
    std::string_view operator()(Reversed const&) const { return "reverse_household_event"; }
};

/// Of a fact of the registers.
struct FactImperative {
    std::string_view operator()(BranchNamed const&) const { return "name_branch"; }
    std::string_view operator()(MemberRecorded const&) const { return "record_member"; }
    std::string_view operator()(PointsRecorded const&) const { return "record_points"; }
    std::string_view operator()(PoorMemberListed const&) const { return "list_poor_member"; }
    std::string_view operator()(TargetSet const&) const { return "set_target"; }
    std::string_view operator()(ResponsibilityGiven const&) const { return "give_responsibility"; }
    std::string_view operator()(ResponsibilityFulfilled const&) const
    {
        return "fulfil_responsibility";
    }
    std::string_view operator()(VillageRecorded const&) const { return "record_village"; }
    std::string_view operator()(EvidenceKept const&) const { return "keep_evidence"; }
    std::string_view operator()(PersonRecorded const&) const { return "record_person"; }
    std::string_view operator()(Reversed const&) const { return "reverse_fact"; }
};

struct Name {
    std::string_view operator()(RegisterBorrower const&) const { return "register_borrower"; }
    std::string_view operator()(OpenFund const&) const { return "open_fund"; }
    std::string_view operator()(PayIntoFund const&) const { return "pay_into_fund"; }
    std::string_view operator()(PayIntoRiskFund const&) const { return "pay_into_risk_fund"; }
    std::string_view operator()(ProposeLoan const&) const { return "propose_loan"; }
    std::string_view operator()(RecordEvent const& command) const
    {
        return std::visit(Imperative{}, command.what);
    }
    std::string_view operator()(Reverse const&) const { return "reverse"; }
    std::string_view operator()(Accrue const&) const { return "accrue"; }
    std::string_view operator()(RecordHouseholdEvent const& command) const
    {
        return std::visit(HouseholdImperative{}, command.what);
    }
    std::string_view operator()(ReverseHouseholdEvent const&) const
    {
        return "reverse_household_event";
    }
    std::string_view operator()(RecordFact const& command) const
    {
        return std::visit(FactImperative{}, command.what);
    }
    std::string_view operator()(ReverseFact const&) const { return "reverse_fact"; }
    std::string_view operator()(OpenBooks const&) const { return "open_books"; }
    std::string_view operator()(CloseDay const&) const { return "close_day"; }
};

References of_loan(LoanNumber const& loan)
{
    References touched;
    touched.loan = loan;
    return touched;
}

References of_fund(FundCode const& fund)
{
    References touched;
    touched.fund = fund;
    return touched;
}

/// What a fact names beside its subject.
struct Named {
    References& touched;

    void operator()(BranchNamed const& what) const { touched.village = what.village; }
    void operator()(MemberRecorded const&) const {}
    void operator()(PointsRecorded const&) const {}
    void operator()(PoorMemberListed const& what) const { touched.household = what.household; }
    void operator()(TargetSet const& what) const
    {
        if (what.target.unit.text().size() == village_digits)
            touched.village = what.target.unit;
        else
            touched.township = what.target.unit;
    }
    void operator()(ResponsibilityGiven const& what) const { std::visit(*this, what.about); }
    void operator()(ResponsibilityFulfilled const&) const {}
    void operator()(VillageRecorded const& what) const { touched.village = what.village; }
    void operator()(EvidenceKept const&) const {}
    void operator()(PersonRecorded const& what) const { touched.household = what.household; }
    void operator()(Reversed const&) const {}

    void operator()(HouseholdNumber const& household) const { touched.household = household; }
    void operator()(UnitCode const& village) const { touched.village = village; }
    void operator()(TargetName const&) const {}
};

struct Touched {
    References operator()(RegisterBorrower const& command) const
    {
        References touched;
        touched.borrower = command.borrower;
        touched.village = command.village;
        return touched;
    }
    References operator()(OpenFund const& command) const { return of_fund(command.fund); }
    References operator()(PayIntoFund const& command) const { return of_fund(command.fund); }
    References operator()(PayIntoRiskFund const& command) const { return of_fund(command.fund); }
    References operator()(ProposeLoan const& command) const
    {
        References touched = of_loan(command.loan);
        touched.borrower = command.borrower;
        touched.fund = command.fund;
        touched.renewed = command.renews;
        return touched;
    }
    References operator()(RecordEvent const& command) const { return of_loan(command.loan); }
    References operator()(Reverse const& command) const { return of_loan(command.loan); }
    References operator()(Accrue const& command) const { return of_loan(command.loan); }
    References operator()(RecordHouseholdEvent const& command) const
    {
        References touched;
        touched.household = command.household;
        if (auto const* registered = std::get_if<HouseholdRegistered>(&command.what)) {
            touched.village = registered->village;
        }
        auto const* moved = std::get_if<HouseholdMoved>(&command.what);
        if (moved && !moved->village.is_empty()) touched.village = moved->village;
        if (auto const* claimed = std::get_if<LeadingClaimed>(&command.what)) {
            touched.loan = claimed->loan;
        }
        std::string const evidence = evidence_of(command.what);
        if (is_file_digest(evidence)) touched.rests_on = evidence_named(evidence);
        return touched;
    }
    References operator()(ReverseHouseholdEvent const& command) const
    {
        References touched;
        touched.household = command.household;
        return touched;
    }
    References operator()(RecordFact const& command) const
    {
        References touched;
        touched.subject = register_of(command.what);
        touched.rests_on = rests_on(command.what);
        std::visit(Named{touched}, command.what);
        return touched;
    }
    References operator()(ReverseFact const& command) const
    {
        References touched;
        touched.subject = command.subject;
        touched.wants_dependents = true;
        return touched;
    }
    References operator()(OpenBooks const&) const { return {}; }
    References operator()(CloseDay const&) const { return {}; }
};

} // namespace

std::string_view code_of(Command const& command)
{
    return std::visit(Name{}, command);
}

References references(Command const& command)
{
    return std::visit(Touched{}, command);
}

} // namespace ledger
