// The refusals of what happens to a loan, each function's in the order that its comment lists.
// A command that enters an event late is judged by the loan as it stood on that day, and every
// event after it is judged again.
#include "ledger/lending/admission.hpp"

namespace ledger {

namespace {

constexpr int short_term_months = 12;  ///< 贷款通则 8: up to a year is short
constexpr int medium_term_months = 60; ///< up to five years is medium

/// How many months all extensions of a loan may add (贷款通则 12).
int extension_limit_months(int term_months, ProgrammeRules const& rules)
{
    if (term_months <= short_term_months) return term_months;
    if (term_months <= medium_term_months) return term_months / 2;
    return rules.long_term_extension_limit_months;
}

std::string codes(LoanStatus status)
{
    return std::string{code_of(status)};
}

bool is_outside(Rate rate, ProgrammeRules const& rules)
{
    return rate < rules.rate_floor || rate > rules.rate_ceiling;
}

std::unexpected<Refused> refuse_rate(ProgrammeRules const& rules)
{
    return refuse(Refusal::rate_outside_band, "annual_rate",
                  rules.rate_floor.text() + " - " + rules.rate_ceiling.text());
}

} // namespace

Result<void> Walk::Admission::disbursed() const
{
    if (!walk.is_disbursed()) {
        return refuse(Refusal::loan_not_disbursed, "loan", codes(walk.status()));
    }
    return {};
}

Result<void> Walk::Admission::on_the_books() const
{
    if (auto paid_out = disbursed(); !paid_out) return paid_out;
    if (walk.state_.written_off_on) {
        return refuse(Refusal::loan_written_off, "loan", walk.state_.written_off_on->text());
    }
    return {};
}

Result<void> Walk::Admission::active() const
{
    if (auto books = on_the_books(); !books) return books;
    if (walk.owed().total().is_zero()) return refuse(Refusal::loan_settled, "loan");
    return {};
}

Result<void> Walk::Admission::room_for(Money amount) const
{
    std::int64_t const moved = walk.received_.fen() + walk.cost_charged_.fen() +
                               walk.subsidy_received_.fen() + walk.overpaid_.fen();
    if (moved > money_limit_fen / 4 - amount.fen()) {
        return refuse(Refusal::amount_too_large, "amount", Money::fen(money_limit_fen / 4).text());
    }
    return {};
}

/// Its own day and the last on which it may be paid out.
std::string Walk::Admission::days_of_approval() const
{
    return walk.approved_on_->text() + " - " + walk.approval_valid_through()->text();
}

// loan_not_awaiting_approval, date_before_proposal, approval_above_proposal
Result<void> Walk::Admission::operator()(Approved const& what) const
{
    if (!walk.state_.approved.is_zero()) {
        return refuse(Refusal::loan_not_awaiting_approval, "loan", codes(walk.status()));
    }
    if (event.value_on < walk.proposed_on_) {
        return refuse(Refusal::date_before_proposal, "value_on", walk.proposed_on_.text());
    }
    Money const proposed = walk.contract_->terms.principal;
    if (what.amount > proposed) {
        return refuse(Refusal::approval_above_proposal, "amount", proposed.text());
    }
    return {};
}

// loan_written_off, loan_not_awaiting_disbursement (nothing approved, or all of it paid out),
// approval_expired, disbursement_above_approval, what the contract refuses (field value_on),
// terms_contradict (a part on or after the maturity), field_not_supported (a second part of a loan
// with a down payment)
Result<void> Walk::Admission::operator()(Disbursed const& what) const
{
    if (walk.is_disbursed()) {
        if (auto books = on_the_books(); !books) return books;
    }
    Money const open = walk.state_.approved - walk.state_.disbursed;
    if (open.is_zero()) {
        return refuse(Refusal::loan_not_awaiting_disbursement, "loan", codes(walk.status()));
    }
    auto const through = walk.approval_valid_through();
    if (through && event.value_on > *through) {
        return refuse(Refusal::approval_expired, "value_on", days_of_approval());
    }
    if (what.amount > open) {
        return refuse(Refusal::disbursement_above_approval, "amount", open.text());
    }
    if (!walk.is_disbursed()) {
        auto contract = contract_of(walk.contract_->terms, event.value_on, *walk.programme_);
        if (contract) return {};
        contract.error().field = "value_on";
        return std::unexpected{contract.error()};
    }
    Date const closes_on = walk.contract_->closes_on();
    if (event.value_on > *walk.state_.disbursed_on && event.value_on >= closes_on) {
        return refuse(Refusal::terms_contradict, "value_on",
                      event.value_on.text() + " < " + closes_on.text());
    }
    if (walk.contract_->terms.down_payment > Rate{}) {
        return refuse(Refusal::field_not_supported, "amount");
    }
    return {};
}

// loan_not_disbursed, loan_written_off, amount_too_large
Result<void> Walk::Admission::operator()(Repaid const& what) const
{
    if (auto books = on_the_books(); !books) return books;
    return room_for(what.amount);
}

Result<void> Walk::Admission::operator()(Reversed const&) const
{
    return refuse(Refusal::event_cannot_be_reversed, "sequence");
}

// loan_not_disbursed, refund_above_overpayment
Result<void> Walk::Admission::operator()(OverpaymentRefunded const& what) const
{
    if (auto paid_out = disbursed(); !paid_out) return paid_out;
    Money const held = walk.overpaid_ + walk.held_total();
    if (what.amount > held) {
        return refuse(Refusal::refund_above_overpayment, "amount", held.text());
    }
    return {};
}

// loan_not_disbursed, loan_written_off, component_not_waivable, waiver_above_unpaid
Result<void> Walk::Admission::operator()(Waived const& what) const
{
    if (auto books = on_the_books(); !books) return books;
    Owed const owed = walk.owed();
    Money unpaid;
    switch (what.component) {
    case DebtComponent::penalty: unpaid = owed.penalty; break;
    case DebtComponent::compound: unpaid = owed.compound; break;
    case DebtComponent::interest: unpaid = owed.interest; break;
    case DebtComponent::cost:
    case DebtComponent::principal: return refuse(Refusal::component_not_waivable, "component");
    }
    if (what.amount > unpaid) {
        return refuse(Refusal::waiver_above_unpaid, "amount", unpaid.text());
    }
    return {};
}

// loan_not_disbursed, loan_written_off, amount_too_large
Result<void> Walk::Admission::operator()(CostCharged const& what) const
{
    if (auto books = on_the_books(); !books) return books;
    return room_for(what.amount);
}

// loan_not_disbursed, loan_written_off, loan_settled, rate_outside_band
Result<void> Walk::Admission::operator()(RateChanged const& what) const
{
    if (auto good = active(); !good) return good;
    if (is_outside(what.annual_rate, *walk.rules_)) return refuse_rate(*walk.rules_);
    return {};
}

// loan_not_disbursed, loan_written_off, loan_settled, extension_after_maturity (asked for on the
// maturity or later), extension_not_later, extension_above_limit, no_base_rate_in_force,
// priced_from_outside (before the value date or after the old maturity), rate_outside_band,
// terms_contradict (moved dates that do not fit)
Result<void> Walk::Admission::operator()(Extended const& what) const
{
    if (auto good = active(); !good) return good;
    Date const matures_on = walk.contract_->matures_on();
    Date const closes_on = walk.contract_->closes_on();
    if (event.value_on >= closes_on) {
        return refuse(Refusal::extension_after_maturity, "value_on", closes_on.text());
    }
    Period const& last = walk.contract_->periods.back();
    Date const ends_on = std::max({matures_on, last.span.until, last.nominal});
    if (what.until <= ends_on) {
        return refuse(Refusal::extension_not_later, "until", ends_on.text());
    }
    int const term = months_until(*walk.state_.disbursed_on, walk.original_matures_on_);
    Date const latest =
        add_months(walk.original_matures_on_, extension_limit_months(term, *walk.rules_));
    if (what.until > latest) {
        return refuse(Refusal::extension_above_limit, "until", latest.text());
    }
    auto const priced =
        priced_extension(*walk.contract_, what, *walk.state_.disbursed_on, *walk.programme_);
    if (!priced) return std::unexpected{priced.error()};
    if (priced->priced_from < event.value_on || priced->priced_from > matures_on) {
        return refuse(Refusal::priced_from_outside, "priced_from",
                      event.value_on.text() + " - " + matures_on.text());
    }
    bool const changes_rate = !priced->rates.empty();
    if (changes_rate && is_outside(priced->rates.front().annual_rate, *walk.rules_)) {
        return refuse_rate(*walk.rules_);
    }
    auto const contract = extended(*walk.contract_, *priced, walk.programme_->calendar);
    if (!contract) return std::unexpected{contract.error()};
    return {};
}

// loan_not_disbursed, loan_written_off, loan_settled (no principal is owed), rate_outside_band,
// what the new plan's dates refuse (terms_contradict, too_many_instalments)
Result<void> Walk::Admission::operator()(Rescheduled const& what) const
{
    if (auto good = active(); !good) return good;
    if (walk.owed().principal.is_zero()) return refuse(Refusal::loan_settled, "loan");
    if (what.plan.annual_rate && is_outside(*what.plan.annual_rate, *walk.rules_)) {
        return refuse_rate(*walk.rules_);
    }
    auto const contract = rescheduled(*walk.contract_, what.plan, walk.debt_.closed, event.value_on,
                                      *walk.state_.disbursed_on, *walk.programme_);
    if (!contract) return std::unexpected{contract.error()};
    return {};
}

// loan_not_disbursed, loan_written_off, loan_settled, pause_is_empty
Result<void> Walk::Admission::operator()(InterestPaused const& what) const
{
    if (auto good = active(); !good) return good;
    if (what.until <= event.value_on) {
        return refuse(Refusal::pause_is_empty, "until", event.value_on.text());
    }
    return {};
}

// loan_not_disbursed, loan_written_off, loan_settled, misuse_already_declared
Result<void> Walk::Admission::operator()(MisuseDeclared const&) const
{
    if (auto good = active(); !good) return good;
    if (walk.misused_on_) {
        return refuse(Refusal::misuse_already_declared, "loan", walk.misused_on_->text());
    }
    return {};
}

// loan_not_disbursed, loan_written_off, class_better_alone
Result<void> Walk::Admission::operator()(Classified const& what) const
{
    if (auto books = on_the_books(); !books) return books;
    RiskClass const floor = walk.class_by_lateness();
    if (what.risk_class && *what.risk_class < floor && !what.has_second_person) {
        return refuse(Refusal::class_better_alone, "risk_class", std::string{code_of(floor)});
    }
    return {};
}

// loan_not_disbursed
Result<void> Walk::Admission::operator()(Provisioned const&) const
{
    return disbursed();
}

// loan_not_disbursed, loan_written_off, loan_settled (no principal is owed)
Result<void> Walk::Admission::operator()(WrittenOff const&) const
{
    if (auto good = active(); !good) return good;
    if (walk.owed().principal.is_zero()) return refuse(Refusal::loan_settled, "loan");
    return {};
}

// loan_not_disbursed, loan_not_written_off, amount_too_large
Result<void> Walk::Admission::operator()(Recovered const& what) const
{
    if (auto paid_out = disbursed(); !paid_out) return paid_out;
    if (!walk.state_.written_off_on) return refuse(Refusal::loan_not_written_off, "loan");
    return room_for(what.amount);
}

// loan_not_disbursed, loan_written_off, loan_settled, compensation_too_early,
// compensation_above_share (of the principal outstanding, together with what was paid before)
Result<void> Walk::Admission::operator()(Compensated const& what) const
{
    if (auto good = active(); !good) return good;
    ProgrammeRules const& rules = *walk.rules_;
    if (walk.days_late() < rules.compensation_after_days) {
        return refuse(Refusal::compensation_too_early, "value_on",
                      std::to_string(rules.compensation_after_days));
    }
    Exact const share =
        Exact{walk.owed().principal} * Exact{rules.compensation_share_ppm, 1'000'000};
    Money const open = std::max(round_to_fen(share, Rounding::down) - walk.compensation(), Money{});
    if (what.amount > open) {
        return refuse(Refusal::compensation_above_share, "amount", open.text());
    }
    return {};
}

// loan_not_disbursed, no_subsidy_scheme, subsidy_above_due (only interest that has fallen due may
// be claimed)
Result<void> Walk::Admission::operator()(SubsidyClaimed const& what) const
{
    if (auto paid_out = disbursed(); !paid_out) return paid_out;
    if (!walk.scheme_) return refuse(Refusal::no_subsidy_scheme, "loan");
    Money const open = walk.state_.subsidy - walk.subsidy_claimed_;
    if (what.amount > open) return refuse(Refusal::subsidy_above_due, "amount", open.text());
    return {};
}

// loan_not_disbursed, no_subsidy_scheme, subsidy_above_claimed, amount_too_large
Result<void> Walk::Admission::operator()(SubsidyReceived const& what) const
{
    if (auto paid_out = disbursed(); !paid_out) return paid_out;
    if (!walk.scheme_) return refuse(Refusal::no_subsidy_scheme, "loan");
    Money const open = walk.subsidy_claimed_ - walk.subsidy_received_;
    if (what.amount > open) return refuse(Refusal::subsidy_above_claimed, "amount", open.text());
    return room_for(what.amount);
}

// loan_not_awaiting_disbursement (nothing approved), no_rule_in_force (it holds without end),
// date_too_early (before its last day), approval_expired (it has lapsed). Nothing need be left of
// it: a payout of its last days may be entered after it has lapsed.
Result<void> Walk::Admission::operator()(ApprovalExpired const&) const
{
    if (walk.state_.approved.is_zero()) {
        return refuse(Refusal::loan_not_awaiting_disbursement, "loan", codes(walk.status()));
    }
    auto const through = walk.approval_valid_through();
    if (!through) return refuse(Refusal::no_rule_in_force, "value_on");
    if (event.value_on < *through) {
        return refuse(Refusal::date_too_early, "value_on", through->text());
    }
    if (walk.has_expired_) return refuse(Refusal::approval_expired, "loan", days_of_approval());
    return {};
}

} // namespace ledger
