// Which of a loan's events count. A reversal takes its event out of the walk and is never itself
// walked: the loan is as if neither had been. Order is by value date; ties keep the order of entry.
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
    };
    return std::visit(Visitor{}, what);
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

std::vector<DisbursementPlan> disbursements_in(std::span<LoanEvent const* const> events)
{
    std::vector<DisbursementPlan> disbursements;
    for (LoanEvent const* event : events) {
        if (auto const* paid_out = std::get_if<Disbursed>(&event->what)) {
            disbursements.push_back({event->value_on, paid_out->amount});
        }
    }
    return disbursements;
}

} // namespace ledger
