// Interest subsidy (贴息) by the day and by tranche: on ordinary interest only, up to the maturity,
// not from the due date on while what fell due is unpaid, and not after a declared misuse. What it
// is of a stretch is added up exactly with the interest of that stretch and rounded with it.
#include "ledger/lending/walk.hpp"

namespace ledger {

namespace {

constexpr std::int64_t whole_ppm = 1'000'000;

/// Points a year x 10^6 (so that a share of a rate is whole), at most the rate itself.
Wide subsidy_rate(SubsidyStep const& step, Rate rate, Date on, Programme const& programme)
{
    Wide const all = Wide{rate.ppm()} * whole_ppm;
    switch (step.kind) {
    case SubsidyKind::none: return 0;
    case SubsidyKind::share: return Wide{rate.ppm()} * step.ppm;
    case SubsidyKind::points: return std::min(all, Wide{step.ppm} * whole_ppm);
    case SubsidyKind::spread: {
        auto const base = programme.base_rate(step.tier, on);
        if (!base) return 0;
        std::int64_t above = std::max<std::int64_t>(rate.ppm() - base->ppm() - step.ppm, 0);
        if (step.cap_ppm) above = std::min(above, *step.cap_ppm);
        return std::min(all, Wide{above} * whole_ppm);
    }
    }
    LEDGER_ASSERT(!"a kind of subsidy that is not in the list");
}

SubsidyStep const* step_on(SubsidyScheme const& scheme, Date day)
{
    auto const next = std::ranges::upper_bound(scheme.steps, day, {}, &SubsidyStep::from);
    return next == scheme.steps.begin() ? nullptr : &*std::prev(next);
}

/// The first day after `from` on which the scheme or its base rate may be another.
Date next_change(SubsidyScheme const& scheme, Programme const& programme, Date from, Date until)
{
    auto const step = std::ranges::upper_bound(scheme.steps, from, {}, &SubsidyStep::from);
    if (step != scheme.steps.end()) until = std::min(until, step->from);
    SubsidyStep const* now = step_on(scheme, from);
    if (!now || now->kind != SubsidyKind::spread) return until;
    auto const base =
        std::ranges::upper_bound(programme.base_rates, from, {}, &BaseRate::effective_from);
    return base == programme.base_rates.end() ? until : std::min(until, base->effective_from);
}

} // namespace

/// Principal that the scheme covers on a day: of the tranches within their days, up to the cap.
Money Walk::subsidised_principal(Date day) const
{
    Money covered;
    for (Tranche const& tranche : tranches_) {
        bool const is_within =
            scheme_->days_cap == 0 || day < tranche.on.plus_days(scheme_->days_cap);
        if (is_within) covered += tranche.left;
    }
    covered = std::min(covered, debt_.principal_not_due);
    return scheme_->principal_cap ? std::min(covered, *scheme_->principal_cap) : covered;
}

/// The subsidy of [from, until), in which the principal and its tranches stand.
void Walk::subsidise(Period const& period, Date from, Date until)
{
    if (misused_on_ || oldest_late_row()) return;
    DayCount const count = contract_->terms.day_count;
    while (from < until) {
        Date to = next_change(*scheme_, *programme_, from, until);
        for (Tranche const& tranche : tranches_) {
            Date const ends_on = tranche.on.plus_days(scheme_->days_cap);
            if (scheme_->days_cap > 0 && from < ends_on) to = std::min(to, ends_on);
        }
        if (lines_within_) { // no line reaches over an end of the span
            for (Date const end : {lines_within_->from, lines_within_->until}) {
                if (from < end) to = std::min(to, end);
            }
        }
        Money const eligible = subsidised_principal(from);
        SubsidyStep const* step = step_on(*scheme_, from);
        for_each_rate(contract_->rates, from, to, [&](Date first, Date last, Rate rate) {
            Wide const subsidy = step ? subsidy_rate(*step, rate, first, *programme_) : 0;
            if (subsidy == 0 || eligible.is_zero()) return;
            std::int64_t const units =
                units_until(period, last, count) - units_until(period, first, count);
            Wide const grown = eligible.fen() * subsidy * units;
            subsidised_ += grown;
            if (lines_within_ && lines_within_->from <= first && last <= lines_within_->until) {
                subsidy_lines_.push_back(
                    {{first, last},
                     eligible,
                     static_cast<std::int64_t>(subsidy / whole_ppm),
                     Exact::fraction(grown, interest_divisor(period) * whole_ppm)});
            }
        });
        from = to;
    }
}

std::vector<SubsidyLine> subsidy_lines(Loan const& loan, Span span)
{
    Walk walk{loan};
    walk.keep_subsidy_lines(span);
    for (LoanEvent const* event : events_in_force(loan.events, span.until)) {
        auto const taken = walk.take(*event);
        LEDGER_ASSERT(taken.has_value());
    }
    walk.advance_to(std::max(walk.now(), span.until));
    return walk.subsidy_lines();
}

} // namespace ledger
