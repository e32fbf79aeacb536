// What the walk tells its recorder of an event: the charges that the money met, how it was used,
// what else happened.
#include "ledger/lending/recorder.hpp"
#include "ledger/lending/walk.hpp"

namespace ledger {

namespace {

/// The amount that an event names; zero where it names none or has its own sentence.
struct AmountOf {
    Money operator()(Approved const& what) const { return what.amount; }
    Money operator()(OverpaymentRefunded const& what) const { return what.amount; }
    Money operator()(Waived const& what) const { return what.amount; }
    Money operator()(CostCharged const& what) const { return what.amount; }
    Money operator()(Compensated const& what) const { return what.amount; }
    Money operator()(SubsidyClaimed const& what) const { return what.amount; }
    Money operator()(SubsidyReceived const& what) const { return what.amount; }
    Money operator()(auto const&) const { return {}; }
};

} // namespace

void Walk::tell_charges()
{
    recorder_->penalty(now_, Exact::fraction(penalised_, penalty_divisor_),
                       debt_.penalty.recognised);
    recorder_->compound(now_, Exact::fraction(compounded_, penalty_divisor_),
                        debt_.compound.recognised);
}

void Walk::tell_running()
{
    if (!recorder_ || !is_disbursed()) return;
    if (debt_.closed < debt_.rows.size()) {
        InstalmentState const& row = debt_.rows[debt_.interest_row];
        bool const lowers = scheme_ && scheme_->paid_to == SubsidyPaidTo::lender;
        recorder_->interest_running(now_, running_exact(), lowers ? running_subsidy_ : Money{},
                                    row.interest_paid + row.interest_waived,
                                    debt_.running_interest);
    }
    tell_charges();
}

void Walk::tell(LoanEvent const& event)
{
    if (auto const* paid_out = std::get_if<Disbursed>(&event.what)) {
        return recorder_->disbursed(event, paid_out->amount);
    }
    if (auto const* used = allocation_of(event.sequence)) {
        if (!used->penalty.is_zero() || !used->compound.is_zero()) tell_charges();
        return recorder_->allocated(event, *used);
    }
    bool const has_own_sentence = std::holds_alternative<Provisioned>(event.what) ||
                                  std::holds_alternative<ApprovalExpired>(event.what);
    if (!has_own_sentence) recorder_->happened(event, std::visit(AmountOf{}, event.what));
}

} // namespace ledger
