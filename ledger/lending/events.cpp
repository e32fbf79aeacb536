// The names of a loan's events and of its status.
#include "ledger/loan.hpp"

namespace ledger {

std::string_view code_of(Happening const& what)
{
    struct Visitor {
        std::string_view operator()(Approved const&) const { return "approved"; }
        std::string_view operator()(Disbursed const&) const { return "disbursed"; }
        std::string_view operator()(Repaid const&) const { return "repaid"; }
        std::string_view operator()(Reversed const&) const { return "reversed"; }
        std::string_view operator()(OverpaymentRefunded const&) const
        {
            return "overpayment_refunded";
        }
        std::string_view operator()(Waived const&) const { return "waived"; }
        std::string_view operator()(CostCharged const&) const { return "cost_charged"; }
        std::string_view operator()(RateChanged const&) const { return "rate_changed"; }
        std::string_view operator()(Extended const&) const { return "extended"; }
        std::string_view operator()(Rescheduled const&) const { return "rescheduled"; }
        std::string_view operator()(InterestPaused const&) const { return "interest_paused"; }
        std::string_view operator()(MisuseDeclared const&) const { return "misuse_declared"; }
        std::string_view operator()(Classified const&) const { return "classified"; }
        std::string_view operator()(Provisioned const&) const { return "provisioned"; }
        std::string_view operator()(WrittenOff const&) const { return "written_off"; }
        std::string_view operator()(Recovered const&) const { return "recovered"; }
        std::string_view operator()(Compensated const&) const { return "compensated"; }
        std::string_view operator()(SubsidyClaimed const&) const { return "subsidy_claimed"; }
        std::string_view operator()(SubsidyReceived const&) const { return "subsidy_received"; }
        std::string_view operator()(ApprovalExpired const&) const { return "approval_expired"; }
    };
    return std::visit(Visitor{}, what);
}

std::string_view code_of(LoanStatus status)
{
    switch (status) {
    case LoanStatus::proposed: return "proposed";
    case LoanStatus::approved: return "approved";
    case LoanStatus::active: return "active";
    case LoanStatus::settled: return "settled";
    case LoanStatus::withdrawn: return "withdrawn";
    case LoanStatus::written_off: return "written_off";
    case LoanStatus::expired: return "expired";
    }
    LEDGER_ASSERT(!"a status that is not in the list");
}

} // namespace ledger
