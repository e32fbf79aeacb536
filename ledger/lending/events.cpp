// The events' names, and which of a loan's events count. A reversal takes its event out of the walk
// and is never itself walked: the loan is as if neither had been. Order is by value date; ties keep
// the order of entry.
#include "ledger/lending/walk.hpp"

#include <algorithm>

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
    }
    LEDGER_ASSERT(!"a status that is not in the list");
}

bool is_reversed(std::vector<LoanEvent> const& events, int sequence)
{
    return std::ranges::any_of(events, [sequence](LoanEvent const& event) {
        auto const* reversed = std::get_if<Reversed>(&event.what);
        return reversed && reversed->sequence == sequence;
    });
}

std::vector<LoanEvent const*> events_in_force(std::vector<LoanEvent> const& events, Date as_of)
{
    std::vector<bool> is_out(events.size() + 1);
    for (LoanEvent const& event : events) {
        auto const* reversed = std::get_if<Reversed>(&event.what);
        if (!reversed) continue;
        LEDGER_ASSERT(reversed->sequence >= 1 && reversed->sequence < event.sequence);
        is_out[static_cast<std::size_t>(event.sequence)] = true;
        is_out[static_cast<std::size_t>(reversed->sequence)] = true;
    }
    std::vector<LoanEvent const*> in_force;
    in_force.reserve(events.size());
    int last = 0;
    for (LoanEvent const& event : events) {
        LEDGER_ASSERT(event.sequence == last + 1);
        last = event.sequence;
        if (event.value_on <= as_of && !is_out[static_cast<std::size_t>(event.sequence)]) {
            in_force.push_back(&event);
        }
    }
    std::ranges::stable_sort(in_force, std::less{}, &LoanEvent::value_on);
    return in_force;
}

} // namespace ledger
