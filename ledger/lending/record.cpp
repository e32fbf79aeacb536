// Anything that happens to a loan: approval, disbursement, repayment, extension, write-off … Each
// is decided the same way: what the command itself lacks, then what the loan cannot take on that
// day, then what it would make impossible afterwards; then the entry is the difference of two
// folds.
// Refuses, after the shared ones: amount_must_be_positive, text_missing (document or reason),
// loan_not_found, loan_not_awaiting_approval (a withdrawn loan is proposed anew), date_too_early (a
// disbursement before the approval), value_date_before_disbursement, too_many_events, what the
// event's admission refuses (admission.cpp), later_events_depend_on_it, of a disbursement what the
// schedule refuses and term_above_limit, fund_overdrawn, risk_fund_overdrawn.
#include "ledger/lending/decisions.hpp"

#include <utility>

namespace ledger {

namespace {

/// The amount that an event is about, where it is about one.
struct AmountOf {
    std::optional<Money> operator()(Approved const& what) const { return what.amount; }
    std::optional<Money> operator()(Disbursed const& what) const { return what.amount; }
    std::optional<Money> operator()(Repaid const& what) const { return what.amount; }
    std::optional<Money> operator()(OverpaymentRefunded const& what) const { return what.amount; }
    std::optional<Money> operator()(Waived const& what) const { return what.amount; }
    std::optional<Money> operator()(CostCharged const& what) const { return what.amount; }
    std::optional<Money> operator()(Recovered const& what) const { return what.amount; }
    std::optional<Money> operator()(Compensated const& what) const { return what.amount; }
    std::optional<Money> operator()(SubsidyClaimed const& what) const { return what.amount; }
    std::optional<Money> operator()(SubsidyReceived const& what) const { return what.amount; }
    std::optional<Money> operator()(auto const&) const { return std::nullopt; }
};

struct Wanted {
    bool document = false;
    bool reason = false;
};
/// Which papers an event needs.
struct PapersOf {
    Wanted operator()(Extended const&) const { return {true, false}; }
    Wanted operator()(Rescheduled const&) const { return {true, false}; }
    Wanted operator()(WrittenOff const&) const { return {true, false}; }
    Wanted operator()(Compensated const&) const { return {true, false}; }
    Wanted operator()(SubsidyClaimed const&) const { return {true, false}; }
    Wanted operator()(SubsidyReceived const&) const { return {true, false}; }
    Wanted operator()(RateChanged const&) const { return {true, false}; }
    Wanted operator()(Waived const&) const { return {false, true}; }
    Wanted operator()(CostCharged const&) const { return {false, true}; }
    Wanted operator()(InterestPaused const&) const { return {true, false}; }
    Wanted operator()(MisuseDeclared const&) const { return {false, true}; }
    Wanted operator()(Classified const&) const { return {false, true}; }
    Wanted operator()(auto const&) const { return {}; }
};

struct Story {
    Cause cause;
    char const* narrative;
};
struct StoryOf {
    Story operator()(Approved const&) const { return {Cause::approval, "审批通过"}; }
    Story operator()(Disbursed const&) const { return {Cause::disbursement, "发放贷款"}; }
    Story operator()(Repaid const&) const { return {Cause::repayment, "归还贷款"}; }
    Story operator()(Reversed const&) const { return {Cause::reversal, "冲正"}; }
    Story operator()(OverpaymentRefunded const&) const { return {Cause::refund, "退还多收还款"}; }
    Story operator()(Waived const&) const { return {Cause::waiver, "减免息费"}; }
    Story operator()(CostCharged const&) const { return {Cause::cost, "垫付清收费用"}; }
    Story operator()(RateChanged const&) const { return {Cause::change_of_terms, "调整利率"}; }
    Story operator()(Extended const&) const { return {Cause::change_of_terms, "贷款展期"}; }
    Story operator()(Rescheduled const&) const { return {Cause::change_of_terms, "贷款重组"}; }
    Story operator()(InterestPaused const&) const { return {Cause::change_of_terms, "停息"}; }
    Story operator()(MisuseDeclared const&) const { return {Cause::change_of_terms, "认定挪用"}; }
    Story operator()(Classified const&) const { return {Cause::classification, "五级分类"}; }
    Story operator()(Provisioned const&) const { return {Cause::provision, "计提贷款损失准备"}; }
    Story operator()(WrittenOff const&) const { return {Cause::write_off, "核销贷款"}; }
    Story operator()(Recovered const&) const { return {Cause::recovery, "收回已核销贷款"}; }
    Story operator()(Compensated const&) const { return {Cause::compensation, "风险补偿金代偿"}; }
    Story operator()(SubsidyClaimed const&) const { return {Cause::subsidy, "申报贴息"}; }
    Story operator()(SubsidyReceived const&) const { return {Cause::subsidy, "贴息到位"}; }
    Story operator()(ApprovalExpired const&) const { return {Cause::expiry, "审批失效"}; }
};

Result<void> check_command(RecordEvent const& command)
{
    auto const amount = std::visit(AmountOf{}, command.what);
    if (amount && *amount <= Money{}) return refuse(Refusal::amount_must_be_positive, "amount");
    Wanted const wanted = std::visit(PapersOf{}, command.what);
    if (wanted.document && command.document.empty()) {
        return refuse(Refusal::text_missing, "document");
    }
    if (wanted.reason && command.reason.empty()) return refuse(Refusal::text_missing, "reason");
    return {};
}

/// The first day on which an event of the kind is in force.
template <class What> std::optional<Date> first_day_of(Loan const& loan)
{
    std::optional<Date> first;
    for (LoanEvent const& event : loan.events) {
        if (!std::holds_alternative<What>(event.what)) continue;
        if (first && event.value_on >= *first) continue;
        if (!is_reversed(loan.events, event.sequence)) first = event.value_on;
    }
    return first;
}

/// The walk does not know a withdrawn loan from a proposed one.
std::string status_of(Loan const& loan, Date value_on)
{
    return std::string{code_of(fold(loan, last_day_of(loan, value_on)).status)};
}

/// What the loan's history alone says, whatever the day.
Result<void> check_history(Loan const& loan, RecordEvent const& command)
{
    if (std::holds_alternative<Approved>(command.what)) {
        bool const was_approved = std::ranges::any_of(loan.events, [](LoanEvent const& event) {
            return std::holds_alternative<Approved>(event.what);
        });
        if (!was_approved) return {};
        return refuse(Refusal::loan_not_awaiting_approval, "loan",
                      status_of(loan, command.value_on));
    }
    if (std::holds_alternative<Disbursed>(command.what)) {
        auto const approved_on = first_day_of<Approved>(loan);
        if (approved_on && command.value_on < *approved_on) {
            return refuse(Refusal::date_too_early, "value_on", approved_on->text());
        }
        return {};
    }
    auto const disbursed_on = first_day_of<Disbursed>(loan);
    if (disbursed_on && command.value_on < *disbursed_on) {
        return refuse(Refusal::value_date_before_disbursement, "value_on", disbursed_on->text());
    }
    return {};
}

/// The whole term from the day of the first disbursement, and a plan that can be kept.
Result<void> check_plan(Loan const& after)
{
    std::vector<DisbursementPlan> disbursements;
    for (LoanEvent const* event : events_in_force(after.events, last_day_of(after, Date{}))) {
        if (auto const* paid_out = std::get_if<Disbursed>(&event->what)) {
            disbursements.push_back({event->value_on, paid_out->amount});
        }
    }
    auto const planned = schedule(after.terms, disbursements, *after.programme);
    if (!planned) { // the terms were good alone: it is this payment that does not fit them
        Refused refused = planned.error();
        refused.field = refused.code == Refusal::terms_contradict ? "value_on" : "amount";
        return std::unexpected{std::move(refused)};
    }
    int const limit = after.rules().term_limit_months;
    if (planned->matures_on() > add_months(disbursements.front().on, limit)) {
        return refuse(Refusal::term_above_limit, "value_on", std::to_string(limit));
    }
    return {};
}

/// The walk past all events with the new one among them; the loan's milestones follow it.
Result<Walk> walk_with(Loan& after, int sequence)
{
    LoanEvent const& event = after.events.back();
    if (after.walked && event.value_on >= after.walked->now()) {
        Walk walk = *after.walked;
        if (auto taken = walk.take(event); !taken) return std::unexpected{taken.error()};
        keep_milestone(after, walk);
        return walk;
    }
    Walked walked = walk_again(after, last_day_of(after, event.value_on), event.value_on);
    std::string dependents;
    for (Conflict const& conflict : walked.conflicts) {
        if (conflict.sequence == sequence) return std::unexpected{conflict.refused};
        dependents += (dependents.empty() ? "" : ", ") + std::to_string(conflict.sequence);
    }
    if (!dependents.empty()) {
        return refuse(Refusal::later_events_depend_on_it, "value_on", dependents);
    }
    return std::move(walked.walk);
}

} // namespace

Result<Effects> record(Situation const& now, RecordEvent const& command)
{
    LEDGER_ASSERT(!std::holds_alternative<Reversed>(command.what));
    if (auto dates = check_dates(now, command.value_on, "value_on"); !dates) {
        return std::unexpected{dates.error()};
    }
    if (auto good = check_command(command); !good) return std::unexpected{good.error()};
    if (!now.loan) return refuse(Refusal::loan_not_found, "loan");
    if (auto good = check_history(*now.loan, command); !good) {
        return std::unexpected{good.error()};
    }
    auto after = with_event(*now.loan, {0, command.value_on, now.booked_on, command.what,
                                        command.document, command.reason});
    if (!after) return std::unexpected{after.error()};
    auto walk = walk_with(*after, after->events.back().sequence);
    if (!walk) {
        bool const names_status = walk.error().limit == code_of(LoanStatus::proposed);
        if (names_status) walk.error().limit = status_of(*now.loan, command.value_on);
        return std::unexpected{walk.error()};
    }
    if (std::holds_alternative<Disbursed>(command.what)) {
        if (auto planned = check_plan(*after); !planned) return std::unexpected{planned.error()};
    }
    Story const story = std::visit(StoryOf{}, command.what);
    return booked_effects(now, std::move(*after), std::move(*walk),
                          {story.cause, command.value_on, story.narrative});
}

} // namespace ledger
